"""What clauses are: conditions on an item. `monitor.match.operators` lists them all."""

from collections.abc import Iterable
from typing import Protocol

from monitor.match.view import Scope, Text, View
from monitor.model import Span, Verdict


class Clause(Protocol):
    """A condition on an item, or a group of conditions."""

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Return whether it holds for the item within the texts of `scope`, with its evidence."""
        ...


class Wording(Clause, Protocol):
    """A condition on what stands in the texts; its `str` is how verdicts name it."""

    def find(self, text: Text) -> Iterable[Span]:
        """Return the places where it stands in one text; in no order, and they may overlap."""
        ...
