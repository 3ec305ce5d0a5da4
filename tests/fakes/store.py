"""A store in memory; it passes `tests/store/test_contract.py` like the real ones, and shows what it holds.

`items`, `decisions`, `alerts`, `outbox` and `disabled` are for assertions. Set `broken` to an error, and every method
raises that until it is None again.
"""

from collections.abc import Collection, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from monitor.model import Alert, Decision, Delivery, FileSeen, Item, Known, Message, Polled, Seen, SourceState
from monitor.over_time import Firing
from monitor.reasons import GIVES_WAY
from monitor.store.queries import MOST_KEYS, MOST_VERSIONS
from tests.fakes.counts import FakeCounts


@dataclass
class Queued:
    """A delivery in the outbox: `state` is `waiting`, `sent` or `dead`; `answer` what was said of it last."""

    delivery: Delivery
    next_try: datetime
    leased_until: datetime | None = None
    state: str = "waiting"
    settled: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True)
class Disabled:
    """Since when, and why, nothing is sent through a channel."""

    at: datetime
    reason: str


class FakeStore(FakeCounts):
    """Remembers in dicts, as `monitor.ports.Store` promises, until it is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[str, SourceState] = {}
        self.registered: set[str] = set()
        self.seen_files: dict[tuple[str, str], FileSeen] = {}
        self.items: dict[str, Seen] = {}
        self.versions: dict[str, dict[int, Seen]] = {}
        self.keys: dict[tuple[str, str], str] = {}
        self.keys_seen: dict[tuple[str, str], datetime] = {}
        self.entries_read: dict[str, bytes] = {}
        self.decisions: dict[tuple[str, str], Decision] = {}
        self.alerts: dict[str, Message] = {}
        self.outbox: dict[str, Queued] = {}
        self.queued: set[tuple[str, str, str, int]] = set()
        self.disabled: dict[str, Disabled] = {}
        self.broken: Exception | None = None

    async def register(self, sources: Mapping[str, datetime]) -> None:
        """Register sources; one of them that is known wakes as it was."""
        self._works()
        moments = {source: _utc(due) for source, due in sources.items()}
        for source, due in moments.items():
            self.states.setdefault(source, SourceState(id=source, due=due))
        self.registered = set(sources)

    async def state(self, source: str) -> SourceState:
        """Return a state, or KeyError."""
        self._works()
        if source not in self.registered:
            raise KeyError(source)
        return self.states[source]

    async def due(self, now: datetime, most: int) -> Sequence[SourceState]:
        """Return what is due."""
        self._works()
        return [state for state in self._polled() if state.due <= now][:most]

    async def next_due(self) -> datetime | None:
        """Return when the next is due."""
        self._works()
        return next((state.due for state in self._polled()), None)

    async def files(self, source: str) -> Mapping[str, FileSeen]:
        """Return the files of a source."""
        self._works()
        return {path: file for (owner, path), file in self.seen_files.items() if owner == source}

    async def forget_files(self, source: str, paths: Collection[str]) -> None:
        """Forget files."""
        self._works()
        gone = {(source, path) for path in paths}
        self.seen_files = {key: file for key, file in self.seen_files.items() if key not in gone}

    async def known(self, source: str, keys: Collection[str]) -> Mapping[str, Known]:
        """Return what is known."""
        self._works()
        found = {key: self.items[self.keys[source, key]] for key in keys if (source, key) in self.keys}
        return {key: Known(seen.item.id, seen.content, seen.revision) for key, seen in found.items()}

    async def knows(self, source: str) -> bool:
        """Tell whether anything is known."""
        self._works()
        return any(owner == source for owner, _ in self.keys)

    async def archived(self, items: Collection[str]) -> Mapping[str, Item]:
        """Return what was archived last."""
        self._works()
        return {name: self.items[name].item for name in items if name in self.items}

    async def entries(self, source: str) -> bytes:
        """Return the hashes of entries."""
        self._works()
        return self.entries_read.get(source, b"")

    async def decided(self, items: Collection[str]) -> frozenset[tuple[str, str]]:
        """Return what was decided."""
        self._works()
        final = (pair for pair, decision in self.decisions.items() if decision.reason not in GIVES_WAY)
        return frozenset(pair for pair in final if pair[0] in items)

    async def commit(self, polled: Polled) -> None:
        """Keep it all, or nothing."""
        self._works()
        deep = {"versions", "said"}
        before = {name: deepcopy(value) if name in deep else copy(value) for name, value in self.__dict__.items()}
        try:
            self._commit(polled)
        except BaseException:
            self.__dict__.update(before)
            raise

    async def save(self, state: SourceState) -> None:
        """Keep a state; a pause in it stays."""
        self._works()
        self._save(state)

    async def lease(self, channel: str, token: str, now: datetime, until: datetime, *, retry: bool) -> Delivery | None:
        """Take a delivery."""
        self._works()
        free = [
            queued
            for queued in self.outbox.values()
            if queued.delivery.channel == channel
            and channel not in self.disabled
            and (queued.state, queued.delivery.attempts > 0) == ("waiting", retry)
            and queued.next_try <= now
            and (queued.leased_until is None or queued.leased_until <= now)
        ]
        if not free:
            return None
        taken = min(free, key=lambda queued: queued.next_try) if retry else free[0]
        tried = taken.delivery.tried if retry else now
        taken.delivery = replace(taken.delivery, token=token, attempts=taken.delivery.attempts + 1, tried=tried)
        taken.leased_until = until
        return taken.delivery

    async def take_back(self) -> int:
        """End all leases; an attempt that nobody knows the end of does not count."""
        self._works()
        leased = [queued for queued in self.outbox.values() if queued.delivery.token is not None]
        for queued in leased:
            _free(queued)
            queued.delivery = replace(queued.delivery, attempts=queued.delivery.attempts - 1)
        return len(leased)

    async def turn_back(self, now: datetime, by: timedelta) -> int:
        """Wait for earlier moments."""
        self._works()
        ahead = [queued for queued in self.outbox.values() if queued.state == "waiting" and queued.next_try > now]
        for queued in ahead:
            tried = queued.delivery.tried
            queued.next_try -= by
            queued.delivery = replace(queued.delivery, tried=tried and tried - by)
        return len(ahead)

    async def next_delivery(self, channel: str) -> datetime | None:
        """Return when the next is due."""
        self._works()
        return min(
            (
                queued.next_try
                for queued in self.outbox.values()
                if queued.state == "waiting"
                and queued.delivery.token is None
                and queued.delivery.channel == channel
                and channel not in self.disabled
            ),
            default=None,
        )

    async def sent(self, delivery: Delivery, now: datetime, answer: str) -> bool:
        """Settle as sent."""
        return self._settle(delivery, "sent", now, answer)

    async def defer(self, delivery: Delivery, until: datetime, reason: str) -> bool:
        """Give back."""
        self._works()
        if queued := self._held(delivery):
            _free(queued)
            queued.next_try, queued.answer = until, reason
        return queued is not None

    async def bury(self, delivery: Delivery, now: datetime, reason: str) -> bool:
        """Settle as dead."""
        return self._settle(delivery, "dead", now, reason)

    async def disable(self, channel: str, now: datetime, reason: str) -> None:
        """Disable a channel; the first reason stays."""
        self._works()
        self.disabled.setdefault(channel, Disabled(now, reason))

    async def queue(self, deliveries: Sequence[Delivery]) -> None:
        """Queue deliveries."""
        self._works()
        for delivery in deliveries:
            self._queue(delivery)

    async def fire(self, firings: Sequence[Firing], alerts: Sequence[Message], deliveries: Sequence[Delivery]) -> None:
        """Keep it all, or nothing."""
        self._works()
        self._fire(firings, alerts, deliveries)

    def _fire(self, firings: Sequence[Firing], alerts: Sequence[Message], deliveries: Sequence[Delivery]) -> None:
        self.firings |= {(firing.rule, firing.term): firing for firing in firings}
        for message in alerts:
            assert isinstance(message.data, Alert)
            self.alerts.setdefault(message.data.id, message)
        for delivery in deliveries:
            self._queue(delivery)

    def _works(self) -> None:
        if self.broken:
            raise self.broken

    def _polled(self) -> list[SourceState]:
        awake = [self.states[source] for source in self.registered if not self.states[source].paused]
        return sorted(awake, key=lambda state: state.due)

    def _save(self, state: SourceState) -> None:
        was = self.states.get(state.id, state)
        self.states[state.id] = replace(state, due=_utc(state.due), paused=was.paused or state.paused)

    def _commit(self, polled: Polled) -> None:
        self._save(polled.state)
        self._know(polled)
        if not self.items.keys() >= {decision.item for decision in polled.decisions}:
            told = f"{polled.state.id}: a decision on an item that is not known"
            raise LookupError(told)
        for decision in polled.decisions:
            there = self.decisions.get((decision.item, decision.rule))
            if there is None or there.reason in GIVES_WAY:
                self.decisions[decision.item, decision.rule] = decision
        self._add(polled.occurrences)
        self._fire(polled.firings, polled.alerts, polled.deliveries)
        if polled.file:
            self.seen_files[polled.state.id, polled.file.path] = polled.file

    def _know(self, polled: Polled) -> None:
        source, seen_at = polled.state.id, _utc(polled.state.polled or polled.state.due)
        for seen in polled.seen:
            self._archive(source, seen, seen_at)
        for key in polled.there:
            if (source, key) in self.keys:
                self.keys_seen[source, key] = seen_at
        if polled.entries is not None:
            self.entries_read[source] = polled.entries

    def _archive(self, source: str, seen: Seen, seen_at: datetime) -> None:
        name = seen.item.id
        before = self.items.get(name)
        if before is None or seen.revision > before.revision:
            self.items[name] = seen
            self.said.setdefault((source, name), []).append((seen_at, seen.item))
        if before and seen.revision > before.revision:
            kept = {**self.versions.get(name, {}), before.revision: before}
            newest = sorted(kept)[1:][-(MOST_VERSIONS - 2) :]
            self.versions[name] = {revision: kept[revision] for revision in (min(kept), *newest)}
        for key in seen.keys:
            self.keys.setdefault((source, key), name)
            self.keys_seen[source, key] = seen_at
        own = [pair for pair, item in self.keys.items() if item == name] if before else []  # Of a new one, few.
        for pair in sorted(own, key=lambda pair: self.keys_seen[pair], reverse=True)[MOST_KEYS:]:
            del self.keys[pair], self.keys_seen[pair]

    def _queue(self, delivery: Delivery) -> None:
        if delivery.id in self.outbox or _once(delivery) in self.queued:
            return
        created = _utc(delivery.created)
        self.queued.add(_once(delivery))
        self.outbox[delivery.id] = Queued(replace(delivery, created=created, attempts=0, token=None), created)

    def _held(self, delivery: Delivery) -> Queued | None:
        queued = self.outbox.get(delivery.id)
        held = queued and queued.state == "waiting" and delivery.token and queued.delivery.token == delivery.token
        return queued if held else None

    def _settle(self, delivery: Delivery, state: str, now: datetime, answer: str) -> bool:
        self._works()
        if queued := self._held(delivery):
            _free(queued)
            queued.state, queued.settled, queued.answer = state, now, answer
        return queued is not None


def _free(queued: Queued) -> None:
    queued.delivery = replace(queued.delivery, token=None)
    queued.leased_until = None


def _once(delivery: Delivery) -> tuple[str, str, str, int]:
    return (delivery.rule, delivery.channel, delivery.alert, delivery.revision)


def _utc(moment: datetime) -> datetime:
    """Return a moment in UTC; TypeError for one without a zone, as from a database."""
    if moment.tzinfo is None:
        told = "a datetime without a zone"
        raise TypeError(told)
    return moment.astimezone(UTC)
