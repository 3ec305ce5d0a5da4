"""`monitor read`, and what reads documents for other commands."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

import typer

from monitor.cli.files import is_url, open_door, read_documents
from monitor.cli.output import put, tell, with_progress
from monitor.errors import DocumentError
from monitor.model import Document, Item
from monitor.net.door import Door
from monitor.parse.detect import READERS
from monitor.parse.reading import Reading
from monitor.parse.wires.wire import write_wire
from monitor.records import item_record, write_record


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = datetime.min  # noqa: DTZ901 - without a zone, as what is refused below
    if moment.tzinfo is None:
        msg = f"{written} is no time with its zone, such as 2026-02-05T10:00:00Z (RFC 3339)"
        raise typer.BadParameter(msg)
    return moment.astimezone(UTC)


def _reader(kind: str | None) -> str | None:
    if kind is not None and kind not in READERS:
        msg = f"there is no kind {kind}; there are {', '.join(READERS)}"
        raise typer.BadParameter(msg)
    return kind


Documents = Annotated[list[str], typer.Argument(metavar="FILE…|URL…", help="Documents of any kind that is read.")]
Fetched = Annotated[
    datetime | None, typer.Option(parser=_moment, metavar="TIME", help="When it was captured; ages count back from it.")
]
Kind = Annotated[
    str | None, typer.Option(callback=_reader, help=f"What it is, instead of detection: {', '.join(READERS)}.")
]


def read(
    documents: Documents,
    text: Annotated[bool, typer.Option("--text", help="Write the wire text form instead of JSON.")] = False,
    kind: Kind = None,
    url: Annotated[str | None, typer.Option(help="Where the one FILE came from, for relative links.")] = None,
    fetched: Fetched = None,
    language: Annotated[str | None, typer.Option(help="Language of items that do not say.")] = None,
) -> None:
    """Read documents into items, a line of JSON each."""
    if url and len(documents) > 1:
        msg = "--url says where one file came from; give one FILE"
        raise typer.BadParameter(msg)
    known = Document("", b"", url=url, fetched=fetched, kind=kind, language=language)
    before = ""

    def write(document: Document, items: Sequence[Item]) -> None:
        nonlocal before
        for item in items:
            if text:
                put(before + write_wire(item), end="")
                before = "\n\n"
            else:
                put(write_record({"document": document.name, **item_record(item)}))

    door = open_door() if any(map(is_url, documents)) else None
    read_each(documents, known, write, door)


def read_each(
    names: Sequence[str], known: Document, write: Callable[[Document, Sequence[Item]], None], door: Door | None = None
) -> None:
    """Read documents of which this much is `known`; write their items, say which could not be read, and fail then."""
    failed = False

    def take(document: Document, reading: Reading | DocumentError) -> None:
        nonlocal failed
        if isinstance(reading, DocumentError):
            failed = True
            tell(f"{document.name}: {reading}")
        else:
            write(document, reading.items)
            if reading.flaw:
                tell(f"{document.name}: warning: {reading.flaw}")

    documents = (replace(known, name=name) for name in with_progress(names, "reading"))
    asyncio.run(read_documents(documents, take, door))
    if failed:
        raise typer.Exit(1)
