"""Rules found by the words of an item, so that the cost of an item follows what matches, not how many rules stand.

Each rule stands under a few keys that an item must have (`monitor.match.keys`: `needs`, `covering`); an item's words
lead to the rules that may hold (`paths`), and only these are judged. A rule without such keys is judged on every item.
"""

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from monitor.match.keys.covering import Rarity, paths_of
from monitor.match.keys.frozen import Freezer, Thawer
from monitor.match.keys.lexicon import Lexicon
from monitor.match.keys.needs import AtLeast, Need, every, need_of, some
from monitor.match.keys.paths import END, Path, Paths
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.model import Match

_FEW_SOURCES = 3
"""A rule of more sources than this is not found by them, but asked whether it listens."""


_Plain = tuple[int, list["str | _Plain"]]
"""A need as marshal knows it."""


@dataclass(slots=True)
class _Groups:
    """Alternatives that rules share: each is known to them by one key, and found by paths of its own."""

    paths: Paths[str] = field(default_factory=Paths)
    keys: dict[AtLeast, str] = field(default_factory=dict)
    entries: dict[str, tuple[AtLeast, Sequence[int]]] = field(default_factory=dict)
    made: int = 0
    nested: set[str] = field(default_factory=set)
    fresh: list[str] = field(default_factory=list)
    """Those made for the rule that is being taken in; not each comes to be used."""

    def found(self, keys: set[str], line: Callable[[], str]) -> set[str]:
        """Return the keys of the groups that an item of these keys has, also of those within which others stand."""
        found: set[str] = set()
        more = set(self.paths.find(keys, line)) if self.entries else found
        while more:
            found |= more
            more = set(self.paths.find(keys | found, line)) - found if self.nested else set()
        return found


class RuleIndex:
    """Rules by what they need; adding or removing one costs its own keys."""

    __slots__ = ("_entries", "_groups", "_lexicon", "_paths", "_rarity", "_rules", "_thawer", "_typed")

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        """Take in rules, each of an id of its own; their order is that of matches."""
        self._rules: dict[str, Rule | bytes] = {}
        self._typed: dict[str, None] = {}
        self._entries: dict[str, int | tuple[int, ...]] = {}
        self._paths: Paths[str] = Paths()
        self._groups = _Groups()
        self._rarity = Rarity()
        self._lexicon = Lexicon()
        self._thawer = Thawer()
        for rule in rules:
            self.add(rule)

    def __len__(self) -> int:
        return len(self._rules)

    def __iter__(self) -> Iterator[Rule]:
        return map(self.__getitem__, tuple(self._rules))

    def __getitem__(self, rule: str) -> Rule:
        there = self._rules[rule]
        if isinstance(there, bytes):
            there = self._rules[rule] = self._thawer.thaw(there)
        return there

    def __contains__(self, rule: str) -> bool:
        return rule in self._rules

    def over_time(self) -> tuple[Rule, ...]:
        """Return the rules over time, in their order."""
        return tuple(map(self.__getitem__, self._typed))

    def asked(self) -> int:
        """Return how many keys are asked for, those of groups included."""
        return len(self._rarity)

    def frozen(self) -> bytes:
        """Return the index as bytes, of which `thawed` makes it again."""
        freezer = Freezer()
        rules = [(rule.id, freezer.freeze(rule)) for rule in self]
        groups = [(key, _plain(need), entries) for key, (need, entries) in self._groups.entries.items()]
        paths = (self._paths.state(), self._groups.paths.state())
        grouped = (groups, self._groups.made, list(self._groups.nested))
        state = (self._entries, list(self._typed), paths, grouped, self._rarity.state())
        whole: Any = (rules, freezer.shared, *state)
        return marshal.dumps(whole)

    @classmethod
    def thawed(cls, body: bytes) -> "RuleIndex":
        """Return the index that these bytes were made of by this very program; each rule is made when it is asked for.

        Raises:
            ValueError, EOFError, TypeError: they are something else. Bytes that somebody else wrote may do worse.
        """
        rules, shared, entries, typed, paths, grouped, rarity = marshal.loads(body)  # noqa: S302 - only what we wrote ourselves
        index = cls()
        index._rules, index._entries, index._thawer = dict(rules), entries, Thawer(shared)
        index._typed = dict.fromkeys(typed)
        index._paths, index._rarity = Paths(*paths[0]), Rarity(*rarity)
        groups = {key: (_need(plain), numbers) for key, plain, numbers in grouped[0]}
        keys = {need: key for key, (need, _) in groups.items()}
        index._groups = _Groups(Paths(*paths[1]), keys, groups, grouped[1], set(grouped[2]))
        for key in index._rarity:
            if ":" in key and key not in groups:
                index._lexicon.ask(key)
        return index

    def add(self, rule: Rule) -> None:
        """Take in a rule, the last in order; one of the same id makes way."""
        if rule.id in self._rules:
            self.remove(rule.id)
        self._rules[rule.id] = rule
        if rule.over_time:
            self._typed[rule.id] = None
        need = _need_of(rule)
        paths: Sequence[Path] = ((),) if need is None else paths_of(need, self._rarity, self._group)
        entries = tuple(self._paths.add(path, rule.id) for path in paths)
        self._entries[rule.id] = entries[0] if len(entries) == 1 else entries
        for path in paths:
            self._ask(path)
        while self._groups.fresh:
            key = self._groups.fresh.pop()
            if key in self._groups.entries and not self._rarity.asked(key):
                self._ungroup(key)

    def remove(self, rule: str) -> None:
        """Forget a rule.

        Raises:
            KeyError: there is none of this id.
        """
        del self._rules[rule]
        self._typed.pop(rule, None)
        entries = self._entries.pop(rule)
        for entry in (entries,) if isinstance(entries, int) else entries:
            self._forget(self._paths.remove(entry))

    def candidates(self, view: View) -> list[Rule]:
        """Return the rules of which an item has what they need: those that hold, and few more.

        They come in the order in which they were taken in; one that came after others left may come in their place.
        """
        keys, line = self._lexicon.keys_of(view)
        keys.add(END)
        keys |= self._groups.found(keys, line)
        source = view.item.source
        rules = [self[rule] for rule in dict.fromkeys(self._paths.find(keys, line))]
        return [rule for rule in rules if rule.sources is None or source in rule.sources]

    def match(self, view: View) -> list[Match]:
        """Return what the rules say that hold for an item, in the order of `candidates`."""
        judged = [match_rule(rule, view) for rule in self.candidates(view)]
        return [match for match in judged if match.matched]

    def _group(self, need: AtLeast) -> str:
        """Return the key of a group; the group stands as long as a path of a rule has the key."""
        groups = self._groups
        if key := groups.keys.get(need):
            return key
        groups.made += 1
        key = groups.keys[need] = f"=group:{groups.made}"
        groups.fresh.append(key)
        paths = paths_of(need, self._rarity)
        groups.entries[key] = (need, tuple(groups.paths.add(path, key) for path in paths))
        self._rarity.tell(key, paths)
        if any(within in groups.entries for path in paths for within in path):
            groups.nested.add(key)
        for path in paths:
            self._ask(path)
        return key

    def _ungroup(self, key: str) -> None:
        need, entries = self._groups.entries.pop(key)
        del self._groups.keys[need]
        self._groups.nested.discard(key)
        self._rarity.untell(key)
        for entry in entries:
            self._forget(self._groups.paths.remove(entry))

    def _ask(self, path: Path) -> None:
        for key in path:
            if self._rarity.ask(key) and ":" in key and key not in self._groups.entries:
                self._lexicon.ask(key)

    def _forget(self, path: Path) -> None:
        for key in path:
            if self._rarity.forget(key) and ":" in key:
                if key in self._groups.entries:
                    self._ungroup(key)
                else:
                    self._lexicon.forget(key)


def _plain(need: AtLeast) -> _Plain:
    return need.k, [inner if isinstance(inner, str) else _plain(inner) for inner in need.needs]


def _need(plain: _Plain) -> AtLeast:
    k, needs = plain
    return AtLeast(k, tuple([inner if isinstance(inner, str) else _need(inner) for inner in needs]))


def _need_of(rule: Rule) -> Need:
    need = need_of(rule.condition)
    if rule.sources is None or len(rule.sources) > _FEW_SOURCES:
        return need
    return every([need, some(f"=source:{source}" for source in sorted(rule.sources))])
