"""NewsML-G2 (IPTC, 2.x): items, packages and messages of them; and the way to NewsML 1.2 (`newsml1`).

Read with lxml rather than with the IPTC's own package, `newsmlg2` 1.1. That models the whole standard in objects and
leaves out what we are here for, the copy within `contentSet`. It keeps the catalogs of the document at hand in a
global, opens files to read them, prints to standard output for each that it does not know, takes a `str` for the name
of a file or an address to fetch, and refuses some valid documents with a `TypeError`.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from lxml import etree

from monitor.errors import Malformed, NotRecognized
from monitor.model import Block, Document, Media, Related, RelatedItem
from monitor.parse.agencies.newsml1 import newsml1_drafts
from monitor.parse.agencies.nitf import nitf_draft
from monitor.parse.agencies.xmltree import (
    LANGUAGE,
    attribute_at,
    blocks_in,
    text_at,
    text_in,
    texts_at,
    tree_of,
    without,
)
from monitor.parse.draft import Draft, counted, is_told, reading_of
from monitor.parse.feeds.entry import address_in
from monitor.parse.markup import blocks_of, has_tags, lines_of
from monitor.parse.reading import Reading

_READ = ("newsItem", "packageItem")
_OTHERS = {
    "catalogItem": "a catalog of vocabularies",
    "conceptItem": "what a term of a vocabulary means",
    "knowledgeItem": "a vocabulary",
    "planningItem": "what is planned, not what has happened",
}
_NOT_BODY = ("header", "head", "footer")
_TOLD_ELSEWHERE = frozenset({"teaser", "byline", "creditline", "slugline", "kicker"})
"""Classes of paragraphs in which dpa repeats the metadata above the text."""

_REUTERS = {"edstat:u": "update", "edstat:c": "correction"}
_ZONES = {"stt": "Europe/Helsinki", "stt-lehtikuva": "Europe/Helsinki", "businessdesk": "Pacific/Auckland"}
_MOST_DIGITS = 15
_MOST_RELATED = 100
_LONGEST_RELATED = 300


def read_newsml(document: Document) -> Reading:
    """Return the news items and packages of a NewsML-G2 or NewsML 1.2 document, in its order.

    Raises:
        NotRecognized: it is another document, or a part of NewsML that tells no news; the message says which.
        Malformed: it is not well-formed, declares entities, or is a message without anything in it.
    """
    tree, flaw = tree_of(document)
    if tree.tag == "NewsML":
        drafts = newsml1_drafts(tree, document.url)
    elif tree.tag in {"newsMessage", *_READ, *_OTHERS}:
        drafts = (_item(found, document.url) for found in tree.iter(*_READ))
    else:
        msg = f"XML whose root is <{tree.tag}>"
        raise NotRecognized(msg)
    reading = reading_of(filter(is_told, drafts), document, flaw)
    if not reading.items:
        raise _nothing_in(tree)
    return reading


def _nothing_in(tree: etree._Element) -> NotRecognized | Malformed:
    """Return the error that says what is in a document instead of news."""
    other = next(tree.iter(*_OTHERS), None)
    if other is not None:
        return NotRecognized(f"a NewsML-G2 {other.tag}: {_OTHERS[str(other.tag)]}")
    return Malformed(f"a {tree.tag} without any item in it")


def _item(item: etree._Element, base: str | None) -> Draft:
    """Return what a newsItem or packageItem tells, and where it tells nothing, the NITF in it."""
    own = _metadata(item)
    summary = _summary(item)
    nitf = item.find("contentSet/inlineXML/nitf")
    if nitf is not None:
        within = nitf_draft(nitf, base)
        own = replace(
            own,
            headline=own.headline or within.headline,
            bylines=own.bylines or within.bylines,
            dateline=own.dateline or within.dateline,
            place=own.place or within.place,
            body=within.body,
            tags=own.tags or within.tags,
            media=within.media,
        )
        summary = summary or within.summary
    else:
        own = replace(own, body=tuple(_body(item)))
    related = _related(item) if item.tag == "packageItem" else None
    return replace(own, summary=summary, media=[*_media(item, base), *own.media], related=related)


def _metadata(item: etree._Element) -> Draft:
    first = text_at(item, "itemMeta/firstCreated", "contentMeta/contentCreated")
    version = item.get("version") or ""
    created = text_at(item, "itemMeta/versionCreated", "contentMeta/contentModified", "contentMeta/contentCreated")
    return Draft(
        guid=item.get("guid") or "",
        url=attribute_at(item, "itemMeta/link[@rel='irel:canonical']", "href"),
        language=attribute_at(item, "contentMeta/language", "tag") or item.get(LANGUAGE) or "",
        headline=_headline(item),
        dateline=text_at(item, "contentMeta/dateline"),
        place=text_at(item, "contentMeta/located/name") or attribute_at(item, "contentMeta/located", "literal"),
        section=_section(item),
        # A first version was first created when it was created.
        published=first or (created if counted(version) == 1 else ""),
        updated=created,
        embargoed=text_at(item, "itemMeta/embargoed"),
        zone=_zone(item),
        bylines=list(texts_at(item, "contentMeta/by")) or _creators(item),
        tags=_tags(item),
        slugline=text_at(item, "contentMeta/slugline"),
        urgency=text_at(item, "contentMeta/urgency"),
        pubstatus=attribute_at(item, "itemMeta/pubStatus", "qcode") or attribute_at(item, "itemMeta/pubStatus", "uri"),
        signals=_signals(item),
        version=version,
    )


def _signals(item: etree._Element) -> Iterator[str]:
    for found in item.iterfind("itemMeta/signal"):
        code = found.get("qcode") or found.get("uri") or ""
        yield _REUTERS.get(code.casefold(), code)


def _zone(item: etree._Element) -> str:
    """Return where the clocks hang of an agency that leaves the zone out, against the standard."""
    message = item.getroottree().getroot()
    told = (attribute_at(item, "itemMeta/provider", "literal"), text_at(message, "header/sender", "Header/sender"))
    return next((zone for name in told if (zone := _ZONES.get(name.casefold()))), "")


def _headline(item: etree._Element) -> str:
    """Return the headline: the one without a role or with the main one before all others, by their ranks."""
    headlines = [found for found in item.iterfind("contentMeta/headline") if text_in(found)]
    main = [found for found in headlines if not found.get("role") or "main" in str(found.get("role"))]
    ranked = sorted(
        main or headlines, key=lambda found: int(rank) if (rank := found.get("rank") or "0").isdigit() else 0
    )
    if ranked:
        return text_in(ranked[0])
    return text_at(item, "itemMeta/title", "contentSet/inlineXML/html/head/title")


def _summary(item: etree._Element) -> str:
    """Return the description whose role says that it is a summary or teaser; that of a picture is its caption."""
    told = [(str(found.get("role") or ""), text_in(found)) for found in item.iterfind("contentMeta/description")]
    for wanted in ("summary", "teaser", "abstract", "caption", ""):
        for role, text in told:
            if text and (role == wanted if not wanted else wanted in role):
                return text
    return ""


def _creators(item: etree._Element) -> list[str]:
    """Return the names of those who created it; a login (`doe.jane`) or a code is no name."""
    named = [text_at(found, "name") for found in item.iterfind("contentMeta/creator")]
    return [name for name in named if " " in name]


def _section(item: etree._Element) -> str:
    """Return what the desk's category is called."""
    for found in item.iterfind("contentMeta/subject"):
        kind = f"{found.get('type') or ''} {found.get('qcode') or ''}".casefold()
        if "categor" in kind or "department" in kind:
            return text_at(found, "name") or str(found.get("literal") or "")
    return ""


def _tags(item: etree._Element) -> list[str]:
    """Return the keywords, which the desk chose; without any, what the subjects are called."""
    return list(texts_at(item, "contentMeta/keyword")) or list(texts_at(item, "contentMeta/subject/name"))


def _body(item: etree._Element) -> Iterator[Block]:
    """Yield the blocks of the content that is inline: the first that has any."""
    for content in item.iterfind("contentSet/inlineXML"):
        html = content.find("html")
        body = html.find("body") if html is not None else None
        if blocks := blocks_in(_without_metadata(content if body is None else body)):
            yield from blocks
            return
    for content in item.iterfind("contentSet/inlineData"):
        text = unescape(content.text or "") if has_tags(unescape(content.text or "")) else content.text or ""
        if content.get("encoding") is None and (content.get("contenttype") or "text/").startswith(
            ("text/", "application/xhtml")
        ):
            yield from blocks_of(text) if has_tags(text) else lines_of(text)
            return


def _without_metadata(body: etree._Element) -> etree._Element:
    for found in list(body.iter("p")):
        if not _TOLD_ELSEWHERE.isdisjoint((found.get("class") or "").split()):
            found.tag = "header"
    return without(body, *_NOT_BODY)


def _media(item: etree._Element, base: str | None) -> Iterator[Media]:
    """Yield what is elsewhere: renditions of the item itself, then pictures that it links to."""
    for found in item.iterfind("contentSet/remoteContent"):
        if url := address_in(found.get("href") or "", base):
            size = found.get("size") or ""
            yield Media(
                url,
                found.get("contenttype") or None,
                int(size) if size.isdecimal() and len(size) <= _MOST_DIGITS else None,
            )
    for found in item.iterfind("itemMeta/link"):
        kind = found.get("contenttype") or ""
        if kind.startswith(("image/", "video/", "audio/")) and (url := address_in(found.get("href") or "", base)):
            yield Media(url, kind)


def _related(item: etree._Element) -> Related | None:
    """Return the items that a package refers to, by their headlines or titles."""
    texts = [text_at(found, "headline", "title", "description") for found in item.iter("itemRef")]
    entries = tuple(RelatedItem(text[:_LONGEST_RELATED]) for text in texts[:_MOST_RELATED] if text)
    return Related(None, entries) if entries else None
