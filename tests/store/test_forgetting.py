"""What is known is bounded: forgotten a year and more after it was last in its document, never while it is there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Polled, Seen
from monitor.over_time import Firing, Occurrence, Tally
from monitor.store.forgetting import FORGOTTEN_AFTER, Purged, forgotten_before, purge
from tests.store.news import NOW, STATE, a_decision, an_item

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)
RETENTION = 90 * DAY


@pytest.fixture
def store(sql_store):
    return sql_store


def shown(names, at, *, new=(), whole=True, source="wire"):
    """Return what a poll brought in which these names were in the document, some of them for the first time."""
    seen = tuple(Seen(an_item(name), (f"guid:{name}",), "content") for name in new)
    there = tuple(f"guid:{name}" for name in names) if whole else ()
    return Polled(
        replace(STATE, id=source, polled=at, read_whole=at if whole else None),
        seen,
        tuple(a_decision(name) for name in new),
        there=there,
    )


async def forget(database, now):
    return await purge(database, now - RETENTION, forgotten_before(now, RETENTION))


async def count(database, table):
    return await database.read(lambda c: c.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 - tables of ours


@pytest.mark.parametrize(
    ("retention", "after"), [(90 * DAY, FORGOTTEN_AFTER), (300 * DAY, 600 * DAY), (timedelta.max, 36_500 * DAY)]
)
def test_what_is_known_is_known_for_twice_the_retention_and_over_a_year(retention, after):
    assert forgotten_before(NOW, min(retention, 36_500 * DAY)) == NOW - after


async def test_an_item_that_left_its_document_is_forgotten_in_the_end_with_all_that_was_decided(database, store):
    await store.commit(shown(["ferry"], NOW, new=["ferry"]))
    await store.commit(shown([], NOW + DAY))

    assert await forget(database, NOW + FORGOTTEN_AFTER) == Purged(items=1)
    assert (await store.known("wire", ["guid:ferry"])).keys() == {"guid:ferry"}
    assert await forget(database, NOW + FORGOTTEN_AFTER + DAY) == Purged(forgotten=1)
    assert await store.known("wire", ["guid:ferry"]) == {}
    assert await store.decided(["ferry"]) == frozenset()
    assert await count(database, "items") == 0


async def test_an_item_is_known_while_its_document_stays_as_it_is_for_years(database, store):
    await store.commit(shown(["ferry"], NOW, new=["ferry"]))
    for years in range(1, 6):
        await store.save(replace(STATE, read_whole=NOW, polled=NOW + years * 365 * DAY))

        assert (await forget(database, NOW + years * 365 * DAY)).forgotten == 0
    assert (await store.known("wire", ["guid:ferry"])).keys() == {"guid:ferry"}


async def test_an_item_is_known_for_as_long_after_it_was_last_there(database, store):
    await store.commit(shown(["ferry"], NOW, new=["ferry"]))
    await store.commit(shown(["ferry"], NOW + 300 * DAY))
    await store.commit(shown([], NOW + 301 * DAY))

    assert (await forget(database, NOW + 300 * DAY + FORGOTTEN_AFTER)).forgotten == 0
    assert (await forget(database, NOW + 301 * DAY + FORGOTTEN_AFTER)).forgotten == 1


async def test_keys_that_are_used_no_more_are_forgotten_and_their_item_stays(database, store):
    await store.commit(shown(["ferry", "moved"], NOW, new=["ferry"]))
    await store.commit(
        Polled(replace(STATE, polled=NOW + DAY, read_whole=NOW), (Seen(an_item(), ("guid:moved",), "content"),))
    )
    await store.commit(shown(["moved"], NOW + 2 * DAY))

    assert (await forget(database, NOW + DAY + FORGOTTEN_AFTER)).forgotten == 0
    assert (await store.known("wire", ["guid:ferry", "guid:moved"])).keys() == {"guid:moved"}


async def test_a_folder_is_never_asked_whole_and_what_it_brought_is_forgotten_by_its_age(database, store):
    await store.commit(shown([], NOW, new=["ferry"], whole=False))

    assert (await forget(database, NOW + FORGOTTEN_AFTER)).forgotten == 0
    assert (await forget(database, NOW + FORGOTTEN_AFTER + DAY)).forgotten == 1


async def test_in_five_years_of_news_what_is_known_stops_growing(database, store):
    sizes = []
    weekly, window = 20, 40
    for week in range(5 * 52):
        at = NOW + week * 7 * DAY
        names = [f"i{number}" for number in range(max(0, (week + 1) * weekly - window), (week + 1) * weekly)]
        await store.commit(shown(names, at, new=names[-weekly:]))
        if week % 26 == 25:
            await forget(database, at)
            sizes.append([await count(database, table) for table in ("items", "item_keys", "decisions")])

    most = weekly * (FORGOTTEN_AFTER.days // 7 + 1) + window
    assert sizes[-1] == sizes[-2] == sizes[-3]
    assert all(size <= most for size in sizes[-1])
    assert sizes[-1][0] >= weekly * (FORGOTTEN_AFTER.days // 7)


async def test_what_rules_over_time_counted_is_forgotten_when_it_is_older_than_they_reach(database, store):
    old, young = Occurrence("boats", "", "old", NOW - DAY), Occurrence("boats", "", "young", NOW)
    firings = (Firing("boats", "", NOW - DAY, NOW - DAY), Firing("boats", "ANP", NOW, NOW))
    await store.commit(Polled(STATE, occurrences=(old, young), firings=firings))

    assert await purge(database, NOW - RETENTION, None, NOW) == Purged(occurrences=1)
    assert await store.tallies("boats", NOW - DAY) == {"": Tally((young,), NOW, NOW), "ANP": Tally(fired=firings[1])}
