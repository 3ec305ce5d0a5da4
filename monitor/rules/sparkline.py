"""Counts a day as one line of bars."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

BARS = "▁▂▃▄▅▆▇█"
"""The lowest is for nothing at all; whatever there is, however little, stands out from it."""

WIDEST = 60
"""Bars of a line; of more days, several share one."""


def sparkline(counts: Sequence[int]) -> str:
    """Return a bar for each count, the highest for the most."""
    most = max(counts, default=0)
    steps = len(BARS) - 1
    return "".join(BARS[-(-count * steps // most)] if count else BARS[0] for count in counts)


def days_between(first: date, last: date) -> list[date]:
    """Return every day from the first to the last."""
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def by_bar(days: Mapping[date, int], first: date, last: date) -> tuple[list[int], int]:
    """Return the counts of the bars of a line from one day to another, and of how many days each bar is."""
    every = days_between(first, last)
    size = max(1, -(-len(every) // WIDEST))
    bars = [every[at : at + size] for at in range(0, len(every), size)]
    return [sum(days.get(day, 0) for day in bar) for bar in bars], size
