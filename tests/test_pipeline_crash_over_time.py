"""Killed before or after any call of the store while rules over time count and fire: it comes to the same."""

from dataclasses import replace
from datetime import timedelta

import anyio
import pytest

from monitor.errors import StoreUnavailable
from monitor.over_time import Flatline, Frequency, NewTerm
from monitor.pipeline.past import count_past
from monitor.pipeline.watch import watch
from tests.fakes.newsroom import WIRE, Newsroom, rule
from tests.test_pipeline_crash import OTHER, Fragile, Killed, Points, lets_pass, polls

HOUR = timedelta(hours=1)
RULES = (
    replace(rule(name="many"), over_time=Frequency(num_events=3, timeframe=HOUR, realert=2 * HOUR)),
    replace(rule(name="none"), over_time=Flatline(threshold=1, timeframe=HOUR, realert=HOUR)),
    replace(rule(name="new"), over_time=NewTerm(fields=("source",), terms_window_size=48 * HOUR, realert=0 * HOUR)),
)


async def counts_past(_, outside):
    await count_past(outside)


async def ticks(_, outside):
    for one in outside.over_time:
        await watch(one, outside)


DAY = (
    polls(WIRE),
    counts_past,
    lets_pass(minutes=5),
    polls(WIRE, "a", "b"),
    polls(OTHER, "c"),
    ticks,
    lets_pass(minutes=5),
    polls(WIRE, "b", "h", "i"),
    lets_pass(minutes=70),
    ticks,
    lets_pass(minutes=70),
    ticks,
    counts_past,
    polls(WIRE, "b", "e+", "f"),
    polls(OTHER, "c", "d", "g"),
    ticks,
)


async def a_day(points):
    room = Newsroom(rules=RULES, others=(OTHER,))
    outside = replace(room.outside, store=Fragile(room.store, points))
    await room.store.register(dict.fromkeys(room.sources, room.clock()))
    for step in DAY:
        try:
            await step(room, outside)
        except (Killed, StoreUnavailable):
            await step(room, outside)
    return room


def run(points):
    """Return what lasts of a day in a loop of its own."""
    store = anyio.run(a_day, points).store
    outbox = {name: queued.delivery.body for name, queued in store.outbox.items()}
    return store.decisions, store.alerts, outbox, store.occurrences, store.firings, store.counted


@pytest.fixture(scope="module")
def undisturbed():
    points = Points()
    return run(points), points.passed


def test_the_day_has_something_of_every_type(undisturbed):
    (decisions, alerts, *_, counted), points = undisturbed

    assert sorted(message.data.rule.id for message in alerts.values()) == ["many", "many", "new", "none", "none"]
    assert {decision.reason.name for decision in decisions.values()} == {
        *("FIRST_POLL", "COUNTED", "FIRED", "KNOWN_TERM", "RESTING")
    }
    assert counted.keys() == {"many", "none", "new"}
    assert points > 60


@pytest.mark.parametrize("error", [Killed, StoreUnavailable])
def test_killed_at_any_point_it_comes_to_the_same(undisturbed, error):
    ends, points = undisturbed

    for at in range(1, points + 1):
        assert run(Points(at, error)) == ends, at
