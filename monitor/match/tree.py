"""Rule trees: groups of clauses, and how both written forms (YAML and the one-line `query`) become the same tree.

Reading collects every fault instead of stopping at the first; a fault says where in the value it stands, so that the
loader can name file, line and column.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from monitor.match.groups import All, Any, In, Min, Without
from monitor.match.operators import NOT_YET, OPERATORS, Clause
from monitor.match.query import QueryFault, read_query
from monitor.match.shapes import read_term
from monitor.match.view import SCOPES
from monitor.match.wording import Listed, Term

Path = tuple[str | int, ...]
"""Where in a rule a value stands: keys and indexes, from the outermost on."""

_OF_CLAUSES: Mapping[str, Callable[[tuple[Clause, ...]], Clause]] = {"all": All, "any": Any, "none": Without}
KEYS = (*_OF_CLAUSES, "min", "in", "list", "query", *OPERATORS)
"""Every key that a condition may have."""

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
    """Reads conditions into clauses; `lists` are the lists that rules may name, `faults` what went wrong so far."""

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

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
            return Term(read_term(value))
        except ValueError as error:
            return self._fault(path, str(error))

    def _mapping(self, value: Mapping[str, object], path: Path) -> Clause | None:
        before = len(self.faults)
        clauses = [clause for key in value if key != "in" and (clause := self._key(key, value[key], (*path, key)))]
        scope = self._scope(value["in"], (*path, "in")) if "in" in value else None
        if not clauses and before == len(self.faults):
            there = ", ".join(key for key in KEYS if key != "in")
            self._fault(path, f"says nothing to look for; one of {there}")
        if len(self.faults) > before:
            return None
        whole = clauses[0] if len(clauses) == 1 else All(tuple(clauses))
        return In(scope, whole) if scope else whole

    def _key(self, key: str, value: object, path: Path) -> Clause | None:
        if operator := OPERATORS.get(key):
            try:
                return operator.make(operator.shape.read(value))
            except ValueError as error:
                return self._fault(path, f"`{key}` {error}")
        if group := _OF_CLAUSES.get(key):
            return self._group(group, value, path)
        if read := {"min": self._min, "list": self._list, "query": self._query}.get(key):
            return read(value, path)
        if key in NOT_YET:
            said = f"`{key}` belongs to the rule language, but this version does not read it yet"
            return self._fault(path, said, key=True)
        near = get_close_matches(str(key), KEYS, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(KEYS)}"
        return self._fault(path, f"unknown key `{key}`; {hint}", key=True)

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
        if not isinstance(value, str) or value not in self.lists:
            there = ", ".join(self.lists) or "none"
            return self._fault(path, f"there is no list `{value}`; under `lists:` there are: {there}")
        try:
            return Listed(value, tuple(map(read_term, self.lists[value])))
        except ValueError as error:
            return self._fault(path, f"the list `{value}` cannot be looked for: {error}")

    def _query(self, value: object, path: Path) -> Clause | None:
        if not isinstance(value, str):
            return self._fault(path, "`query` wants one line of text: 'Xi AND place:Moskou'")
        try:
            return read_query(value)
        except QueryFault as fault:
            return self._fault(path, str(fault), fault.column - 1)

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
