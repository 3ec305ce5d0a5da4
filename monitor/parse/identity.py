"""What makes an item that item."""

from collections.abc import Iterable
from hashlib import sha256

_ID_CHARACTERS = 20


def item_id(source: str | None, keys: Iterable[str | None]) -> str:
    """Return the id of an item of `source`: 80 bits of SHA-256 over the source and the first key that there is.

    Args:
        source: the id of the source; items of different sources are different items.
        keys: best first, in the order guid, URL, article text; empty ones are passed over.
    """
    key = next((f"{rank}\0{key}" for rank, key in enumerate(keys) if key), "")
    return sha256(f"{source or ''}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()[:_ID_CHARACTERS]
