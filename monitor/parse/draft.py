"""What a reader of an agency's format found in a report, put into an item: judged, cleaned and bounded.

The formats differ in where they keep things and agree in what they keep; what is decided of that is decided here.

Agencies send reports before they may be published. What is under an embargo when its document was fetched is
`withheld`, whatever status the format gives besides (in NewsML-G2 and ninjs the two are independent). The reading of
a document with such a report has a flaw: so it is not kept as read, and the next time, when the embargo may be over,
its reports are read anew. Without a time of fetching nothing is known of the moment, and the document's word holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice, repeat
from typing import Literal
from zoneinfo import ZoneInfo

import regex

from monitor.model import Block, Byline, Dateline, Document, Item, Kind, Media, Paragraph, Related
from monitor.parse.agencies.signals import signals_of_headline
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
from monitor.parse.dateline import Found, lead_dateline
from monitor.parse.feeds.entry import address_in
from monitor.parse.identity import item_id
from monitor.parse.markup import line
from monitor.parse.people import byline_of
from monitor.parse.reading import Reading
from monitor.parse.times.dates import read_date
from monitor.text.agencies import is_known

PubStatus = Literal["usable", "withheld", "canceled"]

MOST_ITEMS = 2_000
"""Items of a document that are read, the first ones; a document of more has a flaw."""

_MOST_REVISIONS = 10_000
"""Versions beyond this do not count revisions: some agencies number all their reports through."""

_ENDS_SENTENCE = regex.compile(r"[.!?…][\"'”’»)\]]*$")
_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_KIND_WORDS: dict[Kind, str] = {
    "withdrawn": "retraction kill withdrawal withdrawn delete withhold elimination disregard retract cancel canceled",
    "correction": "correction corrected correct corrective rectify rectification clarification refile",
    "update": "update updated writethru lead",
}
"""What signals, instructions and editorial types of the formats are called that say so."""
_STATUS: dict[str, PubStatus] = {"withheld": "withheld", "canceled": "canceled", "cancelled": "canceled"}
_KINDS: dict[str, Kind] = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
_GRAVEST: Sequence[Kind] = ("withdrawn", "correction", "update")
_BY = regex.compile(r"(?:by|door|von|par|por|di|av|af|von|przez|writes|bearbeitet von)[:\s]\s*", regex.IGNORECASE)
_BETWEEN_NAMES = regex.compile(r"\s+(?:and|und|en|et|och|og|y|&)\s+")
_LONGEST_BYLINE = 80
_ENDS_DATELINE = regex.compile(r"[\p{Pd}_:|·•]\s*$")


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a document tells of one report, in its own words; empty where it tells nothing.

    `dateline` is the text of an element of that name; `place` and `agency`, where the report was written and by whom,
    are those of other ones. `signals`
    are words that tell an update or a correction, codes as `sig:update` too. `version` counts from 1.
    `published`, `updated` and `embargoed`, until when it must not be published, are dates as written; those without a
    zone are of `zone`, an IANA name, where the agency leaves its own out.
    """

    guid: str = ""
    url: str = ""
    language: str = ""
    headline: str = ""
    dateline: str = ""
    place: str = ""
    agency: str = ""
    body: Sequence[Block] = ()
    summary: str = ""
    section: str = ""
    related: Related | None = None
    published: str = ""
    updated: str = ""
    embargoed: str = ""
    zone: str = ""
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
    pubstatus, told = _pubstatus(draft, document.fetched)
    budget.unsure |= set() if told else {"pubstatus"}
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
        published=read_date(_zoned(draft.published, draft), language=language, fetched=document.fetched),
        updated=read_date(_zoned(draft.updated, draft), language=language, fetched=document.fetched),
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


def reading_of(drafts: Iterable[Draft], document: Document, flaw: str | None = None) -> Reading:
    """Return the items that the first drafts of a document make, at most `MOST_ITEMS`, and its flaw, if it has one."""
    first = list(islice(drafts, MOST_ITEMS + 1))
    items = tuple(item_from(draft, document) for draft in first[:MOST_ITEMS])
    if len(first) > MOST_ITEMS:
        flaw = flaw or f"more than {MOST_ITEMS} items"
    if any(map(is_embargoed, first[:MOST_ITEMS], repeat(document.fetched))):
        flaw = flaw or "it has reports under embargo, to be read again when that is over"
    return Reading(items, flaw)


def is_embargoed(draft: Draft, now: datetime | None) -> bool:
    """Tell whether a report must not be published yet; without a time, whether its document says that it is embargoed.

    A bare day is over when it begins. What cannot be read as a date holds: too late mends itself, too early does not.
    """
    until = read_date(_zoned(draft.embargoed, draft))
    if until is None:
        return bool(line(draft.embargoed)) or _word(draft.pubstatus) == "embargoed"
    if now is None:
        return False
    return now < until if isinstance(until, datetime) else f"{now:%Y-%m-%d}" < until


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


def _pubstatus(draft: Draft, now: datetime | None) -> tuple[PubStatus, bool]:
    """Return whether a report may be published, and whether that is sure: an embargo may be one that nobody reads."""
    status = _STATUS.get(_word(draft.pubstatus), "usable")
    if status != "usable" or not is_embargoed(draft, now):
        return status, True
    return "withheld", not draft.embargoed or read_date(_zoned(draft.embargoed, draft)) is not None


def _zoned(text: str, draft: Draft) -> str:
    """Return a date with the offset that the draft's zone has then, if it has a time and no zone of its own."""
    if not draft.zone:
        return text
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    if told.tzinfo or len(text.strip()) <= len("2026-02-05"):
        return text
    return told.replace(tzinfo=ZoneInfo(draft.zone)).astimezone(UTC).isoformat()


def _kind(draft: Draft, pubstatus: PubStatus) -> Kind:
    """Return what an item is to those before it: the gravest that its status and signals tell, else by its version."""
    signals = (*draft.signals, *signals_of_headline(line(draft.headline)))
    told = {kind for signal in signals if (kind := _KINDS.get(_word(signal)))}
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
        found = lead_dateline(text, known=told is not None or bool(place))
    rest = text[found.end :].lstrip() if found else ""
    if found is None or first is None or not (rest or draft.body[first + 1 :]):
        dateline, body = told, draft.body
    else:
        budget.unsure |= set() if found.sure or told else {"dateline"}
        below = (Paragraph(rest),) if rest else ()
        dateline, body = found.dateline, (*draft.body[:first], *below, *draft.body[first + 1 :])
    if dateline is None and place:
        dateline = Dateline("", agencies=tuple(filter(None, [line(draft.agency)])))
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
    found = lead_dateline(printed, known=True)
    if found and found.end >= len(printed.rstrip()):
        return replace(found.dateline, text=printed)
    return Dateline(printed, (bare.split(",")[0].strip(),) if "(" not in bare else ())
