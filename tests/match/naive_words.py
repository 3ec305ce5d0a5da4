"""Letters and words, cut and folded by Unicode's own tables (`tests.match.naive`)."""

import re
import unicodedata

UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200f\u200e"
_DROPPED = f"{UNSEEN}\u0640"
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}


def fold(word: str) -> str:
    """Return a word without case and accents."""
    seen = "".join(char for char in unicodedata.normalize("NFKD", word) if char not in _DROPPED)
    bare = "".join(char for char in unicodedata.normalize("NFKD", seen.casefold()) if not _is_accent(char))
    return unicodedata.normalize("NFC", "".join(_PLAIN.get(char, char) for char in bare))


def _is_accent(char: str) -> bool:
    number = unicodedata.combining(char)
    return number >= 200 or 10 <= number <= 36


def without_unseen(text: str) -> str:
    """Return a text without what cannot be seen."""
    return "".join(char for char in text if char not in _DROPPED)


def cut(text: str) -> list[tuple[int, int]]:
    """Return where words stand: runs of letters, digits and marks, each character alone in scripts without spaces."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        if not _is_letter(text[at]):
            at += 1
            continue
        end = at + 1
        for beyond in range(at + 1, len(text)):
            goes_on = unicodedata.category(text[beyond]).startswith("M") or not (
                is_alone(text[at]) or is_alone(text[beyond])
            )
            if text[beyond] in UNSEEN:
                continue
            if not (_is_letter(text[beyond]) and goes_on):
                break
            end = beyond + 1
        found.append((at, end))
        at = end
    return [(start, end) for start, end in found if fold(text[start:end])]


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM" and char not in "ʹʺʻʼʽʾʿˈ"


def is_alone(char: str) -> bool:
    """Tell whether a character is a word of its own."""
    return unicodedata.name(char, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI"))


def is_korean(char: str) -> bool:
    """Tell whether a character is a Korean syllable."""
    return unicodedata.name(char, "").startswith("HANGUL")


def gap_fits(between: str, written: str) -> bool:
    """Tell whether what stands between two words may stand where a phrase has `written`."""
    seen, wanted = without_unseen(between), without_unseen(written)
    if not wanted:
        return not seen
    if not _ends_sentence(seen):
        return True
    return _ends_sentence(wanted) and fold("".join(seen.split())) == fold("".join(wanted.split()))


def _ends_sentence(gap: str) -> bool:
    return re.search(r"[.!?…;:](?=[\s\"'–—”’«»)\]“‘]|$)|[。！？]|\n[^\S\n]*\n", gap) is not None
