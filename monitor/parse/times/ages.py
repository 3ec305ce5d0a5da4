"""Times as the wire prints them: ages, counted back from a capture time, and the bare date before a text.

Ages are `4 uur geleden`, `vor 4 Stunden`, `il y a 2 heures`. Their words are the Unicode CLDR's relative
times (through Babel), in the languages of `LANGUAGES`, long and short, and what news sites write besides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import regex
from babel.dates import format_timedelta

from monitor.model import PartialDate, When

LANGUAGES = ("nl", "en", "de", "fr", "es", "it", "pt", "sv", "da", "nb", "fi", "pl")
SPACE = r"[\p{Zs}\t\u200b\u2060\ufeff]"
"""What separates words within a line: on the wire, spaces of every width, breaking or not."""

BLANK = r"\s\u200b\u2060\ufeff"
"""What stands around lines, for within a set: white space, and marks that nobody sees."""
BREAKS = r"\n\r\v\f\x85\u2028\u2029"
"""What ends a line, for within a set."""
CLOSES = r"\"'”’“‘»«›‹‟＂」』)\]"
"""What may stand behind the full stop of a sentence, for within a set; every language closes otherwise."""

_GAP = f"{SPACE}{{1,4}}"  # Bounded, as is all that is matched here: hostile text is mostly spaces and digits.

_UNITS: Mapping[str, timedelta] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_PLURAL_SAMPLES = (1, 2, 3, 5, 21)
"""One number of each plural class of the languages above (CLDR plural rules)."""

_ONE = r"een|één|an?|one|einer|einem|une?|una?|um|uma|ett|et|en|jedną"
_NUMBERS = {
    word: count
    for count, words in enumerate(
        (
            "twee two zwei deux",
            "drie three drei trois",
            "vier four quatre",
            "vijf five fünf cinq",
            "zes six sechs",
            "zeven seven sieben sept",
            "acht eight huit",
            "negen nine neun neuf",
            "tien ten zehn dix",
            "elf eleven onze",
            "twaalf twelve zwölf douze",
        ),
        start=2,
    )
    for word in words.split()
}
_FEW = r"enkele|een paar|a few|several|einigen|ein paar|quelques|unos|alcuni"
_HOUSE = {  # What news sites write and CLDR does not.
    "minute": (r"{n} ?m(?:in)?\.? geleden", r"{n} ?min(?:uut|uten)?\.? geleden", r"{n} ?mins?\.? ago"),
    "hour": (r"{n} ?u(?:ur|ren)?\.? geleden", r"{n} ?hrs?\.? ago", "vor {n} ?h"),
    "day": (r"{n} ?d(?:gn?|ag|agen)?\.? geleden",),
    "week": (r"{n} ?w(?:k|kn)?\.? geleden",),
    "month": (r"{n} ?mnd(?:en)?\.? geleden",),
    "year": (r"{n} ?jr\.? geleden",),
}
_SAID = (  # Ages told without a number and a unit.
    (r"zojuist|zonet|daarnet|net|nu|just now|now|gerade eben|à l['’]instant|ahora mismo|adesso", 0, "second"),
    (r"minder dan een minuut geleden|less than a minute ago", 0, "second"),
    (r"(?:een )?kwartier(?:tje)? geleden|quarter of an hour ago|vor einer viertelstunde", 15, "minute"),
    (r"(?:een )?half ?uur(?:tje)? geleden|half an hour ago|vor einer halben stunde", 30, "minute"),
    (r"anderhalf uur geleden|vor anderthalb stunden", 90, "minute"),
    (r"gisteren|yesterday|gestern|hier|ayer|ieri|ontem", 1, "day"),
    (r"eergisteren|vorgestern|avant-hier|anteayer", 2, "day"),
)
_HOURS = rf"(?P<hours>[0-9]{{1,2}}){SPACE}?(?:uur|u|hours?|h)\.?,?{_GAP}(?:(?:en|and){_GAP})?"
_MINUTES = rf"(?P<minutes>[0-9]{{1,2}}){SPACE}?m(?:in(?:uut|uten|utes?|s)?)?\.?{_GAP}(?:geleden|ago)"
_CLOCK = rf"{_GAP}[0-9]{{1,2}}[:.][0-9]{{2}}[^{BLANK}]{{0,20}}"
_DATE = regex.compile(
    rf"[{BLANK}]*(?i:date|datum)[{BLANK}:=]+(?:(?P<date>[0-9]{{4}}(?:-[0-9]{{2}}){{0,2}}"
    rf"(?:T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){{2}}Z)?)(?=[{BLANK}]|$)(?!{_CLOCK})"
    rf"|(?P<other>(?:[0-9]{{1,4}}[-/.][0-9TtZz:.+/-]{{1,24}}|[0-9]{{4,8}}"
    rf"|[0-9]{{1,2}}\.?{_GAP}\p{{L}}{{3,9}}\.?{_GAP}[0-9]{{4}}|\p{{L}}{{3,9}}\.?{_GAP}[0-9]{{1,2}},?{_GAP}[0-9]{{4}})"
    rf"(?:{_CLOCK})?(?=[{BLANK}]|$))|[0-9])"
)


@dataclass(frozen=True, slots=True)
class Age:
    """An age as printed at `text[start:end]`: `count` units of `unit`.

    A count of 0 is this moment, and None one that is not told (`enkele minuten geleden`).
    """

    start: int
    end: int
    count: int | None
    unit: str

    def before(self, fetched: datetime | None) -> When | None:
        """Return `fetched` less this age; a bare month or year where the age is told in those.

        None without a capture time, for an age that does not tell how many, and before the year 1.
        """
        if fetched is None or self.count is None:
            return None
        try:
            if self.unit == "month":
                months = fetched.year * 12 + fetched.month - 1 - self.count
                first = fetched.replace(year=months // 12, month=months % 12 + 1, day=1)
                return PartialDate(f"{first.year:04}-{first.month:02}")
            if self.unit == "year":
                first = fetched.replace(year=fetched.year - self.count, month=1, day=1)
                return PartialDate(f"{first.year:04}")
            return fetched - self.count * _UNITS[self.unit]
        except (OverflowError, ValueError):
            return None


def _phrases() -> Iterator[tuple[str, str]]:
    """Yield the phrases of the CLDR, as patterns in which `{n}` stands for the number, each with its unit."""
    for language in LANGUAGES:
        for unit, length in _UNITS.items():
            for count in _PLURAL_SAMPLES:
                for form in ("long", "short", "narrow"):
                    said = format_timedelta(
                        -count * length,
                        granularity=unit,  # type: ignore[arg-type]  # the stub wants literals
                        threshold=10**9,
                        add_direction=True,
                        format=form,
                        locale=language,
                    )
                    found = regex.search(r"\d+", said)
                    if found and not said.startswith(("-", "\u2212")):  # `-4 h` could be anything
                        yield said[: found.start()] + "{n}" + said[found.end() :].replace(".", "\\."), unit


def _gaps(phrase: str) -> str:
    """Return the pattern of a phrase with gaps of any kind; one that is marked ` ?` may be missing."""
    pattern: str = regex.sub(rf"{SPACE}(\??)", lambda gap: f"{SPACE}{{0,4}}" if gap[1] else _GAP, phrase)
    return pattern


@cache
def _pattern() -> regex.Pattern[str]:
    """One alternation over all phrases; the group that matched names the unit, or the rank in `_SAID`."""
    said = {(phrase, unit) for phrase, unit in _phrases()}
    said |= {(phrase, unit) for unit, house in _HOUSE.items() for phrase in house}
    heads: dict[str, set[tuple[str, str]]] = {}
    for phrase, unit in said:
        head, tail = phrase.split("{n}")
        heads.setdefault(_gaps(head), set()).add((_gaps(tail), unit))
    number = rf"(?P<count>[0-9]{{1,4}}|(?P<few>{_gaps(_FEW)})|{'|'.join([*_NUMBERS, _ONE])})"
    told = [f"(?P<said{rank}>{_gaps(form)})" for rank, (form, _, _) in enumerate(_SAID)]
    told.append(_HOURS + _MINUTES)
    for head, tails in sorted(heads.items()):
        # The longest first, whatever the unit: `vor 4 s` is how `vor 4 Stunden` begins.
        ordered = sorted(tails, key=lambda tail: (-len(tail[0]), tail))
        told.append(f"{head}{number}(?:{'|'.join(f'(?P<{unit}>{tail})' for tail, unit in ordered)})")
    return regex.compile("|".join(told), regex.IGNORECASE)


def age_at(text: str, start: int = 0) -> Age | None:
    """Return the age that stands at `start` of `text`, if one does."""
    found = _pattern().match(text, start)
    if found is None:
        return None
    for rank, (_, count, unit) in enumerate(_SAID):
        if found[f"said{rank}"] is not None:
            return Age(start, found.end(), count, unit)
    if found["minutes"]:
        return Age(start, found.end(), 60 * int(found["hours"]) + int(found["minutes"]), "minute")
    unit = next(name for name in _UNITS if found[name] is not None)
    counted = found["count"].casefold()
    count = int(counted) if counted.isdecimal() else _NUMBERS.get(counted, 1)
    return Age(start, found.end(), None if found["few"] else count, unit)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as printed at `text[start:end]`; `when` is None for one of no calendar or of a form that is not ours.

    Where not even its end can be told, it ends where it starts.
    """

    start: int
    end: int
    when: When | None


def date_before(text: str) -> Dated | None:
    """Return the bare date that stands before a text (` date 2023-02 `), if one does."""
    found = _DATE.match(text)
    if found is None:
        return None
    printed = found["date"] or ""
    try:
        first = datetime.fromisoformat(printed + "-01-01T00:00:00Z"[max(len(printed) - 4, 0) :])
    except ValueError:  # 2023-13: no month of any year
        return Dated(0, found.end() if printed or found["other"] else 0, None)
    when = first.astimezone(UTC) if "T" in printed else PartialDate(printed)
    return Dated(found.start("date"), found.end(), when)


def written(when: When) -> str:
    """Return a time in the form in which `date_before` reads it."""
    if isinstance(when, datetime):  # strftime writes the year 999 differently from system to system
        return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return when
