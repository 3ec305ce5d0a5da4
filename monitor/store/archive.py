"""The archive as people see it: items, decisions and alerts, found again, and what is old let go.

Every function takes a `Database` and raises `StoreUnavailable` if that cannot be used now.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import CursorResult, RowMapping, Update, bindparam, delete, exists, null, or_, select, update
from sqlalchemy.sql.dml import Delete

from monitor.model import Item, Reason, Span
from monitor.records import Record, load_items
from monitor.store.admin import LONGEST_LIST
from monitor.store.database import Database
from monitor.store.tables import IN_ARCHIVE, alerts, decisions, items, outbox
from monitor.store.types import Instant
from monitor.text.fold import fold

MOST_WORDS = 10
LONGEST_WORD = 100
"""Characters of a word that are looked for; what is beyond either bound is not."""

PURGED_AT_ONCE = 500
"""Rows that one transaction lets go, so that polls come between."""

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
class Purged:
    """How many were let go."""

    items: int
    deliveries: int
    alerts: int


_ITEM = (items.c.id, items.c.source, items.c.first_seen, items.c.revision, items.c.record)
_NAMED = or_(items.c.id == bindparam("name"), items.c.url == bindparam("name"))

_ITEMS = select(*_ITEM).order_by(items.c.first_seen.desc()).limit(bindparam("most"))
"""Up to `:most` items, newest first."""

_DECISION = (
    select(*_ITEM, decisions.c.rule, decisions.c.alert, decisions.c.reason, decisions.c.at, decisions.c.spans)
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

_OLD_ITEMS = select(items.c.id).where(IN_ARCHIVE, items.c.first_seen < bindparam("before")).limit(PURGED_AT_ONCE)
_PURGE_ITEMS = (
    update(items)
    .where(items.c.id.in_(_OLD_ITEMS))
    .values(headline=null(), url=null(), published=null(), folded=null(), record=null())
)
"""Make tombstones of some items that were first seen before `:before`: their keys and decisions stay."""

_OLD_POSTS = select(outbox.c.position).where(outbox.c.settled < bindparam("before")).limit(PURGED_AT_ONCE)
_PURGE_POSTS = delete(outbox).where(outbox.c.position.in_(_OLD_POSTS))
"""Drop some deliveries that were sent or given up before `:before`; one that waits has not settled."""

_OLD_ALERTS = (
    select(alerts.c.id)
    .where(alerts.c.fired < bindparam("before", type_=Instant), ~exists().where(outbox.c.alert == alerts.c.id))
    .limit(PURGED_AT_ONCE)
)
_PURGE_ALERTS = delete(alerts).where(alerts.c.id.in_(_OLD_ALERTS))
"""Drop some alerts that fired before `:before` and have no delivery any more."""


async def find_items(database: Database, name: str, *, most: int = 20) -> Sequence[ArchivedItem]:
    """Return the items with this id or URL, newest first; sources may share a URL."""
    asked = {"name": name, "most": min(most, LONGEST_LIST)}
    return await database.read(lambda c: _found(c.execute(_ITEMS.where(_NAMED), asked)))


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
    if row is None:
        return None
    spans = _SPANS.validate_json(row["spans"])
    return ArchivedDecision(_item(row), row["rule"], row["alert"], Reason[row["reason"]], row["at"], spans)


async def latest_alerts(database: Database, *, rule: str | None = None, most: int = 100) -> Sequence[ArchivedAlert]:
    """Return alerts, newest first, of one rule if asked for."""
    query = _ALERTS.where(alerts.c.rule == rule) if rule else _ALERTS
    asked = {"most": min(most, LONGEST_LIST)}
    return await database.read(lambda c: [_alert(row) for row in c.execute(query, asked).mappings()])


async def find_alert(database: Database, alert: str) -> ArchivedAlert | None:
    """Return the alert with this id, if there is one."""
    row = await database.read(lambda c: c.execute(_ALERT, {"alert": alert}).mappings().first())
    return _alert(row) if row else None


async def purge(database: Database, before: datetime) -> Purged:
    """Let go of what is older than `before`, and return how much that was.

    Of items a tombstone stays, and every decision, so that one that turns up again is known and does not fire again.
    Deliveries that wait stay, whatever their age, and their alerts with them.
    """
    return Purged(
        items=await _purge(database, _PURGE_ITEMS, before),
        deliveries=await _purge(database, _PURGE_POSTS, before),
        alerts=await _purge(database, _PURGE_ALERTS, before),
    )


async def _purge(database: Database, query: Update | Delete, before: datetime) -> int:
    total = 0
    while some := await database.write(lambda c: c.execute(query, {"before": before}).rowcount):
        total += some
    return total


def _found(rows: CursorResult[*tuple[Any, ...]]) -> Sequence[ArchivedItem]:
    """Return items from their rows: reading their records is the reader thread's work, not the event loop's."""
    return [_item(row) for row in rows.mappings()]


def _item(row: RowMapping) -> ArchivedItem:
    item = load_items(f"[{row['record']}]".encode())[0] if row["record"] else None
    return ArchivedItem(row["id"], row["source"], row["first_seen"], row["revision"], item)


def _alert(row: RowMapping) -> ArchivedAlert:
    return ArchivedAlert(**{**row, "message": json.loads(row["message"])})
