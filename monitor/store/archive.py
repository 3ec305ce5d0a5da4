"""The archive as people see it: items and what they said before, decisions and alerts, found again.

Every function takes a `Database` and raises `StoreUnavailable` if that cannot be used now.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, CursorResult, RowMapping, bindparam, or_, select

from monitor.model import Item, Span
from monitor.reasons import Reason
from monitor.records import Record, load_items
from monitor.store.admin import LONGEST_LIST
from monitor.store.database import Database
from monitor.store.tables import IN_ARCHIVE, alerts, decisions, items, versions
from monitor.text.fold import fold

MOST_WORDS = 10
LONGEST_WORD = 100
"""Characters of a word that are looked for; what is beyond either bound is not."""

_SPANS = TypeAdapter(tuple[Span, ...])


@dataclass(frozen=True, slots=True)
class ArchivedItem:
    """An item as it was kept; `item` is None of one that is only known yet, its retention being over."""

    id: str
    source: str
    first_seen: datetime
    revision: int
    item: Item | None


@dataclass(frozen=True, slots=True)
class ArchivedDecision:
    """What was decided of an item and a rule, with the item."""

    item: ArchivedItem
    rule: str
    alert: bool
    reason: Reason
    at: datetime
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ArchivedAlert:
    """An alert with its `message`, the body of a webhook (CONTRACT 5)."""

    id: str
    rule: str
    story: str
    first_item: str | None
    fired: datetime
    message: Record


@dataclass(frozen=True, slots=True)
class Version:
    """What an item said, since when, and from which document; `changed` names what was not as in the one before."""

    revision: int
    seen: datetime
    document: str | None
    changed: tuple[str, ...]
    item: Item


_ITEM = (items.c.id, items.c.source, items.c.first_seen, items.c.revision, items.c.record)
_NAMED = or_(items.c.id == bindparam("name"), items.c.url == bindparam("name"))

_ITEMS = select(*_ITEM).order_by(items.c.first_seen.desc()).limit(bindparam("most"))
"""Up to `:most` items, newest first."""

_CURRENT = select(
    items.c.revision, items.c.first_seen, items.c.revised, items.c.document, items.c.changed, items.c.record
).where(items.c.id == bindparam("item"), items.c.record.is_not(None))
"""What `:item` says now."""

_VERSIONS = (
    select(versions.c.revision, versions.c.seen, versions.c.document, versions.c.changed, versions.c.record)
    .where(versions.c.item == bindparam("item"))
    .order_by(versions.c.revision)
)
"""What `:item` said before, oldest first."""

decided_columns = (*_ITEM, decisions.c.rule, decisions.c.alert, decisions.c.reason, decisions.c.at, decisions.c.spans)
"""What `read_decision` wants."""

_DECISION = (
    select(*decided_columns)
    .join_from(decisions, items)
    .where(_NAMED, decisions.c.rule == bindparam("rule"))
    .order_by(items.c.first_seen.desc())
    .limit(1)
)
"""The decision on the newest item with the id or URL `:name` that `:rule` matched."""

_ALERTS = select(*alerts.c).order_by(alerts.c.fired.desc(), alerts.c.id).limit(bindparam("most"))
"""Up to `:most` alerts, newest first."""

_ALERT = select(*alerts.c).where(alerts.c.id == bindparam("alert"))
"""The alert with the id `:alert`."""


async def find_items(database: Database, name: str, *, most: int = 20) -> Sequence[ArchivedItem]:
    """Return the items with this id or URL, newest first; sources may share a URL."""
    asked = {"name": name, "most": min(most, LONGEST_LIST)}
    return await database.read(lambda c: _found(c.execute(_ITEMS.where(_NAMED), asked)))


async def find_versions(database: Database, item: str) -> Sequence[Version]:
    """Return what an item of this id said, oldest first, what it says now last; nothing where its text is gone.

    Between the first and the others some may be missing (`monitor.store.queries.MOST_VERSIONS`).
    """
    return await database.read(lambda c: _versions(c, item))


async def search_items(database: Database, words: str, *, most: int = 100) -> Sequence[ArchivedItem]:
    """Return the items in whose texts each of these words stands, or a part of a word, newest first.

    Case and accents do not count. The whole archive may be read for it, from the newest item on.
    """
    query = _ITEMS.where(IN_ARCHIVE)
    for word in words.split()[:MOST_WORDS]:
        query = query.where(items.c.folded.contains(fold(word[:LONGEST_WORD]), autoescape=True))
    asked = {"most": min(most, LONGEST_LIST)}
    return await database.read(lambda c: _found(c.execute(query, asked)))


async def find_decision(database: Database, item: str, rule: str) -> ArchivedDecision | None:
    """Return what was decided of an item, by its id or URL, and a rule; None where that did not match."""
    asked = {"name": item, "rule": rule}
    row = await database.read(lambda c: c.execute(_DECISION, asked).mappings().first())
    return read_decision(row) if row else None


async def latest_alerts(database: Database, *, rule: str | None = None, most: int = 100) -> Sequence[ArchivedAlert]:
    """Return alerts, newest first, of one rule if asked for."""
    query = _ALERTS.where(alerts.c.rule == rule) if rule else _ALERTS
    asked = {"most": min(most, LONGEST_LIST)}
    return await database.read(lambda c: [_alert(row) for row in c.execute(query, asked).mappings()])


async def find_alert(database: Database, alert: str) -> ArchivedAlert | None:
    """Return the alert with this id, if there is one."""
    row = await database.read(lambda c: c.execute(_ALERT, {"alert": alert}).mappings().first())
    return _alert(row) if row else None


def read_decision(row: RowMapping) -> ArchivedDecision:
    """Return a decision from a row of `decided_columns`."""
    spans = _SPANS.validate_json(row["spans"])
    return ArchivedDecision(_item(row), row["rule"], row["alert"], Reason[row["reason"]], row["at"], spans)


def _versions(connection: Connection, item: str) -> Sequence[Version]:
    asked = {"item": item}
    current = connection.execute(_CURRENT, asked).mappings().first()
    if current is None:
        return []
    before = [_version(row, row["seen"]) for row in connection.execute(_VERSIONS, asked).mappings()]
    return [*before, _version(current, current["revised"] or current["first_seen"])]


def _version(row: RowMapping, seen: datetime) -> Version:
    changed = tuple((row["changed"] or "").split())
    return Version(row["revision"], seen, row["document"], changed, _read(row["record"]))


def _found(rows: CursorResult[*tuple[Any, ...]]) -> Sequence[ArchivedItem]:
    """Return items from their rows: reading their records is the reader thread's work, not the event loop's."""
    return [_item(row) for row in rows.mappings()]


def _item(row: RowMapping) -> ArchivedItem:
    item = _read(row["record"]) if row["record"] else None
    return ArchivedItem(row["id"], row["source"], row["first_seen"], row["revision"], item)


def _read(record: str) -> Item:
    return load_items(f"[{record}]".encode())[0]


def _alert(row: RowMapping) -> ArchivedAlert:
    return ArchivedAlert(**{**row, "message": json.loads(row["message"])})
