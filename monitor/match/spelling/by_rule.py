"""Names that no table has, spelled by rule: read back into Cyrillic and out of it again, with their cases."""

from collections.abc import Iterable
from itertools import chain, islice, product

import regex

from monitor.text.declension import cases, polish_cases
from monitor.text.fold import fold
from monitor.text.transliteration import cyrillic, in_ukrainian, romanised

CYRILLIC, LATIN = regex.compile(r"\p{Cyrillic}"), regex.compile(r"\p{Latin}")
MOST_FORMS = 600
"""So many forms a name has at most; of several words those come first that are no cases."""

MOST_WORDS = 3
"""A name of more words is a description, and is found as it is written."""

LEAST_LETTERS = 5
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’]+")


def nominatives(word: str) -> list[str]:
    """Return a word, and how it is written in Russian, Ukrainian and the languages that write their names down."""
    plain = word.casefold().replace("x", "ks")
    readings = [word] if CYRILLIC.search(word) else list(cyrillic(plain)) if LATIN.search(word) else []
    readings += [other for reading in readings if (other := in_ukrainian(reading)) not in readings]
    latin = [spelt for reading in readings for spelt in romanised(reading)]
    latin += [word.replace("ij", "y")] if "ij" in word else []
    return [word, *(reading.title() for reading in readings), *(spelt.title() for spelt in latin)]


def spelt_word(word: str) -> list[str]:
    """Return the spellings of one word, with their cases."""
    return [spelt for name in nominatives(word) for spelt in (name, *cases(name), *in_polish(name))]


def spelt_words(name: str) -> list[str]:
    """Return the spellings of a name of up to `MOST_WORDS` words, each of which is spelled.

    Nothing for a longer one, for one with words written small, nor for a short word, which is soon another (Moer, Mur).
    """
    words = name.replace("-", " ").split()
    if not 0 < len(words) <= MOST_WORDS or not all(map(_NAME.fullmatch, words)) or len(name) < LEAST_LETTERS:
        return []
    if len(words) == 1:
        return list(unique(spelt_word(words[0])))[:MOST_FORMS]
    forms = product(*(unique(nominatives(word)) for word in words))
    plain = [form for form in forms if len({bool(CYRILLIC.search(word)) for word in form}) == 1]
    inflected = (case for form in plain for case in product(*((word, *cases(word)) for word in form)))
    return [" ".join(form) for form in islice(chain(plain, inflected), MOST_FORMS)]


def in_polish(name: str) -> tuple[str, ...]:
    """Return the Polish cases of a name in Latin letters; nothing for other names."""
    return polish_cases(name) if LATIN.match(name) else ()


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names, the first of each folded form, in order."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    return tuple(found.values())
