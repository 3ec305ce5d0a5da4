"""Feeds to items: what each field is made of, by name."""

from datetime import UTC, datetime

import pytest

from monitor.model import Byline, Dateline, Document, Media, Paragraph, Subhead
from monitor.parse.feeds.feed import read_feed
from monitor.parse.feeds.trim import MOST_ENTRIES

LEAD = "De regering heeft vrijdag ingestemd met het plan."
MORE = "De Kamer debatteert er volgende week over."
FETCHED = datetime(2026, 2, 5, 12, 0, tzinfo=UTC)
URL = "https://example.org/nieuws/feed.xml"
NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "media": "http://search.yahoo.com/mrss/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def rss(*entries, channel=""):
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    return f'<rss version="2.0" {DECLARED}><channel><title>Voorbeeld</title>{channel}{items}</channel></rss>'


def atom(*entries, feed="", attributes=""):
    items = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Voorbeeld</title>{feed}{items}</feed>'


def read(feed, **told):
    return read_feed(Document("document", feed.encode(), **{"url": URL, "fetched": FETCHED, "source": "draad", **told}))


def item(feed, **told):
    (only,) = read(feed, **told).items
    return only


def test_an_entry_is_read_whole():
    entry = f"""
        <title>Kabinet stemt in met &amp;lsquo;noodplan&amp;rsquo;</title><guid isPermaLink="false">nr-1</guid>
        <link>https://example.org/1</link><pubDate>Thu, 05 Feb 2026 10:00:00 +0100</pubDate>
        <description>Na lang beraad is er een akkoord.</description>
        <content:encoded><![CDATA[<p>DEN HAAG (ANP) - {LEAD}</p><h2>Debat</h2><p>{MORE}</p>]]></content:encoded>
        <dc:creator>Jan Jansen</dc:creator><category>Binnenland</category><category>Kabinet</category>
        <enclosure url="/foto.jpg" type="image/jpeg" length="1234"/>"""

    read_item = item(rss(entry, channel="<language>nl-nl</language>"))

    assert read_item.id
    assert read_item.source == "draad"
    assert read_item.guid == "nr-1"
    assert read_item.url == "https://example.org/1"
    assert read_item.headline == "Kabinet stemt in met ‘noodplan’"
    assert read_item.dateline == Dateline("DEN HAAG (ANP) - ", ("DEN HAAG",), ("ANP",))
    assert read_item.body == (Paragraph(LEAD), Subhead("Debat"), Paragraph(MORE))
    assert read_item.summary == "Na lang beraad is er een akkoord."
    assert read_item.published == datetime(2026, 2, 5, 9, 0, tzinfo=UTC)
    assert (read_item.updated, read_item.fetched, read_item.language) == (None, FETCHED, "nl-nl")
    assert read_item.bylines == (Byline("Jan Jansen"),)
    assert read_item.tags == ("Binnenland", "Kabinet")
    assert read_item.media == (Media("https://example.org/foto.jpg", "image/jpeg", 1234),)
    assert (read_item.kind, read_item.section, read_item.premium, read_item.unsure) == ("new", None, False, ())


HEADLINES = [
    ("<title>Xi &amp; Poetin</title>", "Xi & Poetin"),
    ("<title>Xi &amp;amp; Poetin</title>", "Xi & Poetin"),
    ("<title><![CDATA[<b>Xi</b> naar\n Moskou]]></title>", "Xi naar Moskou"),
    ("<title>Kans &lt; 5 procent</title>", "Kans < 5 procent"),
    ("<title>Pen\u202eny\u0085</title>", "Penny"),
    ("<title></title><guid>x</guid>", None),
]


@pytest.mark.parametrize(("entry", "headline"), HEADLINES)
def test_a_headline_is_plain_text(entry, headline):
    assert item(rss(entry)).headline == headline


@pytest.mark.parametrize(
    "title",
    [
        '<title type="html">&lt;b&gt;Xi&lt;/b&gt; &amp;amp; Poetin</title>',
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>Xi</b> &amp; Poetin</div></title>',
        "<title>Xi &amp; Poetin</title>",
    ],
)
def test_a_headline_of_atom_is_plain_text_whatever_its_type(title):
    assert item(atom(title)).headline == "Xi & Poetin"


def test_a_description_alone_is_the_body():
    read_item = item(rss(f"<description>&lt;p&gt;{LEAD}&lt;/p&gt;{MORE}</description>"))

    assert read_item.body == (Paragraph(LEAD), Paragraph(MORE))
    assert read_item.summary is None


def test_a_description_that_says_the_same_is_no_summary():
    entry = f"<description>{LEAD}</description><content:encoded>&lt;p&gt;{LEAD}&lt;/p&gt;</content:encoded>"

    assert item(rss(entry)).summary is None


def test_a_caption_is_not_the_body():
    entry = f'<description>{LEAD} {MORE}</description><media:content url="https://example.org/1.jpg">'
    entry += "<media:description>Foto: ANP</media:description></media:content>"

    assert item(rss(entry)).body == (Paragraph(f"{LEAD} {MORE}"),)


def test_a_dateline_is_taken_from_the_summary_too():
    read_item = item(atom(f"<summary>PARIJS (AFP) - {LEAD}</summary><content>{MORE}</content>"))

    assert read_item.dateline == Dateline("PARIJS (AFP) - ", ("PARIJS",), ("AFP",))
    assert read_item.summary == LEAD
    assert read_item.body == (Paragraph(MORE),)


def test_a_dateline_in_a_paragraph_of_its_own_is_no_lead():
    read_item = item(rss(f"<description>&lt;p&gt;BRUSSEL (BELGA) -&lt;/p&gt;&lt;p&gt;{LEAD}&lt;/p&gt;</description>"))

    assert read_item.dateline.places == ("BRUSSEL",)
    assert read_item.body == (Paragraph(LEAD),)


def test_a_dateline_that_only_its_shape_speaks_for_is_unsure():
    read_item = item(rss(f"<description>Moskou - {LEAD}</description>"))

    assert read_item.dateline.places == ("Moskou",)
    assert read_item.unsure == ("dateline",)


LINKS = [
    ("<link>https://example.org/1</link>", "https://example.org/1"),
    ("<link>//example.org/1</link>", "https://example.org/1"),
    ("<link>/1?a=1&amp;b=2</link>", "https://example.org/1?a=1&b=2"),
    ("<link>1</link>", "https://example.org/nieuws/1"),
    ('<link>1</link><a xml:base="https://elders.example/x/"/>', "https://example.org/nieuws/1"),
    ("<link> https://example.org/\n1 </link>", "https://example.org/1"),
    ("<link>javascript:alert(1)</link>", None),
    ("<link>data:text/html,x</link>", None),
    ("<link>http://[::1</link>", None),
    ("<guid>https://example.org/1</guid><link/>", "https://example.org/1"),
    ('<guid isPermaLink="false">https://example.org/1</guid>', "https://example.org/1"),
    ('<guid isPermaLink="false">nr-1</guid>', None),
    (
        "<link>https://proxy.example/1</link><feedburner:origLink>https://example.org/1</feedburner:origLink>",
        "https://example.org/1",
    ),
]


@pytest.mark.parametrize(("entry", "url"), LINKS)
def test_a_link_is_absolute_and_of_the_web(entry, url):
    assert item(rss(f"<title>Kop</title>{entry}")).url == url


def test_a_link_of_rss_stands_against_the_channels():
    feed = rss("<link>/1</link>", channel="<link>https://www.example.org/</link>")

    assert item(feed).url == "https://www.example.org/1"


def test_a_link_of_atom_stands_against_its_base():
    feed = atom('<link href="1"/>', attributes='xml:base="https://www.example.org/a/"')

    assert item(feed).url == "https://www.example.org/a/1"


def test_a_guid_that_is_no_address_is_not_made_into_one():
    assert item(rss("<guid>12345</guid><title>Kop</title>")).guid == "12345"


@pytest.mark.parametrize(
    ("entry", "bylines"),
    [
        ("<author>jan@example.org (Jan Jansen)</author>", [Byline("Jan Jansen", "jan@example.org")]),
        ("<author>Jan Jansen &lt;jan@example.org&gt;</author>", [Byline("Jan Jansen", "jan@example.org")]),
        ("<author>jan@example.org</author>", [Byline("jan@example.org", "jan@example.org")]),
        ("<author>Van onze redactie</author>", [Byline("Van onze redactie")]),
        (
            "<dc:creator>Jan Jansen</dc:creator><dc:creator>Piet Smit</dc:creator>",
            [Byline("Jan Jansen"), Byline("Piet Smit")],
        ),
        ("<dc:creator>Jan</dc:creator><dc:creator>Jan</dc:creator>", [Byline("Jan")]),
        ("<author/>", []),
    ],
)
def test_a_byline_has_its_address_apart(entry, bylines):
    assert item(rss(f"<title>Kop</title>{entry}")).bylines == tuple(bylines)


def test_authors_of_atom_are_inherited():
    feed = "<author><name>Redactie</name><email>redactie@example.org</email></author>"

    own, inherited = read(
        atom("<title>a</title><author><name>Jan</name></author>", "<title>b</title>", feed=feed)
    ).items

    assert own.bylines == (Byline("Jan"),)
    assert inherited.bylines == (Byline("Redactie", "redactie@example.org"),)


@pytest.mark.parametrize(
    ("entry", "published"),
    [
        ("<pubDate>2026/02/05 10:00</pubDate>", datetime(2026, 2, 5, 10, tzinfo=UTC)),
        ("<pubDate>05-02-2026 10:00</pubDate>", datetime(2026, 2, 5, 10, tzinfo=UTC)),
        ("<pubDate>1770285600</pubDate>", datetime(2026, 2, 5, 10, tzinfo=UTC)),
        ("<pubDate>Thu, 05 Feb 2026 11:00:00 CET</pubDate>", datetime(2026, 2, 5, 10, tzinfo=UTC)),
        ("<pubDate>di, 03 mrt 2026</pubDate>", "2026-03-03"),
        ("<pubDate>55 minuten geleden</pubDate>", datetime(2026, 2, 5, 11, 5, tzinfo=UTC)),
        ("<dc:date>2026-02-05T10:00:00Z</dc:date>", datetime(2026, 2, 5, 10, tzinfo=UTC)),
        ("<pubDate>onlangs</pubDate>", None),
        ("", None),
    ],
)
def test_a_date_is_the_feeds_own_or_unknown(entry, published):
    assert item(rss(f"<title>Kop</title>{entry}", channel="<language>nl</language>")).published == published


def test_atom_tells_apart_published_and_updated():
    read_item = item(
        atom("<title>a</title><published>2026-02-05T10:00:00Z</published><updated>2026-02-05T11:00:00Z</updated>")
    )

    assert read_item.published == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert read_item.updated == datetime(2026, 2, 5, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attributes", "entry", "told", "language"),
    [
        ('xml:lang="de"', '<title xml:lang="fr">a</title>', "nl", "fr"),
        ('xml:lang="de_AT"', "<title>a</title>", "nl", "de-AT"),
        ("", "<title>a</title>", "nl", "nl"),
        ('xml:lang="geen taal"', "<title>a</title>", None, None),
    ],
)
def test_the_language_nearest_to_the_text_wins(attributes, entry, told, language):
    assert item(atom(entry, attributes=attributes), language=told).language == language


def test_media_are_each_address_once_and_of_the_web():
    entry = """<title>Kop</title><enclosure url="https://example.org/a.mp3" type="audio/mpeg" length="veel"/>
        <media:content url="https://example.org/a.mp3" fileSize="99"/><media:content url="file:///etc/passwd"/>
        <media:content url="https://example.org/b.jpg" fileSize="99" type="image/jpeg"/>"""

    assert item(rss(entry)).media == (
        Media("https://example.org/a.mp3", "audio/mpeg", None),
        Media("https://example.org/b.jpg", "image/jpeg", 99),
    )


def test_nothing_is_dropped_but_what_is_wholly_empty():
    feed = rss("", "<title>Kop</title>", "<description>Tekst</description>", "<guid>x</guid>", "<title> </title>")

    assert len(read(feed).items) == 3


def test_pictures_without_a_word_are_different_items():
    feed = rss(*(f"<description>&lt;img src='{name}.jpg'&gt;</description>" for name in "ab"))

    first, second = read(feed).items

    assert first.id != second.id


def test_a_feed_without_entries_is_an_empty_reading():
    reading = read(rss())

    assert (reading.items, reading.flaw) == ((), None)


def test_the_first_entries_are_read_and_the_flaw_noted():
    reading = read(rss(*(f"<title>Kop {number}</title>" for number in range(MOST_ENTRIES + 5))))

    assert len(reading.items) == MOST_ENTRIES
    assert reading.items[0].headline == "Kop 0"
    assert reading.flaw == f"more than {MOST_ENTRIES} entries"


@pytest.mark.parametrize("character", ["a", "é", "€", "🙂"])
def test_an_item_stays_within_64_kib(character):
    long = character * 70_000
    entry = f"<title>{long}</title><content:encoded>{long}</content:encoded><description>x{long}</description>"
    entry += f"<dc:creator>{long}</dc:creator>" * 3 + f"<category>{long}</category>" * 5

    read_item = item(rss(entry))
    texts = [read_item.headline, read_item.summary, *read_item.tags, *(byline.name for byline in read_item.bylines)]

    assert sum(len(text.encode()) for text in [*texts, *(block.text for block in read_item.body)]) <= 65_536
    assert {"headline", "body", "summary"} <= set(read_item.unsure)
    assert set(read_item.body[0].text) == {character}
