"""The store on an SQL database: `monitor.ports.Store`, one short transaction a method.

What is known does not grow for ever. An item's text and its versions are let go when its retention is over; what is
left, the tombstone, its keys and its decisions, is forgotten `forgetting.FORGOTTEN_AFTER` after the item was last in
its document. To know when that was costs no write a poll: once a day, when a source is asked whole, everything in its
document is looked at, and noted as seen (`item_keys.seen`), with the moment (`sources.read_whole`). What was seen then
or since may still be there, as long as no later document was looked at whole, and is kept.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Executable, Table, Update
from sqlalchemy import Row as SqlRow
from sqlalchemy.exc import IntegrityError

from monitor.model import Delivery, FileSeen, Item, Known, Message, Polled, SourceState
from monitor.over_time import Counting, Firing, Occurrence, Tally
from monitor.ports import Behind, Past
from monitor.records import load_items
from monitor.store import counts, queries, tables
from monitor.store.database import Database, open_database
from monitor.store.history import beginnings_of
from monitor.store.rows import PolledRows, Row, alert_row, delivery_row, digest, polled_rows, state_row
from monitor.store.tables import channels, outbox, sources

LONGEST_LIST = 1_000
"""Keys or items that one statement asks for: SQLite binds 32,766 values, older ones 999."""


class SqlStore:
    """Remembers in a database; see `monitor.ports.Store` for what each method promises.

    Every method raises `StoreUnavailable` if the database cannot be used now.
    """

    def __init__(self, database: Database) -> None:
        """Take a database that is open; whoever opened it closes it."""
        self.database = database
        self._beginnings: Mapping[str, datetime] = {}

    async def register(self, sources: Mapping[str, datetime]) -> None:
        """Make these the sources that are polled."""
        await self.database.write(partial(_register, due=sources))

    async def state(self, source: str) -> SourceState:
        """Return what is remembered of a registered source; KeyError for another."""
        row = await self.database.read(lambda c: c.execute(queries.STATE, {"source": source}).mappings().first())
        if row is None:
            raise KeyError(source)
        return SourceState(**row)

    async def due(self, now: datetime, most: int) -> Sequence[SourceState]:
        """Return sources that are due, the longest due first."""
        rows = await self.database.read(lambda c: c.execute(queries.DUE, {"now": now, "most": most}).mappings().all())
        return [SourceState(**row) for row in rows]

    async def next_due(self) -> datetime | None:
        """Return when the next source is due."""
        return await self.database.read(lambda c: c.execute(queries.NEXT_DUE).scalar_one_or_none())

    async def files(self, source: str) -> Mapping[str, FileSeen]:
        """Return the files of a folder source that have been read, by path."""
        rows = await self.database.read(lambda c: c.execute(queries.FILES, {"source": source}).all())
        return {row.path: FileSeen(row.path, row.size, row.changed) for row in rows}

    async def forget_files(self, source: str, paths: Collection[str]) -> None:
        """Forget that these files of a folder source were read."""
        rows = [{"of_source": source, "of_path": path} for path in paths]
        if rows:
            await self.database.write(lambda c: c.execute(queries.FORGET_FILES, rows))

    async def known(self, source: str, keys: Collection[str]) -> Mapping[str, Known]:
        """Return what is known under each of these keys within a source."""
        by_digest = {digest(key): key for key in keys}
        rows = await self.database.read(partial(_known, source=source, digests=list(by_digest)))
        return {by_digest[row.key]: Known(row.id, row.content, row.revision) for row in rows}

    async def knows(self, source: str) -> bool:
        """Tell whether anything is known in a source."""
        return await self.database.read(lambda c: c.execute(queries.KNOWS, {"source": source}).first() is not None)

    async def archived(self, items: Collection[str]) -> Mapping[str, Item]:
        """Return these items as they were archived last, those whose text is kept."""
        return await self.database.read(partial(_archived, items=list(items)))

    async def entries(self, source: str) -> bytes:
        """Return the hashes of the entries that were in the document of a source."""
        asked = {"source": source}
        return await self.database.read(lambda c: c.execute(queries.ENTRIES, asked).scalar_one_or_none() or b"")

    async def decided(self, items: Collection[str]) -> frozenset[tuple[str, str]]:
        """Return the pairs of item and rule, of these items, that were decided before."""
        rows = await self.database.read(partial(_decided, items=list(items)))
        return frozenset((row.item, row.rule) for row in rows)

    async def commit(self, polled: Polled) -> None:
        """Keep everything that a document brought, and its source's new state."""
        rows = await self.database.aside(partial(polled_rows, polled))
        try:
            await self.database.write(partial(_commit, rows=rows))
        except IntegrityError as error:
            told = f"{polled.state.id}: a decision on an item that is not known"
            raise LookupError(told) from error

    async def save(self, state: SourceState) -> None:
        """Keep a source's state where its document brought nothing."""
        await self.database.write(lambda c: c.execute(queries.keep_source(c.dialect.name), state_row(state)))

    async def lease(self, channel: str, token: str, now: datetime, until: datetime, *, retry: bool) -> Delivery | None:
        """Take the next delivery of a channel that is due, or None."""
        query = queries.LEASE_RETRY if retry else queries.LEASE_FIRST
        asked = {"of_channel": channel, "new_token": token, "now": now, "until": until}
        row = await self.database.write(lambda c: c.execute(query, asked).mappings().first())
        return Delivery(**row) if row else None

    async def take_back(self) -> int:
        """End every lease; return how many there were."""
        return await self.database.write(lambda c: c.execute(queries.TAKE_BACK).rowcount)

    async def turn_back(self, now: datetime, by: timedelta) -> int:
        """Let deliveries that wait for a moment later than `now` wait for one that is so much earlier."""
        asked = {"now": now, "by": by}
        return await self.database.write(lambda c: c.execute(queries.TURN_BACK, asked).rowcount)

    async def next_delivery(self, channel: str) -> datetime | None:
        """Return when the next waiting delivery of a channel is due, leased ones aside."""
        asked = {"of_channel": channel}
        return await self.database.read(lambda c: c.execute(queries.NEXT_DELIVERY, asked).scalar_one_or_none())

    async def sent(self, delivery: Delivery, now: datetime, answer: str) -> bool:
        """Mark a delivery as done; False if its token has lost the lease."""
        return await self._settle(queries.SETTLE, delivery, {"now_state": "sent", "now": now, "told": answer})

    async def defer(self, delivery: Delivery, until: datetime, reason: str) -> bool:
        """Give a delivery back, to be tried again at `until`; False if its token has lost the lease."""
        return await self._settle(queries.DEFER, delivery, {"until": until, "told": reason})

    async def bury(self, delivery: Delivery, now: datetime, reason: str) -> bool:
        """Make a delivery a dead letter; False if its token has lost the lease."""
        return await self._settle(queries.SETTLE, delivery, {"now_state": "dead", "now": now, "told": reason})

    async def disable(self, channel: str, now: datetime, reason: str) -> None:
        """Send nothing through a channel until it is enabled again."""
        row = {"id": channel, "disabled": now, "reason": reason}
        await self.database.write(lambda c: c.execute(queries.disable(c.dialect.name), row))

    async def queue(self, deliveries: Sequence[Delivery]) -> None:
        """Keep deliveries to be sent; those that are there already stay as they are."""
        rows = [delivery_row(delivery) for delivery in deliveries]
        await self.database.write(partial(_queue, rows=rows))

    async def counting(self) -> Mapping[str, Counting]:
        """Return the rules over time whose past has been counted."""
        return await self.database.read(counts.counting)

    async def tallies(self, rule: str, since: datetime, terms: Collection[str] | None = None) -> Mapping[str, Tally]:
        """Return what was counted of a rule since then, by term."""
        return await self.database.read(partial(counts.tallies, rule=rule, since=since, terms=terms))

    async def fire(self, firings: Sequence[Firing], alerts: Sequence[Message], deliveries: Sequence[Delivery]) -> None:
        """Keep together that rules fired for what did not come."""
        rows = (list(map(asdict, firings)), list(map(alert_row, alerts)), list(map(delivery_row, deliveries)))
        await self.database.write(lambda c: _fire(c, *rows))

    async def uncount(self, rules: Collection[str], *, fired: bool) -> None:
        """Forget what was counted of rules over time."""
        if rules:
            await self.database.write(partial(counts.uncount, rules=list(rules), fired=fired))

    async def add_occurrences(self, occurrences: Sequence[Occurrence]) -> None:
        """Keep occurrences; those that are there stay as they are."""
        rows = list(map(asdict, occurrences))
        if rows:
            await self.database.write(lambda c: _add(c, tables.occurrences, rows))

    async def count(self, counting: Counting) -> None:
        """Note that the past of a rule over time is counted."""
        row = asdict(counting)
        await self.database.write(lambda c: c.execute(queries.keep_counting(c.dialect.name), row))

    async def began(self) -> datetime | None:
        """Return when the first item was seen of those whose text is kept."""
        return await self.database.read(lambda c: c.execute(queries.BEGAN).scalar_one_or_none())

    async def past(self, behind: Behind) -> tuple[Sequence[Past], Behind]:
        """Return the next items of the archive behind a place, and the place behind these."""
        if not behind[1]:  # Where a walk begins: to look through all sources takes longer than to read some items.
            self._beginnings = await self.database.read(beginnings_of)
        return await self.database.read(partial(counts.past, behind=behind, beginnings=self._beginnings))

    async def _settle(self, query: Update, delivery: Delivery, values: Row) -> bool:
        held = {"delivery": delivery.id, "held": delivery.token or ""}
        return await self.database.write(lambda c: c.execute(query, {**held, **values}).rowcount == 1)


@asynccontextmanager
async def open_store(url: str) -> AsyncIterator[SqlStore]:
    """Open the store on a database, and close it in the end; errors are those of `open_database`."""
    async with open_database(url) as database:
        yield SqlStore(database)


def _register(connection: Connection, due: Mapping[str, datetime]) -> None:
    before = {row.id: row.registered for row in connection.execute(queries.REGISTERED)}
    changed = [
        {"source": source, "now_registered": source in due}
        for source, registered in before.items()
        if registered != (source in due)
    ]
    if changed:
        connection.execute(queries.REGISTER, changed)
    new = [SourceState(id=source, due=moment) for source, moment in due.items() if source not in before]
    _add(connection, sources, [{**state_row(state), "registered": True} for state in new])


def _commit(connection: Connection, rows: PolledRows) -> None:
    dialect = connection.dialect.name
    connection.execute(queries.keep_source(dialect), rows.state)
    _many(connection, queries.KEEP_VERSION, rows.revised)
    _many(connection, queries.keep_item(dialect), rows.items)
    _many(connection, queries.TRIM_VERSIONS, rows.revised)
    _many(connection, queries.keep_key(dialect), rows.keys)
    _many(connection, queries.TRIM_KEYS, rows.rekeyed)
    for start in range(0, len(rows.there), LONGEST_LIST):
        keys = rows.there[start : start + LONGEST_LIST]
        connection.execute(queries.TOUCH, {"of_source": rows.state["id"], "keys": keys, "now": rows.state["polled"]})
    if rows.entries:
        connection.execute(queries.keep_entries(dialect), rows.entries)
    _many(connection, queries.keep_decision(dialect), rows.decisions)
    _add(connection, tables.occurrences, rows.occurrences)
    _fire(connection, rows.firings, rows.alerts, rows.deliveries)
    if rows.file:
        connection.execute(queries.keep_file(dialect), rows.file)


def _fire(connection: Connection, firings: Sequence[Row], alerts: Sequence[Row], deliveries: Sequence[Row]) -> None:
    _many(connection, queries.keep_firing(connection.dialect.name), firings)
    _add(connection, tables.alerts, alerts)
    _queue(connection, deliveries)


def _many(connection: Connection, statement: Executable, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(statement, rows)


def _queue(connection: Connection, rows: Sequence[Row]) -> None:
    _add(connection, channels, [{"id": channel} for channel in sorted({str(row["channel"]) for row in rows})])
    _add(connection, outbox, rows)


def _add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(queries.add(connection.dialect.name, table), rows)


def _archived(connection: Connection, items: Sequence[str]) -> Mapping[str, Item]:
    return {
        row.id: load_items(f"[{row.record}]".encode())[0]
        for start in range(0, len(items), LONGEST_LIST)
        for row in connection.execute(queries.ITEMS, {"items": items[start : start + LONGEST_LIST]})
    }


def _known(connection: Connection, source: str, digests: Sequence[bytes]) -> list[SqlRow[bytes, str, str, int]]:
    return [
        row
        for start in range(0, len(digests), LONGEST_LIST)
        for row in connection.execute(queries.KNOWN, {"source": source, "keys": digests[start : start + LONGEST_LIST]})
    ]


def _decided(connection: Connection, items: Sequence[str]) -> list[SqlRow[str, str]]:
    return [
        row
        for start in range(0, len(items), LONGEST_LIST)
        for row in connection.execute(queries.DECIDED, {"items": items[start : start + LONGEST_LIST]})
    ]
