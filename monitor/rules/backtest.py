"""What rules would have alerted over what was read before.

Decided is what the pipeline decides (`monitor.decide.alerts`): at the moment at which an item was seen new or changed,
once an item and rule, held back at the first poll of a source as its backfill says. Two things differ. Items that came
in a flood are not held; and a source that the configuration has no more counts as one without backfill.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from monitor.cluster.alone import story_of
from monitor.decide.alerts import decide, is_withdrawn, was_there
from monitor.decide.over_time import reach
from monitor.match.asking import asks_for_kind
from monitor.match.index import RuleIndex
from monitor.match.rule import Rule
from monitor.match.view import View
from monitor.model import Item, Source
from monitor.ports import Past
from monitor.reasons import GIVES_WAY, Reason
from monitor.rules.evidence import title_of
from monitor.rules.over_time import Span, Waiting, counted, waiting
from monitor.rules.publishers import publisher_of
from monitor.rules.would import Would
from monitor.settings import Config

MOST_SHOWN = 20
"""Alerts of a rule that are kept to be shown, the newest."""

_PACE = (timedelta(minutes=5), timedelta(minutes=5))


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
        if would.source:
            self.sources[would.source] += 1
        self.newest.append(would)


@dataclass(slots=True)
class Replay:
    """Rules that look at items of the past, one by one; each item and rule is decided once, at the first that matches.

    Args:
        rules: which look.
        sources: as they are now, by id; of one that is gone, items are in `language`.
        language: of items that do not say.
        apart: the revisions of an item may come apart, as in documents, so that its memory grows by the items. It
            always grows by what rules over time match.
        start: from when on is told what would have been decided; of items first seen before, only rules over time
            take note. By default all is told.
        first, last: when the first item was there that was looked at, and the last.
    """

    rules: RuleIndex
    sources: Mapping[str, Source]
    language: str = ""
    apart: bool = False
    start: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None
    _item: str | None = None
    _old: bool = False
    _decided: set[tuple[str, str]] = field(default_factory=set)
    _there: dict[str, bool] = field(default_factory=dict)
    _gave_way: dict[tuple[str, str], Would] = field(default_factory=dict)
    _waiting: dict[str, list[Waiting]] = field(default_factory=dict)

    @property
    def reach(self) -> timedelta:
        """How long before the start items are to be looked at, for rules over time to know what was there."""
        return max((reach(rule.over_time) for rule in self.rules if rule.over_time), default=timedelta(0))

    def look(self, past: Past) -> list[Would]:
        """Return what would have been decided of an item, for each rule that matches it, as far as that is final."""
        item, source = past.item, self.sources.get(past.source) or _gone(past.source, self.language)
        self._enter(past)
        unasked = is_withdrawn(item) and not self._there.get(item.id)
        self._there[item.id] = was_there(item)
        view = View(item, past.at, source.language, source.publisher, story_of(item, source.publisher))
        found = []
        for match in sorted(self.rules.match(view), key=lambda match: match.rule):
            rule = self.rules[match.rule]
            if (item.id, rule.id) in self._decided or (self._old and not rule.over_time):
                continue
            alone = unasked and not asks_for_kind(rule, "withdrawn")
            decision = decide(match, source, first=past.first, unasked=alone, now=past.at)
            would = Would(rule, decision, title_of(item), past.source, item.url)
            found += self._final(would, item, source.publisher)
        return found

    def end(self, until: datetime | None = None, began: datetime | None = None) -> Iterator[Would]:
        """Yield what could not be told of item by item: what never became final, and rules over time.

        Args:
            until: the end of what was looked at; default the last item.
            began: the beginning of it; default the first item.
        """
        yield from (would for would in self._gave_way.values() if not self.start or would.decision.at >= self.start)
        first, last = began or self.first, until or self.last
        if first is None or last is None:
            return
        span = Span(first, self.start or first, last)
        for rule in self.rules:
            if rule.over_time:
                yield from counted(rule, rule.over_time, self._waiting.get(rule.id, ()), span)

    def _enter(self, past: Past) -> None:
        """Take note of when an item comes, and forget the one before it."""
        if past.item.id != self._item:
            self._old = self.start is not None and past.at < self.start
            if not self.apart:
                self._decided.clear()
                self._there.clear()
        self._item = past.item.id
        self.first, self.last = min(self.first or past.at, past.at), max(self.last or past.at, past.at)

    def _final(self, would: Would, item: Item, publisher: str) -> list[Would]:
        """Return a decision if it is final and can be told now; else keep it."""
        key = item.id, would.rule.id
        if would.decision.reason in GIVES_WAY:
            self._gave_way[key] = would
            return []
        self._gave_way.pop(key, None)
        self._decided.add(key)
        if would.rule.over_time is None:
            return [would]
        self._waiting.setdefault(would.rule.id, []).append(waiting(would, would.rule.over_time, item, publisher))
        return []


def replay_of(config: Config, rules: Iterable[Rule], *, apart: bool = False, start: datetime | None = None) -> Replay:
    """Return the rules of a configuration, ready to look at items."""
    return Replay(RuleIndex(rules), _polled(config), config.service.language, apart, start)


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


def _gone(name: str, language: str) -> Source:
    return Source(id=name, url=name, every=_PACE, name=name, publisher=name, language=language)
