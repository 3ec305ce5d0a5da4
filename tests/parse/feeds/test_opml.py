"""Lists of feeds: read however broken they are, and written so that they are read back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from monitor.errors import NotRecognized
from monitor.parse.feeds.opml import MOST_OUTLINES, OpmlOutline, is_opml, read_opml, write_opml
from monitor.parse.markup import line

SUITE = Path(__file__).parents[3] / ".." / "shared" / "corpora" / "awesome-rss-feeds" / "files"
URL = "https://example.org/feed.xml"
LIST = f"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Bronnen</title></head><body>
  <!-- <outline xmlUrl="https://example.org/oud"/> -->
  <outline text="Nieuws" title="Nieuws">
    <outline type="rss" text="Voorbeeld &amp; co" title="Voorbeeld" xmlUrl="{URL}" htmlUrl="https://example.org/"
      category="/nieuws/europa,kabinet" language="nl" description="Het laatste nieuws"/>
    <outline text='Sport'><outline text='Bal' xmlUrl='https://example.org/sport?a=1&amp;b=2'></outline></outline>
  </outline>
  <outline text="Los" xmlUrl="https://example.org/los"/>
</body></opml>"""


def read(text):
    return read_opml(text.encode())


def listed(*outlines):
    return "<opml><body>" + "".join(outlines) + "</body></opml>"


def test_a_list_is_read_whole():
    assert read(LIST) == (
        OpmlOutline(
            url=URL,
            title="Voorbeeld",
            page="https://example.org/",
            folders=("Nieuws",),
            categories=("/nieuws/europa", "kabinet"),
            language="nl",
            description="Het laatste nieuws",
        ),
        OpmlOutline(url="https://example.org/sport?a=1&b=2", title="Bal", folders=("Nieuws", "Sport")),
        OpmlOutline(url="https://example.org/los", title="Los"),
    )


@pytest.mark.parametrize(
    ("written", "title", "url"),
    [
        (f'text="Jansen & Zonen" xmlUrl="{URL}"', "Jansen & Zonen", URL),
        (f'text="5 < 6 > 4" xmlUrl="{URL}"', "5 < 6 > 4", URL),
        (f'text="Het "beste" nieuws" xmlUrl="{URL}"', 'Het "beste" nieuws', URL),
        (f"text='Jan's krant' xmlUrl='{URL}'", "Jan's krant", URL),
        (f'text="Kop"xmlUrl="{URL}"', "Kop", URL),
        (f'TEXT = "Kop" XMLURL = "{URL}"', "Kop", URL),
        (f'text="Kop" xmlUrl={URL}', "Kop", URL),
        (f'text="Kop"\n  xmlUrl="\n{URL}\n"', "Kop", URL),
        ('text="a" xmlUrl="https://example.org/?a=1&copy=2&b=3"', "a", "https://example.org/?a=1&copy=2&b=3"),
        ('text="a" xmlUrl="feed://example.org/x"', "a", "http://example.org/x"),
        ('text="a" xmlUrl="feed:https://example.org/x"', "a", "https://example.org/x"),
        ('text="a" xmlUrl="ftp://example.org/x"', "a", "ftp://example.org/x"),
        (f'text="{URL}" xmlUrl="{URL}"', None, URL),
        (f'xmlUrl="{URL}" xmlUrl="https://example.org/nog-een"', None, URL),
        (f'text="&lt;b&gt; &#233; &eacute; &onbekend;" xmlUrl="{URL}"', "<b> é é &onbekend;", URL),
    ],
)
def test_what_is_no_xml_is_read_as_meant(written, title, url):
    assert [(one.title, one.url) for one in read(listed(f"<outline {written} />"))] == [(title, url)]


@pytest.mark.parametrize("end", ["/>", "></outline>", ">"])
def test_a_feed_is_no_folder_of_those_below_it(end):
    feeds = read(listed('<outline text="Map">', *(f'<outline xmlUrl="{URL}?{n}"{end}' for n in range(3)), "</outline>"))

    assert [one.folders for one in feeds] == [("Map",)] * 3


def test_a_list_that_is_broken_off_gives_what_is_there():
    assert [one.url for one in read(LIST[: LIST.index("</body>")])] == [one.url for one in read(LIST)]
    assert [one.url for one in read(LIST[: LIST.index("htmlUrl")])] == [URL]


def test_outlines_without_an_opml_around_them_are_a_list():
    assert [one.url for one in read(f'<outline xmlUrl="{URL}"/>')] == [URL]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_a_list_is_decoded_as_it_says_or_shows(encoding):
    declared = '<?xml version="1.0" encoding="iso-8859-1"?>' if encoding == "iso-8859-1" else ""
    body = (declared + listed(f'<outline text="Één" xmlUrl="{URL}"/>')).encode(encoding)

    assert is_opml(body)
    assert [one.title for one in read_opml(body)] == ["Één"]


@pytest.mark.parametrize("name", ["unicode_escape", "raw_unicode_escape", "rot13", "zlib", "onbekend", "idna"])
def test_an_encoding_that_is_none_is_passed_over(name):
    body = f'<?xml version="1.0" encoding="{name}"?>' + listed(f'<outline text="\\u0041" xmlUrl="{URL}"/>')

    assert [one.title for one in read(body)] == ["\\u0041"]


@pytest.mark.parametrize("body", [b"", b"{}", b"<rss><channel/></rss>", b"\x89PNG\r\n\x1a\n", b"<html><body>"])
def test_what_is_no_list_is_not_recognized(body):
    assert not is_opml(body)
    with pytest.raises(NotRecognized):
        read_opml(body)


def test_a_list_without_feeds_has_none():
    assert read("<opml><body><outline text='Map'/></body></opml>") == ()


def test_of_very_many_feeds_the_first_are_read():
    many = listed(*(f'<outline xmlUrl="https://example.org/{number}"/>' for number in range(MOST_OUTLINES + 9)))

    assert len(read(many)) == MOST_OUTLINES


@pytest.mark.parametrize(
    "hostile",
    [
        "<opml>" + '<outline text="' * 50_000,
        "<opml><outline " + 'a="" ' * 100_000,
        "<opml>" + "<outline>" * 100_000,
        '<opml><outline text="' + '" "' * 100_000,
        "<opml><outline text=" + "a=" * 100_000,
        "<opml>" + "<!--" * 100_000,
    ],
)
def test_hostile_lists_take_no_time(hostile):
    assert read(hostile) == ()


def test_a_written_list_is_xml_with_its_folders():
    written = write_opml(read(LIST), title="Bronnen & meer", created=datetime(2026, 2, 5, 10, tzinfo=UTC))

    root = etree.fromstring(written)
    assert (root.get("version"), root.findtext("head/title")) == ("2.0", "Bronnen & meer")
    assert root.findtext("head/dateCreated") == "Thu, 05 Feb 2026 10:00:00 GMT"
    assert [one.get("text") for one in root.findall("body/outline")] == ["Nieuws", "Los"]
    assert [one.get("type") for one in root.findall(".//outline[@xmlUrl]")] == ["rss"] * 3
    assert read_opml(written) == read(LIST)


TEXTS = st.text(max_size=30).map(line).filter(bool)
WORDS = st.text(alphabet="abc é&<>\"'/=", min_size=1, max_size=20).map(line).filter(bool)
OUTLINES = st.builds(
    OpmlOutline,
    url=WORDS.map(lambda path: line(f"https://example.org/{path}")),
    title=st.none() | WORDS,
    page=st.none() | WORDS,
    folders=st.lists(WORDS, max_size=3).map(tuple),
    categories=st.lists(WORDS, max_size=3, unique=True).map(tuple),
)


@given(st.lists(OUTLINES, max_size=6))
def test_what_is_written_is_read_back(outlines):
    written = write_opml(outlines, title="Bronnen")

    assert sorted(map(repr, read_opml(written))) == sorted(map(repr, outlines))
    assert write_opml(read_opml(written), title="Bronnen") == written


@given(st.lists(TEXTS, max_size=4), st.text(max_size=30))
def test_any_text_can_be_written(folders, title):
    written = write_opml([OpmlOutline(url=URL, title=title, folders=tuple(folders))], title=title)

    assert [one.url for one in read_opml(written)] == [URL]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_not(body):
    assert read_opml(b"<opml>" + body) is not None


@pytest.mark.skipif(not SUITE.exists(), reason="other people's lists are not in ../shared")
def test_every_address_of_other_peoples_lists_is_read():
    lists = sorted(SUITE.rglob("*.opml"))

    assert len(lists) > 100
    for path in lists:
        body = path.read_bytes()
        assert len(read_opml(body)) == body.lower().count(b"xmlurl=")
