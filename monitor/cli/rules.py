"""`monitor rules …`: test and list the watch rules."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from monitor import app
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.files import with_body
from monitor.cli.output import Json, counted, put, tell
from monitor.errors import DocumentError
from monitor.model import Document, Item, Verdict
from monitor.parse.detect import read_document
from monitor.records import Record, spans_record, write_record
from monitor.rules.test import Outcome, run_tests
from monitor.settings import Config

commands = typer.Typer(help="Test and list the watch rules.", no_args_is_help=True)


@commands.command()
def test(
    names: Annotated[list[str] | None, typer.Argument(metavar="[RULE]…", help="Ids of rules; default all.")] = None,
    config: ConfigPath = CONFIG,
    json: Json = False,
) -> None:
    """Run the tests that stand beside the rules."""
    settings = loaded(config)
    outcomes = _outcomes(settings, names or [])
    for outcome in outcomes:
        if json:
            put(write_record(_record(outcome)))
        elif not outcome.passed:
            put(_failure(outcome))
    failed = sum(not outcome.passed for outcome in outcomes)
    tested = counted(len({*names} if names else settings.rules), "rule")
    tell(f"{counted(len(outcomes), 'case')} of {tested}: {failed or 'none'} failed")
    if failed:
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


def _outcomes(settings: Config, names: Sequence[str]) -> list[Outcome]:
    there = [rule.id for rule in settings.rules]
    if unknown := [name for name in names if name not in there]:
        msg = f"there is no rule {', '.join(unknown)}; there are: {', '.join(there) or 'none'}"
        raise typer.BadParameter(msg)
    return [
        outcome
        for rule in settings.rules
        if not names or rule.id in names
        for outcome in run_tests(rule, settings.tests[rule.id], _items_in, app.now(), settings.service.language)
    ]


def _items_in(path: str) -> Sequence[Item]:
    """Return the items in a file that a case names: the operator's own, so read in this process."""
    try:
        return read_document(with_body(Document(path, b""))).items
    except DocumentError as error:
        msg = f"{path}: {error}"
        raise DocumentError(msg) from None


def _name(outcome: Outcome) -> str:
    return f"{outcome.rule}: {'match' if outcome.wanted else 'no_match'}.{outcome.index}"


def _record(outcome: Outcome) -> Record:
    return {
        "rule": outcome.rule,
        "list": "match" if outcome.wanted else "no_match",
        "index": outcome.index,
        "title": outcome.title,
        "passed": outcome.passed,
        "fault": outcome.fault,
        "spans": [span for match in outcome.matches for span in spans_record(match.spans)],
    }


def _failure(outcome: Outcome) -> str:
    """Return what came out otherwise than wanted, and each clause's verdict that made it so."""
    if outcome.fault:
        return f"{_name(outcome)}: {outcome.title}\n  {outcome.fault}"
    wanted = "should match and does not" if outcome.wanted else "should not match and does"
    verdicts = [line for match in outcome.matches for line in _lines(match.verdict, 1)]
    return "\n".join([f"{_name(outcome)}: {outcome.title}", f"  {wanted}", *verdicts])


def _lines(verdict: Verdict, depth: int) -> list[str]:
    found = ", ".join(f"{span.field} `{span.text}`" for span in verdict.spans) if not verdict.clauses else ""
    line = f"{'  ' * depth}{'✓' if verdict.holds else '✗'} {verdict.clause}" + (f": {found}" if found else "")
    return [line, *(inner for clause in verdict.clauses for inner in _lines(clause, depth + 1))]
