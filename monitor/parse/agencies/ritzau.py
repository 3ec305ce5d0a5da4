"""Ritzau's own XML (`RBNews`): a report, its text as escaped HTML, its times by the clocks of Copenhagen.

The elements are those that the agency's documents have; a schema is not public. What has no value says `i:nil="true"`.
"""

from lxml import etree

from monitor.errors import NotRecognized
from monitor.model import Document
from monitor.parse.agencies.xmltree import text_at, tree_of
from monitor.parse.draft import Draft, is_told, reading_of
from monitor.parse.markup import blocks_of
from monitor.parse.reading import Reading

ROOT = "RBNews"
"""The root element of the format."""

_SIGNALS = {"Annuleret": "withdrawal", "Korrektion": "correction", "NyVersion": "update"}


def read_ritzau(document: Document) -> Reading:
    """Return the one item that a document of Ritzau's is.

    Raises:
        NotRecognized: its root is another, or there is nothing in it.
        Malformed: it is not well-formed, or declares entities.
    """
    tree, flaw = tree_of(document)
    if tree.tag != ROOT:
        msg = f"XML whose root is <{tree.tag}>"
        raise NotRecognized(msg)
    draft = _draft(tree)
    if not is_told(draft):
        msg = "a document of Ritzau's with nothing in it"
        raise NotRecognized(msg)
    return reading_of([draft], document, flaw)


def _draft(news: etree._Element) -> Draft:
    name, address = text_at(news, "byLine"), text_at(news, "byLineEmail")
    tags = [found.text or "" for each in ("IPTCList", "SubjectKeyword") for found in news.iterfind(f"{each}/*")]
    return Draft(
        guid=text_at(news, "NewsID"),
        language="da",
        headline=text_at(news, "headline"),
        place=text_at(news, "town"),
        agency=text_at(news, "origin").strip("/ "),
        body=blocks_of(news.findtext("content") or ""),
        summary=text_at(news, "subtitle"),
        section=text_at(news, "section"),
        published=text_at(news, "PublishDate"),
        zone="Europe/Copenhagen",
        bylines=[f"{name} <{address}>" if address else name] if name else [],
        tags=tags,
        slugline=text_at(news, "strapline"),
        urgency=text_at(news, "Priority"),
        signals=[signal for flag, signal in _SIGNALS.items() if text_at(news, flag).casefold() == "true"],
        version=text_at(news, "version"),
    )
