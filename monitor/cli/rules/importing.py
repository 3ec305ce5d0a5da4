"""`monitor rules import`: queries that people have elsewhere, as rules."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.output import counted, fail, put, tell
from monitor.errors import ConfigError
from monitor.rules.importing.dialects import DIALECTS, dialect_of, import_rules

Dialect = StrEnum("Dialect", {key.upper().replace("-", "_"): key for key in DIALECTS})  # type: ignore[misc] # from a table

_HELD_BACK = 2


def import_command(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A file of queries; - reads standard input.")],
    origin: Annotated[
        Dialect | None, typer.Option("--from", help="Whose queries they are; by default what they show themselves.")
    ] = None,
    rule_id: Annotated[
        str | None,
        typer.Option("--id", help="The rule's id; several are numbered. Default: the first words of each query."),
    ] = None,
    title: Annotated[str | None, typer.Option(help="The rule's title. Default: the query.")] = None,
) -> None:
    """Make rules of queries that you have elsewhere: YAML on standard output, what changes meaning on standard error.

    Google Alerts, FreshRSS: a query a line. Meltwater, Brandwatch, Talkwalker: one query a file. Miniflux: the rules of
    a feed or of a user.
    """
    name, body = _read(file)
    try:
        dialect = origin.value if origin else dialect_of(name, body)
    except ValueError as error:
        msg = f"whose query is this? {error}; say --from {'|'.join(DIALECTS)}"
        raise typer.BadParameter(msg) from None
    try:
        imported = import_rules(name, body, dialect, rule_id, title)
    except ConfigError as error:
        tell(str(error))
        fail(_HELD_BACK, f"{name}: nothing is imported: {counted(len(error.problems), 'problem')}")
    for warning in imported.warnings:
        tell(f"{warning.file}:{warning.line}:{warning.column}: warning: {warning.message}")
    put(imported.yaml, end="")


def _read(file: str) -> tuple[str, bytes]:
    """Return the name and the bytes of what is to be read."""
    if file == "-":
        return "stdin", sys.stdin.buffer.read()
    try:
        return file, Path(file).read_bytes()
    except OSError as error:
        fail(1, f"{file}: {error.strerror}")
