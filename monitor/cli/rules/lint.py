"""`monitor rules lint`: what rules should be warned of."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, counted, put, tell
from monitor.cli.rules.past import Asked, Looked, Since, files_in, look_at
from monitor.cli.warnings import warning_line, warning_record, warnings_of
from monitor.records import write_record
from monitor.rules.backtest import replay_of
from monitor.rules.places import placed
from monitor.rules.selectivity import Limits, Selectivity


def lint(
    config: ConfigPath = CONFIG,
    archive: Annotated[bool, typer.Option("--archive", help="Try the rules on the archive, too.")] = False,
    since: Since = "30d",  # type: ignore[assignment]  # Typer reads it
    sample: Annotated[
        list[Path] | None, typer.Option("--sample", metavar="PATH", help="Try them on this file or folder, too.")
    ] = None,
    a_day: Annotated[float, typer.Option("--a-day", help="Warn of rules that match more documents a day.")] = 50,
    share: Annotated[float, typer.Option("--share", help="Warn of rules that match more of all, in %.")] = 5,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings.")] = False,
    json: Json = False,
) -> None:
    """Say what the rules should be warned of."""
    settings = loaded(config)
    warnings = [*warnings_of(settings, config)]
    looked = Looked(0)
    if archive or sample:
        documents = _samples(sample or (), archive=archive)
        found = Selectivity(replay_of(settings, settings.rules, apart=bool(documents)), settings.rules)
        asked = Asked(documents, since, app.now())
        looked = look_at(settings, asked, found.look)
        span = None if documents else asked.until - max(since, found.first or since)
        warnings += found.warnings(span, Limits(a_day, share / 100))
    warned = placed(warnings, settings, config)
    for warning, problem in warned:
        put(write_record(warning_record(warning, problem)) if json else warning_line(warning, problem))
    tell(f"{config}: {counted(len(warned), 'warning') if warned else 'nothing to warn of'}")
    looked.end()
    if strict and warned:
        raise typer.Exit(1)


def _samples(paths: Sequence[Path], *, archive: bool) -> list[str]:
    """Return the files of samples, none if the archive is asked for; both, or no file at all, is wrong usage."""
    documents = files_in(paths)
    if archive and paths:
        msg = "--archive and --sample: the rules are tried on one of them"
        raise typer.BadParameter(msg)
    if paths and not documents:
        msg = f"there is no file in {', '.join(map(str, paths))}"
        raise typer.BadParameter(msg)
    return documents
