"""Watching a folder: which files are new or changed, once they rest."""

import asyncio
import errno
import glob
import os
import stat
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path

from monitor.model import Document, FileSeen, Source

REST = 1.0
"""Seconds for which a file must not change before it is read: who writes it may not be done."""

MOST_LOOKS = 10
"""So often a poll looks again for files that do not rest yet; the next poll goes on."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read; of a larger one, the beginning."""


async def changed_files(
    source: Source, seen: Mapping[str, FileSeen], clock: Callable[[], datetime], rest: float = REST
) -> AsyncIterator[tuple[FileSeen, Document]]:
    """Yield the files that are not as they were seen; `ports.Fetcher.folder` is its contract.

    Raises:
        OSError: the folder cannot be looked into; or, after all others were yielded, a file cannot be opened.
    """
    known = dict(seen)
    unreadable: OSError | None = None
    before = await asyncio.to_thread(_changed, source.path or "", known)
    for _ in range(MOST_LOOKS):
        if not before:
            break
        await asyncio.sleep(rest)
        now = await asyncio.to_thread(_changed, source.path or "", known)
        for file in sorted(before & now, key=lambda file: (file.changed, file.path)):
            known[file.path] = file
            try:
                body = await asyncio.to_thread(_body, file.path)
            except FileNotFoundError:  # It was taken away since.
                continue
            except OSError as error:
                unreadable = unreadable or error
                continue
            yield file, _document(source, file, body, clock())
        before = now - before
    if unreadable:
        raise unreadable


def _changed(pattern: str, known: Mapping[str, FileSeen]) -> set[FileSeen]:
    """Return the regular files that are not as they are known; hidden ones, of editors and copiers, are not news."""
    found = set()
    for path in _paths(pattern):
        if path.rpartition("/")[2].startswith("."):
            continue
        try:
            status = Path(path).stat()
        except OSError:  # Gone between the two looks, or a broken link.
            continue
        file = FileSeen(path, status.st_size, status.st_mtime_ns)
        if stat.S_ISREG(status.st_mode) and known.get(path) != file:
            found.add(file)
    return found


def gone_files(pattern: str, seen: Collection[str]) -> list[str]:
    """Return the paths that are not there; none where nothing is, as of a disk that is not mounted."""
    there = set(_paths(pattern))
    return [path for path in seen if path not in there] if there else []


def _paths(pattern: str) -> list[str]:
    if Path(pattern).is_dir():
        return [os.path.join(pattern, name) for name in os.listdir(pattern)]  # noqa: PTH118, PTH208 - plain texts
    folder = folder_of(pattern)
    if not (folder if glob.has_magic(pattern) else Path(pattern)).exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), pattern)
    return glob.glob(pattern, recursive=True)  # noqa: PTH207 - plain texts


def folder_of(pattern: str) -> Path:
    """Return the folder that a path or glob is in: the deepest that its pattern names."""
    path = Path(pattern)
    if path.is_dir():
        return path
    while path != path.parent and glob.has_magic(str(path)):
        path = path.parent
    return path if path.is_dir() or glob.has_magic(pattern) else path.parent


def _body(path: str) -> bytes:
    """Return what is in a file; one that has become a pipe meanwhile would be waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(LARGEST) or b""


def _document(source: Source, file: FileSeen, body: bytes, now: datetime) -> Document:
    return Document(
        name=file.path,
        body=body,
        fetched=now,
        kind=source.kind,
        source=source.id,
        language=source.language,
        select=source.select,
    )
