"""The nouns. Frozen, slotted, without behaviour; the JSON forms of CONTRACT are these fields under these names.

Times are aware UTC datetimes, or where a document says no more, a bare year, month or day in EDTF (`2023-02`,
`2023-02-17`; ISO 8601-2:2019, level 0). Unknown is None, never the present moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Literal, NewType

from annotated_types import Len

from monitor.over_time import Firing, Occurrence
from monitor.reasons import Reason

PartialDate = NewType("PartialDate", str)
"""A year, month or day: `2023`, `2023-02`, `2023-02-17`."""

When = Annotated[PartialDate, Len(4, 10)] | datetime
Kind = Literal["new", "update", "correction", "withdrawn"]
Level = Literal["low", "medium", "high", "critical"]


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes as they came, and what is known about where and when.

    `name` is the path or URL to show people; `url` the address that relative links stand against; `fetched` the
    capture time, from which ages count back; `kind` overrides detection; `language` holds for items that do not say;
    `select` are the CSS selectors of a listing, by what they select; `polled` means that it is what the address of a
    source answered; `seen` are the hashes of entries that need not be read again (`Reading.entries` of the last one).
    """

    name: str
    body: bytes
    url: str | None = None
    fetched: datetime | None = None
    kind: str | None = None
    source: str | None = None
    language: str | None = None
    select: Mapping[str, str] | None = None
    polled: bool = False
    seen: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report comes from: `text` as printed (`MOSKOU (ANP/RTR) - `), the places and agencies in it."""

    text: str
    places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of running text, without line breaks; the first one is the lead."""

    type: Literal["paragraph"] = field(default="paragraph", kw_only=True)
    text: str


@dataclass(frozen=True, slots=True)
class Subhead:
    """A heading between paragraphs."""

    type: Literal["subhead"] = field(default="subhead", kw_only=True)
    text: str


@dataclass(frozen=True, slots=True)
class Teaser:
    """A pointer to another article: not part of this one. `premium`: marked `(+)`, behind a paywall."""

    type: Literal["teaser"] = field(default="teaser", kw_only=True)
    label: str
    text: str
    premium: bool = False


Block = Paragraph | Subhead | Teaser


@dataclass(frozen=True, slots=True)
class RelatedItem:
    """An entry of a sidebar; `published` is `age` counted back from the capture time, None if either is unknown."""

    text: str
    dateline: Dateline | None = None
    age: str | None = None
    published: When | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A sidebar: what the page shows besides the article."""

    heading: str | None = None
    items: tuple[RelatedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """An enclosure; `length` in bytes."""

    url: str
    type: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article, alert or entry, of whatever kind of document.

    `id` is a hash of the source and of the first that there is of guid, URL and article text. `unsure` names fields
    that were guessed. `layout` is what stands between the texts of a wire text (`monitor.parse.wires.wire`), where that
    is not the usual.
    """

    id: str
    source: str | None = None
    url: str | None = None
    guid: str | None = None
    kind: Kind = "new"
    language: str | None = None
    headline: str | None = None
    dateline: Dateline | None = None
    body: tuple[Block, ...] = ()
    section: str | None = None
    related: Related | None = None
    published: When | None = None
    updated: When | None = None
    fetched: datetime | None = None
    summary: str | None = None
    bylines: tuple[Byline, ...] = ()
    tags: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    slugline: str | None = None
    urgency: int | None = None
    pubstatus: Literal["usable", "withheld", "canceled"] = "usable"
    premium: bool = False
    unsure: tuple[str, ...] = ()
    layout: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Evidence: `text` is what stands at `start` to `end` (half-open, in code points) of the item's `field`."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one clause said of one item, and why: its evidence and the verdicts of the clauses within it."""

    clause: str
    holds: bool
    spans: Sequence[Span] = ()
    clauses: Sequence["Verdict"] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A rule looked at an item: `matched` or not, with the spans that made it so."""

    rule: str
    item: Item
    matched: bool
    spans: tuple[Span, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RuleName:
    """A rule as an alert names it."""

    id: str
    title: str
    level: Level


@dataclass(frozen=True, slots=True)
class Story:
    """What is told in one or more items: who published it, which agencies stand behind it, how many `items` it has."""

    id: str
    headline: str | None
    publishers: tuple[str, ...]
    agencies: tuple[str, ...]
    items: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """An item, and where in it the rule found what it looks for."""

    item: Item
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule fired on a story; `items` are those that caused it, newest last."""

    id: str
    rule: RuleName
    story: Story
    items: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """Several alerts in one message."""

    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What the service has to say of itself."""

    text: str


MessageType = Literal["alert.fired", "alert.updated", "alert.corrected", "alert.digest", "alert.test", "monitor.notice"]


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to a receiver: the body of a webhook (CONTRACT 5)."""

    type: MessageType
    timestamp: datetime
    data: Alert | Digest | Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where news comes from: a `url` that is polled or a `path`, a folder or glob, that is watched.

    `every` is the pace, from the fastest to the slowest; `backfill` how far back what the first poll finds may alert
    (None: however old). `url` and `headers` may hold secrets and are not shown.
    """

    id: str
    url: str | None = field(default=None, repr=False)
    path: str | None = None
    kind: str | None = None
    every: tuple[timedelta, timedelta]
    name: str
    publisher: str
    language: str
    tags: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    full_text: bool = False
    select: Mapping[str, str] | None = None
    backfill: timedelta | None = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between polls; truth, due time included, lives in the database.

    `address` is the hash of the URL or path that the rest is about, and of how that is read. `started`: the first good
    answer was taken. `etag` and `last_modified` are echoed as they came (RFC 9110 13.1);
    `asked_whole` is when it was last asked without them, or a folder for what is gone. `body` is the hash of the last
    good document; `read_whole` is when all that was in one was last looked at: what was seen since then may still be
    there.
    `moved_to` is where a permanent redirect points, seen `moves` times in a row. `failures` are those in a row.
    """

    id: str
    due: datetime
    address: str | None = None
    started: bool = False
    paused: bool = False
    etag: str | None = None
    last_modified: str | None = None
    asked_whole: datetime | None = None
    read_whole: datetime | None = None
    body: str | None = None
    moved_to: str | None = field(default=None, repr=False)
    moves: int = 0
    failures: int = 0
    error: str | None = None
    polled: datetime | None = None
    succeeded: datetime | None = None
    pace: timedelta | None = None


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file of a folder source as it was when it was read: `changed` is its modification time in nanoseconds."""

    path: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of an item: the hash of its `content`, and how many times that changed (`revision`)."""

    item: str
    content: str
    revision: int


@dataclass(frozen=True, slots=True)
class Seen:
    """An item to be archived: the `keys` by which it is known again, its content's hash, which revision it is.

    `changed` names the fields of a revision that are not as they were in the one before it.
    """

    item: Item
    keys: tuple[str, ...]
    content: str
    revision: int = 0
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of an item that a rule matched; holding back is a decision too."""

    item: str
    rule: str
    alert: bool
    reason: Reason
    at: datetime
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way to one channel.

    `id` is the webhook id: it derives from rule, channel, alert and revision, and never changes. `body` is the JSON of
    the message. `token` fences its lease: whoever holds another may not settle it. `attempts` made so far, the first
    of them when it was `tried`.
    """

    id: str
    channel: str
    rule: str
    alert: str
    revision: int
    type: MessageType
    body: str = field(repr=False)
    created: datetime
    attempts: int = 0
    tried: datetime | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Polled:
    """What one document brought: committed together, or not at all.

    `document` names it, for people. `entries` are the hashes of its entries (eight bytes each) if it was read clean
    and whole, none to forget them, None to leave them as they were. `there` are the keys of all that is in it, where
    all of it was looked at. `occurrences` and `firings` are those of rules over time.
    """

    state: SourceState
    seen: tuple[Seen, ...] = ()
    decisions: tuple[Decision, ...] = ()
    alerts: tuple[Message, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    file: FileSeen | None = None
    document: str | None = None
    entries: bytes | None = None
    there: tuple[str, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    firings: tuple[Firing, ...] = ()
