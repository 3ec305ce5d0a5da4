"""What is published in a run, and what a plain reading of it says is owed. Pure, and the same for the same seed.

Half of the feeds want everything (`backfill: all`); of the others, what is there from the beginning is no news.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

from monitor.demo.newswire import Copy, reports

REVISED = 0.12
"""Share of items whose text changes after they are published; each change only adds to what matches."""

AT_ONCE = 0.2
"""Share of items that a feed has from the beginning."""

RULES: Mapping[str, str] = {
    "xi-moskou": "all: [Xi, {place: Moskou}]",
    "akkoord": "any: [akkoord, staking, brand, Storm]",
    "miljarden": "all: [miljard euro]",
    "aangevuld": "all: [naschrift]",
}
"""The rules of the run, in the rule language."""

_SAYS = {
    "xi-moskou": [r"(?<!\w)xi(?!\w)", r"(?<!\w)(moskou|moscow|moskau)(?!\w)"],
    "akkoord": [r"(?<!\w)(akkoord|staking|brand|storm)(?!\w)"],
    "miljarden": [r"(?<!\w)miljard euro(?!\w)"],
    "aangevuld": [r"(?<!\w)naschrift(?!\w)"],
}
"""The same in plain regular expressions, all of which must be found."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A revision of an item: it appears so many seconds after its feed has begun."""

    pid: str
    feed: int
    after: float
    revision: int
    guid: str
    headline: str
    blocks: tuple[str, ...]

    @property
    def link(self) -> str:
        """Return where its page would be."""
        return f"http://uitgever{self.feed}.example/artikel/{self.guid}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A run: so many healthy feeds, those that are hostile after them, and what the healthy ones publish."""

    feeds: int
    hostile: int
    pieces: tuple[Piece, ...]

    def everything(self, feed: int) -> bool:
        """Tell whether a feed's first answer is news too."""
        return feed % 2 == 0


def make_plan(seed: int, *, feeds: int, items: int, seconds: float, hostile: int = 0) -> Plan:
    """Return the plan of a run that publishes for so many seconds; `hostile` of the feeds publish nothing."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    healthy = feeds - hostile
    pieces: list[Piece] = []
    for number, copy in enumerate(islice(reports(chance), items)):
        first = _piece(chance, number, copy, number % healthy, seconds)
        pieces.append(first)
        if chance.random() < REVISED:
            text = (*first.blocks, f"Naschrift: {chance.choice(['de naam', 'het bedrag', 'de plaats'])} is verbeterd.")
            later = first.after + chance.uniform(2, max(seconds / 2, 2.5))
            pieces.append(replace(first, revision=1, blocks=text, after=later))
    return Plan(healthy, hostile, tuple(sorted(pieces, key=lambda piece: piece.after)))


def _piece(chance: Random, number: int, copy: Copy, feed: int, seconds: float) -> Piece:
    pid = f"q{number:05d}z"
    text = (copy.dateline + copy.paragraphs[0], *copy.paragraphs[1:], f"Dit is bericht {pid} van de proef.")
    after = 0.0 if chance.random() < AT_ONCE else chance.uniform(0.5, seconds)
    guid = f"{chance.getrandbits(64):016x}"
    return Piece(pid, feed, after, 0, guid, f"{copy.headline} [{pid}]", text)


def rules_of(piece: Piece) -> frozenset[str]:
    """Return the rules that a piece matches, as a plain reader sees it."""
    text = "\n".join([piece.headline, *piece.blocks]).casefold()
    return frozenset(rule for rule, wanted in _SAYS.items() if all(re.search(each, text) for each in wanted))


def by_pid(pieces: Sequence[Piece]) -> Mapping[str, Sequence[Piece]]:
    """Return the revisions of each item, in their order."""
    found: dict[str, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda piece: piece.revision):
        found[piece.pid].append(piece)
    return found
