"""A fetcher that answers as a test says."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.decide.polls import asked_at
from monitor.model import Document, FileSeen, Item, Paragraph, Source, SourceState
from monitor.ports import Fetched, FetchFailed, NotModified

Answer = Fetched | NotModified | FetchFailed | Exception


@dataclass(frozen=True)
class Asked:
    """What a source was asked: where, with which validators, and whether they were to be left out."""

    source: str
    url: str
    etag: str | None
    last_modified: str | None
    whole: bool


@dataclass
class FakeFetcher:
    """Answers with `answer`, or what `answers` says of the address; keeps what it was asked.

    `articles` are the texts that items link to, by address; one that is empty never comes. `completed` are the ids of
    the items for which one was asked.
    `files` is the folder of every `path` source, by path. While `holds` is an event, answers wait until it is set.
    """

    answer: Answer | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    files: dict[str, tuple[FileSeen, bytes]] = field(default_factory=dict)
    broken: OSError | None = None
    holds: asyncio.Event | None = None
    articles: dict[str, str] = field(default_factory=dict)
    completed: list[str] = field(default_factory=list)

    async def fetch(self, source: Source, state: SourceState, *, whole: bool) -> Fetched | NotModified | FetchFailed:
        """Answer."""
        await asyncio.sleep(0)
        url = asked_at(source, state, whole=whole)
        self.asked.append(Asked(source.id, url, state.etag, state.last_modified, whole))
        if self.holds:
            await self.holds.wait()
        answer = self.answers.get(url, self.answer)
        if isinstance(answer, Exception):
            raise answer
        assert answer is not None, f"nothing is there at {url}"
        return answer

    async def complete(self, item: Item, source: Source) -> Item:  # noqa: ARG002 - the port gives it
        """Return an item with its article's text, where there is one; of one that is empty, never."""
        self.completed.append(item.id)
        article = self.articles.get(item.url or "")
        if article == "":
            await asyncio.Event().wait()
        return replace(item, body=(Paragraph(article),)) if article else item

    async def folder(self, source: Source, seen: Mapping[str, FileSeen]) -> AsyncIterator[tuple[FileSeen, Document]]:
        """Yield what is new or changed."""
        if self.broken:
            raise self.broken
        for file, body in list(self.files.values()):
            if seen.get(file.path) != file:
                yield file, Document(name=file.path, body=body, source=source.id)

    async def gone(self, source: Source, seen: Collection[str]) -> Sequence[str]:  # noqa: ARG002 - the port gives it
        """Return what is not there."""
        if self.broken:
            raise self.broken
        return [path for path in seen if path not in self.files]

    def put(self, path: str, body: bytes, changed: int = 1) -> None:
        """Write a file."""
        self.files[path] = (FileSeen(path, len(body), changed), body)
