"""How well names are found: `python -m tests.match.spelling.names` prints recall and precision beside exact strings.

Two hundred people, organisations and places, collected by hand (`tests/data/entities`), each with mentions in several
languages and with others that look alike; half, by the hash of their name, are for tuning. Eighty more, `fresh`,
were collected by somebody who had seen neither these nor the rules. Each name is looked for in its own sentences, in
those of its likes, and in the framed ones of everybody else of its part. NAMES.md tells how far to trust the figures.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from monitor.match.clause import Clause
from monitor.match.clauses.wording import Term
from monitor.match.view import USUAL_SCOPE, View
from monitor.match.written.tree import Reader
from monitor.model import Item, Paragraph

ENTITIES = Path(__file__).parents[2] / "data" / "entities"
NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entity:
    """A name to look for: what a rule says, sentences with it, and sentences with others like it.

    `framed` are those mentions that are a name in a frame, and so name nobody else.
    """

    kind: str
    rule: Mapping[str, object]
    mentions: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    framed: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The name as the rule has it."""
        return str(self.rule.get("name") or self.rule["place"])

    def clause(self) -> Clause:
        """Return the clause of the rule."""
        reader = Reader()
        clause = reader.condition(self.rule)
        if clause is None:
            raise ValueError(reader.faults)
        return clause


@dataclass(slots=True)
class Score:
    """What was found and what was not."""

    found: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        """The share of mentions that was found."""
        return self.found / ((self.found + self.missed) or 1)

    @property
    def precision(self) -> float:
        """The share of what was found that is a mention."""
        return self.found / ((self.found + self.wrong) or 1)


@cache
def entities(half: str) -> tuple[Entity, ...]:
    """Return those of one half, `tuning` or `test`, or the `fresh` ones."""
    if half == "fresh":
        return tuple(map(_read, (ENTITIES / "fresh.jsonl").read_text(encoding="utf-8").splitlines()))
    lines = (ENTITIES / "entities.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_read(line) for line in lines if _half(line) == half)


def _half(line: str) -> str:
    rule = json.dumps(json.loads(line)["rule"], sort_keys=True)
    return "tuning" if hashlib.sha256(rule.encode()).digest()[0] % 2 else "test"


def _read(line: str) -> Entity:
    entity = json.loads(line)
    frames = json.loads((ENTITIES / "frames.json").read_text(encoding="utf-8"))
    framed = frames["place" if entity["kind"] == "place" else "who"]
    said = {key: tuple(_sentence(framed, tag, name) for tag, name in entity[key]) for key in ("mentions", "others")}
    framed_only = [one for one, (tag, _) in zip(said["mentions"], entity["mentions"], strict=True) if tag[-1] != "!"]
    return Entity(entity["kind"], entity["rule"], framed=tuple(framed_only), **said)


def _sentence(frames: Mapping[str, Sequence[str]], tag: str, name: str) -> tuple[str, str]:
    """Return a language, and a sentence in it with a name; `!` marks what is a sentence already."""
    if tag.endswith("!"):
        return tag[:2], name
    frame = frames[tag][hashlib.sha256(f"{tag}{name}".encode()).digest()[0] % len(frames[tag])]
    sentence = frame.replace("{}", name)
    return tag[:2], sentence[0].upper() + sentence[1:]


def score(half: str, kind: str = "", *, exact: bool = False, told: bool = False) -> Score:
    """Return how well the names of one half are found; `told`: say what went wrong."""
    total, all_of_it = Score(), entities(half)
    for entity in all_of_it:
        if kind in {"", entity.kind}:
            clause = Term(entity.name) if exact else entity.clause()
            likes = [*entity.others, *_strangers(entity, all_of_it)]
            missed = [said for said in entity.mentions if not found_in(clause, said)]
            wrong = [said for said in likes if found_in(clause, said)]
            total.found += len(entity.mentions) - len(missed)
            total.missed += len(missed)
            total.wrong += len(wrong)
            if told:
                _tell(entity, missed, wrong)
    return total


def _strangers(entity: Entity, everybody: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    """Yield the sentences of everybody else that name nobody besides, but for those that are about this one too."""
    own = {*entity.mentions, *entity.others}
    for other in everybody:
        if other is not entity and not _overlap(entity, other):
            yield from (said for said in other.framed if said not in own)


def _overlap(one: Entity, other: Entity) -> bool:
    """Tell whether two are about the same: a country and one asked for with its towns."""
    return one.name == other.name or "with" in one.rule or "with" in other.rule


@cache
def _view(said: tuple[str, str]) -> View:
    return View(Item(id="a", body=(Paragraph(said[1]),), language=said[0]), NOW)


def found_in(clause: Clause, said: tuple[str, str]) -> bool:
    """Tell whether a clause holds for a sentence in its language."""
    return clause.judge(_view(said), USUAL_SCOPE).holds


def _tell(entity: Entity, missed: Sequence[tuple[str, str]], wrong: Sequence[tuple[str, str]]) -> None:
    for word, sentences in (("missed", missed), ("wrong", wrong)):
        for language, sentence in sentences:
            sys.stdout.write(f"{word}\t{entity.name}\t{language}\t{sentence}\n")


def main() -> None:
    """Print the scores of all parts; with `--tuning`, what goes wrong in the one that may be looked into."""
    told = "--tuning" in sys.argv
    for half in ("tuning",) if told else ("tuning", "test", "fresh"):
        for kind in ("person", "organisation", "place", ""):
            ours, theirs = score(half, kind, told=told and not kind), score(half, kind, exact=True)
            count = sum(kind in {"", entity.kind} for entity in entities(half))
            sys.stdout.write(
                f"{half:7} {kind or 'all':12} {count:4}  recall {ours.recall:.3f}  precision {ours.precision:.3f}"
                f"  exact strings: recall {theirs.recall:.3f}  precision {theirs.precision:.3f}\n"
            )


if __name__ == "__main__":
    main()
