"""Miniflux's block and keep rules: lines such as `EntryTitle=(?i)sancti(e|on)`, or a bare regular expression.

An entry is kept (or blocked) where one line matches it. Expressions are RE2 there as here. A bare one, the older form,
looks at the address, the title, the author and the tags (miniflux, internal/reader/filter).
"""

import re
from collections.abc import Iterator

from monitor.rules.importing.original import Original, Query
from monitor.rules.importing.said import Either, Gone, Leaf, Said, Scoped

_RULE = re.compile(r"(Entry[A-Za-z]*|[A-Za-z]+)\s*=\s*(.*)")
_SCOPES = {
    "EntryTitle": ("headline",),
    "EntryContent": ("lead", "subheads", "body", "summary"),
    "EntryAuthor": ("byline",),
    "EntryTag": ("tags",),
}
_ADDRESS = re.compile(r"(?:\^https\??://(?:\(www\\\.\)\?|www\\\.)?)?((?:[\w/-]|\\[./-])+)")
_OLD = re.compile(r"max-age:(\d+)([dhms])")
_KEPT = "the rules do not say whether they keep or block; read as what to keep (what to block goes under `none:`)"


def read_miniflux(there: Original) -> Iterator[tuple[Query, Said | None]]:
    """Yield the one query that all lines of a file are, and what it says."""
    lines = list(there.lines())
    if not lines:
        return
    named = any(line.text.startswith("Entry") and "=" in line.text for line in lines)
    read = [_line(there, line) if named else _bare(there, line) for line in lines]
    members = tuple(said for said in read if said)
    there.warn(lines[0].places[0], _KEPT)
    yield there.whole(), Either(lines[0].places[0], members) if members else None


def _line(there: Original, line: Query) -> Said | None:
    at = line.places[0]
    found = _RULE.fullmatch(line.text)
    name, pattern = found.groups() if found else ("", "")
    if scopes := _SCOPES.get(name):
        if name == "EntryContent":
            there.warn(at, "EntryContent is the HTML of an entry there, and its text here")
        return Scoped(at, scopes, Leaf(line.places[len(line.text) - len(pattern)], {"re": pattern}))
    if name == "EntryURL":
        return _address(at, line.text, pattern)
    if name == "EntryDate" and (age := _OLD.fullmatch(pattern)):
        return Leaf(at, {"age": {"min": f"{age[1]}{age[2]}"}})
    if name in {"EntryDate", "EntryCommentsURL"}:
        return Gone(at, line.text)
    known = ", ".join([*_SCOPES, "EntryURL", "EntryDate", "EntryCommentsURL"])
    there.fault(at, f"`{line.text}` is no rule of Miniflux; each line is one of {known}, =, and a value")
    return None


def _address(at: int, written: str, pattern: str) -> Said:
    """Return where an address is that a plain expression describes; no other can be said here."""
    found = _ADDRESS.fullmatch(pattern)
    if found is None:
        return Gone(at, written)
    plain = found[1].replace("\\", "")
    return Leaf(at, {"url": plain if pattern.startswith("^") else f"*{plain}*"})


def _bare(there: Original, line: Query) -> Said:
    at = line.places[0]
    there.warn(at, "a bare expression is looked for in title, author and tags here, not in the address")
    return Scoped(at, ("headline", "byline", "tags"), Leaf(at, {"re": line.text}))
