"""What every command writes with: records and texts to standard output, words for people to standard error."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from monitor.errors import ConfigError
from monitor.load import load, service_alone
from monitor.settings import Config, Service
from monitor.store.database import Database, open_database

ConfigPath = Annotated[
    Path, typer.Option("--config", "-c", envvar="MONITOR_CONFIG", help="A YAML file, or a folder of them.")
]
CONFIG = Path("config")

_PEOPLE = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


Json = Annotated[bool, typer.Option("--json", help="Write a line of JSON each.")]
Most = Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")]

_WIDEST = 2_000
_Answer = TypeVar("_Answer")


def put(text: str, end: str = "\n") -> None:
    """Write a text to standard output, as UTF-8 whatever the locale, its line breaks untouched."""
    sys.stdout.buffer.write((text + end).encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def tell(text: str) -> None:
    """Say something to people."""
    _PEOPLE.print(text)


def put_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table to standard output, as wide as it needs to be where that is no terminal."""
    table = Table(*heads, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*map(escape, row))
    Console(highlight=False, width=None if sys.stdout.isatty() else _WIDEST).print(table)


def moment(time: datetime) -> str:
    """Return a time as people read it: in UTC, to the second."""
    return time.strftime("%Y-%m-%d %H:%M:%SZ")


def fail(status: int, text: str) -> NoReturn:
    """Say what went wrong, and end with an exit status."""
    tell(text)
    raise typer.Exit(status)


def counted(number: int, noun: str) -> str:
    """Return `1 case`, `2 cases`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def with_progress(names: Sequence[str], doing: str) -> Iterable[str]:
    """Return the names; on a terminal, show how far they are."""
    return track(names, doing, console=_PEOPLE, transient=True) if _PEOPLE.is_terminal and len(names) > 1 else names


def service() -> Service:
    """Return the service's settings by the environment, or say what is wrong with it and end."""
    try:
        return service_alone()
    except ConfigError as error:
        fail(2, str(error))


def loaded(path: Path) -> Config:
    """Return the configuration, or say what is wrong with it and end."""
    try:
        return load(path)
    except ConfigError as error:
        fail(2, str(error))


def database_url(config: Config) -> str:
    """Return the URL of the configuration's database."""
    return config.service.database.get_secret_value()


def with_database(config: Config, ask: Callable[[Database], Coroutine[None, None, _Answer]]) -> _Answer:
    """Return what the configuration's database answers to `ask`."""

    async def answered() -> _Answer:
        async with open_database(database_url(config)) as database:
            return await ask(database)

    return asyncio.run(answered())
