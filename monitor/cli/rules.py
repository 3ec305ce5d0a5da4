"""`monitor rules …`: test and list the watch rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from monitor import app
from monitor.cli.backtest import backtest
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.expansion import expand, lock
from monitor.cli.files import with_body
from monitor.cli.output import Json, counted, fail, put, tell
from monitor.cli.past import Asked, Looked, Since, files_in, look_at
from monitor.cli.rules_diff import diff
from monitor.cli.rules_import import import_command
from monitor.cli.rules_operators import operators
from monitor.cli.warnings import warning_line, warning_record, warnings_of
from monitor.errors import DocumentError
from monitor.match.rule import Rule
from monitor.model import Document, Item
from monitor.parse.detect import read_document
from monitor.records import Record, write_record
from monitor.rules import report
from monitor.rules.backtest import replay_of
from monitor.rules.killing import Case, Mutant, survivors
from monitor.rules.places import placed
from monitor.rules.publishers import publishers_of
from monitor.rules.report import failure, outcome_record, spared
from monitor.rules.selectivity import Limits, Selectivity
from monitor.rules.test import Outcome, run_tests
from monitor.settings import Config

commands = typer.Typer(help="Test and list the watch rules.", no_args_is_help=True)

commands.command()(backtest)
commands.command()(diff)
commands.command()(expand)
commands.command("import")(import_command)
commands.command()(lock)
commands.command()(operators)


@commands.command()
def test(
    names: Annotated[list[str] | None, typer.Argument(metavar="[RULE]…", help="Ids of rules; default all.")] = None,
    config: ConfigPath = CONFIG,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on clauses that no case notices, too.")] = False,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit's XML there too.")] = None,
    json: Json = False,
) -> None:
    """Run the tests that stand beside the rules, and say which clauses no case would miss."""
    settings = loaded(config)
    rules = chosen(settings, names or [])
    outcomes: list[Outcome] = []
    spared_by: list[tuple[Rule, Mutant]] = []
    language, publishers = settings.service.language, publishers_of(settings)
    for rule in rules:
        of_rule = run_tests(rule, settings.tests[rule.id], _items_in, app.now(), language, publishers)
        outcomes += of_rule
        spared_by += [(rule, mutant) for mutant in _spared(rule, of_rule)]
        _put_outcomes(rule, of_rule, json=json)
    for rule, mutant in spared_by:
        warning: Record = {"rule": rule.id, "warning": "spared-clause", "path": mutant.path, "clause": mutant.words}
        put(write_record({**warning, "change": mutant.told}) if json else f"warning: {spared(rule, mutant)}")
    if junit:
        _write(junit, report.junit(outcomes, rules, spared_by))
    failed = sum(not outcome.passed for outcome in outcomes)
    unnoticed = f"; {counted(len(spared_by), 'clause')} that no case would miss" if spared_by else ""
    tell(f"{counted(len(outcomes), 'case')} of {counted(len(rules), 'rule')}: {failed or 'none'} failed{unnoticed}")
    if failed or (strict and spared_by):
        raise typer.Exit(1)


@commands.command("lint")
def lint_command(
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


@commands.command("list")
def list_command(config: ConfigPath = CONFIG, json: Json = False) -> None:
    """List the rules: what they are called, where they listen, whom they tell."""
    settings = loaded(config)
    table = Table("rule", "level", "title", "sources", "notify", "cases", box=None, pad_edge=False)
    for rule in settings.rules:
        tests = settings.tests[rule.id]
        cases, sources = len(tests.match) + len(tests.no_match), sorted(rule.sources or ())
        if json:
            record: Record = {"id": rule.id, "title": rule.title, "level": rule.level, "sources": sources}
            put(write_record({**record, "notify": list(rule.notify), "cases": cases}))
        else:
            listened = ", ".join(sources) or "all"
            table.add_row(rule.id, rule.level, rule.title, listened, ", ".join(rule.notify), str(cases))
    if not json:
        Console(highlight=False, markup=False, emoji=False).print(table)


def chosen(settings: Config, names: Sequence[str]) -> list[Rule]:
    """Return the rules of these ids, all if there are none; another id is wrong usage."""
    there = [rule.id for rule in settings.rules]
    if unknown := [name for name in names if name not in there]:
        msg = f"there is no rule {', '.join(unknown)}; there are: {', '.join(there) or 'none'}"
        raise typer.BadParameter(msg)
    return [rule for rule in settings.rules if not names or rule.id in names]


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


def _put_outcomes(rule: Rule, outcomes: Sequence[Outcome], *, json: bool) -> None:
    for outcome in outcomes:
        if json:
            put(write_record(outcome_record(rule, outcome)))
        elif not outcome.passed:
            put("\n".join(failure(rule, outcome)))


def _spared(rule: Rule, outcomes: Sequence[Outcome]) -> Sequence[Mutant]:
    """Return what no case of a rule would miss; nothing of one that has no cases, or one that fails."""
    if not outcomes or not all(outcome.passed for outcome in outcomes):
        return ()
    found = survivors(rule, [Case(outcome.views, outcome.wanted) for outcome in outcomes])
    if found.left:
        tell(f"{rule.id}: {found.tried} changes to the rule were tried, {found.left} more were not")
    return found.survivors


def _write(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        fail(1, f"{path}: {error.strerror}")


def _items_in(path: str) -> Sequence[Item]:
    """Return the items in a file that a case names: the operator's own, so read in this process."""
    try:
        return read_document(with_body(Document(path, b""))).items
    except DocumentError as error:
        msg = f"{path}: {error}"
        raise DocumentError(msg) from None
