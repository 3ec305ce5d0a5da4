"""NewsML 1.0 to 1.2 (IPTC, 2000 to 2003): what its items tell; the reader of both NewsMLs is in `newsml`.

A `NewsItem` has a tree of `NewsComponent`s; an article is the outermost of them that has a headline or content, what
lies within it are its texts, pictures and translations.
"""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from monitor.model import Block, Media
from monitor.parse.agencies.nitf import nitf_draft
from monitor.parse.agencies.xmltree import LANGUAGE, attribute_at, blocks_in, text_at, texts_at, without
from monitor.parse.draft import Draft
from monitor.parse.feeds.entry import address_in
from monitor.parse.markup import blocks_of, has_tags, lines_of

_TEXT = ("", "text", "main", "nitf", "xhtml")


def newsml1_drafts(newsml: etree._Element, base: str | None) -> Iterator[Draft]:
    """Yield what the items of a document tell, one after the other; their links stand against `base`."""
    sent = text_at(newsml, "NewsEnvelope/DateAndTime")
    priority = attribute_at(newsml, "NewsEnvelope/Priority", "FormalName")
    for item in newsml.iterfind("NewsItem"):
        draft = _item(item, base)
        yield replace(draft, published=draft.published or sent, urgency=draft.urgency or priority)


def _item(item: etree._Element, base: str | None) -> Draft:
    identifier = "Identification/NewsIdentifier"
    management = item.find("NewsManagement")
    managed = item if management is None else management
    revision = item.find(f"{identifier}/RevisionId")
    drafts = [_component(found, base) for found in item.iterfind("NewsComponent")]
    draft = next((each for each in drafts if each.headline or each.body), drafts[0] if drafts else Draft())
    return replace(
        draft,
        guid=_guid(item),
        language=draft.language or item.get(LANGUAGE) or "",
        published=text_at(managed, "FirstCreated"),
        updated=text_at(managed, "ThisRevisionCreated"),
        urgency=attribute_at(managed, "Urgency", "FormalName"),
        pubstatus=attribute_at(managed, "Status", "FormalName"),
        embargoed=_embargoed(managed),
        signals=[
            *(found.get("FormalName") or "" for found in managed.iterfind("Instruction")),
            *(found.get("FormalName") or "" for found in managed.iterfind("NewsItemType")),
        ],
        version=text_at(item, f"{identifier}/RevisionId") if revision is not None else "",
    )


def _embargoed(managed: etree._Element) -> str:
    """Return when what is embargoed will be usable, if that is told."""
    if attribute_at(managed, "Status", "FormalName").casefold() != "embargoed":
        return ""
    return text_at(managed, "StatusWillChange/DateAndTime")


def _guid(item: etree._Element) -> str:
    """Return what stays the same over all revisions: the public identifier without the revision behind it."""
    identifier = "Identification/NewsIdentifier"
    parts = [text_at(item, f"{identifier}/{name}") for name in ("ProviderId", "DateId", "NewsItemId")]
    if all(parts):
        return f"urn:newsml:{':'.join(parts)}"
    return text_at(item, f"{identifier}/PublicIdentifier") or text_at(item, f"{identifier}/NewsItemId")


def _component(component: etree._Element, base: str | None) -> Draft:
    """Return what a component tells, and where it tells nothing, the first of those within it that does."""
    lines = component.find(".//NewsLines")
    held = component if lines is None else lines
    described = ".//DescriptiveMetadata"
    nitf = component.find(".//DataContent/nitf")
    inner = Draft() if nitf is None else nitf_draft(nitf, base)
    media = list(_media(component, base))
    return Draft(
        language=attribute_at(component, f"{described}/Language", "FormalName") or component.get(LANGUAGE) or "",
        headline=text_at(held, "HeadLine") or inner.headline,
        dateline=text_at(held, "DateLine") or inner.dateline,
        place=attribute_at(component, f"{described}/Location/Property[@FormalName='City']", "Value") or inner.place,
        body=inner.body or tuple(_body(component)),
        summary=text_at(held, "SubHeadLine") or inner.summary,
        section=attribute_at(component, f"{described}/Property[@FormalName='Category']", "Value"),
        bylines=list(texts_at(held, "ByLine")) or inner.bylines,
        tags=list(_tags(component, held)) or inner.tags,
        media=media or inner.media,
        slugline=text_at(held, "SlugLine"),
    )


def _tags(component: etree._Element, lines: etree._Element) -> Iterator[str]:
    keywords = list(texts_at(lines, "KeywordLine"))
    for keyword in keywords:
        yield from (part.strip() for part in keyword.replace(";", ",").split(","))
    if not keywords:
        for name in ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier"):
            for found in component.iterfind(f".//DescriptiveMetadata//{name}"):
                yield found.get("HowPresent") or text_at(found, "Description") or found.get("FormalName") or ""


def _body(component: etree._Element) -> Iterator[Block]:
    """Yield the blocks of the first content that is text and not elsewhere."""
    for content in component.iter("ContentItem"):
        kind = attribute_at(content, "MediaType", "FormalName").casefold()
        data = content.find("DataContent")
        if data is None or kind not in _TEXT or data.find(".//Encoding") is not None:
            continue
        html = data.find(".//body")
        text = data.text or ""
        if len(data):
            blocks = blocks_in(without(data if html is None else html, "head"))
        else:
            blocks = blocks_of(text) if has_tags(text) else lines_of(text)
        if blocks:
            yield from blocks
            return


def _media(component: etree._Element, base: str | None) -> Iterator[Media]:
    for content in component.iter("ContentItem"):
        kind = attribute_at(content, "MediaType", "FormalName").casefold()
        if kind not in _TEXT and (url := address_in(content.get("Href") or "", base)):
            mime = attribute_at(content, "MimeType", "FormalName") or attribute_at(content, "Format", "FormalName")
            yield Media(url, mime if "/" in mime else None)
