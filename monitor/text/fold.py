"""Letters made comparable: case, accents and compatibility forms folded away.

Rules and texts are folded by the same function, so that `Zelensky` finds *Zelenský*, `Erdogan` *Erdoğan* and
`strasse` *Straße*. Positions are never taken from folded text: see `monitor.text.words`.
"""

import unicodedata
from functools import lru_cache

_NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t"}
)
_IGNORED = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")


def _is_accent(char: str) -> bool:
    """Tell whether `char` is a mark that may be dropped without making another word.

    Combining classes from 200 (Latin, Greek and Cyrillic accents) and 10 to 36 (Hebrew points, Arabic vowel
    signs): Unicode Standard Annex 44, table 15. Indic viramas (9), Japanese voicing marks (8) and Thai tones (107)
    change the word and stay.
    """
    combining = unicodedata.combining(char)
    return combining >= 200 or 10 <= combining <= 36  # noqa: PLR2004 - the classes that the docstring names


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return `text` without case, accents, ligatures, wide forms and invisible joiners.

    The result may be longer or shorter than `text`. Folding is idempotent.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_IGNORED)).casefold()
    bare = "".join(char for char in unicodedata.normalize("NFKD", plain) if not _is_accent(char))
    return unicodedata.normalize("NFC", bare.translate(_NOT_DECOMPOSED))
