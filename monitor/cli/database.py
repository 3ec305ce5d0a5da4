"""`monitor db …`: the tables, their integrity, a backup."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.asking import database_url
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import fail, put, tell
from monitor.store import schema

commands = typer.Typer(help="The database.", no_args_is_help=True)


@commands.command()
def upgrade(config: ConfigPath = CONFIG) -> None:
    """Bring the tables up to date; make the database where there is none."""
    tell(f"the tables are those of version {schema.upgrade(database_url(loaded(config)))}")


@commands.command()
def check(config: ConfigPath = CONFIG) -> None:
    """Check the database's integrity and its tables."""
    faults = schema.check(database_url(loaded(config)))
    for fault in faults:
        put(fault)
    if faults:
        fail(1, "the database is damaged; restore a backup, or let it be looked at")
    tell("the database is fine")


@commands.command()
def backup(
    path: Annotated[Path, typer.Argument(help="A file that does not exist yet.")], config: ConfigPath = CONFIG
) -> None:
    """Copy the database to a file, while the daemon goes on."""
    schema.backup(database_url(loaded(config)), path)
    tell(f"{path}: the whole database, as it was at this moment")
