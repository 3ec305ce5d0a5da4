"""How long a server asks to be left alone."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MOST_DIGITS = 9


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return the wait that `Retry-After` asks for (RFC 9110 10.2.3), never below zero; None if it says nothing.

    A date is counted from the answer's own `Date`, so that a clock that runs ahead or behind, there or here, does
    not matter; from `now` where it has none.
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return timedelta(seconds=int(asked[:_MOST_DIGITS]))
    until = _moment(asked)
    if until is None:
        return None
    return max(until - (_moment(headers.get("date", "")) or now), timedelta(0))


def _moment(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
