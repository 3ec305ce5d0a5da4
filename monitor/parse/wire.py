"""The wire text form, both ways: an article as one plain text.

    Headline
    PLACE (AGENCY/AGENCY) - The lead, glued to its dateline.
    A paragraph a line.
    A subhead
    LEES OOK. A teaser for another article (+)
    Meer uit Section
    PLACE (AGENCY) - An entry of the sidebar.
    4 uur geledenPLACE (AGENCY) - Its age stands on the next line, glued to the next entry.
    5 uur geleden

A bare date (` date 2023-02 `) may stand before it all, the headline may be missing, gaps may be wider.

Reading cuts a text into *parts* (the texts that land in the item's fields) and the *layout* (all that stands
between them), and loses nothing: the parts and the layout interleaved are the text again. A layout that is
the usual one is not kept, so that an item from elsewhere is written in the usual layout.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

import regex

from monitor.model import Block, Dateline, Item, Paragraph, Related, RelatedItem, Subhead, Teaser, When
from monitor.parse.ages import BLANK, BREAKS, SPACE, date_before, written
from monitor.parse.dateline import Found, age_on, dateline_at, ends_entry, entries_in, reports
from monitor.parse.identity import item_id

LONGEST = 65_536
"""Bytes of UTF-8 of a text that are read; what is beyond is cut, and the item marked unsure of its body."""

_LONGEST_HEADLINE = 200
_LONGEST_DECK = 400
_LONGEST_SURE_HEADLINE = 110
_LONGEST_SUBHEAD = 70
_LONGEST_SURE_SUBHEAD = 50
_LINES_NEAR = 3

_NEWS = "(?: nieuws| berichten| artikelen| verhalen| news| stories| nachrichten| meldungen| noticias)?"
_HEADING = regex.compile(
    r"(?:[\p{Pd}\p{S}•»›#*]{1,3} ?)?(?:"
    rf"(?:(?:(?:lees |bekijk |zie )?(?:nog )?meer|(?:het )?(?:ander|overig|laatste)){_NEWS} (?:uit|in)"
    rf"|(?:read |see )?(?:more|other|latest){_NEWS} (?:from|in)|(?:lesen sie )?(?:mehr|weitere){_NEWS} aus"
    rf"|(?:lire )?plus (?:de|dans)|más{_NEWS} (?:de|en)|altro da|mais de) (?P<section>.+?)"
    rf"|(?:(?:lees |zie )?meer{_NEWS} over|(?:read )?more{_NEWS} (?:on|about)|mehr (?:zu|zum|über)|plus sur)"
    r" .+?)[ .:…»›>→]*",
    regex.IGNORECASE,
)
_LABEL = (
    r"(?:[\p{Pd}\p{So}•»›>*]{1,3} ?)?(?P<label>her(?:lees|bekijk|beluister)|meer lezen"
    "|(?:her)?(?:lees|be(?:kijk|luister)|kijk|luister|zie) (?:ook|hier|meer|verder|terug)"
    "|(?:read|see|watch|listen) (?:also|more)|also read|(?:à )?lire aussi|(?:voir|écouter) aussi|à lire"
    "|lesen sie auch|mehr zum thema|(?:lea|leer|vea) también|leggi anche|leia também)"
).replace(" ", f"{SPACE}{{1,4}}")
_TEASER = regex.compile(
    rf"(?i:{_LABEL})(?:\s*(?:[.:|•·–—>»→]|-{{1,2}})\s*|{SPACE}*[{BREAKS}]\s*"
    rf"|{SPACE}+(?=[\p{{Lu}}\p{{Pi}}\"']))(?=\S)"
)
# A label alone on its line goes with the line below it. Possessive: hostile text is mostly white space.
_LINE = regex.compile(
    rf"(?:(?i:{_LABEL}){SPACE}*+[.:|]?{SPACE}*+[{BREAKS}]\s*+"
    rf"(?=[^{BREAKS}]{{1,{_LONGEST_HEADLINE}}}(?:[{BREAKS}]|$)))?[^{BLANK}](?:[^{BREAKS}]*[^{BLANK}])?"
)
_PREMIUM = regex.compile(r"(?:\(\+\)|\[\+\])$")
_ENDS_PROSE = regex.compile(r"[.;,…][\"'”’»)\]]*$|:$")
_DOUBTFUL = regex.compile(rf"[?!][\"'”’»)\]]*$|^(?i:{_LABEL}){SPACE}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that holds something, its white space aside, or a part of one; it begins at `start`."""

    start: int
    text: str

    def part(self, start: int, end: int) -> "_Line":
        return _Line(self.start + start, self.text[start:end])

    def after(self, start: int) -> "_Line | None":
        """Return what is left of the line from `self.text[start]` on, if anything."""
        rest = _LINE.search(self.text, start)
        return self.part(*rest.span()) if rest else None


@dataclass(slots=True)
class _Cutter:
    """Takes parts off a text in the order in which they stand, and notes what was unsure."""

    text: str
    ends: list[tuple[int, int]] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)

    def take(self, part: _Line) -> str:
        """Return the text of a part; the next part stands behind it."""
        self.ends.append((part.start, part.start + len(part.text)))
        return part.text

    def dateline(self, found: Found, line: _Line, name: str) -> Dateline:
        """Take the dateline that a line begins with."""
        self.unsure |= set() if found.sure else {name}
        self.take(line.part(0, found.end))
        return found.dateline

    def layout(self) -> tuple[str, ...]:
        """Return what stands before, between and behind the parts taken."""
        marks = [0, *chain.from_iterable(self.ends), len(self.text)]
        return tuple(self.text[start:end] for start, end in zip(marks[::2], marks[1::2], strict=True))


def read_wire(
    text: str,
    *,
    fetched: datetime | None = None,
    source: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Item:
    """Return the item that a wire text is; any text is one, marked `unsure` where it had to be guessed.

    Args:
        text: the whole text; beyond `LONGEST` bytes it is cut.
        fetched: capture time, from which the ages of the sidebar count back; never the article's own date.
        source, url, language: what is known about it from elsewhere.
    """
    cut = text.encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore")
    cutter = _Cutter(cut)
    if len(cut) < len(text):
        cutter.unsure.add("body")
    published, start = _take_date(cutter)
    lines = [_Line(line.start(), line[0]) for line in _LINE.finditer(cut, start)]
    marked = _marked_sidebar(lines, cutter.unsure)
    own = _own_dateline(lines[:marked])
    below = _unmarked_sidebar(lines, own, cutter.unsure) if marked is None else marked
    headline, dateline, body = _take_article(cutter, lines[:below], own)
    section, related = _take_sidebar(cutter, lines[below:], fetched) if lines[below:] else (None, None)
    article = "\n".join([headline or "", dateline.text if dateline else "", *(block.text for block in body)])
    item = Item(
        id=item_id(source, [None, url, article.strip()]),
        source=source,
        url=url,
        language=language,
        headline=headline,
        dateline=dateline,
        body=tuple(body),
        section=section,
        related=related,
        published=published,
        fetched=fetched,
        unsure=tuple(sorted(cutter.unsure)),
        layout=cutter.layout(),
    )
    return replace(item, layout=None) if item.layout == _usual_layout(item) else item


def write_wire(item: Item) -> str:
    """Return the wire text of an item, in the item's own layout if one fits, else in the usual one.

    The inverse of `read_wire`: `write_wire(read_wire(text)) == text` for a text of at most `LONGEST` bytes.
    Fields that the form has no place for (URL, bylines, tags …) are left out.
    """
    pieces = list(_pieces(item))
    layout = item.layout if item.layout and len(item.layout) == len(pieces) + 1 else _usual_layout(item)
    return "".join(chain.from_iterable(zip(layout, [*(part for _, part in pieces), ""], strict=True)))


def _take_date(cutter: _Cutter) -> tuple[When | None, int]:
    """Take the date that may stand before the text; return it and where the text itself begins."""
    dated = date_before(cutter.text)
    if dated is None or dated.when is None:
        cutter.unsure |= {"published"} if dated else set()
        return None, 0
    cutter.take(_Line(dated.start, cutter.text[dated.start : dated.end]))
    return dated.when, dated.end


def _heading(line: _Line) -> regex.Match[str] | None:
    """Return the match of a line that heads a sidebar in a wording that we know; it names the `section`."""
    return _HEADING.fullmatch(" ".join(line.text.split())) if len(line.text) <= _LONGEST_SUBHEAD else None


def _is_prose(line: _Line) -> bool:
    """Tell whether a line reads as running text rather than as a headline."""
    return len(line.text) > _LONGEST_HEADLINE or _ENDS_PROSE.search(line.text) is not None


def _heads_something(line: _Line) -> bool:
    """Tell whether a line has the shape of a heading rather than of prose."""
    prose = len(line.text) > _LONGEST_SUBHEAD or _ENDS_PROSE.search(line.text)
    return not (prose or _TEASER.match(line.text) or reports(line.text))


def _own_dateline(lines: Sequence[_Line]) -> int | None:
    """Return which of the first lines begins with the article's own dateline."""
    likely = []
    for index, line in enumerate(lines[: _LINES_NEAR + 1]):
        entry = index != 1 or _is_prose(lines[0])
        if entry and any(ends_entry(below.text) for below in lines[index + 1 : index + 2]):
            break
        found = dateline_at(line.text, loose=index <= 1 and _is_prose(line))
        # `LIVE - Poetin …` has the shape of a dateline without agencies; it is the headline.
        if found and (index or found.dateline.agencies or _is_prose(line)):
            likely.append((not found.sure, index))
        if len(line.text) > (_LONGEST_DECK if index else _LONGEST_HEADLINE):
            break
    return min(likely)[1] if likely else None


def _marked_sidebar(lines: Sequence[_Line], unsure: set[str]) -> int | None:
    """Return the index of the heading of the sidebar, if we know its wording and entries follow it."""
    for index, line in enumerate(lines):
        if not _heading(line):
            continue
        below = [entry.text for entry in lines[index + 1 : index + 1 + _LINES_NEAR]]
        if any(map(age_on, below)) or (index and below and dateline_at(below[0], loose=True)):
            return index
        unsure |= {"related"} if index else set()
        if index and not below:
            return index
    return None


def _unmarked_sidebar(lines: Sequence[_Line], own: int | None, unsure: set[str]) -> int:
    """Return the index of the line that begins a sidebar of unknown heading, else the number of lines.

    It begins where another report follows the article's own, or before an age that ends an entry.
    """
    above = -1 if own is None else own
    aged = [index for index in range(above + 1, len(lines)) if age_on(lines[index].text)]
    firsts = (_first_entry(lines, index, above) for index in range(above + 1, len(lines)))
    first = next((first for first in firsts if first is not None), None)
    if aged or first is not None:
        unsure.add("related")
    if first is None:
        return len(lines)
    if not aged or not reports(lines[first].text):
        unsure.add("body")
    return first - 1 if first - 1 > max(above, 0) and _heads_entries(lines[first - 1 :]) else first


def _first_entry(lines: Sequence[_Line], index: int, above: int) -> int | None:
    """Return the line of the entry that line `index` is, or whose age it begins with, if it is or does."""
    text = lines[index].text
    if reports(text):
        return index
    ends = ends_entry(text)
    if not age_on(text) or not (ends or (index and dateline_at(lines[index - 1].text))):
        return None
    headed = index == 1 and not _is_prose(lines[0])
    return index - 1 if index - 1 > above and not headed else index if ends else None


def _take_article(
    cutter: _Cutter, lines: Sequence[_Line], own: int | None
) -> tuple[str | None, Dateline | None, list[Block]]:
    """Take headline, dateline and blocks.

    A dateline stands before the first paragraph, both when read and when written: what is above it are
    subheads and teasers, and what follows it is a paragraph.
    """
    headline, dateline, blocks, led = None, None, list[Block](), False
    if lines and _has_headline(lines, own, cutter.unsure):
        headline = cutter.take(lines[0])
    for index, line in enumerate(lines[headline is not None :], start=headline is not None):
        rest: _Line | None = line
        above = own is not None and index < own
        if index == own and (found := dateline_at(line.text, loose=True)):
            dateline = cutter.dateline(found, line, "dateline")
            rest = line.after(found.end)
        if rest is not None:
            heads = above or (led and index + 1 < len(lines) and _heads_something(rest))
            blocks.append(_take_block(cutter, rest, heads=heads, leads=not led and dateline is not None))
            led = led or isinstance(blocks[-1], Paragraph)
    return headline, dateline, blocks


def _has_headline(lines: Sequence[_Line], own: int | None, unsure: set[str]) -> bool:
    """Tell whether the first line is the headline: sure where a dateline follows, else by its shape."""
    first = lines[0].text
    if own == 0 or _TEASER.match(first):
        return False
    if own is not None:
        unsure |= {"headline"} if own > 1 else set()
        return True
    shaped = not _is_prose(lines[0])
    if shaped or len(first) <= _LONGEST_SURE_HEADLINE:
        unsure.add("headline")
    return shaped


def _take_block(cutter: _Cutter, line: _Line, *, heads: bool, leads: bool) -> Block:
    """Take one block of the body; `heads`: a subhead can stand here, `leads`: only a paragraph can."""
    if not leads and (teaser := _take_teaser(cutter, line)):
        return teaser
    text = cutter.take(line)
    doubtful = len(text) > _LONGEST_SURE_SUBHEAD or _DOUBTFUL.search(text) or not _heads_something(line)
    if age_on(text) or (heads and doubtful) or (leads and _TEASER.match(text)):
        cutter.unsure.add("body")
    return Subhead(text) if heads else Paragraph(text)


def _take_teaser(cutter: _Cutter, line: _Line) -> Teaser | None:
    found = _TEASER.match(line.text)
    premium = _PREMIUM.search(line.text, found.end()) if found else None
    text = line.text[found.end() : premium.start() if premium else None].rstrip() if found else ""
    if not found or not text:
        return None
    label = cutter.take(line.part(*found.span("label")))
    text = cutter.take(line.part(found.end(), found.end() + len(text)))
    return Teaser(label, text, premium=premium is not None)


def _take_sidebar(
    cutter: _Cutter, lines: Sequence[_Line], fetched: datetime | None
) -> tuple[str | None, Related | None]:
    """Take the sidebar; return the section that its heading names, and the sidebar."""
    section, heading, entries = None, None, list[RelatedItem]()
    named = _heading(lines[0])
    if named or _heads_entries(lines):
        heading = cutter.take(lines[0])
        section = named["section"] if named else None
        lines = lines[1:]
    for line in (whole.part(*part) for whole in lines for part in entries_in(whole.text)):
        rest: _Line | None = line
        age = age_on(line.text, listed=True)
        if age:
            if not entries or entries[-1].age is not None:
                entries.append(RelatedItem(cutter.take(line.part(0, 0))))
            printed = cutter.take(line.part(0, age.end))
            entry = entries.pop()
            entries.append(replace(entry, age=printed, published=age.before(fetched)))
            rest = line.after(age.end)
        if rest is not None:
            entries.append(_take_entry(cutter, rest))
    if any(entry.dateline is None for entry in entries):
        cutter.unsure.add("related")
    return section, Related(heading, tuple(entries))


def _heads_entries(lines: Sequence[_Line]) -> bool:
    """Tell whether the first line of a sidebar can be its heading, of a wording that we do not know."""
    aged = any(age_on(line.text) for line in lines[:2])
    return len(lines) > 1 and not aged and _heads_something(lines[0])


def _take_entry(cutter: _Cutter, line: _Line) -> RelatedItem:
    found = dateline_at(line.text, loose=True)
    dateline = cutter.dateline(found, line, "related") if found else None
    rest = line.after(found.end) if found else line
    return RelatedItem(cutter.take(rest or line.part(len(line.text), len(line.text))), dateline)


def _pieces(item: Item) -> Iterator[tuple[str, str]]:
    """Yield each part of an item's text, behind what usually stands before it."""
    gap = ""
    if item.published is not None:
        yield " date ", written(item.published)
        gap = " "
    if item.headline is not None:
        yield gap, item.headline
        gap = "\n"
    dateline = item.dateline
    for block in item.body:
        if dateline and isinstance(block, Paragraph):
            yield gap, dateline.text
            gap, dateline = "", None
        if isinstance(block, Teaser):
            yield gap, block.label
            gap = ". "
        yield gap, block.text
        gap = " (+)\n" if isinstance(block, Teaser) and block.premium else "\n"
    if dateline:
        yield gap, dateline.text
        gap = "\n"
    if item.related:
        yield from _related_pieces(item.related, gap)


def _related_pieces(related: Related, gap: str) -> Iterator[tuple[str, str]]:
    if related.heading is not None:
        yield gap, related.heading
        gap = "\n"
    for entry in related.items:
        if entry.dateline:
            yield gap, entry.dateline.text
            gap = ""
        yield gap, entry.text
        gap = "\n"
        if entry.age is not None:
            yield gap, entry.age
            gap = ""


def _usual_layout(item: Item) -> tuple[str, ...]:
    """Return the layout in which an item is written when it brings none of its own."""
    last = item.body[-1] if item.body and item.related is None else None
    end = " (+)" if isinstance(last, Teaser) and last.premium else ""
    return (*(gap for gap, _ in _pieces(item)), end)
