"""Which clauses of a rule no test can kill."""

import pytest
from hypothesis import given, settings

from monitor.match.rule import Rule
from monitor.match.view import SCOPES, USUAL_SCOPE, View
from monitor.rules.judging import holds_with, judge
from monitor.rules.killing import Case, changed, mutants, survivors
from tests.match.reading import NOW, article, compiled
from tests.rules.trees import TREES_WITH_SAME, VIEWS

XI = {"all": ["Xi", {"place": "Moskou"}], "none": ["Biden"]}

SPARED = [
    (XI, ["Xi in Moskou"], ["Parijs"], {"Xi", "place: Moskou", "none of Biden"}),
    (XI, ["Xi in Moskou"], ["Moskou", "Xi", "Xi in Moskou met Biden"], set()),
    (XI, ["Xi in Moskou"], ["Moskou", "Xi"], {"none of Biden"}),
    ({"any": ["Xi", "Poetin"]}, ["Xi"], ["Biden"], {"Poetin"}),
    ({"any": ["Xi", "Poetin"]}, ["Xi", "Poetin"], ["Biden"], set()),
    ({"min": {"k": 2, "of": ["a", "b", "c"]}}, ["a b", "b c", "a c"], ["a", "b", "c"], set()),
    ({"cased": "VS"}, ["De VS"], ["Xi"], {"cased: VS"}),
    ({"cased": "VS"}, ["De VS"], ["de vs"], set()),
    ({"lang": ["nl", "de"]}, [{"language": "nl"}], [{"language": "fr"}], {"lang: nl, de"}),
    ({"lang": ["nl", "de"]}, [{"language": "nl"}, {"language": "de"}], [{"language": "fr"}], set()),
    ({"place": ["Moskou", "Parijs"]}, ["Moscow"], ["Xi"], {"place: Moskou, Parijs"}),
    ({"place": ["Moskou", "Parijs"]}, ["Moscow", "Paris"], ["Xi"], set()),
    ({"near": ["a", "b"], "within": 2}, ["a b"], ["a", "b"], {"near: a and b, within: 2"}),
    ({"near": ["a", "b"], "within": 2}, ["a b"], ["a c d e b"], set()),
    ({"count": "a", "at_least": 2}, ["a a"], ["b"], {"count: a, at_least: 2"}),
    ({"count": "a", "at_least": 2}, ["a a"], ["a"], set()),
    ({"same": "sentence", "all": ["aap", "noot"]}, ["aap noot"], ["aap", "noot"], {"all of aap, noot in one sentence"}),
    ({"same": "sentence", "all": ["aap", "noot"]}, ["aap noot"], ["Een aap. Een noot."], set()),
    ({"same": "sentence", "all": ["aap", "noot"]}, ["aap noot"], ["Een aap. Een noot.", "aap", "noot"], set()),
    ({"all": ["Xi"], "in": "headline"}, [{"headline": "Xi"}], ["Biden"], {"all of Xi in headline"}),
    ({"all": ["Xi"], "in": "headline"}, [{"headline": "Xi"}], ["Xi"], set()),
    ({"all": ["Xi"], "in": [*SCOPES]}, [{"headline": "Xi"}], ["Biden"], set()),
]


def ruled(condition):
    clause = compiled(condition) if isinstance(condition, dict | str) else condition
    return Rule("r", "R", "low", clause)


def case(written, *, wanted):
    item = article(written) if isinstance(written, str) else article(**written)
    return Case([View(item, NOW)], wanted)


@pytest.mark.parametrize(("condition", "match", "no_match", "words"), SPARED)
def test_what_no_case_would_miss_is_named(condition, match, no_match, words):
    cases = [*(case(one, wanted=True) for one in match), *(case(one, wanted=False) for one in no_match)]

    found = survivors(ruled(condition), cases)

    assert {mutant.words for mutant in found.survivors} == words
    assert found.left == 0


def test_a_clause_is_named_once_with_what_becomes_of_it():
    (found,) = survivors(ruled({"any": ["Xi", "Poetin"]}), [case("Xi", wanted=True)]).survivors

    assert (found.path, found.words, found.told) == ("any.1", "Poetin", "left out")


def test_items_that_the_rule_does_not_hear_kill_nothing():
    rule = Rule("r", "R", "low", compiled({"all": ["Xi", "gas"]}), sources=frozenset({"wire"}))
    unheard = Case([View(article("Xi", source="web"), NOW)], wanted=False)
    heard = Case([View(article("Xi en gas", source="wire"), NOW)], wanted=True)

    assert [mutant.words for mutant in survivors(rule, [heard, unheard]).survivors] == ["Xi", "gas"]


def test_of_a_long_rule_only_the_first_changes_are_tried():
    rule = ruled({"any": [f"woord{at}" for at in range(100)]})

    found = survivors(rule, [case("woord1", wanted=True)], most=50)

    assert (found.tried, found.left) == (50, 150)


@settings(deadline=None)
@given(TREES_WITH_SAME, VIEWS)
def test_a_change_tried_in_place_is_one_of_the_whole_rule(clause, view):
    judged = judge(ruled(clause), view)

    for mutant in mutants(clause):
        whole = changed(clause, mutant.position, mutant.change)
        assert holds_with(judged, mutant.position, mutant.change, view) == whole.judge(view, USUAL_SCOPE).holds
