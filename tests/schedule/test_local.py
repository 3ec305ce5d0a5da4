"""The schedule in this process: seats, lanes, plans that change, a store that fails, an end."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import StoreUnavailable
from monitor.ports import Deferred, NotModified
from monitor.schedule.local import LATEST_TICK, SEATS
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.loop import hurried
from tests.fakes.newsroom import MINUTE, WIRE, Newsroom, news, rule
from tests.schedule.running import running, schedule_of, until

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def room():
    """Return a newsroom whose source was polled once, when there was nothing."""
    return await Newsroom().start()


def many(room, count):
    """Return so many sources, registered and due."""
    sources = {f"s{number}": replace(WIRE, id=f"s{number}") for number in range(count)}
    return sources, room.store.register(dict.fromkeys(sources, room.clock()))


async def test_what_is_due_is_polled_and_delivered(room):
    room.fetcher.answer = room.parser.page([news("a")])
    room.clock.pass_(minutes=5)
    async with running(schedule_of(room)):
        await until(lambda: room.sender.given)

    assert room.fired == ["Veerboot a"]
    assert room.state.due == room.clock() + 5 * MINUTE


async def test_a_loop_that_stood_still_drops_no_poll(room):
    """APScheduler's own grace is a second; what it drops then is never made up for."""
    room.fetcher.answer = room.parser.page([news("a")])
    async with running(schedule_of(room)):
        await asyncio.sleep(0.1)
        room.clock.pass_(minutes=5)
        time.sleep(2.6)  # noqa: ASYNC251 - the loop is to stand still
        await until(lambda: room.sender.given)

    assert room.fired == ["Veerboot a"]


async def test_what_is_not_due_is_not_polled(room):
    schedule = schedule_of(room)
    room.clock.pass_(minutes=4)
    await schedule.tick()

    assert schedule.polling == {}


async def test_a_source_is_polled_by_one_at_a_time_however_often_it_ticks(room):
    schedule = schedule_of(room)
    room.clock.pass_(minutes=5)
    room.fetcher.answer = NotModified()
    for _ in range(3):
        await schedule.tick()
    await asyncio.gather(*schedule.polling.values())

    assert len(room.fetcher.asked) == 2  # One of them when it started.


async def test_no_more_are_polled_at_a_time_than_there_are_seats():
    go = asyncio.Event()
    room = Newsroom(fetcher=FakeFetcher(NotModified(), holds=go))
    sources, registering = many(room, 3 * SEATS)
    await registering
    schedule = schedule_of(room, sources=sources)
    for _ in range(3):
        await schedule.tick()

    assert len(schedule.polling) == SEATS

    go.set()
    for _ in range(3):
        await asyncio.gather(*schedule.polling.values())
        await schedule.tick()

    assert sorted(asked.source for asked in room.fetcher.asked) == sorted(sources)


async def test_a_bug_in_one_source_stays_there_and_backs_off(room):
    sources, registering = many(room, 2)
    await registering
    room.fetcher.answers = {"https://wire.example/feed": ValueError("a bug")}
    sources["s1"] = replace(sources["s1"], url="https://other.example/feed")
    room.fetcher.answer = room.parser.page([])
    schedule = schedule_of(room, sources=sources)
    await schedule.tick()
    done = await asyncio.gather(*schedule.polling.values())
    await schedule.tick()

    assert sorted(done) == [False, True]
    assert schedule.polling == {}
    state = room.store.states["s0"]
    assert (state.failures, state.error) == (1, "its poll crashed: ValueError")
    assert state.due == room.clock() + 5 * MINUTE


def test_a_poll_that_hangs_is_given_up_and_its_seat_is_free():
    async def hang():
        room = await Newsroom(fetcher=FakeFetcher(NotModified(), holds=asyncio.Event())).open()
        schedule = schedule_of(room)
        await schedule.tick()
        await asyncio.gather(*schedule.polling.values())
        await asyncio.sleep(0)
        return room.state, schedule.polling

    state, polling = hurried(hang())

    assert (state.failures, state.error, polling) == (1, "not done within 120 s", {})


async def test_a_poked_source_is_polled_at_once_and_once_more_if_it_is_being_polled():
    go = asyncio.Event()
    room = await Newsroom(fetcher=FakeFetcher(NotModified(), holds=go)).open()
    schedule = schedule_of(room)
    schedule.poke({"wire", "unknown"})
    await asyncio.sleep(0)
    for _ in range(5):
        schedule.poke({"wire"})
    await asyncio.sleep(0.01)

    assert len(room.fetcher.asked) == 1

    go.set()
    await until(lambda: not schedule.polling)

    assert len(room.fetcher.asked) == 2


async def test_a_hanging_receiver_delays_no_other_channel():
    room = await Newsroom(rules=(rule(notify=("desk", "phone")),)).start()
    await room.brings(*(news(name) for name in "abc"))
    room.sender.hanging["desk"] = asyncio.Event()
    async with running(schedule_of(room)):
        await until(lambda: len(room.sender.accepted("phone")) == 3)

        assert len(room.sender.accepted("desk")) == 1

        room.sender.hanging["desk"].set()
        await until(lambda: len(room.sender.accepted("desk")) == 3)


async def test_a_hanging_retry_delays_no_first_attempt(room):
    await room.brings(news("a"))
    room.sender.outcomes["desk"] = [Deferred("503")]
    await room.deliver()
    room.clock.pass_(minutes=1)
    room.sender.hanging["desk"] = asyncio.Event()
    async with running(schedule_of(room)):
        await until(lambda: len(room.sender.given) == 2)
        del room.sender.hanging["desk"]
        await room.brings(news("a"), news("b"))
        await until(lambda: len(room.sender.given) == 3)

    assert room.sender.given[1].id == room.sender.given[0].id != room.sender.given[2].id


async def test_first_attempts_keep_their_order(room):
    names = [f"{number:02}" for number in range(30)]
    await room.brings(*(news(name, published=room.clock() + int(name) * MINUTE) for name in names))
    async with running(schedule_of(room)):
        await until(lambda: len(room.sender.given) == len(names))

    assert [delivery.id for delivery in room.sender.given] == [one.delivery.id for one in room.store.outbox.values()]


async def test_channels_that_are_new_get_lanes_and_those_that_are_gone_lose_them():
    room = await Newsroom(rules=(rule(notify=("desk", "phone")),)).start()
    await room.brings(news("a"))
    schedule = schedule_of(room, channels=("desk",))
    async with running(schedule):
        await until(lambda: room.sender.accepted("desk"))
        schedule.follow(replace(schedule.plan, channels=("phone",)))
        await until(lambda: room.sender.accepted("phone"))
        await until(lambda: {channel for channel, _ in schedule.lanes} == {"phone"})
        schedule.follow(replace(schedule.plan, channels=("desk", "phone")))
        await room.brings(news("a"), news("b"))
        schedule.wake()
        await until(lambda: len(room.sender.accepted("desk")) == 2)


async def test_a_plan_that_changes_while_a_message_is_sent_loses_nothing(room):
    await room.brings(news("a"))
    room.sender.hanging["desk"] = asyncio.Event()
    schedule = schedule_of(room)
    async with running(schedule):
        await room.sender.reached.wait()
        for channels in (("phone",), ("desk", "phone"), (), ("desk",)):
            schedule.follow(replace(schedule.plan, channels=channels))
        room.sender.hanging["desk"].set()
        await until(lambda: [one.state for one in room.store.outbox.values()] == ["sent"])

    assert len(room.sender.given) == 1


async def test_at_the_end_what_is_sent_is_waited_for(room):
    await room.brings(news("a"))
    room.sender.hanging["desk"] = asyncio.Event()
    async with running(schedule_of(room, patience=timedelta(seconds=30))):
        await room.sender.reached.wait()
        asyncio.get_running_loop().call_later(0.1, room.sender.hanging["desk"].set)

    assert [one.state for one in room.store.outbox.values()] == ["sent"]


async def test_at_the_end_what_hangs_is_stopped_and_stays_to_be_done(room):
    await room.brings(news("a"))
    room.sender.hanging["desk"] = asyncio.Event()
    room.fetcher.holds = asyncio.Event()
    schedule = schedule_of(room, patience=timedelta(seconds=0.2))
    async with running(schedule):
        schedule.poke({"wire"})
        await room.sender.reached.wait()

    assert [one.state for one in room.store.outbox.values()] == ["waiting"]
    assert schedule.polling == {}
    assert await room.store.take_back() == 1


async def test_while_the_store_fails_nothing_is_polled_and_it_heals(room):
    schedule = schedule_of(room)
    room.clock.pass_(minutes=5)
    room.fetcher.answer = NotModified()
    asked = len(room.fetcher.asked)
    room.store.broken = StoreUnavailable("disk full")
    await schedule.tick()
    await schedule.tick()

    assert (len(room.fetcher.asked), schedule.polling) == (asked, {})
    assert (await schedule.ready())["database"] == "disk full"

    room.store.broken = None
    await schedule.tick()
    await asyncio.gather(*schedule.polling.values())

    assert len(room.fetcher.asked) == asked + 1
    assert not any((await schedule.ready()).values())


async def test_a_store_that_can_be_read_but_not_written_is_found_out_without_asking_anybody(room):
    async def save(_):
        raise StoreUnavailable(told)

    told = "disk full"
    schedule = schedule_of(room)
    room.clock.pass_(minutes=5)
    room.fetcher.answer = NotModified()
    asked = len(room.fetcher.asked)
    room.store.save = save
    await schedule.tick()
    await asyncio.gather(*schedule.polling.values())
    for _ in range(3):
        await schedule.tick()

    assert len(room.fetcher.asked) == asked + 1
    assert (await schedule.ready())["database"] == told

    del room.store.save
    schedule.probed -= 60
    await schedule.tick()
    await asyncio.gather(*schedule.polling.values())

    assert len(room.fetcher.asked) == asked + 2
    assert (await schedule.ready())["database"] is None


async def test_what_was_poked_while_the_store_failed_is_polled_when_it_heals(room):
    schedule = schedule_of(room)
    room.fetcher.answer = NotModified()
    asked = len(room.fetcher.asked)
    room.store.broken = StoreUnavailable("taken away")
    schedule.poke({"wire"})
    await asyncio.gather(*schedule.polling.values())
    room.store.broken = None
    await schedule.tick()
    await asyncio.gather(*schedule.polling.values())

    assert len(room.fetcher.asked) == asked + 1


@pytest.mark.parametrize("before", [True, False])
async def test_a_clock_that_went_back_leaves_no_source_alone(room, before):
    schedule = schedule_of(room)
    if not before:
        await schedule.tick()
    room.clock.pass_(days=-1)
    await schedule.tick()

    assert room.clock() < room.state.due <= room.clock() + 5 * MINUTE


async def test_a_clock_that_leapt_ahead_and_back_leaves_the_pace_as_it_was(room):
    schedule = schedule_of(room)
    room.fetcher.answer = NotModified()
    await schedule.tick()
    for days in (1, -1):
        room.clock.pass_(days=days)
        await schedule.tick()
        await asyncio.gather(*schedule.polling.values())

    assert len(room.fetcher.asked) == 2
    assert room.clock() < room.state.due <= room.clock() + 5 * MINUTE


async def test_it_is_ready_when_it_ticks_and_not_when_it_does_not(room):
    schedule = schedule_of(room)

    assert (await schedule.ready())["schedule"] is not None

    await schedule.tick()

    assert not any((await schedule.ready()).values())

    room.clock.now += LATEST_TICK + timedelta(seconds=1)

    assert (await schedule.ready())["schedule"] is not None


async def test_it_is_not_ready_when_polls_are_minutes_late(room):
    schedule = schedule_of(room)
    room.clock.now = room.state.due + 6 * MINUTE
    schedule.measures.ticked(room.clock())

    assert [name for name, fault in (await schedule.ready()).items() if fault] == ["sources"]


async def test_it_is_not_ready_when_a_lane_does_not_get_on(room):
    schedule = schedule_of(room)
    schedule.measures.ticked(room.clock())
    schedule.looks = {("desk", False): asyncio.get_running_loop().time() - 3600, ("phone", True): 1e12}

    assert {name: fault for name, fault in (await schedule.ready()).items() if fault} == {
        "channels": "do not get on: desk"
    }
