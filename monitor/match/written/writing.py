"""A rule's tree, written again: as the value that YAML has, and as a query.

What is written reads back as the equal tree, given the same lists and the same spellings of names. Several rules read
as one tree; of those, the one written here is short and plain.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from monitor.match.clause import Clause
from monitor.match.clauses.closeness import Count, Near, Same
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
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.clauses.naming import Listed, Name, Place
from monitor.match.clauses.stories import StoryIs
from monitor.match.clauses.wording import Cased, Fuzzy, Re, Stem, Term, Wild
from monitor.match.view import SCOPES, Scope
from monitor.match.written.query import DEEPEST_QUERY, LONGEST_QUERY, SCOPE_FIELDS, is_plain_word
from monitor.text.durations import write_duration

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]


class Plain(str):
    """A text that is no word to look for but a number or `true`, so that YAML needs no quotes around it."""

    __slots__ = ()


def as_value(clause: Clause) -> Value:
    """Return the condition, as YAML has it, that reads as this tree.

    Raises:
        ValueError: no rule reads as this tree, such as an `in` around a bare `in` around what a query cannot say.
    """
    return _value(clause)


def as_query(clause: Clause) -> str | None:
    """Return the query that reads as this tree; None where a query cannot say it.

    It cannot say `age`, `story`, `same`, `count`, `min`, groups of one, a `none` of one `any`, the options of a place
    or a name, a scope of byline or tags alone, a text with quotes of both kinds, and what is longer or deeper than it
    may be.
    """
    try:
        query, _ = _say(clause)
    except _Unsayable:
        return None
    depth = _depth(query)
    return query if len(query) <= LONGEST_QUERY and depth <= DEEPEST_QUERY else None


_FIELDS: Mapping[type[Clause], str] = {
    Agency: "agency",
    Byline: "byline",
    DatelinePlace: "dateline.place",
    KindOf: "kind",
    Lang: "lang",
    Name: "name",
    Place: "place",
    Publisher: "publisher",
    Section: "section",
    Source: "source",
    Tag: "tag",
    Url: "url",
}
"""Clauses of one or several `names`, and their keys."""

_SINGLE: Mapping[type[Clause], tuple[str, str]] = {
    Cased: ("cased", "text"),
    Fuzzy: ("fuzzy", "text"),
    Listed: ("list", "name"),
    Re: ("re", "pattern"),
    Stem: ("stem", "text"),
}
"""Clauses of one text: their keys, and where it stands."""

_GROUPS: Mapping[type[Clause], str] = {All: "all", Any: "any", Without: "none"}


def _value(clause: Clause) -> Value:
    match clause:
        case Term(text) | Wild(text):
            return text
        case All(clauses) | Any(clauses) | Without(clauses):
            return _merged(clause) or {_GROUPS[type(clause)]: [_value(one) for one in clauses]}
        case Min(k, clauses):
            return {"min": {"k": Plain(k), "of": [_value(one) for one in clauses]}}
        case In(scope, inner):
            return {**_mapping(inner, "in"), "in": _one_or_list([name for name in SCOPES if name in scope])}
        case Same(unit, inner):
            return {"same": unit, **_mapping(inner, "in", "same")}
    return _leaf(clause)


def _leaf(clause: Clause) -> dict[str, Value]:
    if key := _FIELDS.get(type(clause)):
        return {key: _one_or_list(clause.names), **_options(clause)}  # type: ignore[attr-defined] # all have names
    if type(clause) in _SINGLE:
        key, attribute = _SINGLE[type(clause)]
        edits: dict[str, Value] = {"edits": Plain(clause.edits)} if isinstance(clause, Fuzzy) else {}
        return {key: getattr(clause, attribute), **edits}
    return _measured(clause)


def _options(clause: Clause) -> dict[str, Value]:
    """Return what stands beside a place or a name."""
    country: dict[str, Value] = {"country": clause.country} if isinstance(clause, Place) and clause.country else {}
    more = clause.more if isinstance(clause, Place | Name) else ()
    return country | ({"with": _one_or_list(more)} if more else {})


def _measured(clause: Clause) -> dict[str, Value]:
    match clause:
        case Near(left, right, within, ordered):
            sides: Value = [_one_or_list([_value(one) for one in side]) for side in (left, right)]
            return {"near": sides, "within": Plain(within)} | ({"ordered": Plain("true")} if ordered else {})
        case Count(terms, at_least):
            return {"count": _one_or_list([_value(one) for one in terms]), "at_least": Plain(at_least)}
        case Age():
            bounds = {"max": clause.max, "min": clause.min}
            return {"age": {name: write_duration(bound) for name, bound in bounds.items() if bound is not None}}
        case StoryIs(agencies, publishers, items, within):
            counts = {"agencies": agencies, "publishers": publishers, "items": items}
            said: dict[str, Value] = {name: str(bound) for name, bound in counts.items() if bound}
            return {"story": said | ({"within": write_duration(within)} if within is not None else {})}
    msg = f"no rule says {type(clause).__name__}"
    raise ValueError(msg)


def _merged(clause: Clause) -> dict[str, Value] | None:
    """Return an All of groups of different kinds as one mapping, such as {all: […], none: […]}."""
    if not isinstance(clause, All) or len(clause.clauses) <= 1:
        return None
    kinds = [type(one) for one in clause.clauses]
    if len({*kinds}) < len(kinds) or not {*kinds} <= {*_GROUPS, Min} or any(map(_merged, clause.clauses)):
        return None
    return {key: value for one in clause.clauses for key, value in _mapping(one).items()}


def _mapping(clause: Clause, *taken: str) -> dict[str, Value]:
    """Return the value as a mapping without the keys `taken`, so that more keys may stand beside it."""
    value = _value(clause)
    if isinstance(value, dict) and value.keys().isdisjoint(taken):
        return value
    if (query := as_query(clause)) is None:
        msg = f"no rule has {' and '.join(taken)} around this {type(clause).__name__} alone"
        raise ValueError(msg)
    return {"query": query}


def _one_or_list(values: Sequence[Value]) -> Value:
    return values[0] if len(values) == 1 else [*values]


class _Unsayable(Exception):
    """A query cannot say it."""


_ATOM, _CLOSE, _NEGATED, _BOTH, _EITHER = range(5)
"""How loosely a part of a query holds together."""


def _say(clause: Clause) -> tuple[str, int]:
    """Return the query of a clause, and how loosely it holds together."""
    match clause:
        case All(clauses) if len(clauses) > 1:
            return " AND ".join(_enclosed(one, _NEGATED) for one in clauses), _BOTH
        case Any(clauses) if len(clauses) > 1:
            return _alternatives(clauses), _EITHER
        case Without((one,)) if not isinstance(one, Any):
            return f"NOT {_enclosed(one, _CLOSE)}", _NEGATED
        case Without(clauses) if len(clauses) > 1:
            return f"NOT ({_alternatives(clauses)})", _NEGATED
        case In(scope, one):
            inner = _enclosed(one, -1) if not isinstance(one, Term | Wild) else _enclosed(one, _ATOM)
            return f"{_scope_field(scope)}:{inner}", _ATOM
        case Near(left, right, within, ordered):
            return f"{_side(left)} {'O' if ordered else ''}NEAR/{within} {_side(right)}", _CLOSE
    return _say_leaf(clause), _ATOM


def _say_leaf(clause: Clause) -> str:
    if isinstance(clause, Term | Wild):
        return _quoted(clause.text)
    if (key := _FIELDS.get(type(clause))) and not _options(clause):
        names = [_quoted(name) for name in clause.names]  # type: ignore[attr-defined] # all have names
        return f"{key}:{names[0]}" if len(names) == 1 else f"{key}:({' OR '.join(names)})"
    if type(clause) in _SINGLE:
        key, attribute = _SINGLE[type(clause)]
        edits = f"/{clause.edits}" if isinstance(clause, Fuzzy) and clause.edits != 1 else ""
        return f"{key}{edits}:{_quoted(getattr(clause, attribute))}"
    raise _Unsayable


def _alternatives(clauses: Sequence[Clause]) -> str:
    return " OR ".join(_enclosed(one, _BOTH) for one in clauses)


def _side(clauses: Sequence[Clause]) -> str:
    if any(isinstance(one, Near) for one in clauses):
        raise _Unsayable
    return _enclosed(clauses[0], _ATOM) if len(clauses) == 1 else f"({_alternatives(clauses)})"


def _enclosed(clause: Clause, loosest: int) -> str:
    """Return the query of a part, in parentheses where it holds together more loosely than may stand there."""
    query, loose = _say(clause)
    return query if loose <= loosest else f"({query})"


def _scope_field(scope: Scope) -> str:
    fields = {named: field for field, named in reversed(SCOPE_FIELDS.items())}
    names = [fields.get(name, name) for name in SCOPES if name in scope]
    if not names or (len(names) == 1 and names[0] not in SCOPE_FIELDS):
        raise _Unsayable
    return "+".join(names)


def _quoted(text: str) -> str:
    if is_plain_word(text):
        return text
    if '"' not in text:
        return f'"{text}"'
    if "“" in text or "”" in text:
        raise _Unsayable
    return f"“{text}”"


def _depth(query: str) -> int:
    """Return how many parentheses stand within each other, quotes left out."""
    depth = deepest = 0
    for found in _QUOTED_OR_PARENTHESIS.finditer(query):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        deepest = max(deepest, depth)
    return deepest


_QUOTED_OR_PARENTHESIS = re.compile(r'"[^"]*"|“[^”]*”|[()]')
