"""Every statement of the pipeline's store, by name; `tests/store/test_plans.py` holds the frequent ones to their index.

Parameters are `:named` in the docstrings. The statements for people stand in `monitor.store.admin` and `archive`, each
with what it is for.
"""

from sqlalchemy import Insert, Table, and_, bindparam, func, null, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from monitor.store.tables import (
    FIRST_ATTEMPT,
    RETRY,
    UNTAKEN,
    WAITING,
    channels,
    decisions,
    files_seen,
    item_keys,
    items,
    outbox,
    sources,
)
from monitor.store.types import Instant


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return the one switch between dialects: SQLAlchemy has `ON CONFLICT` by dialect only; the words are the same."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def add(dialect: str, table: Table) -> Insert:
    """Add rows; those that break a key or a constraint of uniqueness are left as they are."""
    return _insert(dialect, table).on_conflict_do_nothing()


def keep_file(dialect: str) -> Insert:
    """Add or replace what is remembered of a file."""
    new = _insert(dialect, files_seen)
    return new.on_conflict_do_update(
        index_elements=[files_seen.c.source, files_seen.c.path],
        set_={"size": new.excluded.size, "changed": new.excluded.changed},
    )


def keep_item(dialect: str) -> Insert:
    """Add an item, or replace an earlier revision of it; when it was first seen stays."""
    new = _insert(dialect, items)
    kept = {"id", "source", "first_seen"}
    return new.on_conflict_do_update(
        index_elements=[items.c.id],
        set_={column.name: column for column in new.excluded if column.name not in kept},
        where=items.c.revision < new.excluded.revision,
    )


def keep_source(dialect: str) -> Insert:
    """Add a source, asleep, or replace its state; whether it is registered stays, and a pause is not lifted."""
    new = _insert(dialect, sources)
    state = {column.name: column for column in new.excluded if column.name not in {"id", "registered"}}
    return new.on_conflict_do_update(
        index_elements=[sources.c.id],
        set_={**state, "paused": or_(sources.c.paused, new.excluded.paused)},
    )


def disable(dialect: str) -> Insert:
    """Disable a channel `:id` since `:disabled`, because of `:reason`; the first reason stays."""
    new = _insert(dialect, channels)
    return new.on_conflict_do_update(
        index_elements=[channels.c.id],
        set_={"disabled": new.excluded.disabled, "reason": new.excluded.reason},
        where=channels.c.disabled.is_(None),
    )


_STATE = [column for column in sources.c if column is not sources.c.registered]
_POLLED = and_(
    sources.c.registered == bindparam("registered", value=True), sources.c.paused == bindparam("p", value=False)
)

REGISTERED = select(sources.c.id, sources.c.registered)
"""Which sources there are, and whether they are polled."""

REGISTER = update(sources).where(sources.c.id == bindparam("source")).values(registered=bindparam("now_registered"))
"""Wake `:source` or send it to sleep, `:now_registered`."""

STATE = select(*_STATE).where(sources.c.id == bindparam("source"), sources.c.registered == bindparam("r", value=True))
"""What is remembered of `:source`, if it is registered."""

DUE = select(*_STATE).where(_POLLED, sources.c.due <= bindparam("now")).order_by(sources.c.due).limit(bindparam("most"))
"""Up to `:most` sources that are due at `:now`, the longest due first."""

NEXT_DUE = select(sources.c.due).where(_POLLED).order_by(sources.c.due).limit(1)
"""When the next source is due."""

FILES = select(files_seen.c.path, files_seen.c.size, files_seen.c.changed).where(
    files_seen.c.source == bindparam("source")
)
"""The files of `:source` that have been read."""

KNOWN = (
    select(item_keys.c.key, items.c.id, items.c.content, items.c.revision)
    .join_from(item_keys, items)
    .where(item_keys.c.source == bindparam("source"), item_keys.c.key.in_(bindparam("keys", expanding=True)))
)
"""What is known in `:source` under `:keys`, digests."""

DECIDED = select(decisions.c.item, decisions.c.rule).where(decisions.c.item.in_(bindparam("items", expanding=True)))
"""The pairs of item and rule, of `:items`, that were decided."""

_FREE = and_(
    outbox.c.channel == bindparam("of_channel"),
    outbox.c.next_try <= bindparam("now", type_=Instant),
    or_(outbox.c.token.is_(None), outbox.c.leased_until <= bindparam("now", type_=Instant)),
    bindparam("of_channel").not_in(select(channels.c.id).where(channels.c.disabled.is_not(None))),
)
_LEASED = (
    outbox.c.id,
    outbox.c.channel,
    outbox.c.rule,
    outbox.c.alert,
    outbox.c.revision,
    outbox.c.type,
    outbox.c.body,
    outbox.c.created,
    outbox.c.attempts,
    outbox.c.tried,
    outbox.c.token,
)
_FIRST = (
    select(outbox.c.position)
    .where(FIRST_ATTEMPT, _FREE)
    .order_by(outbox.c.position)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_RETRY = (
    select(outbox.c.position)
    .where(RETRY, _FREE)
    .order_by(outbox.c.next_try, outbox.c.position)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_TAKE = {
    "token": bindparam("new_token"),
    "leased_until": bindparam("until", type_=Instant),
    "attempts": outbox.c.attempts + 1,
}

LEASE_FIRST = (
    update(outbox)
    .where(outbox.c.position == _FIRST.scalar_subquery())
    .values({**_TAKE, "tried": bindparam("now", type_=Instant)})
    .returning(*_LEASED)
)
"""Take the oldest first attempt of `:of_channel` at `:now`, with `:new_token`, until `:until`.

On PostgreSQL a row that another worker is just taking is passed over (SKIP LOCKED); SQLite has one writer at a time.
"""

LEASE_RETRY = update(outbox).where(outbox.c.position == _RETRY.scalar_subquery()).values(_TAKE).returning(*_LEASED)
"""Take the longest due retry of `:of_channel`, as `LEASE_FIRST`; a lease that ran out is a failed attempt."""

_FREED = {"token": null(), "leased_until": null()}

TAKE_BACK = update(outbox).where(RETRY, outbox.c.token.is_not(None)).values(**_FREED, attempts=outbox.c.attempts - 1)
"""End every lease: all of them are among the retries, being attempts that were begun.

An attempt that nobody knows the end of does not count, so that a first attempt keeps its place.
"""

_NEXT_OF_CHANNEL = (
    select(outbox.c.next_try)
    .where(UNTAKEN, outbox.c.channel == channels.c.id)
    .order_by(outbox.c.next_try)
    .limit(1)
    .scalar_subquery()
)

NEXT_DELIVERY = select(func.min(_NEXT_OF_CHANNEL, type_=Instant)).where(channels.c.disabled.is_(None))
"""When the next delivery is due that nobody has taken, over the channels that are not disabled: one seek each."""

_HELD = and_(outbox.c.id == bindparam("delivery"), outbox.c.token == bindparam("held"), WAITING)

SETTLE = (
    update(outbox)
    .where(_HELD)
    .values(**_FREED, state=bindparam("now_state"), settled=bindparam("now"), answer=bindparam("told"))
)
"""Make `:delivery` sent or dead (`:now_state`) at `:now`, for who holds it by the token `:held`."""

DEFER = update(outbox).where(_HELD).values(**_FREED, next_try=bindparam("until"), answer=bindparam("told"))
"""Give `:delivery` back until `:until`, for who holds it by the token `:held`."""
