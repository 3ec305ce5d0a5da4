"""Any document to items: which reader it is for, by its bytes."""

from collections.abc import Callable, Mapping

from monitor.errors import NotRecognized
from monitor.model import Document
from monitor.parse.agencies.anpa import is_anpa, read_anpa
from monitor.parse.agencies.ap import read_ap
from monitor.parse.agencies.digitalwires import read_digitalwires
from monitor.parse.agencies.iptc7901 import read_iptc7901
from monitor.parse.agencies.mail import is_mail, read_mail
from monitor.parse.agencies.newsml import read_newsml
from monitor.parse.agencies.ninjs import read_ninjs
from monitor.parse.agencies.nitf import read_nitf
from monitor.parse.agencies.ritzau import read_ritzau
from monitor.parse.agencies.telegraph import is_telegraph
from monitor.parse.agencies.wenn import is_wenn, read_wenn
from monitor.parse.feeds.feed import read_feed
from monitor.parse.feeds.json_feed import is_json_feed, read_json_feed
from monitor.parse.feeds.sitemap import is_sitemap, read_index, read_sitemap
from monitor.parse.pages.listing import read_listing
from monitor.parse.pages.page import read_page
from monitor.parse.reading import Reading
from monitor.parse.sniff import PLAIN_TEXT, Root, agency_json, as_markup, is_page, looks_like, root_of
from monitor.parse.wires.text import read_text

__all__ = ["READERS", "Reading", "read_document"]

READERS: Mapping[str, Callable[[Document], Reading]] = {
    "feed": read_feed,
    "json_feed": read_json_feed,
    "sitemap": read_sitemap,
    "newsml": read_newsml,
    "nitf": read_nitf,
    "ninjs": read_ninjs,
    "digitalwires": read_digitalwires,
    "ap": read_ap,
    "ritzau": read_ritzau,
    "wenn": read_wenn,
    "iptc7901": read_iptc7901,
    "anpa": read_anpa,
    "email": read_mail,
    "page": read_page,
    "listing": read_listing,
    "text": read_text,
}
"""The kinds of documents that a source may name, each with its reader."""

_NAMING: Mapping[str, Callable[[Document], Reading]] = {"sitemap_index": read_index}
"""Documents that name others: for a fetcher, which wants these."""


def read_document(document: Document) -> Reading:
    """Return the items of a document, read as the kind that it names, else as what its bytes say it is.

    Raises:
        NotRecognized: it is nothing that we read; the message says what it looks like.
        Malformed: it is of a kind that we read, and is broken or refused.
    """
    kind = document.kind or _kind_of(document.body)
    if kind == "page" and not document.kind and document.polled:  # It may stand there in a feed's place.
        msg = f"{looks_like(document.body)}; a source that means one says `kind: page` or `kind: listing`"
        raise NotRecognized(msg)
    return (READERS.get(kind) or _NAMING[kind])(document)


def _kind_of(body: bytes) -> str:
    if is_mail(body):  # Before all else: a message may hold a document of any other kind.
        return "email"
    root = root_of(as_markup(body))
    told = _json_kind(body) or (_markup_kind(body, root) if root else None)
    if told:
        return told
    if is_telegraph(body):
        return "anpa" if is_anpa(body) else "iptc7901"
    seen = looks_like(body)
    if seen == PLAIN_TEXT:
        return "text"
    raise NotRecognized(seen)


def _json_kind(body: bytes) -> str | None:
    return "json_feed" if is_json_feed(body) else agency_json(body)


def _markup_kind(body: bytes, root: Root) -> str | None:
    if root.is_feed:
        return "wenn" if is_wenn(as_markup(body), root.start) else "feed"
    if is_sitemap(root):
        return "sitemap"
    return root.agency_kind or ("page" if is_page(as_markup(body), root) else None)
