"""Stems: what the forms of a word have in common (bezoeken, bezoekt, bezoek), by language.

The algorithms are those of Snowball 3, as PyStemmer carries them (snowballstem.org). Accents tell forms apart there
(été, ete), so a word is stemmed with them and folded afterwards.
"""

from collections.abc import Callable
from functools import cache, lru_cache

import Stemmer

from monitor.text.fold import composed, fold

ALGORITHMS = dict(
    row.split()
    for row in """
        ar arabic | ca catalan | cs czech | da danish | de german | el greek | en english | eo esperanto | es spanish
        et estonian | eu basque | fa persian | fi finnish | fr french | ga irish | hi hindi | hu hungarian
        hy armenian | id indonesian | it italian | lt lithuanian | nb norwegian | ne nepali | nl dutch | nn norwegian
        no norwegian | pl polish | pt portuguese | ro romanian | ru russian | sr serbian | st sesotho | sv swedish
        ta tamil | tr turkish | yi yiddish
    """.replace("\n", "|").split("|")
    if row.strip()
)
"""The algorithm of each language that has one, by its ISO 639-1 code."""

_LONGEST = 60
"""Longer words are folded only: no language has forms of them, and a hostile text may be one word."""


def stem(word: str, language: str | None) -> str:
    """Return the folded stem of a word in a language (`nl`, `nl-BE`); without an algorithm for it the folded word.

    A word that stems to nothing is its own stem.
    """
    algorithm = ALGORITHMS.get(primary(language)) if language else None
    if algorithm is None or len(word) > _LONGEST:
        return fold(word)
    return _stem(word, algorithm)


def primary(language: str) -> str:
    """Return the language itself of a tag: `nl` of `nl-BE` and `nl_BE` (RFC 5646, 2.2.1)."""
    return language.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=65_536)
def _stem(word: str, algorithm: str) -> str:
    plain = composed(word).casefold()
    return fold(_stemmer(algorithm)(plain)) or fold(word)


@cache
def _stemmer(algorithm: str) -> Callable[[str], str]:
    stemmed: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord
    return stemmed
