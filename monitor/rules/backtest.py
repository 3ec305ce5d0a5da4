"""What rules would have alerted over what was read before.

Decided is what the pipeline decides (`monitor.decide.alerts`): at the moment at which an item was seen new or changed,
once an item and rule, held back at the first poll of a source as its backfill says. Three things differ. Items that
came in a flood are not held; stories are not known; and a source that the configuration has no more counts as one
without backfill.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo

from monitor.decide.alerts import decide
from monitor.match.index import RuleIndex
from monitor.match.rule import Rule
from monitor.match.view import View
from monitor.model import Decision, Item, Match, Source
from monitor.ports import Past
from monitor.reasons import Reason
from monitor.rules.publishers import publisher_of
from monitor.settings import Config

MOST_SHOWN = 20
"""Alerts of a rule that are kept to be shown, the newest."""

_PACE = (timedelta(minutes=5), timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Would:
    """What would have been decided of an item that a rule matches."""

    rule: Rule
    item: Item
    source: str
    decision: Decision


@dataclass(slots=True)
class Tally:
    """What a rule came to: alerts by day and by source, how many were held back and why, and the newest alerts."""

    rule: Rule
    shown: int = MOST_SHOWN
    days: Counter[date] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    held: Counter[Reason] = field(default_factory=Counter)
    newest: deque[Would] = field(init=False)

    def __post_init__(self) -> None:
        """Make room for the newest alerts."""
        self.newest = deque(maxlen=self.shown)

    @property
    def alerts(self) -> int:
        """How many alerts there would have been."""
        return self.days.total()

    def add(self, would: Would, zone: tzinfo) -> None:
        """Count what would have been decided, on the day that it was in `zone`."""
        if not would.decision.alert:
            self.held[would.decision.reason] += 1
            return
        self.days[would.decision.at.astimezone(zone).date()] += 1
        self.sources[would.source] += 1
        self.newest.append(would)


@dataclass(slots=True)
class Replay:
    """Rules that look at items of the past, one by one; each item and rule fires once, at the first that matches.

    `apart`: the revisions of an item may come apart, as in documents, so that its memory grows by what matched.
    """

    rules: RuleIndex
    sources: Mapping[str, Source]
    apart: bool = False
    _item: str | None = None
    _decided: set[tuple[str, str]] = field(default_factory=set)

    def look(self, past: Past) -> list[Would]:
        """Return what would have been decided of an item, for each rule that matches it."""
        source = self.sources.get(past.source) or _gone(past.source)
        view = View(past.item, past.at, source.language, source.publisher)
        if past.item.id != self._item and not self.apart:
            self._decided.clear()
        self._item = past.item.id
        found = [
            Would(self.rules[match.rule], past.item, past.source, self._decide(match, source, past))
            for match in sorted(self.rules.match(view), key=lambda match: match.rule)
            if (past.item.id, match.rule) not in self._decided
        ]
        self._decided.update((past.item.id, would.rule.id) for would in found)
        return found

    @staticmethod
    def _decide(match: Match, source: Source, past: Past) -> Decision:
        return decide(match, source, first=past.first, now=past.at)


def replay_of(config: Config, rules: Iterable[Rule], *, apart: bool = False) -> Replay:
    """Return the rules of a configuration, ready to look at items."""
    return Replay(RuleIndex(rules), _polled(config), apart)


def _polled(config: Config) -> Mapping[str, Source]:
    """Return the sources as deciding wants them: whether they are polled, and from when they alert."""
    return {
        source.id: Source(
            id=source.id,
            url=source.url.get_secret_value() if source.url else None,
            path=source.path,
            every=_PACE,
            name=source.id,
            publisher=publisher_of(source),
            language=source.language or config.service.language,
            backfill=None if source.backfill == "all" else source.backfill,
        )
        for source in config.sources
    }


def _gone(name: str) -> Source:
    return Source(id=name, url=name, every=_PACE, name=name, publisher=name, language="")
