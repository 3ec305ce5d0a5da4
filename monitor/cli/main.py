"""The program: every command under its name, and how it ends."""

import os
import platform
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer

from monitor import __version__
from monitor.cli.output import put, tell
from monitor.errors import ConfigError, MonitorError, StoreRefused

LIBRARIES = ("feedparser", "lxml", "pydantic", "regex", "babel", "lark", "sqlalchemy", "httpx")
"""The libraries whose versions decide what is read, matched, kept and sent."""

COMMANDS: Mapping[str, str] = {
    "run": "service:run",
    "demo": "demo:demo",
    "check": "configuration:check_command",
    "read": "read:read",
    "match": "match:match_command",
    "rules": "rules.commands:commands",
    "why": "archive:why",
    "sources": "sources:commands",
    "items": "archive:items",
    "alerts": "archive:alerts",
    "deliveries": "deliveries:deliveries",
    "channels": "deliveries:channels",
    "schema": "configuration:schema",
    "db": "database:commands",
}
"""Every command, or group of commands: its module in `monitor.cli`, and what it is there."""


def program(words: Sequence[str] = ()) -> typer.Typer:
    """Return the command line for such words: with the command that they name, or all if they name none.

    Only what is asked for is imported: reading a text need not wait a second for the libraries of the daemon.
    """
    cli = typer.Typer(
        name="monitor",
        help="Watches many news sources, matches what they bring against watch rules, and alerts with the reasons.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    cli.callback()(_options)
    named = [word for word in words if not word.startswith("-")][:1]
    for name in COMMANDS if not named or named[0] not in COMMANDS else named:
        module, _, attribute = COMMANDS[name].partition(":")
        command = getattr(import_module(f"monitor.cli.{module}"), attribute)
        if isinstance(command, typer.Typer):
            cli.add_typer(command, name=name)
        else:
            cli.command(name)(command)
    return cli


def _versions(*, asked: bool) -> None:
    if asked:
        libraries = "\n".join(f"{name} {version(name)}" for name in LIBRARIES)
        ours = f"monitor {__version__}\nPython {platform.python_version()}\nSQLite {sqlite3.sqlite_version}"
        put(f"{ours}\n{libraries}")
        raise typer.Exit


def _options(
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
        program(sys.argv[1:])()
    except (ConfigError, StoreRefused) as error:
        tell(str(error))
        sys.exit(2)
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
