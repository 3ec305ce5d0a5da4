"""The names of places: Moskou, Moscow, Moscou, Москва and 莫斯科 are one.

The gazetteer is `places.tsv.gz`, cut from GeoNames and Unicode CLDR by `tests/tools/make_places.py`;
PLACES.md tells how, and under which licences. Each of its lines is a place: its names, the usual one first,
and after an equals sign what else it is looked up by. Where lines share a name the first has it: countries,
then cities, the best known first.
"""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from monitor.text.fold import fold

ONLY_LOOKED_UP = "="
"""Marks what finds a place and is none of its names: a lookup key that `lookup_form` makes of none."""


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """The lines of the file, and all of it once more as places are looked up, each entry between tabs.

    Searching that text takes up to a millisecond; an index of its entries would take 20 MB and twice as long
    to load.
    """

    lines: tuple[str, ...]
    entries: str


@lru_cache(maxsize=65_536)
def names_of(place: str) -> tuple[str, ...]:
    """Return every name of the place called `place`, as they are written, sorted.

    Case, accents, hyphens, full stops and the kind of apostrophe are of no account. Where several places bear
    the name, it is the country's, else the best-known city's.

    Returns:
        Up to some 180 names in ten scripts; none where the gazetteer does not know the place. It has
        countries, capitals, and the cities that are large (40,000 inhabitants) or named in many languages.
    """
    gazetteer = _gazetteer()
    at = gazetteer.entries.find(f"\t{lookup_key(place)}\t")
    if at < 0:
        return ()
    line = gazetteer.lines[gazetteer.entries.count("\n", 0, at)]
    return tuple(sorted(name for name in line.split("\t") if not name.startswith(ONLY_LOOKED_UP)))


def lookup_key(name: str) -> str:
    """Return the form under which a place called `name` is looked up; empty if `name` is blank."""
    return " ".join(lookup_form(fold(name)).split())


def lookup_form(text: str) -> str:
    """Return `text` casefolded, with spaces for hyphens, one kind of apostrophe and no full stops.

    That is a cheap stand-in for `lookup_key` where a whole file is at stake. Tabs and line breaks stay.
    """
    plain = text.casefold().replace("-", " ").replace(".", "")
    return plain.replace("’", "'").replace("ʼ", "'").replace("‘", "'")


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    """Read the file: some 50 ms and 9 MB (31 for a moment), so not before the first place is asked for."""
    packed = files("monitor.match").joinpath("places.tsv.gz").read_bytes()
    text = gzip.decompress(packed).decode()
    entries = lookup_form(text).replace(ONLY_LOOKED_UP, "").replace("\n", "\t\n\t")
    return _Gazetteer(tuple(text.split("\n")), f"\t{entries}\t")
