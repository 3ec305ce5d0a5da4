"""What a clause of a rule can say: one frozen dataclass an operator, one line each in `OPERATORS`.

The docstring of each class is its meaning, for readers of the code and of the documentation alike. A clause judges an
item within a scope and answers with a verdict; an unknown value makes a clause false. To add an operator: a class with
`judge`, and its line in the table with the shape of its value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Protocol, get_args

from monitor.match.places import names_of
from monitor.match.terms import find_term, has_words
from monitor.match.view import Scope, Text, View
from monitor.model import Kind, Span, Verdict, When
from monitor.text.agencies import same_agency
from monitor.text.durations import PATTERN, read_duration, write_duration
from monitor.text.fold import fold


class Clause(Protocol):
    """A condition on an item, or a group of conditions."""

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Return whether it holds for the item within the texts of `scope`, with its evidence."""
        ...


def _found(clause: str, spans: Iterable[Span]) -> Verdict:
    evidence = tuple(spans)
    return Verdict(clause, bool(evidence), evidence)


@dataclass(frozen=True, slots=True)
class Term:
    """A whole word, or a phrase where there is a space; case and accents do not matter.

    A possessive or hyphenated part counts (`Xi's`, `Xi-bezoek`), a part of a word does not (`Axios`). In scripts
    without spaces (习近平) it is a substring.
    """

    text: str

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the term stands at least once; every place is evidence."""
        return _found(self.text, (span for text in view.within(scope) for span in find_term(text, self.text)))


@dataclass(frozen=True, slots=True)
class Cased:
    """A word or phrase, letter for letter; in a headline or dateline of capitals only, as if uncased."""

    text: str

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the term stands at least once in this case."""
        found = (span for text in view.within(scope) for span in find_term(text, self.text, cased=True))
        return _found(f"cased: {self.text}", found)


@dataclass(frozen=True, slots=True)
class Listed:
    """Any form in the list of that name."""

    name: str
    forms: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where any form stands."""
        found = (span for text in view.within(scope) for form in self.forms for span in find_term(text, form))
        return _found(f"list: {self.name}", _longest(found))


@dataclass(frozen=True, slots=True)
class Place:
    """The place, in the dateline or the text, under any of its names (Moskou, Moscow, Moscou, Москва …).

    The name as the rule writes it counts in any case, its other names only with a capital, so that the town of Nice
    is not found in a nice day; in scripts without case, as they stand.
    """

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where any name of any of the places stands."""
        found = (span for text in view.within(scope) for name in self.names for span in _place_spans(text, name))
        return _found(_field("place", self.names), _longest(found))


@dataclass(frozen=True, slots=True)
class DatelinePlace:
    """The dateline names one of these places, under any of its names."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where a place of the dateline has a name of one of these."""
        wanted = {fold(alias) for name in self.names for alias in (name, *names_of(name))}
        dateline = view.item.dateline
        named = [place for place in dateline.places if fold(place) in wanted] if dateline else []
        return _in_dateline("dateline.place", self.names, view, named)


@dataclass(frozen=True, slots=True)
class Agency:
    """The dateline names one of these agencies, by code or by name (RTR, Reuters)."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where an agency of the dateline is one of these."""
        wanted = {same_agency(name) for name in self.names}
        dateline = view.item.dateline
        named = [agency for agency in dateline.agencies if same_agency(agency) in wanted] if dateline else []
        return _in_dateline("agency", self.names, view, named)


@dataclass(frozen=True, slots=True)
class Source:
    """The item came from one of these sources (ids)."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the source's id is one of these."""
        return Verdict(_field("source", self.names), view.item.source in self.names)


@dataclass(frozen=True, slots=True)
class Lang:
    """The item is in one of these languages; `nl` holds for `nl-BE` too (RFC 4647, basic filtering)."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the item's language is one of these or a variety of one."""
        said = f"{view.item.language or ''}-".casefold()
        return Verdict(_field("lang", self.names), any(said.startswith(f"{name}-".casefold()) for name in self.names))


@dataclass(frozen=True, slots=True)
class Section:
    """The item stands in one of these sections; case and accents do not matter."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the section is one of these, as a whole."""
        section = view.item.section
        holds = section is not None and fold(section) in {fold(name) for name in self.names}
        return Verdict(_field("section", self.names), holds)


@dataclass(frozen=True, slots=True)
class KindOf:
    """The item is of one of these kinds: new, update, correction, withdrawn."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the kind is one of these."""
        return Verdict(_field("kind", self.names), view.item.kind in self.names)


@dataclass(frozen=True, slots=True)
class Age:
    """How long before now the item was published, at most `max` and at least `min`.

    A bare day, month or year counts only where every moment of it would do. Unknown or yet to come: false for `min`;
    a date yet to come is no older than any `max`.
    """

    max: timedelta | None = None
    min: timedelta | None = None

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the age is known and within both bounds."""
        bounds = {"max": self.max, "min": self.min}
        clause = ", ".join(f"{name}: {write_duration(bound)}" for name, bound in bounds.items() if bound is not None)
        if view.item.published is None:
            return Verdict(f"age: {clause}", holds=False)
        first, last = _bounds(view.item.published)
        young = self.max is None or view.now - first <= self.max
        return Verdict(f"age: {clause}", young and (self.min is None or view.now - last >= self.min))


def _field(key: str, names: Sequence[str]) -> str:
    return f"{key}: {', '.join(names)}"


def _in_dateline(key: str, names: Sequence[str], view: View, named: Sequence[str]) -> Verdict:
    """Return the verdict on a clause over the dateline, with the `named` parts of its text as evidence."""
    texts = [text for text in view.texts if text.name == "dateline"]
    starts = ((text, name, text.text.find(name)) for text in texts for name in named)
    spans = tuple(text.span(start, start + len(name)) for text, name, start in starts if start >= 0)
    return Verdict(_field(key, names), bool(named), spans)


@lru_cache(maxsize=4096)
def _other_names(place: str) -> tuple[str, ...]:
    """Return the names of a place besides `place` itself, one of each folded form."""
    return tuple({fold(name): name for name in names_of(place) if fold(name) != fold(place)}.values())


def _place_spans(text: Text, place: str) -> Iterable[Span]:
    yield from find_term(text, place)
    for name in _other_names(place):
        yield from (span for span in find_term(text, name) if not span.text[0].islower())


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, without those that lie within another (New York in New York City)."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.field, span.start, -span.end)):
        if not kept or kept[-1].field != span.field or span.end > kept[-1].end:
            kept.append(span)
    return kept


def _bounds(when: When) -> tuple[datetime, datetime]:
    """Return the first moment of `when` and the last."""
    if isinstance(when, datetime):
        return when, when
    year, month, day = (*map(int, when.split("-")), None, None)[:3]
    first = datetime(year, month or 1, day or 1, tzinfo=UTC)  # type: ignore[arg-type]  # the first of three is a year
    if day:
        return first, first + timedelta(days=1)
    if month:
        return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first, first.replace(year=first.year + 1)


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of an operator's value: how it is read (ValueError says the mend), and its JSON Schema."""

    read: Callable[[object], object]
    schema: Mapping[str, object]


def _text(value: object) -> str:
    if not isinstance(value, str) or not has_words(value):
        msg = "wants a word or phrase, with at least one letter or digit"
        raise ValueError(msg)
    return value


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(text, str) and text.strip() for text in values):
        msg = "wants a value or a list of values"
        raise ValueError(msg)
    return tuple(values)


def _kinds(value: object) -> tuple[str, ...]:
    kinds = _texts(value)
    if unknown := [kind for kind in kinds if kind not in get_args(Kind)]:
        msg = f"unknown kind {', '.join(unknown)}; there are {', '.join(get_args(Kind))}"
        raise ValueError(msg)
    return kinds


def _age(value: object) -> Mapping[str, timedelta]:
    if not isinstance(value, dict) or not value or not value.keys() <= {"max", "min"}:
        msg = "wants {max: 6h}, {min: 1h} or both"
        raise ValueError(msg)
    return {bound: read_duration(str(written)) for bound, written in value.items()}


TEXT = Shape(_text, {"type": ["string", "number", "boolean"]})
TEXTS = Shape(_texts, {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]})
KINDS = Shape(_kinds, {"anyOf": [{"enum": [*get_args(Kind)]}, {"type": "array", "items": {"enum": [*get_args(Kind)]}}]})
AGE = Shape(
    _age,
    {
        "type": "object",
        "properties": {"max": {"type": "string", "pattern": PATTERN}, "min": {"type": "string", "pattern": PATTERN}},
        "additionalProperties": False,
        "minProperties": 1,
    },
)


@dataclass(frozen=True, slots=True)
class Operator:
    """A line of the table: the clause that a value of this shape makes, and where its meaning is written."""

    shape: Shape
    make: Callable[..., Clause]
    meaning: str


def _operator(shape: Shape, clause: type[Clause]) -> Operator:
    return Operator(shape, clause, clause.__doc__ or "")


def _aged(bounds: Mapping[str, timedelta]) -> Clause:
    return Age(**bounds)


OPERATORS: Mapping[str, Operator] = {
    "cased": _operator(TEXT, Cased),
    "place": _operator(TEXTS, Place),
    "dateline.place": _operator(TEXTS, DatelinePlace),
    "agency": _operator(TEXTS, Agency),
    "source": _operator(TEXTS, Source),
    "lang": _operator(TEXTS, Lang),
    "section": _operator(TEXTS, Section),
    "kind": _operator(KINDS, KindOf),
    "age": Operator(AGE, _aged, Age.__doc__ or ""),
}
"""Every operator that stands alone; `monitor.match.tree` reads the groups, `list` and `query`."""
