"""Words and where they stand: what every operator searches in.

A word is a run of letters, digits and marks. An apostrophe, a hyphen or any other sign ends it, so that `Xi's` and
`Xi-bezoek` hold the word *Xi*, and `Axios` does not. In scripts written without spaces each character is a word of
its own, so that a term of several characters is found as a substring.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from monitor.text.fold import fold

_WITHOUT_SPACES = r"[\p{Han}\p{Hiragana}\p{Katakana}ーｰ\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
_JOINERS = r"\u00ad\u200b\u200c\u200d\u2060"
_WORD = regex.compile(rf"{_WITHOUT_SPACES}|(?:(?!{_WITHOUT_SPACES})[\p{{L}}\p{{N}}\p{{M}}{_JOINERS}])+")
_ENDS_SENTENCE = regex.compile(r"[.!?…;:](?=[\s\p{Pf}\p{Pe}\"']|$)|[。！？\n]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]`, in code points, and its folded form."""

    start: int
    end: int
    folded: str


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order. Words that fold to nothing (a lone joiner) are left out."""
    for found in _WORD.finditer(text):
        if folded := fold(found[0]):
            yield Word(found.start(), found.end(), folded)


def ends_sentence(gap: str) -> bool:
    """Tell whether the characters between two words end a sentence or a clause, as in `… Wang. Yi …`."""
    return _ENDS_SENTENCE.search(gap) is not None
