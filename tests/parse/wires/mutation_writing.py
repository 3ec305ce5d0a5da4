"""The same article in other signs: case, quotes, spaces, gaps and line ends."""

import unicodedata
from collections.abc import Callable, Mapping
from random import Random

from tests.parse.wires.articles import Draft

_SPACES = "\u00a0", "\u202f", "\u2009", "\u2007", "  ", "\t", "\u3000"
_GAPS = "\n\n", "\n\n\n", "\n \n", "\n\t\n", " \n", "\n  ", "\n\u00a0\n"
_INDENTS = "\n    ", "\n\t", "\n\u00a0\u00a0", "\n\u3000", "\n\n  "
_FOREIGN = "„“", "«»", "»«", "„”", "““", "‹›", "‟”", "＂＂"
_CURLY = str.maketrans({"'": "’"})
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def _rewrite(draft: Draft, change: Callable[[str], str]) -> bool:
    """Change everything in the draft that is words."""
    draft.headline = draft.headline and change(draft.headline)
    draft.heading = draft.heading and change(draft.heading)
    draft.section = draft.section and change(draft.section)
    for part in draft.parts:
        part.text, part.label = change(part.text), change(part.label)
    for entry in draft.entries:
        entry.text, entry.age = change(entry.text), entry.age and change(entry.age)
    for place in draft.datelines():
        place.places = [change(name) for name in place.places]
        place.agencies = [change(name) for name in place.agencies]
        place.joiner = change(place.joiner)
    return True


def _paired(text: str, signs: str) -> str:
    """Return the text with `signs` for its straight double quotes, by turns."""
    first, *rest = text.split('"')
    return first + "".join(signs[rank % 2] + part for rank, part in enumerate(rest))


def _whole_case(draft: Draft, chance: Random) -> bool:
    return _rewrite(draft, chance.choice((str.lower, str.upper)))


def _quotes(draft: Draft, chance: Random) -> bool:
    if chance.random() < 0.5:
        return _rewrite(draft, lambda text: text.translate(_STRAIGHT))
    return _rewrite(draft, lambda text: _paired(text, "“”").translate(_CURLY))


def _foreign_quotes(draft: Draft, chance: Random) -> bool:
    signs = chance.choice(_FOREIGN)
    lead, last = draft.parts[0], draft.parts[-1]
    last.text += ' "Meer zeg ik niet."' if last.kind == "paragraph" else ""
    lead.text = f'"Zo is het", klonk het. {lead.text}' if lead.kind == "paragraph" else lead.text
    for entry in draft.entries[::2]:
        entry.text += ' "Zo is het."'
    return _rewrite(draft, lambda text: _paired(text.translate(_STRAIGHT), signs))


def _spaces(draft: Draft, chance: Random) -> bool:
    for place in draft.datelines():
        gap = chance.choice(_SPACES)
        place.places = [name.replace(" ", gap) for name in place.places]
        place.gap = place.gap.replace(" ", chance.choice(_SPACES))
        place.dash = place.dash.replace(" ", chance.choice(_SPACES))
    for entry in draft.entries:
        entry.age = entry.age and entry.age.replace(" ", chance.choice(_SPACES))
    if draft.heading:
        gap = chance.choice(_SPACES)
        draft.heading = draft.heading.replace(" ", gap)
        draft.section = draft.section and draft.section.replace(" ", gap)
    return any(draft.datelines()) or bool(draft.entries)


def _wide_spaces(draft: Draft, chance: Random) -> bool:
    gap = chance.choice("\u00a0\u202f\u2009")
    for place in draft.datelines():
        place.dash = place.dash.replace(" ", gap)
    return _rewrite(draft, lambda text: text.replace(" ", gap))


def _decomposed(draft: Draft, _: Random) -> bool:
    return _rewrite(draft, lambda text: unicodedata.normalize("NFD", text))


def _blank_lines(draft: Draft, chance: Random) -> bool:
    draft.gap = chance.choice(_GAPS)
    return True


def _indented(draft: Draft, chance: Random) -> bool:
    draft.gap = chance.choice(_INDENTS)
    return True


MUTATIONS: Mapping[str, Callable[[Draft, Random], bool]] = {
    "blank lines": _blank_lines,
    "indented": _indented,
    "whole case": _whole_case,
    "quotes": _quotes,
    "foreign quotes": _foreign_quotes,
    "spaces": _spaces,
    "wide spaces": _wide_spaces,
    "decomposed": _decomposed,
}


def with_other_ends(text: str, chance: Random) -> tuple[str, str]:
    """Return the text with other line ends and edges, which belong to no field, and what was done."""
    kinds = "crlf", "cr", "line separator", "mixed ends", "final newline", "edges", "trailing blanks", "bom"
    kind = chance.choice((*[""] * len(kinds), *kinds))
    changed = {
        "": text,
        "crlf": text.replace("\n", "\r\n"),
        "cr": text.replace("\r\n", "\n").replace("\n", "\r"),
        "line separator": text.replace("\n", "\u2028"),
        "mixed ends": text.replace("\n", "\r\n", 3),
        "final newline": text + "\n" * chance.randint(1, 3),
        "edges": f"\n \u00a0{text}\t\n ",
        "trailing blanks": text.replace("\n", chance.choice((" \n", "\u00a0\n", "  \r\n", "\t\n"))),
        "bom": "\ufeff" + text,
    }
    return changed[kind], kind
