"""The text of a feed cut to what its parser can take.

feedparser takes some 30 µs for every element and attribute, 5 µs for every reference, and quadratic time over the
categories of an entry, over prefixes and over authors (its issue 562). What is more than any feed of news has is cut
out before it: long authors, surplus categories, entries that are made to exhaust it, entries beyond the most that are
read. One pass of linear time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from monitor.errors import Malformed
from monitor.parse.times.dates import read_date

MOST_ENTRIES = 2_000
"""Entries of a feed that are read: the first ones, or the last ones where those are newer; more are a flaw."""

_MOST_ELEMENTS = 5_000
"""Elements and attributes of an entry; real ones have some hundreds at most."""
_MOST_SIGNS = 50_000
"""Signs of `<` and `&` in an entry, those of escaped markup included; real ones have some thousands at most."""
_MOST_OUTSIDE = 20_000
_MOST_IN_ALL = 40_000
_MOST_SIGNS_IN_ALL = 300_000
_DEEPEST = 100
_MOST_PREFIXES = 100
_MOST_ALIKE = 64
"""Categories of an entry, or authors; more of them are passed over without a word."""

_TAG = regex.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[A-Za-z_][\w.:-]{0,99}+)[^<>]*+>", regex.DOTALL
)
_VOID_ELEMENTS = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_ELEMENTS.split())
_AUTHORING = "author creator managingeditor webmaster name email publisher contributor owner"
_AUTHORS = frozenset(_AUTHORING.split())
_ALIKE = _AUTHORS | {"category", "subject", "keywords", "content", "summary", "description"}
_SIMPLE = regex.compile(
    r"<(?P<name>[\w.:-]++)[^<>]*+(?:(?<=/)>|>(?:[^<]|<!\[CDATA\[.*?\]\]>"
    r"|<(?P<inner>[\w.:-]++)[^<>]*+>[^<]*+</(?P=inner)\s*+>)*+</(?P=name)\s*+>)",
    regex.DOTALL,
)
"""An element with nothing but text in it, or elements of text."""
_LONGEST_AUTHOR = 512
_LONGEST_AUTHOR_MARKUP = 4_096
_LONG_AUTHOR = regex.compile(
    rf"(<[^<>]++>\s*+(?:<!\[CDATA\[)?+(?:&(?:#?\w{{1,10}}+;)?+|[^<&]){{{_LONGEST_AUTHOR}}}"
    r"[^\x00-\x7f]*+)"  # Never within a character: the text may be bytes of UTF-8, each as a character of Latin-1.
    r"(?:[^<\]]|\](?!\]>))++"
)
_PREFIX = regex.compile(r"\sxmlns:([\w.-]{1,64})\s*=")
_DATED = regex.compile(r"<(?:[\w-]{1,32}:)?(?:pubDate|date|published|updated|issued)(?:\s[^<>]*)?>([^<]{4,99})<")

Cut = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A text that is safe to parse; `flaw` if news was cut from it; `broken` if its last of `entries` has no end."""

    text: str
    flaw: str | None
    broken: bool
    entries: int


@dataclass(slots=True)
class _Stretch:
    """An entry, or all that stands outside of entries: its size in elements and attributes, its depth.

    `end` is -1 as long as it has none; `signs` are those in what is cut from it.
    """

    start: int
    end: int = -1
    size: int = 0
    depth: int = 0
    deepest: int = 0
    signs: int = 0
    alike: dict[str, int] = field(default_factory=dict)

    def has_enough(self, name: str) -> bool:
        """Count one more of the elements that are many in some entries; True if it is one too many."""
        if name in _ALIKE:
            self.alike[name] = self.alike.get(name, 0) + 1
        return self.alike.get(name, 0) > _MOST_ALIKE

    def take(self, name: str, tag: regex.Match[str]) -> None:
        """Count a tag in."""
        if tag["end"]:
            self.depth -= 1
            return
        self.size += 1 + tag[0].count("=")
        if name not in _VOID and not tag[0].endswith("/>"):
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)


@dataclass(slots=True)
class _Scan:
    """Goes over the tags of a feed; finds its entries, and what to cut from them."""

    text: str
    outside: _Stretch = field(default_factory=lambda: _Stretch(0))
    entries: list[_Stretch] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    within: _Stretch | None = None
    authors: dict[str, tuple[int, int]] = field(default_factory=dict)

    def run(self) -> None:
        """Go over all tags."""
        for tag in _TAG.finditer(self.text):
            written = tag["name"]
            if not written or (self.cuts and tag.start() < self.cuts[-1][1]):
                continue
            name = written.rpartition(":")[2].lower()
            if name in {"item", "entry"}:
                self._turn(tag)
                continue
            stretch = self.within or self.outside
            if not tag["end"] and stretch.has_enough(name) and (surplus := _SIMPLE.match(self.text, tag.start())):
                self._cut(stretch, *surplus.span())
            else:
                stretch.take(name, tag)
                if name in _AUTHORS:
                    self._shorten(stretch, written, tag)

    def _turn(self, tag: regex.Match[str]) -> None:
        """End the entry, or begin one; where the end tag is missing, it ends where the next one begins."""
        if self.within:
            self.within.end = tag.end() if tag["end"] else tag.start()
        self.within = None
        if not tag["end"]:
            entry = _Stretch(tag.start(), size=1 + tag[0].count("="))
            self.entries.append(entry)
            if tag[0].endswith("/>"):
                entry.end = tag.end()
            else:
                self.within = entry

    def _shorten(self, stretch: _Stretch, name: str, tag: regex.Match[str]) -> None:
        """Cut an author whose text is long, where it begins, or whose markup is, where it ends."""
        if not tag["end"]:
            self.authors[name] = (tag.end(), stretch.size)
            if long := _LONG_AUTHOR.match(self.text, tag.start()):
                self._cut(stretch, long.end(1), long.end())
            return
        start, size = self.authors.pop(name, (tag.start(), stretch.size))
        if tag.start() - start > _LONGEST_AUTHOR_MARKUP:
            stretch.size = min(stretch.size, size)
            self._cut(stretch, start, tag.start())

    def _cut(self, stretch: _Stretch, start: int, end: int) -> None:
        self.cuts.append((start, end))
        stretch.signs += _signs(self.text, start, end)


def trimmed(text: str) -> Trimmed:
    """Return the text of a feed without what is more than its parser should be given.

    Raises:
        Malformed: there is too much of it outside of entries, too many prefixes, or nothing but entries to be cut out.
    """
    if _has_too_many_prefixes(text):
        msg = f"refused: more than {_MOST_PREFIXES} prefixes of namespaces"
        raise Malformed(msg)
    scan = _Scan(text)
    scan.run()
    if scan.outside.size > _MOST_OUTSIDE or scan.outside.deepest > _DEEPEST:
        msg = f"refused: more than {_MOST_OUTSIDE} elements and attributes, or {_DEEPEST} levels, outside of entries"
        raise Malformed(msg)
    if scan.within:
        scan.within.end = len(text)
    kept, flaw = _affordable(scan.entries, text)
    if scan.entries and not kept:
        msg = f"refused: {flaw}"
        raise Malformed(msg)
    starts = {entry.start for entry in kept}
    dropped = [(entry.start, entry.end) for entry in scan.entries if entry.start not in starts]
    broken = bool(scan.within and scan.within.start in starts)
    return Trimmed(_without(text, scan.cuts + dropped), flaw, broken, len(kept))


def fits(text: str, *, times: int = 1) -> bool:
    """Tell, by counting signs alone, that nothing is cut from a feed because its entries are too much together.

    Args:
        text: the feed. One of which this does not say so may fit all the same.
        times: how often it is to be parsed within the limits.
    """
    tags = text.count("<") - text.count("</")
    return (
        times * (tags + text.count("=")) <= _MOST_IN_ALL
        and times * _signs(text, 0, len(text)) <= _MOST_SIGNS_IN_ALL
        and not _has_too_many_prefixes(text)
    )


def _has_too_many_prefixes(text: str) -> bool:
    return text.count("xmlns:") > _MOST_PREFIXES and len(set(_PREFIX.findall(text))) > _MOST_PREFIXES


def _affordable(entries: list[_Stretch], text: str) -> tuple[list[_Stretch], str | None]:
    """Return the entries that are read, and why others are not."""
    flaw = None
    if len(entries) > MOST_ENTRIES:
        flaw = f"more than {MOST_ENTRIES} entries"
        entries = entries[-MOST_ENTRIES:] if _ends_newer(entries, text) else entries[:MOST_ENTRIES]
    kept, size, signs = list[_Stretch](), 0, 0
    for entry in entries:
        its = _signs(text, entry.start, entry.end) - entry.signs
        if entry.size > _MOST_ELEMENTS or its > _MOST_SIGNS or entry.deepest > _DEEPEST:
            flaw = f"an entry of more than {_MOST_ELEMENTS} elements and attributes, or deeper than {_DEEPEST}"
            continue
        if size + entry.size > _MOST_IN_ALL or signs + its > _MOST_SIGNS_IN_ALL:
            flaw = f"more than {_MOST_IN_ALL} elements and attributes"
            break
        size, signs = size + entry.size, signs + its
        kept.append(entry)
    return kept, flaw


def _ends_newer(entries: list[_Stretch], text: str) -> bool:
    """Tell whether the last entry is newer than the first, as in a feed that grows at its end."""
    first, last = (next(_dates(entry, text), "") for entry in (entries[0], entries[-1]))
    return bool(first) and last > first


def _dates(entry: _Stretch, text: str) -> Iterator[str]:
    for found in _DATED.finditer(text, entry.start, entry.end):
        if when := read_date(found[1]):
            yield str(when)


def _signs(text: str, start: int, end: int) -> int:
    return text.count("<", start, end) + text.count("&", start, end)


def _without(text: str, cuts: list[Cut]) -> str:
    """Return a text without its cuts, some of which stand within others."""
    pieces, last = list[str](), 0
    for start, end in sorted(cuts):
        if end > last:
            pieces.append(text[last : max(start, last)])
            last = end
    return "".join([*pieces, text[last:]])
