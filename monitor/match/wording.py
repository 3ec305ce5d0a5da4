"""Clauses over the wording of an item: what stands in its texts. Every place where it stands is evidence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitor.match.places import names_of
from monitor.match.terms import find_term, find_terms
from monitor.match.view import Scope, Text, View
from monitor.model import Span, Verdict
from monitor.text.fold import fold


@dataclass(frozen=True, slots=True)
class Term:
    """A whole word, or a phrase where there is a space; case and accents do not matter.

    A possessive or hyphenated part counts (`Xi's`, `Xi-bezoek`), a part of a word does not (`Axios`). In scripts
    without spaces (习近平) it is a substring, in Korean the beginning of a word.
    """

    text: str

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the term stands at least once."""
        return _found(self.text, view, scope, lambda text: find_term(text, self.text))


@dataclass(frozen=True, slots=True)
class Cased:
    """A word or phrase, letter for letter; in a headline or dateline of capitals only, as if uncased."""

    text: str

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the term stands at least once in this case."""
        return _found(f"cased: {self.text}", view, scope, lambda text: find_term(text, self.text, cased=True))


@dataclass(frozen=True, slots=True)
class Listed:
    """Any form in the list of that name."""

    name: str
    forms: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where any form stands."""
        return _found(
            f"list: {self.name}",
            view,
            scope,
            lambda text: _longest(find_terms(text, self.forms)),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """The place, in the dateline or the text, under any of its names (Moskou, Moscow, Moscou, Москва …).

    The name as the rule writes it counts in any case, its other names only with a capital, so that the town of Nice
    is not found in a nice day; in scripts without case, as they stand.
    """

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where any name of any of the places stands."""
        return _found(
            f"place: {', '.join(self.names)}",
            view,
            scope,
            lambda text: _longest(_place_spans(text, self.names)),
        )


def _found(clause: str, view: View, scope: Scope, find: Callable[[Text], Iterable[Span]]) -> Verdict:
    spans = tuple(span for text in view.within(scope) for span in find(text))
    return Verdict(clause, bool(spans), spans)


def _place_spans(text: Text, names: tuple[str, ...]) -> Iterator[Span]:
    yield from find_terms(text, names)
    yield from (span for span in find_terms(text, _other_names(names)) if not span.text.islower())


@lru_cache(maxsize=4096)
def _other_names(places: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of places besides those given, one of each folded form."""
    others = {fold(name): name for place in places for name in names_of(place)}
    return tuple(name for folded, name in others.items() if folded not in map(fold, places))


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Return the spans of one text in order, without those that lie within another (New York in New York City)."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept
