"""`monitor sources …`: how they do, and what to do to them. It may run beside the daemon."""

from typing import Annotated

import typer

from monitor import app
from monitor.cli import discover, lists
from monitor.cli.asking import with_database
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, fail, moment, put, put_table, tell
from monitor.model import SourceState
from monitor.records import Record, write_record
from monitor.settings import Source
from monitor.store.admin import due_now, pause, resume, source_states

commands = typer.Typer(help="The sources, and how they do.", no_args_is_help=True)

commands.command("discover")(discover.discover_sources)
commands.command("add")(discover.add_source)
commands.command("import")(lists.import_list)
commands.command("export")(lists.export_list)

Name = Annotated[str, typer.Argument(metavar="ID", help="The id of a source.")]


@commands.command("list")
def list_sources(config: ConfigPath = CONFIG, json: Json = False) -> None:
    """List the sources with their health."""
    settings = loaded(config)
    states = {state.id: state for state in with_database(settings, source_states)}
    if json:
        for source in settings.sources:
            put(write_record(_record(source, states.get(source.id))))
        return
    rows = []
    for source in settings.sources:
        state = states.get(source.id)
        polled = moment(state.polled) if state and state.polled else ""
        due = moment(state.due) if state and not state.paused else ""
        rows.append((source.id, _health(source, state), polled, due, (state.error if state else None) or ""))
    put_table(("source", "health", "polled", "next", "error"), rows)


@commands.command("poll")
def poll_source(name: Name, config: ConfigPath = CONFIG) -> None:
    """Poll a source as soon as the daemon looks, whenever it was due."""
    if not with_database(loaded(config), lambda database: due_now(database, name, app.now())):
        fail(1, _nowhere(name))
    tell(f"{name} is due now")


@commands.command("pause")
def pause_source(name: Name, config: ConfigPath = CONFIG) -> None:
    """Poll a source no more, until `resume`."""
    if not with_database(loaded(config), lambda database: pause(database, name)):
        fail(1, _nowhere(name))
    tell(f"{name} is paused")


@commands.command("resume")
def resume_source(name: Name, config: ConfigPath = CONFIG) -> None:
    """Poll a source again that was paused."""
    if not with_database(loaded(config), lambda database: resume(database, name)):
        fail(1, _nowhere(name))
    tell(f"{name} is polled again")


def _nowhere(name: str) -> str:
    return f"there is no source {name} that the daemon knows; `monitor sources list` lists them"


def _health(source: Source, state: SourceState | None) -> str:
    if not source.enabled:
        return "not enabled"
    if state is None or state.polled is None:
        return "not polled yet"
    if state.paused:
        return "paused"
    return f"failed {state.failures}×" if state.failures else "fine"


def _record(source: Source, state: SourceState | None) -> Record:
    """Return a source as JSON: no address that may be a secret, no validators."""
    shown: Record = {"id": source.id, "name": source.name or source.id, "health": _health(source, state)}
    if state is None:
        return shown
    times = {name: getattr(state, name) for name in ("polled", "succeeded", "due")}
    told = {name: time.isoformat() if time else None for name, time in times.items()}
    return {**shown, **told, "failures": state.failures, "error": state.error, "paused": state.paused}
