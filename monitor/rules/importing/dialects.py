"""Every dialect that can be imported, how to tell whose a query is, and the import itself."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from monitor.errors import ConfigError, Problem
from monitor.match.written.writing import Value
from monitor.rules.importing.boolean import Dialect, read_boolean
from monitor.rules.importing.brandwatch import BRANDWATCH
from monitor.rules.importing.freshrss import read_freshrss
from monitor.rules.importing.google import read_google
from monitor.rules.importing.meltwater import MELTWATER
from monitor.rules.importing.miniflux import read_miniflux
from monitor.rules.importing.original import Original, Query, original
from monitor.rules.importing.rules_yaml import write_rules
from monitor.rules.importing.said import Said, condition
from monitor.rules.importing.talkwalker import TALKWALKER
from monitor.text.fold import fold

Reads: TypeAlias = Callable[[Original], Iterable[tuple[Query, Said | None]]]

_LONGEST_ID = 40
_LONGEST_TITLE = 80
_MOST_QUERIES = 5_000


def _whole(dialect: Dialect, there: Original) -> Iterator[tuple[Query, Said | None]]:
    query = there.whole()
    yield query, read_boolean(dialect, there, query)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where queries come from: its name, what reads a file of them, and what no query of the others has."""

    name: str
    read: Reads
    sure: str


DIALECTS: Mapping[str, Origin] = {
    "google-alerts": Origin(
        "Google Alerts",
        read_google,
        r"\bAROUND\s?\(\d+\)|\ball(?:intitle|intext|inurl):|/alerts/feeds/|\bfiletype:|\"apply_language_restrict\"",
    ),
    "meltwater": Origin("Meltwater", partial(_whole, MELTWATER), r"(?i:\bingress:)|\bO?NEAR(?=[\s(\"])|[\w\")]\^\d"),
    "brandwatch": Origin(
        "Brandwatch",
        partial(_whole, BRANDWATCH),
        r"<<<|\bNEAR/\d+f\b|\{[^{}\"]+\}|\braw:|\bauthor(?:Followers|Verified|Gender):|\bengaging_with:|\bat_mentions:",
    ),
    "talkwalker": Origin(
        "Talkwalker",
        partial(_whole, TALKWALKER),
        r"\bsource(?:country|type|geo):|\b(?:host|domain)_url:|\balexa_views:|\btrending_score:",
    ),
    "freshrss": Origin(
        "FreshRSS",
        read_freshrss,
        r"\bpubdate:|\bdate:P|(?:^|[\s(!-])(?:f|e|S|L):\d|\blabels?:|[!-]#\w|![\w(]+:|:/[^/\s]+/[imsxu]*(?:\s|$)",
    ),
    "miniflux": Origin(
        "Miniflux", read_miniflux, r"(?m)^\s*Entry(?:Title|URL|CommentsURL|Content|Author|Tag|Date)\s*="
    ),
}
"""Every dialect by the name that people give it on the command line."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A configuration of rules, and what means something else in it than in the original."""

    yaml: str
    warnings: Sequence[Problem]


def dialect_of(name: str, body: bytes) -> str:
    """Return the dialect of a file, where something in it stands in that dialect alone.

    Raises:
        ValueError: it cannot be told; the message says why.
    """
    text = original(name, body).text
    signs = {key: found[0] for key, origin in DIALECTS.items() if (found := re.search(origin.sure, text))}
    if len(signs) == 1:
        return next(iter(signs))
    if not signs:
        msg = "nothing in it is of one dialect alone"
        raise ValueError(msg)
    msg = ", but ".join(f"`{sign.strip()}` is of {DIALECTS[key].name}" for key, sign in signs.items())
    raise ValueError(msg)


def import_rules(
    name: str, body: bytes, dialect: str, rule_id: str | None = None, title: str | None = None
) -> Imported:
    """Return the rules that the queries of a file make.

    Args:
        name: of the file, as people know it.
        body: what is in it.
        dialect: a key of `DIALECTS`.
        rule_id: of the rule; several are numbered. By default the first words of each query.
        title: of the rules; by default the query itself.

    Raises:
        ConfigError: a query cannot be read, or has something without an equal that cannot be left out.
    """
    there = original(name, body)
    rules: list[dict[str, Value]] = []
    for number, (query, said) in enumerate(DIALECTS[dialect].read(there)):
        if number == _MOST_QUERIES:
            there.fault(query.places[0], f"more than {_MOST_QUERIES:,} queries; import them in parts")
            break
        value = condition(said, there) if said else None
        if value is not None:
            rules.append({"id": rule_id or _named(query.text), "title": title or _titled(query.text), **_keys(value)})
    if not rules and not there.faults:
        there.fault(0, "there is no query in it")
    if there.faults:
        raise ConfigError(there.faults)
    heading = f"Imported from {DIALECTS[dialect].name}. Give each rule a level, sources and tests."
    return Imported(write_rules(_numbered(rules), heading), sorted(there.warnings))


def _keys(value: Value) -> dict[str, Value]:
    """Return a condition as keys of a rule."""
    return value if isinstance(value, dict) else {"all": [value]}


def _named(query: str) -> str:
    """Return an id made of the first words of a query."""
    name = ""
    for word in re.findall(r"[a-z0-9]+", fold(query)):
        if len(name) + 1 + len(word) > _LONGEST_ID:
            break
        name = f"{name}-{word}" if name else word
    return name or "imported"


def _titled(query: str) -> str:
    line = " ".join(query.split())
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1].rstrip()}…"


def _numbered(rules: Sequence[dict[str, Value]]) -> list[dict[str, Value]]:
    """Return the rules with ids of their own: of several alike, the second is `…-2`."""
    taken: dict[str, int] = {}
    made = []
    for rule in rules:
        first = name = str(rule["id"])
        while name in taken:
            taken[first] += 1
            name = f"{first}-{taken[first]}"
        taken[name] = 1
        made.append({**rule, "id": name})
    return made
