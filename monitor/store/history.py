"""The archive from its oldest item on, read and never written: what rules would have made of it.

Read in short transactions, some items each, so that a daemon beside it is not held up, and in constant memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, and_, bindparam, create_engine, func, or_, select
from sqlalchemy.engine import URL

from monitor.errors import WrongSchema
from monitor.ports import Past
from monitor.records import load_items
from monitor.store.engine import file_of, name_of, open_engine, telling
from monitor.store.tables import IN_ARCHIVE, items, versions
from monitor.store.types import Instant
from monitor.store.version import verify

AT_ONCE = 500
"""Items that one transaction reads."""


_BETWEEN = and_(
    IN_ARCHIVE,
    items.c.first_seen >= bindparam("since", type_=Instant),
    items.c.first_seen < bindparam("until", type_=Instant),
)

NEXT = (
    select(items.c.id, items.c.source, items.c.first_seen, items.c.revision, items.c.revised, items.c.record)
    .where(
        _BETWEEN,
        items.c.first_seen >= bindparam("after", type_=Instant),  # Said for itself: this is what the index serves.
        or_(items.c.first_seen > bindparam("after", type_=Instant), items.c.id > bindparam("behind")),
    )
    .order_by(items.c.first_seen, items.c.id)
    .limit(AT_ONCE)
)
"""Up to `AT_ONCE` items first seen from `:since` on, before `:until`, behind the one `:behind` of `:after`."""

_BEFORE = (
    select(versions.c.item, versions.c.seen, versions.c.record)
    .where(versions.c.item.in_(bindparam("these", expanding=True)))
    .order_by(versions.c.item, versions.c.revision)
)
"""What `:these` items said before, oldest first."""

_COUNT = select(func.count()).select_from(items).where(_BETWEEN)
"""How many items were first seen from `:since` on, before `:until`, and are still kept."""

_BEGINNINGS = select(items.c.source, func.min(items.c.first_seen, type_=Instant)).group_by(items.c.source)
"""When the first items of each source were seen, tombstones included: that was its first good answer."""


class History:
    """What the archive has kept; every method raises `StoreUnavailable` if it cannot be read now."""

    def __init__(self, engine: Engine, name: str) -> None:
        """Take an engine that only reads."""
        self._engine = engine
        self._name = name

    def count(self, since: datetime, until: datetime) -> int:
        """Return how many items were first seen from `since` on, before `until`, and are still kept."""
        asked = {"since": since, "until": until}
        with self._reading() as connection:
            return int(connection.execute(_COUNT, asked).scalar_one())

    def between(self, since: datetime, until: datetime) -> Iterator[Past]:
        """Yield items first seen from `since` on, before `until`, in that order, in all revisions till then."""
        with self._reading() as connection:
            beginnings = beginnings_of(connection)
        after, behind = since, ""
        while True:
            asked = {"since": since, "until": until, "after": after, "behind": behind}
            with self._reading() as connection:
                rows = connection.execute(NEXT, asked).all()
                before = versions_of(connection, [row.id for row in rows if row.revision])
            if not rows:
                return
            after, behind = rows[-1].first_seen, rows[-1].id
            yield from (past for past in read_past(rows, before, beginnings) if past.at < until)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with telling(self._name), self._engine.connect() as connection, connection.begin():
            yield connection


def beginnings_of(connection: Connection) -> Mapping[str, datetime]:
    """Return when the first items of each source were seen."""
    return {row[0]: row[1] for row in connection.execute(_BEGINNINGS)}


def read_past(
    rows: Sequence[Any],
    before: Mapping[str, Sequence[tuple[datetime, str]]],
    beginnings: Mapping[str, datetime],
) -> list[Past]:
    """Return items from their rows, those of `NEXT`, with what they said before."""
    seen = [
        (row, at, record)
        for row in rows
        for at, record in [*before.get(row.id, ()), (row.revised or row.first_seen, row.record)]
    ]
    read = load_items(f"[{','.join(record for *_, record in seen)}]".encode())
    return [
        Past(item, row.source, at, first=at == beginnings.get(row.source))
        for (row, at, _), item in zip(seen, read, strict=True)
    ]


def versions_of(connection: Connection, names: Sequence[str]) -> Mapping[str, Sequence[tuple[datetime, str]]]:
    """Return what items said before: when that was seen, and the record."""
    found: dict[str, list[tuple[datetime, str]]] = {}
    for row in connection.execute(_BEFORE, {"these": names}) if names else ():
        found.setdefault(row.item, []).append((row.seen, row.record))
    return found


def has_history(url: str) -> bool:
    """Tell whether there is an archive; a server is taken to have one."""
    file = file_of(url)
    return file is None or file.exists()


@contextmanager
def open_history(url: str) -> Iterator[History]:
    """Open the archive of a database that `monitor.store.schema.upgrade` has made, for reading only.

    Raises:
        WrongSchema: its tables are not those of this program, or it is not there.
        StoreRefused: the URL is of no database that we know.
        StoreUnavailable: it cannot be read now.
    """
    file = file_of(url)
    if file and not file.exists():
        told = f"{file}: there is no database; `monitor run` makes one, and `monitor rules backtest FILE…` does without"
        raise WrongSchema(told)
    engine = reading_engine(file) if file else open_engine(url, 1).execution_options(postgresql_readonly=True)
    try:
        with telling(name_of(url)), engine.connect() as connection:
            verify(connection)
        yield History(engine, name_of(url))
    finally:
        engine.dispose()


def reading_engine(file: Path) -> Engine:
    """Return an engine on a SQLite file that refuses to write, also to one that it might."""
    query: Mapping[str, str] = {"mode": "ro", "uri": "true"}
    made = partial(create_engine, hide_parameters=True, pool_size=1, max_overflow=0)
    return made(URL.create("sqlite", database=f"file:{quote(str(file))}", query=query), connect_args={"timeout": 5.0})
