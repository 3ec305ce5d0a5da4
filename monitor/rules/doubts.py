"""What may be doubted in the words of a rule, one function each: `monitor.rules.lint` lists them by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from monitor.match.clause import Clause
from monitor.match.clauses.closeness import Near
from monitor.match.clauses.fields import Agency, DatelinePlace
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.clauses.naming import Listed, Place
from monitor.match.clauses.wild import is_short, is_wild
from monitor.match.clauses.wording import Term, Wild
from monitor.match.keys.needs import why_always
from monitor.match.rule import Rule
from monitor.match.spelling.places import names_of
from monitor.rules.clauses import Path, Placed, Position, words_of
from monitor.rules.implied import contradictions, repetitions
from monitor.text.agencies import is_known

WIDEST_NEAR = 25
"""Words apart; beyond it `near` tells no more than `all` does."""

_SHORT = 2
_ABBREVIATION = 3
_CASED_LETTERS = regex.compile(r"[\p{Lu}\p{Ll}]+")


Clauses = Sequence[Placed]
"""All clauses of a rule, the whole first."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may be a slip, with its mend: at a position of the condition, or at a path of the rule as it is written."""

    message: str
    position: Position | None = None
    path: Path = ()


def only_excludes(rule: Rule, _: Clauses) -> Iterator[Doubt]:
    """Doubt a rule that only says what must not be there."""
    if _excludes(rule.condition):
        yield Doubt(f"`{rule.id}` only says what must not be there, so it fires on nearly everything; say what must")


def none_in_any(rule: Rule, clauses: Clauses) -> Iterator[Doubt]:
    """Doubt a way to match that only says what must not be there."""
    if _excludes(rule.condition):
        return
    for placed in clauses:
        if isinstance(placed.clause, Any) and len(placed.clause.clauses) > 1:
            for at, clause in enumerate(placed.clause.clauses):
                if _excludes(clause):
                    said = f"`{words_of(clause)}` alone is enough in this `any`, and holds for nearly everything"
                    yield Doubt(f"{said}; put it beside the `any`, not within", (*placed.position, at))


def unkeyed(rule: Rule, _: Clauses) -> Iterator[Doubt]:
    """Doubt a rule that no word leads to, so that it is judged on every document."""
    if not _excludes(rule.condition) and (why := why_always(rule.condition)):
        yield Doubt(f"`{rule.id}`: {why}")


def short_words(_: Rule, clauses: Clauses) -> Iterator[Doubt]:
    """Doubt short words and abbreviations in any case; a short name with one capital (Xi) is taken to be meant."""
    for placed in clauses:
        match placed.clause:
            case Term(text) if _is_short(text):
                said = f"`{text}` is short and found in any case, as `{text.swapcase()}` too"
                yield Doubt(f"{said}; did you mean {{cased: {text}}}?", placed.position)
            case Listed(name, forms):
                for form in filter(_is_short, forms):
                    mend = f"take it out of the list and write any: [{{list: {name}}}, {{cased: {form}}}]"
                    said = f"`{form}` in the list `{name}` is short and found in any case, as `{form.swapcase()}` too"
                    yield Doubt(f"{said}; {mend}", placed.position)


def early_wildcards(_: Rule, clauses: Clauses) -> Iterator[Doubt]:
    """Doubt wildcards that stand for nearly every word."""
    for placed in clauses:
        texts = placed.clause.forms if isinstance(placed.clause, Listed) else ()
        for text in (placed.clause.text,) if isinstance(placed.clause, Wild) else texts:
            if is_short(text) or (is_wild(text) and text.lstrip().startswith("?")):
                said = f"`{text}` has fewer than 4 letters before its wildcard, so it is found in many words"
                yield Doubt(f"{said}; write more of the word, or the words out in an `any:`", placed.position)


def wide_near(_: Rule, clauses: Clauses) -> Iterator[Doubt]:
    """Doubt a `near` that is none."""
    for placed in clauses:
        if isinstance(placed.clause, Near) and placed.clause.within > WIDEST_NEAR:
            said = f"within {placed.clause.within} words is hardly near; at most {WIDEST_NEAR} tell something"
            yield Doubt(f"{said}, else write {{same: paragraph, all: […]}}", placed.position)


def contradicts(rule: Rule, clauses: Clauses) -> Iterator[Doubt]:
    """Doubt a rule that wants what it also excludes."""
    for found in contradictions(clauses[0]):
        wanted, unwanted = words_of(found.other.clause), words_of(found.clause.clause)
        said = f"`{unwanted}` must not be there, but is wherever `{wanted}` is, which must: `{rule.id}` never fires"
        yield Doubt(f"{said}; take one of them out", found.clause.position)


def repeats(_: Rule, clauses: Clauses) -> Iterator[Doubt]:
    """Doubt a clause that changes nothing beside another."""
    for found in repetitions(clauses):
        said = f"`{words_of(found.clause.clause)}` changes nothing beside `{words_of(found.other.clause)}`"
        yield Doubt(f"{said}; take it out", found.clause.position)


def unknown_places(_: Rule, clauses: Clauses) -> Iterator[Doubt]:
    """Doubt places that the gazetteer has not."""
    for placed in clauses:
        names = placed.clause.names if isinstance(placed.clause, Place | DatelinePlace) else ()
        for name in names:
            if not names_of(name):
                said = f"no place named `{name}` is known, so only this spelling of it is found"
                yield Doubt(f"{said}; add the others in an `any:`, or mend the name", placed.position)


def unknown_agencies(_: Rule, clauses: Clauses) -> Iterator[Doubt]:
    """Doubt agencies that nobody knows."""
    for placed in clauses:
        for name in placed.clause.names if isinstance(placed.clause, Agency) else ():
            if not is_known(name):
                said = f"no agency named `{name}` is known, so only this spelling of it is found"
                yield Doubt(f"{said}; mend the name, or list its spellings", placed.position)


def _excludes(clause: Clause) -> bool:
    match clause:
        case Without():
            return True
        case All(clauses):
            return all(map(_excludes, clauses))
        case Min(k, clauses):
            return sum(map(_excludes, clauses)) >= k
        case Any(clauses):
            return any(map(_excludes, clauses))
        case In(_, one):
            return _excludes(one)
    return False


def _is_short(text: str) -> bool:
    """Tell whether a word means something else in another case: `VS`, `eu`, `WHO`; of scripts with case only."""
    word = text.strip()
    if not _CASED_LETTERS.fullmatch(word):
        return False
    return (len(word) <= _SHORT and not (len(word) > 1 and word.istitle())) or (
        len(word) <= _ABBREVIATION and word.isupper()
    )
