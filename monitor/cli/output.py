"""What every command writes with: records and texts to standard output, words for people to standard error."""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

_PEOPLE = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


Json = Annotated[bool, typer.Option("--json", help="Write a line of JSON each.")]
Most = Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")]

_WIDEST = 2_000
"""Columns of a table that no terminal bounds."""


def put(text: str, end: str = "\n") -> None:
    """Write a text to standard output, as UTF-8 whatever the locale, its line breaks untouched."""
    try:
        sys.stdout.buffer.write((text + end).encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:  # The disk is full, say; Python would try it once more as it ends, and trace it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        tell(f"standard output: {error.strerror}")
        sys.exit(1)


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
