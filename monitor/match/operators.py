"""What a clause of a rule can say: one line each in `OPERATORS`.

A clause judges an item within a scope and answers with a verdict. The docstring of its class is its meaning, for
readers of the code, of `monitor rules operators` and of the schema alike. To add an operator: a frozen dataclass with
`judge` (`monitor.match.clause`), a shape of values if none fits (`monitor.match.written.shapes`), and its line here.
Where a query may name it too, it also has a line in `monitor.match.written.query`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from monitor.match.clause import Clause, Wording
from monitor.match.clauses.closeness import Count, Near
from monitor.match.clauses.fields import (
    Age,
    Agency,
    Byline,
    DatelinePlace,
    KindOf,
    Lang,
    Publisher,
    Section,
    Source,
    Tag,
    Url,
)
from monitor.match.clauses.fuzzy import fault_of_fuzzy
from monitor.match.clauses.naming import NAME_MORE, PLACE_MORE, Name, Place, read_name, read_place
from monitor.match.clauses.stories import StoryIs
from monitor.match.clauses.wording import Cased, Fuzzy, Re, Stem
from monitor.match.written.shapes import (
    ADDRESSES,
    AGE,
    AT_LEAST,
    EDITS,
    FLAG,
    KINDS,
    LANGUAGES,
    PATTERN_RE2,
    SIDES,
    STORY,
    TAGS,
    TERMS,
    TEXT,
    TEXTS,
    WILD_TERMS,
    WITHIN,
    WORDINGS,
    Shape,
    chosen_of,
)


@dataclass(frozen=True, slots=True)
class Option:
    """A key that stands beside an operator and belongs to it; `needed`: the operator is nothing without it."""

    shape: Shape
    meaning: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """A line of the table: the clause that a value of this shape makes, and where its meaning is written.

    `make` takes the value as `shape` read it, and each option that is given under its name; ValueError says what is
    wrong with them together. `example` is a condition that says it, options included. `finds`: it looks for words, and
    may stand within `near` and `count`. `expands`: `make` takes `expand` too, by which names become their spellings.
    """

    shape: Shape
    make: Callable[..., Clause]
    meaning: str
    example: Mapping[str, object]
    options: Mapping[str, Option] = field(default_factory=dict)
    finds: bool = False
    expands: bool = False


def _operator(shape: Shape, clause: type[Clause], **example: object) -> Operator:
    return Operator(shape, clause, clause.__doc__ or "", example)


def _wording(shape: Shape, clause: type[Wording], **example: object) -> Operator:
    return Operator(shape, clause, clause.__doc__ or "", example, finds=True)


def _fuzzy(text: str, edits: int = 1) -> Clause:
    if fault := fault_of_fuzzy(text, edits):
        raise ValueError(fault)
    return Fuzzy(text, edits)


def _near(sides: tuple[tuple[Wording, ...], tuple[Wording, ...]], within: int, *, ordered: bool = False) -> Clause:
    return Near(*sides, within, ordered)


def _story(said: Mapping[str, Any]) -> Clause:
    return StoryIs(**said)


def _aged(bounds: Mapping[str, timedelta]) -> Clause:
    return Age(**bounds)


OPERATORS: Mapping[str, Operator] = {
    "cased": _wording(TEXT, Cased, cased="WHO"),
    "stem": _wording(TEXT, Stem, stem="bezoeken"),
    "fuzzy": Operator(
        TEXT,
        _fuzzy,
        Fuzzy.__doc__ or "",
        {"fuzzy": "Jinping", "edits": 1},
        {"edits": Option(EDITS, "How many letters may be wrong, 1 or 2; 1 if nothing is said.")},
        finds=True,
    ),
    "re": _wording(PATTERN_RE2, Re, re=r"(?i)\bF-?35s?\b"),
    "near": Operator(
        SIDES,
        _near,
        Near.__doc__ or "",
        {"near": ["Xi", ["Moskou", "Kremlin"]], "within": 8, "ordered": True},
        {
            "within": Option(WITHIN, "At most so many words from the one to the other; 1: neighbours.", needed=True),
            "ordered": Option(FLAG, "Whether the first must stand before the second; not, if nothing is said."),
        },
    ),
    "count": Operator(
        WORDINGS,
        Count,
        Count.__doc__ or "",
        {"count": "Xi", "at_least": 3},
        {"at_least": Option(AT_LEAST, "How often it must stand there.", needed=True)},
    ),
    "place": Operator(
        TERMS,
        read_place,
        Place.__doc__ or "",
        {"place": "Georgië", "country": "GE", "with": ["capital", "demonym"]},
        {
            "country": Option(TEXT, "The country that the place is in, by its code or one of its names."),
            "with": Option(chosen_of(PLACE_MORE), f"What counts too, of a country: {', '.join(PLACE_MORE)}."),
        },
        finds=True,
        expands=True,
    ),
    "name": Operator(
        TERMS,
        read_name,
        Name.__doc__ or "",
        {"name": "Xi Jinping", "with": "surname"},
        {"with": Option(chosen_of(NAME_MORE), "`surname`: the surname alone counts, whoever it may be.")},
        finds=True,
        expands=True,
    ),
    "dateline.place": _operator(TERMS, DatelinePlace, **{"dateline.place": ["Kyiv", "Odesa"]}),
    "agency": _operator(TERMS, Agency, agency="RTR"),
    "source": _operator(TEXTS, Source, source="nos"),
    "publisher": _operator(TEXTS, Publisher, publisher=["NOS", "VRT"]),
    "lang": _operator(LANGUAGES, Lang, lang="nl"),
    "section": _operator(TEXTS, Section, section="Buitenland"),
    "byline": _operator(WILD_TERMS, Byline, byline="Noor Smit"),
    "url": _operator(ADDRESSES, Url, url=["nos.nl/artikel", "*.gov/press/*"]),
    "tag": _operator(TAGS, Tag, tag=["China", "sanctie*"]),
    "kind": _operator(KINDS, KindOf, kind=["correction", "withdrawn"]),
    "age": Operator(AGE, _aged, Age.__doc__ or "", {"age": {"max": "6h"}}),
    "story": Operator(STORY, _story, StoryIs.__doc__ or "", {"story": {"agencies": ">=2", "within": "2h"}}),
}
"""Every operator that makes a clause by itself; `written.tree` reads the groups, `same`, `list` and `query`."""

OWNERS: Mapping[str, tuple[str, ...]] = {
    option: tuple(key for key, operator in OPERATORS.items() if option in operator.options)
    for options in (operator.options for operator in OPERATORS.values())
    for option in options
}
"""Every option, and the operators that it may stand beside."""
