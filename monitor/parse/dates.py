"""Dates as feeds and pages write them: RFC 822 and 3339, ISO 8601, epochs, and days in the words of many languages.

Nothing is guessed from the present: what is not understood to its last word is None. Libraries that read dates
leniently fill what is missing from the present moment, or skip what they do not know; a daemon that alerts on what is
new cannot have either. Names of months and weekdays are the Unicode CLDR's, through Babel.

What a date leaves open, here:
    no time            the bare day, month or year stays bare
    no zone            UTC (RFC 3339 4.3 has `-00:00` for it, RFC 5322 4.3 letters A to Y)
    an unknown zone    the bare day: the instant is not known
    05-02-2026         the day comes first, but in languages of `_MONTH_FIRST`; `02-13-2026` leaves no choice
    26                 2026; 50 to 99 are of the 20th century (RFC 5322 4.3)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

import regex
from babel import localedata
from babel.dates import get_day_names, get_month_names

from monitor.model import PartialDate, When
from monitor.parse.ages import LANGUAGES, age_at
from monitor.text.fold import fold

LONGEST = 100
"""Characters of a date; what is longer is none."""

_YEARS = range(1000, 3000)
"""Years of news: 0001 and 9999 are how programs write that they do not know."""

_MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "fil"})
"""Languages in which `02/05/2026` is in February; `02.05.2026` is in May in all."""

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
    "date published gepubliceerd updated bijgewerkt"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
_HOURS_EAST: Mapping[float, str] = {
    0: "UT UTC GMT Z WET",
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
"""Names of zones: those of RFC 822 5.1, and what is nobody else's or nearly so (IST is three countries')."""
_ZONES = {name: timedelta(hours=hours) for hours, names in _HOURS_EAST.items() for name in names.split()}
_WORD = r"\p{L}[\p{L}\p{M}'’]*"
_TIME = regex.compile(
    r"(?:^|(?<=[\s,(;|@/]))[Tt]?(?P<hour>\d{1,2})(?:(?:[:.]|\s?[hu]\s?)(?P<minute>\d{2})(?!\d)"
    r"(?:[:.](?P<second>\d{2})(?!\d)(?:[.,:]\d{1,9})?)?|\s?[hu](?!\p{L})|(?=\s?[ap]\.?m\b))"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?P<offset>\s*[Zz](?!\p{L})|\s*(?:UTC|GMT)?\s?(?P<sign>[+\-\u2212])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?"
    r"(?!\d))?",
    regex.IGNORECASE,
)
_COMPACT = regex.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:[Tt ]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?"
    r"(?:[.,]\d{1,9})?(?P<rest>\s*(?:[Zz]|[+-]\d{2}:?(?:\d{2})?)?))?"
)
_EPOCH = regex.compile(r"(?P<seconds>\d{9,10})(?P<millis>\d{3})?(?P<micros>\d{3})?(?:\.\d{1,9})?")
_NUMERIC = (
    regex.compile(
        r"(?<!\d)(?P<year>\d{4})\s?(?P<gap>[-/.年년])\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})[日일.]?(?!\d)"
    ),
    regex.compile(
        r"(?<!\d)(?P<first>\d{1,2})(?P<gap>[-/.])\s?(?P<second>\d{1,2})(?P=gap)\s?(?P<year>\d{4}|\d{2})(?![\d:])"
    ),
)
_ORDINAL = r"(?:\s?(?:st|nd|rd|th|e|er|º|ª|\.)(?!\p{L}))?"
_NAMED = (
    regex.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}}){_ORDINAL}[\s\-/.]*(?:de\s|of\s|d['’])?(?P<month>{_WORD})\.?[\s\-/,]*"
        r"(?:de\s|del\s)?(?P<year>\d{4}|\d{2}(?![\d:.]))(?!\d)"
    ),
    regex.compile(rf"(?P<month>{_WORD})\.?\s*(?P<day>\d{{1,2}}){_ORDINAL},?\s+(?P<year>\d{{4}})(?!\d)"),
    regex.compile(
        rf"(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})\s+(?P<between>\d{{1,2}}:\S+(?:\s[A-Z]{{1,5}}|\s[+-]\d{{4}})?)"
        r"\s(?P<year>\d{4})$"
    ),
    regex.compile(rf"(?<!\d)(?P<year>\d{{4}})[\s,-]*(?P<month>{_WORD})\.?[\s-]*(?P<day>\d{{1,2}})\.?(?!\d)"),
    regex.compile(rf"(?P<month>{_WORD})\.?,?\s+(?:de\s|del\s)?(?P<year>\d{{4}})(?!\d)"),
)
_REMARK = regex.compile(r"\([^()]*+\)|\[[^\[\]]*+\]")
_REST = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}/_]*|\d+")
_ZONE_SHAPE = regex.compile(r"[A-Z]{2,5}|[A-Z][a-z]+/[A-Z][A-Za-z_/]+")
_MILITARY = "ABCDEFGHIKLMNOPQRSTUVWXY"
_FURTHEST = timedelta(hours=14)
_EDTF = regex.compile(r"\d{4}(?:-\d{2})?")


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as printed, and what is left of the text around it; `day` is 0 where only a month is told."""

    year: int
    month: int
    day: int
    rest: str

    def bare(self) -> PartialDate | None:
        """Return the day alone, None if no calendar has it."""
        try:
            first = datetime(self.year, self.month, self.day or 1, tzinfo=UTC)
        except ValueError:
            return None
        if self.year not in _YEARS:
            return None
        return PartialDate(f"{first:%Y-%m-%d}" if self.day else f"{first:%Y-%m}")


def read_date(text: str, *, language: str | None = None, fetched: datetime | None = None) -> When | None:
    """Return the time that a text tells, to the second, or the bare day, month or year if it tells no more.

    Args:
        text: a date and nothing else; white space around and within it is free.
        language: a BCP 47 tag; it decides between the day and the month in `05-02-2026`, and between names that
            months of two languages share.
        fetched: from when an age (`55 minuten geleden`) counts back; without it an age is None.

    Returns:
        None for what is no date, not wholly understood, in no calendar, or not of a year from 1000 to 2999.
    """
    bare = " ".join(text.split()).strip(" ,;")
    if not 4 <= len(bare) <= LONGEST:  # noqa: PLR2004 - a year is the shortest
        return None
    if (age := age_at(bare)) and age.end == len(bare):
        return age.before(fetched)
    if bare[:4].isdecimal() and (numbered := _numbered(bare)):
        return numbered
    days = (_figured_day(bare, language), _named_day(bare, language))
    return next((when for day in days if day and (when := _at_its_time(day))), None)


def _numbered(text: str) -> When | None:
    """Return what digits alone tell: a bare year or month, an epoch, ISO 8601's compact forms."""
    if _EDTF.fullmatch(text):
        known = int(text[:4]) in _YEARS and int(text[5:] or 1) in range(1, 13)
        return PartialDate(text) if known else None
    if found := _COMPACT.fullmatch(text):
        day = _Day(int(found["year"]), int(found["month"]), int(found["day"]), "")
        if day.bare() and found["hour"] is None:
            return day.bare()
        if day.bare():
            time = f"{found['hour']}:{found['minute']}:{found['second'] or '00'}{found['rest']}"
            return _at_its_time(_Day(day.year, day.month, day.day, time))
    if found := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found["seconds"]), UTC)
    return None


def _figured_day(text: str, language: str | None) -> _Day | None:
    """Return the day that figures tell: `2026-02-05`, `05-02-2026`, `2026年2月5日`."""
    year_first, year_last = (pattern.search(text) for pattern in _NUMERIC)
    if year_first:
        rest = f"{text[: year_first.start()]} {text[year_first.end() :]}"
        return _Day(int(year_first["year"]), int(year_first["month"]), int(year_first["day"]), rest)
    if not year_last:
        return None
    day, month = int(year_last["first"]), int(year_last["second"])
    american = (language or "").casefold() in _MONTH_FIRST and year_last["gap"] != "."
    if month > 12 or (american and day <= 12):  # noqa: PLR2004 - months
        day, month = month, day
    return _Day(_year(year_last["year"]), month, day, f"{text[: year_last.start()]} {text[year_last.end() :]}")


def _named_day(text: str, language: str | None) -> _Day | None:
    """Return the day whose month is told by its name, in `language` or else in any of ours."""
    months = _months(language)
    for pattern in _NAMED:
        for found in pattern.finditer(text, overlapped=True):
            parts = found.groupdict()
            month = months.get(_key(parts["month"]))
            if month and parts["month"] and (found.start() == 0 or not text[found.start() - 1].isalnum()):
                rest = f"{text[: found.start()]} {parts.get('between') or ''} {text[found.end() :]}"
                return _Day(_year(parts["year"]), month, int(parts.get("day") or 0), rest)
    return None


def _at_its_time(day: _Day) -> When | None:
    """Return a day with the time that stands around it; None where something there is not understood."""
    bare = day.bare()
    found = _TIME.search(day.rest)
    rest = f"{day.rest[: found.start()]} {day.rest[found.end() :]}" if found else day.rest
    zones = _zones(_REMARK.sub(" ", rest) if found and found["sign"] else rest)
    if bare is None or zones is None or found is None:
        return None if zones is None else bare
    time = _time(found)
    zone = _offset(found) if found["offset"] else zones[0] if zones else timedelta(0)
    if time is None or not day.day:
        return None
    return bare if zone is None else datetime(day.year, day.month, day.day, tzinfo=UTC) + time - zone


def _zones(rest: str) -> list[timedelta | None] | None:
    """Return what zones the rest of a date names, None for one that we do not know; None if it holds anything else."""
    zones: list[timedelta | None] = []
    for word in _REST.findall(rest):
        if word in _ZONES or word.upper() in {"UTC", "GMT", "CET", "CEST"}:
            zones.append(_ZONES[word.upper()])
        elif _key(word) in _weekdays() or _key(word) in _FILLERS:
            continue
        elif len(word) == 1 and word in _MILITARY:
            zones.append(timedelta(0))
        elif _ZONE_SHAPE.fullmatch(word):
            zones.append(None)
        else:
            return None
    return zones


def _time(found: regex.Match[str]) -> timedelta | None:
    """Return the time of day; `24:00` and leap seconds run over into what follows."""
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if half := found["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - hours of half a day
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
    time = timedelta(hours=hour, minutes=minute, seconds=second)
    return time if minute < 60 and second <= 60 and time <= timedelta(days=1) else None  # noqa: PLR2004 - of an hour


def _offset(found: regex.Match[str]) -> timedelta | None:
    """Return what a time is ahead of UTC by its figures; None for more than there is."""
    if not found["sign"]:
        return timedelta(0)
    ahead = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    if ahead > _FURTHEST:
        return None
    return ahead if found["sign"] == "+" else -ahead


def _year(printed: str) -> int:
    year = int(printed)
    return year if len(printed) > 2 else year + (2000 if year < 50 else 1900)  # noqa: PLR2004 - see above


def _key(name: str) -> str:
    return fold(name).strip(".'’")


def _names(language: str) -> Iterator[tuple[str, int]]:
    """Yield the names of months in a language, each with its number."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, context, locale=language)
            yield from ((_key(name), month) for month, name in names.items())


@lru_cache(maxsize=64)
def _months(language: str | None) -> Mapping[str, int]:
    """Return what month a name is, those of `language` before all others; one that is two in others is none."""
    told: dict[str, set[int]] = {name: {month} for name, month in _HOUSE_MONTHS.items()}
    for other in LANGUAGES:
        for name, month in _names(other):
            told.setdefault(name, set()).add(month)
    own = (language or "").replace("_", "-").split("-")[0].casefold()
    named = {name: month for name, (month, *more) in told.items() if not more}
    return {**named, **dict(_names("en")), **(dict(_names(own)) if localedata.exists(own) else {})}


@cache
def _weekdays() -> frozenset[str]:
    """Return the names of weekdays, long and short, in all our languages."""
    return frozenset(
        _key(name)
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated", "short")
        for name in get_day_names(width, context, locale=language).values()
    ) | {"mo", "tues", "thur", "thurs", "weds", "znd"}
