"""Killed before or after any call of a port, and begun again: nothing is lost, nothing fires twice, ids stay.

Every call that a day of work makes of the store, the parser and the sender is a point to be killed at, each in turn.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import anyio
import pytest

from monitor.errors import StoreUnavailable
from monitor.model import Item, Source
from monitor.pipeline.deliver import deliver
from monitor.pipeline.outside import Outside
from monitor.pipeline.poll import poll
from monitor.ports import Deferred, FetchFailed, Gone, Outcome, Refused, Sent
from tests.fakes.newsroom import CHANNELS, FOLDER, WIRE, Newsroom, news, rule

OTHER = replace(WIRE, id="other", url="https://other.example/feed")
SHELF = replace(FOLDER, id="shelf")
Step = Callable[[Newsroom, Outside], Awaitable[object]]


class Killed(BaseException):
    """The process is gone: nobody catches this."""


@dataclass
class Points:
    """Counts the points at which a process can die, and dies at one."""

    at: int | None = None
    error: type[BaseException] = Killed
    passed: int = 0

    def pass_(self) -> None:
        """Die here, if this is the point."""
        self.passed += 1
        if self.passed == self.at:
            raise self.error


class Fragile:
    """A port whose every call has two points: before it did anything, and after."""

    def __init__(self, real: object, points: Points) -> None:
        self._real = real
        self._points = points

    def __getattr__(self, name: str) -> Any:
        """Return the real method, between its points."""

        async def call(*given: Any, **named: Any) -> Any:
            self._points.pass_()
            result = await getattr(self._real, name)(*given, **named)
            self._points.pass_()
            return result

        return call


class Judge:
    """Sends as each message deserves, whichever attempt it is; counts what was accepted."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.given: Counter[str] = Counter()

    async def send(self, delivery: Any) -> Outcome:
        """Answer by the headline, and by the channel's name."""
        self.given[delivery.id] += 1
        if delivery.channel == "gone":
            return Gone("answered 410")
        if "Veerboot poison" in delivery.body:
            return Refused("answered 400")
        if "Veerboot slow" in delivery.body and delivery.attempts == 1:
            return Deferred("answered 503")
        self.accepted[delivery.id] += 1
        return Sent("200")


def item(source: Source, name: str) -> Item:
    """Return an item of a source, or with `+` behind its name, its revision."""
    known = name.rstrip("+")
    return news(known, f"Bericht {name}.", guid=f"{source.id}-{known}")


def polls(source: Source, *names: str, answer: FetchFailed | None = None) -> Step:
    """Return a step that polls a source that is due, and has these items, edited where a `+` stands behind the name.

    A folder is looked at anyway.
    """

    async def step(room: Newsroom, outside: Outside) -> None:
        if source.path or room.store.states[source.id].due <= room.clock():
            room.fetcher.answer = answer or room.parser.page(item(source, name) for name in names)
            await poll(source, outside)

    return step


async def delivers(_: Newsroom, outside: Outside) -> None:
    """Deliver all that is due."""
    for channel in (*CHANNELS, "gone"):
        for retry in (False, True):
            while await deliver(channel, outside, retry=retry):
                pass


def lets_pass(**time: float) -> Step:
    """Return a step in which time passes."""

    async def step(room: Newsroom, _: Outside) -> None:
        await anyio.lowlevel.checkpoint()
        room.clock.pass_(**time)

    return step


DAY: tuple[Step, ...] = (
    polls(WIRE, "a"),
    polls(OTHER),
    lets_pass(minutes=5),
    polls(WIRE, "a", "b", "c"),
    polls(OTHER, "slow", "poison"),
    delivers,
    lets_pass(seconds=30),
    polls(SHELF),
    delivers,
    lets_pass(minutes=5),
    polls(OTHER, "slow", answer=FetchFailed("answered 410 Gone", gone=True)),
    *(lets_pass(minutes=15), delivers) * 6,
    polls(WIRE, "c", "d"),
    delivers,
    lets_pass(minutes=5),
    polls(WIRE, "c+", "d"),
    lets_pass(hours=25),
    polls(WIRE, "c+", "d+", *(f"flood {number}" for number in range(21))),
    delivers,
    lets_pass(minutes=5),
    polls(WIRE, "c+", "d+", "e"),
    delivers,
)


async def a_day(points: Points) -> tuple[Newsroom, Judge]:
    """Work for a day, and begin the step again in which it died."""
    rules = (rule(notify=("desk", "phone")), rule("bericht", "all", ("gone",)))
    room, judge = Newsroom(rules=rules), Judge()
    for name in "xy":
        room.fetcher.put(f"/news/{name}", room.parser.page([news(name, guid=f"shelf-{name}")]).document.body)
    store: Any = Fragile(room.store, points)
    others = points if points.error is Killed else Points()
    parser: Any = Fragile(room.parser, others)
    sender: Any = Fragile(judge, others)
    outside = replace(room.outside, store=store, parser=parser, sender=sender)
    await room.store.register(dict.fromkeys(["wire", "other", "shelf"], room.clock()))
    for step in DAY:
        try:
            await step(room, outside)
        except (Killed, StoreUnavailable):
            await room.store.take_back()
            await step(room, outside)
    return room, judge


def outcome(room: Newsroom) -> dict[str, object]:
    """Return all that lasts, but for the exact moments of retries, and the numbers that documents got."""
    outbox = {name: (queued.state, queued.delivery.body) for name, queued in room.store.outbox.items()}
    return {
        "items": room.store.items,
        "versions": room.store.versions,
        "keys": room.store.keys,
        "seen": room.store.keys_seen,
        "entries": room.store.entries_read,
        "decisions": room.store.decisions,
        "alerts": room.store.alerts,
        "outbox": outbox,
        "disabled": room.store.disabled,
        "files": room.store.seen_files,
        "states": {name: replace(state, body=None) for name, state in room.store.states.items()},
    }


def run(points: Points) -> tuple[Newsroom, Judge]:
    """Run a day in a loop of its own."""
    return anyio.run(a_day, points)


@pytest.fixture(scope="module")
def undisturbed():
    """Return how the day ends, what was accepted, and how many points there are."""
    points = Points()
    room, judge = run(points)
    return outcome(room), judge.accepted, points.passed


def test_the_day_has_something_of_everything(undisturbed):
    ends, accepted, points = undisturbed

    states = Counter(state for state, _ in ends["outbox"].values())
    assert (len(ends["alerts"]), len(ends["items"]), points > 200) == (16, 30, True)
    assert {name: len(kept) for name, kept in ends["versions"].items()} == {"id-c": 1, "id-d": 1}
    assert ends["entries"]["wire"]
    assert states.keys() == {"sent", "dead", "waiting"}
    assert ends["disabled"].keys() == {"gone"}
    assert set(accepted.values()) == {1}


def test_killed_at_any_point_it_comes_to_the_same(undisturbed):
    ends, accepted, points = undisturbed
    for at in range(1, points + 1):
        room, judge = run(Points(at))

        again = judge.accepted - accepted
        assert outcome(room) == ends, at
        assert judge.accepted.keys() == accepted.keys(), at
        assert sum(again.values()) <= 1, f"one message twice at most, for one death: {at}"


def test_a_store_that_fails_at_any_point_changes_nothing_and_makes_nobody_hear_anything_twice(undisturbed):
    ends, accepted, points = undisturbed
    for at in range(1, points + 1, 5):
        room, judge = run(Points(at, StoreUnavailable))

        assert outcome(room) == ends, at
        assert judge.accepted == accepted, at
