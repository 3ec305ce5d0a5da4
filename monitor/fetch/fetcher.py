"""`ports.Fetcher`, over the door and the file system."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.fetch.folder import REST, changed_files
from monitor.fetch.full_text import FullText
from monitor.fetch.turns import Turns
from monitor.fetch.web import fetch
from monitor.model import Document, FileSeen, Item, Source, SourceState
from monitor.net.door import Door
from monitor.ports import Fetched, FetchFailed, NotModified


@dataclass(frozen=True, slots=True)
class DoorFetcher:
    """Gets what sources have; of a folder, what has not changed for `rest` seconds; articles, with `full_text`."""

    door: Door
    turns: Turns
    clock: Callable[[], datetime]
    rest: float = REST
    full_text: FullText | None = None

    async def fetch(self, source: Source, state: SourceState, *, whole: bool) -> Fetched | NotModified | FetchFailed:
        """Ask a `url` source once."""
        return await fetch(source, state, whole=whole, door=self.door, turns=self.turns, clock=self.clock)

    async def complete(self, item: Item, source: Source) -> Item:
        """Return an item with the text of the article that it links to, or as it was."""
        return (await self.full_text.complete(item, source)).item if self.full_text else item

    def folder(self, source: Source, seen: Mapping[str, FileSeen]) -> AsyncIterator[tuple[FileSeen, Document]]:
        """Yield the files of a `path` source that are not as they were seen."""
        return changed_files(source, seen, self.clock, self.rest)
