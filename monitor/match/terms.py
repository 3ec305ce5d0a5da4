"""Words and phrases: where a term stands in a text."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from monitor.match.view import Text
from monitor.model import Span
from monitor.text.fold import fold
from monitor.text.words import Word, ends_sentence, words

_JOINERS = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060")


@dataclass(frozen=True, slots=True)
class _Term:
    """A term cut into words, with what its author wrote between them."""

    words: tuple[Word, ...]
    exact: tuple[str, ...]
    gaps: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _cut(term: str) -> _Term:
    cut = tuple(words(term))
    gaps = (term[left.end : right.start] for left, right in pairwise(cut))
    return _Term(cut, tuple(_exact(term[word.start : word.end]) for word in cut), tuple(map(_bare, gaps)))


def _exact(word: str) -> str:
    return unicodedata.normalize("NFC", word.translate(_JOINERS))


def _bare(gap: str) -> str:
    return fold("".join(gap.split()))


def has_words(term: str) -> bool:
    """Tell whether there is anything in `term` that can be looked for."""
    return bool(_cut(term).words)


def find_term(text: Text, term: str, *, cased: bool = False) -> Iterator[Span]:
    """Yield every place of `text` where the words of `term` follow each other, whole and in order.

    Between two words of a phrase anything but a word may stand, unless it ends a sentence (`… Wang. Yi …`) and the
    term itself has no such sign there (`U.S. Army`).

    Args:
        text: where to look.
        term: a word or phrase; one without any letter or digit is found nowhere.
        cased: compare letter for letter, unless the text is all capitals.
    """
    cut = _cut(term)
    if not cut.words:
        return
    exact = cased and not text.shouts
    for first in text.positions.get(cut.words[0].folded, ()):
        found = text.words[first : first + len(cut.words)]
        if _same_words(found, cut) and _gaps_close(text, found, cut):
            span = text.span(found[0].start, found[-1].end)
            if not exact or _same_letters(text, found, cut):
                yield span


def _same_words(found: Iterable[Word], cut: _Term) -> bool:
    return [word.folded for word in found] == [word.folded for word in cut.words]


def _gaps_close(text: Text, found: Sequence[Word], cut: _Term) -> bool:
    for left, right, written in zip(found, found[1:], cut.gaps, strict=False):
        gap = text.text[left.end : right.start]
        if ends_sentence(gap) and _bare(gap) != written:
            return False
    return True


def _same_letters(text: Text, found: Iterable[Word], cut: _Term) -> bool:
    return tuple(_exact(text.text[word.start : word.end]) for word in found) == cut.exact
