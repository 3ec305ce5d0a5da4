"""What a clause of a rule can say: one line each in `OPERATORS`.

A clause judges an item within a scope and answers with a verdict. The docstring of its class is its meaning, for
readers of the code and of the documentation alike. To add an operator: a frozen dataclass with `judge`
(`monitor.match.wording`, `monitor.match.fields`), a shape of values if none fits (`monitor.match.shapes`), and its line
here. Where a query may name it too, it also has a line in `monitor.match.query`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from monitor.match.fields import Age, Agency, DatelinePlace, KindOf, Lang, Section, Source
from monitor.match.shapes import AGE, KINDS, LANGUAGES, TERMS, TEXT, TEXTS, Shape
from monitor.match.view import Scope, View
from monitor.match.wording import Cased, Place
from monitor.model import Verdict


class Clause(Protocol):
    """A condition on an item, or a group of conditions."""

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Return whether it holds for the item within the texts of `scope`, with its evidence."""
        ...


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
    "place": _operator(TERMS, Place),
    "dateline.place": _operator(TERMS, DatelinePlace),
    "agency": _operator(TERMS, Agency),
    "source": _operator(TEXTS, Source),
    "lang": _operator(LANGUAGES, Lang),
    "section": _operator(TEXTS, Section),
    "kind": _operator(KINDS, KindOf),
    "age": Operator(AGE, _aged, Age.__doc__ or ""),
}
"""Every operator that stands alone; `monitor.match.tree` reads the groups, `list` and `query`."""

NOT_YET = (
    *("stem", "fuzzy", "edits", "re", "near", "within", "ordered", "same", "count", "at_least"),
    *("publisher", "byline", "url", "tag", "story"),
)
"""Keys of the rule language that are refused for now, as what they are."""
