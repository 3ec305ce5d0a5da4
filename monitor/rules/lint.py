"""What a rule should be warned of: what may be meant, and mostly is a slip."""

from collections.abc import Iterator
from datetime import UTC, datetime

from monitor.match.fields import Agency, DatelinePlace
from monitor.match.groups import All, Any, In, Min, Without
from monitor.match.operators import Clause
from monitor.match.places import names_of
from monitor.match.rule import Rule
from monitor.match.wording import Place
from monitor.rules.cases import CaseFault, read_fields
from monitor.settings import Tests
from monitor.text.agencies import is_known

Path = tuple[str | int, ...]
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def lint_rule(rule: Rule, tests: Tests) -> Iterator[tuple[Path, str]]:
    """Yield what a rule should be warned of, and at which path of it."""
    if _only_excludes(rule.condition):
        yield (), f"`{rule.id}` only says what must not be there, so it fires on nearly everything; say what must"
    for clause in _within(rule.condition):
        yield from (((), warning) for warning in _doubts(clause))
    if not tests.match and not tests.no_match:
        yield (), f"`{rule.id}` has no tests; give it a case or two under `tests: {{match: [], no_match: []}}`"
    yield from _broken_cases(tests)


def _within(clause: Clause) -> Iterator[Clause]:
    """Yield a clause and all clauses within it."""
    yield clause
    match clause:
        case All(clauses) | Any(clauses) | Without(clauses) | Min(_, clauses):
            inner = clauses
        case In(_, one):
            inner = (one,)
        case _:
            inner = ()
    for each in inner:
        yield from _within(each)


def _only_excludes(clause: Clause) -> bool:
    match clause:
        case Without():
            return True
        case All(clauses) | Min(_, clauses):
            return all(map(_only_excludes, clauses))
        case Any(clauses):
            return any(map(_only_excludes, clauses))
        case In(_, one):
            return _only_excludes(one)
    return False


def _doubts(clause: Clause) -> Iterator[str]:
    match clause:
        case Place(names) | DatelinePlace(names):
            for name in names:
                if not names_of(name):
                    yield f"no place named `{name}` is known, so only this spelling of it is found"
        case Agency(names):
            for name in names:
                if not is_known(name):
                    yield f"no agency named `{name}` is known, so only this spelling of it is found"


def _broken_cases(tests: Tests) -> Iterator[tuple[Path, str]]:
    for key, cases in (("match", tests.match), ("no_match", tests.no_match)):
        for index, case in enumerate(cases):
            if isinstance(case, str) or case.keys() == {"file"}:
                continue
            try:
                read_fields(case, _ANY_MOMENT)
            except CaseFault as fault:
                for path, message in fault.faults:
                    yield ("tests", key, index, *path), message
