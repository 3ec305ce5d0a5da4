"""What every command writes with: records and texts to standard output, words for people to standard error."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import track

from monitor.errors import ConfigError
from monitor.load import load
from monitor.settings import Config

ConfigPath = Annotated[
    Path, typer.Option("--config", "-c", envvar="MONITOR_CONFIG", help="A YAML file, or a folder of them.")
]
CONFIG = Path("config")

_PEOPLE = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def put(text: str, end: str = "\n") -> None:
    """Write a text to standard output, as UTF-8 whatever the locale, its line breaks untouched."""
    sys.stdout.buffer.write((text + end).encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def tell(text: str) -> None:
    """Say something to people."""
    _PEOPLE.print(text)


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


def loaded(path: Path) -> Config:
    """Return the configuration, or say what is wrong with it and end."""
    try:
        return load(path)
    except ConfigError as error:
        fail(2, str(error))
