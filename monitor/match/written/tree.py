"""Rule trees: groups of clauses, and how both written forms (YAML and the one-line `query`) become the same tree.

Reading collects every fault instead of stopping at the first; a fault says where in the value it stands, so that the
loader can name file, line and column.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import cast, get_args

from monitor.match.clause import Clause
from monitor.match.clauses.closeness import Same, Unit
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.clauses.naming import Expand, Listed, read_shipped
from monitor.match.clauses.wording import read_wording
from monitor.match.operators import OPERATORS, OWNERS, Operator
from monitor.match.spelling.names import shipped
from monitor.match.spelling.people import shipped_lists
from monitor.match.view import SCOPES
from monitor.match.written.language import flow
from monitor.match.written.query import QueryFault, read_query
from monitor.match.written.shapes import Part, parts_of, read_wild

Path = tuple[str | int, ...]
"""Where in a rule a value stands: keys and indexes, from the outermost on."""

_OF_CLAUSES: Mapping[str, Callable[[tuple[Clause, ...]], Clause]] = {"all": All, "any": Any, "none": Without}
_AROUND = ("in", "same")
KEYS = (*_OF_CLAUSES, "min", *_AROUND, "list", "query", *OPERATORS, *OWNERS)
"""Every key that a condition may have."""

WORDINGS = ("list", *(key for key, operator in OPERATORS.items() if operator.finds))
"""The keys that look for words, and so may stand within `near` and `count`."""

DEEPEST = 50
"""Groups within groups; deeper ones are refused."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule: at which path of its value, `offset` characters into the text there, or its `key`."""

    path: Path
    message: str
    offset: int = 0
    key: bool = False


@dataclass(slots=True)
class Reader:
    """Reads conditions into clauses; `faults` is what went wrong so far.

    `lists` are the lists that rules may name, `expand` turns names of places, people and organisations into their
    spellings.
    """

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    expand: Expand = shipped

    def condition(self, value: object, path: Path = ()) -> Clause | None:
        """Return the clause that a condition says: a text is a term, a mapping is true where all its keys are.

        None where there were faults.
        """
        if len(path) > 2 * DEEPEST:
            return self._fault(path, f"groups within groups more than {DEEPEST} deep; split the rule")
        if isinstance(value, str):
            return self._term(value, path)
        if isinstance(value, Mapping):
            return self._mapping(value, path)
        if isinstance(value, list):
            return self._fault(path, "a list needs a group: write {all: [...]} or {any: [...]}")
        return self._fault(path, "wants a word, a phrase or a mapping such as {place: Moskou}")

    def _term(self, value: str, path: Path) -> Clause | None:
        try:
            return read_wording(value)
        except ValueError as error:
            return self._fault(path, str(error))

    def _mapping(self, value: Mapping[str, object], path: Path) -> Clause | None:
        before = len(self.faults)
        heads = [key for key in value if key not in _AROUND and key not in OWNERS]
        clauses = [clause for key in heads if (clause := self._key(key, value, path))]
        self._refuse_strays(value, path)
        unit = self._unit(value["same"], (*path, "same")) if "same" in value else None
        scope = self._scope(value["in"], (*path, "in")) if "in" in value else None
        if not heads and before == len(self.faults):
            there = ", ".join(key for key in KEYS if key not in _AROUND and key not in OWNERS)
            self._fault(path, f"says nothing to look for; one of {there}")
        if len(self.faults) > before:
            return None
        whole = clauses[0] if len(clauses) == 1 else All(tuple(clauses))
        whole = Same(unit, whole) if unit else whole
        return In(scope, whole) if scope else whole

    def _key(self, key: str, beside: Mapping[str, object], path: Path) -> Clause | None:
        value, path = beside[key], (*path, key)
        if operator := OPERATORS.get(key):
            return self._operator(key, operator, beside, path)
        if group := _OF_CLAUSES.get(key):
            return self._group(group, value, path)
        if read := {"min": self._min, "list": self._list, "query": self._query}.get(key):
            return read(value, path)
        near = get_close_matches(str(key), KEYS, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(KEYS)}"
        return self._fault(path, f"unknown key `{key}`; {hint}", key=True)

    def _operator(self, key: str, operator: Operator, beside: Mapping[str, object], path: Path) -> Clause | None:
        before = len(self.faults)
        try:
            value = parts_of(operator.shape.read(beside[key]), lambda part: self._wording(part, path))
        except ValueError as error:
            self._fault(path, f"`{key}` {error}")
        options: dict[str, object] = {}
        for name, option in operator.options.items():
            if name in beside:
                try:
                    options[name] = option.shape.read(beside[name])
                except ValueError as error:
                    self._fault((*path[:-1], name), f"`{name}` {error}")
            elif option.needed:
                self._fault(path, f"`{key}` wants `{name}` beside it, as in {flow(operator.example)}")
        if len(self.faults) > before:
            return None
        around = {"expand": self.expand} if operator.expands else {}
        try:
            return operator.make(value, **options, **around)
        except ValueError as error:
            return self._fault(path, f"`{key}` {error}")

    def _wording(self, part: Part, path: Path) -> Clause | None:
        """Return the clause of a wording within an operator's value."""
        where = (*path, *part.path)
        if isinstance(part.value, Mapping):
            heads = [key for key in part.value if key not in OWNERS]
            if len(heads) != 1 or heads[0] not in WORDINGS:
                said = f"`{path[-1]}` looks for words: a term, or one of {', '.join(WORDINGS)}"
                return self._fault(where, f"{said}; conditions go beside it, in `all:`")
        return self.condition(part.value, where)

    def _refuse_strays(self, value: Mapping[str, object], path: Path) -> None:
        """Note options that stand without an operator that takes them."""
        for key in filter(OWNERS.__contains__, value):
            owners = OWNERS[key]
            if value.keys().isdisjoint(owners):
                examples = " or ".join(flow(OPERATORS[owner].example) for owner in owners)
                said = f"`{key}` belongs beside {' or '.join(f'`{owner}`' for owner in owners)}, as in {examples}"
                self._fault((*path, key), said, key=True)

    def _unit(self, value: object, path: Path) -> Unit | None:
        if value in get_args(Unit):
            return cast("Unit", value)
        self._fault(path, f"`same` wants {' or '.join(get_args(Unit))}")
        return None

    def _clauses(self, value: object, path: Path) -> tuple[Clause, ...]:
        if not isinstance(value, list) or not value:
            self._fault(path, f"`{path[-1]}` wants a list of conditions, at least one")
            return ()
        read = [self.condition(entry, (*path, index)) for index, entry in enumerate(value)]
        return tuple(clause for clause in read if clause)

    def _group(self, group: Callable[[tuple[Clause, ...]], Clause], value: object, path: Path) -> Clause | None:
        clauses = self._clauses(value, path)
        return group(clauses) if clauses else None

    def _min(self, value: object, path: Path) -> Clause | None:
        if not isinstance(value, Mapping) or value.keys() != {"k", "of"}:
            return self._fault(path, "`min` wants {k: 2, of: [...]}")
        clauses = self._clauses(value["of"], (*path, "of"))
        count = len(value["of"]) if clauses else 0
        written = str(value["k"])
        if count and not (written.isascii() and written.isdecimal() and 1 <= int(written[:9]) <= count):
            return self._fault((*path, "k"), f"`k` wants a whole number from 1 to {count}, as many as `of` has")
        return Min(int(written), clauses) if clauses else None

    def _list(self, value: object, path: Path) -> Clause | None:
        if not isinstance(value, str) or value not in {*self.lists, *shipped_lists()}:
            there, shipped_there = ", ".join(self.lists) or "none", ", ".join(shipped_lists())
            said = f"there is no list `{value}`; under `lists:` there are: {there}; besides them {shipped_there}"
            return self._fault(path, said)
        if value not in self.lists:
            return read_shipped(value, expand=self.expand)
        try:
            return Listed(value, tuple(map(read_wild, self.lists[value])))
        except ValueError as error:
            return self._fault(path, f"the list `{value}` cannot be looked for: {error}")

    def _query(self, value: object, path: Path) -> Clause | None:
        if not isinstance(value, str):
            return self._fault(path, "`query` wants one line of text: 'Xi AND place:Moskou'")
        try:
            return read_query(value, self._alone)
        except QueryFault as fault:
            return self._fault(path, str(fault), fault.column - 1)

    def _alone(self, value: object) -> Clause:
        """Return the clause of a condition by itself; ValueError says what is wrong with it."""
        reader = replace(self, faults=[])
        clause = reader.condition(value)
        if clause is None:
            raise ValueError(reader.faults[0].message)
        return clause

    def _scope(self, value: object, path: Path) -> frozenset[str]:
        names = value if isinstance(value, list) else [value]
        if unknown := [str(name) for name in names if name not in SCOPES]:
            self._fault(path, f"`in` knows no {', '.join(unknown)}; there are {', '.join(SCOPES)}")
        elif not names:
            self._fault(path, f"`in` wants one of {', '.join(SCOPES)}, or a list of them")
        return frozenset(str(name) for name in names)

    def _fault(self, path: Path, message: str, offset: int = 0, *, key: bool = False) -> Clause | None:
        """Note what is wrong; there is no clause then."""
        self.faults.append(Fault(path, message, offset, key))
        return None
