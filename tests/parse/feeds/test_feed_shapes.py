"""Feeds as they are found: prefixes nobody declared, declarations out of place, extensions that carry news."""

from datetime import UTC, datetime

import pytest

from monitor.model import Document, Media, Paragraph
from monitor.parse.feeds.feed import read_feed

TEN = datetime(2026, 2, 5, 10, tzinfo=UTC)
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
FEED = "<rss version='2.0'><channel><title>Voorbeeld</title><item><title>Één kop</title></item></channel></rss>"


def rss(entry, declared=DECLARED):
    return f"<rss version='2.0' {declared}><channel><title>Voorbeeld</title><item>{entry}</item></channel></rss>"


def read(feed, **told):
    return read_feed(Document("document", feed.encode() if isinstance(feed, str) else feed, **told))


def item(feed, **told):
    (only,) = read(feed, **told).items
    return only


def test_prefixes_that_nobody_declared_mean_what_they_usually_do():
    entry = """<title>Kop</title><dc:creator>Jan Jansen</dc:creator><media:content url="https://example.org/a.jpg"/>
        <onbekend:ding onbekend:soort="x">y</onbekend:ding>"""

    reading = read(rss(entry, declared=""))

    assert [byline.name for byline in reading.items[0].bylines] == ["Jan Jansen"]
    assert reading.items[0].media == (Media("https://example.org/a.jpg"),)
    assert reading.flaw is None


def test_a_feed_whose_every_element_has_a_prefix_is_read():
    feed = FEED.replace("</", "</rss:").replace("<", "<rss:").replace("<rss:/rss:", "</rss:")

    reading = read(feed)

    assert [one.headline for one in reading.items] == ["Één kop"]
    assert reading.flaw is None


@pytest.mark.parametrize(
    "before",
    [
        "\n\n<?xml version='1.0' encoding='utf-8'?>",
        "<!-- gemaakt door een systeem -->\n<?xml version='1.0' encoding='utf-8'?>\n",
        "<?xml version='1.0' encoding='utf-8'?>\n<?xml version='1.0' encoding='utf-8'?>\n",
    ],
)
def test_a_declaration_that_is_not_at_the_start_is_no_flaw(before):
    reading = read(before + FEED)

    assert [one.headline for one in reading.items] == ["Één kop"]
    assert reading.flaw is None


def test_the_declared_encoding_holds_where_the_declaration_comes_late():
    reading = read(("\n<?xml version='1.0' encoding='iso-8859-1'?>" + FEED).encode("latin-1"))

    assert [one.headline for one in reading.items] == ["Één kop"]


@pytest.mark.parametrize(
    ("entry", "headline"),
    [
        ("<itunes:title>Aflevering 1</itunes:title>", "Aflevering 1"),
        ("<dc:title>Kop</dc:title>", "Kop"),
        ("<media:group><media:title>Film</media:title></media:group>", "Film"),
        ("<title>Kop</title><itunes:title>Aflevering 1</itunes:title>", "Kop"),
    ],
)
def test_a_headline_may_stand_in_an_extension(entry, headline):
    assert item(rss(entry)).headline == headline


@pytest.mark.parametrize(
    "entry",
    [
        "<dc:description>Tekst.</dc:description>",
        "<itunes:summary>Tekst.</itunes:summary>",
        "<media:group><media:description>Tekst.</media:description></media:group>",
        "<dcterms:abstract>Tekst.</dcterms:abstract>",
        "<media:content url='a.jpg'><media:description>Tekst.</media:description></media:content>",
    ],
)
def test_a_text_may_stand_in_an_extension(entry):
    assert item(rss(f"<title>Kop</title>{entry}")).body == (Paragraph("Tekst."),)


@pytest.mark.parametrize("order", [1, -1])
def test_a_caption_is_neither_body_nor_summary(order):
    caption = "<media:content url='a.jpg'><media:description>Een foto van iets.</media:description></media:content>"
    read_item = item(rss("<title>Kop</title>" + "".join(["<description>Tekst.</description>", caption][::order])))

    assert (read_item.body, read_item.summary) == ((Paragraph("Tekst."),), None)


def test_a_section_and_an_identifier_may_stand_in_an_extension():
    read_item = item(
        rss("<title>Kop</title><slash:section>Buitenland</slash:section><dc:identifier>urn:x:1</dc:identifier>")
    )

    assert (read_item.section, read_item.guid) == ("Buitenland", "urn:x:1")


@pytest.mark.parametrize(
    ("entry", "published", "updated"),
    [
        ("<dc:date>2026-02-05T10:00:00Z</dc:date>", TEN, None),
        ("<dcterms:modified>2026-02-05T10:00:00Z</dcterms:modified>", None, TEN),
        ("<dcterms:issued>2026-02-05T10:00:00Z</dcterms:issued>", TEN, None),
        ("<prism:publicationDate>2026-02-05</prism:publicationDate>", "2026-02-05", None),
        (
            "<pubDate>2026-02-05T10:00:00Z</pubDate><dcterms:modified>2026-02-06T10:00:00Z</dcterms:modified>",
            TEN,
            TEN.replace(day=6),
        ),
    ],
)
def test_extensions_tell_when_it_was_published_and_when_changed(entry, published, updated):
    read_item = item(rss(f"<title>Kop</title>{entry}"))

    assert (read_item.published, read_item.updated) == (published, updated)


def test_what_an_entry_says_of_both_moments_is_kept_where_they_are_the_same():
    when = "2026-02-05T10:00:00Z"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Kop</title><published>{when}</published>"

    read_item = item(f"{feed}<updated>{when}</updated></entry></feed>")

    assert (read_item.published, read_item.updated) == (TEN, TEN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("<title xml:lang='fr'>Kop</title><summary xml:lang='de'>Tekst</summary>", "de"),
        ("<title xml:lang='fr'>Kop</title><summary>Tekst</summary>", "nl"),
        ("<title>Kop</title><summary xml:lang=''>Tekst</summary>", "nl"),
        ("<title xml:lang=''>Kop</title><summary xml:lang=''>Tekst</summary>", None),
    ],
)
def test_the_language_is_that_of_the_body_and_may_be_taken_back(text, language):
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='nl'><entry>{text}</entry></feed>"

    assert item(feed).language == language


def test_trackers_are_stripped_from_the_link_and_left_in_the_guid():
    address = "https://example.org/1?utm_source=rss"

    read_item = item(rss(f"<title>Kop</title><link>{address}</link><guid>{address}</guid>"))

    assert (read_item.url, read_item.guid) == ("https://example.org/1", address)


def test_a_link_with_a_uri_of_another_kind_is_its_text():
    assert item(rss("<link uri='at://x/y'>https://example.org/1</link>")).url == "https://example.org/1"


def test_relative_links_stand_against_the_feeds_own_address_where_there_is_no_other():
    feed = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>/</link>
        <atom:link rel="self" href="https://example.org/feed.xml"/><item><link>/nieuws/1</link></item></channel></rss>"""

    assert item(feed).url == "https://example.org/nieuws/1"


def test_a_thumbnail_is_the_picture_where_there_is_no_other():
    thumbnail = "<media:thumbnail url='https://example.org/t.jpg'/>"

    assert item(rss(thumbnail + "<title>Kop</title>")).media == (Media("https://example.org/t.jpg"),)
    assert item(rss(thumbnail + "<enclosure url='https://example.org/a.mp3'/>")).media == (
        Media("https://example.org/a.mp3"),
    )


def test_entries_that_say_nothing_are_a_flaw():
    reading = read(rss("<title> </title>"))

    assert (reading.items, reading.flaw) == ((), "no entry says anything")
