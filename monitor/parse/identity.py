"""What makes an item that item, and by which keys it is known again.

Feeds change their guids (http to https, a rebuilt site), their links (trackers, `www`) or both; two items may share
a guid or a link, and many have none. So each item has several keys, and is known if any of them is.

Whether a guid is shared shows only where all that share it are looked at together: who reads a part of a document may
take what is known under no key as new, and must look at the whole where anything is known.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from monitor.model import FileSeen, Item, Known, Seen, Teaser
from monitor.parse.links import without_trackers
from monitor.parse.reading import Reading

_ID_CHARACTERS = 20
_LEAST_TEXT = 80
_LEAST_PATH = 8
_KINDS = ("exact", "guid", "site", "link", "path", "page", "text")
"""Kinds of keys, the one that says most first."""


def item_id(source: str | None, keys: Iterable[str | None]) -> str:
    """Return the id of an item of `source`: 80 bits of SHA-256 over the source and the first key that there is.

    Args:
        source: the id of the source; items of different sources are different items.
        keys: best first, in the order guid, URL, article text; empty ones are passed over.
    """
    key = next((f"{rank}\0{key}" for rank, key in enumerate(keys) if key), "")
    return _hash(f"{source or ''}\0{key}")


@dataclass(frozen=True, slots=True)
class Identified:
    """An item, the `keys` by which it is known again (best first), and the hash of its `content`."""

    item: Item
    keys: tuple[str, ...]
    content: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What a document brought: as it was read, with the keys of its items, and what is known under these.

    `first`: it is the first good answer of its source; `before`: something of the source was known already; `whole`:
    it was asked whole, so that all of it was looked at. `file` is what it was read from in a folder.
    """

    reading: Reading
    found: Sequence[Identified]
    known: Mapping[str, Known]
    first: bool
    before: bool
    whole: bool = False
    file: FileSeen | None = None

    @property
    def total(self) -> int:
        """How many items the document has."""
        return len(self.reading.items) + self.reading.skipped

    @property
    def apart(self) -> bool:
        """Whether nothing of it was known, and something else was: there may have been more in between."""
        return bool(self.found) and self.before and not (self.known or self.reading.skipped)


def in_one(readings: Sequence[Reading], flaw: str | None) -> Reading:
    """Return the readings of a document's parts as one; it has the first flaw that there is, or else `flaw`."""
    flaw = next((reading.flaw for reading in readings if reading.flaw), flaw)
    return Reading(
        tuple(item for reading in readings for item in reading.items),
        flaw,
        entries=b"" if flaw else b"".join(reading.entries for reading in readings),
        skipped=sum(reading.skipped for reading in readings),
    )


def identify(items: Sequence[Item]) -> list[Identified]:
    """Return the items of a document with their keys, each item once.

    A guid or link that different items of the document share tells nothing: it is no key of theirs, and their ids are
    made without it.
    """
    distinct = _distinct(items)
    guids = Counter(item.guid for item, _ in distinct)
    links = Counter(_link(item) for item, _ in distinct)
    found: list[Identified] = []
    texts: set[str] = set()
    for item, content in distinct:
        guid = item.guid if guids[item.guid] == 1 else None
        url = item.url if links[_link(item)] == 1 else None
        if not (guid or url):
            if content in texts:
                continue
            texts.add(content)
        same = guid == item.guid and (guid or url == item.url)
        own = item if same else replace(item, id=item_id(item.source, [guid, url, content]))
        found.append(Identified(own, tuple(_keys(own, guid, url, content)), content_of(item)))
    uses = Counter(key for one in found for key in one.keys)
    return [replace(one, keys=tuple(key for key in one.keys if uses[key] == 1)) for one in found]


def recognize(found: Sequence[Identified], known: Mapping[str, Known]) -> tuple[list[Seen], list[Seen]]:
    """Return which items of a document are new or changed, and which are known, but under a key that is new.

    An item that is known is at most one of the document's: the one that shares the best kind of key with it.
    """
    claims: dict[int, Known] = {}
    taken: set[str] = set()
    ranked = ((_KINDS.index(key.partition(":")[0]), index, key) for index, one in enumerate(found) for key in one.keys)
    for _, index, key in sorted(ranked):
        old = known.get(key)
        if old and index not in claims and old.item not in taken:
            claims[index] = old
            taken.add(old.item)
    fresh, again, ids = [], [], {old.item for old in known.values()}
    for index, one in enumerate(found):
        old = claims.get(index)
        if old is None:
            # Its text alone may have made the id of another one, which it is not.
            own = replace(one.item, id=item_id(one.item.source, one.keys)) if one.item.id in ids else one.item
            fresh.append(Seen(own, one.keys, one.content))
        elif old.content != one.content:
            kind = "update" if one.item.kind == "new" else one.item.kind
            item = replace(one.item, id=old.item, kind=kind)
            fresh.append(Seen(item, one.keys, one.content, old.revision + 1))
        elif any(key not in known for key in one.keys):
            again.append(Seen(replace(one.item, id=old.item), one.keys, one.content, old.revision))
    return fresh, again


def content_of(item: Item) -> str:
    """Return the hash of what an item says: its text, and that it is anything but usual news for everybody.

    That is its kind, its status, and whether it is behind a paywall. What changes in it makes a revision; dates and
    the sidebar do not.
    """
    usual = (item.kind, item.pubstatus, item.premium) == ("new", "usable", False)
    text = text_of(item)
    return text if usual else _hash(f"{text}\0{item.kind}\0{item.pubstatus}\0{item.premium}")


def text_of(item: Item) -> str:
    """Return the hash of an item's text: headline, dateline, body and summary."""
    blocks = (block.text for block in item.body if not isinstance(block, Teaser))
    dateline = item.dateline.text if item.dateline else ""
    return _hash("\0".join([item.headline or "", dateline, item.summary or "", *blocks]))


def _distinct(items: Sequence[Item]) -> list[tuple[Item, str]]:
    """Return the items, each once, with the hash of its text: what says the same at the same place is the same."""
    marks: set[tuple[str, ...]] = set()
    distinct = []
    for item in items:
        content = text_of(item)
        its = set(_marks(item, content))
        if not its & marks:
            distinct.append((item, content))
        marks |= its
    return distinct


def _marks(item: Item, content: str) -> Iterator[tuple[str, ...]]:
    if item.guid:
        yield ("guid", item.guid, content)
    if link := _link(item):
        yield ("link", link, content)
    if _is_long(item):
        yield ("text", content, str(item.published))
    if not (item.guid or item.url):
        yield ("text", content)


def _keys(item: Item, guid: str | None, url: str | None, content: str) -> Iterator[str]:
    """Yield the keys of an item, the best first.

    The exact key is that of an item that did not change at all, whatever it shares with others of its document.

    With a guid, a link alone is not enough: there are feeds whose every entry leads to the same page. It must also
    have been published at the same moment, or say the same.
    """
    yield f"exact:{_hash(chr(0).join([item.guid or '', item.url or '', content]))}"
    if guid:
        yield f"guid:{_short(guid)}"
        if bare := _bare(guid):
            yield f"site:{_short(bare)}"
            if len(path := bare.partition("/")[2]) >= _LEAST_PATH:
                yield f"path:{_short(path)}:{item.published or content}"
    if url:
        link = _short(_bare(url) or url)
        if not guid:
            yield f"link:{link}"
        yield f"page:{link}:{item.published or ''}"
        yield f"page:{link}:{content}"
    if not (guid or url):
        yield f"text:{content}"
    elif _is_long(item):
        # `Weerbericht` of today and of tomorrow are two items: a short text is a key only where there is no other.
        yield f"text:{content}:{item.published or ''}"


def _is_long(item: Item) -> bool:
    return sum(len(block.text) for block in item.body) + len(item.headline or "") >= _LEAST_TEXT


def _link(item: Item) -> str | None:
    return item.url and (_bare(item.url) or item.url)


def _bare(address: str) -> str | None:
    """Return an address without scheme, `www`, port, trackers and trailing slash; None if it is none.

    A fragment stays, as the entries of a live blog differ in nothing else, unless it is a tracker.
    """
    try:
        parts = urlsplit(without_trackers(address))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    query, fragment = urlencode(parse_qsl(parts.query, keep_blank_values=True)), parts.fragment
    return f"{host}{parts.path.rstrip('/')}{query and f'?{query}'}{fragment and f'#{fragment}'}"


def _short(key: str) -> str:
    """Return a key of bounded length."""
    return key if len(key) <= 2 * _ID_CHARACTERS else _hash(key)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_CHARACTERS]
