"""`monitor match`: the rules over documents."""

from pathlib import Path

import pytest

from tests.cli.running import records, run

CONFIG = """
service: {language: nl}
sources:
  - {id: web, url: https://example.org/feed.xml}
  - {id: telex, path: in, language: nl-BE}
  - {id: partner, path: out}
rules:
  - {id: xi, all: [Xi, {place: Moskou}]}
  - {id: sport, all: [voetbal]}
  - {id: vlaams, all: [Xi, {lang: nl-BE}], sources: [telex]}
  - {id: vers, all: [Xi, {age: {max: 1h}}]}
  - {id: uit, enabled: false, all: [Xi]}
"""
WIRE = "Xi komt naar Moskou\nMOSKOU (ANP) - Het vliegtuig van Xi Jinping is geland.\n"


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "monitor.yaml"
    path.write_text(CONFIG)
    return path


@pytest.fixture
def wire(tmp_path):
    path = tmp_path / "wire.txt"
    path.write_text(WIRE)
    return path


def test_a_match_is_a_line_with_the_rule_the_document_the_item_and_the_spans(config, wire):
    result = run("match", "--config", config, wire)

    first, second = records(result)
    (item,) = records(run("match", "--config", config, "--items", wire))[:1]
    assert result.exit_code == 0
    assert first == {"rule": "xi", "document": str(wire), "item": item["item"]["id"], "spans": first["spans"]}
    assert second["rule"] == "vlaams"
    assert {"field": "headline", "start": 0, "end": 2, "text": "Xi"} in first["spans"]
    assert all(span["text"] for span in first["spans"])
    assert item["item"]["headline"] == "Xi komt naar Moskou"
    assert item["item"]["source"] == "telex"


def test_a_document_is_read_as_from_the_source_that_is_named(config, wire):
    telex, partner = (
        records(run("match", "--config", config, "--items", *source, wire)) for source in ([], ["--source", "partner"])
    )

    assert [line["rule"] for line in telex] == ["xi", "vlaams"]
    assert [line["rule"] for line in partner] == ["xi"]
    assert partner[0]["item"]["source"] == "partner"
    assert partner[0]["item"]["language"] == "nl"


def test_ages_are_those_at_the_time_that_is_given(config, tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(
        '<rss version="2.0"><channel><item><title>Xi spreekt</title>'
        "<pubDate>Thu, 05 Feb 2026 10:00:00 GMT</pubDate></item></channel></rss>"
    )

    rules = [
        [line["rule"] for line in records(run("match", "--config", config, "--fetched", time, "--source", "web", path))]
        for time in ("2026-02-05T10:59:00Z", "2026-02-05T11:01:00Z")
    ]

    assert rules == [["vers"], []]


def test_explain_shows_every_clause_of_every_rule_also_without_a_match(config, tmp_path):
    path = tmp_path / "wire.txt"
    path.write_text("Axios opent kantoor\nDEN HAAG (ANP) - De krant opent een kantoor.\n")

    result = run("match", "--config", config, "--explain", path)

    lines = records(result)
    assert result.exit_code == 0
    assert [(line["rule"], line["matched"]) for line in lines] == [
        ("xi", False),
        ("sport", False),
        ("vlaams", False),
        ("vers", False),
    ]
    verdict = lines[0]["explain"]
    assert (verdict["clause"], verdict["holds"]) == ("all", False)
    assert [(clause["clause"], clause["holds"]) for clause in verdict["clauses"]] == [
        ("Xi", False),
        ("place: Moskou", False),
    ]


def test_explain_names_the_one_clause_that_a_rule_failed_by_and_the_nearest_it_came(config, tmp_path):
    path = tmp_path / "wire.txt"
    path.write_text("Xi verlaat Peking\nPEKING (ANP) - Langs Moskous ring wacht niemand.\n")

    lines = records(run("match", "--config", config, "--explain", path))

    missed = {line["rule"]: [one["clause"] for one in line["missed_by"]] for line in lines}
    assert missed == {"xi": ["place: Moskou"], "sport": ["voetbal"], "vlaams": [], "vers": ["age: max: 1h"]}
    (clause,) = lines[0]["missed_by"]
    assert {**clause, "spans": [span["text"] for span in clause["spans"]]} == {
        "path": "all.1",
        "clause": "place: Moskou",
        "nearest": "it has another form",
        "spans": ["Moskous"],
    }


def test_pretty_is_for_people(config, wire):
    result = run("match", "--config", config, "--explain", "--pretty", wire)

    lines = result.stdout.splitlines()
    assert lines[0] == "✓ xi: Xi komt naar Moskou"
    assert lines[1:3] == ["      headline: Xi komt naar Moskou", "                ^^           ^^^^^^"]
    assert "✗ sport: Xi komt naar Moskou" in lines
    assert "  - all.0: voetbal" in lines


def test_no_match_is_no_failure_and_no_output(config, tmp_path):
    path = tmp_path / "wire.txt"
    path.write_text("Axios opent kantoor\nDEN HAAG (ANP) - De krant opent een kantoor.\n")

    result = run("match", "--config", config, path)

    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, b"", "")


def test_a_document_that_cannot_be_read_fails_and_the_others_are_matched(config, wire, tmp_path):
    result = run("match", "--config", config, tmp_path / "nowhere", wire)

    assert result.exit_code == 1
    assert [line["rule"] for line in records(result)] == ["xi", "vlaams"]
    assert result.stderr == f"{tmp_path / 'nowhere'}: No such file or directory\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--source", "nowhere"], "there is no source nowhere; there are: web, telex, partner"),
        (["--kind", "rss"], "there is no kind rss"),
        (["--fetched", "soon"], "is no time with its zone"),
    ],
)
def test_wrong_usage_is_told(config, wire, words, said):
    result = run("match", "--config", config, *words, wire)

    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_a_broken_configuration_matches_nothing(wire, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("rules: [{id: xi, all: [{palce: Moskou}]}]")

    result = run("match", "--config", path, wire)

    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert result.stderr == f"{path}:1:25: unknown key `palce`; did you mean `place`?\n"


def test_the_environment_may_name_the_configuration(config, wire, monkeypatch):
    monkeypatch.setenv("MONITOR_CONFIG", str(config))

    assert [line["rule"] for line in records(run("match", wire))] == ["xi", "vlaams"]


def test_the_configuration_is_a_folder_called_config_by_default(wire, monkeypatch, tmp_path):
    monkeypatch.delenv("MONITOR_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("config").mkdir()
    Path("config/rules.yaml").write_text("rules: [{id: x, all: [Jinping]}]")

    assert [line["rule"] for line in records(run("match", wire))] == ["x"]


def test_an_item_is_a_story_of_its_own_as_for_the_daemon(config, wire):
    rule = "  - {id: bron, all: [Xi], story: {items: '<2', publishers: '=1', agencies: '=1'}}\n"
    config.write_text(f"{CONFIG}{rule}")

    assert "bron" in [line["rule"] for line in records(run("match", "--config", config, wire))]
