"""The configuration, for the commands that want one: read, or told what is wrong with it."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.output import fail
from monitor.errors import ConfigError
from monitor.load import load, service_alone
from monitor.settings import Config, Service

ConfigPath = Annotated[
    Path, typer.Option("--config", "-c", envvar="MONITOR_CONFIG", help="A YAML file, or a folder of them.")
]
CONFIG = Path("config")


def service() -> Service:
    """Return the service's settings by the environment, or say what is wrong with it and end."""
    try:
        return service_alone()
    except ConfigError as error:
        fail(2, str(error))


def loaded(path: Path, *, pinned: bool = True) -> Config:
    """Return the configuration, or say what is wrong with it and end; not `pinned`: without its lock."""
    try:
        return load(path, pinned=pinned)
    except ConfigError as error:
        fail(2, str(error))
