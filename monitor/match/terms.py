"""Words and phrases: where a term stands in a text.

What this does, and what it cannot:

    Xi              Xi's, Xi’s, Xi-bezoek, #Xi, XI of Pius XI (case tells nothing here; `cased` is for that)
    Axios, taxi     are other words
    Wang Yi         Wang-Yi, Wang, Yi, over a line break; never over the end of a sentence: … Wang. Yi …
    习近平          in any run of characters, letter by letter: 习，近平 is something else
    시진핑          시진핑이, 시진핑은: a Korean word's beginning, since particles stick to its end
    موسكو           not بموسكو, وموسكو: what Arabic and Hebrew write onto the front of a word makes another one
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from monitor.match.view import Text
from monitor.model import Span
from monitor.text.fold import fold, without_invisible
from monitor.text.words import ends_sentence, is_within_word, words

MOST_WORDS = 50
"""A term has no more words than this; of a script without spaces, characters."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A term cut into words: folded, letter for letter, and with what its author wrote between them."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    gaps: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _cut(term: str) -> _Term:
    cut = tuple(words(term))
    return _Term(
        tuple(word.folded for word in cut),
        tuple(_exact(term[word.start : word.end]) for word in cut),
        tuple(term[left.end : right.start] for left, right in pairwise(cut)),
    )


def _exact(word: str) -> str:
    return unicodedata.normalize("NFC", without_invisible(word))


def has_words(term: str) -> bool:
    """Tell whether there is anything in `term` that can be looked for."""
    return bool(_cut(term).folded)


def fault_of(term: str) -> str | None:
    """Return why `term` is nothing to look for, with the mend; None if it is."""
    count = len(_cut(term).folded)
    if not count:
        return f"there is no letter or digit to look for in `{term}`"
    if count > MOST_WORDS:
        return f"is {count} words long, at most {MOST_WORDS} are looked for; take the few that tell"
    if "*" in term or "?" in term.strip("?"):
        return f"`{term}`: the wildcards * and ? are not read yet; write the words out in an `any:`"
    return None


def find_term(text: Text, term: str, *, cased: bool = False) -> Iterator[Span]:
    """Yield where the words of `term` follow each other in `text`, whole and in order; places do not overlap.

    Between two words of a phrase anything but a word may stand, unless it ends a sentence and the term itself does not
    have it there (`U.S. Army`). Characters that the term writes without anything between them stand so in the text.

    Args:
        text: where to look.
        term: a word or phrase; one without any letter or digit is found nowhere.
        cased: compare letter for letter, unless the text is all capitals.
    """
    cut = _cut(term)
    if not cut.folded:
        return
    exact = cut.exact if cased and not text.shouts else None
    free = 0
    for first in text.positions.get(cut.folded[0], ()):
        if first >= free and _stands_at(text, first, cut, exact):
            free = first + len(cut.folded)
            yield text.span(text.words[first].start, text.words[free - 1].end)


def find_terms(text: Text, terms: tuple[str, ...]) -> Iterator[Span]:
    """Yield where any of the terms stands, in no order; places of different terms may overlap.

    Costs next to nothing for terms whose first word is not in the text.
    """
    index = _by_first_word(terms)
    for word in index.keys() & text.positions.keys():
        for term in index[word]:
            yield from find_term(text, term)


@lru_cache(maxsize=4096)
def _by_first_word(terms: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    index: dict[str, list[str]] = {}
    for term in filter(has_words, terms):
        index.setdefault(_cut(term).folded[0], []).append(term)
    return index


def _stands_at(text: Text, first: int, cut: _Term, exact: tuple[str, ...] | None) -> bool:
    found = text.words[first : first + len(cut.folded)]
    if len(found) < len(cut.folded) or is_within_word(text.text, found[0].start):
        return False
    if any(word.folded != wanted for word, wanted in zip(found, cut.folded, strict=True)):
        return False
    if exact and any(_exact(text.text[word.start : word.end]) != own for word, own in zip(found, exact, strict=True)):
        return False
    gaps = (text.text[left.end : right.start] for left, right in pairwise(found))
    return all(_joins(gap, written) for gap, written in zip(gaps, cut.gaps, strict=True))


def _joins(gap: str, written: str) -> bool:
    """Tell whether what stands between two words of a text may stand for what the term has there."""
    if not without_invisible(written):
        return not without_invisible(gap)
    return not ends_sentence(gap) or (ends_sentence(written) and _bare(gap) == _bare(written))


def _bare(gap: str) -> str:
    return fold("".join(gap.split()))
