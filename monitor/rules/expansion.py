"""What the names in rules expand to: every spelling that a rule listens to, where it comes from, and their lock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.match.clause import Clause
from monitor.match.clauses.naming import Expand, Listed, Name, Place
from monitor.match.rule import Rule
from monitor.match.spelling.locked import Lock, Locked
from monitor.match.spelling.names import shipped
from monitor.match.spelling.people import find_known, given_names
from monitor.match.spelling.places import demonyms, names_of
from monitor.match.spelling.spelled import Asked, Expansion
from monitor.rules.clauses import within
from monitor.text.fold import fold

_FINDS = ("loose", "forms", "cased", "given", "family", "doubtful", "rivals")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling that a clause of a rule listens to, or that it takes for another's.

    `counts` says as what: `always`, `with a capital`, `letter for letter`, `as a given name`, `as a surname`, `if the
    item tells more`, or `as another's`. `source` says where it comes from: `the rule`, `the list`, `names.txt`,
    `given.txt`, `the gazetteer`, `a demonym`, or `by rule` (a case, or a transliteration).
    """

    rule: str
    clause: str
    spelling: str
    counts: str
    source: str


_COUNTS = {
    "loose": "always",
    "forms": "with a capital",
    "cased": "letter for letter",
    "given": "as a given name",
    "family": "as a surname",
    "doubtful": "if the item tells more",
    "rivals": "as another's",
}


def spellings(rule: Rule) -> Iterator[Spelling]:
    """Yield every spelling that a rule listens to because of its names, clause by clause."""
    for clause in _naming(rule.condition):
        if isinstance(clause, Listed):
            yield from (Spelling(rule.id, str(clause), form, "always", "the list") for form in clause.forms)
        for asked, expansion in _expanded(clause):
            for kind in _FINDS:
                for spelling in getattr(expansion, kind):
                    yield Spelling(rule.id, str(clause), spelling, _COUNTS[kind], _source(asked, kind, spelling))


def asked_in(rules: Iterable[Rule]) -> Iterator[Asked]:
    """Yield what the rules want expanded, lists before their members; some of it more than once."""
    for rule in rules:
        for clause in _naming(rule.condition):
            if isinstance(clause, Listed) and clause.members:
                yield Asked("list", clause.name)
            yield from (asked for asked, _ in _expanded(clause))


def lock_of(rules: Iterable[Rule], program: str, expand: Expand = shipped) -> Lock:
    """Return the lock of all names in rules, as they expand today; `program` is the version that this is."""
    names: dict[str, Expansion] = {}
    waiting = list(asked_in(rules))
    while waiting:
        asked = waiting.pop()
        if str(asked) not in names:
            names[str(asked)] = expand(asked)
            waiting += (Asked("name", member) for member in names[str(asked)].members)
    return Lock(program, names)


def doubts(locked: Locked) -> Iterator[str]:
    """Yield what to warn of, once a configuration has been read by its lock."""
    again = "write it anew: monitor rules lock"
    for key in locked.changed():
        yield f"`{key}` has other spellings in this version than rules.lock pins; look at them, and {again}"
    for key in locked.missing():
        yield f"`{key}` is not in rules.lock, so an upgrade can change it; {again}"
    for key in locked.unused():
        yield f"`{key}` is in rules.lock, and no rule says it; {again}"


def _naming(condition: Clause) -> Iterator[Listed | Place | Name]:
    for placed in within(condition):
        if isinstance(placed.clause, Listed | Place | Name):
            yield placed.clause


def _expanded(clause: Listed | Place | Name) -> Iterator[tuple[Asked, Expansion]]:
    """Yield what a clause asked for, with what came out."""
    match clause:
        case Place(names, country, more, expansions):
            asked = [Asked("place", name, country, more) for name in names]
        case Name(names, more, expansions):
            asked = [Asked("name", name, "", more) for name in names]
        case Listed(_, _, expansions, called):
            asked = [Asked("name", member) for member in called]
    yield from zip(asked, expansions, strict=True)


def _source(asked: Asked, kind: str, spelling: str) -> str:
    if fold(spelling) == fold(asked.name):
        return "the rule"
    return _of_place(asked, kind, spelling) if asked.kind == "place" else _of_name(asked, kind, spelling)


def _of_place(asked: Asked, kind: str, spelling: str) -> str:
    if kind == "rivals" or spelling in names_of(asked.name):
        return "the gazetteer"
    told = {word for words in demonyms(asked.name) for word in words} if "demonym" in asked.more else frozenset()
    return "a demonym" if spelling in told else "by rule"


def _of_name(asked: Asked, kind: str, spelling: str) -> str:
    one = find_known(asked.name)
    if kind == "rivals" or (one and spelling in {*one.forms, *one.cased, *one.given, *one.family}):
        return "names.txt"
    return "given.txt" if kind == "given" and fold(spelling) in given_names() else "by rule"
