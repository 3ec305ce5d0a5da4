"""Where and when to poll a source next, and what to remember of this time."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from monitor.model import Source, SourceState

LONGEST_WAIT = timedelta(hours=1)
"""After errors a source is tried again at least this often, unless it is polled more seldom than that anyway."""

LONGEST_ASKED = timedelta(hours=24)
"""A server that asks for more patience than this (Retry-After) does not get it."""

WHOLE_AFTER = timedelta(hours=24)
"""So often a source is asked without validators, where it is configured: some servers say 304 for ever."""

CONFIRMED = 5
"""A permanent redirect is believed once it was seen so many times in a row: what was hijacked comes back sooner."""

JITTER = 0.1
"""Waits are up to a tenth shorter or longer, so that what failed together does not come back together."""

_FIRST_PACE = timedelta(minutes=5)
_MOST_DOUBLINGS = 12  # 2¹² s is over an hour; the power itself must not grow with the errors.


def about(source: Source, state: SourceState) -> SourceState:
    """Return a state that is about where the source is now: what was remembered of another place means nothing.

    A document that is to be read in another way (`kind`, `select`) is asked for and read anew, though it is the same.
    """
    place = sha256((source.url or source.path or "").encode()).hexdigest()
    way = sha256(repr((source.kind, sorted((source.select or {}).items()))).encode()).hexdigest()
    address = f"{place} {way}"
    if state.address == address:
        return state
    started = state.started and (state.address or "").startswith(place)
    kept = replace(state, address=address, started=started, asked_whole=None, read_whole=None, moved_to=None, moves=0)
    return replace(kept, etag=None, last_modified=None, body=None)


def ask_whole(state: SourceState, now: datetime) -> bool:
    """Tell whether to ask without validators this time; a last time that is yet to come is a clock that went back."""
    return state.asked_whole is None or not timedelta(0) <= now - state.asked_whole < WHOLE_AFTER


def asked_at(source: Source, state: SourceState, *, whole: bool) -> str:
    """Return where to ask: where the source has moved to for good, once that is confirmed.

    A source that is asked whole is asked where it is configured, so that a redirect that was put right is seen within a
    day; and so is one with headers of its own, which may be secrets, every time: only redirects know whom not to tell.
    """
    confirmed = state.moves >= CONFIRMED and not whole and not source.headers
    return (state.moved_to if confirmed else None) or source.url or ""


def after_redirects(source: Source, state: SourceState, moved_to: str | None, *, whole: bool) -> SourceState:
    """Return the state after a good answer that permanent redirects led to, to `moved_to`; None if there were none."""
    if moved_to is None and asked_at(source, state, whole=whole) == state.moved_to:
        return state
    moves = state.moves + 1 if moved_to == state.moved_to else 1
    return replace(state, moved_to=moved_to, moves=moves if moved_to else 0)


def after_success(
    source: Source, state: SourceState, now: datetime, *, news: int, missed: bool = False, chance: float
) -> SourceState:
    """Return the state after a good answer with so many new or changed items, none after 304.

    A fixed pace is kept as given, counted from when the poll was due. Between two bounds the pace follows the news:
    it halves where there was any and slows by half where there was none, jittered by `chance` (0 to 1). Where items
    were `missed`, for nothing of the document was known, it is as fast as it may be.
    """
    fastest, slowest = source.every
    if fastest == slowest:
        pace = fastest
        due = state.due + pace
        due = due if now < due <= now + pace else now + pace  # It was late by more than that, or asked for early.
    else:
        pace = (state.pace or _FIRST_PACE) * (0.5 if news else 1.5)
        pace = fastest if missed else min(max(pace, fastest), slowest)
        due = now + min(max(_jittered(pace, chance), fastest), slowest)
    return replace(
        state,
        due=due,
        pace=pace,
        polled=now,
        succeeded=now,
        failures=0,
        error=None,
    )


def after_failure(
    source: Source, state: SourceState, now: datetime, *, reason: str, asked: timedelta | None, chance: float
) -> SourceState:
    """Return the state after the n-th error in a row: the next try comes after every·2ⁿ⁻¹, at most 1 h, jittered.

    Args:
        source: at whose fastest pace the waits begin.
        state: what was remembered before.
        now: an aware UTC datetime.
        reason: for people, without secrets.
        asked: what the server asked for (Retry-After); it wins if it is longer, up to `LONGEST_ASKED`.
        chance: 0 to 1.
    """
    every = source.every[0]
    longest = max(LONGEST_WAIT, every)
    doubled = min(every * 2 ** min(state.failures, _MOST_DOUBLINGS), longest)
    wait = max(min(_jittered(doubled, chance), longest), min(asked or timedelta(0), LONGEST_ASKED))
    return replace(state, due=now + wait, polled=now, failures=state.failures + 1, error=reason, moved_to=None, moves=0)


def _jittered(wait: timedelta, chance: float) -> timedelta:
    return wait * (1 - JITTER + 2 * JITTER * chance)
