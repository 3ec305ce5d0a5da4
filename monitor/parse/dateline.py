"""Datelines: `MOSKOU (ANP/RTR) - `, in the spellings of many agencies, taken apart; and ages glued to them.

A dateline begins a block; its forms, sure ones first:

    MOSKOU (ANP/RTR) -          place in capitals, agencies, dash
    Berlin (dpa) -              place as in running text, agencies that we know
    LONDON, Feb 5 (Reuters) -   with a date, which is left out of the places
    Madrid, 5 feb (EFE).-       with a full stop before the dash
    Jan 30 (Reuters) -          with a date and no place
    (ANSA) - ROMA, 5 FEB -      agencies first, then the place: sure with a date
    MOSCOW, February 5. /TASS/. between slashes, agencies that we know
    SYDNEY, Feb 5 AAP -         behind a date, an agency that we know
    MOSKOU/BEIJING (ANP) -      several places: `/`, `,` between names, `en`, `and`, `und`, `et`, `y`
    (ANP) -                     no place
    MOSKOU (XYZ) -              agencies that we do not know: unsure
    moskou (anp) -              place without a capital: unsure
    MOSKOU -                    no agencies: unsure
    MOSKOU (ANP)                no dash, or another sign (`:`, `=`, `|`, `·`, `•`) for it: unsure
    Moskou - De …               neither capitals nor agencies: only where a dateline is looked for, and unsure
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from monitor.model import Dateline
from monitor.parse.times.ages import CLOSES, SPACE, Age, age_at
from monitor.parse.times.date_words import key, months
from monitor.text.agencies import is_known

LONGEST = 120
"""A dateline is shorter than this, in code points."""

_DASH = r"(?:[\p{Pd}\u2212\u2043\u2500\u00ad]{1,3})"
_APOSTROPHE = r"'’‘`´\u02bc\u2032\u201b"
_SLASH = r"/\\|+\u2044\u2215\uff0f"
_AGENCY = r"[\p{L}][\p{L}\p{M}\p{N}\p{Zs}.&'’\p{Pd}]{0,29}"
_AGENCIES = rf"[(\[（]{SPACE}*(?P<agencies>{_AGENCY}(?:[{_SLASH},;]{SPACE}*{_AGENCY}){{0,7}})[)\]）]"
_PLACES = (
    rf"(?P<places>[\p{{L}}\p{{M}}{_APOSTROPHE}]"
    rf"[\p{{L}}\p{{M}}\p{{N}}\p{{Zs}}\t{_APOSTROPHE}.,&\p{{Pd}}{_SLASH}]{{0,78}}?)"
)
_WITH_AGENCIES = regex.compile(
    rf"(?:{_PLACES}{SPACE}*)?{_AGENCIES}"
    rf"(?:(?:\.?{SPACE}*(?P<dash>{_DASH})|{SPACE}*(?P<sign>[:=|·•_])){SPACE}*|{SPACE}*)"
)
_BETWEEN_SLASHES = regex.compile(
    rf"(?:{_PLACES}{SPACE}*)?(?<![^\s.])/(?P<agencies>{_AGENCY}(?:[,;]{SPACE}*{_AGENCY}){{0,7}})/"
    rf"(?:\.?{SPACE}*(?P<dash>{_DASH})|(?P<sign>[.:])(?!\S))?{SPACE}*"
)
_WITHOUT_AGENCIES = regex.compile(
    rf"{_PLACES}(?:{SPACE}+{_DASH}{SPACE}+(?=\S)|{SPACE}*{_DASH}$|{SPACE}*(?:[—―]|[-–]{{2}}){SPACE}*(?=\S)"
    rf"|(?:{SPACE}+{_DASH}|{_DASH}{SPACE}+)(?=[\p{{Lu}}\p{{Lt}}\"“‘'\p{{N}}]))"
)
_DATE = regex.compile(
    r",?\s*(?:\d{1,2}(?:\.|er)?\s+(?:de\s+)?\p{L}{3,12}|\p{L}{3,9}\.?\s+\d{1,2})\.?(?:,?\s+(?:de\s+)?\d{4})?\.?,?\s*$"
    r"|,?\s+\d{1,2}/\d{1,2}(?:/\d{2,4})?\s*$"
    # MTI's `2026. február 5., csütörtök`.
    r"|,?\s+\d{4}\.\s\p{L}{3,12}\s\d{1,2}\.(?:,\s\p{L}{4,9})?\s*$"
    r"|\d{1,2}月\d{1,2}日电?\s*$"
)
_JOINED = regex.compile(
    rf"{SPACE}*[{_SLASH}]{SPACE}*|—|--|{SPACE}+(?:en|and|und|et|y|&|{_DASH}){SPACE}+"
    # One country each: Bosnië en Herzegovina, Trinidad and Tobago …
    r"(?!herzeg|hercego|tobago|barbuda|nevis|the grenadines|pr[ií]ncipe|caicos|miquelon|futuna)",
    regex.IGNORECASE,
)
_COMMA = regex.compile(rf"{SPACE}*,{SPACE}*")
_BETWEEN_AGENCIES = regex.compile(rf"{SPACE}*[{_SLASH},;]{SPACE}*")
_WITHIN_AGENCIES = regex.compile(
    rf"{SPACE}*[\p{{Pd}}&]{SPACE}*|{SPACE}+(?:(?:en|and|und|et){SPACE}+)?", regex.IGNORECASE
)
_ABBREVIATED = regex.compile(r"\.\p{L}\.$")
_STATE = regex.compile(r"(?:\p{Lu}\.){2,}")
_LETTERS = regex.compile(r"\p{L}+")
_ENDS_SENTENCE = regex.compile(rf"[.!?…][{CLOSES}]*$")
_LEADING_ARTICLE = regex.compile(rf"^[{_APOSTROPHE}]\p{{Ll}}(?=[\p{{Pd}}\p{{Zs}}])")
_BEFORE_AGE = regex.compile(rf"(?P<end>[.!?…。][{CLOSES}]{{0,2}}){SPACE}{{0,4}}(?=[\p{{L}}\p{{N}}])")
_AND = regex.compile(rf"&|{SPACE}(?:en|and|und|et){SPACE}", regex.IGNORECASE)
_PARTICLES = {"aan", "am", "an", "bij", "de", "den", "der", "di", "do", "du", "la", "le", "les", "op", "sur", "van"}
_MOST_WORDS = 4
_MOST_LOOSE_WORDS = 3
_LONGEST_LOOSE = 200
"""A paragraph that is longer is prose, whatever it ends in."""
_SHORT_AGE = 4
"""Letters of an age such as `net` or `nu`, which names begin with too."""


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline, up to `end` of the text that begins with it; not `sure`: only its shape spoke for it."""

    dateline: Dateline
    end: int
    sure: bool
    dash: bool = True


def dateline_at(text: str, *, loose: bool = False) -> Found | None:
    """Return the dateline that `text` begins with, if it does.

    Args:
        text: a block, from its first character that is not white space.
        loose: a dateline is likely here, so that `Moskou - De …` is one too.
    """
    window = text[:LONGEST]
    if (listed := _WITH_AGENCIES.match(window)) and (judged := _judge(listed, window[listed.end() :])):
        return judged if judged.dateline.places or not judged.dash else _with_place(judged, window)
    if "/" in window and (listed := _BETWEEN_SLASHES.match(window)) and (judged := _judge_slashed(listed)):
        return judged
    found = _WITHOUT_AGENCIES.match(window)
    named = found["places"] if found else ""
    if found and (signed := _signed(found)):
        return signed
    if not found or not (_in_capitals(named) or (loose and _named_loosely(named, window[found.end() :]))):
        return None
    places = tuple(_places(named))
    return Found(Dateline(found[0], places), found.end(), sure=False) if places else None


def lead_dateline(text: str, *, known: bool = False) -> Found | None:
    """Return the dateline that a lead begins with, if it does.

    `LIVE - Poetin …` has the shape of one without agencies, and is a headline: that shape counts in prose only.

    Args:
        text: a paragraph, from its first character that is not white space.
        known: the document says that there is a dateline.
    """
    prose = known or len(text) > _LONGEST_LOOSE or _ENDS_SENTENCE.search(text) is not None
    found = dateline_at(text, loose=prose)
    return found if found and (prose or found.dateline.agencies) else None


def resembles_dateline(text: str) -> bool:
    """Tell whether `text` may begin with a dateline that nothing speaks for but its shape: `Gent (XYZ) - De …`."""
    found = _WITH_AGENCIES.match(text[:LONGEST])
    named = found["places"] if found else None
    if not found or not named:
        return dateline_at(text, loose=True) is not None
    begins = named.islower() or (_begins_capital(named) and not _begins_lower(text[found.end() : LONGEST]))
    return begins and len(named.split()) <= _MOST_WORDS


def age_on(line: str, *, listed: bool = False) -> Age | None:
    """Return the age that a line begins with, glued to an entry or alone; in prose more prose follows it.

    Args:
        line: from its first to its last character that is not white space.
        listed: the line stands in a sidebar, where prose does not begin with an age.
    """
    age = age_at(line)
    if age is None or age.end == len(line):
        return age
    rest = line[age.end : age.end + LONGEST]
    # `NETANYAHU` is no `net`, nor `IL Y A 2 HOMMES` `il y a 2 h`, but `4 UUR GELEDENDE` is glued.
    capitals = rest[0].isupper() and line[age.end - 1].isupper() and not line[0].isdigit()
    if capitals and age.end - age.start <= _SHORT_AGE:  # NETANYA (ANP) -
        return None
    glued = not rest[0].isspace() and not rest[0].islower() and rest[0] not in ".,;:!?)-" and not capitals
    bare = rest.lstrip()
    return age if glued or dateline_at(bare, loose=listed) or (listed and bare[:1].isupper()) else None


def ends_entry(line: str) -> bool:
    """Tell whether a line begins with the age of an entry and goes on with the next entry."""
    age = age_on(line)
    return age is not None and age.end < len(line)


def reports(line: str) -> bool:
    """Tell whether a line begins with a dateline that names agencies, as every report does."""
    found = dateline_at(line)
    return found is not None and found.dash and bool(found.dateline.agencies)


def entries_in(line: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a line of a sidebar start and end: an age behind a sentence begins one."""
    start, capitals = 0, line.isupper()
    for sentence in _BEFORE_AGE.finditer(line):
        # Bounded, so that many sentences in one line take no time in proportion to their square.
        age = age_on(line[sentence.end() : sentence.end() + 2 * LONGEST], listed=not capitals)
        if age:
            yield start, sentence.end("end")
            start = sentence.end()
    yield start, len(line)


def _judge(found: regex.Match[str], rest: str) -> Found | None:
    named, dash, sign = found["places"] or "", bool(found["dash"]), bool(found["sign"])
    if dash and _is_date(named):
        named = ""
    agencies = tuple(_agencies(found["agencies"]))
    places = tuple(_places(named))
    known = [is_known(agency) for agency in agencies]
    capitals = not named or _in_capitals(named)
    short = all(len(place.split()) <= _MOST_WORDS for place in places)
    if not dash:
        follows = sign or (_begins_capital(named) and not _begins_lower(rest))
        believed = bool(places) and all(known) and (capitals or (short and follows))
    elif not named:
        believed = all(known)
    elif any(known):
        believed = bool(places) and (capitals or short)
    else:  # Prose such as `Mark Rutte (VVD) - ` and `VN (Verenigde Naties) - ` is not in capitals throughout.
        believed = bool(places) and capitals and all(agency == agency.upper() for agency in agencies)
    if not believed:
        return None
    plain = capitals or (_begins_capital(named) and not _COMMA.search(_DATE.sub("", named)))
    sure = dash and any(known) and plain and bool(named or all(known))
    return Found(Dateline(found[0], places, agencies), found.end(), sure=sure, dash=dash or (sign and capitals))


def _judge_slashed(found: regex.Match[str]) -> Found | None:
    """Return the dateline whose agencies stand between slashes, if we know them all."""
    named = found["places"] or ""
    agencies, places = tuple(_agencies(found["agencies"])), tuple(_places(named))
    short = all(len(place.split()) <= _MOST_WORDS for place in places)
    if not all(map(is_known, agencies)) or not short or (named and not _begins_capital(named)):
        return None
    ended = bool(found["dash"] or found["sign"])
    return Found(Dateline(found[0], places, agencies), found.end(), sure=ended and bool(places), dash=ended)


def _signed(found: regex.Match[str]) -> Found | None:
    """Return the dateline whose agency stands behind its date, without brackets, if we know that agency."""
    named, _, agency = found["places"].rpartition(" ")
    dated = _DATE.search(named)
    places = tuple(_places(named))
    if not dated or not _is_date(dated[0]) or not places or not _begins_capital(named) or not is_known(agency):
        return None
    return Found(Dateline(found[0], places, (agency,)), found.end(), sure=True)


def _with_place(found: Found, window: str) -> Found:
    """Return a dateline of agencies with the place that stands behind its dash, if one does, and its own dash."""
    rest = window[found.end :]
    second = _WITHOUT_AGENCIES.match(rest)
    named = second["places"] if second else ""
    dated = _DATE.search(named)
    is_dated = dated is not None and _is_date(dated[0])
    if not second or not (is_dated or _in_capitals(named)) or _begins_lower(rest[second.end() :]):
        return found
    places = tuple(_places(named))
    if not places or any(len(place.split()) > _MOST_WORDS for place in places):
        return found
    end = found.end + second.end()
    return Found(Dateline(window[:end], places, found.dateline.agencies), end, sure=found.sure and is_dated)


def _is_date(named: str) -> bool:
    """Tell whether what stands for a place is a date, `Jan 30`, and nothing else."""
    return _DATE.fullmatch(named) is not None and any(key(word) in months(None) for word in _LETTERS.findall(named))


def _in_capitals(name: str) -> bool:
    """Tell whether `name` is in capitals, its date, what joins, `, Texas` and a leading `'s-` aside."""
    bare = _JOINED.sub(" ", _DATE.sub("", name).split(",")[0])
    letters = [char for char in _LEADING_ARTICLE.sub("", bare) if char.isalpha()]
    return len(letters) > 1 and not any(char.islower() for char in letters)


def _begins_capital(name: str) -> bool:
    bare = _LEADING_ARTICLE.sub("", name)
    return next((char.isupper() or not char.islower() for char in bare if char.isalpha()), False)


def _begins_lower(text: str) -> bool:
    return next((char for char in text if char.isalnum()), "").islower()


def _named_loosely(named: str, rest: str) -> bool:
    """Tell whether `named` may be a place without agencies: few words, in the case of what follows."""
    words = _JOINED.sub(" ", named).split()
    lower = not any(char.isupper() for char in named)
    capitals = all(map(_begins_capital, {*words} - _PARTICLES)) and _begins_capital(named) and not _begins_lower(rest)
    return len(words) <= _MOST_LOOSE_WORDS and (lower or capitals)


def _places(named: str) -> Iterator[str]:
    """Yield the names in `named`, gaps as blanks; a state or country behind a comma (`…, Texas`) is none."""
    bare = " ".join(_DATE.sub("", named).split()).strip(" ,-")
    for joined in _JOINED.split(bare if _ABBREVIATED.search(bare) else bare.rstrip(".")):
        first, *others = (part.strip() for part in _COMMA.split(joined))
        if first:
            yield first
        yield from (part for part in others if _names_too(part, first))


def _names_too(part: str, first: str) -> bool:
    """Tell whether what stands behind a place and a comma is another place; `D.C.` is none."""
    return bool(part) and not _STATE.fullmatch(part) and (_in_capitals(part) or not _in_capitals(first))


def _agencies(listed: str) -> Iterator[str]:
    """Yield the agencies in a list; `ANP-RTR` is two where we know both, `ANP en NOS` where we know one."""
    for part in _BETWEEN_AGENCIES.split(listed):
        agency = " ".join(part.split())
        within = [] if is_known(agency) else _WITHIN_AGENCIES.split(agency)
        enough = any if _AND.search(agency) else all
        if agency:
            yield from within if len(within) > 1 and enough(map(is_known, within)) else [agency]
