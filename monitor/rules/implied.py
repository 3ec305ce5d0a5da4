"""Which clauses follow from others: what is said twice, and what can never be.

That one wording is found wherever another stands is tried, not reasoned: it is looked for in the words of the other
alone, in every case that those may have in a text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from monitor.match.clause import Clause
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.clauses.naming import Listed
from monitor.match.clauses.wild import is_wild
from monitor.match.clauses.wording import Cased, Term
from monitor.match.view import View
from monitor.model import Item, Paragraph
from monitor.rules.clauses import Placed, inner
from monitor.text.fold import fold
from monitor.text.words import words

MOST = 100
"""Clauses of one group that are compared with each other; of a larger group only words that are the same."""

_BODY = frozenset({"body"})
_THEN = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Follows:
    """A clause that is needless, or in the way, because of the other: one of them holds wherever the other does."""

    clause: Placed
    other: Placed


def contradictions(condition: Placed) -> Iterator[Follows]:
    """Yield clauses that must not hold, each with one that must and from which it follows: nothing can match."""
    refused, wanted = list(_needed(condition, must=False)), list(_needed(condition, must=True))
    if len(refused) * len(wanted) > MOST * MOST:
        first = {one.position for one in wanted}
        same = _repeated([*wanted, *refused])
        yield from (found for found in same if found.other.position in first and found.clause.position not in first)
        return
    for one in wanted:
        yield from (Follows(unwanted, one) for unwanted in refused if _follows(unwanted, one))


def repetitions(clauses: Iterable[Placed]) -> Iterator[Follows]:
    """Yield what changes nothing beside another in one of these groups: of `any` the narrower, of `all` the wider.

    Each once; of two that come to the same, the later.
    """
    for placed in clauses:
        if isinstance(placed.clause, All | Any | Without) and len(placed.clause.clauses) > 1:
            found = _needless(inner(placed), widest=isinstance(placed.clause, All))
            yield from {one.clause.position: one for one in found}.values()


def _needless(group: Sequence[Placed], *, widest: bool) -> Iterator[Follows]:
    if len(group) > MOST:
        yield from _repeated(group)
        return
    for at, one in enumerate(group):
        for later in group[at + 1 :]:
            later_follows, one_follows = _follows(later, one), _follows(one, later)
            if later_follows and (one_follows or widest):
                yield Follows(later, one)
            elif one_follows:
                yield Follows(one, later) if widest else Follows(later, one)
            elif later_follows:
                yield Follows(one, later)


def _repeated(group: Sequence[Placed]) -> Iterator[Follows]:
    first: dict[str, Placed] = {}
    for placed in group:
        if isinstance(placed.clause, Term):
            same = first.setdefault(fold(placed.clause.text), placed)
            if same is not placed:
                yield Follows(placed, same)


def _needed(placed: Placed, *, must: bool) -> Iterator[Placed]:
    """Yield the clauses within that must hold, or must not, for the whole to hold."""
    match placed.clause:
        case All() | In():
            for part in inner(placed):
                yield from _needed(part, must=must)
        case Min(k, clauses) if k == len(clauses):
            for part in inner(placed):
                yield from _needed(part, must=must)
        case Without() if not must:
            yield from (leaf for part in inner(placed) for leaf in _each_alone(part))
        case Any() | Without() | Min():
            return
        case _ if must:
            yield placed


def _each_alone(placed: Placed) -> Iterator[Placed]:
    """Yield the clauses each of which alone makes the whole hold."""
    match placed.clause:
        case Any() | In():
            for part in inner(placed):
                yield from _each_alone(part)
        case All() | Min() | Without():
            return
        case _:
            yield placed


def _follows(clause: Placed, other: Placed) -> bool:
    """Tell whether a clause holds wherever the other does."""
    clause, other = _bare(clause), _bare(other)
    if not other.scope <= clause.scope:
        return False
    return clause.clause == other.clause or _is_found_in(clause.clause, other.clause)


def _bare(placed: Placed) -> Placed:
    """Return what a clause comes to, without the scope and the groups of one around it."""
    while isinstance(placed.clause, In) or (isinstance(placed.clause, All | Any) and len(placed.clause.clauses) == 1):
        (placed,) = inner(placed)
    return placed


def _is_found_in(clause: Clause, other: Clause) -> bool:
    """Tell whether a wording stands wherever another does."""
    texts = _texts_of(other)
    if not texts or not hasattr(clause, "find"):
        return False
    if isinstance(clause, Term) and not _folded(clause.text) <= frozenset().union(*map(_folded, texts)):
        return False  # What most pairs end with.
    exact = isinstance(other, Cased)
    return all(
        clause.judge(_view(spelt), _BODY).holds for text in texts for spelt in ([text] if exact else _spellings(text))
    )


def _texts_of(clause: Clause) -> tuple[str, ...]:
    """Return the words of which one stands wherever a clause holds; nothing where that cannot be said."""
    match clause:
        case Term(text) | Cased(text):
            return (text,)
        case Listed(_, forms, ()):
            return () if any(map(is_wild, forms)) else forms
    return ()


def _spellings(text: str) -> tuple[str, ...]:
    return (text, text.lower(), text.upper(), text.title())


@lru_cache(maxsize=65_536)
def _folded(text: str) -> frozenset[str]:
    return frozenset(word.folded for word in words(text))


@lru_cache(maxsize=4096)
def _view(text: str) -> View:
    return View(Item(id="", body=(Paragraph(text),)), _THEN)
