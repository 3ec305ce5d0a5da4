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

A bare date may stand before it all (` date 2023-02 `), the headline may be missing, blank lines may separate blocks.

Reading cuts a text into *parts* (the texts that land in the item's fields) and the *layout* (all that stands between
them), and loses nothing: the parts and the layout interleaved are the text again. A layout that equals the usual one
is not kept, so that an item from elsewhere is written in the usual layout.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain

import regex

from monitor.model import Block, Dateline, Item, Paragraph, PartialDate, Related, RelatedItem, Subhead, Teaser, When
from monitor.parse.ages import SPACE, Age, age_at
from monitor.parse.dateline import Found, dateline_at
from monitor.parse.identity import item_id

LONGEST = 65_536
"""Bytes of UTF-8 of a text that are read; what is beyond is cut, and the item marked unsure of its body."""

_LONGEST_HEADLINE = 200
_LONGEST_SURE_HEADLINE = 110
_LONGEST_SUBHEAD = 70
_LONGEST_SURE_SUBHEAD = 50
_LINES_ABOVE_DATELINE = 3
_LINES_BELOW_HEADING = 3

_LINE = regex.compile(r"[^\s\ufeff](?:[^\n]*[^\s\ufeff])?")
_DATE = regex.compile(
    r"[\s\ufeff]*date\s+(?P<date>\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d:\d\dZ)?)?)?)(?=\s)", regex.IGNORECASE
)
_HEADING = regex.compile(
    rf"""(?P<section_of>(?:lees{SPACE}+)?meer(?:{SPACE}+nieuws)?{SPACE}+(?:uit|in) | (?:read{SPACE}+)?more{SPACE}+(?:from|in)
      | mehr{SPACE}+aus | plus{SPACE}+(?:de|dans) | más{SPACE}+(?:de|en) | altro{SPACE}+da | mais{SPACE}+de){SPACE}+(?P<section>\S.*)
    | (?:(?:lees{SPACE}+)?meer{SPACE}+over | more{SPACE}+(?:on|about) | mehr{SPACE}+(?:zu|zum|über) | plus{SPACE}+sur){SPACE}+\S.*""",
    regex.IGNORECASE | regex.VERBOSE,
)
_TEASER = regex.compile(
    rf"""(?P<label>(?:her)?(?:lees|be(?:kijk|luister)|kijk|luister|zie){SPACE}+(?:ook|hier|meer|verder|terug)
      | (?:her)(?:lees|bekijk|beluister) | (?:read|see|watch|listen){SPACE}+(?:also|more) | also{SPACE}+read
      | (?:lire|voir|écouter|à{SPACE}+lire){SPACE}*aussi | à{SPACE}+lire | lesen{SPACE}+sie{SPACE}+auch | mehr{SPACE}+zum{SPACE}+thema
      | (?:lea|leer|vea){SPACE}+también | leggi{SPACE}+anche | leia{SPACE}+também)
      (?P<mark>{SPACE}*[.:|•–—-]{SPACE}*|{SPACE}+(?=\p{{Lu}}))(?P<text>\S.*?)(?P<premium>{SPACE}*(?:\(\+\)|\[\+\]))?$""",
    regex.IGNORECASE | regex.VERBOSE,
)
_ENDS_PROSE = regex.compile(r"[.;,…][\"'”’»)\]]*$|:$")
_ENDS_CALL = regex.compile(r"[?!][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that holds something, its white space aside: `text` from `start` to `end` of the whole."""

    start: int
    end: int
    text: str

    def after(self, start: int, text: str) -> "_Line | None":
        """Return what is left of the line from `start` of the whole `text` on, if anything."""
        rest = _LINE.search(text, start, self.end)
        return _Line(rest.start(), rest.end(), rest[0]) if rest else None


@dataclass(slots=True)
class _Cutter:
    """Takes parts off a text in the order in which they stand, and notes what was unsure."""

    text: str
    ends: list[tuple[int, int]] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)

    def take(self, start: int, end: int) -> str:
        """Return `text[start:end]`; the next part stands behind it."""
        self.ends.append((start, end))
        return self.text[start:end]

    def dateline(self, found: Found, start: int, name: str) -> Dateline:
        """Take the dateline that was found at `start`."""
        if not found.sure:
            self.unsure.add(name)
        self.take(start, start + found.end)
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
    lines = [_Line(line.start(), line.end(), line[0]) for line in _LINE.finditer(cut, start)]
    own = _own_dateline(lines)
    below = _sidebar(lines, own or 0, cutter.unsure)
    headline, dateline, body = _take_article(cutter, lines[:below], own)
    section, related = _take_sidebar(cutter, lines[below:], fetched)
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
    """Return the wire text of an item, in the item's own layout if it has one that fits, else in the usual one.

    The inverse of `read_wire`: `write_wire(read_wire(text)) == text` for every text of at most `LONGEST` bytes.
    Fields that the form has no place for (URL, bylines, tags …) are left out.
    """
    pieces = list(_pieces(item))
    layout = item.layout if item.layout and len(item.layout) == len(pieces) + 1 else _usual_layout(item)
    return "".join(chain.from_iterable(zip(layout, [*(part for _, part in pieces), ""], strict=True)))


def _take_date(cutter: _Cutter) -> tuple[When | None, int]:
    """Take the date that may stand before the text; return it and where the text itself begins."""
    found = _DATE.match(cutter.text)
    if found is None:
        return None, 0
    written = found["date"]
    try:
        first = datetime.fromisoformat(written + "-01-01T00:00:00Z"[len(written) - 4 :])
    except ValueError:  # 2023-13: no month of any year
        cutter.unsure.add("published")
        return None, 0
    cutter.take(*found.span("date"))
    return (first.astimezone(UTC) if "T" in written else PartialDate(written)), found.end()


def _own_dateline(lines: Sequence[_Line]) -> int | None:
    """Return which of the first lines begins with the article's own dateline."""
    near = lines[: _LINES_ABOVE_DATELINE + 1]
    return next((index for index, line in enumerate(near) if dateline_at(line.text)), None)


def _heads_something(line: _Line) -> bool:
    """Tell whether a line has the shape of a heading rather than of prose."""
    return len(line.text) <= _LONGEST_SUBHEAD and not _ENDS_PROSE.search(line.text) and not dateline_at(line.text)


def _age_on(line: _Line) -> Age | None:
    """Return the age that a line begins with, glued to an entry or alone; in prose it is followed by more prose."""
    age = age_at(line.text)
    if age is None or age.end == len(line.text):
        return age
    rest = line.text[age.end :]
    glued = not rest[0].isspace() and not rest[0].islower() and rest[0] not in ".,;:!?)-"
    return age if glued or dateline_at(rest.lstrip()) else None


def _sidebar(lines: Sequence[_Line], own: int, unsure: set[str]) -> int:
    """Return the index of the line that begins the sidebar (its heading, if it has one), else the number of lines."""
    for index, line in enumerate(lines):
        below = lines[index + 1 : index + 1 + _LINES_BELOW_HEADING]
        if _HEADING.fullmatch(line.text) and _heads_something(line):
            if any(_age_on(entry) for entry in below) or (below and dateline_at(below[0].text)):
                return index
    ages = [index for index, line in enumerate(lines) if index > own and _age_on(line)]
    first = next((index - 1 for index in ages if index - 1 > own and dateline_at(lines[index - 1].text)), None)
    if ages:
        unsure.add("related")
    if first is None:
        return len(lines)
    return first - 1 if first - 1 > own and _heads_something(lines[first - 1]) else first


def _take_article(
    cutter: _Cutter, lines: Sequence[_Line], own: int | None
) -> tuple[str | None, Dateline | None, list[Block]]:
    """Take headline, dateline and blocks."""
    headline, dateline, blocks = None, None, list[Block]()
    if own is not None and own >= len(lines):  # a text that begins with its sidebar
        own = None
    if lines and _has_headline(lines, own, cutter.unsure):
        headline = cutter.take(lines[0].start, lines[0].end)
    for index, line in enumerate(lines):
        rest: _Line | None = line
        if index == 0 and headline is not None:
            continue
        if index == own and (found := dateline_at(line.text)):
            dateline = cutter.dateline(found, line.start, "dateline")
            # The blank behind its dash belongs to a dateline; one at the end of a line was cut off with the line.
            rest = line.after(line.start + found.end, cutter.text)
        if rest is not None:
            heads = index + 1 < len(lines) and any(isinstance(block, Paragraph) for block in blocks)
            blocks.append(_take_block(cutter, rest, heads=heads or (own is not None and index < own)))
    return headline, dateline, blocks


def _has_headline(lines: Sequence[_Line], own: int | None, unsure: set[str]) -> bool:
    """Tell whether the first line is the headline: sure where a dateline follows, else by its shape."""
    first = lines[0].text
    if own == 0 or _TEASER.fullmatch(first):
        return False
    if own is not None:
        if own > 1 or len(first) > _LONGEST_HEADLINE:
            unsure.add("headline")
        return True
    if len(first) > _LONGEST_HEADLINE:
        return False
    shaped = not _ENDS_PROSE.search(first)
    if shaped or len(first) <= _LONGEST_SURE_HEADLINE:
        unsure.add("headline")
    return shaped


def _take_block(cutter: _Cutter, line: _Line, *, heads: bool) -> Block:
    """Take one block of the body; `heads`: it stands where a subhead can, between paragraphs."""
    if teaser := _TEASER.fullmatch(line.text):
        label = cutter.take(line.start, line.start + teaser.end("label"))
        text = cutter.take(line.start + teaser.start("text"), line.start + teaser.end("text"))
        return Teaser(label, text, premium=teaser["premium"] is not None)
    text = cutter.take(line.start, line.end)
    if age_at(text) and _age_on(line):
        cutter.unsure.add("body")
    if heads and _heads_something(line):
        if len(text) > _LONGEST_SURE_SUBHEAD or _ENDS_CALL.search(text):
            cutter.unsure.add("body")
        return Subhead(text)
    return Paragraph(text)


def _take_sidebar(
    cutter: _Cutter, lines: Sequence[_Line], fetched: datetime | None
) -> tuple[str | None, Related | None]:
    """Take the sidebar; return the section that its heading names, and the sidebar."""
    if not lines:
        return None, None
    section, heading, entries = None, None, list[RelatedItem]()
    first = lines[0]
    if _age_on(first) is None and not dateline_at(first.text):
        heading = cutter.take(first.start, first.end)
        named = _HEADING.fullmatch(heading)
        section = named["section"] if named else None
        lines = lines[1:]
    for line in lines:
        rest: _Line | None = line
        age = _age_on(line)
        if age and entries and entries[-1].age is None:
            printed = cutter.take(line.start, line.start + age.end)
            entry = entries.pop()
            entries.append(RelatedItem(entry.text, entry.dateline, printed, age.before(fetched)))
            rest = line.after(line.start + age.end, cutter.text)
        if rest is not None:
            entries.append(_take_entry(cutter, rest))
    if any(entry.dateline is None for entry in entries):
        cutter.unsure.add("related")
    return section, Related(heading, tuple(entries))


def _take_entry(cutter: _Cutter, line: _Line) -> RelatedItem:
    found = dateline_at(line.text)
    dateline = cutter.dateline(found, line.start, "related") if found else None
    rest = line.after(line.start + found.end, cutter.text) if found else line
    return RelatedItem(cutter.take(rest.start, rest.end) if rest else cutter.take(line.end, line.end), dateline)


def _pieces(item: Item) -> Iterator[tuple[str, str]]:
    """Yield each part of an item's text, behind what usually stands before it."""
    gap = ""
    if item.published is not None:
        yield " date ", _written(item.published)
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
    for part in _related_parts(item.related) if item.related else ():
        yield gap, part[0]
        gap = part[1]


def _related_parts(related: Related) -> Iterator[tuple[str, str]]:
    """Yield each part of a sidebar, before what usually stands behind it."""
    if related.heading is not None:
        yield related.heading, "\n"
    for entry in related.items:
        if entry.dateline:
            yield entry.dateline.text, ""
        yield entry.text, "\n"
        if entry.age is not None:
            yield entry.age, ""


def _usual_layout(item: Item) -> tuple[str, ...]:
    """Return the layout in which an item is written when it brings none of its own."""
    premium_last = item.related is None and item.body and isinstance(item.body[-1], Teaser) and item.body[-1].premium
    return (*(gap for gap, _ in _pieces(item)), " (+)" if premium_last else "")


def _written(when: When) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(when, datetime) else when

