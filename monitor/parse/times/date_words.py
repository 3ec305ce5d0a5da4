"""The words of dates: months, weekdays, zones, and what stands around them, in the languages of sources."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache, lru_cache

from babel import localedata
from babel.dates import get_day_names, get_month_names

from monitor.parse.times.ages import LANGUAGES
from monitor.text.fold import fold

WORD = r"\p{L}[\p{L}\p{M}'’]*"
"""A pattern of one word."""

_DATED_IN = (*LANGUAGES, "ca", "cs", "sk", "hu", "ro", "bg", "el", "tr", "ru", "uk", "ar")
_WEEKDAYS_IN = (*_DATED_IN, "ja", "zh", "ko")  # Their months are numbers.

_HOUSE_MONTHS: Mapping[str, int] = {  # What desks write and the CLDR does not.
    name: month
    for month, names in enumerate(
        (
            "janv genn",
            "febr fevr feber",
            "mrt maa mrz maerz mars marts",
            "avr",
            "",
            "",
            "juil jul",
            "aug aout",
            "sept",
            "okt oct",
            "",
            "dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_FILLER_WORDS = (
    "om um at a as alle le de den der del d the of on op kl klo o ob godz uur uhr h hrs hours ore el la els em og dag "
    "date published gepubliceerd updated bijgewerkt il i u feira г р в о року года ч στις dne v saat "
    "laatste laatst update gewijzigd geplaatst publicatie posted last modified publie mis jour maj actualise "
    "publicado publicada actualizado atualizado pubblicato aggiornato veroffentlicht am stand aktualisiert erstellt "
    "publicerad uppdaterad publiceret opdateret publisert oppdatert julkaistu paivitetty opublikowano aktualizacja"
)
_HOURS_EAST: Mapping[float, str] = {
    0: "UT UTC GMT Z WET UCT Zulu Etc/UTC Etc/GMT",
    1: "CET MEZ MET BST WEST WAT",
    2: "CEST MESZ MEST HAEC EET SAST CAT",
    3: "EEST MSK EAT TRT",
    4: "GST",
    5: "PKT",
    7: "WIB ICT",
    8: "HKT SGT AWST",
    9: "JST KST",
    9.5: "ACST",
    10: "AEST",
    10.5: "ACDT",
    11: "AEDT",
    12: "NZST",
    13: "NZDT",
    -2.5: "NDT",
    -3: "ADT BRT ART",
    -3.5: "NST",
    -4: "EDT AST",
    -5: "EST CDT",
    -6: "CST MDT",
    -7: "MST PDT",
    -8: "PST AKDT",
    -9: "AKST",
    -10: "HST",
}
ZONES: Mapping[str, timedelta] = {
    name: timedelta(hours=hours) for hours, names in _HOURS_EAST.items() for name in names.split()
}
"""Names of zones: those of RFC 822 5.1, and what is nobody else's or nearly so (IST is three countries')."""


def key(name: str) -> str:
    """Return a word in the form in which the names here are kept."""
    return fold(name).strip(".'’")


FILLERS = frozenset(map(key, _FILLER_WORDS.split()))
"""What may stand around a date and changes nothing: `op`, `um`, `Gepubliceerd`."""


@lru_cache(maxsize=64)
def months(language: str | None) -> Mapping[str, int]:
    """Return what month a name is, those of `language` before all others; one that is two in others is none."""
    told: dict[str, set[int]] = {name: {month} for name, month in _HOUSE_MONTHS.items()}
    for other in _DATED_IN:
        for name, month in _names(other):
            told.setdefault(name, set()).add(month)
    own = (language or "").replace("_", "-").split("-")[0].casefold()
    named = {name: month for name, (month, *more) in told.items() if not more}
    return {**named, **dict(_names("en")), **(dict(_names(own)) if localedata.exists(own) else {})}


def _names(language: str) -> Iterator[tuple[str, int]]:
    """Yield the names of months in a language, each with its number."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, context, locale=language)
            yield from ((key(name), month) for month, name in names.items())


@cache
def weekdays() -> frozenset[str]:
    """Return the names of weekdays, long and short, in all our languages."""
    return frozenset(
        part
        for language in _WEEKDAYS_IN
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated", "short")
        for name in get_day_names(width, context, locale=language).values()
        for part in (key(name), *key(name).split("-"))  # quinta-feira
    ) | {"mo", "tues", "thur", "thurs", "weds", "znd"}
