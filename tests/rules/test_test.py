"""Unit tests of rules: each form of case, what comes out, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor import settings  # Not its Tests by name: pytest would take it for a class of tests.
from monitor.errors import NotRecognized
from monitor.match.rule import Rule
from monitor.model import Item, Paragraph, PartialDate
from monitor.rules.test import run_tests
from tests.match.reading import compiled

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)

WIRE = """Xi op weg naar Rusland
MOSKOU (ANP/RTR) - Het staatsbezoek begint maandag, zegt een woordvoerder.
Meer uit Buitenland
PARIJS (ANP) - Biden belt met Macron over de top.
2 uur geleden
"""

FILES = {
    "two.txt": (Item(id="1", source="disk", body=(Paragraph("Xi"),)), Item(id="2", body=(Paragraph("Biden"),))),
    "old.txt": (Item(id="1", body=(Paragraph("Xi"),), published=NOW - timedelta(days=400), fetched=NOW),),
    "empty.txt": (),
}


def read_file(path):
    if path == "missing.txt":
        raise FileNotFoundError(2, "No such file or directory", path)
    if path == "odd.bin":
        message = "odd.bin: looks like a picture"
        raise NotRecognized(message)
    return FILES[path]


def ran(condition, *, match=(), no_match=(), language=None, **rule):
    made = Rule(**{"id": "r", "title": "R", "level": "low", **rule}, condition=compiled(condition))
    tests = settings.Tests(match=list(match), no_match=list(no_match))
    return run_tests(made, tests, read_file, NOW, language)


PASSES = [
    ("Xi", "Xi reist naar Moskou"),
    ({"all": ["Xi"], "in": ["lead"]}, "Xi reist naar Moskou"),
    ({"all": ["Xi", {"place": "Moskou"}]}, WIRE),
    ({"query": "title:Xi AND agency:Reuters"}, WIRE),
    ({"all": ["Biden"], "in": ["related"]}, WIRE),
    ("Xi", "Xi in een enkele regel, als tekst\n"),
    ({"query": "title:Xi"}, {"headline": "Xi komt"}),
    ({"section": "Sport"}, {"section": "sport"}),
    ({"agency": "RTR"}, {"dateline": "MOSKOU (ANP/RTR)"}),
    ({"kind": "correction"}, {"kind": "correction"}),
    ({"source": "wire"}, {"source": "wire", "headline": "Kop"}),
    ({"story": {"items": ">=2"}}, {"headline": "Kop", "story": {"items": 2}}),
    (
        {"story": {"agencies": ">=2", "within": "1h"}},
        {"lead": "x", "story": {"agencies": ["ANP", "AP"], "age": "30m"}},
    ),
    ("Xi", {"file": "two.txt"}),
    ("Biden", {"file": "two.txt"}),
]

FAILS = [
    ({"query": "title:Xi"}, "Xi reist naar Moskou"),
    ("Xi", "Axios meldt"),
    ("Biden", WIRE),
    ({"agency": "RTR"}, "MOSKOU (ANP/RTR) - Xi komt"),
    ({"lang": "nl"}, "Xi reist naar Moskou"),
    ({"query": "title:Xi"}, {"lead": "Xi komt"}),
    ({"story": {"items": "2"}}, {"headline": "Kop"}),
    ({"story": {"publishers": "1", "within": "1h"}}, {"headline": "Kop", "story": {"publishers": "a", "age": "2h"}}),
    ("Trump", {"file": "two.txt"}),
]

FAULTS = [
    ({"file": "missing.txt"}, "No such file or directory"),
    ({"file": "odd.bin"}, "looks like a picture"),
    ({"file": "empty.txt"}, "there is no item in this document"),
    ({"headlin": "Xi"}, "did you mean `headline`?"),
    ({}, "says nothing of an item"),
    ({"headline": "Kop", "story": {"itms": 2}}, "did you mean `items`?"),
    ({"headline": "Kop", "story": {"items": 0}}, "items"),
]

MOMENTS = [
    ({"headline": "Kop", "age": "5h"}, True),
    ({"headline": "Kop", "age": "7h"}, False),
    ({"headline": "Kop", "published": "2019-01-01T00:00:00Z"}, True),
    ({"headline": "Kop", "published": "2019-01-01T00:00:00Z", "updated": "2019-01-01T07:00:00Z"}, False),
    ({"headline": "Kop", "published": "2019-01-01T00:00:00Z", "fetched": "2019-01-01T05:00:00Z"}, True),
    ({"headline": "Kop", "published": "2019-01-01T00:00:00Z", "fetched": "2019-01-01T07:00:00Z"}, False),
    ({"headline": "Kop", "published": "2019-01"}, False),
    ({"headline": "Kop"}, False),
    ({"file": "old.txt"}, True),
    (" date 2023-02 Xi komt.\n", False),
]

TITLES = [
    ("Xi reist naar Moskou", "Xi reist naar Moskou"),
    ("Xi  reist\tver " + "weg " * 40, f"Xi reist ver {'weg ' * 11}we…"),
    (WIRE, "Xi op weg naar Rusland"),
    ({"file": "two.txt"}, "two.txt"),
    ({"kind": "new", "headline": "Kop"}, "Kop"),
    ({"kind": "new", "section": "Sport"}, "kind: new, section: Sport"),
    ({"body": ["Een", "Twee"]}, "body: ['Een', 'Twee']"),
    ({}, ""),
]


@pytest.mark.parametrize(("condition", "case"), PASSES)
def test_a_case_that_matches_passes_where_it_must_and_fails_where_it_must_not(condition, case):
    wanted, unwanted = ran(condition, match=[case], no_match=[case])

    assert (wanted.passed, wanted.fault) == (True, None)
    assert (unwanted.passed, unwanted.fault) == (False, None)


@pytest.mark.parametrize(("condition", "case"), FAILS)
def test_a_case_that_does_not_match_passes_where_it_must_not(condition, case):
    wanted, unwanted = ran(condition, match=[case], no_match=[case])

    assert (wanted.passed, wanted.fault) == (False, None)
    assert (unwanted.passed, unwanted.fault) == (True, None)


@pytest.mark.parametrize(("case", "said"), FAULTS)
def test_a_case_that_cannot_be_run_passes_nowhere(case, said):
    outcomes = ran({"none": ["Xi"]}, match=[case], no_match=[case])

    assert [outcome.passed for outcome in outcomes] == [False, False]
    assert all(said in (outcome.fault or "") for outcome in outcomes)


def test_outcomes_say_which_case_they_are_of_and_why():
    outcomes = ran("Xi", match=["Xi komt", "Biden komt"], no_match=["Biden komt", WIRE])

    assert [(outcome.rule, outcome.wanted, outcome.index, outcome.passed) for outcome in outcomes] == [
        ("r", True, 0, True),
        ("r", True, 1, False),
        ("r", False, 0, True),
        ("r", False, 1, False),
    ]
    assert [[match.verdict.clause for match in outcome.matches] for outcome in outcomes] == [["Xi"]] * 4
    assert outcomes[3].matches[0].spans[0].text == "Xi"


def test_a_rule_without_tests_has_no_outcomes():
    assert ran("Xi") == []


@pytest.mark.parametrize("case", ["Xi komt", WIRE, {"headline": "Xi"}, {"file": "two.txt"}])
def test_cases_come_from_where_the_rule_listens(case):
    (outcome,) = ran({"all": ["Xi", {"source": "desk"}]}, match=[case], sources=frozenset({"wire", "desk"}))

    assert outcome.passed
    assert {match.item.source for match in outcome.matches} == {"desk"}


def test_a_mapping_may_come_from_elsewhere():
    outcomes = ran("Xi", no_match=[{"headline": "Xi", "source": "other"}], sources=frozenset({"wire"}))

    assert [outcome.passed for outcome in outcomes] == [True]


def test_a_rule_whose_sources_are_all_gone_matches_nothing():
    assert [outcome.passed for outcome in ran("Xi", match=["Xi"], sources=frozenset())] == [False]


def test_items_that_do_not_say_their_language_have_that_of_the_service():
    outcomes = ran({"lang": "nl"}, match=["Xi"], no_match=[{"headline": "Xi", "language": "fr"}], language="nl")

    assert [outcome.passed for outcome in outcomes] == [True, True]


@pytest.mark.parametrize(("case", "young"), MOMENTS)
def test_a_case_is_looked_at_when_it_was_news(case, young):
    (outcome,) = ran({"age": {"max": "6h"}}, match=[case])

    assert outcome.passed is young


def test_a_bare_month_is_over_by_then():
    (outcome,) = ran({"age": {"max": "28d"}}, match=[" date 2023-02 Xi komt.\n"])

    assert outcome.passed
    assert outcome.matches[0].item.published == PartialDate("2023-02")


@pytest.mark.parametrize(("case", "title"), TITLES)
def test_a_case_has_a_short_title(case, title):
    (outcome,) = ran("Xi", match=[case])

    assert outcome.title == title
