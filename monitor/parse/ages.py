"""Ages: `4 uur geleden`, `vor 4 Stunden`, `il y a 2 heures`, counted back from a capture time.

The words are the Unicode CLDR's relative times (through Babel), in the languages of `LANGUAGES`, long and abbreviated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import regex
from babel.dates import format_timedelta

from monitor.model import PartialDate, When

LANGUAGES = ("nl", "en", "de", "fr", "es", "it", "pt", "sv", "da", "nb", "fi", "pl")
SPACE = r"[ \t\u00a0\u2007\u2009\u202f]"
"""What separates words within a line: on the wire, non-breaking and narrow spaces too."""

_UNITS: Mapping[str, timedelta] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_DAYS_OF_MONTH, _DAYS_OF_YEAR = 30, 365
_PLURAL_SAMPLES = (1, 2, 3, 5, 21)
"""One number of each plural class of the languages above (CLDR plural rules)."""

_ONE = r"een|één|an?|one|einer|einem|une?|una?|um|uma|ett|et|en|jedną"
_NOW = r"zojuist|zonet|net|just now|gerade eben|à l['’]instant|ahora mismo|adesso"
_HOUSE = {  # What news sites write and CLDR does not.
    "minute": r"{n} ?m(?:in)?\.? geleden",
    "hour": r"{n} ?u(?:ur|ren)?\.? geleden|{n} ?hrs?\.? ago",
    "day": r"{n} ?d(?:gn?)?\.? geleden",
}


@dataclass(frozen=True, slots=True)
class Age:
    """An age as printed at `text[start:end]`: `count` units of `unit`; a count of 0 is this moment."""

    start: int
    end: int
    count: int
    unit: str

    def before(self, fetched: datetime | None) -> When | None:
        """Return `fetched` less this age; a bare month or year where the age is told in those.

        None without a capture time, and where the age reaches back before the year 1.
        """
        if fetched is None:
            return None
        try:
            if self.unit == "month":
                months = fetched.year * 12 + fetched.month - 1 - self.count
                return PartialDate(f"{fetched.replace(year=months // 12, month=1, day=1).year:04}-{months % 12 + 1:02}")
            if self.unit == "year":
                return PartialDate(f"{fetched.replace(year=fetched.year - self.count, month=1, day=1).year:04}")
            return fetched - self.count * _UNITS[self.unit]
        except (OverflowError, ValueError):
            return None


def _phrases() -> Iterator[tuple[str, str]]:
    """Yield each unit with each of its phrases, `{n}` standing for the number."""
    for language in LANGUAGES:
        for unit, length in _UNITS.items():
            for count in _PLURAL_SAMPLES:
                for form in ("long", "short", "narrow"):
                    said = format_timedelta(
                        -count * length,
                        granularity=unit,  # type: ignore[arg-type]  # the stub wants literals
                        threshold=10**9,
                        add_direction=True,
                        format=form,  # type: ignore[arg-type]  # the stub wants literals
                        locale=language,
                    )
                    phrase = regex.sub(rf"\d+({SPACE})?", lambda number: "{n}" + (number[1] or ""), said, count=1)
                    if not said.startswith(("-", "\u2212")) and "{n}" in phrase:  # `-4 h` could be anything
                        yield unit, phrase


@cache
def _pattern() -> regex.Pattern[str]:
    """One alternation over all phrases; the group that matched names the unit."""
    phrases: dict[str, set[str]] = {unit: set() for unit in _UNITS}
    for unit, phrase in _phrases():
        escaped = regex.escape(phrase.replace("{n}", "\0"), literal_spaces=True)
        phrases[unit].add(regex.sub(SPACE, f"{SPACE}+", escaped).replace("\0", "{n}"))
    for unit, house in _HOUSE.items():
        phrases[unit].add(regex.sub(" ([?]?)", lambda gap: f"{SPACE}{'*' if gap[1] else '+'}", house))
    number = rf"(?P<count>\d{{1,4}}|{_ONE})"
    units = (
        f"(?P<{unit}>{'|'.join(sorted(forms, key=len, reverse=True))})".replace("{n}", number)
        for unit, forms in phrases.items()
    )
    return regex.compile(f"(?:{'|'.join(units)}|(?P<now>{_NOW}))", regex.IGNORECASE)


def age_at(text: str, start: int = 0) -> Age | None:
    """Return the age that stands at `start` of `text`, if one does."""
    found = _pattern().match(text, start)
    if found is None:
        return None
    unit = next((name for name in _UNITS if found[name] is not None), "second")
    counted = found["count"]
    count = 0 if counted is None else int(counted) if counted.isdecimal() else 1
    return Age(start, found.end(), count, unit)
