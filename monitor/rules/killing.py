"""Which clauses of a rule no test can kill: the rule could say otherwise there, and every case would come out the same.

Each clause is removed, negated, loosened (`cased` to any case, `near` to anywhere) and looked for everywhere instead of
in its `in:`, one change at a time; mutation testing, as DeMillo, Lipton and Sayward have it (Hints on Test Data
Selection, 1978). Cases are judged once; a changed clause only makes the groups around it count anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from monitor.match.clause import Clause
from monitor.match.clauses.closeness import Count, Near, Same
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.clauses.wording import Cased, Fuzzy, Term
from monitor.match.rule import Rule
from monitor.match.view import SCOPES, USUAL_SCOPE, View
from monitor.rules.clauses import Placed, Position, field_names, inner, parts, with_parts, words_of
from monitor.rules.judging import Change, Judged, holds_with, judge

MOST = 1_000
"""Changes that are tried of one rule; of a longer one the first."""

_EVERYWHERE = frozenset(SCOPES)
_GROUPS = (All, Any, Without, Min)
_SEVERAL = {"names", "left", "right", "terms"}
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to a rule: at which place, what stands there, in words what becomes of it."""

    path: str
    words: str
    told: str
    position: Position
    change: Change


@dataclass(frozen=True, slots=True)
class Case:
    """The items of a case, and whether one of them must match."""

    views: Sequence[View]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Survivors:
    """The changes that no case notices, one a clause, of so many that were `tried`; `left` were too many to try."""

    survivors: tuple[Mutant, ...]
    tried: int
    left: int


def survivors(rule: Rule, cases: Sequence[Case], most: int = MOST) -> Survivors:
    """Return the changes to a rule, whose cases all pass, that no case notices."""
    changes = mutants(rule.condition)
    tried = list(islice(changes, most))
    heard = [(case.wanted, [view for view in case.views if _hears(rule, view)]) for case in cases]
    judged = [(wanted, [(view, judge(rule, view)) for view in views]) for wanted, views in heard]
    alive: dict[tuple[Position, str], Mutant] = {}
    for mutant in tried:
        place = mutant.position, mutant.path
        if place not in alive and all(_passes(mutant, views, wanted) for wanted, views in judged):
            alive[place] = mutant
    return Survivors(tuple(alive.values()), len(tried), sum(1 for _ in changes))


def mutants(condition: Clause) -> Iterator[Mutant]:
    """Yield every change to a condition that is tried, from the outside in."""
    return _mutants(Placed(condition, (), "", USUAL_SCOPE), removable=False)


def _hears(rule: Rule, view: View) -> bool:
    return rule.sources is None or view.item.source in rule.sources


def _passes(mutant: Mutant, views: Sequence[tuple[View, Judged]], wanted: bool) -> bool:
    return any(holds_with(judged, mutant.position, mutant.change, view) for view, judged in views) == wanted


def _mutants(placed: Placed, *, removable: bool) -> Iterator[Mutant]:
    clause = placed.clause
    words = words_of(clause)
    for told, change in _changes(placed, removable=removable):
        yield Mutant(placed.path, words, told, placed.position, change)
    if isinstance(clause, Same):
        yield from _within_same(clause, placed)
    elif isinstance(clause, (*_GROUPS, In)):
        for part in inner(placed):
            yield from _mutants(part, removable=isinstance(clause, _GROUPS) and len(parts(clause)) > 1)


def _changes(placed: Placed, *, removable: bool) -> Iterator[tuple[str, Change]]:
    """Yield what becomes of a clause itself, in words and as a change."""
    clause = placed.clause
    if removable:
        yield "left out", "removed"
    if isinstance(clause, In):
        if clause.scope != _EVERYWHERE:
            yield "looked for everywhere", In(_EVERYWHERE, clause.clause)
    elif placed.position or not isinstance(clause, _GROUPS):
        yield "the other way round", "negated"
    yield from _loosened(clause)


def _within_same(clause: Same, placed: Placed) -> Iterator[Mutant]:
    """Yield the changes to what is judged in one sentence: each is one of the whole."""
    for mutant in _mutants(Placed(clause.clause, (), placed.path, placed.scope), removable=False):
        made = changed(clause.clause, mutant.position, mutant.change)
        yield replace(mutant, position=placed.position, change=Same(clause.unit, made))


def _loosened(clause: Clause) -> Iterator[tuple[str, Clause]]:
    """Yield a clause with one of its demands less."""
    match clause:
        case Min(k, clauses) if k > 1:
            yield f"{k - 1} of them enough", Min(k - 1, clauses)
        case Cased(text):
            yield "in any case", Term(text)
        case Same(_, one):
            yield "not in one", one
        case Near(left, right, _, ordered):
            yield "however far apart", All((Any(left), Any(right)))
            if ordered:
                yield "in any order", replace(clause, ordered=False)
        case Count(_, at_least) if at_least > 1:
            yield f"{at_least - 1} times enough", replace(clause, at_least=at_least - 1)
        case Fuzzy(text):
            yield "letter for letter", Term(text)
    yield from _with_less(clause)


def _with_less(clause: Clause) -> Iterator[tuple[str, Clause]]:
    """Yield a clause with one of the several values less that it names, or one of the several words."""
    several = {name: getattr(clause, name) for name in field_names(type(clause)) if name in _SEVERAL}
    for name, values in several.items() if not isinstance(clause, _GROUPS) else ():
        # What each name stands for is kept beside it.
        beside = getattr(clause, "expansions", ()) if name == "names" else ()
        for at, value in enumerate(values if len(values) > 1 else ()):
            less = {name: _without(values, at), **({"expansions": _without(beside, at)} if beside else {})}
            said = value if isinstance(value, str) else words_of(value)
            yield f"without {said}", replace(clause, **less)  # type: ignore[type-var]  # a dataclass, as all clauses


def _without(values: tuple[_Value, ...], at: int) -> tuple[_Value, ...]:
    return (*values[:at], *values[at + 1 :])


def changed(clause: Clause, position: Position, change: Change) -> Clause:
    """Return a tree with one clause of it changed."""
    if not position:
        return change if not isinstance(change, str) else Without((clause,))
    at, *rest = position
    made = list(parts(clause))
    if not rest and change == "removed":
        del made[at]
    else:
        made[at] = changed(made[at], tuple(rest), change)
    return with_parts(clause, made)
