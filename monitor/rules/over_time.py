"""Rules over time in a replay: when they would have fired, counted in memory as the pipeline counts in its store.

Where nothing matches, the daemon looks ten times a timeframe; here a rule is looked at the very moments at which time
alone can change what it says: a match leaves a window, a window is full, or a rest is over.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush

from monitor.decide.over_time import Count, count_of, happened, is_counted, on_match, on_tick, pace, reach, silence
from monitor.decide.over_time import terms_of as terms_of_item
from monitor.match.rule import Rule
from monitor.model import Decision, Item
from monitor.over_time import Firing, NewTerm, Occurrence, OverTime, Tally
from monitor.reasons import Reason
from monitor.rules.would import Would


@dataclass(frozen=True, slots=True)
class Waiting:
    """A match that is yet to be counted: under which terms, when it happened, and whether it counts if held back."""

    would: Would
    terms: Sequence[str]
    at: datetime
    dated: bool


@dataclass(frozen=True, slots=True)
class Span:
    """What time is replayed: rules fire from `start` until `until`; matches are known from `began` on."""

    began: datetime
    start: datetime
    until: datetime


def waiting(would: Would, over_time: OverTime, item: Item, publisher: str) -> Waiting:
    """Return a match of a rule over time, to be counted once all are there."""
    seen = would.decision.at
    terms = terms_of_item(over_time, item, publisher)
    return Waiting(would, terms, happened(item, seen), is_counted(over_time, item, seen))


def counted(rule: Rule, over_time: OverTime, matches: Iterable[Waiting], span: Span) -> Iterator[Would]:
    """Yield what would have been decided of a rule's matches, and its alerts of what did not come, in order of time.

    What matched before the start is counted, as of the archive of a new rule, and nothing is said of it.
    """
    since = max(span.start - reach(over_time), min(span.began, span.start))
    counts = _Counts(rule, over_time, since, span.start)
    for one in sorted(matches, key=lambda one: (one.would.decision.at, one.at)):
        now = one.would.decision.at
        yield from counts.pass_until(now)
        would = counts.take(one, now)
        if now >= span.start:
            yield would
    yield from counts.pass_until(span.until)


@dataclass(slots=True)
class _Term:
    """What was counted under one term; the occurrences in order of time."""

    occurrences: list[Occurrence] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None
    fired: Firing | None = None


@dataclass(slots=True)
class _Counts:
    """What a rule has counted, by term, and at which moments it is to be looked at."""

    rule: Rule
    over_time: OverTime
    since: datetime
    start: datetime
    _terms: dict[str, _Term] = field(default_factory=dict)
    _moments: list[tuple[datetime, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A rule without `query_key` has its one term also where nothing ever matches."""
        if getattr(self.over_time, "query_key", None) is None:
            self._look_again("", self.since, self.start)

    def take(self, one: Waiting, now: datetime) -> Would:
        """Count a match; return what would have been decided of it (`monitor.pipeline.counting`)."""
        decision = one.would.decision
        if not decision.alert and not one.dated:
            return one.would
        if not one.terms:
            return _held(one.would, Reason.NO_TERM)
        quiet = silence(self.over_time, [self._count(term, now, now) for term in one.terms], now)
        found = {term: fires for term in one.terms if (fires := self._add(term, one, now))}
        if not decision.alert or now < self.start:
            return one.would
        if not found or one.at < now - reach(self.over_time):
            return _held(one.would, quiet)
        for term, occurrences in found.items():
            self._fired(term, occurrences[-1].at, now)
        caused = {each.item for occurrences in found.values() for each in occurrences}
        return replace(one.would, term=next(iter(found)), counted=len(caused))

    def pass_until(self, until: datetime) -> Iterator[Would]:
        """Yield the alerts for what did not come before a moment."""
        while self._moments and self._moments[0][0] < until:
            now, term = heappop(self._moments)
            count = self._count(term, now)
            found = on_tick(self.over_time, count, now)
            if found is None or (count.fired and count.fired.at == now):
                continue
            self._fired(term, count.last or count.since, now)
            headline = f"{self.rule.title}: {term}" if term else self.rule.title
            decision = Decision("", self.rule.id, alert=True, reason=Reason.FIRED, at=now)
            yield Would(self.rule, decision, headline, term=term, counted=len(found))

    def _add(self, term: str, one: Waiting, now: datetime) -> Sequence[Occurrence]:
        """Count a match under a term; return what the rule would fire on."""
        there = self._terms.setdefault(term, _Term())
        before = there.last
        current = Occurrence(self.rule.id, term, one.would.decision.item, one.at)
        insort(there.occurrences, current, key=_in_time)
        there.first = min(there.first or one.at, one.at)
        there.last = max(before or one.at, one.at)
        self._look_again(term, max(one.at, self.since), now)
        # Of a term it is enough to know when it was last there: a common one has been there very often.
        since = now if isinstance(self.over_time, NewTerm) else min(now, one.at) - reach(self.over_time)
        return on_match(self.over_time, current, replace(self._count(term, now, since), last=before), now)

    def _count(self, term: str, now: datetime, since: datetime | None = None) -> Count:
        """Return what was counted under a term, with what happened from a moment on, by default within its reach."""
        there = self._terms.setdefault(term, _Term())
        far = reach(self.over_time)
        # What comes in late may belong to what happened as long before it.
        del there.occurrences[: bisect_left(there.occurrences, now - 2 * far, key=lambda one: one.at)]
        begins = bisect_left(there.occurrences, since or now - far, key=lambda one: one.at)
        count = count_of(self.over_time, Tally((), there.first, there.last, there.fired), self.since)
        return replace(count, occurrences=there.occurrences[begins:])

    def _fired(self, term: str, upto: datetime, now: datetime) -> None:
        self._terms[term].fired = Firing(self.rule.id, term, now, upto)
        if paced := pace(self.over_time):
            self._look_again(term, now, now + max(self.over_time.realert, paced))

    def _look_again(self, term: str, moment: datetime, now: datetime) -> None:
        """Have a term looked at when what happened at a moment leaves either window of a timeframe, and now."""
        if pace(self.over_time) is None:
            return
        timeframe: timedelta = getattr(self.over_time, "timeframe", timedelta(0))
        soonest = max(now, self.start)
        for at in {soonest, max(soonest, moment + timeframe), max(soonest, moment + 2 * timeframe)}:
            heappush(self._moments, (at, term))


def _held(would: Would, reason: Reason) -> Would:
    return replace(would, decision=replace(would.decision, alert=False, reason=reason))


def _in_time(one: Occurrence) -> tuple[datetime, str]:
    return one.at, one.item
