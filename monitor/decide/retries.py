"""When a delivery that failed is tried again, and when it is given up (CONTRACT 5)."""

from datetime import datetime, timedelta
from typing import Final, Protocol, runtime_checkable

FIRST_WAIT: Final = timedelta(seconds=1)
LONGEST_WAIT: Final = timedelta(hours=1)
SPREAD: Final = 0.2
"""Waits of our own are up to a fifth shorter or longer, so that what failed together does not come back together."""

TRIED_FOR: Final = timedelta(days=3)
LONGEST_ASKED: Final = timedelta(hours=24)
"""Of a wait that a receiver asks for, as much is heeded: nobody may silence a channel for a year."""

REFUSED_WAITS: Final = (timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=12), timedelta(minutes=28))
"""Five attempts, the last 36 to 54 minutes after the first."""

_MOST_DOUBLINGS = 12  # 2¹² s is over an hour; the power itself must not grow with the attempts.


@runtime_checkable
class Deferred(Protocol):
    """The receiver could not take it now (`monitor.ports.Deferred`, by shape: the core does not know the ports)."""

    @property
    def wait(self) -> timedelta | None:
        """What the receiver asked for, if it did."""
        ...


class Refused(Protocol):
    """The receiver does not want this message (`monitor.ports.Refused`, by shape)."""

    @property
    def reason(self) -> str:
        """Why, for people."""
        ...


def next_try(
    attempts: int, first: datetime, now: datetime, outcome: Deferred | Refused, chance: float
) -> datetime | None:
    """Return when to try a delivery again; None makes it a dead letter.

    Args:
        attempts: made so far, counted from 1.
        first: when the first one was made.
        now: when the last one ended.
        outcome: how the last one ended. Deferred: retried until `TRIED_FOR` after the first; a longer wait that the
            receiver asked for wins, a shorter one does not: services under load tend to ask for too little. Refused:
            five attempts in all, within an hour.
        chance: from 0 to 1, evenly spread.
    """
    if isinstance(outcome, Deferred):
        own = min(FIRST_WAIT * 2 ** min(attempts - 1, _MOST_DOUBLINGS), LONGEST_WAIT)
        asked = min(outcome.wait or timedelta(0), LONGEST_ASKED)
        until = now + max(_spread(own, chance), asked)
        return until if until <= first + TRIED_FOR else None
    if attempts > len(REFUSED_WAITS):
        return None
    return now + _spread(REFUSED_WAITS[attempts - 1], chance)


def _spread(wait: timedelta, chance: float) -> timedelta:
    """Return a wait that lies, by chance, up to `SPREAD` below or above another."""
    return wait * (1 - SPREAD + 2 * SPREAD * chance)
