"""The lock of the process that runs on a database: the kernel frees it when that dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from monitor.errors import AlreadyRunning, StoreUnavailable
from monitor.store.engine import file_of


@contextmanager
def lock(url: str) -> Iterator[None]:
    """Be the only process that runs on a SQLite database; on PostgreSQL, where leases keep workers apart, one of many.

    The lock's file stands beside the database, holds our process id for people, and stays: who removes it, locks
    another one than who still has it open.

    Raises:
        AlreadyRunning: another process does.
        StoreUnavailable: the lock's file cannot be made.
    """
    file = file_of(url)
    if file is None:
        yield
        return
    path = file.with_name(f"{file.name}.lock")
    descriptor = _open(path)
    try:
        _take(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Python closes it in what we start, so that no child keeps the lock beyond our death.
        return os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        told = f"{path}: {error.strerror}"
        raise StoreUnavailable(told) from error


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
        told = f"another process{f' ({holder})' if holder.isdigit() else ''} holds {path}"
        raise AlreadyRunning(told) from None
    except OSError as error:
        told = f"{path}: {error.strerror}"
        raise StoreUnavailable(told) from error
    # The number is a courtesy, the lock holds without it.
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
