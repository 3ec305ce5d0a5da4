"""`monitor check` and `monitor schema`."""

from typing import Annotated, Literal

import typer

from monitor.cli.configured import CONFIG, ConfigPath
from monitor.cli.output import counted, fail, put, tell
from monitor.config_schema import config_schema
from monitor.errors import ConfigError
from monitor.load import check
from monitor.records import item_schema, message_schema, write_record
from monitor.rules.lint import lint_rule


def check_command(
    config: ConfigPath = CONFIG,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
) -> None:
    """Validate everything; print every problem as file:line:column: message."""
    try:
        _, warnings = check(config, lint_rule)
    except ConfigError as error:
        put(str(error))
        fail(2, f"{config}: {counted(len(error.problems), 'problem')}")
    for warning in warnings:
        put(f"{warning.file}:{warning.line}:{warning.column}: warning: {warning.message}")
    tell(f"{config}: fine" + (f", with {counted(len(warnings), 'warning')}" if warnings else ""))
    if strict and warnings:
        raise typer.Exit(2)


def schema(of: Annotated[Literal["config", "item", "alert"], typer.Argument(help="What to describe.")]) -> None:
    """Print the JSON Schema of the configuration, of an item, or of an alert (the body of a webhook)."""
    put(write_record({"config": config_schema, "item": item_schema, "alert": message_schema}[of]()))
