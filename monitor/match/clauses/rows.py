"""Words in a row: how the words of a phrase may follow each other in a text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from monitor.match.view import Text
from monitor.model import Span
from monitor.text.fold import fold, without_invisible
from monitor.text.words import ends_sentence, is_within_word

MOST_WORDS = 50
"""A term has no more words than this; of a script without spaces, characters."""


def in_a_row(text: Text, starts: Iterable[int], gaps: Sequence[str], fits: Callable[[int], bool]) -> Iterator[Span]:
    """Yield where the words of a phrase follow each other; places do not overlap.

    Between two words of a phrase anything but a word may stand, unless it ends a sentence and the term itself does not
    have it there (`U.S. Army`). Characters that the term writes without anything between them stand so in the text.

    Args:
        text: where to look.
        starts: indexes of the words that may be the first one, in order.
        gaps: what the term has between its words, one fewer than there are words.
        fits: whether the words from an index on, as many as the phrase has, are those of the phrase.
    """
    length, free = len(gaps) + 1, 0
    for first in starts:
        if first < free or first + length > len(text.words) or is_within_word(text.text, text.words[first].start):
            continue
        if fits(first) and (not gaps or _joined(text, first, gaps)):
            free = first + length
            yield text.span(text.words[first].start, text.words[free - 1].end)


def _joined(text: Text, first: int, gaps: Sequence[str]) -> bool:
    there = text.words[first : first + len(gaps) + 1]
    found = (text.text[left.end : right.start] for left, right in pairwise(there))
    return all(_joins(gap, written) for gap, written in zip(found, gaps, strict=True))


def _joins(gap: str, written: str) -> bool:
    """Tell whether what stands between two words of a text may stand for what the term has there."""
    if not without_invisible(written):
        return not without_invisible(gap)
    return not ends_sentence(gap) or (ends_sentence(written) and _bare(gap) == _bare(written))


def _bare(gap: str) -> str:
    return fold("".join(gap.split()))
