"""How many documents each rule matches, and which rules match the same: what only documents can tell of rules."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations

from monitor.match.rule import Rule
from monitor.ports import Past
from monitor.rules.backtest import Replay
from monitor.rules.doubts import Doubt
from monitor.rules.lint import Warned

FEWEST_ITEMS = 100
"""Items that a rule must have heard before its share of them tells anything."""

FEWEST_MATCHES = 10
"""Matches that two rules must have before their overlap tells anything."""

SAME = 0.8
"""Of what either of two rules matches, both match more than this: they overlap."""

_MOST_AT_ONCE = 50
"""Rules that match one item, of which pairs are counted."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a rule may match before it is unselective: documents a day, and a share of those that it hears."""

    a_day: float = 50
    share: float = 0.05


@dataclass(slots=True)
class Selectivity:
    """Counts what rules match, item by item; its memory grows by pairs of rules that match the same items.

    A rule over time may match much: of it the alerts count.
    """

    replay: Replay
    rules: Sequence[Rule]
    items: int = 0
    first: datetime | None = None
    matched: Counter[str] = field(default_factory=Counter)
    together: Counter[tuple[str, str]] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)
    _last: str | None = None

    def look(self, past: Past) -> None:
        """Take an item in."""
        if past.item.id != self._last:
            self.items += 1
            self.heard[past.source] += 1
        self._last = past.item.id
        self.first = min(self.first or past.at, past.at)
        names = sorted(would.rule.id for would in self.replay.look(past))
        self.matched.update(names)
        self.together.update(combinations(names[:_MOST_AT_ONCE], 2))

    def warnings(self, span: timedelta | None, limits: Limits) -> Iterator[Warned]:
        """Yield what the counts should be warned of.

        Args:
            span: over what time the items came; None if that says nothing.
            limits: how much a rule may match.
        """
        for rule in self.rules:
            if told := self._unselective(rule, span, limits):
                yield Warned("unselective", "rules", rule.id, Doubt(told))
        fired = Counter(would.rule.id for would in self.replay.end() if would.decision.alert and would.rule.over_time)
        for name, alerts in fired.items():
            if span is not None and (a_day := alerts / _days(span)) > limits.a_day:
                said = f"`{name}` fires about {a_day:.0f} times a day; count more before it fires, or let it rest"
                yield Warned("unselective", "rules", name, Doubt(f"{said} (`realert`)"))
        for (one, other), both in sorted(self.together.items()):
            either = self.matched[one] + self.matched[other] - both
            if both > SAME * either and min(self.matched[one], self.matched[other]) >= FEWEST_MATCHES:
                said = f"of {either} documents that `{one}` or `{other}` match, both match {both}"
                yield Warned("overlap", "rules", other, Doubt(f"{said}; make one rule of them, or part them"))

    def _unselective(self, rule: Rule, span: timedelta | None, limits: Limits) -> str | None:
        matched = self.matched[rule.id]
        heard = self.items if rule.sources is None else sum(self.heard[source] for source in rule.sources)
        share = matched / heard if heard >= FEWEST_ITEMS else 0.0
        a_day = matched / _days(span) if span is not None else 0.0
        if a_day <= limits.a_day and share <= limits.share:
            return None
        often = f"about {a_day:.0f} documents a day, " if span is not None else ""
        said = f"`{rule.id}` matches {often}{matched} of {heard} that it hears ({matched / max(heard, 1):.0%})"
        return f"{said}; say more of what must be there"


def _days(span: timedelta) -> float:
    return max(span / _DAY, 1.0)
