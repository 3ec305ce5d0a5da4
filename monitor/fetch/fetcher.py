"""`ports.Fetcher`, over the door and the file system."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from monitor.fetch.folder import REST, changed_files, gone_files
from monitor.fetch.full_text import FullText
from monitor.fetch.sitemaps import changed_since, names_sitemaps, with_sitemaps
from monitor.fetch.turns import Turns
from monitor.fetch.web import fetch, fetch_part
from monitor.model import Document, FileSeen, Item, Source, SourceState
from monitor.net.door import Door
from monitor.ports import Fetched, FetchFailed, NotModified, Parser


@dataclass(frozen=True, slots=True)
class DoorFetcher:
    """Gets what sources have; of a folder, what has not changed for `rest` seconds; articles, with `full_text`.

    With a `parser`, of a sitemap index the sitemaps that it names.
    """

    door: Door
    turns: Turns
    clock: Callable[[], datetime]
    rest: float = REST
    full_text: FullText | None = None
    parser: Parser | None = None

    async def fetch(self, source: Source, state: SourceState, *, whole: bool) -> Fetched | NotModified | FetchFailed:
        """Ask a `url` source once, and the newest sitemaps of one that is an index."""
        answer = await fetch(source, state, whole=whole, door=self.door, turns=self.turns, clock=self.clock)
        if self.parser is None or not isinstance(answer, Fetched) or not names_sitemaps(answer.document):
            return answer
        since = None if whole else changed_since(state)
        ask = partial(fetch_part, source=source, door=self.door, turns=self.turns, clock=self.clock)
        return await with_sitemaps(answer, since, ask, self.parser)

    async def complete(self, item: Item, source: Source) -> Item:
        """Return an item with the text of the article that it links to, or as it was."""
        return await self.full_text.complete(item, source) if self.full_text else item

    def folder(self, source: Source, seen: Mapping[str, FileSeen]) -> AsyncIterator[tuple[FileSeen, Document]]:
        """Yield the files of a `path` source that are not as they were seen."""
        return changed_files(source, seen, self.clock, self.rest)

    async def gone(self, source: Source, seen: Collection[str]) -> Sequence[str]:
        """Return those of the paths seen that are not there now."""
        return await asyncio.to_thread(gone_files, source.path or "", seen)
