"""Datelines as others write them: places, agencies, dashes, and how they are joined."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.parse.wires.articles import Draft, Place

_HYPHENS = (
    *(" - ", " \u2010 ", " \u2011 ", " \u2012 ", " – ", " — ", " ― ", " \u2212 ", " -- ", " --- ", " \uff0d "),
    *("\u00a0- ", "\u00a0– ", " –\u00a0", "\u202f—\u202f", "  -  "),
)
_TIGHT = "—", "–", "-", "--", " -", "- ", "– ", " —"
_SEPARATORS = ": ", " : ", " | ", " · ", " • ", " ", "\u00a0"
_PLACES = """
N'DJAMENA|'S-HERTOGENBOSCH|'s-HERTOGENBOSCH|L'AQUILA|SANA'A|XI'AN|SÃO PAULO|MÜNCHEN|BAKOE|BOSNIË|WILLEMSTAD
ÅLESUND|RIO DE JANEIRO|CLUJ-NAPOCA|'S-GRAVENHAGE|NUR-SULTAN|ST. PETERSBURG|SAINT-DENIS|ÇANAKKALE|ŁÓDŹ|REYKJAVÍK
ASJCHABAD|LA PAZ|AL-HASAKAH|TEL AVIV|PORT-AU-PRINCE|WASHINGTON D.C.|BAARLE-NASSAU|ÎLE-DE-FRANCE|KYIV|'T ZAND
OUAGADOUGOU|BRUSSEL
""".strip().replace("\n", "|").split("|")  # fmt: skip
_AS_IN_PROSE = """
's-Gravenhage|’s-Hertogenbosch|Port-au-Prince|N'Djamena|L’Aquila|Den Haag|Frankfurt am Main|Bergen op Zoom
Capelle aan den IJssel|IJmuiden|Rio de Janeiro|Baden-Baden|Notre-Dame-des-Landes|al-Hasakah|St. Gallen|'t Zand
Sint-Jans-Molenbeek|Île d’Yeu|New York|Tel Aviv|São Tomé|Wijk bij Duurstede|La Louvière|Kaapstad
""".strip().replace("\n", "|").split("|")  # fmt: skip
_IN_OTHER_SCRIPTS = "МОСКВА", "КИЇВ", "ΑΘΗΝΑ", "北京", "القاهرة", "ירושלים", "თბილისი", "서울", "नई दिल्ली", "ԵՐԵՎԱՆ"
_JOINERS = "/", " / ", ", ", " en ", " EN ", " - ", " & "
_AGENCIES = ["ANP", "AFP", "RTR", "DPA", "BLOOMBERG", "BELGA", "AP", "EFE", "TASS", "XINHUA", "Reuters", "dpa", "ANSA"]
_UNKNOWN_AGENCIES = "NOS", "VRT", "HLN", "XYZ", "L1", "VRT NWS", "OMROEP WEST", "AT5", "NH"
_DATES = ", 5 feb", ", 5 feb.", ", Feb 5", " 5 feb", ", 5 februari 2026", ", Feb. 5, 2026", ", 12 märz"
_REGIONS = ", Texas", ", Frankrijk", ", Ohio", ", Calif.", ", Nieuw-Zeeland"


def _to_each(change: Callable[[Place, Random], None]) -> Callable[[Draft, Random], bool]:
    """Return the mutation that changes every dateline of a draft."""

    def mutation(draft: Draft, chance: Random) -> bool:
        for place in draft.datelines():
            change(place, chance)
        return any(draft.datelines())

    return mutation


def _choosing(field: str, options: Sequence[str]) -> Callable[[Draft, Random], bool]:
    """Return the mutation that sets one field of every dateline to one of `options`."""
    return _to_each(lambda place, chance: setattr(place, field, chance.choice(options)))


def _other_places(place: Place, chance: Random) -> None:
    place.places = [chance.choice(_PLACES).replace("'", chance.choice("'’‘`"))]


def _several_places(place: Place, chance: Random) -> None:
    if chance.random() < 0.6:
        place.places = chance.sample(_PLACES, chance.choice((2, 2, 3)))
        place.joiner = chance.choice(_JOINERS)


def _places_as_in_prose(place: Place, chance: Random) -> None:
    place.places = chance.sample(_AS_IN_PROSE, chance.choice((1, 1, 1, 2)))
    place.joiner = chance.choice(("/", " / ", " en "))


def _places_in_other_scripts(place: Place, chance: Random) -> None:
    place.places = [chance.choice(_IN_OTHER_SCRIPTS)]


def _place_case(place: Place, chance: Random) -> None:
    case = chance.choice((str.lower, str.upper, str.title))
    place.places = [case(name) for name in place.places]


def _other_agencies(place: Place, chance: Random) -> None:
    place.agencies = chance.sample(_AGENCIES, chance.randint(1, 5))
    place.slash = chance.choice(("/", " / ", ", ", "/ "))


def _joined_agencies(place: Place, chance: Random) -> None:
    place.agencies = chance.sample(_AGENCIES, chance.randint(2, 3))
    place.slash = chance.choice(("-", " en ", " EN ", " & ", "; ", "+", "\u2215", " - ", " and "))


def _unknown_agencies(place: Place, chance: Random) -> None:
    place.agencies = [chance.choice(_UNKNOWN_AGENCIES)]
    if chance.random() < 0.5:
        place.agencies.insert(chance.randint(0, 1), "ANP")


def _agency_case(place: Place, chance: Random) -> None:
    place.agencies = [chance.choice((str.lower, str.upper, str.title))(agency) for agency in place.agencies]


def _no_agencies(place: Place, chance: Random) -> None:
    if chance.random() < 0.5:
        place.agencies = []


def _no_own_dateline(draft: Draft, _: Random) -> bool:
    had = draft.place is not None
    draft.place = None
    return had


def _dateline_on_its_own_line(draft: Draft, chance: Random) -> bool:
    if draft.place:
        draft.place.dash = chance.choice((" -\n", " –\n", " -\n\n", " — \n", "-\r\n"))
    return draft.place is not None


MUTATIONS: Mapping[str, Callable[[Draft, Random], bool]] = {
    "no own dateline": _no_own_dateline,
    "other places": _to_each(_other_places),
    "several places": _to_each(_several_places),
    "places as in prose": _to_each(_places_as_in_prose),
    "places in other scripts": _to_each(_places_in_other_scripts),
    "dated datelines": _choosing("more", _DATES),
    "regions": _choosing("more", _REGIONS),
    "other agencies": _to_each(_other_agencies),
    "joined agencies": _to_each(_joined_agencies),
    "unknown agencies": _to_each(_unknown_agencies),
    "no agencies": _to_each(_no_agencies),
    "brackets": _choosing("brackets", ("[]", "（）", "()")),
    "tight bracket": _choosing("gap", ("", "", "  ", "\u00a0")),
    "dash": _choosing("dash", _HYPHENS),
    "tight dash": _choosing("dash", _TIGHT),
    "no dash": _choosing("dash", _SEPARATORS),
    "dateline on its own line": _dateline_on_its_own_line,
    "dateline case": _to_each(_place_case),
    "agency case": _to_each(_agency_case),
}
