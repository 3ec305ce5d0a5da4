"""What a query of another program says, as a tree; and the condition that says the same here.

What has no equal here is left out where that only finds more, with a warning. Where leaving it out would find less (an
alternative, or one of several things that are excluded together), it is a fault, which only the query's author can
mend.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from monitor.match.written.query import ANY_OF
from monitor.match.written.tree import Reader
from monitor.match.written.writing import Value
from monitor.rules.importing.original import Original


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition that has an equal here; `wording` if it looks for words, and so may stand near others.

    `written` is the text that it is of. `doubts` and `fault` are what is to be said of it as a wording, which the value
    of a field is not.
    """

    at: int
    value: Value
    wording: bool = False
    written: str = ""
    doubts: tuple[str, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """What has no equal here: how it is written there."""

    at: int
    written: str


@dataclass(frozen=True, slots=True)
class Both:
    """All of it must hold."""

    at: int
    members: tuple["Said", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of it must hold."""

    at: int
    members: tuple["Said", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It must not hold."""

    at: int
    member: "Said"


@dataclass(frozen=True, slots=True)
class Scoped:
    """It is looked for in some scopes only."""

    at: int
    scopes: tuple[str, ...]
    member: "Said"


Said: TypeAlias = Leaf | Gone | Both | Either | Not | Scoped


def condition(said: Said, there: Original) -> Value | None:
    """Return the condition that says the same, or somewhat more with a warning; None where there are faults."""
    before, reader = len(there.faults), Reader()
    value = _Maker(there).made(said, wanted=True, free=True)
    if len(there.faults) > before:
        return None
    if value is None:
        there.fault(said.at, "nothing is left to look for once what has no equal here is left out")
    elif reader.condition(value) is None:
        there.fault(said.at, reader.faults[0].message)
        return None
    return value


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes conditions. `wanted`: it stands under an even number of NOTs; `free`: leaving it out only finds more."""

    there: Original

    def made(self, said: Said, *, wanted: bool, free: bool) -> Value | None:
        match said:
            case Leaf():
                return self._leaf(said)
            case Gone(at, written):
                self._gone(at, written, free=free)
                return None
            case Both(_, members):
                return self._both(members, wanted=wanted, free=free)
            case Either(_, members):
                values = self._several(members, wanted=wanted, free=free if len(members) == 1 else not wanted)
                return any_of(values) if values else None
            case Not(_, member):
                excluded = self.made(member, wanted=not wanted, free=free)
                return None if excluded is None else {"none": _alternatives(excluded)}
            case Scoped(_, scopes, member):
                inner = self.made(member, wanted=wanted, free=free)
                return None if inner is None else _within(scopes, inner)

    def _leaf(self, leaf: Leaf) -> Value:
        for doubt in leaf.doubts:
            self.there.warn(leaf.at, doubt)
        reader = Reader()
        if leaf.fault:
            self.there.fault(leaf.at, leaf.fault)
        elif reader.condition(leaf.value) is None:
            self.there.fault(leaf.at, reader.faults[0].message)
        return leaf.value

    def _gone(self, at: int, written: str, *, free: bool) -> None:
        if free:
            self.there.warn(at, f"`{written}` has no equal here and is left out: the rule finds more")
        else:
            mend = "take it out of the query first, if the rest is still what you want"
            self.there.fault(at, f"`{written}` has no equal here, and leaving it out would find less; {mend}")

    def _several(self, members: Sequence[Said], *, wanted: bool, free: bool) -> list[Value]:
        """Return the conditions of those that have one; where none may be missing, a fault for each that has not."""
        values = []
        for member in members:
            before = len(self.there.faults)
            value = self.made(member, wanted=wanted, free=free)
            if value is not None:
                values.append(value)
            elif not free and len(self.there.faults) == before:
                self.there.fault(member.at, "nothing is left of this alternative, so the rule would find less")
        return values

    def _both(self, members: Sequence[Said], *, wanted: bool, free: bool) -> Value | None:
        flat = list(_flat(members))
        free = free if len(flat) == 1 else wanted
        positive = self._several([one for one in flat if not isinstance(one, Not)], wanted=wanted, free=free)
        excluded = self._several([one for one in flat if isinstance(one, Not)], wanted=wanted, free=free)
        none = [value for one in excluded if isinstance(one, dict) for value in _listed(one["none"])]
        if not none:
            return all_of(positive) if positive else None
        return {**({"all": _members(positive)} if positive else {}), "none": none}


def _flat(members: Sequence[Said]) -> Iterator[Said]:
    """Yield the members, and for each that is a Both its own."""
    for member in members:
        if isinstance(member, Both):
            yield from _flat(member.members)
        else:
            yield member


def all_of(values: Sequence[Value]) -> Value:
    """Return the condition that all hold."""
    return values[0] if len(values) == 1 else {"all": [*values]}


def any_of(values: Sequence[Value]) -> Value:
    """Return the condition that one holds: values of one field as one list."""
    flat = [inner for value in values for inner in _alternatives(value)]
    merged: list[Value] = []
    fields: dict[str, list[Value]] = {}
    for value in flat:
        key = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else ""
        if key not in ANY_OF or not isinstance(value, dict):
            merged.append(value)
        elif key in fields:
            fields[key].extend(_listed(value[key]))
        else:
            merged.append({key: fields.setdefault(key, [*_listed(value[key])])})
    whole = [_single(value) for value in merged]
    return whole[0] if len(whole) == 1 else {"any": whole}


def _single(value: Value) -> Value:
    """Return a field of one value as that value."""
    if isinstance(value, dict) and len(value) == 1:
        (key, inner) = next(iter(value.items()))
        if key in ANY_OF and isinstance(inner, list) and len(inner) == 1:
            return {key: inner[0]}
    return value


def _alternatives(value: Value) -> list[Value]:
    """Return the alternatives of an `any`; of anything else, itself."""
    return _listed(value["any"]) if isinstance(value, dict) and value.keys() == {"any"} else [value]


def _members(values: Sequence[Value]) -> list[Value]:
    """Return the members of one `all`; of anything else, itself."""
    if len(values) == 1 and isinstance(values[0], dict) and values[0].keys() == {"all"}:
        return _listed(values[0]["all"])
    return [*values]


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _within(scopes: Sequence[str], value: Value) -> Value:
    scope: Value = scopes[0] if len(scopes) == 1 else [*scopes]
    if isinstance(value, dict) and "in" not in value:
        return {**value, "in": scope}
    return {"any": [value], "in": scope}
