"""What an item must have for a clause to hold at all, as keys that an index can look up.

A need is necessary, not sufficient: a clause is judged where its need is met, and nowhere else. A clause without one
(`none:`, an `age`) is judged on every item; `why_always` says so, for lint.

A key is

    xi              a folded word in the texts that are usually looked into
    _wang yi_       words in a row there, spaces before and after (here as _)
    headline:xi     a word, in these scopes only
    :wild:sanctie*  a word that the pattern fits; so fuzzy and stem, and re for a text; behind its scopes, as words are
    =lang:nl        what is known of the item besides its texts (`monitor.match.keys.facts`)
"""

import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from monitor.match.clause import Clause
from monitor.match.clauses.closeness import Count, Near, Same
from monitor.match.clauses.fields import (
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
from monitor.match.clauses.fuzzy import edits_within
from monitor.match.clauses.groups import All, Any, In, Min
from monitor.match.clauses.naming import Listed, Name, Place
from monitor.match.clauses.stories import StoryIs
from monitor.match.clauses.terms import cut_term
from monitor.match.clauses.wild import cut_wild, is_wild
from monitor.match.clauses.wording import Cased, Fuzzy, Re, Stem, Term, Wild
from monitor.match.keys import facts
from monitor.match.keys.forms import LONGEST
from monitor.match.view import USUAL_SCOPE, Scope


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `k` of these needs are met; none at all can be where there are fewer than `k`."""

    k: int
    needs: tuple["str | AtLeast", ...]


Need = str | AtLeast | None
"""None: nothing in particular; any item may do."""

NEVER = AtLeast(1, ())
"""What nothing has."""

PATTERN = ":re:"
"""What keys of regular expressions have behind their scopes."""


def need_of(clause: Clause, scope: Scope = USUAL_SCOPE) -> Need:
    """Return what an item must have for the clause to hold in the texts of `scope`."""
    of = _NEEDS.get(type(clause))
    return of(clause, scope) if of else None


def why_always(clause: Clause) -> str | None:
    """Return why a clause has to be judged on every item, whatever its words; None if it has not."""
    if need_of(clause) is not None:
        return None
    return (
        "every item has to be looked at for this rule, since it asks for no word or value that an item must have; "
        "add one to an `all:`"
    )


def at_least(k: int, needs: Iterable[Need]) -> Need:
    """Return that `k` of the needs are met; those that any item meets are taken to be."""
    given = tuple(needs)
    told = tuple([need for need in given if need is not None])
    k -= len(given) - len(told)
    if k <= 0:
        return None
    return told[0] if len(told) == k == 1 else AtLeast(k, told)


def every(needs: Iterable[Need]) -> Need:
    """Return that all of the needs are met."""
    given = tuple(needs)
    return at_least(len(given), given)


def some(needs: Iterable[Need]) -> Need:
    """Return that one of the needs is met."""
    return at_least(1, dict.fromkeys(needs))


@lru_cache(maxsize=1024)
def space_of(scope: Scope) -> str:
    """Return how keys name a scope: not at all, where the words of the usual texts will do."""
    return "" if "body" in scope and scope <= USUAL_SCOPE else "+".join(sorted(scope))


def _of_all(clause: All, scope: Scope) -> Need:
    return every([need_of(inner, scope) for inner in clause.clauses])


def _of_any(clause: Any, scope: Scope) -> Need:
    return some([need_of(inner, scope) for inner in clause.clauses])


def _of_min(clause: Min, scope: Scope) -> Need:
    return at_least(clause.k, [need_of(inner, scope) for inner in clause.clauses])


def _of_in(clause: In, _scope: Scope) -> Need:
    return need_of(clause.clause, clause.scope)


def _of_near(clause: Near, scope: Scope) -> Need:
    return every([some(need_of(wording, scope) for wording in side) for side in (clause.left, clause.right)])


def _of_count(clause: Count, scope: Scope) -> Need:
    return some(need_of(wording, scope) for wording in clause.terms)


def _of_same(clause: Same, scope: Scope) -> Need:
    """Return what a part must have: the item has it too, but for patterns, to which a part has edges of its own."""
    return _without_patterns(need_of(clause.clause, scope))


def _without_patterns(need: Need) -> Need:
    if isinstance(need, AtLeast):
        return at_least(need.k, [_without_patterns(inner) for inner in need.needs]) if need.needs else need
    return None if need and PATTERN in need else need


def _of_term(clause: Term | Cased, scope: Scope) -> Need:
    return _of_form(clause.text, space_of(scope))


def _of_form(text: str, space: str) -> Need:
    """Return the need of a term: each of its words, and that they follow each other."""
    if text.isascii() and text.isalnum() and not space:
        return intern(text.lower())
    found = cut_term(text).folded
    if not found:
        return NEVER
    if space:
        return every([intern(f"{space}:{word}") for word in dict.fromkeys(found)])
    if len(found) == 1:
        return intern(found[0])
    return every([*map(intern, dict.fromkeys(found)), f" {' '.join(found)} "])


def _of_wild(clause: Wild, scope: Scope) -> Need:
    return _of_wild_form(clause.text, space_of(scope))


def _of_wild_form(text: str, space: str) -> Need:
    found = dict.fromkeys(cut_wild(text).words)
    return every([_of_wild_word(word, space) for word in found]) if found else NEVER


def _of_wild_word(word: str, space: str) -> Need:
    if "*" in word or "?" in word:
        return f"{space}:wild:{word}" if word.strip("*") else None
    return f"{space}:{word}" if space else word


def _of_stem(clause: Stem, scope: Scope) -> Need:
    found = dict.fromkeys(cut_term(clause.text).written)
    return every([f"{space_of(scope)}:stem:{word}" for word in found]) if found else NEVER


def _of_fuzzy(clause: Fuzzy, scope: Scope) -> Need:
    space, found = space_of(scope), dict.fromkeys(cut_term(clause.text).folded)
    if not found:
        return NEVER
    return every([_of_fuzzy_word(word, edits_within(word, clause.edits), space) for word in found])


def _of_fuzzy_word(word: str, edits: int, space: str) -> Need:
    if len(word) > LONGEST:
        return None
    if edits:
        return f"{space}:fuzzy:{edits}:{word}"
    return f"{space}:{word}" if space else word


def _of_re(clause: Re, scope: Scope) -> Need:
    return f"{space_of(scope)}{PATTERN}{clause.pattern}"


def _of_listed(clause: Listed, scope: Scope) -> Need:
    space = space_of(scope)
    return some([_of_forms(clause.forms, space), _of_words(clause.keys(), space)])


def _of_name(clause: Name | Place, scope: Scope) -> Need:
    return _of_words(clause.keys(), space_of(scope))


@lru_cache(maxsize=4096)
def _of_words(words: frozenset[str], space: str) -> Need:
    return some(intern(f"{space}:{word}" if space else word) for word in sorted(words))


@lru_cache(maxsize=4096)
def _of_forms(forms: tuple[str, ...], space: str) -> Need:
    return some(_of_wild_form(form, space) if is_wild(form) else _of_form(form, space) for form in forms)


def _of_byline(clause: Byline, _scope: Scope) -> Need:
    return _of_forms(clause.names, "byline")


def _of_story(_clause: StoryIs, _scope: Scope) -> Need:
    return facts.STORY


def _of_fact(keys: Callable[[Iterable[str]], Iterable[str | None]]) -> Callable[[typing.Any, Scope], Need]:
    return lambda clause, _scope: some(keys(clause.names))


_NEEDS: Mapping[type[Clause], Callable[[typing.Any, Scope], Need]] = {
    All: _of_all,
    Any: _of_any,
    Min: _of_min,
    In: _of_in,
    Near: _of_near,
    Same: _of_same,
    Count: _of_count,
    Term: _of_term,
    Cased: _of_term,
    Wild: _of_wild,
    Stem: _of_stem,
    Fuzzy: _of_fuzzy,
    Re: _of_re,
    Listed: _of_listed,
    Name: _of_name,
    Place: _of_name,
    Byline: _of_byline,
    StoryIs: _of_story,
    Agency: _of_fact(facts.agencies),
    DatelinePlace: _of_fact(facts.places),
    KindOf: _of_fact(facts.kinds),
    Lang: _of_fact(facts.languages),
    Publisher: _of_fact(facts.publishers),
    Section: _of_fact(facts.sections),
    Source: _of_fact(facts.sources),
    Tag: _of_fact(facts.tags),
    Url: _of_fact(facts.addresses),
}
"""What each kind of clause needs; `Without` and `Age` need nothing that could be looked up."""
