"""An index of rules finds every rule that holds, with the match that the rule itself gives, and few others."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.match.index import RuleIndex
from monitor.match.rule import Rule, match_rule
from monitor.match.view import USUAL_SCOPE, View
from monitor.over_time import Frequency
from tests.match import naive as evaluator
from tests.match.generated import random_rule, random_view, views
from tests.match.reading import NOW, article, compiled


def rule(number, condition, **fields) -> Rule:
    return Rule(f"r{number}", "", "low", compiled(condition), **fields)


def candidates(index: RuleIndex, text: str, **fields) -> set[str]:
    return {found.id for found in index.candidates(View(article(text, **fields), NOW))}


def random_rules(random: Random, count: int) -> list[Rule]:
    sources = [None, None, None, frozenset({"wire"}), frozenset({"wire", "desk", "nos", "vrt"})]
    return [Rule(f"r{at}", "", "low", random_rule(random), random.choice(sources)) for at in range(count)]


def by_rule(matches):
    return sorted(matches, key=lambda match: match.rule)


def naive(rules, view):
    judged = (match_rule(rule, view) for rule in rules)
    return by_rule(match for match in judged if match.matched)


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False), views())
def test_an_index_says_what_its_rules_say(random, view):
    rules = random_rules(random, 12)

    assert by_rule(RuleIndex(rules).match(view)) == naive(rules, view)


@pytest.mark.parametrize("tag", ["sanctie＊", "sanctiebelei？"])
def test_a_wide_wildcard_in_a_tag_is_one(tag):
    rule = Rule("r", "", "low", compiled({"tag": tag}))

    assert candidates(RuleIndex([rule]), "x", tags=("sanctiebeleid",)) == {"r"}


@pytest.mark.parametrize(("seed", "rules", "items"), [(1, 100, 40), (2, 30, 100)])
def test_many_rules_and_many_items(seed, rules, items):
    agree(seed, rules, items)


@pytest.mark.parametrize(
    ("seed", "count", "items"), [(3, 25, 20), *(pytest.param(at, 100, 100, marks=pytest.mark.slow) for at in (4, 5, 6))]
)
def test_the_naive_evaluator_agrees(seed, count, items):
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    rules = random_rules(random, count)
    index = RuleIndex(rules)

    for view in (random_view(random) for _ in range(items)):
        heard = [rule for rule in rules if rule.sources is None or view.item.source in rule.sources]
        expected = [rule.id for rule in heard if evaluator.judge(rule.condition, view, USUAL_SCOPE)[0]]
        assert sorted(match.rule for match in index.match(view)) == sorted(expected)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 20))
def test_a_million_pairs_of_rules_and_items(seed):
    agree(seed, 250, 400)


def agree(seed: int, count: int, items: int) -> None:
    """Look at so many items with so many rules, half of them removed in between and taken in again."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    rules = random_rules(random, count)
    index = RuleIndex(rules)
    for at in range(items):
        if at == items // 3:
            for gone in rules[::2]:
                index.remove(gone.id)
            rules = rules[1::2] + rules[::2]
        if at == 2 * items // 3:
            for again in rules[len(rules) // 2 :]:
                index.add(again)
        standing = [rule for rule in rules if rule.id in index]
        view = random_view(random)
        assert by_rule(index.match(view)) == naive(standing, view)


def test_what_is_taken_in_again_replaces_what_there_was():
    index = RuleIndex([rule(1, "Xi")])
    index.add(rule(1, "Wang"))

    assert len(index) == 1
    assert candidates(index, "Xi") == set()
    assert candidates(index, "Wang") == {"r1"}


def test_what_is_not_there_cannot_be_removed():
    with pytest.raises(KeyError):
        RuleIndex().remove("r1")


def test_rules_are_told_in_their_order():
    rules = [rule(number, "Xi") for number in (3, 1, 2)]
    index = RuleIndex(rules)

    assert list(index) == rules
    assert index["r1"] is rules[1]


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        ({"all": ["Xi", "Poetin"]}, "Xi"),
        ("Wang Yi", "Yi Wang"),
        ("Wang Yi", "Wang zag Yi"),
        ({"all": ["Xi"], "in": ["headline"]}, "Xi"),
        ({"all": ["Xi", {"lang": "nl"}]}, "Xi"),
        ({"fuzzy": "Jinping"}, "Jinxin de"),
        ({"stem": "bezoeken"}, "Bezocht"),
        ("sanctie*", "sanctimonious"),
        ("b?y", "buoy"),
        ({"re": "Xi{2}"}, "Xi"),
        ({"min": {"k": "2", "of": ["Xi", "Wang", "Li"]}}, "de"),
        ({"all": [{"place": "Moskou"}, {"place": "Parijs"}]}, "Moskou"),
        ({"near": ["Xi", "Moskou"], "within": "3"}, "Xi"),
        ({"url": "nos.nl"}, "nos.nl"),
    ],
)
def test_an_item_that_lacks_what_a_rule_needs_is_no_candidate(condition, text):
    assert candidates(RuleIndex([rule(1, condition)]), text) == set()


def test_of_many_rules_those_are_candidates_that_hold():
    conditions = [{"all": [f"w{one}", f"w{other}"]} for one in range(40) for other in range(one)]
    index = RuleIndex([rule(number, condition) for number, condition in enumerate(conditions)])

    assert len(candidates(index, "w1 w2 w3")) == 3


def test_rules_that_need_nothing_are_always_candidates():
    assert candidates(RuleIndex([rule(1, {"none": ["Xi"]}), rule(2, "Xi")]), "Wang") == {"r1"}


@pytest.mark.parametrize("sources", [{"wire"}, {"wire", "a", "b", "c"}])
def test_a_rule_that_does_not_listen_to_a_source_is_no_candidate(sources):
    index = RuleIndex([rule(1, "Xi", sources=frozenset(sources))])

    assert candidates(index, "Xi", source="wire") == {"r1"}
    assert candidates(index, "Xi", source="desk") == set()
    assert candidates(index, "Xi") == set()


def test_matches_come_in_the_order_of_the_rules():
    index = RuleIndex([rule(3, {"any": ["Xi", "Wang"]}), rule(1, {"none": ["Li"]}), rule(2, "Wang")])

    matches = index.match(View(article("Wang en Xi"), NOW))

    assert [match.rule for match in matches] == ["r3", "r1", "r2"]


def test_a_stem_is_that_of_the_language_of_the_item():
    index = RuleIndex([rule(1, {"stem": "boys"})])

    assert candidates(index, "boy", language="en") == {"r1"}
    assert candidates(index, "boy") == set()


def test_what_rules_left_does_not_stay():
    random = Random(5)  # noqa: S311 - repeatable, not secret
    rules = random_rules(random, 80)
    index, empty = RuleIndex(rules), RuleIndex()
    for gone in rules:
        index.remove(gone.id)

    view = random_view(random)

    assert index.candidates(view) == []
    assert index.asked() == empty.asked() == 0


def test_rules_over_time_are_told_apart_also_in_an_index_that_was_kept():
    hour = timedelta(hours=1)
    typed = Rule("b", "B", "low", compiled("Xi"), over_time=Frequency(num_events=2, timeframe=hour, realert=hour))
    index = RuleIndex([Rule("a", "A", "low", compiled("Xi")), typed])

    assert index.over_time() == RuleIndex.thawed(index.frozen()).over_time() == (typed,)
    index.remove("b")
    assert index.over_time() == ()
