"""Groups: clauses made of clauses. Their evidence is that of the clauses that held.

All clauses are judged, also where the first decides, so that the verdict explains the whole rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.match.clause import Clause
from monitor.match.view import SCOPES, Scope, View
from monitor.model import Verdict


@dataclass(frozen=True, slots=True)
class All:
    """Every condition holds."""

    clauses: tuple[Clause, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where all do."""
        verdicts = _verdicts(self.clauses, view, scope)
        return _group("all", verdicts, holds=all(verdict.holds for verdict in verdicts))


@dataclass(frozen=True, slots=True)
class Any:
    """At least one condition holds."""

    clauses: tuple[Clause, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where one does; all that do are evidence."""
        verdicts = _verdicts(self.clauses, view, scope)
        return _group("any", verdicts, holds=any(verdict.holds for verdict in verdicts))


@dataclass(frozen=True, slots=True)
class Without:
    """No condition holds; so one about a value that is not known does not stand in its way."""

    clauses: tuple[Clause, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where none does; what was found is in the verdicts within, and no evidence for this one."""
        verdicts = _verdicts(self.clauses, view, scope)
        return Verdict("none", not any(verdict.holds for verdict in verdicts), (), verdicts)


@dataclass(frozen=True, slots=True)
class Min:
    """At least `k` of the conditions hold."""

    k: int
    clauses: tuple[Clause, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where `k` do; all that do are evidence."""
        verdicts = _verdicts(self.clauses, view, scope)
        held = sum(verdict.holds for verdict in verdicts)
        return _group(f"min {self.k} of {len(verdicts)}", verdicts, holds=held >= self.k)


@dataclass(frozen=True, slots=True)
class In:
    """The conditions beside it look only into these parts of the article, whichever `in` stands around."""

    scope: Scope
    clause: Clause

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the clause does within the own scope."""
        verdict = self.clause.judge(view, self.scope)
        named = ", ".join(name for name in SCOPES if name in self.scope)
        return Verdict(f"in: {named}", verdict.holds, verdict.spans, (verdict,))


def _verdicts(clauses: Sequence[Clause], view: View, scope: Scope) -> tuple[Verdict, ...]:
    return tuple(clause.judge(view, scope) for clause in clauses)


def _group(clause: str, verdicts: Sequence[Verdict], *, holds: bool) -> Verdict:
    found = (span for verdict in verdicts for span in verdict.spans)  # What does not hold has none.
    return Verdict(clause, holds, tuple(dict.fromkeys(found)) if holds else (), verdicts)
