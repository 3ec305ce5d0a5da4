"""`monitor check` and `monitor schema`."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from tests.cli.running import records, run

ROOT = Path(__file__).parents[2]
WARNED = "rules:\n  - {id: x, none: [Xi]}\n"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write a configuration of one file; return its path."""
    for name in os.environ:
        if name.startswith("MONITOR_"):
            monkeypatch.delenv(name)

    def write(text):
        path = tmp_path / "monitor.yaml"
        path.write_text(text)
        return path

    return write


def test_what_is_fine_is_said_to_people_only():
    result = run("check", "--config", ROOT / "config")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{ROOT / 'config'}: fine\n"


def test_every_problem_is_a_line_with_its_place(written):
    path = written("service: {langauge: nl}\nrules: [{id: X, all: [Xi]}, {id: y, all: [{palce: Moskou}]}]\n")

    result = run("check", "--config", path)

    assert result.exit_code == 2
    assert result.stdout.splitlines() == [
        f"{path}:1:11: unknown key `langauge`; did you mean `language`?",
        f"{path}:2:14: `id` wants lower-case letters, digits and hyphens, such as xi-moskou",
        f"{path}:2:44: unknown key `palce`; did you mean `place`?",
    ]
    assert result.stderr == f"{path}: 3 problems\n"


@pytest.mark.parametrize(("words", "status"), [([], 0), (["--strict"], 2)])
def test_warnings_fail_only_where_that_is_asked(written, words, status):
    path = written(WARNED)

    result = run("check", "--config", path, *words)

    assert result.exit_code == status
    assert all(line.startswith(f"{path}:2:5: warning: `x` ") for line in result.stdout.splitlines())
    assert result.stderr == f"{path}: fine, with 2 warnings\n"


def test_strict_is_content_with_what_has_no_warnings():
    assert run("check", "--strict", "--config", ROOT / "config").exit_code == 0


@pytest.mark.parametrize(("name", "message"), [("nowhere", "No such file or directory"), ("", "there is no *.yaml")])
def test_a_configuration_that_is_not_there_is_a_problem(tmp_path, name, message):
    result = run("check", "--config", tmp_path / name)

    assert result.exit_code == 2
    assert message in result.stdout


def test_a_text_with_square_brackets_and_colons_is_told_as_it_stands(written):
    path = written("channels: [{id: a, kind: log, '[red]x[/red] :fire:': 1}]")

    assert "unknown key `[red]x[/red] :fire:`" in run("check", "--config", path).stdout


@pytest.mark.parametrize("of", ["config", "item", "alert"])
def test_a_schema_is_one_line_of_json(of):
    result = run("schema", of)

    (schema,) = records(result)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["$schema"].endswith("2020-12/schema")


def test_a_schema_of_something_else_is_wrong_usage():
    assert run("schema", "story").exit_code == 2
