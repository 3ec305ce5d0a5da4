"""Datelines: `MOSKOU (ANP/RTR) - `, in the spellings of many agencies, taken apart.

A dateline begins a block; its forms, sure ones first:

    MOSKOU (ANP/RTR) -          place in capitals, agencies, dash
    Berlin (dpa) -              place as in running text, agencies that we know
    LONDON, Feb 5 (Reuters) -   with a date, which is left out of the places
    MOSKOU/BEIJING (ANP) -      several places: `/`, `,` between names, `en`, `and`, `und`, `et`, `y`
    (ANP) -                     no place
    MOSKOU -                    no agencies: unsure
    MOSKOU (ANP)                no dash: unsure
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from monitor.model import Dateline
from monitor.parse.ages import SPACE
from monitor.text.agencies import is_known

LONGEST = 120
"""A dateline is shorter than this, in code points."""

_DASH = r"(?:--|[-\u2010-\u2015\u2212\uff0d])"
_AGENCY = r"[\p{L}][\p{L}\p{N}.& \-]{0,29}"
_AGENCIES = rf"\({SPACE}*(?P<agencies>{_AGENCY}(?:{SPACE}*[/,;+|]{SPACE}*{_AGENCY}){{0,7}}){SPACE}*\)"
_PLACES = r"(?P<places>[\p{L}\p{M}'’‘`][\p{L}\p{M}\p{N}\p{Zs}'’‘`.,/&\-\u2010\u2011]{0,78}?)"
_WITH_AGENCIES = regex.compile(rf"(?:{_PLACES}{SPACE}*)?{_AGENCIES}(?P<dash>{SPACE}*{_DASH}{SPACE}*|:?{SPACE}*)")
_WITHOUT_AGENCIES = regex.compile(rf"{_PLACES}{SPACE}+{_DASH}{SPACE}+(?=\S)")
_DATE = regex.compile(r",?\s*(?:\d{1,2}\.?\s+\p{L}{3,9}|\p{L}{3,9}\.?\s+\d{1,2})\.?(?:,?\s+\d{4})?\s*$")
_JOINED = regex.compile(rf"{SPACE}*[/+|]{SPACE}*|{SPACE}+(?:en|and|und|et|y|&|{_DASH}){SPACE}+", regex.IGNORECASE)
_COMMA = regex.compile(rf"{SPACE}*,{SPACE}*")
_KEPT_WHOLE = regex.compile(r"trinidad|bosni|antigua|saint kitts|são tomé|sao tome|turks", regex.IGNORECASE)
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline, up to `end` of the text that begins with it; `sure` is false where only its shape spoke for it."""

    dateline: Dateline
    end: int
    sure: bool


def dateline_at(text: str) -> Found | None:
    """Return the dateline that `text` begins with, if it does."""
    window = text[:LONGEST]
    if found := _WITH_AGENCIES.match(window):
        return _judge(found)
    if (found := _WITHOUT_AGENCIES.match(window)) and _in_capitals(found["places"]):
        places = tuple(_places(found["places"]))
        return Found(Dateline(found[0], places), found.end(), sure=False) if places else None
    return None


def _judge(found: regex.Match[str]) -> Found | None:
    named = found["places"] or ""
    agencies = tuple(part for part in regex.split(rf"{SPACE}*[/,;+|]{SPACE}*", found["agencies"].strip()) if part)
    places = tuple(_places(named))
    known = [is_known(agency) for agency in agencies]
    dash = regex.search(_DASH, found["dash"]) is not None
    capitals = not named or _in_capitals(named)
    if named and not places:
        return None
    if not _believable(named, capitals=capitals, known=known, dash=dash, agencies=agencies):
        return None
    sure = dash and (any(known) or capitals) and (capitals or _begins_capital(named)) and bool(named or all(known))
    return Found(Dateline(found[0], places, agencies), found.end(), sure=sure)


def _believable(named: str, *, capitals: bool, known: list[bool], dash: bool, agencies: tuple[str, ...]) -> bool:
    """Tell a dateline from prose such as `Mark Rutte (VVD) - ` or `VN (Verenigde Naties) - `."""
    if not dash:
        return capitals and all(known)
    if not named:
        return all(known)
    if any(known):
        return capitals or len(named.split()) <= _MOST_WORDS
    return capitals and all(_in_capitals(agency) for agency in agencies)


def _in_capitals(name: str) -> bool:
    """Tell whether `name` is in capitals, its date, its comma part (`, Texas`) and a leading `'s-` aside."""
    bare = _DATE.sub("", name).split(",")[0]
    letters = [char for char in regex.sub(r"^['’‘`]\p{Ll}(?=[\-\u2010\u2011 ])", "", bare) if char.isalpha()]
    return len(letters) > 1 and not any(char.islower() for char in letters)


def _begins_capital(name: str) -> bool:
    return next((char.isupper() for char in name.lstrip("'’‘`s-") if char.isalpha()), False)


def _places(named: str) -> Iterator[str]:
    """Yield the names in `named`, as printed; a state or country behind a comma (`SAN ANTONIO, Texas`) is none."""
    bare = _DATE.sub("", named).strip(" \t\u00a0\u2007\u2009\u202f,.-")
    for joined in [bare] if _KEPT_WHOLE.search(bare) else _JOINED.split(bare):
        first, *others = (part.strip() for part in _COMMA.split(joined))
        if first:
            yield first
        yield from (part for part in others if part and (_in_capitals(part) or not _in_capitals(first)))
