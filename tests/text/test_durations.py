"""Durations as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.durations import read_duration, write_duration

READ = [
    ("45s", timedelta(seconds=45)),
    ("5m", timedelta(minutes=5)),
    ("2h", timedelta(hours=2)),
    ("1d", timedelta(days=1)),
    ("1w", timedelta(weeks=1)),
    ("0s", timedelta()),
    ("090m", timedelta(minutes=90)),
]

REFUSED = ["", "5", "m", "5 m", "-5m", "1.5h", "5M", "5m\n", "5min", "1h30m", "٥m", "5m ", "9999999999s"]


@pytest.mark.parametrize(("written", "length"), READ)
def test_a_whole_number_and_a_unit_are_a_duration(written, length):
    assert read_duration(written) == length


@pytest.mark.parametrize("written", REFUSED)
def test_anything_else_is_refused_with_the_form_wanted(written):
    with pytest.raises(ValueError, match="45s 5m 2h 1d 1w"):
        read_duration(written)


def test_what_no_clock_runs_is_refused():
    with pytest.raises(ValueError, match="longer than any clock"):
        read_duration("999999999w")


@given(st.integers(0, 10**8), st.sampled_from("smhdw"))
def test_writing_is_the_inverse_of_reading(number, unit):
    length = read_duration(f"{number}{unit}")

    assert read_duration(write_duration(length)) == length


def test_the_largest_unit_is_written():
    assert [write_duration(timedelta(minutes=minutes)) for minutes in (0, 5, 60, 90, 1440, 10_080)] == [
        "0s",
        "5m",
        "1h",
        "90m",
        "1d",
        "1w",
    ]
