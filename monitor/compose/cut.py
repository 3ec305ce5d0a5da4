"""Texts of others, made fit to be shown: without what cannot be seen, and no longer than there is room for."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final

import regex

ELLIPSIS: Final = "…"

_BREAKS = regex.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Controls of C0 and C1, lone surrogates and non-characters; and the bidirectional embeddings, overrides and isolates,
# which would turn round what we write behind them. The marks and joiners of Arabic, Persian and emoji stay.
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{NChar}\ufeff\u202a-\u202e\u2066-\u2069]")
_CLUSTER = regex.compile(r"\X")

Size = Callable[[str], int]


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units: never less than what any receiver counts as characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def one_line(text: str) -> str:
    """Return a text on one line, without controls of any kind; what was broken is parted by a space."""
    return _UNSEEN.sub("", _BREAKS.sub(" ", text)).strip()


def cut(text: str, most: int, size: Size = units) -> str:
    """Return a text whose size is at most `most`; what is cut ends in `…`, between two graphemes (UAX 29).

    Args:
        text: what to cut.
        most: the size that fits; under 1 nothing does.
        size: from a text to its size, which is nowhere smaller than its number of code points: that of the text as it
            will be escaped, say.
    """
    head = text[: max(most, 0) + 1]
    if len(head) == len(text) and size(text) <= most:
        return text
    room = most - size(ELLIPSIS)
    if room < 0:
        return ""
    # The last of these may go on behind the head, but it does not fit: it ends where more is than there is room for.
    ends = [cluster.end() for cluster in _CLUSTER.finditer(head)]
    kept = _longest(head, ends, room, size).rstrip()
    # Of one grapheme that is longer than the room, marks without number on one letter, as many as fit.
    return (kept or _longest(head, range(1, len(head) + 1), room, size)) + ELLIPSIS


def _longest(text: str, ends: Sequence[int], room: int, size: Size) -> str:
    """Return the longest beginning of a text, up to one of some ends, that fits."""
    fitting = bisect_right(ends, room, key=lambda end: size(text[:end]))
    return text[: ends[fitting - 1]] if fitting else ""
