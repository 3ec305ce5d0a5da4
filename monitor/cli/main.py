"""The program: every command under its name, and how it ends."""

import os
import platform
import sqlite3
import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer

from monitor import __version__
from monitor.cli import archive, configuration, database, deliveries, documents, rules, service, sources
from monitor.cli.output import put, tell
from monitor.errors import MonitorError

LIBRARIES = ("feedparser", "lxml", "pydantic", "regex", "babel", "lark")
"""The libraries whose versions decide what is read and matched."""

cli = typer.Typer(
    name="monitor",
    help="Watches many news sources, matches what they bring against watch rules, and sends alerts with their reasons.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
cli.command("run")(service.run)
cli.command("check")(configuration.check_command)
cli.command("schema")(configuration.schema)
cli.command("read")(documents.read)
cli.command("match")(documents.match_command)
cli.command("why")(archive.why)
cli.add_typer(rules.commands, name="rules")
cli.add_typer(sources.commands, name="sources")
cli.add_typer(archive.items, name="items")
cli.add_typer(archive.alerts, name="alerts")
cli.add_typer(deliveries.deliveries, name="deliveries")
cli.add_typer(deliveries.channels, name="channels")
cli.add_typer(database.commands, name="db")


def _versions(*, asked: bool) -> None:
    if asked:
        libraries = "\n".join(f"{name} {version(name)}" for name in LIBRARIES)
        ours = f"monitor {__version__}\nPython {platform.python_version()}\nSQLite {sqlite3.sqlite_version}"
        put(f"{ours}\n{libraries}")
        raise typer.Exit


@cli.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda asked: _versions(asked=asked), is_eager=True, help="Show versions and exit."
        ),
    ] = False,
) -> None:
    """Take what stands before a command."""


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli()
    except MonitorError as error:
        tell(str(error))
        sys.exit(1)
    except BrokenPipeError:
        _hang_up()
    except BaseExceptionGroup as group:
        if group.split(BrokenPipeError)[1]:
            raise
        _hang_up()


def _hang_up() -> NoReturn:
    """End: whoever read our output has had enough."""
    # Without this, Python would say so once more when it closes the pipe.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)
