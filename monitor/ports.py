"""What the pipeline needs from outside, as Protocols; their docstrings are the contract.

Every implementation passes the same tests as its twins: a store on SQLite, on PostgreSQL and in memory alike.
All times are aware UTC datetimes. What a method returns is true at the moment at which it returns.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from monitor.model import Delivery, Document, FileSeen, Item, Known, Message, Polled, Source, SourceState
from monitor.over_time import Counting, Firing, Occurrence, Tally
from monitor.parse.reading import Reading


@dataclass(frozen=True, slots=True)
class Fetched:
    """A good answer (2xx): the document, and the validators that came with it.

    `moved_to` is the address that permanent redirects (301, 308) all the way led to, if they did. Of a document that
    holds nothing itself, but names others, `parts` are those, to be read in its place, and `flaw` is why there are not
    all of them.
    """

    document: Document
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    parts: tuple[Document, ...] = ()
    flaw: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """304: nothing new; validators that came along replace those that were sent, None leaves them.

    `moved_to` as of `Fetched`.
    """

    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """No good answer. `reason` is for people and holds no secret; `wait` is what the server asked for.

    `gone`: it said so for good (410).
    """

    reason: str
    wait: timedelta | None = None
    gone: bool = False


class Fetcher(Protocol):
    """Gets what sources have, through the one door out."""

    async def fetch(self, source: Source, state: SourceState, *, whole: bool) -> Fetched | NotModified | FetchFailed:
        """Ask a `url` source once, within its host's turn; never raise for what the other side does.

        Args:
            source: where to ask.
            state: whose validators are echoed byte for byte.
            whole: ask without validators.
        """
        ...

    def folder(self, source: Source, seen: Mapping[str, FileSeen]) -> AsyncIterator[tuple[FileSeen, Document]]:
        """Yield the files of a `path` source that are not as they were `seen`, oldest first, once they rest.

        A file rests when its size and time have been the same for a second; what does not rest yet is left for later,
        as is what cannot be opened.

        Raises:
            OSError: the folder, or a file in it, cannot be read.
        """
        ...

    async def gone(self, source: Source, seen: Collection[str]) -> Sequence[str]:
        """Return those of the paths `seen` in a `path` source that are not there now; none where nothing is there.

        Raises:
            OSError: the folder cannot be read.
        """
        ...

    async def complete(self, item: Item, source: Source) -> Item:
        """Return an item with the text of the article that it links to, else as it was; never raise for others."""
        ...


class Parser(Protocol):
    """Reads documents where they can do no harm."""

    async def read(self, document: Document) -> Reading:
        """Return what is in a document.

        Raises:
            DocumentError: it cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Sent:
    """The receiver took it: 2xx, or an SMTP server's 250 after DATA. `answer` is what it said, in short."""

    answer: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """Try again: transport errors, 408, 425, 429, 5xx, SMTP 4xx. `wait` is what the receiver asked for."""

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The receiver does not want this message: other answers, SMTP 5xx."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The receiver does not exist any more: 410, from chat services also 404."""

    reason: str


Outcome = Sent | Deferred | Refused | Gone


class Sender(Protocol):
    """Sends a delivery through its channel, once."""

    async def send(self, delivery: Delivery) -> Outcome:
        """Return how it went; never raise for what the other side does. `reason` holds no secret."""
        ...


@dataclass(frozen=True, slots=True)
class Past:
    """An item as it was at a moment at which it was seen new or changed, and whether that was in the first good answer.

    The revisions of an item follow each other.
    """

    item: Item
    source: str
    at: datetime
    first: bool


Behind = tuple[datetime, str]
"""A place in the archive: when an item was first seen, and its id; what is behind it comes next."""


class Store(Protocol):
    """Remembers. Each method is one short transaction, all of it or nothing, and on disk when it returns.

    Every method raises `StoreUnavailable` when the database cannot be used now.
    """

    async def register(self, sources: Mapping[str, datetime]) -> None:
        """Make these the sources that are polled: a new one is due at its time, one that is gone sleeps as it was."""
        ...

    async def state(self, source: str) -> SourceState:
        """Return what is remembered of a registered source; KeyError for another."""
        ...

    async def due(self, now: datetime, most: int) -> Sequence[SourceState]:
        """Return registered sources that are due and not paused, the longest due first."""
        ...

    async def next_due(self) -> datetime | None:
        """Return when the next registered source is due that is not paused."""
        ...

    async def files(self, source: str) -> Mapping[str, FileSeen]:
        """Return the files of a folder source that have been read, by path."""
        ...

    async def forget_files(self, source: str, paths: Collection[str]) -> None:
        """Forget that these files of a folder source were read: they are gone."""
        ...

    async def known(self, source: str, keys: Collection[str]) -> Mapping[str, Known]:
        """Return what is known under each of these keys within a source; unknown ones are left out."""
        ...

    async def knows(self, source: str) -> bool:
        """Tell whether anything is known in a source."""
        ...

    async def archived(self, items: Collection[str]) -> Mapping[str, Item]:
        """Return these items by their ids, as they were archived last; those whose text is not kept are left out."""
        ...

    async def entries(self, source: str) -> bytes:
        """Return the hashes of the entries of a source's last document, as they were committed; empty if none are."""
        ...

    async def decided(self, items: Collection[str]) -> frozenset[tuple[str, str]]:
        """Return the pairs of item and rule, of these items, that were decided before for good (`GIVES_WAY`)."""
        ...

    async def commit(self, polled: Polled) -> None:
        """Keep everything that a document brought, and its source's new state.

        Committing the same again changes nothing: keys, decisions, alerts and deliveries that are there stay as they
        are, an item is replaced by its later revision. What it said before is kept as a version, of the versions some
        twenty, the first among them. A decision that gives way (`GIVES_WAY`) is replaced. An occurrence stays as it is,
        a firing is replaced. A pause that somebody else made meanwhile stays.

        Raises:
            LookupError: a decision is about an item that is neither in the archive nor in `polled`.
        """
        ...

    async def save(self, state: SourceState) -> None:
        """Keep a source's state where its document brought nothing; a pause made meanwhile stays."""
        ...

    async def lease(self, channel: str, token: str, now: datetime, until: datetime, *, retry: bool) -> Delivery | None:
        """Take the next delivery of a channel that is due, or None; nobody else gets it before `until`.

        The next is the oldest among first attempts, or (`retry`) the longest due among those that failed before.
        The delivery comes with its token, and `attempts` counted up.
        """
        ...

    async def take_back(self) -> int:
        """End every lease, its attempt not counted; return how many there were. For who is alone on the database."""
        ...

    async def turn_back(self, now: datetime, by: timedelta) -> int:
        """Let deliveries that wait for a moment later than `now` wait for one that is `by` earlier; return how many.

        For when the clock went back by so much: what waits, and how long it was tried, stays as long as it was.
        """
        ...

    async def next_delivery(self, channel: str) -> datetime | None:
        """Return when the next waiting delivery of a channel is due, leased ones aside; None if it is disabled."""
        ...

    async def sent(self, delivery: Delivery, now: datetime, answer: str) -> bool:
        """Mark a delivery as done; False if its token has lost the lease."""
        ...

    async def defer(self, delivery: Delivery, until: datetime, reason: str) -> bool:
        """Give a delivery back, to be tried again at `until`; False if its token has lost the lease."""
        ...

    async def bury(self, delivery: Delivery, now: datetime, reason: str) -> bool:
        """Make a delivery a dead letter, which can be replayed; False if its token has lost the lease."""
        ...

    async def disable(self, channel: str, now: datetime, reason: str) -> None:
        """Send nothing through a channel until it is enabled; what waits for it is kept, as is the first reason."""
        ...

    async def queue(self, deliveries: Sequence[Delivery]) -> None:
        """Keep deliveries to be sent; those that are there already stay as they are."""
        ...

    async def counting(self) -> Mapping[str, Counting]:
        """Return the rules over time whose past has been counted, by their ids."""
        ...

    async def tallies(self, rule: str, since: datetime, terms: Collection[str] | None = None) -> Mapping[str, Tally]:
        """Return what was counted of a rule since then, by term: for these terms, or for all that have anything.

        A term of those asked for that has nothing has an empty tally.
        """
        ...

    async def fire(self, firings: Sequence[Firing], alerts: Sequence[Message], deliveries: Sequence[Delivery]) -> None:
        """Keep together that rules fired for what did not come; alerts and deliveries that are there stay so."""
        ...

    async def uncount(self, rules: Collection[str], *, fired: bool) -> None:
        """Forget what was counted of rules over time, and since when, and if so asked that they `fired`."""
        ...

    async def add_occurrences(self, occurrences: Sequence[Occurrence]) -> None:
        """Keep occurrences; those that are there stay as they are."""
        ...

    async def count(self, counting: Counting) -> None:
        """Note that the past of a rule over time is counted."""
        ...

    async def began(self) -> datetime | None:
        """Return when the first item was seen of those whose text is kept."""
        ...

    async def past(self, behind: Behind) -> tuple[Sequence[Past], Behind]:
        """Return the next items of the archive behind a place, in all that they said, and the place behind these.

        They come in the order in which they were first seen, some hundreds at a time; none at the end.
        """
        ...
