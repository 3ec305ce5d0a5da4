"""Starting with many sources, idling, and a clock that went back (the cases F10, F12 and T1)."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from monitor.pipeline.deliver import LEASE
from monitor.ports import Deferred, NotModified
from tests.fakes.loop import hurried
from tests.fakes.newsroom import MINUTE, WIRE, Newsroom, news
from tests.fakes.store import FakeStore
from tests.schedule.running import running, schedule_of, until

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)


@pytest.fixture
def anyio_backend():
    return "asyncio"


def events(logs, name):
    return [line for line in logs if line["event"] == name]


@pytest.mark.parametrize("count", [50, pytest.param(500, marks=pytest.mark.slow)])
async def test_hundreds_of_sources_that_begin_fire_nothing_and_are_told_of_in_one_line(count):
    room = await Newsroom().open()
    sources = {f"s{n}": replace(WIRE, id=f"s{n}", url=f"https://s{n}.example/feed") for n in range(count)}
    await room.store.register(dict.fromkeys(sources, room.clock()))
    for name, source in sources.items():
        items = [news(f"{name}-{each}") for each in range(50)]
        room.fetcher.answers[source.url or ""] = room.parser.page(items)
    schedule = schedule_of(room, sources=sources)

    with capture_logs() as logs:
        assert await schedule.once()

    (begun,) = events(logs, "sources.begun")
    assert (begun["sources"], begun["items"], begun["held"]) == (count, 50 * count, 50 * count)
    assert (room.store.alerts, room.store.outbox, len(room.store.items)) == ({}, {}, 50 * count)

    for source in sources.values():
        room.fetcher.answers[source.url or ""] = NotModified()
    added = replace(WIRE, id="added", url="https://added.example/feed")
    await room.store.register(dict.fromkeys([*sources, "added"], room.clock()))
    room.fetcher.answers[added.url or ""] = room.parser.page([news("x"), news("y")])
    schedule.follow(replace(schedule.plan, sources={**sources, "added": added}))
    with capture_logs() as logs:
        await schedule.once()
    schedule.follow(replace(schedule.plan, channels=()))

    (begun,) = events(logs, "sources.begun")
    assert (begun["sources"], begun["items"], room.store.alerts) == (1, 2, {})


async def test_what_sources_begin_with_is_told_once_no_more_of_them_begin():
    room = await Newsroom().open()
    room.fetcher.answer = room.parser.page([news("a")])
    schedule = schedule_of(room)
    with capture_logs() as logs:
        await schedule.tick()
        await asyncio.gather(*schedule.polling.values())
        await schedule.tick()
        assert events(logs, "sources.begun") == []

        schedule.beginnings.last -= 60
        await schedule.tick()
        await schedule.tick()

    assert len(events(logs, "sources.begun")) == 1


async def test_a_window_that_was_missed_is_told_and_counted():
    room = await Newsroom().start()
    await room.brings(news("a"))
    room.fetcher.answer = room.parser.page([news("b")])
    room.clock.now = room.state.due
    schedule = schedule_of(room)
    with capture_logs() as logs:
        await schedule.tick()
        await asyncio.gather(*schedule.polling.values())

    assert len(events(logs, "source.missed")) == 1
    assert schedule.measures.registry.get_sample_value("monitor_windows_missed_total", {"source": "wire"}) == 1


class CountingStore(FakeStore):
    """Counts the leases that are asked for, by channel."""

    def __init__(self) -> None:
        super().__init__()
        self.leases: list[str] = []

    async def lease(self, channel, *given, **named):
        """Lease."""
        self.leases.append(channel)
        return await super().lease(channel, *given, **named)


async def test_a_lane_with_nothing_to_do_takes_no_lease():
    store = CountingStore()
    room = await Newsroom(store=store).start()
    schedule = schedule_of(room)
    async with running(schedule):
        for _ in range(5):
            schedule.wake()
            await asyncio.sleep(0.02)
        assert store.leases == []

        await room.brings(news("a"))
        schedule.wake()
        await until(lambda: room.sender.accepted("desk"))

    assert set(store.leases) == {"desk"}


def test_a_lease_that_ran_out_is_found_although_nobody_is_told_of_it():
    async def session():
        room = await Newsroom().start()
        await room.brings(news("a"))
        await room.store.lease("desk", "crashed", room.clock(), room.clock() + LEASE, retry=False)
        room.clock.now += 2 * LEASE
        sent = []
        async with running(schedule_of(room)):
            for minutes in (1, 2):
                await asyncio.sleep(minutes * 60)
                sent.append(len(room.sender.given))
        return sent

    assert hurried(session()) == [0, 1]


@pytest.mark.parametrize("restarted", [True, False])
async def test_when_the_clock_goes_back_a_day_a_retry_waits_no_longer(restarted):
    room = await Newsroom().start()
    await room.brings(news("a"))
    room.sender.outcomes["desk"] = [Deferred("503", wait=10 * MINUTE)]
    await room.deliver()
    schedule = schedule_of(room)
    if not restarted:
        await schedule.tick()
    due = room.clock() + 10 * MINUTE
    room.clock.now -= DAY
    for _ in range(3):
        await schedule.tick()

    assert await room.store.next_delivery("desk") == due - DAY
    assert len(room.sender.given) == 1

    room.clock.now = due - DAY
    await room.deliver()

    assert [one.state for one in room.store.outbox.values()] == ["sent"]


async def test_when_the_clock_goes_back_a_first_attempt_is_made_at_once():
    room = await Newsroom().start()
    await room.brings(news("a"))
    room.clock.now -= DAY
    await schedule_of(room).tick()
    await room.deliver()

    assert [one.state for one in room.store.outbox.values()] == ["sent"]
