"""`monitor check` and `monitor schema`."""

from typing import Annotated, Literal

import typer

from monitor.cli.configured import CONFIG, ConfigPath
from monitor.cli.output import counted, fail, put, tell
from monitor.cli.warnings import warning_line, warnings_of
from monitor.config_schema import config_schema
from monitor.errors import ConfigError
from monitor.load import load
from monitor.records import item_schema, message_schema, write_record
from monitor.rules.places import placed


def check_command(
    config: ConfigPath = CONFIG,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
) -> None:
    """Validate everything; print every problem as file:line:column: message."""
    try:
        settings = load(config)
    except ConfigError as error:
        put(str(error))
        fail(2, f"{config}: {counted(len(error.problems), 'problem')}")
    warnings = placed(warnings_of(settings, config), settings, config)
    for warning, problem in warnings:
        put(warning_line(warning, problem))
    tell(f"{config}: fine" + (f", with {counted(len(warnings), 'warning')}" if warnings else ""))
    if strict and warnings:
        raise typer.Exit(2)


def schema(of: Annotated[Literal["config", "item", "alert"], typer.Argument(help="What to describe.")]) -> None:
    """Print the JSON Schema of the configuration, of an item, or of an alert (the body of a webhook)."""
    put(write_record({"config": config_schema, "item": item_schema, "alert": message_schema}[of]()))
