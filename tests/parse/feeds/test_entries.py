"""Entries that were seen are left out before a feed is parsed, where that changes nothing for the others."""

import json
from dataclasses import replace

import pytest

from monitor.model import Document
from monitor.parse.detect import read_document
from monitor.parse.feeds.entries import SIZE
from monitor.parse.feeds.feed import read_feed, read_whole
from monitor.parse.feeds.trim import MOST_ENTRIES

URL = "https://example.org/nieuws/feed.xml"
RSS = "<rss version='2.0'><channel><title>Kust</title>{}</channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Kust</title>{}</feed>"
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    "<channel><title>Kust</title></channel>{}</rdf:RDF>"
)
CDF = "<CHANNEL HREF='https://example.org/'>{}</CHANNEL>"
PREFIXED = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>Kust</a:title>{}</a:feed>"
ITEM = "<item><title>Kop {0}</title><link>https://example.org/{0}</link><description>Tekst {0}.</description></item>"
ENTRY = "<entry><title>Kop {0}</title><link href='https://example.org/{0}'/><summary>Tekst {0}.</summary></entry>"
PREFIXED_ENTRY = "<a:entry><a:title>Kop {0}</a:title><a:id>{0}</a:id></a:entry>"
KINDS = [(RSS, ITEM), (RDF, ITEM), (ATOM, ENTRY), (PREFIXED, PREFIXED_ENTRY), (CDF, ITEM.replace("item", "ITEM"))]


def feed(frame, entry, *names):
    return frame.format("\n".join(entry.format(name) for name in names))


def read(text, seen=b"", **told):
    body = text if isinstance(text, bytes) else text.encode()
    return read_feed(Document("feed", body, url=URL, seen=seen, **told))


def headlines(reading):
    return [item.headline for item in reading.items]


@pytest.mark.parametrize(("frame", "entry"), KINDS, ids=["rss", "rdf", "atom", "prefixed", "cdf"])
def test_only_what_is_new_is_read(frame, entry):
    before = read(feed(frame, entry, 3, 2, 1))

    after = read(feed(frame, entry, 4, 3, 2), seen=before.entries)

    assert headlines(after) == ["Kop 4"]
    assert after.skipped == 2
    assert after.flaw is None
    assert after.items == read_whole(Document("feed", feed(frame, entry, 4, 3, 2).encode(), url=URL)).items[:1]


def test_the_hashes_are_of_all_entries_of_this_document_and_of_no_other():
    before = read(feed(RSS, ITEM, 3, 2, 1))
    after = read(feed(RSS, ITEM, 4, 3, 2), seen=before.entries)

    assert len(before.entries) == len(after.entries) == 3 * SIZE
    assert after.entries[SIZE:] == before.entries[: 2 * SIZE]


def test_a_feed_without_anything_new_has_no_items_and_all_its_hashes():
    before = read(feed(RSS, ITEM, 2, 1))
    after = read(feed(RSS, ITEM, 1, 2), seen=before.entries)

    assert (after.items, after.skipped, after.flaw) == ((), 2, None)
    assert set(after.entries) == set(before.entries)


def test_an_entry_that_changed_is_read_again():
    before = read(feed(RSS, ITEM, 2, 1))
    after = read(feed(RSS, ITEM, 2, 1).replace("Tekst 1.", "Tekst 1!"), seen=before.entries)

    assert headlines(after) == ["Kop 1"]


def test_an_entry_that_is_there_twice_is_read_twice_or_not_at_all():
    twice = feed(RSS, ITEM, 1, 1, 2)

    assert headlines(read(twice)) == ["Kop 1", "Kop 1", "Kop 2"]
    assert headlines(read(twice, seen=read(feed(RSS, ITEM, 1)).entries)) == ["Kop 2"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<lastBuildDate>Thu, 05 Feb 2026 10:00</lastBuildDate>", "<lastBuildDate>Thu, 05 Feb 2026</lastBuildDate>"),
        ("<pubDate>Thu, 05 Feb 2026 10:00:00 GMT</pubDate>", "<pubDate>Thu, 05 Feb 2026 10:05:00 GMT</pubDate>"),
        ("<updated>2026-02-05T10:00:00Z</updated>", "<updated>2026-02-05T10:05:00Z</updated>"),
        ("<!-- made in 0.5 s -->", "<!-- made in 1.5 s -->"),
    ],
    ids=["lastBuildDate", "pubDate", "updated", "comment"],
)  # fmt: skip
def test_what_changes_every_minute_in_a_head_means_nothing_to_entries(before, after):
    seen = read(feed(RSS, ITEM, 1).replace("<item>", before + "<item>", 1)).entries

    assert read(feed(RSS, ITEM, 1).replace("<item>", after + "<item>", 1), seen=seen).skipped == 1


@pytest.mark.parametrize(("old", "new"), [("</rss>", "</rss>{}"), ("<rss ", "<rss a{} ")])
def test_what_changes_every_minute_is_still_a_flaw_where_it_may_not_stand(old, new):
    text = feed(RSS, ITEM, 1)
    broken = text.replace(old, new.format("<updated>2026</updated>"))

    reading = read(broken, seen=read(text).entries)

    assert reading.flaw.startswith("not well-formed")
    assert reading.entries == b""


def test_the_list_of_entries_that_rdf_keeps_in_its_channel_means_nothing_to_them():
    listed = "<items><rdf:Seq><rdf:li rdf:resource='https://example.org/{}'/></rdf:Seq></items></channel>"
    seen = read(feed(RDF, ITEM, 1).replace("</channel>", listed.format(1))).entries

    assert read(feed(RDF, ITEM, 2, 1).replace("</channel>", listed.format(2)), seen=seen).skipped == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<title>Kust", "<language>nl</language><title>Kust"),
        ("<title>Kust", "<link>https://elders.example/</link><title>Kust"),
        ("<rss ", "<rss xml:base='https://elders.example/' "),
        ("</channel>", "<language>nl</language></channel>"),
        ("<rss ", "<?xml version='1.0' encoding='iso-8859-1'?><rss "),
        ("<rss ", "\ufeff<rss "),
    ],
    ids=["language", "link", "base", "tail", "encoding", "mark"],
)
def test_another_head_or_tail_makes_other_entries(old, new):
    seen = read(feed(RSS, ITEM, 2, 1)).entries
    after = read(feed(RSS, ITEM, 2, 1).replace(old, new, 1), seen=seen)

    assert (len(after.items), after.skipped) == (2, 0)


IN_DOUBT = {
    "an entry within another": (RSS, "<item><title>Kop {0}</title><item><title>Kop</title></item></item>"),
    "an entry within an entry of another kind": (RSS, "<item><title>Kop {0}</title><entry/></item>"),
    "a root within an entry": (RSS, "<item><title>Kop {0}</title><rss xml:lang='fr'/></item>"),
    "something between entries": (RSS, ITEM + "<language>nl</language>"),
    "an instruction": (RSS, "<item><title>Kop {0}</title><?php x ?></item>"),
    "the end of one in a text": (RSS, "<item><title><![CDATA[Kop {0} encoding='utf-16' ?>]]></title></item>"),
    "a prefix that nobody declared": (RSS, "<item><title>Kop {0}</title><x:y>a</x:y></item>"),
    "a prefix of its own": (RSS, "<item><title>Kop {0}</title><x:y xmlns:x='urn:x'>a</x:y></item>"),
    "a prefix that is another elsewhere": (RSS, "<item><title>Kop {0}</title><dc:x xmlns:dc='urn:x'>a</dc:x></item>"),
    "a namespace that tells the kind": (
        RSS,
        "<item><title>Kop {0}</title><a xmlns='http://purl.org/rss/1.0/'/></item>",
    ),
    "a relative base": (ATOM, "<entry xml:base='x/'><title>Kop {0}</title></entry>"),
    "a language that stays": (
        ATOM,
        "<entry xml:lang='fr'><title>{0}</title><content type='html'><div/></content></entry>",
    ),
    "an end that begins nothing": (
        ATOM,
        "<entry><summary type='xhtml'><p>a<title>{0}</title></p></summary></entry>",
    ),
    "not well-formed": (RSS, "<item><title>Kop {0}</title><br></item>"),
    "another encoding than declared": (RSS, "<item><title>Café {0}</title></item>"),
}


@pytest.mark.parametrize(("frame", "entry"), IN_DOUBT.values(), ids=IN_DOUBT)
def test_in_doubt_a_feed_is_read_whole_and_has_no_hashes(frame, entry):
    text = feed(frame, entry, 1, 2).encode("cp1252")
    document = Document("feed", text, url=URL)

    assert read_feed(document) == read_whole(document)
    assert read_feed(document).entries == b""


@pytest.mark.parametrize(("frame", "entry"), IN_DOUBT.values(), ids=IN_DOUBT)
def test_a_new_entry_that_may_change_others_brings_all_back(frame, entry):
    usual = ENTRY if frame is ATOM else ITEM
    seen = read(feed(frame, usual, 1)).entries
    text = feed(frame, "{}", entry.format(2), usual.format(1)).encode("cp1252")

    after = read(text, seen=seen)

    assert seen
    assert after.skipped == 0
    assert after.items == read_whole(Document("feed", text, url=URL)).items


NO_DOUBT = {
    "a base": (ATOM, "<entry xml:base='https://elders.example/'><title>Kop {0}</title><link href='{0}'/></entry>"),
    "a language": (ATOM, "<entry xml:lang='fr'><title>Kop {0}</title></entry>"),
    "a usual prefix": (
        RSS,
        "<item><title>Kop {0}</title><media:title xmlns:media='http://search.yahoo.com/mrss/'>a</media:title></item>",
    ),
    "markup that is text": (RSS, "<item><title><![CDATA[Kop {0} <item> <x:y> <?php ]]></title></item>"),
    "markup in a comment": (RSS, "<item><title>Kop {0}</title><!-- <item> --></item>"),
    "comments between": (RSS, ITEM + "<!-- advertisement -->"),
    "inline markup": (
        ATOM,
        "<entry><title>Kop {0}</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>a</p></div></content></entry>",
    ),
    "a colon in prose": (RSS, "<item><title>Kop {0}</title><description>Amazon re:Invent begint.</description></item>"),
}  # fmt: skip


@pytest.mark.parametrize(("frame", "entry"), NO_DOUBT.values(), ids=NO_DOUBT)
def test_what_only_looks_doubtful_is_left_out(frame, entry):
    seen = read(feed(frame, entry, 1, 2)).entries
    document = Document("feed", feed(frame, entry, 3, 1, 2).encode(), url=URL)

    after = read_feed(replace(document, seen=seen))

    assert after.skipped == 2
    assert after.items == read_whole(document).items[:1]


def test_entries_beyond_the_most_that_are_read_take_the_full_road():
    document = Document("feed", feed(RSS, "<item><title>{}</title></item>", *range(MOST_ENTRIES + 1)).encode())

    reading = read_feed(document)

    assert reading.flaw == f"more than {MOST_ENTRIES} entries"
    assert (len(reading.items), reading.entries) == (MOST_ENTRIES, b"")


def test_an_entry_that_says_nothing_is_never_seen():
    empty = feed(RSS, "<item>{}</item>", "", "<title>Kop</title>")

    assert len(read(empty).entries) == SIZE


def test_a_single_entry_that_says_nothing_is_a_flaw_whatever_was_seen():
    seen = read(feed(RSS, "<item>{}</item>", "<x/>", "<title>Kop</title>")).entries

    assert read(feed(RSS, "<item>{}</item>", "<x/>"), seen=seen).flaw == "no entry says anything"


def test_the_link_of_an_entry_does_not_stand_against_the_base_of_the_one_before():
    entries = "<entry xml:base='https://elders.example/a/'><title>1</title></entry><entry><link href='b'/></entry>"

    assert read(ATOM.format(entries)).items[1].url == "https://example.org/nieuws/b"


def test_the_summary_of_a_podcast_does_not_change_how_its_first_entry_is_read():
    about = "<itunes:summary>Over zee.</itunes:summary><description>Kust.</description>"
    episode = "<item><description>Kort {0}.</description><itunes:summary>Lang {0}.</itunes:summary></item>"
    text = RSS.replace("<title>", about + "<title>").format(episode.format(1) * 2)
    text = text.replace("<rss ", "<rss xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' ")

    first, second = read(text).items

    assert first == second


SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
URLS = "<url><loc>https://example.org/{0}</loc><lastmod>2026-02-0{0}</lastmod></url>"


def json_feed(frame, entry, *names):
    return json.dumps({**frame, "items": [json.loads(json.dumps(entry).replace("{}", str(name))) for name in names]})


JSON = {"version": "https://jsonfeed.org/version/1.1", "title": "Kust"}
SIMPLE = [(feed, SITEMAP, URLS), (json_feed, JSON, {"id": "{}", "url": "https://example.org/{}"})]


@pytest.mark.parametrize(("written", "frame", "entry"), SIMPLE, ids=["sitemap", "json"])
def test_sitemaps_and_json_feeds_leave_out_what_was_seen_too(written, frame, entry):
    seen = read_document(Document("x", written(frame, entry, 1, 2).encode())).entries
    whole = Document("x", written(frame, entry, 3, 1, 2).encode())

    after = read_document(replace(whole, seen=seen))

    assert after.items == read_document(whole).items[:1]
    assert (after.skipped, len(after.entries)) == (2, 3 * SIZE)


@pytest.mark.parametrize("seen", [b"x", b"x" * 8, b"x" * 17])
def test_hashes_of_anything_else_leave_nothing_out(seen):
    assert len(read(feed(RSS, ITEM, 1, 2), seen=seen).items) == 2


def test_a_feed_that_could_not_be_parsed_twice_in_time_is_read_whole_at_once():
    many = feed(RSS, f"<item><title>Kop {{}}</title>{'<x/>' * 20}</item>", *range(1_000))

    reading = read(many)

    assert (len(reading.items), reading.flaw, reading.entries) == (1_000, None, b"")
