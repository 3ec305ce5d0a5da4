"""A moment, and chance that repeats, for tests that need them."""

from datetime import UTC, datetime
from random import Random

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)


def chance(seed: int) -> Random:
    """Return chance that is the same for the same seed."""
    return Random(seed)  # noqa: S311 - repeatable, not secret
