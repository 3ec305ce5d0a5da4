"""The words of texts as an index looks them up: folded, each once, without where they stand.

They are those of `monitor.text.words` at a small part of the cost: signs of ASCII and spaces end words wherever they
stand, so that only pieces with other characters have to be looked at closely, and most of these were met before.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from monitor.text.words import words

_ENCODING = ("utf-8", "surrogatepass")
_KEPT = bytes(
    byte if chr(byte).isalnum() or not chr(byte).isascii() else ord(" ") for byte in bytes(range(256)).lower()
)
"""ASCII letters and digits in lower case, bytes of other characters as they are, spaces for the signs of ASCII."""

_LONGEST_KEPT = 40
"""Longer pieces are not remembered, so that hostile ones fill no memory."""


class Tokens:
    """The words of some texts together."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Cut the texts, all at once."""
        text = "\n".join(texts)
        self._pieces = text.encode(*_ENCODING).translate(_KEPT).decode(*_ENCODING).split()
        self.words: set[str] = set(self._pieces)
        """Every folded word, once."""
        self._strange: Sequence[str] = () if text.isascii() else [piece for piece in self.words if not piece.isascii()]
        self.words.difference_update(self._strange)
        for piece in self._strange:
            self.words.update(folded(piece))

    @cached_property
    def line(self) -> str:
        """All words in order, spaces around each: what stands in it within spaces may be a phrase of the texts."""
        if self._strange:
            return f" {' '.join(word for piece in self._pieces for word in folded(piece))} "
        return f" {' '.join(self._pieces)} "

    def as_written(self) -> Iterator[str]:
        """Yield every word once, with its accents; letters of ASCII in lower case."""
        yield from self.words.intersection(self._pieces)
        for piece in self._strange:
            yield from (piece[word.start : word.end] for word in words(piece))


def folded(piece: str) -> Sequence[str]:
    """Return the folded words of a piece of text, in order."""
    return _remembered(piece) if len(piece) <= _LONGEST_KEPT else _folded(piece)


def _folded(piece: str) -> Sequence[str]:
    return tuple(word.folded for word in words(piece))


_remembered = lru_cache(maxsize=100_000)(_folded)
