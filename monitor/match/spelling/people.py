"""The shipped names: given names in all their spellings, and who is in the news under which names.

`given.txt` has a given name a line, `names.txt` a person or organisation; NAMES.md tells how they are written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import regex

from monitor.text.fold import fold
from monitor.text.transliteration import romanised

Kind = Literal["P", "p", "E", "e", "o"]
"""P: a person whose surname alone tells; p: one whose surname does not. E: one who has no given name before a surname;
e: the same, with words that tell nothing (a king, a pope). o: an organisation."""

_SEVERAL = regex.compile(r",\s+")
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A line of `names.txt`: whoever it is, and the names by which that is known.

    `cased` are forms that count letter for letter (`=WHO`), `others` are names of somebody else that hold one of these.
    """

    title: str
    kind: Kind
    lists: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    forms: tuple[str, ...]
    cased: tuple[str, ...]
    others: tuple[str, ...]


@cache
def given_names() -> Mapping[str, tuple[str, ...]]:
    """Return for each given name, folded, every spelling of it; the first line that has it is taken."""
    rows: dict[str, tuple[str, ...]] = {}
    for line in _lines("given.txt"):
        spelt = tuple(name.replace("_", " ") for name in line.split())
        for name in spelt:
            rows.setdefault(fold(name), spelt)
    return rows


@cache
def known() -> tuple[Known, ...]:
    """Return everybody in `names.txt`, in its order."""
    return tuple(_read(line) for line in _lines("names.txt"))


def find_known(name: str) -> Known | None:
    """Return whoever goes by a name: a title, a whole form, a given name and a surname in any spelling, or a surname.

    A surname alone is that of the first one whose surname tells.
    """
    key = name_key(name)
    if one := _by_form().get(key):
        return one
    words = key.split()
    for at in range(len(words)):
        given, family = " ".join(words[:at]), " ".join(words[at:])
        for one in _by_family().get(family, ()):
            if _has_given(one, given) if given else one.kind == "P":
                return one
    return None


def _has_given(one: Known, given: str) -> bool:
    spelt = (name for own in one.given for name in (own, *given_names().get(fold(own), ())))
    return given in map(name_key, spelt)


@cache
def _by_form() -> Mapping[str, Known]:
    found: dict[str, Known] = {}
    for one in known():
        for name in (one.title, *one.forms, *one.cased):
            found.setdefault(name_key(name), one)
    return found


@cache
def _by_family() -> Mapping[str, Sequence[Known]]:
    found: dict[str, list[Known]] = {}
    for one in known():
        spelt = {name_key(name) for family in one.family for name in (family, *_latin(family))}
        for name in spelt:
            found.setdefault(name, []).append(one)
    return found


def _latin(family: str) -> Sequence[str]:
    return romanised(family) if regex.match(r"\p{Cyrillic}", family) else ()


def longer_forms(form: str) -> Sequence[str]:
    """Return the forms of the known that hold `form` and more: UN Children's Fund holds UN."""
    key, found = name_key(form), []
    spaced = not regex.search(r"\p{Han}|\p{Hiragana}|\p{Katakana}", key)
    wanted, whole = (f" {key} ", _all_forms()[0]) if spaced else (key, _all_forms()[0])
    at = whole.find(wanted)
    while at >= 0:
        line = whole.count("\n", 0, at)
        found.append(_all_forms()[1][line])
        at = whole.find(wanted, at + 1)
    return [one for one in found if name_key(one) != key]


@cache
def _all_forms() -> tuple[str, Sequence[str]]:
    forms = [form for one in known() for form in (*one.forms, *one.cased)]
    return "\n".join(f" {name_key(form)} " for form in forms), forms


@cache
def name_words() -> frozenset[str]:
    """Return every word, folded, of the names that are known: none of them is another one with a slip of the pen."""
    names = [name for one in known() for name in (*one.given, *one.family, *one.forms, *one.others)]
    return frozenset(word for name in (*names, *given_names()) for word in _LETTERS.findall(fold(name)))


def name_key(name: str) -> str:
    """Return the form under which a name is looked up: folded, its words apart by single spaces."""
    return " ".join(regex.findall(r"[\p{L}\p{M}\p{N}]+", fold(name)))


def _lines(name: str) -> Iterator[str]:
    text = files("monitor.match.spelling").joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _read(line: str) -> Known:
    head, title, given, family, forms, *rest = (part.strip() for part in line.split("|"))
    lists, kind = head.split()
    spelt = _cut(forms)
    return Known(
        title=title,
        kind=_kind(kind),
        lists=tuple(_LISTS[one] for one in lists.split(",") if one in _LISTS),
        given=_cut(given),
        family=_cut(family),
        forms=tuple(form for form in spelt if not form.startswith("=")),
        cased=tuple(form[1:] for form in spelt if form.startswith("=")),
        others=_cut(rest[0]) if rest else (),
    )


_LISTS = {
    "hs": "heads-of-state",
    "hg": "heads-of-government",
    "min": "ministers",
    "agencies": "agencies",
    "news-agencies": "news-agencies",
}
"""What the lists of `names.txt` are called in rules."""


def _kind(written: str) -> Kind:
    match written:
        case "P" | "p" | "E" | "e" | "o":
            return written
    msg = f"names.txt: no kind {written}"
    raise ValueError(msg)


def _cut(part: str) -> tuple[str, ...]:
    return tuple(name for name in _SEVERAL.split(part) if name)


def shipped_lists() -> Sequence[str]:
    """Return what the shipped lists are called."""
    return tuple(_LISTS.values())
