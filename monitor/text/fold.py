"""Letters made comparable: case, accents and compatibility forms folded away.

Rules and texts are folded by the same function, so that `Zelensky` finds *Zelenský*, `Erdogan` *Erdoğan* and
`strasse` *Straße*. Accents go in every script, also where they make another letter (й is и, å is a); Ⅺ is XI.
Positions are never taken from folded text: see `monitor.text.words`.
"""

import unicodedata
from functools import lru_cache

import regex

_NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t"}
)
_INVISIBLE = (
    *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
    *(*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F)),
    *(*range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000)),
)
_STRETCHER = 0x0640
_LONGEST_KEPT = 60
"""Longer texts are not remembered, so that hostile ones fill no memory."""

_DROPPED = dict.fromkeys([*_INVISIBLE, _STRETCHER])
_TOO_MANY_MARKS = regex.compile(r"(\P{ccc=0}{30}+)\P{ccc=0}++")
"""More than the 30 marks in a row that any language needs (Unicode Standard Annex 15, 12.1), which are sorted in
quadratic time."""


def _is_accent(char: str) -> bool:
    """Tell whether `char` is a mark that may be dropped without making another word.

    Combining classes from 200 (Latin, Greek and Cyrillic accents) and 10 to 36 (Hebrew points, Arabic vowel
    signs): Unicode Standard Annex 44, table 15. Indic viramas (9), Japanese voicing marks (8) and Thai tones (107)
    change the word and stay.
    """
    combining = unicodedata.combining(char)
    return combining >= 200 or 10 <= combining <= 36  # noqa: PLR2004 - the classes that the docstring names


def fold(text: str) -> str:
    """Return `text` without case, accents, ligatures, wide forms and what cannot be seen (`without_invisible`).

    The result may be longer or shorter than `text`. Folding is idempotent.
    """
    if text.isascii():
        return text.lower()
    return _fold_word(text) if len(text) <= _LONGEST_KEPT else _fold(text)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _bearable(text)).translate(_DROPPED).casefold()
    bare = "".join(char for char in unicodedata.normalize("NFKD", plain) if not _is_accent(char))
    return unicodedata.normalize("NFC", bare.translate(_NOT_DECOMPOSED))


def composed(text: str) -> str:
    """Return `text` with its accents, each letter in one way only (NFC), without what cannot be seen."""
    return text if text.isascii() else unicodedata.normalize("NFC", _bearable(without_invisible(text)))


def _bearable(text: str) -> str:
    return _TOO_MANY_MARKS.sub(r"\1", text) if len(text) > _LONGEST_KEPT else text


_fold_word = lru_cache(maxsize=65_536)(_fold)


def without_invisible(text: str) -> str:
    """Return `text` without soft hyphens, joiners, direction marks and the Arabic tatweel.

    That is the Default_Ignorable_Code_Point property (Unicode Standard Annex 44), of the code points assigned.
    """
    return text if text.isascii() else text.translate(_DROPPED)
