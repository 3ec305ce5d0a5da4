"""What did not come is looked for in its own pace, and not before what may be there was polled."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import StoreUnavailable
from monitor.over_time import Flatline, Frequency
from monitor.pipeline.past import count_past
from monitor.ports import NotModified
from monitor.schedule.measures import Measures
from monitor.schedule.silences import LATEST_WATCH, Silences
from tests.fakes.newsroom import Newsroom, news, rule
from tests.fakes.store import FakeStore
from tests.schedule.running import running, schedule_of, until

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)
SILENT = replace(rule(), over_time=Flatline(threshold=1, timeframe=HOUR, realert=HOUR))
MANY = replace(rule(name="many"), over_time=Frequency(num_events=3, timeframe=HOUR, realert=HOUR))


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def room():
    """Return a newsroom that listens for a silence, whose source was polled once, when there was nothing."""
    room = await Newsroom(rules=(SILENT, MANY)).start()
    await count_past(room.outside)
    return room


async def test_a_silence_is_told_and_delivered(room):
    room.fetcher.answer = NotModified()
    room.clock.pass_(hours=2)
    async with running(schedule_of(room)):
        await until(lambda: room.sender.given)

    [message] = room.store.alerts.values()
    assert message.data.items == ()


async def test_after_a_start_what_came_meanwhile_is_polled_first(room):
    room.fetcher.answer = room.parser.page([news("a")])
    room.clock.pass_(hours=2)
    schedule = schedule_of(room)
    async with running(schedule):
        await until(lambda: schedule.silences.looks)

    assert room.store.alerts == {}
    assert room.reasons[("id-a", "many")] == "COUNTED"


async def test_once_looks_after_it_polled(room):
    room.fetcher.answer = NotModified()
    room.clock.pass_(hours=2)
    schedule = schedule_of(room)

    assert await schedule.once()
    assert len(room.store.alerts) == len(room.sender.given) == 1
    assert schedule.measures.registry.get_sample_value("monitor_silences_total") == 1


async def test_a_store_that_fails_while_it_looks_is_told_of(room):
    room.store.broken = StoreUnavailable("disk full")
    silences = Silences(Measures())

    assert await silences.watch_all(room.outside) == (0, False)
    assert silences.measures.store_fault == "disk full"


class BrokenStore(FakeStore):
    """Fails for the rule `broken` only."""

    async def tallies(self, rule, since, terms=None):
        """Return what was counted, or fail."""
        if rule == "broken":
            raise ValueError(rule)
        return await super().tallies(rule, since, terms)


async def test_a_bug_in_one_rule_stays_there():
    rules = (replace(SILENT, id="broken"), SILENT)
    room = await Newsroom(rules=rules, store=BrokenStore()).start()
    await count_past(room.outside)
    room.clock.pass_(hours=2)

    assert await Silences(Measures()).watch_all(room.outside) == (1, False)


async def test_each_rule_has_its_own_pace_and_one_that_only_matches_make_fire_none(room):
    silences = Silences(Measures())
    looking = silences.look(room.outside, idle=True)
    assert looking is not None
    assert silences.look(room.outside, idle=True) is None
    await looking
    await asyncio.sleep(0)

    assert silences.looks.keys() == {"boats"}
    assert silences.look(room.outside, idle=True) is None


async def test_where_something_is_always_due_it_looks_now_and_then_all_the_same(room):
    silences = Silences(Measures())
    assert silences.look(room.outside, idle=False) is None
    silences.idle = asyncio.get_running_loop().time() - LATEST_WATCH.total_seconds() - 1
    looking = silences.look(room.outside, idle=False)

    assert looking is not None
    assert await looking == (0, True)
