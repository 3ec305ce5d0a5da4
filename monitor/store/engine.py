"""From a database's URL to SQLAlchemy's engine, and from its errors to ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    IntegrityError,
    NoSuchModuleError,
    NotSupportedError,
    ProgrammingError,
)

from monitor.errors import StoreRefused, StoreUnavailable
from monitor.store import sqlite

_OURS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
"""Errors of a statement; all others are the database's."""


def file_of(url: str) -> Path | None:
    """Return the file of a SQLite database; None for another.

    Raises:
        StoreRefused: the URL is of no database that we know.
    """
    parsed = _parsed(url)
    return sqlite.place(parsed) if parsed.get_backend_name() == "sqlite" else None


def open_engine(url: str, connections: int) -> Engine:
    """Return an engine with at most so many connections, none of which is open yet.

    Raises:
        StoreRefused: the URL is of no database that we know, or its driver is not installed.
    """
    if file := file_of(url):
        return sqlite.open_engine(file, connections)
    try:
        return create_engine(_parsed(url), pool_size=connections, max_overflow=0, hide_parameters=True)
    except ModuleNotFoundError as error:
        told = f"{name_of(url)}: {error.name} is not installed"
        raise StoreRefused(told) from error


def name_of(url: str) -> str:
    """Return what to call a database in messages: its file, or its URL without the password."""
    return str(file_of(url) or _parsed(url).render_as_string())


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Make the database's own errors `StoreUnavailable`, which tells of whom."""
    try:
        yield
    except _OURS:
        raise
    except DatabaseError as error:
        told = f"{name}: {error.orig}"
        raise StoreUnavailable(told) from error


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError):
        backend = ""
    if backend not in {"sqlite", "postgresql"} or (backend == "sqlite" and parsed.database in {None, "", ":memory:"}):
        # From None: the cause carries the URL, and that a password.
        told = "the database is neither sqlite:///a-file nor postgresql://…"
        raise StoreRefused(told) from None
    return parsed
