"""A database, and the threads in which it is spoken to: one that writes, a few that read, never the event loop's."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from monitor.errors import StoreUnavailable, WrongSchema
from monitor.store.engine import file_of, name_of, open_engine, telling
from monitor.store.version import verify

READERS = 2
"""Threads that read: a query for people may take long, and the pipeline's then still finds its turn."""

Answer = TypeVar("Answer")


class Database:
    """Runs transactions, each a function of a connection, in threads of its own.

    A call that is cancelled has happened if it was begun.
    """

    def __init__(self, engine: Engine, name: str, file: Path | None) -> None:
        """Take an engine with `READERS` + 1 connections; `file` is to stay the same file for as long as it is open."""
        self._engine = engine
        self._name = name
        self._file = file
        self._identity = _identity(file)
        self._writer = ThreadPoolExecutor(1, "store-writer")
        self._readers = ThreadPoolExecutor(READERS, "store-reader")

    async def read(self, work: Callable[[Connection], Answer]) -> Answer:
        """Return what `work` returns, which only reads.

        Raises:
            StoreUnavailable: the database cannot be read now.
        """
        return await self._loop().run_in_executor(self._readers, partial(self._transact, work, writing=False))

    async def write(self, work: Callable[[Connection], Answer]) -> Answer:
        """Return what `work` returns, which may write; it is on disk then, or undone if `work` raises.

        Who is cancelled meanwhile waits until it is done: what they do next is to find it there.

        Raises:
            StoreUnavailable: the database cannot be written now.
        """
        writing = self._writer.submit(partial(self._transact, work, writing=True))
        try:
            return await asyncio.wrap_future(writing)
        except asyncio.CancelledError:
            if not writing.cancelled():
                with suppress(Exception):
                    await asyncio.wrap_future(writing)
            raise

    async def aside(self, work: Callable[[], Answer]) -> Answer:
        """Return what `work` returns, which needs no connection, only not the event loop's time."""
        return await self._loop().run_in_executor(self._readers, work)

    async def close(self) -> None:
        """Finish what was begun, and close every connection."""
        await self._loop().run_in_executor(self._writer, self._close)
        self._writer.shutdown(wait=False)

    @staticmethod
    def _loop() -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    def _close(self) -> None:
        self._readers.shutdown()
        self._engine.dispose()

    def _transact(self, work: Callable[[Connection], Answer], *, writing: bool) -> Answer:
        if _identity(self._file) != self._identity:
            told = f"{self._file}: removed or replaced while in use"
            raise StoreUnavailable(told)
        with telling(self._name), self._engine.connect() as connection:
            connection.execution_options(writing=writing)
            try:
                with connection.begin():
                    return work(connection)
            except DatabaseError:
                # What failed in the middle of writing is not to be trusted with the next transaction.
                connection.invalidate()
                raise


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Return what tells a file from another of its name: SQLite goes on writing to one that was removed."""
    try:
        found = file.stat() if file else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """Open a database that `monitor.store.schema.upgrade` has made, and close it in the end.

    Raises:
        WrongSchema: its tables are not those of this program, or it is not there.
        StoreRefused: the URL is of no database that we know.
        StoreUnavailable: it cannot be opened now.
    """
    file = file_of(url)
    if file and not file.exists():
        told = f"{file}: there is no database; `monitor db upgrade` makes one"
        raise WrongSchema(told)
    database = Database(open_engine(url, READERS + 1), name_of(url), file)
    try:
        await database.read(verify)
        yield database
    finally:
        await database.close()
