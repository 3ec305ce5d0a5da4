"""Durations as people write them in configuration and rules: `45s 5m 2h 1d 1w`."""

import re
from datetime import timedelta

PATTERN = r"^[0-9]{1,9}[smhdw]$"
"""The written form, as a regular expression that JSON Schema understands."""

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


def read_duration(written: str) -> timedelta:
    """Return the duration that `written` says: a whole number and one of the units s, m, h, d, w.

    Raises:
        ValueError: it is of another form, or longer than a `timedelta` holds.
    """
    if not re.fullmatch(PATTERN, written):
        msg = "wants a duration, a whole number and a unit: 45s 5m 2h 1d 1w"
        raise ValueError(msg)
    try:
        return int(written[:-1]) * _UNITS[written[-1]]
    except OverflowError:
        msg = "is longer than any clock runs"
        raise ValueError(msg) from None


def write_duration(length: timedelta) -> str:
    """Return the shortest written form of a duration of whole seconds: the inverse of `read_duration`."""
    seconds = int(length.total_seconds())
    unit = next((unit for unit in "wdhm" if seconds and seconds % int(_UNITS[unit].total_seconds()) == 0), "s")
    return f"{seconds // int(_UNITS[unit].total_seconds())}{unit}"
