"""RSS, RDF, Atom and CDF feeds to items, through feedparser.

What feedparser cannot be trusted with is done before it (entities, authors, bombs) or after it (dates, markup, links,
languages); what it is trusted with is the many shapes of feeds.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import feedparser
import regex
from feedparser.exceptions import CharacterEncodingOverride

from monitor.errors import Malformed, NotRecognized
from monitor.model import Document, Item
from monitor.parse.entry import Feed, address_in, item_of, raw_text
from monitor.parse.identity import item_id
from monitor.parse.reading import Reading
from monitor.parse.sniff import Root, as_markup, encoding_of, looks_like, root_of

MOST_ENTRIES = 2_000
"""Entries of a feed that are read, the first ones; a feed of more has a flaw."""

_WORTH = (
    "title id link links summary content published updated created authors author tags media_content "
    "feedburner_origlink"
)
_TELLING = _WORTH.split()
"""What an entry is worth an item for, in feedparser's words; an entry without any of it is wholly empty."""

_MOST_ENTITIES = 300
_LONGEST_AUTHOR = 512
_LONGEST_TAG = 16_384
_MOST_ATTRIBUTES = 1_000

_HARMLESS_ENTITY = regex.compile(
    r"""<!ENTITY\s++[\p{L}_][\w.-]{0,63}+\s++(?:"[^"<&%]{0,32}+"|'[^'<&%]{0,32}+'|["']&#\w{1,8}+;["'])\s*+>"""
)
"""The declaration of a character or a few: `<!ENTITY euro "&#8364;">`. Anything else may be a bomb or a way out."""

_AUTHOR = regex.compile(
    rb"(<(?:[\w-]{1,32}:)?(?:author|creator|managingEditor|webMaster|name|email|publisher|contributor|owner)\b[^<>]{0,999}+>"
    rb"\s*+(?:<!\[CDATA\[)?+(?:&#?\w{1,10}+;|[^<&]){%d})(?:[^<\]]|\](?!\]>))++" % _LONGEST_AUTHOR,
    regex.IGNORECASE,
)
_HUGE_TAG = regex.compile(rb"<[A-Za-z][^<>]{%d,}+" % _LONGEST_TAG)
_ATTRIBUTE = regex.compile(rb"=\s*+[\"']")
_CONTROLS = bytes({*range(9), 11, 12, *range(16, 27), 28, 29, 30, 31})
"""What XML 1.0 does not allow and no encoding needs, as ISO 2022 needs the escape and the shifts."""

_ENTRY = regex.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/?)(?:[\w-]{1,32}:)?(?:item|entry)(?=[\s/>])[^<>]*+"
    r"(?P<whole>(?<=/)>)?",
    regex.DOTALL | regex.IGNORECASE,
)


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
    _refuse_entities(text, root)
    parsed = _parse(_prepared(document.body, text, root))
    entries = parsed.entries
    if not entries and not parsed.version:
        msg = f"XML whose root is <{root.name}>, without a feed in it"
        raise NotRecognized(msg)
    flaw = _flaw(parsed, root)
    if entries and flaw and _is_broken_off(text):
        flaw = "broken off within an entry"
        entries = entries[:-1]
    elif not entries and parsed.bozo and flaw:
        raise Malformed(flaw)
    if len(entries) > MOST_ENTRIES:
        flaw = f"more than {MOST_ENTRIES} entries"
    feed = _feed(parsed, document)
    told = [entry for entry in entries[:MOST_ENTRIES] if any(map(entry.get, _TELLING))]
    return Reading(tuple(_identified([(item_of(entry, feed), raw_text(entry)) for entry in told])), flaw)


def _refuse_entities(text: str, root: Root) -> None:
    declared = _HARMLESS_ENTITY.sub("", root.doctype, _MOST_ENTITIES) if root.doctype else ""
    if "<!ENTITY" in declared or "<!ENTITY" in text[: root.start].replace(root.doctype, ""):
        msg = "refused: its DOCTYPE declares entities"
        raise Malformed(msg)


def _prepared(body: bytes, text: str, root: Root) -> bytes:
    """Return the bytes for feedparser: authors cut, what XML does not allow taken out, junk before it too."""
    encoding = encoding_of(body)
    if encoding not in {None, "utf-8"}:  # Neither our patterns nor feedparser's see through two bytes a character.
        body = _without_declaration(text).encode(errors="replace")
    elif root.junk:
        body = body[root.junk :]
    body = _AUTHOR.sub(rb"\1", body.translate(None, _CONTROLS))
    if any(len(_ATTRIBUTE.findall(tag[0])) > _MOST_ATTRIBUTES for tag in _HUGE_TAG.finditer(body)):
        msg = f"refused: a tag with more than {_MOST_ATTRIBUTES} attributes"
        raise Malformed(msg)
    return body


def _without_declaration(text: str) -> str:
    """Return a text without the XML declaration, whose encoding it is no longer in."""
    bare = text.lstrip("\ufeff\0 \t\r\n")
    return bare[bare.find("?>") + 2 :] if bare.startswith("<?xml") and "?>" in bare else bare


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


def _is_broken_off(text: str) -> bool:
    """Tell whether the last entry that begins does not end."""
    tags = [found for found in _ENTRY.finditer(text) if found["end"] is not None]
    return bool(tags) and not tags[-1]["end"] and not tags[-1]["whole"]


def _feed(parsed: feedparser.FeedParserDict, document: Document) -> Feed:
    """Return what entries inherit. Links of RSS stand against the channel's, those of Atom against the document's."""
    atom = parsed.version.startswith("atom")
    site = address_in(dict.get(parsed.feed, "link") or "", document.url)
    authors = dict.get(parsed.feed, "authors") or [] if atom else []  # RFC 4287, 4.2.1
    base = (document.url or site) if atom else (site or document.url)
    return Feed(document, atom, base, dict.get(parsed.feed, "language"), authors)


def _identified(items: Sequence[tuple[Item, str]]) -> Iterator[Item]:
    """Yield items with their ids; a guid or an address that several headlines share says nothing about which it is.

    Args:
        items: each with its text as it stands in the feed, which tells apart what has no text else.
    """
    told = defaultdict[str | None, set[str | None]](set)
    for item, _ in items:
        for key in {item.guid, item.url}:
            told[key].add(item.headline)
    for item, raw in items:
        keys = [key if len(told[key]) == 1 else None for key in (item.guid, item.url)]
        dateline = item.dateline.text if item.dateline else None
        texts = [item.headline, dateline, *(block.text for block in item.body)]
        text = "\n".join(text for text in texts if text)
        yield replace(item, id=item_id(item.source, [*keys, text or raw, item.guid, item.url]))
