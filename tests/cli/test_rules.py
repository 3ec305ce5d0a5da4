"""`monitor rules`: the tests beside rules, and the list of them."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from monitor import app
from monitor.load import load
from monitor.match.spelling.locked import write_lock
from monitor.match.spelling.spelled import Expansion
from monitor.model import Item, Paragraph, Polled, Seen, SourceState
from monitor.rules.expansion import lock_of
from monitor.store.schema import upgrade
from monitor.store.sql import open_store
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
    assert result.stderr.endswith(": none failed\n")  # And no clause that no case would miss.


def test_a_case_that_fails_is_explained_clause_by_clause(config):
    result = run("rules", "test", "--config", config)

    assert result.exit_code == 1
    *lines, title, fault = [line for line in result.stdout.splitlines() if not line.startswith("warning: ")]
    assert lines == [
        "xi: match.1: Xi reist naar Parijs.",
        "  should match and does not, by one clause",
        "  - all.1: place: Moskou",
        "xi: no_match.1: Xi in Moskou",
        "  should not match and does",
        "  + all.0: Xi",
        "  + all.1: place: Moskou",
        "      headline: Xi in Moskou",
        "                ^^    ^^^^^^",
        "      body.0: Xi landt.",
        "              ^^",
    ]
    assert title.startswith("xi: no_match.2: /")
    assert fault == f"  {config.parent / 'nowhere.txt'}: No such file or directory"
    assert result.stderr == "6 cases of 3 rules: 3 failed\n"


def test_a_clause_that_no_case_would_miss_is_a_warning_and_a_failure_where_that_is_asked(config):
    text = config.read_text().replace("{id: sport, all: [voetbal]", "{id: sport, all: [voetbal, {lang: nl}]")
    config.write_text(text)

    mild, strict = (run("rules", "test", "--config", config, "sport", *words) for words in ([], ["--strict"]))

    assert (mild.exit_code, strict.exit_code) == (0, 1)
    assert mild.stdout == strict.stdout
    assert mild.stdout.splitlines() == [
        "warning: sport: all.0: with `voetbal` left out, every case comes out the same; add a case that does not",
        "warning: sport: all.1: with `lang: nl` left out, every case comes out the same; add a case that does not",
    ]
    assert mild.stderr == "1 case of 1 rule: none failed; 2 clauses that no case would miss\n"


def test_warnings_are_records_too(config):
    config.write_text("rules: [{id: x, any: [gas, olie], tests: {match: [gas]}}]")

    *_, warning = records(run("rules", "test", "--config", config, "--json"))

    assert warning == {"rule": "x", "warning": "spared-clause", "path": "any.1", "clause": "olie", "change": "left out"}


def test_outcomes_are_written_for_junit_where_that_is_asked(config, tmp_path):
    result = run("rules", "test", "--config", config, "--junit", tmp_path / "out.xml")

    root = etree.parse(tmp_path / "out.xml").getroot()
    assert result.exit_code == 1
    assert [suite.get("name") for suite in root] == ["xi", "sport", "zonder"]
    assert [suite.get("failures") for suite in root] == ["2", "0", "0"]


def test_a_report_that_cannot_be_written_is_told(config, tmp_path):
    result = run("rules", "test", "--config", config, "--junit", tmp_path / "no" / "out.xml")

    assert result.exit_code == 1
    assert f"{tmp_path / 'no' / 'out.xml'}: No such file or directory" in result.stderr


def test_lint_says_what_check_warns_of(config):
    result = run("rules", "lint", "--config", config)

    assert result.exit_code == 0
    mend = "give it a case or two under `tests: {match: [], no_match: []}`"
    assert result.stdout == f"{config}:15:5: warning: `zonder` has no tests; {mend} [no-tests]\n"
    assert result.stderr == f"{config}: 1 warning\n"
    assert run("check", "--config", config).stdout == result.stdout


def test_lint_fails_on_warnings_where_that_is_asked_and_is_records(config):
    result = run("rules", "lint", "--config", config, "--strict", "--json")

    (warning,) = records(result)
    assert result.exit_code == 1
    assert {key: warning[key] for key in ("check", "rule", "line", "column")} == {
        "check": "no-tests",
        "rule": "zonder",
        "line": 15,
        "column": 5,
    }


def test_a_broken_lock_is_written_anew(config, tmp_path):
    (tmp_path / "rules.lock").write_bytes(b"\xbc{")

    result = run("rules", "lock", "--config", config)

    assert result.exit_code == 0
    assert run("check", "--config", config).exit_code == 0


def test_a_folder_in_the_place_of_the_lock_is_named(config, tmp_path):
    (tmp_path / "rules.lock").mkdir()

    check, lock = run("check", "--config", config), run("rules", "lock", "--config", config)

    assert (check.exit_code, lock.exit_code) == (2, 1)
    assert "rules.lock:1:1: cannot be read: Is a directory" in check.stdout
    assert lock.stderr.endswith("rules.lock: Is a directory\n")


def test_lint_says_what_is_not_as_the_lock_has_it(config, tmp_path):
    now = lock_of(load(config).rules, "1")
    old = replace(now, expansions={"place: Atlantis": Expansion(), **dict.fromkeys(now.expansions, Expansion())})
    said = []
    for text in (write_lock(now), write_lock(old), write_lock(replace(now, expansions={}))):
        (tmp_path / "rules.lock").write_text(text)
        lines = run("rules", "lint", "--config", config).stdout.splitlines()
        said.append([line.partition(": warning: ")[2] for line in lines if line.endswith("[lock]")])

    assert said[0] == []
    assert [line.split(" ")[:2] for line in said[1]] == [["`place:", "Atlantis`"], ["`place:", "Moskou`"]]
    assert "no rule says it" in said[1][0]
    assert "other spellings in this version" in said[1][1]
    assert "is not in rules.lock" in said[2][0]


def test_lint_tries_the_rules_on_a_folder_of_samples(config, tmp_path):
    folder = tmp_path / "samples"
    (folder / ".hidden").mkdir(parents=True)
    (folder / ".hidden" / "more.txt").write_text("Vandaag voetbal.\n")
    for at in range(100):
        (folder / f"{at}.txt").write_text(f"Vandaag voetbal: wedstrijd {at}.\n" if at < 10 else f"Weer bericht {at}.\n")

    result = run("rules", "lint", "--config", config, "--sample", folder)

    assert "`sport` matches 10 of 100 that it hears (10%)" in result.stdout


def test_lint_tries_the_rules_on_the_archive(config, tmp_path):
    url = f"sqlite:///{tmp_path}/monitor.db"
    config.write_text(f"service: {{database: '{url}'}}\n{CONFIG}")
    upgrade(url)
    asyncio.run(archived(url, ["Vandaag voetbal"] * 8 + ["Weer"] * 92))

    result = run("rules", "lint", "--config", config, "--archive", "--a-day", "7", "--share", "9")

    assert result.exit_code == 0
    assert "`sport` matches about 8 documents a day, 8 of 100 that it hears (8%)" in result.stdout


async def archived(url, texts):
    now = app.now() - timedelta(hours=1)
    items = [Item(id=str(at), source="web", body=(Paragraph(text),)) for at, text in enumerate(texts)]
    state = SourceState(id="web", due=now, started=True, polled=now)
    async with open_store(url) as store:
        await store.commit(Polled(state, tuple(Seen(item, (item.id,), item.id) for item in items)))


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--archive", "--sample", "."], "one of them"), (["--sample", "empty"], "there is no file in empty")],
)
def test_lint_wants_one_thing_to_try_the_rules_on(config, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()

    result = run("rules", "lint", "--config", config, *words)

    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_the_shipped_rules_are_nothing_to_warn_of():
    result = run("rules", "lint", "--strict", "--config", ROOT / "config")

    assert (result.exit_code, result.stdout) == (0, "")


def test_some_rules_can_be_tested_alone(config):
    result = run("rules", "test", "--config", config, "sport", "zonder")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 case of 2 rules: none failed\n"


def test_outcomes_are_records_where_that_is_asked(config):
    result = run("rules", "test", "--config", config, "--json")

    lines = records(result)
    assert result.exit_code == 1
    assert [(line["rule"], line["list"], line["index"], line["passed"]) for line in lines if "list" in line] == [
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
    assert [one["clause"] for one in lines[1]["failed_by"]] == ["place: Moskou"]
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
