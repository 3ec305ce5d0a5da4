"""The tree of a rule, taken apart: what stands within what, in which scope, and how people find the place.

A position is the indexes of the parts that lead from the whole condition to a clause. Nodes are taken apart by their
fields, so that a new operator needs no line here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from monitor.match.clause import Clause
from monitor.match.clauses.closeness import Same
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.operators import OWNERS
from monitor.match.view import USUAL_SCOPE, Scope, View
from monitor.match.written.tree import KEYS
from monitor.model import Item

Position = tuple[int, ...]
Path = tuple[str | int, ...]

_LONGEST = 100
_CLAUSES = re.compile(r"\b(Clause|Wording)\b")
_NOTHING = View(Item(id=""), datetime(2000, 1, 1, tzinfo=UTC))
"""What a clause is asked of for its words alone."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A clause of a rule: where in the tree it stands, how people call that place, what scope stands around it."""

    clause: Clause
    position: Position
    path: str
    scope: Scope


def parts(clause: Clause) -> tuple[Clause, ...]:
    """Return the clauses of which a clause is made, in the order of its fields; none of a leaf."""
    made: tuple[Clause, ...] = ()
    for name in _holding(type(clause)):
        value = getattr(clause, name)
        made += value if isinstance(value, tuple) else (value,)
    return made


def with_parts(clause: Clause, made: Sequence[Clause]) -> Clause:
    """Return a clause with other parts, as many or, in a group, fewer."""
    match clause:
        case All() | Any() | Without():
            return replace(clause, clauses=tuple(made))
        case Min(k, _):
            return replace(clause, k=min(k, len(made)), clauses=tuple(made))
    left = list(made)
    changed: dict[str, object] = {}
    for name in _holding(type(clause)):
        value = getattr(clause, name)
        count = len(value) if isinstance(value, tuple) else 1
        taken, left = left[:count], left[count:]
        changed[name] = tuple(taken) if isinstance(value, tuple) else taken[0]
    return replace(clause, **changed)  # type: ignore[type-var]  # what has fields is a dataclass


def within(clause: Clause, scope: Scope = USUAL_SCOPE) -> Iterator[Placed]:
    """Yield a clause and all clauses within it, from the outside in, each in the order of its rule."""
    yield from _within(Placed(clause, (), "", scope))


def inner(placed: Placed) -> list[Placed]:
    """Return what stands directly within a clause."""
    clause = placed.clause
    scope = clause.scope if isinstance(clause, In) else placed.scope
    return [
        Placed(part, (*placed.position, at), ".".join(filter(None, (placed.path, step))), scope)
        for at, (part, step) in enumerate(zip(parts(clause), _steps(clause), strict=True))
    ]


def key_of(clause: Clause) -> str:
    """Return the key under which a clause is written, as its verdict begins."""
    match clause:
        case All():
            return "all"
        case Any():
            return "any"
        case Without():
            return "none"
        case Min():
            return "min"
        case In():
            return "in"
    return type(clause).__name__.lower()


def words_of(clause: Clause) -> str:
    """Return how a clause is called in one short line: a group with what it is made of."""
    match clause:
        case All(clauses) | Any(clauses) | Without(clauses):
            said = f"{key_of(clause)} of {', '.join(map(words_of, clauses))}"
        case Min(k, clauses):
            said = f"{k} of {', '.join(map(words_of, clauses))}"
        case In(_, one):
            said = f"{words_of(one)} in {_scopes(clause)}"
        case Same(unit, one):
            said = f"{words_of(one)} in one {unit}"
        case _:
            own = type(clause).__str__ is not object.__str__
            said = str(clause) if own else clause.judge(_NOTHING, frozenset()).clause
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip(' ,')}…"


def paths(written: object, clause: Clause) -> Mapping[Position, Path]:
    """Return where each clause of a rule stands in the YAML value that it was read from.

    What is within a query, or cannot be told apart, has the path of what it is within.
    """
    return dict(_paths(written, clause, (), ()))


def _within(placed: Placed) -> Iterator[Placed]:
    yield placed
    for part in inner(placed):
        yield from _within(part)


def _steps(clause: Clause) -> list[str]:
    """Return the way to each part, as it is written: what stands beside an `in:`, or beside an `all:`, has none.

    Whoever writes `all:` within `all:`? A mapping of several keys is read as that.
    """
    made = parts(clause)
    if isinstance(clause, In | Same) or (isinstance(clause, All) and any(isinstance(part, All) for part in made)):
        return ["" if parts(part) else key_of(part) for part in made]
    return [f"{key_of(clause)}.{at}" for at in range(len(made))]


@lru_cache(maxsize=256)
def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of a clause's fields."""
    return tuple(getattr(kind, "__dataclass_fields__", ()))


@lru_cache(maxsize=256)
def _holding(kind: type) -> tuple[str, ...]:
    """Return the names of a clause's fields that hold clauses, by what they are declared to hold."""
    declared = getattr(kind, "__dataclass_fields__", {})
    return tuple(name for name, field in declared.items() if _CLAUSES.search(str(field.type)))


def _scopes(clause: In) -> str:
    return clause.judge(_NOTHING, frozenset()).clause.removeprefix("in: ")


def _paths(written: object, clause: Clause, position: Position, path: Path) -> Iterator[tuple[Position, Path]]:
    yield position, path
    if not isinstance(written, Mapping):
        return
    for around, group in (("in", In), ("same", Same)):
        if around in written and isinstance(clause, group):
            without = {key: value for key, value in written.items() if key != around}
            yield from _paths(without, clause.clause, (*position, 0), path)
            return
    keys = [key for key in written if key in KEYS and key not in OWNERS]
    if len(keys) > 1 and isinstance(clause, All) and len(clause.clauses) == len(keys):
        for at, key in enumerate(keys):
            yield from _under(key, written[key], clause.clauses[at], (*position, at), (*path, key))
    elif len(keys) == 1:
        yield from _under(keys[0], written[keys[0]], clause, position, (*path, keys[0]))


def _under(
    key: object, value: object, clause: Clause, position: Position, path: Path
) -> Iterator[tuple[Position, Path]]:
    """Yield the places of a clause that stands under a key of its own."""
    yield position, path
    if key == "min" and isinstance(value, Mapping):
        value, path = value.get("of"), (*path, "of")
    made = parts(clause)
    if key in {"all", "any", "none", "min"} and isinstance(value, list) and len(value) == len(made):
        for at, part in enumerate(made):
            yield from _paths(value[at], part, (*position, at), (*path, at))
