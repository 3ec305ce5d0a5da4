"""What two versions of the rules say differently, and which alerts only one of them would have sent."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import unified_diff
from pathlib import Path
from typing import Literal

import yaml

from monitor.load import load
from monitor.match.clauses.naming import Listed
from monitor.match.rule import Rule
from monitor.ports import Past
from monitor.rules.backtest import replay_of
from monitor.rules.clauses import within
from monitor.rules.places import entries_of, lists_of
from monitor.rules.would import Would
from monitor.settings import Config
from monitor.yaml12 import Value

Kind = Literal["added", "removed", "changed", "reworded"]
"""`reworded`: written otherwise, and meaning the same; its tests may have changed."""


@dataclass(frozen=True, slots=True)
class Version:
    """A configuration by its `name`, its rules by id, and how each is written, with the lists that it names."""

    name: str
    config: Config
    rules: Mapping[str, Rule]
    written: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that two versions have not alike: before, after, and the lines of its text that differ."""

    id: str
    kind: Kind
    before: Rule | None
    after: Rule | None
    lines: Sequence[str]

    @property
    def title(self) -> str:
        """What the rule is called, as it was called last."""
        rule = self.after or self.before
        return rule.title if rule else self.id


@dataclass(slots=True)
class Side:
    """What one version alone would have sent: how many alerts, and the first of them."""

    count: int = 0
    first: list[Would] = field(default_factory=list)


@dataclass(slots=True)
class Difference:
    """A change, and the alerts that only the version before, or only the one after, or both would have sent."""

    change: Change
    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    both: int = 0


@dataclass(frozen=True, slots=True)
class Diff:
    """How two versions differ; `tried`: on so many items, None where only the rules were compared."""

    before: str
    after: str
    differences: Sequence[Difference]
    tried: int | None

    @property
    def lost(self) -> int:
        """How many alerts only the version before would have sent."""
        return sum(difference.before.count for difference in self.differences)

    @property
    def won(self) -> int:
        """How many alerts only the version after would have sent."""
        return sum(difference.after.count for difference in self.differences)


def read_version(name: str, path: Path) -> Version:
    """Return a configuration with its rules as they are written.

    Raises:
        ConfigError: it does not validate.
    """
    config = load(path)
    entries, lists = entries_of(path, {"rules"}), lists_of(path)
    rules = {rule.id: rule for rule in config.rules}
    written = {id_: _written(entry.merged(), rules[id_], lists) for (_, id_), entry in entries.items() if id_ in rules}
    return Version(name, config, rules, written)


def changes(before: Version, after: Version) -> Iterator[Change]:
    """Yield the rules that two versions have not alike: those of the later in its order, then those that are gone."""
    for id_, rule in after.rules.items():
        earlier = before.rules.get(id_)
        lines = _differing(before.written.get(id_, ""), after.written.get(id_, ""))
        if earlier is None:
            yield Change(id_, "added", None, rule, lines)
        elif earlier != rule or lines:
            yield Change(id_, "changed" if earlier != rule else "reworded", earlier, rule, lines)
    for id_, rule in before.rules.items():
        if id_ not in after.rules:
            yield Change(id_, "removed", rule, None, _differing(before.written.get(id_, ""), ""))


class Comparison:
    """Looks at items with the rules of two versions that are not alike, and keeps what only one would have sent."""

    def __init__(
        self, before: Version, after: Version, most: int, *, apart: bool = False, start: datetime | None = None
    ) -> None:
        """Compare two versions, keeping `most` alerts of a rule and a side; `apart` and `start` as of a `Replay`."""
        self._names = before.name, after.name
        self._most = most
        self.found = {change.id: Difference(change) for change in changes(before, after)}
        meant = [change for change in (one.change for one in self.found.values()) if change.kind != "reworded"]
        earlier, later = [one.before for one in meant if one.before], [one.after for one in meant if one.after]
        self._late = {rule.id for rule in (*earlier, *later) if rule.over_time}
        self._before = replay_of(before.config, earlier, apart=apart, start=start)
        self._after = replay_of(after.config, later, apart=apart, start=start)
        self._waiting: tuple[list[Would], list[Would]] = [], []

    @property
    def reach(self) -> timedelta:
        """How long before the start items are to be looked at."""
        return max(self._before.reach, self._after.reach)

    def look(self, past: Past) -> None:
        """Take an item in."""
        sides = self._before.look(past), self._after.look(past)
        for waiting, would in zip(self._waiting, sides, strict=True):
            waiting += [one for one in would if one.rule.id in self._late]
        self._compare(*([one for one in would if one.rule.id not in self._late] for would in sides))

    def diff(self, tried: int | None, until: datetime | None = None, began: datetime | None = None) -> Diff:
        """Return how the versions differ, having been tried on so many items; the rest as of `Replay.end`."""
        earlier, later = self._waiting
        self._compare([*earlier, *self._before.end(until, began)], [*later, *self._after.end(until, began)])
        return Diff(*self._names, list(self.found.values()), tried)

    def _compare(self, before: Iterable[Would], after: Iterable[Would]) -> None:
        """Count which alerts are of one version, and which of both."""
        earlier, later = _alerts(before), _alerts(after)
        for key in dict.fromkeys((*earlier, *later)):
            difference = self.found[key[0]]
            if key in earlier and key in later:
                difference.both += 1
                continue
            side = difference.before if key in earlier else difference.after
            side.count += 1
            if len(side.first) < self._most:
                side.first.append(earlier[key] if key in earlier else later[key])


def _alerts(would: Iterable[Would]) -> Mapping[tuple[str, str, str], Would]:
    """Return alerts by what makes them the same in two versions: the item, or else the moment and the term."""
    return {
        (one.rule.id, one.decision.item, "" if one.decision.item else f"{one.decision.at} {one.term}"): one
        for one in would
        if one.decision.alert
    }


_NEVER = 1 << 30


class _Plain(yaml.SafeDumper):
    """Writes every text without quotes where YAML 1.2 core, as `monitor.yaml12` reads it, lets it."""

    yaml_implicit_resolvers: Mapping[str, Collection[object]] = {}  # type: ignore[assignment]  # and nothing else


_Plain.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))


def _written(rule: Mapping[str, Value], compiled: Rule, lists: Mapping[str, Value]) -> str:
    named = {placed.clause.name for placed in within(compiled.condition) if isinstance(placed.clause, Listed)}
    own = {name: lists[name] for name in sorted(named) if name in lists}
    document = {**rule, **({"lists": own} if own else {})}
    # A line for each value, however long, so that a diff shows what changed and not where lines break.
    text: str = yaml.dump(
        document, Dumper=_Plain, default_flow_style=False, width=_NEVER, allow_unicode=True, sort_keys=False
    )
    return text


def _differing(before: str, after: str) -> list[str]:
    """Return the lines of a unified diff, without its heads."""
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return [line for line in lines if not line.startswith(("---", "+++"))]
