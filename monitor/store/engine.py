"""From a database's URL to SQLAlchemy's engine, and from its errors to ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import SQLITE_ERROR

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
"""Errors of a statement."""


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
    except DatabaseError as error:
        if _is_ours(error):
            raise
        told = f"{name}: {error.orig}"
        raise StoreUnavailable(told) from error


def _is_ours(error: DatabaseError) -> bool:
    """Tell whether a statement was wrong, not the state of the database; SQLite has one code for all such."""
    return isinstance(error, _OURS) or getattr(error.orig, "sqlite_errorcode", None) == SQLITE_ERROR


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError):
        backend = ""
    usable = backend == "postgresql" or (backend == "sqlite" and _is_file(parsed))
    if not usable:
        # From None: the cause carries the URL, and that a password.
        told = "the database is neither sqlite:///a-file nor postgresql://…"
        raise StoreRefused(told) from None
    return parsed


def _is_file(url: URL) -> bool:
    """Tell whether a SQLite URL is that of a file, without options: what it is opened with is ours to say."""
    return url.database not in {None, "", ":memory:"} and not (url.query or url.host)
