"""What is old is let go, and at last forgotten, some rows a transaction, so that polls come between."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Connection, Update, bindparam, delete, exists, null, or_, select, tuple_, update
from sqlalchemy.sql.dml import Delete

from monitor.store.database import Database
from monitor.store.tables import (
    IN_ARCHIVE,
    alerts,
    decisions,
    firings,
    item_keys,
    items,
    occurrences,
    outbox,
    sources,
    versions,
)
from monitor.store.types import Instant

AT_ONCE = 500
"""Rows that one transaction lets go."""

FORGOTTEN_AFTER = timedelta(days=400)
"""So long what was in a document is known after it was last there, or twice the retention: yearly items come back."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many were let go: of items the text; `forgotten` are those of which nothing is left."""

    items: int = 0
    deliveries: int = 0
    alerts: int = 0
    forgotten: int = 0
    occurrences: int = 0


_OLD_ITEMS = select(items.c.id).where(IN_ARCHIVE, items.c.first_seen < bindparam("before")).limit(AT_ONCE)
_PURGE_VERSIONS = delete(versions).where(versions.c.item.in_(_OLD_ITEMS))
_PURGE_ITEMS = (
    update(items)
    .where(items.c.id.in_(_OLD_ITEMS))
    .values(headline=null(), url=null(), published=null(), folded=null(), record=null(), document=null())
)
"""Make tombstones of some items that were first seen before `:before`: their keys and decisions stay."""

_OLD_POSTS = select(outbox.c.position).where(outbox.c.settled < bindparam("before")).limit(AT_ONCE)
_PURGE_POSTS = delete(outbox).where(outbox.c.position.in_(_OLD_POSTS))
"""Drop some deliveries that were sent or given up before `:before`; one that waits has not settled."""

_OLD_ALERTS = (
    select(alerts.c.id)
    .where(alerts.c.fired < bindparam("before", type_=Instant), ~exists().where(outbox.c.alert == alerts.c.id))
    .limit(AT_ONCE)
)
_PURGE_ALERTS = delete(alerts).where(alerts.c.id.in_(_OLD_ALERTS))
"""Drop some alerts that fired before `:before` and have no delivery any more."""

_GONE_KEYS = (
    select(item_keys.c.source, item_keys.c.key, item_keys.c.item)
    .join_from(item_keys, sources, item_keys.c.source == sources.c.id)
    .where(
        item_keys.c.seen < bindparam("before", type_=Instant),
        or_(sources.c.read_whole.is_(None), item_keys.c.seen < sources.c.read_whole),
    )
    .limit(AT_ONCE)
)
"""Some keys that were last seen before `:before`, and are in the document no more."""

_THESE: BindParameter[object] = bindparam("these", expanding=True)
_FORGET_KEYS = delete(item_keys).where(tuple_(item_keys.c.source, item_keys.c.key).in_(_THESE))
"""Forget `:these` keys, pairs of source and key."""

_GONE_ITEMS = select(items.c.id).where(
    items.c.id.in_(_THESE), items.c.record.is_(None), ~exists().where(item_keys.c.item == items.c.id)
)
"""Those of `:these` items that are tombstones, and have no key any more."""

_FORGET_DECISIONS = delete(decisions).where(decisions.c.item.in_(_THESE))
"""Forget what was decided of `:these` items."""

_FORGET_ITEMS = delete(items).where(items.c.id.in_(_THESE))
"""Forget `:these` items."""


_OLD_OCCURRENCES = (
    select(occurrences.c.rule, occurrences.c.term, occurrences.c.item)
    .where(occurrences.c.at < bindparam("before", type_=Instant))
    .limit(AT_ONCE)
)
_PURGE_FIRINGS = delete(firings).where(firings.c.at < bindparam("before", type_=Instant))
"""Forget that rules fired before `:before`: they rest no more."""

_PURGE_OCCURRENCES = delete(occurrences).where(
    tuple_(occurrences.c.rule, occurrences.c.term, occurrences.c.item).in_(_OLD_OCCURRENCES)
)
"""Forget some of what rules over time counted before `:before`."""


async def purge(
    database: Database,
    before: datetime,
    forgotten_before: datetime | None = None,
    uncounted_before: datetime | None = None,
) -> Purged:
    """Let go of what is older than `before`, and return how much that was.

    Of items a tombstone stays, and every decision, so that one that turns up again is known and does not fire again.
    Deliveries that wait stay, whatever their age, and their alerts with them. Forgotten are the tombstones of what was
    in its document last before `forgotten_before`; what may still be there stays. What rules over time counted before
    `uncounted_before` is forgotten too.
    """
    counted = (_PURGE_FIRINGS, _PURGE_OCCURRENCES)
    return Purged(
        items=await _all(database, (_PURGE_VERSIONS, _PURGE_ITEMS), before),
        deliveries=await _all(database, (_PURGE_POSTS,), before),
        alerts=await _all(database, (_PURGE_ALERTS,), before),
        forgotten=await _forget(database, forgotten_before) if forgotten_before else 0,
        occurrences=await _all(database, counted, uncounted_before) if uncounted_before else 0,
    )


def forgotten_before(now: datetime, retention: timedelta) -> datetime:
    """Return the moment before which what was last in its document is forgotten."""
    return now - max(FORGOTTEN_AFTER, min(2 * retention, timedelta(days=36_500)))


async def _all(database: Database, steps: tuple[Update | Delete, ...], before: datetime) -> int:
    """Take the steps, all of them in a transaction, until the last one finds no row any more; count its rows."""

    def some(connection: Connection) -> int:
        return [connection.execute(step, {"before": before}).rowcount for step in steps][-1]

    total = 0
    while count := await database.write(some):
        total += count
    return total


async def _forget(database: Database, before: datetime) -> int:
    total = 0
    while (count := await database.write(lambda connection: _forget_some(connection, before))) is not None:
        total += count
    return total


def _forget_some(connection: Connection, before: datetime) -> int | None:
    """Forget some keys, and the items that are left with none; return how many, None if there were no keys."""
    gone = connection.execute(_GONE_KEYS, {"before": before}).all()
    if not gone:
        return None
    connection.execute(_FORGET_KEYS, {"these": [(row.source, row.key) for row in gone]})
    left = connection.execute(_GONE_ITEMS, {"these": list({row.item for row in gone})}).scalars().all()
    if left:
        connection.execute(_FORGET_DECISIONS, {"these": left})
        connection.execute(_FORGET_ITEMS, {"these": left})
    return len(left)
