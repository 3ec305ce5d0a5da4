"""Sentences: where each stands in a text.

A stop ends one where a space follows and no small letter begins what comes next. A full stop does not, where it belongs
to an abbreviation (`dr.`), an initial (`J. Smit`) or a date (`3. Mai`); after `U.S.` and `Inc.` it does only where the
next word mostly begins one (`The`, `De`). The stops of scripts without spaces (。) need none behind them.
"""

import re
from collections.abc import Iterator

import regex

_CLOSERS = r"[\p{Pf}\p{Pe}\"'’»]*+"
_STOP = regex.compile(
    rf"(?:(?<![.!?…؟۔।॥።])[.!?…؟۔।॥።]++{_CLOSERS}(?=\s)|[。！？｡．]++[\p{{Pf}}\p{{Pe}}]*+|\u2029|\n[^\S\n]*+\n)\s*+",
    regex.V1,
)
_GOES_ON = regex.compile(r"[\p{Pi}\p{Ps}\p{Pd}\"'‘«\s]{0,8}+\p{Ll}")
_PARTS = re.compile(r"[\s()\[\]\"'’‘“„«/-]+")
_NEXT = regex.compile(r"[\p{Pi}\p{Ps}\"'‘«]*+([\p{L}\p{N}]{1,20}+)")
_REACH = 24


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BEFORE_NAMES = _set(
    """
    mr mrs ms dr drs ir ing prof mevr dhr mw ds hon gen lt sgt capt cmdr adm maj gov sen rep pres sec rev vs cf resp
    hr hrn frl bzw ggf vgl usw sog inkl zzgl mme mlle mgr sra srta dra dña ud uds avv dott sig sigg evt zgn ca incl excl
    bijv o.a o.m m.b.t d.w.z m.i.v t.a.v i.v.m i.s.m t.o.v t.n.v z.b d.h u.a i.d.r a.d e.g i.e
    """
)
"""Abbreviations that end no sentence: what they are about follows."""

_BEFORE_NUMBERS = _set(
    """
    no nr nrs art blz pag p pp fig vol abs tel jan feb mrt mar apr mai jun jul aug sep sept okt oct nov dec dez
    """
)
"""Abbreviations that end no sentence where a number follows, as names and words they may."""

_AT_ENDS = _set("inc co corp ltd bros plc llc bv nv st jr sr etc enz c.s mln mld bn mio mrd min max")
"""Abbreviations that end a sentence only where the next word mostly begins one."""

_BEGINNERS = _set(
    """
    the he she it they we but and in on at this that these those there when while after if a an
    de het een hij zij ze wij er maar en dat dit die deze toen na op als ook volgens
    der die das er sie es wir ein eine aber und im nach
    le la les il elle ils elles un une des mais et dans el los las una pero y
    """
)
_MONTHS = _set(
    """
    januar februar märz april mai juni juli august september oktober november dezember jänner feber
    """
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence stands, from its first to behind its last character, without the spaces between.

    Takes time in proportion to the length.
    """
    start = len(text) - len(text.lstrip())
    for stop in _STOP.finditer(text):
        end = stop.end()
        if stop.start() > start and end < len(text) and _ends(text, start, stop):
            yield start, start + len(text[start:end].rstrip())
            start = end
    if rest := text[start:].rstrip():
        yield start, start + len(rest)


def _ends(text: str, start: int, stop: "regex.Match[str]") -> bool:
    """Tell whether the sentence from `start` on ends at a stop."""
    mark = stop[0].rstrip()
    if not mark or mark[0] not in ".!?…؟":
        return True
    if _GOES_ON.match(text, stop.end()):
        return False
    return mark != "." or _is_full_stop(text, start, stop)


def _is_full_stop(text: str, start: int, stop: "regex.Match[str]") -> bool:
    """Tell whether a single full stop is more than the end of an abbreviation, an initial or a number."""
    pieces = _PARTS.split(text[max(start, stop.start() - _REACH) : stop.start()].lower())
    word = pieces[-1]
    following = _NEXT.match(text, stop.end())
    after = following[1].lower() if following else ""
    if word.isdecimal():
        return after not in _MONTHS and len(pieces) > 1
    if word in _BEFORE_NAMES or (len(word) == 1 and word.isalpha()):
        return False
    if word in _BEFORE_NUMBERS:
        return not after[:1].isdecimal()
    return after in _BEGINNERS or not (word in _AT_ENDS or "." in word)
