"""Sitemaps to items (sitemaps.org 0.9): those for news, and plain ones, whose entries are little more than addresses.

A sitemap index holds no news itself. As a document it is refused, so that it never passes for a day without news.
`read_index` gives the sitemaps that it names as items, to whoever fetches these; `sitemaps_in` gives them to whoever
looks for sources.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice

import regex
from lxml import etree

from monitor.errors import Malformed, NotRecognized
from monitor.model import Document, Item, When
from monitor.parse.feeds.disarm import disarmed
from monitor.parse.feeds.entries import hashes_of, together, unseen
from monitor.parse.feeds.entry import Feed, address_in, item_of
from monitor.parse.feeds.trim import MOST_ENTRIES
from monitor.parse.identity import item_id
from monitor.parse.markup import line
from monitor.parse.reading import Reading
from monitor.parse.sniff import Root, as_markup, encoding_of, looks_like, root_of
from monitor.parse.times.dates import read_date

MOST_ADDRESSES = 50_000
"""Entries that a sitemap may have by its specification; those beyond are not looked at."""

MOST_SITEMAPS = 100
"""Of the sitemaps that an index names, as many are told."""

_HEAD = 8_192
_MOST_ELEMENTS = 100
"""Elements of an entry that are read, and elements of an extension."""

_MOST_PICTURES = 32
_LONGEST = 65_536
_COMMA = regex.compile(r"\s*+[,;،、]\s*+")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap that an index names, and when it says that it changed."""

    url: str
    modified: When | None = None


@dataclass(slots=True)
class _Entry:
    """The texts of an entry by the names of their elements, `news/title` say, without namespaces; the first of each."""

    texts: dict[str, str] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)

    def dated(self) -> str:
        """Return when it was published, else changed, in a form that sorts; empty if it does not say."""
        return _sortable(self.texts.get("news/publication_date", "")) or _sortable(self.texts.get("lastmod", ""))


def _sortable(text: str) -> str:
    try:
        told = datetime.fromisoformat(text)  # Fifty thousand of them are read in no time.
        return str(told.astimezone(UTC) if told.tzinfo else told)
    except (ValueError, OverflowError):
        return str(read_date(text) or "") if text else ""


def is_sitemap(root: Root) -> bool:
    """Tell whether a root element is that of a sitemap or of a sitemap index."""
    return _local(root.name) in {"urlset", "sitemapindex"}


def read_sitemap(document: Document) -> Reading:
    """Return the entries of a sitemap as items, in its order; of more than `MOST_ENTRIES` the newest.

    An entry without news has an address, and no headline. `updated` is its `lastmod`. One whose `news:access` is
    `Subscription` is premium. A sitemap that is broken off gives the entries that are whole, and has a flaw.

    Raises:
        NotRecognized: it is no sitemap.
        Malformed: it is a sitemap index, declares entities, or is broken before its first entry ends.
    """
    root, entries, flaw = _read(document, "url")
    if _local(root.name) == "sitemapindex":
        named = sitemaps_in(document)
        newest = f": {named[0].url}" if named else ""
        msg = f"a sitemap index, without news of its own; a source is one of the {len(named)} sitemaps it names{newest}"
        raise Malformed(msg)
    kept, are_newest = _newest(entries)
    feed = Feed(document, atom=True, base=document.url)
    flaw = flaw or (None if are_newest else f"more than {MOST_ENTRIES} entries")
    hashes = hashes_of((json.dumps([entry.texts, entry.pictures]) for entry in kept), "")
    fresh = unseen(hashes, document.seen)
    return Reading(
        tuple(_item(kept[at], feed) for at in fresh),
        flaw,
        entries=b"" if flaw else together(hashes),
        skipped=len(hashes) - len(fresh),
    )


def is_index(body: bytes) -> bool:
    """Tell whether a document is a sitemap index, by its root element; that stands within its first bytes."""
    root = root_of(as_markup(body[:_HEAD]))
    return root is not None and _local(root.name) == "sitemapindex"


def read_index(document: Document) -> Reading:
    """Return the sitemaps that an index names, as items with an address and `updated`: the newest `MOST_SITEMAPS`.

    Raises:
        NotRecognized: it is neither an index nor a sitemap.
        Malformed: it declares entities, or is broken before its first entry ends.
    """
    named = sitemaps_in(document)[:MOST_SITEMAPS]
    return Reading(
        tuple(
            Item(
                id=item_id(document.source, [None, each.url]),
                source=document.source,
                url=each.url,
                updated=each.modified,
            )
            for each in named
        )
    )


def sitemaps_in(document: Document) -> tuple[Sitemap, ...]:
    """Return the sitemaps that a sitemap index names, those that changed last first; none of a plain sitemap.

    Raises:
        NotRecognized: it is neither.
        Malformed: it declares entities, or is broken before its first entry ends.
    """
    _, entries, _ = _read(document, "sitemap")
    newest = sorted(entries, key=_Entry.dated, reverse=True)
    named = [(address_in(entry.texts.get("loc", ""), document.url), entry) for entry in newest]
    return tuple(Sitemap(url, read_date(entry.texts.get("lastmod", ""))) for url, entry in named if url)


def _read(document: Document, element: str) -> tuple[Root, Sequence[_Entry], str | None]:
    """Return the root, the entries that are whole, and the flaw of a sitemap or an index."""
    text = as_markup(document.body)
    root = root_of(text)
    if root is None or not is_sitemap(root):
        raise NotRecognized(looks_like(document.body))
    decoded = encoding_of(document.body) is not None
    body = disarmed(text, root, decoded=decoded).encode("utf-8" if decoded else "latin-1", "replace")
    entries, flaw = list[_Entry](), None
    try:
        for entry in _entries(body, element):
            if len(entries) == MOST_ADDRESSES:
                flaw = f"more than {MOST_ADDRESSES} entries"
                break
            entries.append(entry)
    except etree.XMLSyntaxError as error:
        flaw = f"not well-formed: {line(str(error))[:200]}"
        if not entries:
            raise Malformed(flaw) from error
    return root, entries, flaw or ("something stands before the XML" if root.junk else None)


def _entries(body: bytes, element: str) -> Iterator[_Entry]:
    """Yield the entries; what was read is thrown away, so that memory does not grow."""
    events = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=("{*}" + element, element),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, found in events:
        yield _entry(found)
        found.clear()
        while (before := found.getprevious()) is not None and (parent := found.getparent()) is not None:
            parent.remove(before)


def _entry(found: etree._Element) -> _Entry:
    """Return what is told of an address; what an extension tells is named for it, `news`, `image`, `video`."""
    entry = _Entry()
    for child in islice(found, _MOST_ELEMENTS):
        extension = _local(str(child.tag))
        _take(extension, child, entry)
        for below in islice(child.iterdescendants(), _MOST_ELEMENTS):
            _take(f"{extension}/{_local(str(below.tag))}", below, entry)
    return entry


def _take(name: str, element: etree._Element, entry: _Entry) -> None:
    text = (element.text or "")[:_LONGEST].strip()
    if name == "image/loc" and len(entry.pictures) < _MOST_PICTURES:
        entry.pictures.append(text)
    if text:
        entry.texts.setdefault(name, text)


def _newest(entries: Sequence[_Entry]) -> tuple[Sequence[_Entry], bool]:
    """Return the newest entries, in their order, and whether they are: some may have no date.

    If they are, what is left out is older than all that is read, and nothing is missing.
    """
    if len(entries) <= MOST_ENTRIES:
        return entries, True
    dates = [entry.dated() for entry in entries]
    ranked = sorted(range(len(entries)), key=dates.__getitem__, reverse=True)
    return [entries[at] for at in sorted(ranked[:MOST_ENTRIES])], all(dates)


def _item(entry: _Entry, feed: Feed) -> Item:
    """Return the item of an entry, by way of what feedparser would make of it."""
    texts = entry.texts
    keywords = [*_COMMA.split(texts.get("news/keywords", "")), texts.get("video/tag", "")]
    parsed = {
        "title": texts.get("news/title") or texts.get("video/title", ""),
        "title_detail": {"type": "text/plain"},
        "link": texts.get("loc", ""),
        "links": [{"rel": "enclosure", "href": picture} for picture in entry.pictures],
        "published": texts.get("news/publication_date") or texts.get("video/publication_date", ""),
        "updated": texts.get("lastmod", ""),
        "summary": texts.get("video/description", ""),
        "language": texts.get("news/language", ""),
        "tags": [{"term": keyword} for keyword in keywords],
    }
    return replace(item_of(parsed, feed), premium=texts.get("news/access", "").casefold() == "subscription")


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].casefold()
