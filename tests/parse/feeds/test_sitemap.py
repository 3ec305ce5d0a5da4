"""Sitemaps to items, and what an index names."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import DocumentError, Malformed, NotRecognized
from monitor.model import Document, Media, PartialDate
from monitor.parse.detect import read_document
from monitor.parse.feeds.sitemap import Sitemap, read_sitemap, sitemaps_in
from monitor.parse.feeds.trim import MOST_ENTRIES

SUITE = Path(__file__).parents[3] / ".." / "shared" / "corpora" / "crawler-commons" / "files"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = """<loc>https://example.org/1?utm_source=x&amp;a=1</loc><lastmod>2026-02-05T11:00:00Z</lastmod>
    <news:news><news:publication><news:name>Voorbeeld</news:name><news:language>nl</news:language></news:publication>
    <news:publication_date>2026-02-05T11:00:00+01:00</news:publication_date><news:access>Subscription</news:access>
    <news:title>Kabinet stemt in met plan</news:title><news:keywords>kabinet, plan,, Den Haag</news:keywords>
    </news:news>
    <image:image><image:loc>https://example.org/foto.jpg</image:loc><image:title>Een foto</image:title></image:image>"""


def sitemap(*entries, namespaces=NAMESPACES):
    urls = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {namespaces}>{urls}</urlset>'


def index(*entries):
    named = "".join(f"<sitemap>{entry}</sitemap>" for entry in entries)
    return f"<sitemapindex {NAMESPACES}>{named}</sitemapindex>"


def loc(number, **more):
    return f"<loc>https://example.org/{number}</loc>" + "".join(
        f"<{name}>{text}</{name}>" for name, text in more.items()
    )


def document(text, **told):
    return Document("document", text.encode() if isinstance(text, str) else text, **told)


def read(text, **told):
    return read_sitemap(document(text, **told))


@pytest.mark.parametrize("namespaces", [NAMESPACES, "", NAMESPACES.replace("http:", "https:")])
def test_an_entry_with_news_is_read_whole(namespaces):
    reading = read_document(document(sitemap(NEWS, namespaces=namespaces), source="krant"))

    (item,) = reading.items
    assert reading.flaw is None
    assert (item.source, item.url, item.guid) == ("krant", "https://example.org/1?a=1", None)
    assert (item.headline, item.language, item.premium) == ("Kabinet stemt in met plan", "nl", True)
    assert item.published == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert item.updated == datetime(2026, 2, 5, 11, tzinfo=UTC)
    assert item.tags == ("kabinet", "plan", "Den Haag")
    assert item.media == (Media("https://example.org/foto.jpg"),)
    assert item.body == ()


def test_an_entry_without_news_is_an_address_with_the_day_it_changed():
    (item,) = read(sitemap(loc(1, lastmod="2026-02-05", priority="0.5"))).items

    assert (item.url, item.headline, item.published, item.updated) == (
        "https://example.org/1",
        None,
        None,
        "2026-02-05",
    )


def test_the_first_title_counts_and_a_picture_has_none_to_give():
    (item,) = read(sitemap("<image:image><image:title>Een foto</image:title></image:image>" + loc(1))).items

    assert item.headline is None


def test_a_bare_ampersand_and_spaces_do_not_break_an_address():
    (item,) = read(sitemap("<loc>\n https://example.org/?a=1&b=2 \n</loc>")).items

    assert item.url == "https://example.org/?a=1&b=2"


def test_a_sitemap_that_is_broken_off_gives_its_whole_entries_and_says_so():
    text = sitemap(*(loc(number) for number in range(3)))
    first, end = text.index("</url>") + len("</url>"), text.index("</urlset>")
    for cut in range(first, end):
        reading = read(text[:cut])

        assert reading.flaw.startswith("not well-formed")
        assert len(reading.items) == text[:cut].count("</url>")


def test_a_sitemap_that_is_broken_before_its_first_entry_ends_is_malformed():
    with pytest.raises(Malformed, match="not well-formed"):
        read(sitemap(loc(1)).partition("</url>")[0])


def test_of_very_many_entries_the_newest_are_read_in_their_order():
    days = [f"20{year:02}-01-{day:02}" for year in range(99) for day in range(1, 29)]

    reading = read(sitemap(*(loc(number, lastmod=day) for number, day in enumerate(days))))

    kept = range(len(days) - MOST_ENTRIES, len(days))
    assert [item.url for item in reading.items] == [f"https://example.org/{number}" for number in kept]
    assert reading.flaw is None


def test_where_dates_do_not_tell_which_are_newest_there_is_a_flaw():
    reading = read(sitemap(*(loc(number) for number in range(MOST_ENTRIES + 1))))

    assert (len(reading.items), reading.flaw) == (MOST_ENTRIES, "more than 2000 entries")


def test_a_sitemap_without_entries_is_an_empty_reading():
    reading = read(sitemap())

    assert (reading.items, reading.flaw) == ((), None)


INDEX = index(
    loc("oud.xml", lastmod="2026-02-01"), loc("nieuw.xml", lastmod="2026-02-05T10:00:00Z"), "<loc/>", loc("x")
)


def test_an_index_is_never_a_day_without_news():
    with pytest.raises(Malformed, match=r"index.*one of the 3 sitemaps it names: https://example\.org/nieuw\.xml"):
        read_document(document(INDEX))


def test_what_an_index_names_is_told_the_newest_first():
    assert sitemaps_in(document(INDEX)) == (
        Sitemap("https://example.org/nieuw.xml", datetime(2026, 2, 5, 10, tzinfo=UTC)),
        Sitemap("https://example.org/oud.xml", PartialDate("2026-02-01")),
        Sitemap("https://example.org/x"),
    )
    assert sitemaps_in(document(sitemap(loc(1)))) == ()


def test_an_index_of_nothing_is_refused_too():
    with pytest.raises(Malformed, match="one of the 0 sitemaps"):
        read(index())


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"{}", b"<url><loc>x</loc></url>", b"https://example.org/1\n"])
def test_what_is_no_sitemap_is_not_recognized(body):
    with pytest.raises(NotRecognized):
        read(body)


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + sitemap(loc("&a;")).partition("?>")[2],
        sitemap("<a>" * 5_000),
        sitemap("<news:news>" * 300 + "</news:news>" * 300),
    ],
)
def test_what_would_do_harm_is_refused(hostile):
    with pytest.raises(Malformed):
        read(hostile)


def test_an_entry_of_very_many_elements_is_read_for_the_first_of_them():
    (item,) = read(sitemap(loc(1) + "<a>x</a>" * 100_000)).items

    assert item.url == "https://example.org/1"


@given(st.text(max_size=80), st.binary(max_size=80))
def test_any_bytes_within_a_sitemap_are_read_or_refused(text, more):
    for body in (sitemap(text).encode("utf-8", "replace"), b"<urlset><url>" + more + b"</url></urlset>"):
        try:
            read(body)
        except DocumentError as error:
            assert str(error)  # noqa: PT017 - either is right, and an error says why


@pytest.mark.skipif(not SUITE.exists(), reason="other people's sitemaps are not in ../shared")
def test_other_peoples_sitemaps_are_read_whole():
    for path in SUITE.rglob("*.xml"):
        reading = read(path.read_bytes())

        assert len(reading.items) == path.read_text(encoding="utf-8").count("<url>")
        assert reading.flaw is None
