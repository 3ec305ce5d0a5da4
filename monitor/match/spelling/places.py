"""The names of places: Moskou, Moscow, Moscou, Москва and 莫斯科 are one.

The gazetteer is `places.tsv.gz`, cut from GeoNames and Unicode CLDR by `tests/tools/make_places.py`;
PLACES.md tells how, and under which licences. Each of its lines is a place: its names, the usual one first,
after an equals sign what else it is looked up by, and after a tilde what else there is to tell. Where lines share a
name the first has it: countries, then cities, the best known first, then states and towns called like a better-known
place.
"""

import gzip
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, product

import regex

from monitor.match.spelling.by_rule import spelt_words, unique
from monitor.match.spelling.spelled import Expansion
from monitor.text.declension import cases, polish_cases, with_prefixes
from monitor.text.fold import fold

ONLY_LOOKED_UP = "="
"""Marks what finds a place and is none of its names: a lookup key that `lookup_form` makes of none."""

TOLD = "\t~"
"""What begins the part of a line that tells of the place: its country, kind and state, then marked names."""

POLISH, DESK, RIVAL = "/", "*", "!"
"""Mark a name in Polish, one in the languages of the desk, and one of another place that holds this one's."""

MOST_CITIES = 50
"""So many cities `with: [cities]` adds, the best known."""

NOT_ITS_OWN = frozenset(map(fold, ("Brasilia", "Soul", "خرطوم", "رباط", "دوحة", "قاهرة", "منامة", "جزيرة")))
"""Names that some language has for a place, and most others for its capital, or for no place (hose, ligament)."""

_NEAR_POLAND = frozenset({"UA", "RU", "BY", "LT"})
_IN_POLISH = regex.compile(r"\p{Latin}+(?:ów|[łńwóśćżz]?sk|iec|orod|in|ań|aw)")
"""A name in the spelling of Polish, which the gazetteer does not mark where it is among those of other languages."""

_DECLINED = regex.compile(r"\p{Latin}{3,}[abcćdfghklłmnńprsśtwzźż]")
_PARTLY = regex.compile(r"[\p{Cyrillic}'’ -]+")
_ADJECTIVE = ("", "e", "en", "er", "es", "em")
_RUSSIAN_ADJECTIVE = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """The lines of the file, and all names in it once more as places are looked up, each between tabs; where lines end.

    Searching that text takes up to a millisecond; an index of its entries would take 20 MB and twice as long
    to load.
    """

    lines: tuple[str, ...]
    entries: str
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of the file; `kind` is L, a country, S, a state, C, a capital, or c, another city."""

    names: tuple[str, ...]
    country: str
    kind: str
    region: str
    marked: tuple[str, ...]

    def those(self, mark: str) -> list[str]:
        """Return the names that have a mark, without it."""
        return [name[1:] for name in self.marked if name.startswith(mark)]


@lru_cache(maxsize=65_536)
def names_of(place: str) -> tuple[str, ...]:
    """Return every name of the place called `place`, as they are written, sorted.

    Case, accents, hyphens, full stops and the kind of apostrophe are of no account. Where several places bear
    the name, it is the country's, else the best-known city's.

    Returns:
        Up to some 180 names in ten scripts; none where the gazetteer does not know the place. It has
        countries, capitals, the states of America, and the cities that are large (40,000 inhabitants), named in many
        languages, or called like one that is better known.
    """
    found = next(_called(place), None)
    return tuple(sorted(found.names)) if found else ()


@lru_cache(maxsize=8192)
def expand_place(name: str, country: str = "", more: tuple[str, ...] = ()) -> Expansion:
    """Return every spelling of a place, with the cases that Russian, Ukrainian and Polish give to it.

    Args:
        name: any of its names.
        country: the code or any name of the country in which it is; empty for the best-known place of that name.
        more: `capital`, `demonym` and `cities`, which add to a country.

    Raises:
        ValueError: there is no such country, or no such place in it; or `more` is asked of what is no country.
    """
    if country:
        return _within(name, _bearers(name), _code(country), more)
    place = next(_called(name), None)
    _only_countries(name, place, more)
    if place is None:
        loose = (name,) if name.islower() else ()
        forms = unique([name, *spelt_words(name)]) if not loose else ()
        return Expansion(loose, forms, rivals=_holding(name), is_place=True, by_rule=True)
    states = [state for state in _states() if state.names[0] == place.names[0]]
    return _expanded(name, place, _rivals(place, [place, *states]), more)


def _bearers(name: str) -> list[_Place]:
    """Return the places that bear a name, those who have it first, and their namesakes (Paris in Texas, of Parijs)."""
    found = list(_called(name))
    usual = found[0].names[0] if found else ""
    known = {(place.names, place.country, place.region) for place in found}
    more = _called(usual) if lookup_key(usual) != lookup_key(name) else ()
    return found + [place for place in more if (place.names, place.country, place.region) not in known]


def _within(name: str, places: Sequence[_Place], code: str, more: tuple[str, ...]) -> Expansion:
    """Return the spellings of the place of that name in one country; doubtful ones if another is better known."""
    own = [place for place in places if place.country == code]
    if not own:
        msg = f"`{name}` is no place in {code} that is known; leave `country` out, or write its name as it is there"
        raise ValueError(msg)
    _only_countries(name, own[0], more)
    if own[0] is places[0]:
        return _expanded(name, own[0], _rivals(own[0], places), more)
    names = [spelt for spelt in own[0].names for spelt in (spelt, *_inflected(spelt))]
    return Expansion(
        doubtful=unique([name, *names, *(_shared(places[0], own[0]))]),
        evidence=unique(sign for place in own for sign in _evidence(place)),
        rivals=unique(_rivals(own[0], places)),
        is_place=True,
    )


def _shared(better: _Place, place: _Place) -> list[str]:
    """Return what languages call the better-known place that has the same name: a state is Géorgie too."""
    return better.those(DESK) if place.kind == "S" else []


def _evidence(place: _Place) -> Iterator[str]:
    """Yield what tells that a place is meant rather than its better-known namesake: its region, else its country."""
    if place.kind == "S":
        yield from _names_in(place.country)
        yield from (town.names[0] for town in islice(_cities(place.country, place.region), MOST_CITIES))
    elif place.region:
        yield from (name for state in _states() if state.region == place.region for name in state.names)
        yield place.region
    else:
        yield from _names_in(place.country)


def _names_in(code: str) -> Iterator[str]:
    """Yield the names of a country, and what is from there."""
    land = _lands().get(code)
    if land:
        yield from land.names
    demonyms = _demonyms().get(code)
    yield from (*demonyms[0], *demonyms[1]) if demonyms else ()


def _expanded(name: str, place: _Place, rivals: Sequence[str], more: tuple[str, ...]) -> Expansion:
    loose, forms = ([name], []) if name.islower() else ([], [name])
    forms += [spelt for own in place.names if fold(own) not in NOT_ITS_OWN for spelt in (own, *_inflected(own))]
    forms += [spelt for own in _in_polish(place) for spelt in polish_cases(own)]
    if "demonym" in more:
        capitalised, any_case = _demonyms().get(place.country, ((), ()))
        forms += capitalised
        loose += any_case
    towns = _cities(place.country) if more else iter(())
    wanted = [town for town in towns if "cities" in more or (town.kind == "C" and "capital" in more)]
    for town in wanted[:MOST_CITIES]:
        named = (own for own in town.names if _bare(own) not in _land_names() or own == town.names[0])
        forms += [spelt for own in named for spelt in (own, *_inflected(own))]
        rivals = [*rivals, *_longer(town)]
    own = frozenset(map(fold, loose))
    return Expansion(
        loose=tuple(loose),
        forms=tuple(spelt for spelt in unique(forms) if fold(spelt) not in own),
        rivals=unique(rivals),
        is_place=True,
    )


def _in_polish(place: _Place) -> list[str]:
    """Return what Polish calls a place and declines: a name of its own, else the usual one, or one in its spelling."""
    if own := place.those(POLISH):
        return own
    usual = [name for name in place.names[:1] if _DECLINED.fullmatch(name)]
    spelt = [name for name in place.names if _IN_POLISH.fullmatch(name)] if place.country in _NEAR_POLAND else []
    return list(dict.fromkeys([*usual, *spelt]))


def _rivals(place: _Place, places: Sequence[_Place]) -> list[str]:
    """Return the names of others that hold a name of a place: longer ones, and those of its namesakes elsewhere."""
    longer = _longer(place)
    for other in places:
        if other.kind == "S" and place.kind != "S":
            towns = islice(_cities(other.country, other.region), MOST_CITIES)
            longer += [f"{town.names[0]} {name}" for town in towns for name in other.names[:1]]
        elif place is not places[0] and other.kind in "cC" and other.country != place.country:
            longer += [f"{other.names[0]} {sign}" for sign in _signs(other)]
    return longer


def _longer(place: _Place) -> list[str]:
    longer = [spelt for other in place.those(RIVAL) for spelt in (other, *_inflected(other))]
    return [*longer, *_not_places().get((place.names[0], place.country), ())]


def _holding(name: str) -> tuple[str, ...]:
    """Return names that hold one which is no place by itself (Zeeland in Nieuw-Zeeland)."""
    entries = _gazetteer().entries
    found: list[str] = []
    for wanted in (f" {lookup_key(name)}\t", f"\t{lookup_key(name)} "):
        at = entries.find(wanted)
        while at >= 0 and len(found) < MOST_CITIES:
            found.append(entries[entries.rfind("\t", 0, at + 1) + 1 : entries.find("\t", at + 1)])
            at = entries.find(wanted, at + 1)
    return unique(found)


def _signs(place: _Place) -> list[str]:
    """Return what stands behind the name of a town to tell which it is: its state, or its country."""
    if place.region:
        return [
            place.region,
            *(name for state in _states() if state.region == place.region for name in state.names[:1]),
        ]
    land = _lands().get(place.country)
    return land.those(DESK) if land else []


def demonyms(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is from the country of that name: words that count with a capital, and in any case."""
    place = next(_called(name), None)
    return _demonyms().get(place.country, ((), ())) if place else ((), ())


def _only_countries(name: str, place: _Place | None, more: tuple[str, ...]) -> None:
    if more and (place is None or place.kind != "L"):
        msg = f"`{name}` is no country, so `with: [{', '.join(more)}]` adds nothing to it; take `with` out"
        raise ValueError(msg)


def _code(country: str) -> str:
    """Return the code of a country by its code or name; ValueError says the mend."""
    if country in _lands():
        return country
    found = next((place for place in _called(country) if place.kind == "L"), None)
    if found is None:
        msg = f"there is no country `{country}`; write its code (US) or its name"
        raise ValueError(msg)
    return found.country


@lru_cache(maxsize=65_536)
def _inflected(name: str) -> tuple[str, ...]:
    """Return the other cases of a Cyrillic name, of each of two words; an Arabic or Hebrew name with its prefixes."""
    if not _PARTLY.fullmatch(name):
        return (*cases(name), *with_prefixes(name))
    first, space, last = name.partition(" ")
    if not space:
        return cases(name)
    if " " in last:
        return ()
    return tuple(f"{one} {other}" for one, other in product((first, *cases(first)), (last, *cases(last))))


def _called(place: str) -> Iterator[_Place]:
    """Yield the places that bear a name, those who have it first."""
    gazetteer, key = _gazetteer(), lookup_key(place)
    wanted, at = f"\t{key}\t", 0
    while key and (at := gazetteer.entries.find(wanted, at)) >= 0:
        yield _read(gazetteer.lines[bisect_left(gazetteer.ends, at)])
        at = gazetteer.entries.find("\n", at)
        if at < 0:
            return


@lru_cache(maxsize=8192)
def _read(line: str) -> _Place:
    written, _, told = line.partition(TOLD)
    head, *marked = told.split("\t")
    country, kind, region = (*head.split(), "", "", "")[:3]
    names = tuple(name for name in written.split("\t") if not name.startswith(ONLY_LOOKED_UP))
    return _Place(names, country, kind, region, tuple(marked))


def _cities(code: str, region: str = "") -> Iterator[_Place]:
    """Yield the cities of a country, or of a state, the best known first."""
    told = (f"{TOLD}{code} {kind}" for kind in "Cc")
    marks = tuple(f"{one} {region}" if region else one for one in told)
    return (_read(line) for line in _gazetteer().lines if any(mark in line for mark in marks))


@cache
def _lands() -> Mapping[str, _Place]:
    """Return the countries by their codes."""
    marked = ((line, line.partition(TOLD)[2]) for line in _gazetteer().lines)
    lands: dict[str, _Place] = {}
    for line, told in marked:
        if told[3:4] == "L":
            lands.setdefault(told[:2], _read(line))
    return lands


@cache
def _land_names() -> frozenset[str]:
    return frozenset(_bare(name) for land in _lands().values() for name in land.names)


def _bare(name: str) -> str:
    return " ".join(regex.findall(r"[\p{L}\p{M}]+", fold(name)))


@cache
def _states() -> tuple[_Place, ...]:
    return tuple(_read(line) for line in _gazetteer().lines if f"{TOLD}US S" in line)


@cache
def _demonyms() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each country what is from there: words that count with a capital, and in any case."""
    text = files("monitor.match.spelling").joinpath("demonyms.txt").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines()[1:]:
        code, capitalised, german, loose, *russian = (part.strip() for part in line.split("|"))
        stems, people = (part.strip().split(", ") for part in german.split(";"))
        others = [*loose.split(", "), *(stem + ending for stem in stems for ending in _ADJECTIVE)]
        others += [stem + ending for part in russian for stem in part.split(", ") for ending in _RUSSIAN_ADJECTIVE]
        found[code] = ((*capitalised.split(", "), *people), tuple(others))
    return found


@cache
def _not_places() -> Mapping[tuple[str, str], Sequence[str]]:
    """Return what holds a place's name and is something else, by the title and the country of the place."""
    text = files("monitor.match.spelling").joinpath("not_places.txt").read_text(encoding="utf-8")
    found: dict[tuple[str, str], list[str]] = {}
    for key, _, others in (line.partition(": ") for line in text.splitlines()[1:]):
        place = next(_called(key))
        found.setdefault((place.names[0], place.country), []).extend(others.split(", "))
    return found


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
    """Read the file: some 60 ms and 10 MB (35 for a moment), so not before the first place is asked for."""
    packed = files("monitor.match.spelling").joinpath("places.tsv.gz").read_bytes()
    lines = tuple(gzip.decompress(packed).decode().split("\n"))
    names = "\n".join(line.partition(TOLD)[0] for line in lines)
    entries = lookup_form(names).replace(ONLY_LOOKED_UP, "").replace("\n", "\t\n\t")
    entries = f"\t{entries}\t"
    return _Gazetteer(lines, entries, tuple(found.start() for found in regex.finditer("\n", entries)))
