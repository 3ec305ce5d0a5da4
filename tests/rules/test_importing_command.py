"""`monitor rules import`."""

import pytest
import typer
from typer.testing import CliRunner

from monitor.cli.rules.importing import import_command
from tests.rules.test_importing import rules_of


def run(*words, stdin=None):
    cli = typer.Typer()
    cli.command()(import_command)
    return CliRunner().invoke(cli, [*map(str, words)], input=stdin)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "query.txt"
    path.write_text("Xi AND\n(Moskou NEAR Kremlin) AND country:ru\n", encoding="utf-8")
    return path


def test_rules_go_to_standard_output_and_warnings_to_standard_error(file):
    told = run(file)

    assert told.exit_code == 0
    assert rules_of(told.stdout) == [
        {
            "id": "xi-and-moskou-near-kremlin-and-country",
            "title": "Xi AND (Moskou NEAR Kremlin) AND country:ru",
            "all": ["Xi", {"near": ["Moskou", "Kremlin"], "within": "5"}],
        }
    ]
    assert told.stderr.splitlines() == [
        f"{file}:2:9: warning: words near each other must stand in one paragraph here",
        f"{file}:2:27: warning: `country:ru` has no equal here and is left out: the rule finds more",
    ]


def test_queries_are_read_from_standard_input_too():
    told = run("-", "--from", "google-alerts", "--id", "xi", "--title", "Xi", stdin='"Xi"\n"Wang Yi"\n')

    assert [rule["id"] for rule in rules_of(told.stdout)] == ["xi", "xi-2"]
    assert told.stderr == ""


def test_nothing_is_imported_of_a_file_with_a_fault():
    told = run("-", "--from", "google-alerts", stdin='"Xi"\n"Wang Yi" OR\n')

    assert told.exit_code == 2
    assert told.stdout == ""
    assert told.stderr.splitlines() == [
        "stdin:2:13: a term is missing behind `OR`",
        "stdin: nothing is imported: 1 problem",
    ]


def test_a_dialect_that_cannot_be_told_is_asked_for():
    told = run("-", stdin="Xi AND Moskou")

    assert told.exit_code == 2
    assert "nothing in it is of one dialect alone" in " ".join(told.stderr.split()).replace("│ ", "")


def test_a_file_that_is_not_there_is_told(tmp_path):
    told = run(tmp_path / "none.txt", "--from", "meltwater")

    assert told.exit_code == 1
    assert told.stderr == f"{tmp_path / 'none.txt'}: No such file or directory\n"
