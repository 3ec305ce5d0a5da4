"""Any document to items: which reader it is for, by its bytes."""

from collections.abc import Callable, Mapping

from monitor.errors import NotRecognized
from monitor.model import Document
from monitor.parse.feed import read_feed
from monitor.parse.reading import Reading
from monitor.parse.sniff import PLAIN_TEXT, as_markup, looks_like, root_of
from monitor.parse.text import read_text

__all__ = ["READERS", "Reading", "read_document"]

READERS: Mapping[str, Callable[[Document], Reading]] = {
    "feed": read_feed,
    "text": read_text,
}
"""The kinds of documents that a source may name, each with its reader."""


def read_document(document: Document) -> Reading:
    """Return the items of a document, read as the kind that it names, else as what its bytes say it is.

    Raises:
        NotRecognized: it is nothing that we read; the message says what it looks like.
        Malformed: it is of a kind that we read, and is broken or refused.
    """
    return READERS[document.kind or _kind_of(document.body)](document)


def _kind_of(body: bytes) -> str:
    root = root_of(as_markup(body))
    if root and root.is_feed:
        return "feed"
    seen = looks_like(body)
    if seen == PLAIN_TEXT:
        return "text"
    raise NotRecognized(seen)
