"""Bylines: who wrote it, in the ways in which feeds put a name and an address into one text."""

import regex

from monitor.model import Byline

LONGEST = 512
"""Characters of a byline that are read."""

_ADDRESS = regex.compile(
    r"(?:mailto:)?(?P<address>[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}+@[\p{L}\p{N}-]{1,63}+(?:\.[\p{L}\p{N}-]{1,63}+){1,8})"
    r"(?:\?subject=\S*+)?"
)
_BRACKETS = regex.compile(r"<\s*>|\(\s*\)|\[\s*\]")


def byline_of(text: str, email: str | None = None) -> Byline | None:
    """Return the byline that a text is, with the address that stands in it; the address alone is its name.

    `jan@example.org (Jan Jansen)`, `Jan Jansen <jan@example.org>`, `Jan Jansen`.

    Args:
        text: one line of plain text.
        email: the address, where the document tells it apart from the name.
    """
    name = text[:LONGEST].strip()
    found = _ADDRESS.search(name)
    if found:
        name = _BRACKETS.sub("", name[: found.start()] + name[found.end() :]).strip(" ,;:-")
        email = email or found["address"]
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    name = name.strip("\"' ")
    return Byline(name or email or "", email) if name or email else None
