"""What a document is, by its bytes alone."""

import codecs
import gzip
from pathlib import Path

import pytest

from monitor.errors import DocumentError, NotRecognized
from monitor.model import Document
from monitor.parse.detect import READERS, read_document

ITEM = "<item><title>Café in Genève ontruimd</title><link>https://example.org/1</link></item>"
RSS = f"<rss version='2.0'><channel><title>Voorbeeld</title>{ITEM}</channel></rss>"
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    f"<channel><title>Voorbeeld</title></channel>{ITEM}</rdf:RDF>"
)
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Café in Genève ontruimd</title></entry></feed>"
CDF = "<CHANNEL HREF='https://example.org/'><ITEM><TITLE>Café in Genève ontruimd</TITLE></ITEM></CHANNEL>"
WIRE = "Café in Genève ontruimd\nGENÈVE (ANP/AFP) - De politie ontruimde vrijdag een café. Niemand raakte gewond.\n"
CORPORA = Path(__file__).parents[2] / ".." / "shared" / "corpora"


def read(body, **told):
    return read_document(Document("document", body, **told))


@pytest.mark.parametrize("feed", [RSS, RDF, ATOM, CDF])
@pytest.mark.parametrize(
    "before",
    [
        "",
        "\n \t",
        '<?xml version="1.0"?>',
        '<?xml version="1.0"?>\n<!-- <html> --><?xml-stylesheet href="a.css"?>\n<!DOCTYPE x>',
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://example.org/rss-0.91.dtd">',
        "<!-- " + "x" * 20_000 + " -->",
    ],
)
def test_a_feed_is_told_by_its_root_element(feed, before):
    reading = read((before + feed).encode())

    assert [item.headline for item in reading.items] == ["Café in Genève ontruimd"]
    assert reading.flaw is None


@pytest.mark.parametrize("feed", [RSS, RDF, ATOM, CDF])
@pytest.mark.parametrize(
    ("mark", "encoding", "declared"),
    [
        (codecs.BOM_UTF8, "utf-8", None),
        (codecs.BOM_UTF8, "utf-8", "iso-8859-1"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", None),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", None),
        (b"", "utf-16-le", "utf-16"),
        (b"", "utf-16-be", "utf-8"),
        (b"", "utf-32-le", "utf-32"),
        (b"", "utf-32-be", None),
        (b"", "cp037", "ebcdic-cp-us"),
        (b"", "iso-8859-1", "iso-8859-1"),
        (b"", "windows-1252", "windows-1252"),
        (b"", "utf-8", "utf-8"),
        (b"", "utf-8", None),
    ],
)
def test_a_feed_is_read_in_any_encoding(feed, mark, encoding, declared):
    said = f' encoding="{declared}"' if declared else ""
    text = f'<?xml version="1.0"{said}?>{feed}'

    reading = read(mark + text.encode(encoding))

    assert reading.items[0].headline == "Café in Genève ontruimd"


def test_windows_1252_declared_as_utf_8_is_still_read():
    reading = read(f'<?xml version="1.0" encoding="utf-8"?>{RSS}'.encode("cp1252"))

    assert reading.items[0].headline == "Café in Genève ontruimd"


@pytest.mark.parametrize("text", [WIRE, "\ufeff" + WIRE, "5 < 6 en 7 > 6, zei hij.", "Mail <jan@example.org>."])
def test_text_without_markup_is_a_wire_text(text):
    reading = read(text.encode())

    assert len(reading.items) == 1
    assert reading.flaw is None


def test_a_text_in_windows_1252_is_read_and_unsure():
    reading = read(WIRE.encode("cp1252"))

    assert reading.items[0].headline == "Café in Genève ontruimd"
    assert {"headline", "body"} <= set(reading.items[0].unsure)
    assert reading.flaw == "not UTF-8: read as windows-1252"


REFUSED = [
    (b"", "nothing: the document is empty"),
    (b" \n", "nothing: the document is empty"),
    (
        b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>",
        "an HTML page titled “Just a moment...”",
    ),
    ("<html><title>\nNiet &amp; gevonden: café</title>".encode(), "an HTML page titled “Niet & gevonden: café”"),
    (b"<!doctype html>\n<p>Hallo", "an HTML page without a title"),
    (b"<p>Hallo", "an HTML page without a title"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "XML whose root is <svg>"),
    (b"<?xml version='1.0'?><opml version='2.0'><body/></opml>", "XML whose root is <opml>"),
    (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", "XML whose root is <rdf:RDF>, without"),
    (b"<?xml version='1.0'?>", "XML without a root element"),
    (b"<!-- ", "XML without a root element"),
    (b'{"items": []}', "a JSON document"),
    (b'{"items": [', "a JSON document"),
    (b'[{"a": 1}]', "a JSON document"),
    (b"De <b>minister</b> zei", "a text with markup in it"),
    (gzip.compress(RSS.encode()), "a gzip file"),
    (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
    (b"\xff\xd8\xff\xe0", "a JPEG image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-1.7", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"MOSKOU\0(ANP)", "binary data"),
    (bytes(range(1, 32)) * 9, "binary data"),
    (WIRE.encode("utf-16"), "binary data"),
]


@pytest.mark.parametrize(("body", "seen"), REFUSED)
def test_what_is_not_read_is_named(body, seen):
    with pytest.raises(NotRecognized) as caught:
        read(body)

    assert str(caught.value).startswith(seen)


@pytest.mark.parametrize(("body", "seen"), REFUSED)
def test_a_named_kind_does_not_make_a_feed_of_anything_else(body, seen):
    with pytest.raises(NotRecognized, match=r"."):
        read(body, kind="feed")

    assert seen


def test_a_page_in_the_place_of_what_is_polled_is_refused():
    page = b"<!doctype html><title>Onderhoud</title><p>Even geduld."

    with pytest.raises(
        NotRecognized, match="an HTML page titled “Onderhoud”; a source that means one says `kind: page`"
    ):
        read(page, polled=True)


def test_a_named_kind_wins_over_the_bytes():
    assert read(RSS.encode(), kind="text").items[0].headline != "Café in Genève ontruimd"


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("body", [b"", b"\0", b"\xff" * 100, b"<", b"<rss", b"<rss>", b"<!DOCTYPE", b"\xfe\xff\xd8"])
def test_any_reader_reads_or_says_why_not(kind, body):
    try:
        reading = read(body, kind=kind)
    except DocumentError as error:
        assert str(error)  # noqa: PT017 - either is right, and an error says why
    else:
        assert all(item.id for item in reading.items)


def samples():
    suites = ("feedparser", "gofeed", "dutch-inline", "feedvalidator")
    files = [path for suite in suites for path in sorted((CORPORA / suite / "files").rglob("*")) if path.is_file()]
    return files[:: max(len(files) // 280, 1)]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="other people's test material is not at ../shared")
def test_other_peoples_feeds_bring_nothing_down():
    read_any = 0
    for path in samples():
        try:
            reading = read_document(Document(path.name, path.read_bytes(), url="https://example.org/feed.xml"))
        except DocumentError:
            continue
        read_any += 1
        for item in reading.items:
            assert item.url is None or item.url.startswith(("http://", "https://")), path

    assert read_any > 0.75 * len(samples())
