"""What a reader of an agency's format found in a report, put into an item: judged, cleaned and bounded.

The formats differ in where they keep things and agree in what they keep; what is decided of that is decided here.

An embargo does not change `pubstatus`: by NewsML-G2 (`embargoed`, `pubStatus`) and ninjs these are independent, and
an embargoed report is usable from its moment on. Desks have it before that moment on purpose. Only what the agency
itself holds back is `withheld`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from monitor.model import Block, Byline, Dateline, Document, Item, Kind, Media, Paragraph, Related
from monitor.parse.budget import (
    LONGEST_ID,
    LONGEST_SUMMARY,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_BYLINES,
    MOST_MEDIA,
    MOST_TAGS,
    Budget,
    joined,
)
from monitor.parse.dateline import Found, dateline_at
from monitor.parse.feeds.entry import address_in
from monitor.parse.identity import item_id
from monitor.parse.markup import line
from monitor.parse.people import byline_of
from monitor.parse.times.dates import read_date
from monitor.text.agencies import is_known

PubStatus = Literal["usable", "withheld", "canceled"]

MOST_ITEMS = 2_000
"""Items of a document that are read, the first ones; a document of more has a flaw."""

_LONGEST_LOOSE = 200
_MOST_REVISIONS = 10_000
"""Versions beyond this do not count revisions: some agencies number all their reports through."""

_ENDS_SENTENCE = regex.compile(r"[.!?…][\"'”’»)\]]*$")
_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_STATUS: dict[str, PubStatus] = {"withheld": "withheld", "canceled": "canceled", "cancelled": "canceled"}
_KINDS: dict[str, Kind] = {
    "correction": "correction",
    "corrected": "correction",
    "retraction": "withdrawn",
    "kill": "withdrawn",
    "withdrawal": "withdrawn",
    "update": "update",
    "updated": "update",
}
_GRAVEST: Sequence[Kind] = ("withdrawn", "correction", "update")
_BY = regex.compile(r"(?:by|door|von|par|por|di|av|af|von|przez|writes|bearbeitet von)[:\s]\s*", regex.IGNORECASE)
_BETWEEN_NAMES = regex.compile(r"\s+(?:and|und|en|et|och|og|y|&)\s+")
_DOTTED = regex.compile(r"\)\.\s?(?=\p{Pd})")
"""EFE's `Madrid, 5 feb (EFE).- `."""
_DATED = regex.compile(r"(?:\p{L}{3,9}\.?\s\d{1,2}|\d{1,2}\.?\s\p{L}{3,9}\.?)\s(?=\()")
"""Reuters' `Jan 30 (Reuters) - `, without a place."""
_LONGEST_BYLINE = 80
_ENDS_DATELINE = regex.compile(r"[\p{Pd}_:|·•]\s*$")


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a document tells of one report, in its own words; empty where it tells nothing.

    `dateline` is the text of an element of that name, `place` where the report was written by another one. `signals`
    are words that tell an update or a correction, codes as `sig:update` too. `version` counts from 1.
    `published` and `updated` are dates as written.
    """

    guid: str = ""
    url: str = ""
    language: str = ""
    headline: str = ""
    dateline: str = ""
    place: str = ""
    body: Sequence[Block] = ()
    summary: str = ""
    section: str = ""
    related: Related | None = None
    published: str = ""
    updated: str = ""
    bylines: Sequence[str] = ()
    tags: Iterable[str] = ()
    media: Iterable[Media] = ()
    slugline: str = ""
    urgency: str = ""
    pubstatus: str = ""
    signals: Iterable[str] = ()
    version: str = ""


def item_from(draft: Draft, document: Document) -> Item:
    """Return the item that a draft makes."""
    budget = Budget()
    draft = _without_byline(draft)
    headline = budget.take(line(draft.headline), "headline", LONGEST_TITLE)
    guid = budget.take(line(draft.guid), "guid", LONGEST_ID)
    language = next(_languages(draft.language, document.language or ""), None)
    dateline, body = _take_dateline(draft, budget)
    summary = budget.take(line(draft.summary), "summary", LONGEST_SUMMARY)
    tags = tuple(dict.fromkeys(budget.take(line(tag), "tags", LONGEST_TAG) for tag in list(draft.tags)[:MOST_TAGS]))
    names = dict.fromkeys(name for text in draft.bylines for name in _bylines(text))
    bylines = tuple(replace(by, name=budget.take(line(by.name), "bylines")) for by in list(names)[:MOST_BYLINES])
    section = budget.take(line(draft.section), "section", LONGEST_TAG)
    slugline = budget.take(line(draft.slugline), "slugline", LONGEST_TAG)
    blocks = tuple(budget.take_blocks(replace(block, text=line(block.text)) for block in body))
    url = address_in(draft.url, document.url) or address_in(guid, None)
    pubstatus = _STATUS.get(_word(draft.pubstatus), "usable")
    article = "\n".join([headline, dateline.text if dateline else "", *(block.text for block in blocks)])
    return Item(
        id=item_id(document.source, [guid, url, article.strip()]),
        source=document.source,
        url=url,
        guid=guid or None,
        kind=_kind(draft, pubstatus),
        language=language,
        headline=headline or None,
        dateline=dateline,
        body=blocks,
        section=section or None,
        related=draft.related,
        published=read_date(draft.published, language=language, fetched=document.fetched),
        updated=read_date(draft.updated, language=language, fetched=document.fetched),
        fetched=document.fetched,
        summary=None if summary in {"", joined(blocks)} else summary,
        bylines=bylines,
        tags=tuple(filter(None, tags)),
        media=tuple(_media(draft.media))[:MOST_MEDIA],
        slugline=slugline or None,
        urgency=urgency_of(draft.urgency),
        pubstatus=pubstatus,
        unsure=tuple(sorted(budget.unsure)),
    )


def is_told(draft: Draft) -> bool:
    """Tell whether a draft says anything, or at least which report it is."""
    return bool(draft.guid or draft.headline or draft.body or draft.summary or draft.media)


def urgency_of(text: str) -> int | None:
    """Return an urgency from 1, most urgent, to 9 (IPTC's scale); None for anything else."""
    return int(text) if regex.fullmatch("[1-9]", text.strip()) else None


def counted(version: str) -> int:
    """Return which version of a report it is, 1 where nothing tells."""
    number = int(version) if regex.fullmatch("[0-9]{1,9}", version.strip()) else 1
    return number if 1 <= number < _MOST_REVISIONS else 1


def _kind(draft: Draft, pubstatus: PubStatus) -> Kind:
    """Return what an item is to those before it: the gravest that its status and signals tell, else by its version."""
    told = {kind for signal in draft.signals if (kind := _KINDS.get(_word(signal)))}
    told |= {"withdrawn"} if pubstatus == "canceled" else set()
    return next((kind for kind in _GRAVEST if kind in told), "update" if counted(draft.version) > 1 else "new")


def _word(code: str) -> str:
    """Return the last part of a code: `update` of `sig:update`, and of an address."""
    return regex.split("[:/]", code.strip().rstrip("/"))[-1].casefold()


def _languages(*tags: str) -> Iterator[str]:
    return (bare for tag in tags if _LANGUAGE.fullmatch(bare := tag.strip().replace("_", "-")))


def _bylines(text: str) -> Iterator[Byline]:
    """Yield who a byline names: without the word before the names, and without an agency behind them."""
    bare = _BY.sub("", line(text), count=1) if _BY.match(line(text)) else line(text)
    for name in _BETWEEN_NAMES.split(bare):
        who, comma, agency = name.rpartition(",")
        if byline := byline_of(who if comma and is_known(agency.strip()) else name):
            yield byline


def _media(media: Iterable[Media]) -> Iterator[Media]:
    """Yield what is enclosed, each address once."""
    for medium in {medium.url: medium for medium in media}.values():
        yield replace(medium, type=line(medium.type or "")[:LONGEST_TAG] or None)


def _without_byline(draft: Draft) -> Draft:
    """Return a draft whose byline does not stand in its body, as the first paragraph: `By Jane Doe`."""
    first, *below = draft.body or (None,)
    if not isinstance(first, Paragraph) or len(first.text) > _LONGEST_BYLINE or not any(below):
        return draft
    if not _BY.match(first.text) or _ENDS_SENTENCE.search(first.text):
        return draft
    return replace(draft, body=below, bylines=[first.text])


def _take_dateline(draft: Draft, budget: Budget) -> tuple[Dateline | None, Sequence[Block]]:
    """Return the dateline and the body without it: as the lead prints it, else as the element of that name says.

    Where only an element says where the report was written, the dateline has that place and no text.
    """
    told = _told_dateline(draft.dateline)
    place = line(draft.place)
    first = next((index for index, block in enumerate(draft.body) if isinstance(block, Paragraph)), None)
    text = line(draft.body[first].text) if first is not None else ""
    if told and text.startswith(bare := told.text.rstrip()):
        found: Found | None = Found(told, len(bare), sure=True)
    else:
        found = _lead_dateline(text, known=told is not None or bool(place))
    rest = text[found.end :].lstrip() if found else ""
    if found is None or first is None or not (rest or draft.body[first + 1 :]):
        dateline, body = told, draft.body
    else:
        budget.unsure |= set() if found.sure or told else {"dateline"}
        below = (Paragraph(rest),) if rest else ()
        dateline, body = found.dateline, (*draft.body[:first], *below, *draft.body[first + 1 :])
    if dateline is None and place:
        dateline = Dateline("")
    if dateline and not dateline.places:
        dateline = replace(dateline, places=told.places if told and told.places else (place,) if place else ())
    budget.left -= len(dateline.text.encode()) if dateline else 0
    return dateline, body


def _told_dateline(text: str) -> Dateline | None:
    """Return the dateline that an element of that name tells; its text ends in a dash, as before a lead."""
    bare = line(text)[:LONGEST_TAG]
    if not bare or bare[0].isdigit() or read_date(bare) is not None:
        return None
    printed = f"{bare} " if _ENDS_DATELINE.search(bare) else f"{bare} - "
    found = _lead_dateline(printed, known=True)
    if found and found.end >= len(printed.rstrip()):
        return replace(found.dateline, text=printed)
    return Dateline(printed, (bare.split(",")[0].strip(),) if "(" not in bare else ())


def _lead_dateline(text: str, *, known: bool) -> Found | None:
    """Return the dateline that a lead begins with; `known`: the document says that there is one."""
    dotted = _DOTTED.search(text[:_LONGEST_LOOSE])
    if dotted and (found := dateline_at(f"{text[: dotted.start() + 1]} {text[dotted.end() :]}")):
        end = found.end + len(dotted[0]) - 2
        return replace(found, dateline=replace(found.dateline, text=text[:end]), end=end)
    prose = known or len(text) > _LONGEST_LOOSE or _ENDS_SENTENCE.search(text) is not None
    found = dateline_at(text, loose=prose)
    if found is None and (dated := _DATED.match(text)) and (bare := dateline_at(text[dated.end() :])):
        end = dated.end() + bare.end
        return replace(bare, dateline=replace(bare.dateline, text=text[:end]), end=end) if bare.sure else None
    if found is None or not (prose or found.dateline.agencies):
        return None
    if not found.dateline.places and (second := dateline_at(text[found.end :])) and not second.dateline.agencies:
        # ANSA's `(ANSA) - ROMA, 1 LUG - `
        both = Dateline(text[: found.end + second.end], second.dateline.places, found.dateline.agencies)
        return replace(found, dateline=both, end=found.end + second.end)
    return found
