from datetime import UTC, datetime, timedelta

import pytest

from monitor.decide.floods import LEAST, flood, what_happened
from monitor.model import Seen
from tests.fakes.clock import START
from tests.fakes.newsroom import news

OLD, NEW = START - timedelta(hours=1), START + timedelta(minutes=1)


def seen(count, revision=0, **fields):
    items = [news(f"{number}-{sorted(fields.items())}", **fields) for number in range(count)]
    return [Seen(item, (), "content", revision) for item in items]


def held(fresh, total, *, before=True, last=START):
    return len(flood(fresh, total, last, known_before=before))


@pytest.mark.parametrize(
    ("old", "total", "count"),
    [
        (LEAST, LEAST, 0),
        (LEAST + 1, LEAST + 1, 21),
        (21, 42, 0),
        (22, 42, 22),
        (25, 50, 0),
        (26, 50, 26),
        (500, 999, 500),
    ],
)
def test_more_than_twenty_and_more_than_half_of_a_document_are_a_flood(old, total, count):
    assert held(seen(old, published=OLD), total) == count


def test_news_is_no_flood_however_much_of_it_there_is():
    assert held(seen(500, published=NEW), 500) == 0
    assert held(seen(500, published=START), 500) == 0


def test_of_a_flood_what_is_dated_since_is_news():
    fresh = [*seen(30, published=OLD), *seen(2, published=NEW)]

    assert flood(fresh, 32, START, known_before=True) == {one.item.id for one in fresh[:30]}


@pytest.mark.parametrize(("before", "count"), [(True, 30), (False, 0)])
def test_what_has_no_date_is_old_where_there_was_something_before(before, count):
    assert held(seen(30, published=None), 30, before=before) == count


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"published": "2026-02-05"}, 0),
        ({"published": "2026-02"}, 0),
        ({"published": "2026-02-04"}, 30),
        ({"published": "2025"}, 30),
        ({"published": datetime(9999, 12, 31, tzinfo=UTC)}, 0),
        ({"published": datetime(1, 1, 1, tzinfo=UTC)}, 30),
        ({"published": None, "updated": NEW}, 0),
        ({"published": None, "updated": OLD}, 30),
        ({"published": OLD, "updated": NEW}, 30),
    ],
)
def test_a_date_is_old_where_no_moment_of_it_is_since_the_last_poll(fields, count):
    assert held(seen(30, **fields), 30) == count


def test_what_was_never_polled_before_and_what_changed_is_no_flood():
    assert held(seen(30, published=OLD), 30, last=None) == 0
    assert held(seen(30, revision=1, published=OLD), 30) == 0


def test_what_happened_names_source_counts_and_remedy():
    told = what_happened("wire", {"a", "b"}, 3, ())

    assert told.startswith("wire: 2 of 3 items are new, but not since the last poll")
    assert "0 alerts held back" in told
    assert "`monitor alerts release wire`" in told
