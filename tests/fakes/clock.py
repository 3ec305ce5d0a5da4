"""A clock that stands still until it is told to go on, and chance that is the middle."""

from datetime import UTC, datetime, timedelta
from random import Random

START = datetime(2026, 2, 5, 10, tzinfo=UTC)


class FakeClock:
    """Says what time it is; `pass_` lets time pass."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return this moment."""
        return self.now

    def pass_(self, **time: float) -> None:
        """Let time pass, or go back if it is negative: `pass_(minutes=5)`."""
        self.now += timedelta(**time)


class Middling(Random):
    """Always the middle, so that no wait is jittered; bits are drawn from a seed."""

    def random(self) -> float:
        """Return the middle."""
        return 0.5
