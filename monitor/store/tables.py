"""The tables, as they are after the newest of `monitor.store.migrations`; a test holds the two together.

sources ─ files_seen      what is remembered between polls
        └ entries         which entries of its document were read
items ─ item_keys         the archive, and by what an item is known again
  ├ versions              what it said before
  └ decisions             one an item and rule
alerts                    what fired
occurrences ─ firings     what rules over time count, and when they fired
            └ counting    since when
outbox ─ channels         what is to be sent, and through what nothing is sent for now
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from monitor.store.types import Duration, Exact, Instant, Words

metadata = MetaData()

# Literal, never bound: a partial index serves a query only where the planner sees the same words in both.
IN_ARCHIVE = text("record IS NOT NULL")
WAITING = text("state = 'waiting'")
DEAD = text("state = 'dead'")
HELD = text("reason = 'HELD_FLOOD'")
UNTAKEN = text("state = 'waiting' AND token IS NULL")
FIRST_ATTEMPT = text("state = 'waiting' AND attempts = 0")
RETRY = text("state = 'waiting' AND attempts > 0")

sources = Table(
    "sources",
    metadata,
    Column("id", Words, primary_key=True),
    Column("registered", Boolean, nullable=False),
    Column("due", Instant, nullable=False),
    Column("address", Words),
    Column("started", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("asked_whole", Instant),
    Column("read_whole", Instant),
    Column("body", Words),
    Column("moved_to", Words),
    Column("moves", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("error", Words),
    Column("polled", Instant),
    Column("succeeded", Instant),
    Column("pace", Duration),
    Index("sources_due", "registered", "paused", "due"),
)
"""`SourceState` under its own names; a source that the configuration has no more is not `registered`."""

files_seen = Table(
    "files_seen",
    metadata,
    Column("source", Words, primary_key=True),
    Column("path", Exact, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("source", Words, primary_key=True),
    Column("hashes", LargeBinary, nullable=False),
)
"""The entries of a source's last document that was read clean and whole: eight bytes each, in its order.

In a table of its own, so that who asks what is due does not read it.
"""

items = Table(
    "items",
    metadata,
    Column("id", Words, primary_key=True),
    Column("source", Words, nullable=False),
    Column("headline", Words),
    Column("url", Words),
    Column("published", Words),
    Column("first_seen", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("content", Words, nullable=False),
    Column("folded", Words),
    Column("record", Words),
    Column("revised", Instant),
    Column("document", Words),
    Column("changed", Words),
    # A hash on PostgreSQL, whose trees hold nothing longer than 2,704 bytes; elsewhere the usual.
    Index("items_url", "url", postgresql_using="hash"),
    Index("items_in_archive", "first_seen", sqlite_where=IN_ARCHIVE, postgresql_where=IN_ARCHIVE),
)
"""`record` is the item in JSON, `folded` its texts for searching; without them the row is a tombstone: known, gone.

`revised` is when this revision was read, from which `document`; `changed` names the fields that changed with it.
"""

versions = Table(
    "versions",
    metadata,
    Column("item", Words, ForeignKey("items.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("seen", Instant, nullable=False),
    Column("document", Words),
    Column("changed", Words),
    Column("record", Words, nullable=False),
    sqlite_with_rowid=False,
)
"""What an item said before: the rows that `items` had, moved here when a later revision came."""

item_keys = Table(
    "item_keys",
    metadata,
    Column("source", Words, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("item", Words, ForeignKey("items.id"), nullable=False),
    Column("seen", Instant, nullable=False, server_default="0"),
    Index("item_keys_item", "item"),
    Index("item_keys_seen", "seen"),
    sqlite_with_rowid=False,
)
"""`key` is a hash of 16 bytes (`monitor.store.rows.digest`): keys are of any length, and of any characters.

`seen` is when an item with this key was last found new, changed or under a key that was new, or in a document all of
which was looked at.
"""

decisions = Table(
    "decisions",
    metadata,
    Column("item", Words, ForeignKey("items.id"), primary_key=True),
    Column("rule", Words, primary_key=True),
    Column("alert", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("spans", Words, nullable=False),
    Index("decisions_held", "at", sqlite_where=HELD, postgresql_where=HELD),
)
"""`reason` by its name, not its sentence, so that a sentence may be reworded."""

alerts = Table(
    "alerts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("rule", Words, nullable=False),
    Column("story", Words, nullable=False),
    Column("first_item", Words),
    Column("fired", Instant, nullable=False),
    Column("message", Words, nullable=False),
    Index("alerts_fired", "fired"),
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("rule", Words, primary_key=True),
    Column("term", Words, primary_key=True),
    Column("item", Words, primary_key=True),
    Column("at", Instant, nullable=False),
    Index("occurrences_in_time", "rule", "term", "at"),
    Index("occurrences_at", "at"),
    sqlite_with_rowid=False,
)
"""Matches of rules over time, at the moment at which they happened; an item may be forgotten sooner."""

firings = Table(
    "firings",
    metadata,
    Column("rule", Words, primary_key=True),
    Column("term", Words, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("upto", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""When rules over time fired last."""

counting = Table(
    "counting",
    metadata,
    Column("rule", Words, primary_key=True),
    Column("definition", Words, nullable=False),
    Column("since", Instant, nullable=False),
)
"""Rules over time whose past is counted, from the archive and since; `definition` tells that they were changed."""

channels = Table(
    "channels",
    metadata,
    Column("id", Words, primary_key=True),
    Column("disabled", Instant),
    Column("reason", Words),
)
"""Every channel that anything was ever queued for, or that was disabled."""

outbox = Table(
    "outbox",
    metadata,
    # The order of first attempts; the only kind of column that SQLite counts up by itself.
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("channel", Words, ForeignKey("channels.id"), nullable=False),
    Column("rule", Words, nullable=False),
    Column("alert", Words, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("type", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("created", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tried", Instant),
    Column("next_try", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("token", Words),
    Column("settled", Instant),
    Column("answer", Words),
    # The alert first, so that its index also finds an alert's deliveries.
    UniqueConstraint("alert", "rule", "channel", "revision", name="outbox_once"),
    Index("outbox_first", "channel", "position", sqlite_where=FIRST_ATTEMPT, postgresql_where=FIRST_ATTEMPT),
    Index("outbox_retry", "channel", "next_try", sqlite_where=RETRY, postgresql_where=RETRY),
    Index("outbox_untaken", "channel", "next_try", sqlite_where=UNTAKEN, postgresql_where=UNTAKEN),
    Index("outbox_settled", "settled"),
    Index("outbox_dead", "channel", "position", sqlite_where=DEAD, postgresql_where=DEAD),
)
"""`state` is `waiting`, `sent` or `dead`; `answer` is what the receiver said last, or why it was not reached."""
