"""Dates as feeds and pages write them: RFC 822, 3339 and 9557, ISO 8601, epochs, and days in words of many languages.

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

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import regex

from monitor.model import PartialDate, When
from monitor.parse.times.ages import age_at
from monitor.parse.times.date_words import FILLERS, WORD, ZONES, key, months, weekdays

LONGEST = 100
"""Characters of a date; what is longer is none."""

_YEARS = range(1000, 3000)
"""Years of news: 0001 and 9999 are how programs write that they do not know."""

_MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "fil"})
"""Languages in which `02/05/2026` is in February; `02.05.2026` is in May in all."""

_TIME = regex.compile(
    r"(?:^|(?<=[\s,(;|@/]))[Tt]?(?P<hour>\d{1,2})(?:(?:[:.]|\s?[hu]\s?)(?P<minute>\d{2})(?!\d)"
    r"(?:[:.](?P<second>\d{2})(?!\d)(?:[.,:]\d{1,9})?)?|\s?[hu](?!\p{L})|(?=\s?[ap]\.?\s?m\b))"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
    r"(?P<offset>\s*[Zz](?!\p{L})|\s*(?:UTC|GMT)?\s?(?P<sign>[+\-\u2212])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?"
    r"(?!\d))?",
    regex.IGNORECASE,
)
_COMPACT = regex.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:[Tt ]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?"
    r"(?:[.,]\d{1,9})?(?P<rest>\s*(?:[Zz]|[+-]\d{2}:?(?:\d{2})?)?))?"
)
_EPOCH = regex.compile(r"@?(?P<seconds>\d{9,10})(?:\d{3}){0,3}(?:\.\d{1,9})?|/Date\((?P<millis>\d{12,13})[^()]*+\)/")
_WEEK_OR_ORDINAL = regex.compile(
    r"(?P<year>\d{4})(?:-?W(?P<week>\d{2})-?(?P<weekday>\d)|-?(?P<ordinal>\d{3}))"
    r"(?:[Tt ](?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?:[.,]\d{1,9})?(?P<rest>.{0,12}))?"
)
"""`2026-W06-4` and `2026-036` (ISO 8601-1:2019, 5.2.3 and 5.2.4), and their compact forms."""
_TAGGED = regex.compile(
    r"(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:[Zz]|[+-]\d{2}:?\d{2}))((?:\[[^\[\]]*+\])++)"
)
_CRITICAL = regex.compile(r"\[!(?!u-ca=)[^\]=]*+=")
"""A tag that must be understood and is not: RFC 9557, 3.3. Calendars and names of zones change no instant."""
_HOUR_ONLY = regex.compile(r"(?<=^\d{4}-\d{2}-\d{2}[Tt]\d{2})(?=[Zz]|[+-]\d{2}|$)")
_CHARACTERS = regex.compile(r"(\d{1,2})\s?[时時시點点]\s?(\d{1,2})\s?[分분]")
_HALVES = regex.compile(r"(?:(上午|오전|午前)|下午|오후|午後)\s?(\d{1,2}:\d{2})")
_SIGNED = regex.compile(r"[+\-\u2212]\s?\d")
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
        rf"(?<!\d)(?P<day>\d{{1,2}}){_ORDINAL}[\s\-/.]*(?:de\s|of\s|d['’])?(?P<month>{WORD})\.?[\s\-/,]*"
        r"(?:de\s|del\s)?(?P<year>\d{4}|\d{2}(?![\d:.]))(?!\d)"
    ),
    regex.compile(rf"(?P<month>{WORD})\.?\s*(?P<day>\d{{1,2}}){_ORDINAL},?\s+(?P<year>\d{{4}})(?!\d)"),
    regex.compile(
        rf"(?P<month>{WORD})\.?\s+(?P<day>\d{{1,2}})\s+(?P<between>\d{{1,2}}:\S+(?:\s[A-Z]{{1,5}}|\s[+-]\d{{4}})?)"
        r"\s(?P<year>\d{4})$"
    ),
    regex.compile(rf"(?<!\d)(?P<year>\d{{4}})[\s,.-]*(?P<month>{WORD})\.?[\s-]*(?P<day>\d{{1,2}})\.?(?!\d)"),
    regex.compile(rf"(?P<month>{WORD})\.?,?\s+(?:de\s|del\s)?(?P<year>\d{{4}})(?!\d)"),
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
    bare = _plain(" ".join(text.split()).strip(" ,;"))
    if not 4 <= len(bare) <= LONGEST:  # noqa: PLR2004 - a year is the shortest
        return None
    if (age := age_at(bare)) and age.end == len(bare):
        return age.before(fetched)
    if numbered := _numbered(bare):
        return numbered
    days = (_figured_day(bare, language), _named_day(bare, language))
    return next((when for day in days if day and (when := _at_its_time(day))), None)


def _plain(text: str) -> str:
    """Return a date in simpler writing; nothing for one with a sign, or with a tag that we do not know and must."""
    if _SIGNED.match(text):
        return ""
    if tagged := _TAGGED.fullmatch(text[: 2 * LONGEST]):
        return "" if _CRITICAL.search(tagged[2]) else tagged[1]
    text = _CHARACTERS.sub(r"\1:\2", _HOUR_ONLY.sub(":00", text[: 2 * LONGEST]))
    return _HALVES.sub(lambda half: f" {half[2]} {'am' if half[1] else 'pm'}", text)


def _numbered(text: str) -> When | None:
    """Return what digits alone tell: a bare year or month, an epoch, ISO 8601's compact forms."""
    if _EDTF.fullmatch(text):
        known = int(text[:4]) in _YEARS and int(text[5:] or 1) in range(1, 13)
        return PartialDate(text) if known else None
    if found := _COMPACT.fullmatch(text):
        when = _compact(int(found["year"]), int(found["month"]), int(found["day"]), found)
        if when:
            return when
    if found := _WEEK_OR_ORDINAL.fullmatch(text):
        return _counted(found)
    if found := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found["seconds"] or found["millis"][:-3]), UTC)
    return None


def _compact(year: int, month: int, day: int, found: regex.Match[str]) -> When | None:
    """Return a day, at the time that stands behind it."""
    if found["hour"] is None:
        return _Day(year, month, day, "").bare()
    time = f"{found['hour']}:{found['minute']}:{found['second'] or '00'}{found['rest']}"
    return _at_its_time(_Day(year, month, day, time))


def _counted(found: regex.Match[str]) -> When | None:
    """Return the day that is told by its number in the week or in the year."""
    year = int(found["year"])
    try:
        if found["week"]:
            first = datetime.fromisocalendar(year, int(found["week"]), int(found["weekday"]))
        else:
            first = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=int(found["ordinal"]) - 1)
    except (ValueError, OverflowError):
        return None
    if found["ordinal"] and first.year != year:
        return None
    return _compact(first.year, first.month, first.day, found)


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
    named = months(language)
    for pattern in _NAMED:
        for found in pattern.finditer(text, overlapped=True):
            parts = found.groupdict()
            month = named.get(key(parts["month"]))
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
        if word in ZONES or word.upper() in {"UTC", "GMT", "CET", "CEST"}:
            zones.append(ZONES[word if word in ZONES else word.upper()])
        elif key(word) in weekdays() or key(word) in FILLERS:
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
