"""What reading a document brings: its items, and whether it was whole."""

from dataclasses import dataclass, field

from monitor.model import Item


@dataclass(frozen=True, slots=True)
class Reading:
    """The items of a document, in its order, and `flaw`: why it was not clean and whole, None if it was.

    Validators (ETag, Last-Modified) of a document with a flaw are not kept: what is missing from it would hide
    behind 304.

    `skipped` is how many entries were left out because the document came with their hashes, `Document.seen`. `entries`
    are the hashes of all entries, those left out included, to be seen in the next document: 8 bytes each
    (`monitor.parse.feeds.entries`), none of a document with a flaw, or that can only be read whole.
    """

    items: tuple[Item, ...]
    flaw: str | None = None
    entries: bytes = field(default=b"", repr=False)
    skipped: int = 0
