"""What if a clause had said otherwise?"""

import pytest
from hypothesis import given, settings

from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.rules.judging import blamed, holds_with, judge, leaves, missed_by
from tests.match.reading import NOW, article, compiled
from tests.rules.trees import TREES, TREES_WITH_SAME, VIEWS

XI = {"all": ["Xi", {"place": "Moskou"}], "none": ["Biden"]}

MISSED = [
    (XI, "Xi in Parijs", ["place: Moskou"]),
    (XI, "Iemand in Parijs", []),
    (XI, "Xi in Moskou met Biden", ["Biden"]),
    (XI, "Xi in Parijs met Biden", []),
    (XI, "Xi in Moskou", []),
    ({"all": ["Xi", {"any": ["gas", "olie"]}]}, "Xi", ["any of gas, olie"]),
    ({"any": [{"all": ["Xi", "gas"]}, {"all": ["Xi", "olie"]}, "graan"]}, "Xi", ["gas", "olie", "graan"]),
    ({"min": {"k": 2, "of": ["Xi", "gas", "olie"]}}, "Xi", ["gas", "olie"]),
    ({"min": {"k": 3, "of": ["Xi", "gas", "olie"]}}, "Xi", []),
    ({"none": ["Xi", "Biden"]}, "Xi", ["Xi"]),
    ({"none": ["Xi", "Biden"]}, "Xi en Biden", []),
    ({"none": [{"all": ["Xi", "Biden"]}]}, "Xi en Biden", ["Xi", "Biden"]),
    ({"all": ["Xi"], "in": "headline"}, "Xi", ["Xi"]),
    ({"same": "sentence", "all": ["Xi", "gas"]}, "Xi komt. Er is gas.", ["all of Xi, gas in one sentence"]),
]


def ruled(condition, **rule):
    clause = compiled(condition) if isinstance(condition, dict | str) else condition
    return Rule(**{"id": "r", "title": "R", "level": "low", **rule}, condition=clause)


@pytest.mark.parametrize(("condition", "text", "words"), MISSED)
def test_a_near_miss_names_the_clauses_any_one_of_which_would_do(condition, text, words):
    view = View(article(text), NOW)

    assert [missed.words for missed in missed_by(ruled(condition), view)] == words


def test_a_source_that_the_rule_does_not_listen_to_is_a_clause():
    rule = ruled("Xi", sources=frozenset({"wire"}))

    assert [one.path for one in missed_by(rule, View(article("Xi", source="web"), NOW))] == ["sources"]
    assert missed_by(rule, View(article("Biden", source="web"), NOW)) == []
    assert [one.path for one in blamed(rule, View(article("Biden", source="web"), NOW))] == ["sources", ""]


def test_of_several_ways_the_shortest_is_blamed():
    rule = ruled({"any": [{"all": ["Xi", "gas"]}, {"all": ["Biden", "olie", "graan"]}]})

    assert [one.words for one in blamed(rule, View(article("niets"), NOW))] == ["Xi", "gas"]
    assert [one.words for one in blamed(rule, View(article("Biden"), NOW))] == ["Xi", "gas"]
    assert [one.words for one in blamed(rule, View(article("Xi"), NOW))] == ["gas"]


@settings(deadline=None)
@given(TREES_WITH_SAME, VIEWS)
def test_the_whole_holds_as_the_rule_says(clause, view):
    judged = judge(ruled(clause), view)

    match = match_rule(ruled(clause), view)
    assert judged.holds == match.matched
    assert {*judged.verdict.spans} == {*match.spans}


@settings(deadline=None)
@given(TREES, VIEWS)
def test_missed_are_exactly_the_leaves_that_turn_the_rule_where_no_choice_of_words_is_one(clause, view):
    rule = ruled(clause)
    judged = judge(rule, view)
    turning = {
        leaf.placed.position
        for leaf in leaves(judged)
        if not judged.holds and holds_with(judged, leaf.placed.position, "negated", view)
    }

    missed = [one.judged for one in missed_by(rule, view) if one.judged]

    assert {leaf.placed.position for one in missed for leaf in leaves(one)} == turning


@settings(deadline=None)
@given(TREES, VIEWS)
def test_turning_all_that_is_blamed_makes_the_rule_match(clause, view):
    rule = ruled(clause)
    judged = judge(rule, view)
    found = [one.judged.placed.position for one in blamed(rule, view) if one.judged]

    assert judged.holds == (found == [])
    assert judged.holds or turned(judged, found)


def turned(judged, positions):
    """Tell whether a condition holds where the clauses at some positions say the contrary."""
    if judged.placed.position in positions:
        return not judged.holds
    truths = [turned(part, positions) for part in judged.parts]
    match type(judged.placed.clause).__name__:
        case "Any":
            return any(truths)
        case "Without":
            return not any(truths)
        case "Min":
            return sum(truths) >= judged.placed.clause.k
        case "All" | "In":
            return all(truths)
    return judged.holds
