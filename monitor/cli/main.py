"""The program: every command under its name, and how it ends."""

import os
import platform
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from monitor import __version__
from monitor.cli import configuration, documents, rules, service
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
cli.add_typer(rules.commands, name="rules")


def _versions(*, asked: bool) -> None:
    if asked:
        libraries = "\n".join(f"{name} {version(name)}" for name in LIBRARIES)
        put(f"monitor {__version__}\nPython {platform.python_version()}\n{libraries}")
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
    try:
        cli()
    except MonitorError as error:
        tell(str(error))
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output has had enough. Without this, Python would say so once more when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
