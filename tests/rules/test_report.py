"""How a case came out otherwise than wanted."""

import json
from datetime import UTC, datetime

from lxml import etree

from monitor import settings  # Not its Tests by name: pytest would take it for a class of tests.
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.model import Item, Paragraph
from monitor.rules.judging import missed_by
from monitor.rules.killing import Case, survivors
from monitor.rules.report import failure, junit, missed_record, near_miss, outcome_record, spared, verdict_lines
from monitor.rules.test import run_tests
from tests.match.reading import article, compiled

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)
RULE = Rule("xi", "Xi in Moskou", "low", compiled({"all": ["Xi", {"place": "Moskou"}]}))


def read_file(path):
    if path == "nowhere.txt":
        raise FileNotFoundError(2, "No such file or directory", path)
    return [Item(id="1", body=(Paragraph("Niets."),)), Item(id="2", body=(Paragraph("Xi in Moskous stad"),))]


def outcomes(*, match=(), no_match=()):
    return run_tests(RULE, settings.Tests(match=list(match), no_match=list(no_match)), read_file, NOW)


def test_a_case_that_should_match_names_its_clause_and_the_nearest_it_came():
    (outcome,) = outcomes(match=["Xi reist langs Moskous ring."])

    assert failure(RULE, outcome) == [
        "xi: match.0: Xi reist langs Moskous ring.",
        "  should match and does not, by one clause",
        "  - all.1: place: Moskou (it has another form)",
        "      body.0: Xi reist langs Moskous ring.",
        "                             ^^^^^^^",
    ]


def test_of_a_document_the_item_is_told_that_came_nearest():
    (outcome,) = outcomes(match=[{"file": "two.txt"}])

    assert failure(RULE, outcome)[1:3] == [
        "  should match and does not, by one clause",
        "  - all.1: place: Moskou (it has another form)",
    ]


def test_a_case_that_should_not_match_shows_what_was_found():
    (outcome,) = outcomes(no_match=["Xi in Moskou"])

    assert failure(RULE, outcome) == [
        "xi: no_match.0: Xi in Moskou",
        "  should not match and does",
        "  + all.0: Xi",
        "  + all.1: place: Moskou",
        "      body.0: Xi in Moskou",
        "              ^^    ^^^^^^",
    ]


def test_a_case_that_cannot_be_run_says_why():
    (outcome,) = outcomes(match=[{"file": "nowhere.txt"}])

    assert failure(RULE, outcome)[1:] == ["  [Errno 2] No such file or directory: 'nowhere.txt'"]


def test_a_record_has_what_failed_the_case():
    missing, found, passed = outcomes(match=["Xi in Parijs"], no_match=["Xi in Moskou", "Biden"])

    assert outcome_record(RULE, missing)["failed_by"] == [
        {"path": "all.1", "clause": "place: Moskou", "nearest": None, "spans": []}
    ]
    assert [span["text"] for span in json.loads(json.dumps(outcome_record(RULE, found)))["spans"]] == ["Xi", "Moskou"]
    assert outcome_record(RULE, passed)["failed_by"] == []


def test_a_near_miss_is_a_line_and_more_than_one_clause_is_none():
    near, far = (View(article(text), NOW) for text in ("Moskou", "Parijs"))

    assert near_miss(RULE, near) == "failed by one clause: all.0: Xi"
    assert near_miss(RULE, far) is None
    assert [missed_record(one, near)["clause"] for one in missed_by(RULE, near)] == ["Xi"]


def test_a_verdict_is_shown_with_its_evidence_or_with_what_is_missing():
    lines = [
        [*verdict_lines(RULE, view, match_rule(RULE, view))]
        for view in (View(article(text), NOW) for text in ("Xi in Moskou", "Parijs"))
    ]

    assert lines == [
        ["✓ xi: Xi in Moskou", "      body.0: Xi in Moskou", "              ^^    ^^^^^^"],
        ["✗ xi: Parijs", "  does not match, by 2 clauses", "  - all.0: Xi", "  - all.1: place: Moskou"],
    ]


def test_junit_counts_failures_and_faults_and_says_what_no_case_would_miss():
    told = outcomes(match=["Xi in Moskou", "Xi\x07 in Parijs", {"file": "nowhere.txt"}])
    (mutant, *_) = survivors(RULE, [Case(told[0].views, wanted=True)]).survivors

    root = etree.fromstring(junit(told, [RULE], [(RULE, mutant)]))

    (suite,) = root
    counted = {"name": "xi", "tests": "3", "failures": "1", "errors": "1"}
    assert {name: suite.get(name) for name in suite.attrib} == counted
    assert [[child.tag for child in case] for case in suite.iter("testcase")] == [[], ["failure"], ["error"]]
    assert "place: Moskou" in suite.findtext(".//failure", "")
    assert suite.findtext("system-out") == spared(RULE, mutant)
    assert spared(RULE, mutant).startswith("xi: all.0: with `Xi` left out, every case comes out the same; ")
