"""FreshRSS's searches, as its user queries and filter actions hold them: one a line.

A space is AND and binds closer than OR; `!` and `-` are NOT (FreshRSS documentation, "Filtering articles").
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from monitor.match.written.writing import Value
from monitor.rules.importing.boolean import As, Dialect, In, Reads, host, read_boolean
from monitor.rules.importing.original import Original, Query
from monitor.rules.importing.said import Said
from monitor.text.durations import write_duration

_GRAMMAR = r"""
start: either_
?either_: both_ | both_ (_OR both_)+ -> either
?both_: single | single (_AND? single)+ -> both
?single: _MINUS plain -> negated | plain
?plain: _OPEN either_ _CLOSE -> group | FIELD value -> field | value | TAG -> tag
?value: term | REGEX -> pattern
term: QUOTED | WORD | ADDRESS

_AND.2: /AND(?=[\s()])/
_OR.2: /OR(?=[\s()])/
_MINUS.4: /[!-](?=[^\s!-])/
FIELD.3: /[A-Za-z]+:(?=[^\s)])/
REGEX.3: /\/(\\.|[^\/\\\n])+\/[imsxu]*(?=[\s)]|$)/
TAG.2: /#[^\s()]+/
_OPEN: "("
_CLOSE: ")"
QUOTED.1: /"[^"]*"|'[^']*'/
ADDRESS.6: /https?:\/\/[^\s()"]+/
WORD: /(\\[()]|[^\s()":])+/
%ignore /\s+/
"""

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?/?")
_SECONDS = (365 * 86400, 30 * 86400, 7 * 86400, 86400, 3600, 60, 1)
_PARTS = "FreshRSS finds parts of words too; here a word is a whole word (sanctie* finds longer ones)"


def _age(interval: str) -> Value | None:
    """Return the condition that an item is no older than an ISO 8601 duration; None of any other interval."""
    found = _DURATION.fullmatch(interval)
    parts = found.groups() if found else ()
    seconds = sum(int(part[:6]) * unit for part, unit in zip(parts, _SECONDS, strict=bool(parts)) if part)
    return {"age": {"max": write_duration(timedelta(seconds=seconds))}} if seconds else None


def _anywhere(value: str) -> str:
    return f"*{host(value)}*"


FRESHRSS = Dialect(
    "FreshRSS",
    _GRAMMAR,
    {
        "intitle": In(("headline",)),
        "intext": In(("lead", "subheads", "body", "summary")),
        "inurl": As("url", "is looked for anywhere in the address, where the case of a path counts", _anywhere),
        "author": As("byline"),
        "pubdate": Reads(_age, "counts from the moment that a rule is judged; a month is 30 days, a year 365"),
        "date": Reads(_age, "counts from publication here, not discovery; a month is 30 days, a year 365"),
        **dict.fromkeys(("f", "c", "e", "label", "labels", "L", "search", "S", "userdate", "mdate")),
    },
    doubts={"WORD": _PARTS, "QUOTED": _PARTS},
)


def read_freshrss(there: Original) -> Iterator[tuple[Query, Said | None]]:
    """Yield each query of a file and what it says; None where it cannot be read."""
    for query in there.lines():
        yield query, read_boolean(FRESHRSS, there, query)
