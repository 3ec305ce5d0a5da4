"""`monitor rules test`: run the tests that stand beside rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.files import with_body
from monitor.cli.output import Json, counted, fail, put, tell
from monitor.cli.rules.chosen import chosen
from monitor.errors import DocumentError
from monitor.match.rule import Rule
from monitor.model import Document, Item
from monitor.parse.detect import read_document
from monitor.records import Record, write_record
from monitor.rules import report
from monitor.rules.killing import Case, Mutant, survivors
from monitor.rules.publishers import publishers_of
from monitor.rules.report import failure, outcome_record, spared
from monitor.rules.test import Outcome, run_tests


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
