"""JSON Feed 1.0 and 1.1 to items (jsonfeed.org/version/1.1); attributes of older and sloppier ones are taken as meant.

An entry becomes what feedparser would make of it, and from there takes the road of all feeds.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

import regex

from monitor.errors import Malformed, NotRecognized
from monitor.model import Document
from monitor.parse.feeds.entries import hashes_of, together, unseen
from monitor.parse.feeds.entry import Feed, Parsed, address_in, item_of, tells
from monitor.parse.feeds.trim import MOST_ENTRIES
from monitor.parse.markup import plain
from monitor.parse.reading import Reading
from monitor.parse.sniff import encoding_of, looks_like

_VERSION = regex.compile(r'(?<!\\)"version"\s*+:\s*+"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
_ITEMS = regex.compile(r'(?<!\\)"items"\s*+:\s*+\[')
_ADDRESS = regex.compile(r'(?<!\\)"(?:feed_url|home_page_url)"\s*+:\s*+"')
_GAP = regex.compile(r"[\s,]*+")
_MOST_PEOPLE = 16
_MOST_ENCLOSED = 64
_LONGEST_NUMBER = 40

Json = Mapping[str, object]


def is_json_feed(body: bytes) -> bool:
    """Tell whether JSON says that it is a JSON Feed, or has a feed's address and items without saying so."""
    text = _text_of(body)
    if not text.lstrip().startswith("{"):
        return False
    return _VERSION.search(text) is not None or bool(_ITEMS.search(text) and _ADDRESS.search(text))


def read_json_feed(document: Document) -> Reading:
    """Return the entries of a JSON Feed as items, in its order; a feed without any is an empty reading.

    A feed that is broken off gives the entries that are whole, and has a flaw.

    Raises:
        NotRecognized: it is no JSON Feed.
        Malformed: it is no JSON, is nested too deep, or has no list of items.
    """
    if not is_json_feed(document.body):
        raise NotRecognized(looks_like(document.body))
    told, flaw = _parsed(document.body)
    items = told.get("items")
    if not isinstance(items, list):
        msg = "a JSON Feed without a list of items"
        raise Malformed(msg)
    entries = [entry for item in items[:MOST_ENTRIES] if isinstance(item, dict) and tells(entry := _entry(item))]
    if len(items) > MOST_ENTRIES:
        flaw = f"more than {MOST_ENTRIES} entries"
    elif not all(isinstance(item, dict) for item in items) or (items and not entries):
        flaw = flaw or "an entry says nothing"
    feed = _feed(told, document)
    hashes = hashes_of(map(json.dumps, entries), json.dumps([feed.base, feed.language, feed.authors]))
    kept = unseen(hashes, document.seen)
    return Reading(
        tuple(item_of(entries[at], feed) for at in kept),
        flaw,
        entries=b"" if flaw else together(hashes),
        skipped=len(hashes) - len(kept),
    )


def _parsed(body: bytes) -> tuple[Json, str | None]:
    """Return the feed and its flaw; of one that is broken off only the items that are whole."""
    text = _text_of(body)
    flaw = "not UTF-8" if "\ufffd" in text and b"\xef\xbf\xbd" not in body else None
    try:
        told = json.loads(text, strict=False)
    except RecursionError as error:
        msg = "refused: nested too deep"
        raise Malformed(msg) from error
    except ValueError as error:
        flaw = f"not JSON: {str(error)[:200]}"
        if items := _whole_items(text):
            return {"items": items}, flaw
        raise Malformed(flaw) from error
    return (told if isinstance(told, dict) else {}), flaw


def _text_of(body: bytes) -> str:
    """Return JSON as text; it is UTF-8 (RFC 8259, 8.1), but for what its first bytes say."""
    return body.decode(encoding_of(body) or "utf-8", "replace").removeprefix("\ufeff")


def _whole_items(text: str) -> list[object]:
    """Return the items of a feed that is broken off or broken, up to where it breaks."""
    decoder = json.JSONDecoder(strict=False)
    begins = _ITEMS.search(text)
    at = begins.end() if begins else len(text)
    items = list[object]()
    while len(items) <= MOST_ENTRIES and (gap := _GAP.match(text, at)):
        try:
            item, at = decoder.raw_decode(text, gap.end())
        except (ValueError, RecursionError):
            break
        items.append(item)
    return items


def _feed(told: Json, document: Document) -> Feed:
    """Return what entries inherit. Their links are absolute by the specification; the others stand against the feed."""
    own = address_in(_text(told, "feed_url"), document.url) or address_in(_text(told, "home_page_url"), document.url)
    language = _text(told, "language") or None
    return Feed(document, atom=True, base=document.url or own, language=language, authors=_people(told))


def _entry(item: Json) -> Parsed:
    """Return an entry in feedparser's words.

    `content_html` is the body where there is text in it, else `content_text`; an entry that only points at another
    page has no `url`, but an `external_url`.
    """
    html, text = _text(item, "content_html"), _text(item, "content_text")
    use_html = html and (not text or plain(html))
    content = {"value": html, "type": "text/html"} if use_html else {"value": text, "type": "text/plain"}
    links = [{"rel": "alternate", "href": _text(item, key)} for key in ("url", "external_url") if _text(item, key)]
    return {
        "id": _text(item, "id"),
        "title": _text(item, "title"),
        "title_detail": {"type": "text/plain"},
        "link": links[0]["href"] if links else "",
        "links": [*links, *_enclosed(item)],
        "content": [content] if content["value"] else [],
        "summary": _text(item, "summary"),
        "summary_detail": {"type": "text/plain"} if _text(item, "summary") else None,
        "published": _text(item, "date_published"),
        "updated": _text(item, "date_modified"),
        "authors": _people(item),
        "tags": [{"term": tag} for tag in _list(item, "tags") if isinstance(tag, str)],
        "language": _text(item, "language"),
    }


def _enclosed(item: Json) -> Iterator[Parsed]:
    """Yield the attachments, then the pictures."""
    for attachment in _list(item, "attachments")[:_MOST_ENCLOSED]:
        if isinstance(attachment, dict):
            yield {
                "rel": "enclosure",
                "href": _text(attachment, "url"),
                "type": _text(attachment, "mime_type"),
                "length": _text(attachment, "size_in_bytes"),
            }
    for key in ("image", "banner_image"):
        if picture := _text(item, key):
            yield {"rel": "enclosure", "href": picture}


def _people(told: Json) -> Sequence[Parsed]:
    """Return the authors: a list since 1.1, one before it; a `mailto:` is where others have their page."""
    authors = _list(told, "authors") or [told.get("author")]
    return [
        {"name": _text(author, "name"), "email": _text(author, "url").partition("mailto:")[2].partition("?")[0]}
        if isinstance(author, dict)
        else {"name": author}
        for author in authors[:_MOST_PEOPLE]
        if author and isinstance(author, dict | str)
    ]


def _list(told: Json, key: str) -> Sequence[object]:
    value = told.get(key)
    return value if isinstance(value, list) else []


def _text(told: Json, key: str) -> str:
    """Return a member that is a string; a number, as some write ids, is taken for one."""
    value = told.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:_LONGEST_NUMBER]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
