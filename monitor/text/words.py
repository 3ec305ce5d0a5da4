"""Words and where they stand: what every operator searches in.

A word is a run of letters, digits and marks. An apostrophe of any kind, a hyphen or any other sign ends it, so that
`Xi's` and `Xi-bezoek` hold the word *Xi*, and `Axios` does not. What cannot be seen (a soft hyphen, a joiner) neither
ends a word nor begins one. In scripts written without spaces, and in Korean, each character is a word of its own, so
that a term of several characters is found as a substring.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from monitor.text.fold import fold

_WITHOUT_SPACES = r"\p{Han}\p{Hiragana}\p{Katakana}ーｰ\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_SYLLABLE = r"[\p{HST=LV}\p{HST=LVT}]\p{HST=T}*+|\p{HST=L}++\p{HST=V}*+\p{HST=T}*+"
_APOSTROPHES = "ʹʺʻʼʽʾʿˈ"
_LETTER = rf"[[\p{{L}}\p{{N}}\p{{M}}]--[{_WITHOUT_SPACES}\p{{Hangul}}{_APOSTROPHES}\p{{DI}}]]"
_WORD = regex.compile(
    rf"(?:{_SYLLABLE}|[[{_WITHOUT_SPACES}\p{{Hangul}}]--\p{{DI}}])(?:\p{{DI}}*+[[\p{{M}}ﾞﾟ]--\p{{DI}}])*+"
    rf"|{_LETTER}(?:\p{{DI}}*+{_LETTER})*+",
    regex.V1,
)
_HANGUL = regex.compile(r"\p{Hangul}")
_ENDS_SENTENCE = regex.compile(r"[.!?…;:](?=[\s\p{Pi}\p{Pf}\p{Pe}\"'–—]|$)|[。！？｡．؟۔।॥።\u2029]|\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]`, in code points, and its folded form."""

    start: int
    end: int
    folded: str


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order. Words that fold to nothing (a lone accent) are left out."""
    for found in _WORD.finditer(text):
        if folded := fold(found[0]):
            yield Word(found.start(), found.end(), folded)


def ends_sentence(gap: str) -> bool:
    """Tell whether the characters between two words end a sentence or a clause (`… Wang. Yi …`), or a paragraph."""
    return _ENDS_SENTENCE.search(gap) is not None


def is_within_word(text: str, start: int) -> bool:
    """Tell whether a Korean word goes on at `start`, so that what begins there is a part of it."""
    return start > 0 and all(map(_HANGUL.match, text[start - 1 : start + 1]))
