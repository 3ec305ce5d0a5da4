"""Terms: where a word or phrase stands in a text.

What this does, and what it cannot:

    Xi              Xi's, Xi’s, Xi-bezoek, #Xi, XI of Pius XI (case tells nothing here; `cased` is for that)
    Axios, taxi     are other words
    Wang Yi         Wang-Yi, Wang, Yi, over a line break; never over the end of a sentence: … Wang. Yi …
    习近平          in any run of characters, letter by letter: 习，近平 is something else
    시진핑          시진핑이, 시진핑은: a Korean word's beginning, since particles stick to its end
    موسكو           not بموسكو, وموسكو: what Arabic and Hebrew write onto the front of a word makes another one

Terms with wildcards are found by `monitor.match.clauses.wild`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from monitor.match.clauses.rows import MOST_WORDS, in_a_row
from monitor.match.clauses.wild import fault_of_wild, find_wild, is_wild
from monitor.match.view import Text
from monitor.model import Span
from monitor.text.fold import composed
from monitor.text.words import words


@dataclass(frozen=True, slots=True)
class Cut:
    """A term cut into words: folded, as written, and what its author wrote between them."""

    folded: tuple[str, ...]
    written: tuple[str, ...]
    gaps: tuple[str, ...]


@lru_cache(maxsize=65_536)
def cut_term(term: str) -> Cut:
    """Return the words of a term."""
    cut = tuple(words(term))
    return Cut(
        tuple(word.folded for word in cut),
        tuple(composed(term[word.start : word.end]) for word in cut),
        tuple(term[left.end : right.start] for left, right in pairwise(cut)),
    )


def has_words(term: str) -> bool:
    """Tell whether there is anything in `term` that can be looked for."""
    return bool(cut_term(term).folded)


def fault_of(term: str) -> str | None:
    """Return why a term, with wildcards or without, is nothing to look for, with the mend; None if it is."""
    if is_wild(term):
        return fault_of_wild(term)
    count = len(cut_term(term).folded)
    if not count:
        return f"there is no letter or digit to look for in `{term}`"
    if count > MOST_WORDS:
        return f"is {count} words long, at most {MOST_WORDS} are looked for; take the few that tell"
    return None


def find_term(text: Text, term: str, *, cased: bool = False) -> Iterator[Span]:
    """Yield where the words of `term` follow each other in `text`, whole and in order; places do not overlap.

    Args:
        text: where to look.
        term: a word or phrase; one without any letter or digit is found nowhere.
        cased: compare letter for letter, unless the text is all capitals.
    """
    cut = cut_term(term)
    if not cut.folded or (starts := text.positions.get(cut.folded[0])) is None:
        return iter(())
    exact = cut.written if cased and not text.shouts else None
    return in_a_row(text, starts, cut.gaps, lambda first: _stands_at(text, first, cut.folded, exact))


def _stands_at(text: Text, first: int, folded: Sequence[str], exact: Sequence[str] | None) -> bool:
    there = text.words[first : first + len(folded)]
    if any(word.folded != wanted for word, wanted in zip(there, folded, strict=True)):
        return False
    return not exact or all(
        composed(text.text[word.start : word.end]) == own for word, own in zip(there, exact, strict=True)
    )


def find_terms(text: Text, terms: tuple[str, ...]) -> Iterator[Span]:
    """Yield where any of the terms, with wildcards or without, stands, in no order; places may overlap.

    Costs next to nothing for terms whose first word is not in the text.
    """
    index, wild = _by_first_word(terms)
    for word in index.keys() & text.positions.keys():
        for term in index[word]:
            yield from find_term(text, term)
    for term in wild:
        yield from find_wild(text, term)


@lru_cache(maxsize=4096)
def _by_first_word(terms: tuple[str, ...]) -> tuple[Mapping[str, Sequence[str]], Sequence[str]]:
    """Return the terms without wildcards by their first words, and those with."""
    wild = tuple(filter(is_wild, terms))
    index: dict[str, list[str]] = {}
    for term in terms:
        if term not in wild and has_words(term):
            index.setdefault(cut_term(term).folded[0], []).append(term)
    return index, wild
