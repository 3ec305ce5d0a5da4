"""RSS, RDF, Atom and CDF feeds to items, through feedparser.

What feedparser cannot be trusted with is done before it (`disarm`) or after it (dates, markup, links,
languages); what it is trusted with is the many shapes of feeds.
"""

from collections.abc import Sequence
from io import BytesIO
from xml.parsers import expat

import feedparser
import regex
from feedparser.exceptions import CharacterEncodingOverride

from monitor.errors import Malformed, NotRecognized
from monitor.model import Document
from monitor.parse.feeds.disarm import disarmed, undeclared
from monitor.parse.feeds.entries import Pieces, cut, declares_alike, together, unseen, with_probes
from monitor.parse.feeds.entry import Feed, address_in, item_of, tells
from monitor.parse.feeds.trim import MOST_ENTRIES, fits, trimmed
from monitor.parse.reading import Reading
from monitor.parse.sniff import Root, as_markup, encoding_of, looks_like, root_of

_STATELESS = regex.compile(
    r"utf-?8|(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|koi8-[ru]", regex.IGNORECASE
)
"""Encodings in which a part of a text is what it is in the whole, and `<` is no part of another character."""


def read_feed(document: Document) -> Reading:
    """Return the entries of a feed as items, in its order; a feed without any is an empty reading.

    Entries that the document says were seen are left out, as far as the others can be shown to come out the same
    without them. A feed that is broken off gives the entries that are whole, and has a flaw.

    Raises:
        NotRecognized: its root element is none that feeds have.
        Malformed: it declares entities, or is made to exhaust its parser.
    """
    text, root = _markup(document)
    return _read_unseen(document, text, root) or read_whole(document)


def read_whole(document: Document) -> Reading:
    """Return all entries of a feed, whatever was seen; as `read_feed` otherwise."""
    text, root = _markup(document)
    trim = trimmed(text)
    parsed = _parse(_encoded(disarmed(trim.text, root, decoded=_is_decoded(document)), document))
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
    if trim.entries and not told:
        flaw = flaw or ("no entry says anything" if entries else "its parser finds none of its entries")
    return Reading(tuple(item_of(entry, feed) for entry in told), trim.flaw or flaw)


def _read_unseen(document: Document, text: str, root: Root) -> Reading | None:
    """Return the entries that were not seen, and all hashes; None where it cannot be shown that this is all there is.

    What does not come out clean is read once more, whole: an entry that is ill-formed changes how all are parsed.
    """
    if root.junk or not fits(text):
        return None
    pieces = cut(text, root.start, encoding_of(document.body) or "")
    if pieces is None or len(pieces.spans) > MOST_ENTRIES:
        return None
    kept = unseen(pieces.hashes, document.seen)
    parsed = _parse_only(kept, pieces, document, root)
    if parsed is None:
        return None
    feed = _feed(parsed, document)
    told = [tells(entry) for entry in parsed.entries]
    if told and not any(told):
        return None
    mute = {pieces.hashes[at] for at, tells_any in zip(kept, told, strict=True) if not tells_any}
    return Reading(
        tuple(item_of(entry, feed) for entry in filter(tells, parsed.entries)),
        entries=together(each for each in pieces.hashes if each not in mute),
        skipped=len(pieces.spans) - len(kept),
    )


def _parse_only(
    kept: Sequence[int], pieces: Pieces, document: Document, root: Root
) -> feedparser.FeedParserDict | None:
    """Return a feed with these entries, clean and whole; None if it is not, or might have been other with the rest."""
    left = pieces.only(kept)
    based_alike = not kept or ("xml:base" in left) == ("xml:base" in pieces.text)
    if not based_alike or not declares_alike(pieces, kept) or not fits(left, times=2):  # Twice: it may be in vain.
        return None
    try:
        trim = trimmed(left)
        safe = disarmed(trim.text, root, decoded=_is_decoded(document))
        again = root_of(safe)
        probed = with_probes(safe, again.start if again else 0)
        body = _encoded(probed.text, document)
        if trim.flaw or undeclared(trim.text, root) or not _is_well_formed(body):
            return None
        if not kept:
            return feedparser.FeedParserDict(version="", feed={}, entries=[])
        parsed = _parse(body)
    except Malformed:
        return None
    entries = probed.entries(parsed.entries)
    if parsed.bozo or entries is None or len(entries) != len(kept) or not _STATELESS.fullmatch(parsed.encoding):
        return None
    parsed["entries"] = entries
    return parsed


def _is_well_formed(body: bytes) -> bool:
    """Tell as much in a hundredth of the time that feedparser takes, by the same parser, and then begins anew."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(body, True)  # noqa: FBT003 - it takes no names
    except (expat.ExpatError, ValueError, LookupError):  # Or it does not know the encoding.
        return False
    return True


def _markup(document: Document) -> tuple[str, Root]:
    text = as_markup(document.body)
    root = root_of(text)
    if root is None or not root.is_feed:
        raise NotRecognized(looks_like(document.body))
    return text, root


def _is_decoded(document: Document) -> bool:
    return encoding_of(document.body) is not None


def _encoded(text: str, document: Document) -> bytes:
    return text.encode("utf-8" if _is_decoded(document) else "latin-1", "replace")


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
