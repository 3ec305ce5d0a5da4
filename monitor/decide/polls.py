"""When to poll a source next, and what to remember of this time."""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model import Source, SourceState

LONGEST_WAIT = timedelta(hours=1)
"""After errors a source is tried again at least this often, unless it is polled more seldom than that anyway."""

LONGEST_ASKED = timedelta(hours=24)
"""A server that asks for more patience than this (Retry-After) does not get it."""

WHOLE_AFTER = timedelta(hours=24)
"""So often a source is asked without validators: some servers say 304 for ever."""

_FIRST_PACE = timedelta(minutes=5)
_JITTER = 0.1


def ask_whole(state: SourceState, now: datetime) -> bool:
    """Tell whether to ask without validators this time."""
    return state.asked_whole is None or now - state.asked_whole >= WHOLE_AFTER


def after_success(source: Source, state: SourceState, now: datetime, *, news: int, chance: float) -> SourceState:
    """Return the state after a good answer with so many new or changed items, none after 304.

    A fixed pace is kept as given, counted from when the poll was due. Between two bounds the pace follows the news:
    it halves where there was any and slows by half where there was none, jittered by `chance` (0 to 1).
    """
    fastest, slowest = source.every
    if fastest == slowest:
        due = state.due + fastest
        pace = fastest
    else:
        pace = (state.pace or _FIRST_PACE) * (0.5 if news else 1.5)
        pace = min(max(pace, fastest), slowest)
        due = now + _jittered(pace, chance)
    return replace(
        state,
        due=due if due > now else now + pace,
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
    every = max(source.every[0], timedelta(seconds=1))
    longest = max(LONGEST_WAIT, every)
    doublings = min(state.failures, 32)
    wait = min(_jittered(min(every * 2**doublings, longest), chance), longest)
    if asked is not None:
        wait = max(wait, min(asked, LONGEST_ASKED))
    return replace(state, due=now + wait, polled=now, failures=state.failures + 1, error=reason, moved_to=None, moves=0)


def _jittered(wait: timedelta, chance: float) -> timedelta:
    return wait * (1 - _JITTER + 2 * _JITTER * chance)
