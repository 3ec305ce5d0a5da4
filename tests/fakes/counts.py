"""What rules over time count, in memory: a part of `FakeStore`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from monitor.model import Item
from monitor.over_time import Counting, Firing, Occurrence, Tally
from monitor.ports import Behind, Past

AT_ONCE = 3
"""Items that a walk through the archive brings at once: few, so that there are several steps."""


class FakeCounts:
    """Remembers occurrences, firings and what items said, when."""

    def __init__(self) -> None:
        self.occurrences: dict[tuple[str, str, str], Occurrence] = {}
        self.firings: dict[tuple[str, str], Firing] = {}
        self.counted: dict[str, Counting] = {}
        self.said: dict[tuple[str, str], list[tuple[datetime, Item]]] = {}

    async def counting(self) -> Mapping[str, Counting]:
        """Return the rules whose past is counted."""
        self._works()
        return dict(self.counted)

    async def tallies(self, rule: str, since: datetime, terms: Collection[str] | None = None) -> Mapping[str, Tally]:
        """Return what was counted."""
        self._works()
        there = [one for one in self.occurrences.values() if one.rule == rule]
        fired = {firing.term: firing for firing in self.firings.values() if firing.rule == rule}
        wanted = {one.term for one in there} | fired.keys() if terms is None else terms
        return {term: _tally([one for one in there if one.term == term], since, fired.get(term)) for term in wanted}

    async def uncount(self, rules: Collection[str], *, fired: bool) -> None:
        """Forget what was counted."""
        self._works()
        self.occurrences = {key: one for key, one in self.occurrences.items() if one.rule not in rules}
        self.counted = {rule: one for rule, one in self.counted.items() if rule not in rules}
        if fired:
            self.firings = {key: one for key, one in self.firings.items() if one.rule not in rules}

    async def add_occurrences(self, occurrences: Sequence[Occurrence]) -> None:
        """Keep occurrences."""
        self._works()
        self._add(occurrences)

    async def count(self, counting: Counting) -> None:
        """Note that a past is counted."""
        self._works()
        self.counted[counting.rule] = counting

    async def began(self) -> datetime | None:
        """Return when the first item was seen."""
        self._works()
        return min((said[0][0] for said in self.said.values()), default=None)

    async def past(self, behind: Behind) -> tuple[Sequence[Past], Behind]:
        """Return some of the archive."""
        self._works()
        begun: dict[str, datetime] = {}
        for (source, _), said in self.said.items():
            begun[source] = min(said[0][0], begun.get(source, said[0][0]))
        places = sorted((said[0][0], name, source) for (source, name), said in self.said.items())
        some = [place for place in places if place[:2] > behind][:AT_ONCE]
        found = [
            Past(item, source, at, first=at == begun[source])
            for _, name, source in some
            for at, item in self.said[source, name]
        ]
        return found, some[-1][:2] if some else behind

    def _add(self, occurrences: Sequence[Occurrence]) -> None:
        for one in occurrences:
            self.occurrences.setdefault((one.rule, one.term, one.item), one)

    def _works(self) -> None:
        raise NotImplementedError


def _tally(there: Sequence[Occurrence], since: datetime, fired: Firing | None) -> Tally:
    ordered = sorted(there, key=lambda one: (one.at, one.item))
    within = tuple(one for one in ordered if one.at >= since)
    return Tally(within, ordered[0].at if ordered else None, ordered[-1].at if ordered else None, fired)
