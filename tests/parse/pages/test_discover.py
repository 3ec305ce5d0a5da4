"""What a site says of its feeds, sitemaps and hubs."""

import pytest

from monitor.errors import NotRecognized
from monitor.model import Document
from monitor.parse.pages.discover import (
    Candidate,
    candidates_in,
    discover,
    read_candidates,
    read_index,
    sitemaps_in,
)
from monitor.parse.reading import Reading
from monitor.records import dump_items, load_items

URL = "https://www.deomroeper.example/nieuws/"
PAGE = """<!doctype html><html><head><title>De Omroeper</title>
<link rel="alternate" type="application/rss+xml" title="Reacties" href="/comments/feed">
<link rel="alternate" type="application/rss+xml" title="Nieuws" href="/rss">
<link rel="alternate" type="application/feed+json" href="https://feeds.example/omroeper.json">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
<link rel="alternate" hreflang="en" href="/en/"><link rel="sitemap" href="/kaart.xml"><link rel="hub" href="https://hub.example/">
</head><body><a href="/sport/rss.xml">Sport</a><a href="/news-sitemap.xml">Kaart</a>
<a href="javascript:rss()">x</a></body></html>"""


INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://a.example/2025.xml</loc><lastmod>2025-12-31</lastmod></sitemap>
<sitemap><loc>https://a.example/2026.xml</loc><lastmod>2026-02-05</lastmod></sitemap></sitemapindex>"""


def found(kind, *, sure=True, body=PAGE, **known):
    reading = read_candidates(Document("x", body.encode(), url=URL))
    sent = Reading(load_items(dump_items(reading.items)))  # As it comes back from a worker.
    candidates = candidates_in(sent, url=URL, **known)
    return [each.url for each in candidates if each.kind == kind and each.sure == sure]


def test_declared_feeds_come_first_and_those_of_comments_last():
    assert found("feed") == [
        "https://www.deomroeper.example/rss",
        "https://feeds.example/omroeper.json",
        "https://www.deomroeper.example/comments/feed",
    ]
    assert discover(PAGE.encode(), URL)[0] == Candidate("feed", "https://www.deomroeper.example/rss", "Nieuws")


def test_sitemaps_and_hubs_are_found():
    assert found("sitemap") == ["https://www.deomroeper.example/kaart.xml"]
    assert found("hub") == ["https://hub.example/"]


def test_links_that_read_like_feeds_and_usual_addresses_are_guesses():
    assert found("feed", sure=False)[0] == "https://www.deomroeper.example/sport/rss.xml"
    assert found("sitemap", sure=False)[0] == "https://www.deomroeper.example/news-sitemap.xml"
    assert "https://www.deomroeper.example/feed" in found("feed", sure=False)


def test_a_feed_is_its_own_candidate_and_names_its_hub():
    body = "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='hub' href='https://hub.example/'/></feed>"

    assert found("feed", body=body) == [URL]
    assert found("hub", body=body) == ["https://hub.example/"]


def test_a_hub_may_stand_in_a_header():
    header = '<https://hub.example/>; rel="hub", <https://www.deomroeper.example/rss>; rel=self'

    assert found("hub", body="<html><p>x", link_header=header) == ["https://hub.example/"]


def test_a_page_with_a_list_of_articles_is_a_candidate_itself():
    entries = "".join(f"<h2><a href='/{n}'>Kop van het bericht nummer {n}</a></h2>" for n in range(5))

    assert found("listing", sure=False, body=f"<html><title>x</title><body>{entries}") == [URL]


@pytest.mark.parametrize("body", ["", "tekst", "{}", "\0\1", "<html>", "<html" * 999], ids=range(6))
def test_of_anything_else_only_guesses_are_left(body):
    assert not any(each.sure for each in discover(body.encode(), URL))


def test_sitemaps_of_news_come_before_others():
    robots = b"User-agent: *\nSitemap: https://a.example/sitemap.xml\nsitemap:/news.xml # nieuws\nSitemap: ftp://a.example/x\n"

    assert [each.url for each in sitemaps_in(robots, "https://a.example/robots.txt")] == [
        "https://a.example/news.xml",
        "https://a.example/sitemap.xml",
    ]


def test_what_comes_back_from_a_worker_is_what_was_found_there():
    reading = read_candidates(Document("x", PAGE.encode(), url=URL))

    assert candidates_in(reading) == discover(PAGE.encode(), URL)


def test_an_index_leads_to_its_sitemaps_the_newest_first():
    reading = read_index(Document("x", INDEX, url="https://a.example/index.xml"))

    assert candidates_in(reading) == (
        Candidate("sitemap", "https://a.example/2026.xml", "of 2026-02-05"),
        Candidate("sitemap", "https://a.example/2025.xml", "of 2025-12-31"),
    )


@pytest.mark.parametrize("body", [PAGE.encode(), b"<urlset><url><loc>https://a.example/1</loc></url></urlset>"])
def test_what_is_no_index_is_refused(body):
    with pytest.raises(NotRecognized):
        read_index(Document("x", body))
