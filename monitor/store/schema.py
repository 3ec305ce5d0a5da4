"""The schema of a database: brought up to date, looked over, and a copy made while it is in use."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from monitor.errors import StoreRefused, StoreUnavailable, WrongSchema
from monitor.store import sqlite
from monitor.store.engine import file_of, name_of, open_engine, telling
from monitor.store.version import NEWEST, current, difference

_STEP = 1_000
"""Pages that a backup copies at a time; others may write between two steps."""

_INTEGRITY = text("PRAGMA integrity_check")
_FOREIGN_KEYS = text("PRAGMA foreign_key_check")


def upgrade(url: str) -> str:
    """Make the database if there is none, give it the newest schema, and return that; all of it or nothing.

    Raises:
        WrongSchema: a newer program made it.
        StoreUnavailable: it cannot be written now.
    """
    if file := file_of(url):
        sqlite.create_file(file)
    engine = open_engine(url, 1)
    try:
        with telling(name_of(url)), engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                _upgrade(connection)
    finally:
        engine.dispose()
    return NEWEST


def _upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction that is open."""
    revision = current(connection)
    if revision and revision > NEWEST:
        raise WrongSchema(difference(revision))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def check(url: str) -> list[str]:
    """Return what is wrong with the database, in sentences; nothing is good.

    Raises:
        StoreUnavailable: it cannot be read now.
    """
    if (file := file_of(url)) and not file.exists():
        return [f"{file}: there is no database"]
    engine = open_engine(url, 1)
    try:
        with telling(name_of(url)), engine.connect() as connection:
            wrong = _damage(connection) if file else []
            version = difference(current(connection))
            return [*wrong, version] if version else wrong
    except StoreUnavailable as error:
        if _is_damage(error):
            return [str(error)]
        raise
    finally:
        engine.dispose()


def _damage(connection: Connection) -> list[str]:
    told = [row[0] for row in connection.execute(_INTEGRITY) if row[0] != "ok"]
    lost = [f"{row[0]}: row {row[1]} refers to nothing in {row[2]}" for row in connection.execute(_FOREIGN_KEYS)]
    return told + lost


def _is_damage(error: StoreUnavailable) -> bool:
    """Tell whether the file cannot be read for what is in it."""
    cause = getattr(error.__cause__, "orig", None)
    return getattr(cause, "sqlite_errorcode", None) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def backup(url: str, path: Path) -> None:
    """Copy a SQLite database to a file that is not there yet, readable by its owner, while others go on using it.

    Raises:
        StoreRefused: the file is there, or the database is not SQLite's, which has tools of its own for this.
        StoreUnavailable: it cannot be read, or the copy not be written; then there is no copy.
    """
    if not (file := file_of(url)):
        told = "this backs up SQLite only; use pg_dump"
        raise StoreRefused(told)
    if not file.exists():
        told = f"{file}: there is no database"
        raise StoreRefused(told)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        told = f"{path} is there already; a backup overwrites nothing"
        raise StoreRefused(told) from None
    except OSError as error:
        told = f"{path}: {error.strerror}"
        raise StoreUnavailable(told) from error
    engine = open_engine(url, 1)
    try:
        _copy(engine, name_of(url), path)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    finally:
        engine.dispose()


def _copy(engine: Engine, name: str, path: Path) -> None:
    try:
        with telling(name), engine.connect() as connection, closing(sqlite3.connect(path)) as target:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)  # noqa: S101 - for the type checker
            source.backup(target, pages=_STEP)
            # A file of its own, without a log beside it.
            target.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        told = f"{path}: {error}"
        raise StoreUnavailable(told) from error
