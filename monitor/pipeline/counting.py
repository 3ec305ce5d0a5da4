"""Rules over time, match by match: what a document adds to what is counted, and what that makes fire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.cluster.counted import story_of_count
from monitor.compose.message import over_time as message_of
from monitor.decide.over_time import (
    MOST_TOLD,
    Count,
    count_of,
    happened,
    is_counted,
    on_match,
    reach,
    silence,
    terms_of,
    with_one,
)
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.model import Decision, Evidence, Item, Message, RuleName
from monitor.over_time import Firing, NewTerm, Occurrence, OverTime
from monitor.pipeline.outside import Outside
from monitor.reasons import Reason

_Found = dict[str, tuple[Occurrence, ...]]
"""The terms for which a rule fires, and the occurrences that made it."""


@dataclass(slots=True)
class Counter:
    """Counts the matches of one document, the oldest first, on top of what the store has; for who has the turn."""

    outside: Outside
    now: datetime
    occurrences: list[Occurrence] = field(default_factory=list)
    firings: list[Firing] = field(default_factory=list)
    _since: Mapping[str, datetime] | None = None
    _counts: dict[tuple[str, str], Count] = field(default_factory=dict)
    _brought: dict[tuple[str, str], Evidence] = field(default_factory=dict)

    async def take(
        self, rule: Rule, over_time: OverTime, item: Item, decision: Decision
    ) -> tuple[Decision, Message | None]:
        """Count a match; return what is decided of it, and the message where it makes the rule fire.

        Args:
            rule: which matched.
            over_time: the rule's type.
            item: what it matched.
            decision: what would have become of it with a rule that looks at each item by itself. An item that is held
                back is counted, but makes no rule fire; nor does one that happened longer ago than the rule reaches.
        """
        alone, flood = decision.alert, decision.reason is Reason.HELD_FLOOD
        if not alone and not is_counted(over_time, item, self.now):
            return _held(decision, Reason.UNDATED_FLOOD if flood else decision.reason), None
        terms = terms_of(over_time, item, self.outside.publisher_of(item))
        if not terms:
            return _held(decision, Reason.NO_TERM), None
        if rule.id not in await self._began():  # Its past is being counted (`count_past`), which will find this item.
            return _held(decision, Reason.COUNTED if alone or flood else decision.reason), None
        counts = [await self._count(rule, over_time, term) for term in terms]
        if any(one.item == item.id for count in counts for one in count.occurrences):
            return _held(decision, Reason.REPEATED), None
        self._brought[rule.id, item.id] = Evidence(item, decision.spans)
        at = happened(item, self.now)
        found = self._add(over_time, [Occurrence(rule.id, term, item.id, at) for term in terms])
        if alone and found and at >= self.now - reach(over_time):
            return decision, await self._fire(rule, found)
        if alone:
            return _held(decision, silence(over_time, counts, self.now)), None
        return _held(decision, Reason.COUNTED if flood else decision.reason), None

    def _add(self, over_time: OverTime, occurrences: Sequence[Occurrence]) -> _Found:
        """Count an item under its terms; return what the rule would fire on."""
        found: _Found = {}
        for one in occurrences:
            count = self._counts[one.rule, one.term] = with_one(self._counts[one.rule, one.term], one)
            self.occurrences.append(one)
            if fires := on_match(over_time, one, count, self.now):
                found[one.term] = fires
        return found

    async def _count(self, rule: Rule, over_time: OverTime, term: str) -> Count:
        """Return what was counted of a rule under a term, this document included."""
        if there := self._counts.get((rule.id, term)):
            return there
        # What came in late may have happened a whole reach ago, and belongs to what happened as long before that.
        # Of a term it is enough to know when it was last there: a common one has been there very often.
        since = self.now - (timedelta(0) if isinstance(over_time, NewTerm) else 2 * reach(over_time))
        tally = (await self.outside.store.tallies(rule.id, since, [term]))[term]
        count = self._counts[rule.id, term] = count_of(over_time, tally, (await self._began())[rule.id])
        return count

    async def _began(self) -> Mapping[str, datetime]:
        """Return since when rules are counted, of those whose past is."""
        if self._since is None:
            self._since = {name: one.since for name, one in (await self.outside.store.counting()).items()}
        return self._since

    async def _fire(self, rule: Rule, found: _Found) -> Message:
        """Return the one message that an item is, under however many terms it made the rule fire."""
        for term, occurrences in found.items():
            firing = Firing(rule.id, term, self.now, occurrences[-1].at)
            self.firings.append(firing)
            self._counts[rule.id, term] = replace(self._counts[rule.id, term], fired=firing)
        term, first = next(iter(found.items()))
        caused = {one.item: one for occurrences in found.values() for one in occurrences}
        brought = {item: evidence for (name, item), evidence in self._brought.items() if name == rule.id}
        inside = sorted(caused.values(), key=lambda one: (one.at, one.item))
        cause = Cause(term, (first[0].item,), inside)
        return await fired(rule, cause, self.outside, brought=brought, now=self.now)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a rule over time fired: for which `term`, on which occurrences, in order of time; there may be none.

    `told_apart` is what tells this time from others (`monitor.compose.message.over_time`).
    """

    term: str
    told_apart: tuple[str, ...]
    occurrences: Sequence[Occurrence]


async def fired(
    rule: Rule, cause: Cause, outside: Outside, *, brought: Mapping[str, Evidence], now: datetime
) -> Message:
    """Return the message of a rule over time, with the newest of the items that it counted, as far as they are kept.

    `brought` are items that the store does not have yet, with their spans.
    """
    told = [one.item for one in cause.occurrences[-MOST_TOLD:]]
    kept = await outside.store.archived([item for item in told if item not in brought])
    evidence = tuple(
        brought.get(item) or _evidence(rule, kept[item], outside, now)
        for item in told
        if item in brought or item in kept
    )
    items = [one.item for one in evidence]
    headline = f"{rule.title}: {cause.term}" if cause.term else rule.title
    publishers = {item.id: outside.publisher_of(item) for item in items}
    story = story_of_count(headline, items, publishers, len(cause.occurrences))
    return message_of(RuleName(rule.id, rule.title, rule.level), cause.term, cause.told_apart, story, evidence, now)


def _evidence(rule: Rule, item: Item, outside: Outside, now: datetime) -> Evidence:
    """Return an item with what the rule finds in it as it is now: nothing, where it was revised since."""
    view = View(item, now, outside.language_of(item), outside.publisher_of(item))
    return Evidence(item, match_rule(rule, view).spans)


def _held(decision: Decision, reason: Reason) -> Decision:
    return replace(decision, alert=False, reason=reason)
