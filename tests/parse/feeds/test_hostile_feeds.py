"""Feeds that are broken, cut off, or made to do harm."""

import warnings
from time import perf_counter

import pytest

from monitor.errors import DocumentError, Malformed
from monitor.model import Document
from monitor.parse.feeds.feed import read_feed

ENTRIES = "".join(
    f"<item><title>Kop {number}</title><description>Tekst &lt;item&gt; {number}</description></item>"
    for number in range(3)
)
FEED = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Voorbeeld</title>{ENTRIES}</channel></rss>"
ATOM = FEED.replace("item>", "entry>").replace("rss version='2.0'", "feed").replace("/rss", "/feed")


def read(feed):
    return read_feed(Document("document", feed.encode() if isinstance(feed, str) else feed))


def entity(declared, used="&a;"):
    return f"<!DOCTYPE rss [{declared}]><rss><channel><item><title>Kop {used}</title></item></channel></rss>"


@pytest.mark.parametrize("feed", [FEED, ATOM])
def test_a_feed_that_is_broken_off_gives_its_whole_entries_and_says_so(feed):
    whole = {f"Kop {number}": f"Tekst <item> {number}" for number in range(3)}
    for end in range(feed.index("<item>" if feed is FEED else "<entry>"), len(feed)):
        try:
            reading = read(feed[:end])
        except Malformed:
            continue

        assert reading.flaw
        for item in reading.items:
            assert " ".join(block.text for block in item.body).replace("entry", "item") == whole[item.headline]


def test_a_feed_cut_within_its_third_entry_has_two():
    assert len(read(FEED[: FEED.index("Tekst &lt;item&gt; 2") + 5]).items) == 2


def test_a_feed_cut_between_entries_has_those_before():
    reading = read(FEED[: FEED.index("</channel>")])

    assert len(reading.items) == 3
    assert reading.flaw.startswith("not well-formed")


def test_a_feed_cut_before_its_first_entry_is_malformed():
    with pytest.raises(Malformed, match="not well-formed"):
        read(FEED[: FEED.index("<item>")])


@pytest.mark.parametrize(
    ("sloppy", "meant"),
    [
        ("R&D", "R&D"),
        ("Caf&eacute;&nbsp;Zuid", "Café Zuid"),
        ("Rock & Roll &", "Rock & Roll &"),
        ("een &onbekende; zaak", "een &onbekende; zaak"),
        ("Pen&#0;ny&#x1f;", "Penny"),
        ("Pen\x07ny", "Penny"),
        ("&amp;eacute;&#233;", "éé"),
        ("<![CDATA[R&D &eacute;]]>", "R&D é"),
    ],
)
def test_a_feed_whose_ampersands_are_not_xml_is_mended(sloppy, meant):
    reading = read(f"<rss><channel><item><title>{sloppy}</title></item></channel></rss>")

    assert [item.headline for item in reading.items] == [meant]
    assert reading.flaw is None


def test_a_sloppy_feed_is_read_and_has_a_flaw():
    reading = read("<rss><channel><item><title>Kop</title><br></item></channel></rss>")

    assert [item.headline for item in reading.items] == ["Kop"]
    assert reading.flaw.startswith("not well-formed")


def test_a_sloppy_feed_without_entries_is_empty():
    reading = read("<rss><channel><title>Kop</title><br></channel></rss>")

    assert reading.items == ()
    assert reading.flaw


def test_a_warning_of_the_server_before_the_feed_does_not_hide_it():
    reading = read("Warning: mysql_connect() in <b>db.php</b>\n" + FEED)

    assert len(reading.items) == 3
    assert reading.flaw == "something stands before the XML"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
        '<!ENTITY a PUBLIC "x" "http://127.0.0.1:9/">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;',
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;">',
        f'<!ENTITY a "{"x" * 100}">',
        '<!ENTITY a "<b>x</b>">',
        '<!ATTLIST rss x CDATA "]><rss>"><!ENTITY a SYSTEM "file:///etc/hostname">',
        "<!-- ]> --><!ENTITY a SYSTEM 'file:///etc/hostname'>",
        "".join(f'<!ENTITY a{number} "x">' for number in range(301)),
    ],
)
def test_entities_are_refused(declared):
    with pytest.raises(Malformed, match="declares entities"):
        read(entity(declared))


@pytest.mark.parametrize(
    "declared", ['<!ENTITY a "&#8364;">', "<!ENTITY b 'B'><!ENTITY a '&#x20AC;'>", '<!ENTITY a "€">']
)
def test_entities_that_stand_for_a_character_are_read(declared):
    reading = read(entity(declared))

    assert reading.items[0].headline == "Kop €"
    assert reading.flaw is None


def test_the_namespaces_that_rdf_declares_as_entities_are_read():
    uri = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

    reading = read(entity(f'<!ENTITY rdf "{uri}">', used="&rdf;"))

    assert reading.items[0].headline == f"Kop {uri}"


def test_the_characters_of_html_may_be_declared_by_their_public_name():
    declared = """<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1 for XHTML//EN"
        "http://127.0.0.1:9/xhtml-lat1.ent"> %HTMLlat1;"""

    assert read(entity(declared, used="&eacute;")).items[0].headline == "Kop é"


def test_an_entity_in_the_text_of_an_article_is_text():
    reading = read(FEED.replace("Tekst", "<![CDATA[<!ENTITY a SYSTEM 'x'>]]>", 1))

    assert reading.flaw is None


LONG = "a" * 100_000
AUTHORS = [
    f"<author>{LONG}</author>",
    f"<author><![CDATA[{LONG}]]></author>",
    f"<author>{'&#97;' * 100_000}</author>",
    f"<author>a@{'a.' * 50_000}</author>",
    f"<author>{'aaaaaaaaaa<!-- -->' * 10_000}</author>",
    f"<author>{'<![CDATA[aaaaaaaaaa]]>' * 10_000}</author>",
    f"<author>{'aaaaaaa<b/>' * 10_000}</author>",
    f"<author><name>{LONG}</name></author>",
    f"<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>{LONG}</dc:creator>",
    f"<author>{LONG}",
]


@pytest.mark.parametrize("author", AUTHORS, ids=range(len(AUTHORS)))
def test_a_long_author_does_not_take_quadratic_time(author):
    feed = f"<rss><channel><item><title>Kop</title>{author}<guid>nr-1</guid></item></channel></rss>"
    began = perf_counter()

    reading = read(feed)

    assert perf_counter() - began < 5  # tens of seconds, and more, where it is quadratic
    assert reading.items[0].headline == "Kop"


def test_a_tag_of_very_many_attributes_is_refused():
    attributes = " ".join(f'a{number}="x"' for number in range(20_000))

    with pytest.raises(Malformed, match="attributes"):
        read(f"<rss><channel><item><link {attributes}/></item></channel></rss>")


@pytest.mark.parametrize(
    "body",
    [
        "<rss>" + "<!h" * 5_000,
        "<rss><channel><item><title>" + "<!h<!h<" * 2_000,
        "<rss><channel><item><description>" + "<![CDATA[" * 5_000,
        "<rss><channel>" + "<item>" * 5_000,
        "<rss><channel><item>" + "<a>" * 5_000,
        "<rss><channel><item><title>" + "&" * 50_000,
        "<rss " + "x" * 50_000,
        "<!DOCTYPE [" * 5_000 + "<rss/>",
        b"<rss>\xff\xfe\x00" * 1_000,
        b"\xff\xfe<\0r\0s\0s\0>\0\xd8",
    ],
)
def test_hostile_bytes_are_read_or_refused(body):
    try:
        reading = read(body)
    except DocumentError as error:
        assert str(error)  # noqa: PT017 - either is right, and an error says why
    else:
        assert isinstance(reading.items, tuple)


def test_a_name_of_a_file_is_not_opened(tmp_path):
    secret = tmp_path / "feed.xml"
    secret.write_text(FEED, encoding="utf-8")

    with pytest.raises(DocumentError):
        read(str(secret))


def test_feedparsers_deprecated_answers_are_not_asked_for():
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        assert len(read(FEED).items) == 3


def test_a_feed_whose_entries_its_parser_does_not_know_is_no_day_without_news():
    feed = "<Channel xmlns='urn:feed' xmlns:f='urn:feed'><items><item><title>Kop</title></item></items></Channel>"

    assert read(feed).flaw == "its parser finds none of its entries"
