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
from dataclasses import replace
from datetime import datetime
from itertools import chain

import regex

from monitor.model import Block, Dateline, Item, Paragraph, Related, Subhead, Teaser, When
from monitor.parse.dateline import age_on, dateline_at, ends_entry, resembles_dateline
from monitor.parse.identity import item_id
from monitor.parse.lines import DOUBTFUL, LONGEST_HEADLINE, TEASER, Cutter, Line, heads_something, is_prose, lines_of
from monitor.parse.times.ages import date_before, written
from monitor.parse.wires.sidebar import marked_sidebar, take_sidebar, unmarked_sidebar

LONGEST = 65_536
"""Bytes of UTF-8 of a text that are read; what is beyond is cut, and the item marked unsure of its body."""

_LONGEST_DECK = 400
_LONGEST_SURE_HEADLINE = 110
_LONGEST_SURE_SUBHEAD = 50
_LINES_NEAR = 3

_PREMIUM = regex.compile(r"(?:\(\+\)|\[\+\])$")


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
    cutter = Cutter(cut)
    if len(cut) < len(text):
        cutter.unsure.add("body")
    published, start = _take_date(cutter)
    lines = lines_of(cut, start)
    marked = marked_sidebar(lines, cutter.unsure)
    own = _own_dateline(lines[:marked])
    below = unmarked_sidebar(lines, own, cutter.unsure) if marked is None else marked
    headline, dateline, body = _take_article(cutter, lines[:below], own)
    section, related = take_sidebar(cutter, lines[below:], fetched) if lines[below:] else (None, None)
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


def _take_date(cutter: Cutter) -> tuple[When | None, int]:
    """Take the date that may stand before the text; return it and where the text itself begins."""
    dated = date_before(cutter.text)
    if dated is None or dated.when is None:
        # What no field can hold stands in the layout.
        cutter.unsure |= {"published"} if dated else set()
        return None, dated.end if dated else 0
    cutter.take(Line(dated.start, cutter.text[dated.start : dated.end]))
    return dated.when, dated.end


def _own_dateline(lines: Sequence[Line]) -> int | None:
    """Return which of the first lines begins with the article's own dateline."""
    likely = []
    for index, line in enumerate(lines[: _LINES_NEAR + 1]):
        entry = index != 1 or is_prose(lines[0])
        if entry and any(ends_entry(below.text) for below in lines[index + 1 : index + 2]):
            break
        found = dateline_at(line.text, loose=index <= 1 and is_prose(line))
        # Without agencies `LIVE - Poetin …` is the headline, and `EU - de Unie - …` below a lead is prose.
        if found and (found.dateline.agencies or (not is_prose(lines[0]) if index else is_prose(line))):
            likely.append((not found.sure, index))
        if len(line.text) > (_LONGEST_DECK if index else LONGEST_HEADLINE):
            break
    return min(likely)[1] if likely else None


def _take_article(
    cutter: Cutter, lines: Sequence[Line], own: int | None
) -> tuple[str | None, Dateline | None, list[Block]]:
    """Take headline, dateline and blocks.

    A dateline stands before the first paragraph, both when read and when written: what is above it are
    subheads and teasers, and what follows it is a paragraph.
    """
    headline, dateline, blocks, led = None, None, list[Block](), False
    if own is None and any(is_prose(line) and resembles_dateline(line.text) for line in lines[:2]):
        cutter.unsure.add("dateline")
    if lines and _has_headline(lines, own, cutter.unsure):
        headline = cutter.take(lines[0])
    for index, line in enumerate(lines[headline is not None :], start=headline is not None):
        rest: Line | None = line
        above = own is not None and index < own
        if index == own and (found := dateline_at(line.text, loose=True)):
            dateline = cutter.dateline(found, line, "dateline")
            rest = line.after(found.end)
        if rest is not None:
            heads = above or (led and index + 1 < len(lines) and heads_something(rest))
            blocks.append(_take_block(cutter, rest, heads=heads, leads=not led and dateline is not None))
            led = led or isinstance(blocks[-1], Paragraph)
    return headline, dateline, blocks


def _has_headline(lines: Sequence[Line], own: int | None, unsure: set[str]) -> bool:
    """Tell whether the first line is the headline: sure where a dateline follows, else by its shape."""
    first = lines[0].text
    teaser = TEASER.match(first)
    if own == 0 or (teaser and not teaser["short"]):
        return False
    if own is not None:
        unsure |= {"headline"} if own > 1 else set()
        return True
    shaped = not is_prose(lines[0])
    if shaped or len(first) <= _LONGEST_SURE_HEADLINE:
        unsure.add("headline")
    return shaped


def _take_block(cutter: Cutter, line: Line, *, heads: bool, leads: bool) -> Block:
    """Take one block of the body; `heads`: a subhead can stand here, `leads`: only a paragraph can."""
    if not leads and (teaser := _take_teaser(cutter, line)):
        return teaser
    text = cutter.take(line)
    as_subhead = len(text) > _LONGEST_SURE_SUBHEAD or DOUBTFUL.search(text) or not heads_something(line)
    as_prose = len(text) <= _LONGEST_SURE_SUBHEAD and text.endswith((":", "…"))
    doubts = (heads and as_subhead, not heads and as_prose, leads and TEASER.match(text), _PREMIUM.search(text))
    if any(doubts) or age_on(text):
        cutter.unsure.add("body")
    return Subhead(text) if heads else Paragraph(text)


def _take_teaser(cutter: Cutter, line: Line) -> Teaser | None:
    found = TEASER.match(line.text)
    premium = _PREMIUM.search(line.text, found.end()) if found else None
    text = line.text[found.end() : premium.start() if premium else None].rstrip() if found else ""
    if not found or not text:
        return None
    if (found["short"] or found["unmarked"]) and not premium and is_prose(line):
        cutter.unsure.add("body")
        return None
    label = cutter.take(line.part(*found.span("label")))
    text = cutter.take(line.part(found.end(), found.end() + len(text)))
    return Teaser(label, text, premium=premium is not None)


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
