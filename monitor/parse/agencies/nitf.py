"""NITF 3.x: the News Industry Text Format of the IPTC, as documents and within NewsML."""

from collections.abc import Iterator

import regex
from lxml import etree

from monitor.errors import NotRecognized
from monitor.model import Document, Media
from monitor.parse.agencies.signals import CORRECTION, signals_in
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
from monitor.parse.reading import Reading
from monitor.parse.times.dates import read_date

_TAKE = regex.compile(r"\d{1,2}\s(?P<rest>\p{Lu}{2}.*)")
_NOT_BODY = ("media", "tagline", "nitf-table-metadata")
"""What stands in `body.content` and is no copy: pictures with their captions, contacts of the desk."""


def read_nitf(document: Document) -> Reading:
    """Return the one item that an NITF document is.

    Raises:
        NotRecognized: its root is not `nitf`, or it has neither an identifier nor any text.
        Malformed: it is not well-formed, or declares entities.
    """
    tree, flaw = tree_of(document)
    if tree.tag != "nitf":
        msg = f"XML whose root is <{tree.tag}>"
        raise NotRecognized(msg)
    draft = nitf_draft(tree, document.url)
    if not is_told(draft):
        msg = "an NITF document with nothing in it"
        raise NotRecognized(msg)
    return reading_of([draft], document, flaw)


def nitf_draft(nitf: etree._Element, base: str | None = None) -> Draft:
    """Return what an `nitf` element tells; its links stand against `base`."""
    status = attribute_at(nitf, "head/docdata", "management-status")
    issued = attribute_at(nitf, "head/docdata/date.issue", "norm")
    released = attribute_at(nitf, "head/docdata/date.release", "norm")
    revised = attribute_at(nitf, "head/revision-history", "norm")
    generation = attribute_at(nitf, "head/docdata/du-key", "generation")
    version = attribute_at(nitf, "head/docdata/du-key", "version")
    media = list(_media(nitf, base))
    catchline = _catchline(nitf)
    title = catchline or text_at(nitf, "head/title")
    content = nitf.find("body/body.content")
    return Draft(
        guid=attribute_at(nitf, "head/docdata/doc-id", "id-string"),
        url=attribute_at(nitf, "head/pubdata", "ex-ref"),
        language=nitf.get(LANGUAGE) or nitf.get("baselang") or attribute_at(nitf, "body", LANGUAGE),
        headline=text_at(nitf, "body/body.head/hedline/hl1") or title or text_at(nitf, "body/body.head/hedline/hl2"),
        dateline=_dateline(nitf),
        place=attribute_at(nitf, "head/docdata/evloc", "city"),
        body=() if content is None else blocks_in(without(content, *_NOT_BODY)),
        summary=text_at(nitf, "body/body.head/abstract"),
        section=attribute_at(nitf, "head/pubdata", "position.section") or _category(nitf),
        published=issued or released or attribute_at(nitf, "head/pubdata", "date.publication"),
        updated=revised or issued or released,
        # Of what is usable, a release that is no date is a template that was not filled in.
        embargoed=released if status.casefold() == "embargoed" or read_date(released) else "",
        bylines=[_byline(found) for found in nitf.iterfind("body/body.head/byline")],
        tags=_tags(nitf),
        media=media,
        slugline=_meta(nitf, "anpa-keyword") or catchline or attribute_at(nitf, ".//key-list/keyword", "key"),
        urgency=attribute_at(nitf, ".//urgency", "ed-urg"),
        pubstatus=status,
        signals=_signals(nitf),
        version=str(max(counted(generation), counted(version))),
    )


def _catchline(nitf: etree._Element) -> str:
    """Return the title of a report of PA's without the number of its take: category and keyword, `SPORT Trivia`."""
    is_pa = attribute_at(nitf, "head/docdata/del-list/from-src", "src-name").casefold() == "pa"
    found = _TAKE.match(text_at(nitf, "head/title")) if is_pa else None
    return found["rest"] if found else ""


def _signals(nitf: etree._Element) -> Iterator[str]:
    """Yield that it corrects another document, and what its note to editors says that it is."""
    if nitf.find("head/docdata/correction") is not None:
        yield CORRECTION
    yield from signals_in(attribute_at(nitf, "head/docdata/ed-msg", "info"))


def _meta(nitf: etree._Element, name: str) -> str:
    return attribute_at(nitf, f"head/meta[@name='{name}']", "content")


def _category(nitf: etree._Element) -> str:
    return attribute_at(nitf, "head/docdata/doc-scope", "scope") or _meta(nitf, "category")


def _dateline(nitf: etree._Element) -> str:
    """Return the dateline without its date: the city before all else, as the rest is where that is."""
    found = nitf.find("body/body.head/dateline")
    if found is None:
        return ""
    city = text_at(found, "location/city", "location", "city")
    return city or next((text for text in (found.text or "",) if text.strip()), "")


def _byline(byline: etree._Element) -> str:
    """Return a byline without the job and the agency of who wrote it."""
    people = list(texts_at(byline, "person"))
    if people:
        return " and ".join(people)
    return " ".join([byline.text or "", *(child.tail or "" for child in byline)])


def _tags(nitf: etree._Element) -> Iterator[str]:
    """Yield the keywords; without any, what the subjects are called."""
    keywords = [found.get("key") or text_in(found) for found in nitf.iterfind(".//key-list/keyword")]
    names = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")
    subjects = [
        next(filter(None, map(subject.get, names)), "") for subject in nitf.iterfind("head/tobject/tobject.subject")
    ]
    yield from filter(None, keywords if any(keywords) else subjects)


def _media(nitf: etree._Element, base: str | None) -> Iterator[Media]:
    for reference in nitf.iterfind(".//media-reference"):
        if url := address_in(reference.get("source") or "", base):
            yield Media(url, reference.get("mime-type") or None)
