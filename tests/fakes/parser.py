"""A parser that finds in documents what a test put there."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

from monitor.model import Document, Item
from monitor.parse.reading import Reading
from monitor.ports import Fetched


@dataclass
class FakeParser:
    """Reads bodies by their names: what stands in `readings` under a body's text; an error there is raised.

    Items that are the same in every field are entries with the same hash; `skipped` counts those that were left out.
    """

    readings: dict[str, Reading | Exception] = field(default_factory=dict)
    read_: list[str] = field(default_factory=list)
    skipped: int = 0

    async def read(self, document: Document) -> Reading:
        """Read."""
        await asyncio.sleep(0)
        name = document.body.decode()
        self.read_.append(name)
        reading = self.readings[name]
        if isinstance(reading, Exception):
            raise reading
        hashes = [_hash(item) for item in reading.items]
        seen = {document.seen[at : at + 8] for at in range(0, len(document.seen), 8)}
        if reading.flaw:
            seen, kept = set(), b""
        else:
            kept = b"".join(hashes)
        unseen = [item for item, its in zip(reading.items, hashes, strict=True) if its not in seen]
        items = tuple(replace(item, source=document.source) for item in unseen)
        self.skipped += len(hashes) - len(unseen)
        return Reading(items, reading.flaw, kept, len(hashes) - len(unseen))

    def page(self, items: Iterable[Item] = (), flaw: str | None = None, **told: Any) -> Fetched:
        """Return a document with these items in it, as an answer with `told`: its etag, or where it has moved to."""
        name = f"document {len(self.readings)}"
        self.readings[name] = Reading(tuple(items), flaw)
        return self.named(name, **told)

    def fails(self, error: Exception, **told: Any) -> Fetched:
        """Return a document that cannot be read."""
        name = f"document {len(self.readings)}"
        self.readings[name] = error
        return self.named(name, **told)

    @staticmethod
    def named(name: str, **told: Any) -> Fetched:
        """Return the document of a name."""
        return Fetched(Document(name="wire", body=name.encode(), source="wire"), **told)


def _hash(item: Item) -> bytes:
    return blake2b(repr(item).encode("utf-8", "surrogatepass"), digest_size=8).digest()
