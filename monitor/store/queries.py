"""Every statement of the pipeline's store, by name; `tests/store/test_plans.py` holds the frequent ones to their index.

Parameters are `:named` in the docstrings. The statements for people stand in `monitor.store.admin` and `archive`, each
with what it is for.
"""

from sqlalchemy import Insert, Table, and_, bindparam, delete, func, insert, not_, null, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from monitor.reasons import GIVES_WAY
from monitor.store.tables import (
    FIRST_ATTEMPT,
    IN_ARCHIVE,
    RETRY,
    UNTAKEN,
    WAITING,
    channels,
    counting,
    decisions,
    entries,
    files_seen,
    firings,
    item_keys,
    items,
    occurrences,
    outbox,
    sources,
    versions,
)
from monitor.store.types import Duration, Instant

MOST_VERSIONS = 20
"""Versions of an item that are kept: the first, and the latest of the others."""

MOST_KEYS = 32
"""Keys of an item that are kept, those that were seen last: there are feeds whose guids are new at every request."""


# One by one, for a list cannot be bound where many rows are written at once.
_GIVES_WAY = or_(*(decisions.c.reason == reason.name for reason in sorted(GIVES_WAY)))


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


def keep_key(dialect: str) -> Insert:
    """Add a key, or note that it was seen again; it stays with the item that had it first."""
    new = _insert(dialect, item_keys)
    return new.on_conflict_do_update(
        index_elements=[item_keys.c.source, item_keys.c.key],
        set_={"seen": new.excluded.seen},
        where=item_keys.c.seen < new.excluded.seen,
    )


def keep_entries(dialect: str) -> Insert:
    """Add or replace the hashes of the entries of a source's document."""
    new = _insert(dialect, entries)
    return new.on_conflict_do_update(index_elements=[entries.c.source], set_={"hashes": new.excluded.hashes})


def keep_decision(dialect: str) -> Insert:
    """Add a decision, or replace one that gives way."""
    new = _insert(dialect, decisions)
    return new.on_conflict_do_update(
        index_elements=[decisions.c.item, decisions.c.rule],
        set_={column.name: column for column in new.excluded if column.name not in {"item", "rule"}},
        where=_GIVES_WAY,
    )


def keep_firing(dialect: str) -> Insert:
    """Add or replace when a rule fired for a term."""
    new = _insert(dialect, firings)
    return new.on_conflict_do_update(
        index_elements=[firings.c.rule, firings.c.term], set_={"at": new.excluded.at, "upto": new.excluded.upto}
    )


def keep_counting(dialect: str) -> Insert:
    """Add or replace since when a rule is counted."""
    new = _insert(dialect, counting)
    return new.on_conflict_do_update(
        index_elements=[counting.c.rule],
        set_={"definition": new.excluded.definition, "since": new.excluded.since},
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

FORGET_FILES = delete(files_seen).where(
    files_seen.c.source == bindparam("of_source"), files_seen.c.path == bindparam("of_path")
)
"""Forget the file `:of_path` of `:of_source`."""

KNOWN = (
    select(item_keys.c.key, items.c.id, items.c.content, items.c.revision)
    .join_from(item_keys, items)
    .where(item_keys.c.source == bindparam("source"), item_keys.c.key.in_(bindparam("keys", expanding=True)))
)
"""What is known in `:source` under `:keys`, digests."""

KNOWS = select(item_keys.c.item).where(item_keys.c.source == bindparam("source")).limit(1)
"""Some item that is known in `:source`, if any is."""

ENTRIES = select(entries.c.hashes).where(entries.c.source == bindparam("source"))
"""The hashes of the entries of the document of `:source`."""

ITEMS = select(items.c.id, items.c.record).where(
    items.c.id.in_(bindparam("items", expanding=True)), items.c.record.is_not(None)
)
"""The records of `:items`, as far as they are kept."""

_KEPT = ("revision", "document", "changed", "record")
_BEFORE = select(items.c.id, func.coalesce(items.c.revised, items.c.first_seen), *(items.c[name] for name in _KEPT))

KEEP_VERSION = insert(versions).from_select(
    ["item", "seen", *_KEPT],
    _BEFORE.where(
        items.c.id == bindparam("revised_item"),
        items.c.revision < bindparam("to_revision"),
        items.c.record.is_not(None),
    ),
)
"""Keep what `:revised_item` said, before it is replaced by its revision `:to_revision`; its text is nowhere twice."""

_OLDER = versions.alias()
_FIRST_VERSION = (
    select(_OLDER.c.revision).where(_OLDER.c.item == bindparam("revised_item")).order_by(_OLDER.c.revision).limit(1)
)

TRIM_VERSIONS = delete(versions).where(
    versions.c.item == bindparam("revised_item"),
    versions.c.revision <= bindparam("to_revision") - (MOST_VERSIONS - 1),
    versions.c.revision > _FIRST_VERSION.scalar_subquery(),
)
"""Drop versions of `:revised_item`, whose newest is `:to_revision`, beyond `MOST_VERSIONS`."""

_OTHERS = item_keys.alias()
_NEWEST_KEYS = (
    select(_OTHERS.c.key)
    .where(_OTHERS.c.item == bindparam("of_item"))
    .order_by(_OTHERS.c.seen.desc(), _OTHERS.c.key)
    .limit(MOST_KEYS)
)

TRIM_KEYS = delete(item_keys).where(item_keys.c.item == bindparam("of_item"), item_keys.c.key.not_in(_NEWEST_KEYS))
"""Drop keys of `:of_item` beyond `MOST_KEYS`."""

TOUCH = (
    update(item_keys)
    .where(
        item_keys.c.source == bindparam("of_source"),
        item_keys.c.key.in_(bindparam("keys", expanding=True)),
        item_keys.c.seen < bindparam("now", type_=Instant),
    )
    .values(seen=bindparam("now", type_=Instant))
)
"""Note that `:keys` of `:of_source` were there at `:now`."""

DECIDED = select(decisions.c.item, decisions.c.rule).where(
    decisions.c.item.in_(bindparam("items", expanding=True)), not_(_GIVES_WAY)
)
"""The pairs of item and rule, of `:items`, that were decided for good."""

_OF_RULE = occurrences.c.rule == bindparam("of_rule")
_OF_TERMS = occurrences.c.term.in_(bindparam("terms", expanding=True))

OCCURRENCES = (
    select(*occurrences.c)
    .where(_OF_RULE, occurrences.c.at >= bindparam("since", type_=Instant))
    .order_by(occurrences.c.term, occurrences.c.at, occurrences.c.item)
)
"""What `:of_rule` matched from `:since` on, by term and in order of time."""

OCCURRENCES_OF = OCCURRENCES.where(_OF_TERMS)
"""The same of `:terms` only."""

_ENDS = select(occurrences.c.term, func.min(occurrences.c.at, type_=Instant), func.max(occurrences.c.at, type_=Instant))

ENDS = _ENDS.where(_OF_RULE).group_by(occurrences.c.term)
"""The first and the last of all that is kept of `:of_rule`, by term."""

_AT_OF_TERM = select(occurrences.c.at).where(_OF_RULE, occurrences.c.term == bindparam("of_term")).limit(1)

ENDS_OF = select(
    _AT_OF_TERM.order_by(occurrences.c.at).scalar_subquery().label("first"),
    _AT_OF_TERM.order_by(occurrences.c.at.desc()).scalar_subquery().label("last"),
)
"""The same of `:of_term` only, without looking at all between."""

FIRINGS = select(*firings.c).where(firings.c.rule == bindparam("of_rule"))
"""When `:of_rule` fired last, by term."""

FIRINGS_OF = FIRINGS.where(firings.c.term.in_(bindparam("terms", expanding=True)))
"""The same of `:terms` only."""

COUNTING = select(*counting.c)
"""Every rule over time whose past is counted."""

UNCOUNT = delete(occurrences).where(_OF_RULE)
"""Forget what `:of_rule` matched."""

UNCOUNT_SINCE = delete(counting).where(counting.c.rule == bindparam("of_rule"))
"""Forget since when `:of_rule` is counted."""

FORGET_FIRINGS = delete(firings).where(firings.c.rule == bindparam("of_rule"))
"""Forget when `:of_rule` fired."""

BEGAN = select(items.c.first_seen).where(IN_ARCHIVE).order_by(items.c.first_seen).limit(1)
"""When the first item was seen of those whose text is kept."""

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

NEXT_DELIVERY = (
    select(outbox.c.next_try)
    .where(
        UNTAKEN,
        outbox.c.channel == bindparam("of_channel"),
        bindparam("of_channel").not_in(select(channels.c.id).where(channels.c.disabled.is_not(None))),
    )
    .order_by(outbox.c.next_try)
    .limit(1)
)
"""When the next delivery of `:of_channel` is due that nobody has taken, if the channel is not disabled."""

_BY = bindparam("by", type_=Duration)

TURN_BACK = (
    update(outbox)
    .where(WAITING, outbox.c.next_try > bindparam("now", type_=Instant))
    .values(next_try=outbox.c.next_try - _BY, tried=outbox.c.tried - _BY)
)
"""Let what waits for a moment later than `:now` wait for one that is `:by` earlier: the clock went back by as much."""

_HELD = and_(outbox.c.id == bindparam("delivery"), outbox.c.token == bindparam("held"), WAITING)

SETTLE = (
    update(outbox)
    .where(_HELD)
    .values(**_FREED, state=bindparam("now_state"), settled=bindparam("now"), answer=bindparam("told"))
)
"""Make `:delivery` sent or dead (`:now_state`) at `:now`, for who holds it by the token `:held`."""

DEFER = update(outbox).where(_HELD).values(**_FREED, next_try=bindparam("until"), answer=bindparam("told"))
"""Give `:delivery` back until `:until`, for who holds it by the token `:held`."""
