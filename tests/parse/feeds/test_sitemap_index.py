"""What a sitemap index names, as items for whoever fetches it."""

from datetime import UTC, datetime

import pytest

from monitor.errors import Malformed, NotRecognized
from monitor.model import Document
from monitor.parse.detect import read_document
from monitor.parse.feeds.sitemap import MOST_SITEMAPS, is_index, read_index

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(*entries, namespace=NAMESPACE):
    named = "".join(f"<sitemap>{entry}</sitemap>" for entry in entries)
    return f'<?xml version="1.0"?><sitemapindex {namespace}>{named}</sitemapindex>'


def loc(name, lastmod=None):
    return f"<loc>https://krant.example/{name}</loc>" + (f"<lastmod>{lastmod}</lastmod>" if lastmod else "")


def test_its_sitemaps_are_items_with_an_address_and_when_they_changed_the_newest_first():
    body = index(loc("old", "2026-02-01"), loc("new", "2026-02-05T10:00:00Z"), loc("silent"), "<loc/>").encode()
    reading = read_document(Document("wire", body, kind="sitemap_index", source="wire"))

    assert [(item.url, item.updated, item.source) for item in reading.items] == [
        ("https://krant.example/new", datetime(2026, 2, 5, 10, tzinfo=UTC), "wire"),
        ("https://krant.example/old", "2026-02-01", "wire"),
        ("https://krant.example/silent", None, "wire"),
    ]
    assert len({item.id for item in reading.items}) == 3


def test_of_very_many_the_newest_are_told():
    body = index(*(loc(str(number), f"2026-01-{number % 28 + 1:02}") for number in range(500)))
    items = read_index(Document("wire", body.encode())).items

    assert len(items) == MOST_SITEMAPS
    assert {str(item.updated)[-2:] for item in items} == {"23", "24", "25", "26", "27", "28"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("count", [0, 1, 5_000])
def test_an_index_is_told_by_its_first_bytes_however_long_it_is(encoding, count):
    body = index(*[loc("x")] * count).replace('version="1.0"', f'version="1.0" encoding="{encoding}"').encode(encoding)

    assert is_index(body)


@pytest.mark.parametrize("body", [b"", b"<urlset/>", b"<rss><sitemapindex/></rss>", b"sitemapindex", b"\0" * 9_000])
def test_what_is_no_index_is_not_taken_for_one(body):
    assert not is_index(body)


@pytest.mark.parametrize(
    ("body", "error"),
    [(b"<rss/>", NotRecognized), (b"<sitemapindex xmlns='x'><sitemap><loc>x</sitemap>", Malformed)],
)
def test_what_cannot_be_read_is_refused(body, error):
    with pytest.raises(error):
        read_index(Document("wire", body))
