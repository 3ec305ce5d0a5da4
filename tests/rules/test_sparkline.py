"""Counts a day as bars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.sparkline import BARS, WIDEST, by_bar, days_between, sparkline

DAY = date(2026, 2, 5)


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ([], ""),
        ([0, 0], "▁▁"),
        ([1], "█"),
        ([0, 1, 7], "▁▂█"),
        ([0, 1, 1000], "▁▂█"),
        ([1, 2, 3, 4, 5, 6, 7], "▂▃▄▅▆▇█"),
    ],
)
def test_the_highest_bar_is_the_most_and_something_is_never_nothing(counts, line):
    assert sparkline(counts) == line


@given(st.lists(st.integers(0, 10**6)))
def test_more_is_never_lower(counts):
    heights = [BARS.index(bar) for bar in sparkline(counts)]

    assert [(one > 0) for one in counts] == [height > 0 for height in heights]
    assert all(
        heights[a] <= heights[b] for a in range(len(counts)) for b in range(len(counts)) if counts[a] <= counts[b]
    )


@pytest.mark.parametrize(("days", "size"), [(1, 1), (60, 1), (61, 2), (365, 7)])
def test_of_many_days_several_share_a_bar(days, size):
    last = DAY + timedelta(days=days - 1)

    bars, each = by_bar(dict.fromkeys(days_between(DAY, last), 1), DAY, last)

    assert each == size
    assert len(bars) <= WIDEST
    assert sum(bars) == days
