"""`monitor rules`: the tests beside rules, and the list of them."""

from pathlib import Path

import pytest

from tests.cli.running import records, run

ROOT = Path(__file__).parents[2]
CONFIG = """
sources: [{id: telex, path: in, tags: [wires]}]
channels: [{id: desk, kind: log}]
rules:
  - id: xi
    title: "[Exclusief] Xi :fire:"
    level: high
    sources: [wires]
    notify: [desk]
    all: [Xi, {place: Moskou}]
    tests:
      match: [Xi reist naar Moskou., Xi reist naar Parijs.]
      no_match: [Axios ligt in Moskou., {headline: Xi in Moskou, lead: Xi landt.}, {file: nowhere.txt}]
  - {id: sport, all: [voetbal], tests: {match: [Vandaag voetbal.]}}
  - {id: zonder, all: [Xi]}
"""


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "monitor.yaml"
    path.write_text(CONFIG)
    return path


def test_the_shipped_rules_pass():
    result = run("rules", "test", "--config", ROOT / "config")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith(": none failed\n")


def test_a_case_that_fails_is_explained_clause_by_clause(config):
    result = run("rules", "test", "--config", config)

    assert result.exit_code == 1
    *lines, title, fault = result.stdout.splitlines()
    assert lines == [
        "xi: match.1: Xi reist naar Parijs.",
        "  should match and does not",
        "  ✗ rule",
        "    ✓ sources: telex",
        "    ✗ all",
        "      ✓ Xi: body.0 `Xi`",
        "      ✗ place: Moskou",
        "xi: no_match.1: Xi in Moskou",
        "  should not match and does",
        "  ✓ rule",
        "    ✓ sources: telex",
        "    ✓ all",
        "      ✓ Xi: headline `Xi`, body.0 `Xi`",
        "      ✓ place: Moskou: headline `Moskou`",
    ]
    assert title.startswith("xi: no_match.2: /")
    assert fault == f"  {config.parent / 'nowhere.txt'}: No such file or directory"
    assert result.stderr == "6 cases of 3 rules: 3 failed\n"


def test_some_rules_can_be_tested_alone(config):
    result = run("rules", "test", "--config", config, "sport", "zonder")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 case of 2 rules: none failed\n"


def test_outcomes_are_records_where_that_is_asked(config):
    result = run("rules", "test", "--config", config, "--json")

    lines = records(result)
    assert result.exit_code == 1
    assert [(line["rule"], line["list"], line["index"], line["passed"]) for line in lines] == [
        ("xi", "match", 0, True),
        ("xi", "match", 1, False),
        ("xi", "no_match", 0, True),
        ("xi", "no_match", 1, False),
        ("xi", "no_match", 2, False),
        ("sport", "match", 0, True),
    ]
    assert lines[0]["spans"] == [
        {"field": "body.0", "start": 0, "end": 2, "text": "Xi"},
        {"field": "body.0", "start": 14, "end": 20, "text": "Moskou"},
    ]
    assert lines[4]["fault"] == f"{config.parent / 'nowhere.txt'}: No such file or directory"


def test_an_unknown_rule_is_wrong_usage(config):
    result = run("rules", "test", "--config", config, "sport", "tennis")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no rule tennis; there are: xi, sport, zonder" in " ".join(result.stderr.replace("│", " ").split())


def test_a_broken_configuration_is_told(tmp_path):
    assert run("rules", "test", "--config", tmp_path).exit_code == 2
    assert run("rules", "list", "--config", tmp_path).exit_code == 2


def test_the_list_shows_titles_as_they_are_written(config):
    result = run("rules", "list", "--config", config)

    assert result.exit_code == 0
    assert "[Exclusief] Xi :fire:" in result.stdout
    assert result.stderr == ""


def test_the_list_is_records_where_that_is_asked(config):
    assert records(run("rules", "list", "--config", config, "--json"))[0] == {
        "id": "xi",
        "title": "[Exclusief] Xi :fire:",
        "level": "high",
        "sources": ["telex"],
        "notify": ["desk"],
        "cases": 5,
    }
