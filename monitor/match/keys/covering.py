"""From what an item must have to the few keys under which a rule stands: its paths.

An item that a rule holds for has all keys of at least one of its paths. Of a conjunction the rarest keys are taken;
of alternatives each has a path of its own; where there are many (the names of a place), they are a group, which rules
share and which is one key to them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from monitor.match.keys.common_words import COMMON
from monitor.match.keys.needs import AtLeast
from monitor.match.keys.paths import Path

MOST_KEYS = 5
"""A path is no longer than this."""

MOST_PATHS = 6
"""More alternatives than this become a group."""

_USUAL = 0.002
_SHORT = 0.005
_SHORT_WORD = 4
_EVERYTHING = {"": 0.02, "lang": 0.6, "kind": 0.9, "source": 0.05, "publisher": 0.1, "section": 0.1, "agency": 0.2}


@dataclass(slots=True)
class Rarity:
    """How rare keys are: the share of documents that may have one, estimated.

    Few words stand in most texts, and those are known; of the others, those that rules ask for often are taken to be
    common, as what is written about and what is watched for go together. A wrong estimate costs time, never a match.
    """

    _asked: dict[str, int] = field(default_factory=dict)
    _told: dict[str, float] = field(default_factory=dict)
    _total: int = 0

    def __len__(self) -> int:
        return len(self._asked)

    def __iter__(self) -> Iterator[str]:
        return iter(self._asked)

    def state(self) -> tuple[object, ...]:
        """Return what makes an equal one, as arguments."""
        return self._asked, self._told, self._total

    def ask(self, key: str) -> bool:
        """Note that one more asks for a key; return whether it is the first."""
        asked = self._asked.get(key, 0)
        self._asked[key] = asked + 1
        self._total += 1
        return not asked

    def forget(self, key: str) -> bool:
        """Note that one less asks for a key; return whether it was the last."""
        self._total -= 1
        self._asked[key] -= 1
        if self._asked[key]:
            return False
        del self._asked[key]
        return True

    def asked(self, key: str) -> int:
        """Return how many ask for a key."""
        return self._asked.get(key, 0)

    def tell(self, key: str, paths: Sequence[Path]) -> None:
        """Note that a key stands for any of these paths."""
        self._told[key] = min(1.0, self.of_paths(paths))

    def untell(self, key: str) -> None:
        """Forget what a key stands for."""
        del self._told[key]

    def of(self, key: str) -> float:
        """Return the share of documents, between 0 and 1, that may have a key; 2 for what only narrows (a phrase)."""
        space = ""
        word = key
        if ":" in key:
            if key[0] == "=":
                return self._told.get(key) or _EVERYTHING.get(key[1:].partition(":")[0], 0.02)
            space, _, word = key.rpartition(":")
        elif key[0] == " ":
            return 2.0
        share = COMMON.get(word) or (_USUAL if len(word) > _SHORT_WORD else _SHORT)
        if asked := self._asked.get(key):
            share = max(share, min(0.5, 100 * asked / (self._total + 100_000)))
        return share / 10 if space and "body" not in space else share

    def of_paths(self, paths: Sequence[Path]) -> float:
        """Return the share of documents that may have all keys of one of these paths."""
        return sum(self.of(path[0]) * (0.3 if len(path) > 1 and path[1][0] != " " else 1) for path in paths)


def paths_of(need: str | AtLeast, rarity: Rarity, group: Callable[[AtLeast], str] | None = None) -> Sequence[Path]:
    """Return the paths of a need; none where it is never met.

    They are few where `group` names a key for a group, else as many as there are alternatives.
    """
    return [_shortest(path, rarity) for path in _paths(need, rarity, group)]


def _paths(need: str | AtLeast, rarity: Rarity, group: Callable[[AtLeast], str] | None) -> Sequence[Path]:
    if isinstance(need, str):
        return [(need,)]
    if need.k > len(need.needs):
        return []
    if need.k == len(need.needs):
        return _joined(need.needs, rarity, group)
    if group and need.k == 1 and len(need.needs) > MOST_PATHS:
        return [(group(need),)]
    each = sorted([_paths(inner, rarity, group) for inner in need.needs], key=rarity.of_paths)
    # Whoever has k of n has one of any n - k + 1.
    return _together([path for paths in each[: len(each) - need.k + 1] for path in paths], group)


def _joined(needs: Sequence[str | AtLeast], rarity: Rarity, group: Callable[[AtLeast], str] | None) -> Sequence[Path]:
    """Return the paths of all of these together, as far as that does not make too many."""
    keys = [need for need in needs if isinstance(need, str)]
    others = [_paths(need, rarity, group) for need in needs if not isinstance(need, str)]
    others.sort(key=rarity.of_paths)
    made: Sequence[Path] = [tuple(keys)] if keys else others.pop(0)
    for paths in others:
        if len(paths) == 1 or len(made) * len(paths) <= MOST_PATHS:
            made = [(*one, *other) for one, other in product(made, paths)]
    return made


def _together(paths: Sequence[Path], group: Callable[[AtLeast], str] | None) -> Sequence[Path]:
    """Return each path once; of too many the group."""
    once = [*dict.fromkeys(paths)]
    if group and len(once) > MOST_PATHS:
        return [(group(AtLeast(1, tuple(path[0] if len(path) == 1 else AtLeast(len(path), path) for path in once))),)]
    return once


def _shortest(path: Path, rarity: Rarity) -> Path:
    """Return the rarest keys of a path, and what narrows it further, in that order."""
    if len(path) == 1:
        return path
    keys = tuple(sorted(dict.fromkeys(path), key=rarity.of))
    if len(keys) <= MOST_KEYS:
        return keys
    phrases = [key for key in keys if key[0] == " "]
    return (*keys[: len(keys) - len(phrases)][:MOST_KEYS], *phrases[:MOST_KEYS])
