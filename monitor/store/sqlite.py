"""What is SQLite's own: where the file is, how it is opened, and how its transactions begin.

Python's driver begins transactions by itself, at the first change and never before a table is made; so it is told
not to (`isolation_level=None`), and every transaction begins where SQLAlchemy says so: at once for writing, so that
two writers wait for each other, where a transaction that turns to writing later fails without waiting.
"""

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry

from monitor.errors import StoreUnavailable

LONGEST_LOCKED = 5.0
"""Seconds that a statement waits for another process's transaction."""

LARGEST_LOG = 32 << 20
"""Bytes to which the write-ahead log is cut back once it is copied into the database."""

_SETUP = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL may lose the last commits, and with them what was sent, when power fails
    "PRAGMA foreign_keys = ON",
    f"PRAGMA journal_size_limit = {LARGEST_LOG}",
)


def place(url: URL) -> Path:
    """Return the file of a SQLite database, relative ones against the working directory."""
    return Path(url.database or "").absolute()


def create_file(path: Path) -> None:
    """Make an empty database with its folder where there is none, for the owner's eyes only; its logs follow suit.

    Raises:
        StoreUnavailable: it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        told = f"{path}: {error.strerror}"
        raise StoreUnavailable(told) from error


def open_engine(path: Path, connections: int) -> Engine:
    """Return an engine on a file that is there; it makes none, so that one that was removed is missed.

    A connection with the execution option `writing` begins transactions that may write.
    """
    engine = create_engine(
        URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": "rw", "uri": "true"}),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"isolation_level": None, "timeout": LONGEST_LOCKED, "check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    for statement in _SETUP:
        connection.execute(statement)


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
