"""Reading files that the command line names, in killable processes."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from monitor.errors import DocumentError
from monitor.model import Document
from monitor.parse.reading import Reading
from monitor.workers import Workers

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read; larger ones are refused."""

_AHEAD = 8

Take = Callable[[Document, Reading | DocumentError], None]
"""Takes a document, and what reading it brought."""


def with_body(document: Document) -> Document:
    """Return a document with what is in the file of its name.

    Raises:
        DocumentError: it cannot be read, or is larger than `LARGEST`.
    """
    try:
        with Path(document.name).open("rb") as opened:
            body = opened.read(LARGEST + 1)
    except OSError as error:
        raise DocumentError(error.strerror or str(error)) from None
    if len(body) > LARGEST:
        msg = f"larger than {LARGEST // 1024**2} MB"
        raise DocumentError(msg)
    return replace(document, body=body)


async def read_documents(documents: Iterable[Document], take: Take) -> None:
    """Read the files that documents name, in killable processes, and give what they bring to `take`, in their order."""
    async with Workers() as workers:
        waiting: deque[asyncio.Task[tuple[Document, Reading | DocumentError]]] = deque()
        async with asyncio.TaskGroup() as tasks:
            for document in documents:
                waiting.append(tasks.create_task(_read(workers, document)))
                if len(waiting) > _AHEAD:
                    take(*await waiting.popleft())
            while waiting:
                take(*await waiting.popleft())


async def _read(workers: Workers, document: Document) -> tuple[Document, Reading | DocumentError]:
    try:
        return document, await workers.read(with_body(document))
    except DocumentError as error:
        return document, error
