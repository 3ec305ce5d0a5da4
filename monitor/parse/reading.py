"""What reading a document brings: its items, and whether it was whole."""

from dataclasses import dataclass

from monitor.model import Item


@dataclass(frozen=True, slots=True)
class Reading:
    """The items of a document, in its order, and `flaw`: why it was not clean and whole, None if it was.

    Validators (ETag, Last-Modified) of a document with a flaw are not kept: what is missing from it would hide
    behind 304.
    """

    items: tuple[Item, ...]
    flaw: str | None = None
