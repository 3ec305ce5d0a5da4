"""WENN's feeds: Atom with elements of the agency's own in each entry, in which its text, status and priority stand.

Their namespaces begin with `NAMESPACE`; a schema is not public. What Atom itself tells there is less: the content is a
line or two.
"""

from collections.abc import Iterator

import regex
from lxml import etree

from monitor.errors import Malformed
from monitor.model import Document
from monitor.parse.agencies.xmltree import attribute_at, text_at, text_in, tree_of
from monitor.parse.draft import Draft, is_told, reading_of
from monitor.parse.feeds.feed import read_feed
from monitor.parse.markup import blocks_of, has_markup, lines_of
from monitor.parse.reading import Reading

NAMESPACE = "http://feed.wenn.com/xmlns/"
_ROOT = regex.compile(rf"<(?:\w{{1,32}}:)?feed\s[^>]{{0,4000}}[\"']{regex.escape(NAMESPACE)}")
_URGENCIES = {"high": "3", "med": "5", "medium": "5", "low": "7"}
_STATUS = {"deleted": "canceled", "withdrawn": "canceled", "unpublished": "withheld", "embargoed": "embargoed"}


def is_wenn(text: str, start: int) -> bool:
    """Tell whether the root element that starts at `start` declares WENN's namespaces."""
    return _ROOT.match(text, start) is not None


def read_wenn(document: Document) -> Reading:
    """Return the entries of a feed of WENN's as items; one that is not well-formed is read as any feed.

    Raises:
        NotRecognized: it is no feed.
        Malformed: there is nothing in it that can be read.
    """
    try:
        tree, flaw = tree_of(document)
    except Malformed:
        return read_feed(document)
    return reading_of(filter(is_told, map(_draft, tree.iterfind("entry"))), document, flaw)


def _draft(entry: etree._Element) -> Draft:
    managed, told = "NewsManagement", "ContentMetadata"
    priority = text_at(entry, f"{managed}/feedarticle_priority").casefold()
    status = text_at(entry, f"{managed}/publishing_status").casefold()
    text = "\n\n".join(_texts(entry))
    return Draft(
        guid=text_at(entry, "id"),
        url=attribute_at(entry, "link", "href"),
        language=attribute_at(entry, told, "lang"),
        headline=text_at(entry, f"{told}/title", "title"),
        body=blocks_of(text) if has_markup(text) else lines_of(text),
        section=text_at(entry, f"{managed}/feedarticle_section"),
        published=text_at(entry, f"{managed}/published", f"{told}/published", "published", "updated"),
        updated=text_at(entry, f"{managed}/updated", f"{told}/updated", "updated"),
        bylines=[text_in(found) for found in entry.iterfind("author/name")],
        tags=[found.get("value") or "" for found in entry.iterfind(f"{told}/tags/tag")],
        slugline=text_at(entry, f"{told}/slug").strip("()"),
        urgency=_URGENCIES.get(priority, ""),
        pubstatus=_STATUS.get(status, ""),
    )


def _texts(entry: etree._Element) -> Iterator[str]:
    """Yield the first line and the body, else the content; with their line breaks."""
    paths = ("ContentMetadata/first_line", "ContentMetadata/body")
    told = [text for path in paths if (text := (entry.findtext(path) or "").strip())]
    yield from told or [(entry.findtext("content") or entry.findtext("summary") or "").strip()]
