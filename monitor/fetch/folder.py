"""Watching a folder: which files are new or changed, once they rest."""

import asyncio
import glob
import os
import stat
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from pathlib import Path

from monitor.model import Document, FileSeen, Source

REST = 1.0
"""Seconds for which a file must not change before it is read: who writes it may not be done."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read; of a larger one, the beginning."""


async def changed_files(
    source: Source, seen: Mapping[str, FileSeen], clock: Callable[[], datetime]
) -> AsyncIterator[tuple[FileSeen, Document]]:
    """Yield the files that are not as they were seen; `ports.Fetcher.folder` is its contract."""
    pattern = source.path or ""
    changed = [file for file in await asyncio.to_thread(_files, pattern) if seen.get(file.path) != file]
    if not changed:
        return
    await asyncio.sleep(REST)
    resting = {file.path: file for file in await asyncio.to_thread(_files, pattern)}
    for file in sorted(changed, key=lambda file: (file.changed, file.path)):
        if resting.get(file.path) != file:
            continue
        body = await asyncio.to_thread(_body, file.path)
        if body is not None:
            yield file, _document(source, file, body, clock())


def is_changed(source: Source, seen: Mapping[str, FileSeen]) -> bool:
    """Tell whether a folder has files that are not as they were seen, resting or not."""
    return any(seen.get(file.path) != file for file in _files(source.path or ""))


def _files(pattern: str) -> list[FileSeen]:
    """Return the regular files of a folder or glob; hidden ones, which editors and copiers use, are not news."""
    inside = Path(pattern).is_dir()
    paths = os.listdir(pattern) if inside else glob.glob(pattern, recursive=True)  # noqa: PTH207, PTH208 - plain texts
    found = []
    for path in (os.path.join(pattern, name) for name in paths) if inside else paths:  # noqa: PTH118 - a plain text
        if path.rpartition("/")[2].startswith("."):
            continue
        try:
            status = Path(path).stat()
        except OSError:  # Gone between the two looks, or a broken link.
            continue
        if stat.S_ISREG(status.st_mode):
            found.append(FileSeen(path, status.st_size, status.st_mtime_ns))
    return found


def _body(path: str) -> bytes | None:
    try:
        with Path(path).open("rb") as opened:
            return opened.read(LARGEST)
    except OSError:
        return None


def _document(source: Source, file: FileSeen, body: bytes, now: datetime) -> Document:
    return Document(
        name=file.path, body=body, fetched=now, kind=source.kind, source=source.id, language=source.language
    )
