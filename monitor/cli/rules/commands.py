"""The commands under `monitor rules`, and the one that lists the rules."""

import typer
from rich.console import Console
from rich.table import Table

from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, put
from monitor.cli.rules.backtest import backtest
from monitor.cli.rules.diff import diff
from monitor.cli.rules.expansion import expand, lock
from monitor.cli.rules.importing import import_command
from monitor.cli.rules.lint import lint
from monitor.cli.rules.operators import operators
from monitor.cli.rules.test import test
from monitor.records import Record, write_record

commands = typer.Typer(help="Test and list the watch rules.", no_args_is_help=True)

for each in (test, lint, backtest, diff, expand, lock, operators):
    commands.command()(each)
commands.command("import")(import_command)


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
