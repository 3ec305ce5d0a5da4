"""Terms with wildcards: `*` stands for any letters of a word, also none, `?` for exactly one.

They stand within words: `sanctie*` is *sancties* and *sanctiebeleid*, not two words. A `*` alone is a whole word
(`Wang * Lavrov`). A `?` that nothing follows is punctuation, as in `Wat nu?`, unless its word has another wildcard
before it (`colo?r?`). Letters are those of the folded word: *ß* is two.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache, partial
from itertools import pairwise

from monitor.match.clauses.rows import MOST_WORDS, in_a_row
from monitor.match.view import Text
from monitor.model import Span
from monitor.text.fold import fold
from monitor.text.words import wild_words

MOST_WILDCARDS = 10
"""A term has no more wildcards than this."""

_WILDCARDS = re.compile(r"[*?]")
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class WildCut:
    """A term cut into words, folded, with their wildcards, and what its author wrote between them."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]


@lru_cache(maxsize=65_536)
def cut_wild(term: str) -> WildCut:
    """Return the words of a term with wildcards."""
    spans = list(_spans(term))
    words = (_WILDCARDS.split(term[start:end]) for start, end in spans)
    signs = (_WILDCARDS.findall(term[start:end]) for start, end in spans)
    return WildCut(
        tuple(
            "".join(map(str.__add__, map(fold, runs), [*between, ""]))
            for runs, between in zip(words, signs, strict=True)
        ),
        tuple(term[left[1] : right[0]] for left, right in pairwise(spans)),
    )


def _spans(term: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a term stand, without the question marks that are punctuation."""
    spans = list(wild_words(term))
    for (start, end), following in zip(spans, [*(start for start, _ in spans[1:]), None], strict=True):
        core = term[start:end].rstrip("?")
        if following == end or _WILDCARDS.search(core):
            yield start, end
        elif core:
            yield start, start + len(core)


def is_wild(term: str) -> bool:
    """Tell whether a term has a wildcard: a `*`, or a `?` that is no punctuation."""
    return ("*" in term or "?" in term) and any(map(_WILDCARDS.search, cut_wild(term).words))


def fault_of_wild(term: str) -> str | None:
    """Return why a term with wildcards is nothing to look for, with the mend; None if it is."""
    cut = cut_wild(term)
    if all(word.strip("*?") == "" for word in cut.words):
        return f"there is no letter or digit to look for in `{term}`"
    if len(cut.words) > MOST_WORDS:
        return f"is {len(cut.words)} words long, at most {MOST_WORDS} are looked for; take the few that tell"
    if sum(len(_WILDCARDS.findall(word)) for word in cut.words) > MOST_WILDCARDS:
        return f"`{term}` has more than {MOST_WILDCARDS} wildcards; write it as several terms in an `any:`"
    glued = (left if not gap else "" for gap, left in zip(cut.gaps, cut.words, strict=False))
    if "*" in glued or any(not gap and right == "*" for gap, right in zip(cut.gaps, cut.words[1:], strict=True)):
        return f"`{term}`: a term in a script without spaces is found within words anyway; leave the * out"
    return None


def is_short(term: str) -> bool:
    """Tell whether a word of `term` has fewer letters before its `*` than tell something (4)."""
    return is_wild(term) and any(
        0 <= word.find("*") < _FEWEST and word.strip("*?") != "" for word in cut_wild(term).words
    )


def find_wild(text: Text, term: str) -> Iterator[Span]:
    """Yield where the words of a term with wildcards follow each other in `text`; places do not overlap."""
    cut = cut_wild(term)
    forms = []
    for word in cut.words:
        forms.append(frozenset(_forms(text, word)))
        if not forms[-1]:
            return iter(())
    starts = sorted(index for form in forms[0] for index in text.positions[form])
    return in_a_row(text, starts, cut.gaps, partial(_stands_at, text, forms))


def _stands_at(text: Text, forms: Sequence[frozenset[str]], first: int) -> bool:
    return all(text.words[first + at].folded in own for at, own in enumerate(forms))


def _forms(text: Text, word: str) -> Iterator[str]:
    """Yield the words of a text that a word with wildcards stands for."""
    if not _WILDCARDS.search(word):
        return iter([word] if word in text.positions else [])
    beginning = _WILDCARDS.split(word, maxsplit=1)[0]
    beginners = _beginning_with(text.alphabet, beginning)
    return beginners if word == f"{beginning}*" else filter(_pattern(word).match, beginners)


def _beginning_with(alphabet: Sequence[str], beginning: str) -> Iterator[str]:
    for index in range(bisect_left(alphabet, beginning), len(alphabet)):
        if not alphabet[index].startswith(beginning):
            return
        yield alphabet[index]


@lru_cache(maxsize=4096)
def _pattern(word: str) -> "re.Pattern[str]":
    """Return the pattern of a word with wildcards; it takes time in proportion to the length of what it is put to."""
    return re.compile(translate(word))
