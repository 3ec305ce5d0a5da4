"""`monitor read` and `monitor match`."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

import typer

from monitor import app
from monitor.catalog import READERS
from monitor.cli.files import is_url, read_documents
from monitor.cli.output import CONFIG, ConfigPath, loaded, put, service, tell, with_progress
from monitor.errors import DocumentError
from monitor.match.rule import match_rules
from monitor.model import Document, Item, Match, Verdict
from monitor.net.door import Door
from monitor.parse.reading import Reading
from monitor.parse.wire import write_wire
from monitor.records import Record, item_record, spans_record, write_record
from monitor.settings import Config


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

    door = app.open_door(service()) if any(map(is_url, documents)) else None
    _read_each(documents, known, write, door)


def match_command(
    documents: Documents,
    config: ConfigPath = CONFIG,
    source: Annotated[str | None, typer.Option(help="Id of the source to read as; default the first `path`.")] = None,
    items: Annotated[bool, typer.Option("--items", help="Write the whole item instead of its id.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Write every clause's verdict, for every item.")] = False,
    kind: Kind = None,
    fetched: Fetched = None,
) -> None:
    """Run the rules over documents; write every match as a line of JSON."""
    settings = loaded(config)
    known = _as_from(settings, source, Document("", b"", fetched=fetched, kind=kind))

    def write(document: Document, read: Sequence[Item]) -> None:
        for item in read:
            for match in match_rules(settings.rules, item, fetched or app.now()):
                if match.matched or explain:
                    shown = item_record(item) if items else item.id
                    record = {"rule": match.rule, "document": document.name, "item": shown}
                    put(write_record({**record, **_judgement(match, explain=explain)}))

    _read_each(documents, known, write)


def _read_each(
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


def _as_from(settings: Config, name: str | None, document: Document) -> Document:
    """Return a document with what its source says of it: the one of that name, else the first with a `path`."""
    named = [source for source in settings.sources if (source.id == name if name else source.path)]
    if name and not named:
        there = ", ".join(source.id for source in settings.sources) or "none"
        msg = f"there is no source {name}; there are: {there}"
        raise typer.BadParameter(msg)
    if not named:
        return replace(document, language=settings.service.language)
    source = named[0]
    language = source.language or settings.service.language
    return replace(document, source=source.id, kind=document.kind or source.kind, language=language)


def _judgement(match: Match, *, explain: bool) -> Record:
    spans: Record = {"spans": spans_record(match.spans)}
    return {"matched": match.matched, **spans, "explain": _verdict(match.verdict)} if explain else spans


def _verdict(verdict: Verdict) -> Record:
    return {
        "clause": verdict.clause,
        "holds": verdict.holds,
        "spans": spans_record(tuple(verdict.spans)),
        "clauses": [_verdict(inner) for inner in verdict.clauses],
    }
