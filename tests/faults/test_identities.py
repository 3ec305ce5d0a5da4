"""What feeds do to their items' names, dates and order: each item is told once (the cases F1 to F14)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Paragraph
from tests.fakes.clock import START
from tests.fakes.newsroom import LONG, MINUTE, WIRE, Newsroom, news

pytestmark = pytest.mark.anyio

OLD = START - timedelta(days=2)


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def room():
    """Return a newsroom whose source was polled once, when there was nothing."""
    return await Newsroom().start()


def told(room):
    """Return the headlines of what fired, in the order of the alphabet."""
    return sorted(room.fired)


@pytest.mark.parametrize("published", [START, None])
@pytest.mark.parametrize("url", [None, "https://wire.example/same"])
async def test_f1_without_guid_link_or_date_an_item_is_known_by_what_it_says(room, url, published):
    items = [news(name, guid=None, url=url, published=published) for name in "abc"]
    for shown in (items[:1], items[:2], items, items[::-1], items[1:], items):
        await room.brings(*shown)

    assert told(room) == ["Veerboot a", "Veerboot b", "Veerboot c"]


@pytest.mark.parametrize("url", [None, "https://wire.example/same", "https://wire.example/{}"])
async def test_f2_items_that_share_a_guid_are_told_each_however_they_arrive(room, url):
    items = [news(name, guid="same", url=url and url.format(name), published=START) for name in "abcd"]
    for shown in (items[:1], items[:2], items[1:3], items, items[::-1]):
        await room.brings(*shown)

    assert told(room) == [f"Veerboot {name}" for name in "abcd"]


async def test_f2_an_item_with_the_guid_of_one_that_was_read_before_is_no_revision_of_it(room):
    one, other = news("a", guid="same"), news("b", guid="same")
    await room.brings(one)
    report = await room.brings(one, other)

    assert (report.new, report.changed, told(room)) == (1, 0, ["Veerboot a", "Veerboot b"])


SPELLINGS = (
    "http://wire.example/a",
    "https://wire.example/a",
    "https://www.wire.example/a",
    "https://www.wire.example/a/",
    "https://www.wire.example/a/?utm_source=rss&utm_medium=feed",
    "https://wire.example/a?fbclid=123",
    "http://wire.example/a",
)


@pytest.mark.parametrize("where", [("guid",), ("url",), ("guid", "url")])
async def test_f4_another_spelling_of_an_address_is_the_same_item(room, where):
    for spelling in SPELLINGS:
        given = {"guid": None, "url": None} | dict.fromkeys(where, spelling)
        await room.brings(news("a", **given))

    assert (told(room), len(room.store.items)) == (["Veerboot a"], 1)


async def test_f6_five_edits_of_a_headline_and_a_date_that_moves_each_time_are_one_alert(room):
    for edit in range(6):
        moved = START + edit * MINUTE
        await room.brings(news("a", headline=f"Veerboot {'vaar' + 't' * edit}", published=START, updated=moved))

    assert (len(room.store.alerts), len(room.store.outbox)) == (1, 1)
    assert room.store.items["id-a"].revision == 5
    assert room.store.items["id-a"].changed == ("headline", "updated")
    assert sorted(room.store.versions["id-a"]) == [0, 1, 2, 3, 4]


async def test_f6_a_date_that_moves_alone_is_no_revision(room):
    for minute in range(3):
        report = await room.brings(news("a", updated=START + minute * MINUTE))

    assert (report.new, report.changed, room.store.versions) == (0, 0, {})


async def test_f6_a_withdrawal_in_the_same_words_is_a_revision(room):
    await room.brings(news("a"))
    report = await room.brings(news("a", kind="withdrawn", pubstatus="canceled"))

    assert (report.changed, room.store.items["id-a"].changed) == (1, ("kind", "pubstatus"))


@pytest.mark.parametrize("order", [1, -1])
async def test_f7_order_and_a_pinned_item_lose_nothing(room, order):
    pinned = news("pin", published=OLD)
    dated = [news(str(number), published=START + number * MINUTE) for number in range(1, 9)]
    for upto in range(1, 9):
        await room.brings(pinned, *dated[max(0, upto - 4) : upto][::order])

    assert told(room) == [*(f"Veerboot {number}" for number in range(1, 9)), "Veerboot pin"]


@pytest.mark.parametrize(
    "published", [datetime(9999, 12, 31, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), None, "1970", "2026-02-05"]
)
async def test_f8_no_date_keeps_an_item_or_those_after_it_from_being_told(room, published):
    await room.brings(news("a", published=published))
    await room.brings(news("b", published=START), news("a", published=published))

    assert told(room) == ["Veerboot a", "Veerboot b"]


def burst(first, count, **fields):
    return [news(f"{number:03}", published=START + number * MINUTE, **fields) for number in range(first, first + count)]


async def test_f10_a_burst_of_three_times_the_feed_is_told_and_what_was_missed_is_reported():
    room = await Newsroom(source=replace(WIRE, every=(MINUTE, 60 * MINUTE))).start()
    await room.brings(*burst(0, 10))
    paces = [room.state.pace]
    room.clock.now = START + 200 * MINUTE
    for first in (30, 35, 60):
        report = await room.brings(*burst(first, 10))
        paces.append(room.state.pace)

        assert report.missed == (first != 35)
    assert len(room.fired) == 10 + 10 + 5 + 10
    assert paces[1] == paces[3] == MINUTE
    assert paces[0] != MINUTE
    assert room.notices == []


async def test_f10_nothing_is_missed_at_the_first_poll_nor_after_an_empty_one(room):
    fresh = await Newsroom().open()

    assert not (await fresh.brings(*burst(0, 10))).missed
    assert not (await room.brings(*burst(0, 10))).missed


async def test_f14_a_feed_that_was_empty_for_a_day_brings_nothing_new(room):
    items = burst(0, 30)
    await room.brings(*items)
    for _ in range(24 * 12):
        await room.brings()
    report = await room.brings(*items)

    assert (report.new, len(room.store.alerts), room.notices) == (0, 30, [])


def rebuilt(items, build, **changes):
    return [replace(item, guid=f"build-{build}-{item.id}", **changes) for item in items]


async def test_guids_that_were_all_made_anew_are_the_same_items_by_their_links(room):
    items = burst(0, 50)
    await room.brings(*items)
    for build in range(3):
        report = await room.brings(*rebuilt(items, build))

        assert (report.new, report.changed, report.held) == (0, 0, 0)
    assert (len(room.fired), room.notices) == (50, [])


async def moved(room, site, *more):
    """Poll a site that gave its items new guids, new links and a sentence more."""
    items = burst(0, 50)
    shown = [
        replace(
            item,
            id=f"{site}-{item.id}",
            guid=f"{site}-{item.guid}",
            url=f"https://{site}.example/{item.id}",
            body=(Paragraph(site),),
        )
        for item in items
    ]
    return await room.brings(*more, *shown)


async def test_a_site_that_was_made_anew_is_held_back_with_one_notice_and_news_among_it_is_told(room):
    await room.brings(*burst(0, 50))
    room.clock.now = START + 100 * MINUTE
    await room.brings(*burst(0, 50))
    report = await moved(room, "nieuw", news("fresh", published=room.clock() + 4 * MINUTE))

    assert (report.new, report.held, report.alerts, report.missed) == (51, 50, 1, False)
    assert room.fired[50:] == ["Veerboot fresh"]
    assert list(room.reasons.values()).count("HELD_FLOOD") == 50
    assert len(room.store.items) == 101
    (notice,) = room.notices
    assert "wire: 50 of 51 items" in notice
    assert "50 alerts held back" in notice


async def test_what_was_held_back_is_known_at_the_next_poll_and_does_not_fire_then(room):
    await room.brings(*burst(0, 50))
    room.clock.now = START + 100 * MINUTE
    await room.brings(*burst(0, 50))
    await moved(room, "nieuw")
    fired, notices = len(room.fired), len(room.notices)
    for _ in range(3):
        report = await moved(room, "nieuw")

        assert (report.new, report.held, report.alerts) == (0, 0, 0)
    assert (len(room.fired), len(room.notices)) == (fired, notices)


async def test_items_without_dates_that_are_all_new_are_held_back_where_there_were_others(room):
    undated = [news(str(number)) for number in range(30)]

    assert (await room.brings(*undated)).held == 0
    report = await room.brings(*[news(f"x{number}") for number in range(30)])
    assert (report.held, len(room.fired)) == (30, 30)


async def test_what_slides_back_in_after_a_deletion_is_known_or_held_back(room):
    pages = burst(0, 60)
    await room.brings(*pages[40:])
    room.clock.now = START + 100 * MINUTE
    await room.brings(*pages[40:])
    report = await room.brings(*pages[:40])

    assert (report.held, len(room.fired)) == (40, 20)
    again = await room.brings(*pages[30:50])
    assert (again.new, len(room.fired)) == (0, 20)


async def test_two_ways_to_make_guids_that_alternate_are_one_item(room):
    one = [news(name, LONG + name, url=f"https://wire.example/{name}", published=START) for name in "abc"]
    other = [replace(item, guid=f"tag:wire.example:{item.id}") for item in one]
    for _ in range(3):
        await room.brings(*one)
        await room.brings(*other)

    assert (told(room), len(room.store.items)) == (["Veerboot a", "Veerboot b", "Veerboot c"], 3)


async def test_a_guid_that_is_new_at_every_request_leaves_few_keys(room):
    for request in range(60):
        await room.brings(news("a", guid=f"session-{request}"), news("b", guid=f"session-{request}-b"))

    assert (told(room), len(room.store.keys) <= 64) == (["Veerboot a", "Veerboot b"], True)


async def test_a_folder_and_a_backfill_are_no_flood():
    room = await Newsroom(source=replace(WIRE, backfill=None)).open()
    report = await room.brings(*burst(0, 50), news("old", published=OLD))

    assert (report.held, report.first, len(room.fired)) == (0, True, 51)
