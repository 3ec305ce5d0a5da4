"""What rules are tried on: the archive, read and never written, or documents that the command line names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from monitor import app
from monitor.cli.asking import database_url
from monitor.cli.read import read_each
from monitor.cli.sourced import as_from
from monitor.model import Document, Item
from monitor.ports import Past
from monitor.rules.cases import moment_of
from monitor.settings import Config
from monitor.store.history import History, open_history
from monitor.text.durations import read_duration

FIRST = datetime.fromisoformat("0001-01-01T00:00:00+00:00")


def _ago(written: str) -> datetime:
    """Return the moment that a duration before now, or a time, says."""
    try:
        return app.now() - read_duration(written)
    except OverflowError:
        return FIRST
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        msg = f"{written} is neither a duration such as 30d nor a time with its zone, such as 2026-02-05T10:00:00Z"
        raise typer.BadParameter(msg)
    return moment


Since = Annotated[
    datetime, typer.Option(parser=_ago, metavar="WHEN", help="From when on: 30d ago, or 2026-02-05T10:00:00Z.")
]
Until = Annotated[datetime, typer.Option(parser=_ago, metavar="WHEN", help="Until when; default now.")]
AsFrom = Annotated[str | None, typer.Option(help="Id of the source to read documents as; default the first `path`.")]


def files_in(paths: Iterable[Path]) -> list[str]:
    """Return files, and of folders all that is in them by name, but what begins with a dot."""
    found: list[str] = []
    for path in paths:
        within = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        shown = (one for one in within if not any(part.startswith(".") for part in one.relative_to(path).parts))
        found += map(str, shown if path.is_dir() else within)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be looked at: documents, or else the archive between two moments."""

    documents: Sequence[str]
    since: datetime
    until: datetime
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """How many items were looked at, and whether a document could not be read, of which people were told."""

    items: int
    failed: bool = False

    def end(self) -> None:
        """End the command with status 1 where a document could not be read."""
        if self.failed:
            raise typer.Exit(1)


def look_at(settings: Config, asked: Asked, take: Callable[[Past], None]) -> Looked:
    """Give every item to `take`, in the order in which they came; return how that went.

    Items of documents count as seen when they were news, those without a date now.
    """
    count = 0

    def counting(past: Past) -> None:
        nonlocal count
        count += 1
        take(past)

    if not asked.documents:
        with open_history(database_url(settings)) as history:
            for past in _shown(history, asked):
                counting(past)
        return Looked(count)
    now = app.now()

    def write(_: Document, items: Sequence[Item]) -> None:
        for item in items:
            counting(Past(item, item.source or "", min(now, moment_of(item, now)), first=False))

    try:
        read_each(asked.documents, as_from(settings, asked.source, Document("", b"")), write)
    except typer.Exit:
        return Looked(count, failed=True)
    return Looked(count)


def _shown(history: History, asked: Asked) -> Iterable[Past]:
    """Return the items of the archive; on a terminal, show how far they are."""
    found = history.between(asked.since, asked.until)
    console = Console(stderr=True)
    if not console.is_terminal:
        return found
    total = history.count(asked.since, asked.until)
    return track(found, "looking back", total=total, console=console, transient=True)
