"""What makes an item that item, and by which keys it is known again.

Feeds change their guids (http to https, a rebuilt site), their links (trackers, `www`) or both; two items may share
a guid, and many have none. So each item has several keys, and is known if any of them is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

import regex

from monitor.model import Item, Teaser

_ID_CHARACTERS = 20
_LEAST_TEXT = 80
_LEAST_PATH = 8
_TRACKER = regex.compile(
    r"utm_.*|(?:fb|g|dcl|ms|tw|y|wb|gb)clid|mc_[ce]id|igshid?|_hs(?:enc|mi)|mkt_tok|oly_(?:anon|enc)_id|vero_(?:id|conv)"
    r"|at_(?:medium|campaign|link.*|custom.*)|ns_(?:mchannel|source|campaign|linkname)|xtor|cmpid|ref_src|rss|ftag"
    r"|wt_mc|ocid|smid|s_cid|sref|traffic_source|maca",
    regex.IGNORECASE,
)


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


def identify(items: Sequence[Item]) -> list[Identified]:
    """Return the items of a document with their keys, each item once.

    A guid or link that different items of the document share tells nothing: it is no key of theirs, and their ids are
    made without it.
    """
    distinct = {(item.guid, item.url, content_of(item)): item for item in items}
    guids = Counter(item.guid for item in distinct.values())
    links = Counter(item.url for item in distinct.values())
    found = []
    for (guid, url, content), item in distinct.items():
        own_guid = guid if guids[guid] == 1 else None
        own_url = url if links[url] == 1 else None
        same = own_guid == guid and (own_guid or own_url == url)
        own = item if same else replace(item, id=item_id(item.source, [own_guid, own_url, content]))
        found.append(Identified(own, tuple(_keys(own, own_guid, own_url, content)), content))
    return found


def content_of(item: Item) -> str:
    """Return the hash of what an item says: headline, dateline, body and summary; dates and sidebar aside."""
    blocks = (block.text for block in item.body if not isinstance(block, Teaser))
    dateline = item.dateline.text if item.dateline else ""
    return _hash("\0".join([item.headline or "", dateline, item.summary or "", *blocks]))


def _keys(item: Item, guid: str | None, url: str | None, content: str) -> Iterable[str]:
    if guid:
        yield f"guid:{_short(guid)}"
        if (bare := _bare(guid)) and len(path := bare.partition("/")[2]) >= _LEAST_PATH:
            yield f"path:{_short(path)}"
    if url and (bare := _bare(url)):
        yield f"link:{_short(bare)}"
    length = sum(len(block.text) for block in item.body) + len(item.headline or "")
    # `Weerbericht` of today and of tomorrow are two items: a short text alone is a key only where there is no other.
    if length >= _LEAST_TEXT or not (guid or url):
        yield f"text:{content}:{item.published or ''}"


def _bare(address: str) -> str | None:
    """Return an address without scheme, `www`, port, trackers, fragment and trailing slash; None if it is none."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    kept = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKER.fullmatch(key)
    ]
    return f"{host}{parts.path.rstrip('/')}?{urlencode(kept)}".rstrip("?")


def _short(key: str) -> str:
    """Return a key of bounded length."""
    return key if len(key) <= 2 * _ID_CHARACTERS else _hash(key)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_CHARACTERS]
