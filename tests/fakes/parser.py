"""A parser that finds in documents what a test put there."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from monitor.model import Document, Item
from monitor.parse.reading import Reading
from monitor.ports import Fetched


@dataclass
class FakeParser:
    """Reads bodies by their names: what stands in `readings` under a body's text; an error there is raised."""

    readings: dict[str, Reading | Exception] = field(default_factory=dict)
    read_: list[str] = field(default_factory=list)

    async def read(self, document: Document) -> Reading:
        """Read."""
        await asyncio.sleep(0)
        name = document.body.decode()
        self.read_.append(name)
        reading = self.readings[name]
        if isinstance(reading, Exception):
            raise reading
        return Reading(tuple(replace(item, source=document.source) for item in reading.items), reading.flaw)

    def page(self, items: Iterable[Item] = (), flaw: str | None = None, **told: str) -> Fetched:
        """Return a document with these items in it, as an answer with `told`: its etag, or where it has moved to."""
        name = f"document {len(self.readings)}"
        self.readings[name] = Reading(tuple(items), flaw)
        return self.named(name, **told)

    def fails(self, error: Exception, **told: str) -> Fetched:
        """Return a document that cannot be read."""
        name = f"document {len(self.readings)}"
        self.readings[name] = error
        return self.named(name, **told)

    @staticmethod
    def named(name: str, **told: str) -> Fetched:
        """Return the document of a name."""
        return Fetched(Document(name="wire", body=name.encode(), source="wire"), **told)
