"""Reading the files and addresses that the command line names, in killable processes."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from monitor.errors import DocumentError, NoAnswer
from monitor.model import Document
from monitor.net.door import Door
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


async def read_documents(documents: Iterable[Document], take: Take, door: Door | None = None) -> None:
    """Read what documents name, in killable processes, and give what they bring to `take`, in their order.

    Args:
        documents: named by a path or, where there is a `door`, by a URL.
        take: called for each, one after the other.
        door: how to get what a URL names.
    """
    async with Workers() as workers:
        waiting: deque[asyncio.Task[tuple[Document, Reading | DocumentError]]] = deque()
        async with asyncio.TaskGroup() as tasks:
            for document in documents:
                waiting.append(tasks.create_task(_read(workers, document, door)))
                if len(waiting) > _AHEAD:
                    take(*await waiting.popleft())
            while waiting:
                take(*await waiting.popleft())


async def _read(workers: Workers, document: Document, door: Door | None) -> tuple[Document, Reading | DocumentError]:
    try:
        fetched = await _fetched(document, door) if door and is_url(document.name) else with_body(document)
        return document, await workers.read(fetched)
    except DocumentError as error:
        return document, error


def is_url(name: str) -> bool:
    """Tell whether the name of a document is an address, and no path."""
    return name.lower().startswith(("http://", "https://"))


def open_door() -> Door:
    """Return the one door out, as the environment has the service's settings; read without a configuration."""
    from monitor import app  # noqa: PLC0415 - takes half a second, and reading a file does without
    from monitor.cli.configured import service  # noqa: PLC0415 - the same

    return app.open_door(service())


async def _fetched(document: Document, door: Door) -> Document:
    from monitor import app  # noqa: PLC0415 - as above

    try:
        answer = await door.request("GET", document.name)
    except NoAnswer as error:
        mend = (
            "; to allow its network, say 10.0.0.0/8: MONITOR_ALLOW_NETWORKS='[\"10.0.0.0/8\"]'"
            if error.reason == "address"
            else ""
        )
        msg = f"{error}{mend}"
        raise DocumentError(msg) from None
    if answer.status != HTTPStatus.OK:
        msg = f"answered {answer.status}"
        raise DocumentError(msg)
    url, fetched = document.url or answer.url, document.fetched or app.now()
    return replace(document, body=answer.body, url=url, fetched=fetched)
