"""What rules are tried on: the archive, read and never written, or documents that the command line names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    """What is to be looked at: documents, or else the archive between two moments, and so long `before` them."""

    documents: Sequence[str]
    since: datetime
    until: datetime
    source: str | None = None
    before: timedelta = timedelta(0)

    @property
    def start(self) -> datetime:
        """From when on items are looked at."""
        return self.since - min(self.before, self.since - FIRST)


@dataclass(frozen=True, slots=True)
class Looked:
    """How many items were looked at, and whether a document could not be read, of which people were told.

    `began` is from when on the archive is known, where that is before all items that were looked at.
    """

    items: int
    failed: bool = False
    began: datetime | None = None

    def end(self) -> None:
        """End the command with status 1 where a document could not be read."""
        if self.failed:
            raise typer.Exit(1)


def look_at(settings: Config, asked: Asked, take: Callable[[Past], None]) -> Looked:
    """Give every item to `take`, in the order in which they came; return how that went.

    Items of documents count as seen when they were news, those without a date now.
    """
    counting = _Counting(take, FIRST if asked.documents else asked.since)
    return _documents(settings, asked, counting) if asked.documents else _archive(settings, asked, counting)


@dataclass(slots=True)
class _Counting:
    """Passes items on, and counts those that were there from `since` on; the revisions of one are one."""

    take: Callable[[Past], None]
    since: datetime
    items: int = 0
    _last: str = ""

    def __call__(self, past: Past) -> None:
        """Take an item in."""
        if past.item.id != self._last:
            self.items += past.at >= self.since
        self._last = past.item.id
        self.take(past)


def _archive(settings: Config, asked: Asked, counting: _Counting) -> Looked:
    if asked.since >= asked.until:
        msg = f"--since {asked.since:%Y-%m-%d %H:%M} is not before --until {asked.until:%Y-%m-%d %H:%M}"
        raise typer.BadParameter(msg)
    with open_history(database_url(settings)) as history:
        for past in _shown(history, asked):
            counting(past)
        began = asked.start if history.count(FIRST, asked.start) else None
    return Looked(counting.items, began=began)


def _documents(settings: Config, asked: Asked, counting: _Counting) -> Looked:
    now = app.now()

    def write(_: Document, items: Sequence[Item]) -> None:
        for item in items:
            counting(Past(item, item.source or "", min(now, moment_of(item, now)), first=False))

    try:
        read_each(asked.documents, as_from(settings, asked.source, Document("", b"")), write)
    except typer.Exit:
        return Looked(counting.items, failed=True)
    return Looked(counting.items)


def _shown(history: History, asked: Asked) -> Iterable[Past]:
    """Return the items of the archive; on a terminal, show how far they are."""
    found = history.between(asked.start, asked.until)
    console = Console(stderr=True)
    if not console.is_terminal:
        return found
    total = history.count(asked.start, asked.until)
    return track(found, "looking back", total=total, console=console, transient=True)
