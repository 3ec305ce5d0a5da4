"""What people do to sources, channels and deliveries: look, pause, ask for now, enable, replay.

Every function takes a `Database` and raises `StoreUnavailable` if that cannot be used now. They may run beside the
daemon, in another process: each is one transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Update, and_, bindparam, func, null, select, true, update

from monitor.model import SourceState
from monitor.store.database import Database
from monitor.store.tables import DEAD, FIRST_ATTEMPT, RETRY, channels, outbox, sources
from monitor.store.types import Instant

DeliveryState = Literal["waiting", "sent", "dead"]

LONGEST_LIST = 1_000
"""Rows that a list has at most, whatever is asked for."""


@dataclass(frozen=True, slots=True)
class Post:
    """A delivery as people see it; `answer` is what the receiver said last, or why it was not reached."""

    id: str
    channel: str
    rule: str
    alert: str
    revision: int
    type: str
    created: datetime
    state: DeliveryState
    attempts: int
    next_try: datetime
    leased_until: datetime | None
    settled: datetime | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel that anything was ever queued for: since when it is disabled and why, what waits, what is dead."""

    id: str
    disabled: datetime | None
    reason: str | None
    waiting: int
    oldest: datetime | None
    dead: int


_STATES = (
    select(*[column for column in sources.c if column is not sources.c.registered])
    .where(sources.c.registered == true())
    .order_by(sources.c.id)
)
"""Every registered source, by its id."""

_THIS_SOURCE = and_(sources.c.id == bindparam("source"), sources.c.registered == true())

_PAUSE = update(sources).where(_THIS_SOURCE).values(paused=bindparam("now_paused"))
"""Pause `:source` or lift its pause, `:now_paused`."""

_DUE_NOW = update(sources).where(_THIS_SOURCE).values(due=bindparam("now"))
"""Make `:source` due at `:now`."""

_POSTS = (
    select(
        outbox.c.id,
        outbox.c.channel,
        outbox.c.rule,
        outbox.c.alert,
        outbox.c.revision,
        outbox.c.type,
        outbox.c.created,
        outbox.c.state,
        outbox.c.attempts,
        outbox.c.next_try,
        outbox.c.leased_until,
        outbox.c.settled,
        outbox.c.answer,
    )
    .order_by(outbox.c.position.desc())
    .limit(bindparam("most"))
)
"""Up to `:most` deliveries, newest first."""

_REPLAY = (
    update(outbox)
    .where(DEAD)
    .values(state="waiting", attempts=0, next_try=bindparam("now", type_=Instant), settled=null())
)
"""Let every dead letter wait again from `:now` on, under its own id and in its old place."""

_ENABLE = (
    update(channels)
    .where(channels.c.id == bindparam("channel"), channels.c.disabled.is_not(None))
    .values(disabled=null(), reason=null())
)
"""Let `:channel` send again."""

_CHANNELS = select(channels.c.id, channels.c.disabled, channels.c.reason).order_by(channels.c.id)
"""Every channel, by its id."""

_WAITING = [
    select(outbox.c.channel, func.count(), func.min(outbox.c.created, type_=Instant))
    .where(lane)
    .group_by(outbox.c.channel)
    for lane in (FIRST_ATTEMPT, RETRY)
]
"""How many wait for each channel, and when the oldest was made: of either lane, as each has an index."""

_DEAD = select(outbox.c.channel, func.count()).where(DEAD).group_by(outbox.c.channel)
"""How many dead letters each channel has."""


async def source_states(database: Database) -> Sequence[SourceState]:
    """Return what is remembered of every registered source, by id."""
    rows = await database.read(lambda c: c.execute(_STATES).mappings().all())
    return [SourceState(**row) for row in rows]


async def pause(database: Database, source: str) -> bool:
    """Poll a source no more until `resume`; False if there is none of that name."""
    return await _one(database, _PAUSE, {"source": source, "now_paused": True})


async def resume(database: Database, source: str) -> bool:
    """Poll a source again when it is due; False if there is none of that name."""
    return await _one(database, _PAUSE, {"source": source, "now_paused": False})


async def due_now(database: Database, source: str, now: datetime) -> bool:
    """Make a source due; False if there is none of that name. One that is paused stays so."""
    return await _one(database, _DUE_NOW, {"source": source, "now": now})


async def posts(
    database: Database, *, state: DeliveryState | None = None, channel: str | None = None, most: int = 100
) -> Sequence[Post]:
    """Return deliveries, newest first, of one state or channel if asked for."""
    query = _POSTS
    if state:
        query = query.where(outbox.c.state == state)
    if channel:
        query = query.where(outbox.c.channel == channel)
    asked = {"most": min(most, LONGEST_LIST)}
    rows = await database.read(lambda c: c.execute(query, asked).mappings().all())
    return [Post(**row) for row in rows]


async def replay(database: Database, now: datetime, ids: Collection[str] | None = None) -> int:
    """Let dead letters wait again, all or those of these ids, and return how many did.

    They keep their ids, so that a receiver that had one after all knows it again; their attempts begin anew.
    """
    if ids is None:
        return await database.write(lambda c: c.execute(_REPLAY, {"now": now}).rowcount)
    query = _REPLAY.where(outbox.c.id == bindparam("delivery"))
    return await database.write(
        lambda c: sum(c.execute(query, {"now": now, "delivery": delivery}).rowcount for delivery in set(ids))
    )


async def enable(database: Database, channel: str) -> bool:
    """Send through a channel again, what waited first; False if it was not disabled."""
    return await _one(database, _ENABLE, {"channel": channel})


async def channel_states(database: Database) -> Sequence[ChannelState]:
    """Return every channel that anything was ever queued for, by id, with what waits for it."""
    return await database.read(_channel_states)


def _channel_states(connection: Connection) -> Sequence[ChannelState]:
    lanes = [row for query in _WAITING for row in connection.execute(query)]
    dead = {row[0]: row[1] for row in connection.execute(_DEAD)}
    return [
        ChannelState(
            row.id,
            row.disabled,
            row.reason,
            waiting=sum(count for channel, count, _ in lanes if channel == row.id),
            oldest=min((oldest for channel, _, oldest in lanes if channel == row.id), default=None),
            dead=dead.get(row.id, 0),
        )
        for row in connection.execute(_CHANNELS)
    ]


async def _one(database: Database, query: Update, values: dict[str, object]) -> bool:
    return await database.write(lambda c: c.execute(query, values).rowcount == 1)
