"""Google's search operators, as Google Alerts takes them: a query a line, or the JSON that Google exports.

A space is AND and binds looser than OR. `AROUND(n)` allows n words between; a `*` in a phrase stands for one or more
words; `|` is OR, `-` NOT. The export is that of Google Takeout and the Data Portability API (Alerts Schema Reference):
of each alert its `query`, and its `language` where `apply_language_restrict` says so.
"""

import json
from collections.abc import Iterator
from itertools import accumulate

from monitor.rules.importing.boolean import As, Dialect, In, host, read_boolean
from monitor.rules.importing.original import Original, Query
from monitor.rules.importing.said import Both, Leaf, Said

_GRAMMAR = r"""
start: all_ | ALL_FIELD all_ -> whole
?all_: either_ | either_ (_AND? either_)+ -> both
?either_: single | single (_OR single)+ -> either
?single: _MINUS close -> negated | close
?close: plain | plain (NEAR plain)+ -> near
?plain: _OPEN all_ _CLOSE -> group | FIELD plain -> field | term | GAPS -> gaps
term: QUOTED | WORD | ADDRESS

_AND.2: /AND(?=[\s()"]|$)/
_OR.2: /OR(?=[\s()"]|$)|\|/
_MINUS.4: /-(?=[\w"(])/
NEAR.3: /AROUND\s?\(\d+\)/
ALL_FIELD.5: /all[a-z]+:\s*/
FIELD.3: /[A-Za-z]+:(?=[^\s:)])/
_OPEN: "("
_CLOSE: ")"
GAPS.1: /"\s*(?!\*)[^\s"]+(\s+(?!\*\s)[^\s"]+)*\s+\*(\s+[^\s"]+)+(?<!\*)\s*"/
QUOTED: /"[^"]*"/
ADDRESS.6: /https?:\/\/[^\s()"]+/
WORD: /[^\s()"|:]+/
%ignore /\s+/
"""


def _anywhere(value: str) -> str:
    return f"*{host(value)}*"


_TITLE = In(("headline",))
_TEXT = In(("lead", "subheads", "body", "summary"))
_ADDRESS = As("url", "is looked for anywhere in the address, where the case of a path counts", _anywhere)

GOOGLE = Dialect(
    "Google",
    _GRAMMAR,
    {
        "intitle": _TITLE,
        "allintitle": _TITLE,
        "intext": _TEXT,
        "allintext": _TEXT,
        "inurl": _ADDRESS,
        "allinurl": _ADDRESS,
        "site": As("url", value=host),
        "source": As("publisher", "is a publisher here, by the name that your sources give it"),
        "author": As("byline"),
        **dict.fromkeys(("location", "filetype", "ext", "before", "after", "daterange", "related", "link", "inanchor")),
    },
    doubts={"WORD": "Google also finds other forms and synonyms of a word without quotes; here a word is that word"},
)


def read_google(there: Original) -> Iterator[tuple[Query, Said | None]]:
    """Yield each query of a file and what it says; None where it cannot be read."""
    if there.text.lstrip()[:1] in {"[", "{"}:
        yield from _exported(there)
        return
    for query in there.lines():
        if "google." in query.text and "/alerts/feeds/" in query.text:
            said = "the address of an alert's feed does not hold its query; copy the query from google.com/alerts"
            there.fault(query.places[0], f"{said}, and add the feed as a source")
        else:
            yield query, read_boolean(GOOGLE, there, query)


def _exported(there: Original) -> Iterator[tuple[Query, Said | None]]:
    """Yield each query of Google's JSON."""
    try:
        alerts = list(_alerts(json.loads(there.text)))
    except (ValueError, RecursionError):
        there.fault(0, "begins like JSON and is none; a query in brackets goes on a line of its own, behind another")
        return
    if not alerts:
        there.fault(0, "is JSON without any alert: a mapping with a `query`")
    after = 0
    for alert in alerts:
        query = _placed(there, str(alert["query"]), after)
        after = query.places[-1]
        said = read_boolean(GOOGLE, there, query)
        if alert.get("apply_region_restrict"):
            there.warn(query.places[0], "the region of an alert has no equal here and is left out: the rule finds more")
        language = alert.get("language")
        if said and language and alert.get("apply_language_restrict"):
            said = Both(query.places[0], (said, Leaf(query.places[0], {"lang": str(language)})))
        yield query, said


def _alerts(value: object) -> Iterator[dict[str, object]]:
    """Yield the mappings with a query, however deep they stand."""
    if isinstance(value, dict) and isinstance(value.get("query"), str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _alerts(inner)


def _placed(there: Original, text: str, after: int) -> Query:
    """Return a query where it stands in the JSON behind `after`, escapes and all; else at the beginning."""
    for ascii_only in (False, True):
        written = [json.dumps(char, ensure_ascii=ascii_only)[1:-1] for char in text]
        begins = there.text.find(f'"{"".join(written)}"', after)
        if begins >= 0:
            return Query(text, [*accumulate(map(len, written), initial=begins + 1)])
    return Query(text, [0] * (len(text) + 1))
