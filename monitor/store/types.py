"""What columns hold: moments, durations, texts and raw texts, each with an exact round trip or a stated loss."""

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect, LargeBinary, Text, TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NOT_STORED = re.compile("[\0\ud800-\udfff]")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, as microseconds UTC since 1970; exact for every year that Python knows."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - its signature
        """Return the microseconds; a datetime without a zone is a TypeError."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - its signature
        """Return the moment, in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Duration(TypeDecorator[timedelta]):
    """A duration in microseconds, exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - its signature
        """Return the microseconds."""
        return None if value is None else value // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:  # noqa: ARG002 - its signature
        """Return the duration."""
        return None if value is None else value * _MICROSECOND


def storable(text: str) -> str:
    """Return `text` with U+FFFD for NUL and lone surrogates, which UTF-8 or PostgreSQL cannot hold."""
    return _NOT_STORED.sub("\ufffd", text)


class Words(TypeDecorator[str]):
    """Text for people and for searching, as `storable`; everything else comes back as it went in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its signature
        """Return the text that is kept."""
        return None if value is None else storable(value)


class Exact(TypeDecorator[str]):
    """Any Python string, as bytes: file names hold surrogates where they are not UTF-8 (PEP 383)."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - its signature
        """Return the string in UTF-8, surrogates included."""
        return None if value is None else value.encode("utf-8", "surrogatepass")

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its signature
        """Return the string as it was."""
        return None if value is None else value.decode("utf-8", "surrogatepass")
