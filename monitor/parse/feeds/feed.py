"""RSS, RDF, Atom and CDF feeds to items, through feedparser.

What feedparser cannot be trusted with is done before it (`disarm`) or after it (dates, markup, links,
languages); what it is trusted with is the many shapes of feeds.
"""

from io import BytesIO

import feedparser
from feedparser.exceptions import CharacterEncodingOverride

from monitor.errors import Malformed, NotRecognized
from monitor.model import Document
from monitor.parse.feeds.disarm import disarmed
from monitor.parse.feeds.entry import Feed, address_in, item_of, tells
from monitor.parse.feeds.trim import MOST_ENTRIES, trimmed
from monitor.parse.reading import Reading
from monitor.parse.sniff import Root, as_markup, encoding_of, looks_like, root_of


def read_feed(document: Document) -> Reading:
    """Return the entries of a feed as items, in its order; a feed without any is an empty reading.

    A feed that is broken off gives the entries that are whole, and has a flaw.

    Raises:
        NotRecognized: its root element is none that feeds have.
        Malformed: it declares entities, or is made to exhaust its parser.
    """
    text = as_markup(document.body)
    root = root_of(text)
    if root is None or not root.is_feed:
        raise NotRecognized(looks_like(document.body))
    encoding = "utf-8" if encoding_of(document.body) else "latin-1"
    trim = trimmed(text)
    parsed = _parse(disarmed(trim.text, root, decoded=encoding == "utf-8").encode(encoding, "replace"))
    entries = parsed.entries
    if not entries and not parsed.version and "rdf" in root.name.casefold():
        msg = f"XML whose root is <{root.name}>, without a feed in it"
        raise NotRecognized(msg)
    flaw = _flaw(parsed, root)
    if entries and flaw and trim.broken:
        flaw = "broken off within an entry"
        entries = entries[:-1]
    if flaw and not entries and f"</{root.name}" not in text:
        raise Malformed(flaw)
    feed = _feed(parsed, document)
    told = list(filter(tells, entries[:MOST_ENTRIES]))
    if entries and not told:
        flaw = flaw or "no entry says anything"
    return Reading(tuple(item_of(entry, feed) for entry in told), trim.flaw or flaw)


def _parse(body: bytes) -> feedparser.FeedParserDict:
    try:
        # Never pass bytes or str: feedparser opens a body that reads like a path or a URL.
        # No base either: it would make a guid that is no address into one.
        return feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser raises whatever its parsers run into (its issue 378)
        msg = f"its parser failed: {type(error).__name__}"
        raise Malformed(msg) from error


def _flaw(parsed: feedparser.FeedParserDict, root: Root) -> str | None:
    """Return what was not clean; an encoding that is not the declared one still gives the whole feed."""
    if root.junk:
        return "something stands before the XML"
    error = parsed.get("bozo_exception")
    if not parsed.bozo or isinstance(error, CharacterEncodingOverride):
        return None
    return f"not well-formed: {' '.join(str(error).split())[:200]}"


def _feed(parsed: feedparser.FeedParserDict, document: Document) -> Feed:
    """Return what entries inherit. Links of RSS stand against the channel's, those of Atom against the document's."""
    atom = parsed.version.startswith("atom")
    links = dict.get(parsed.feed, "links") or []
    own = next((each.get("href") or "" for each in links if each.get("rel") == "self"), "")
    site = address_in(dict.get(parsed.feed, "link") or "", document.url or address_in(own, None))
    authors = dict.get(parsed.feed, "authors") or [] if atom else []  # RFC 4287, 4.2.1
    base = (document.url or site) if atom else (site or document.url or address_in(own, None))
    return Feed(document, atom, base, dict.get(parsed.feed, "language"), authors)
