"""An index that was frozen and thawed says what it said before, and nothing but rules can be thawed."""

import pickle
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.match.index import RuleIndex
from monitor.match.keys.frozen import Freezer, Thawer
from monitor.match.rule import Rule
from monitor.yaml12 import Null
from tests.match.generated import random_rule, random_view
from tests.match.reading import compiled


class Bad:
    """What would do something as it is thawed."""

    def __reduce__(self):
        return timedelta, (1,)


def made(random: Random, count: int) -> list[Rule]:
    return [Rule(f"r{at}", f"Title {at}", "low", random_rule(random), notify=("desk",)) for at in range(count)]


def told(index: RuleIndex, view) -> list:
    return sorted(index.match(view), key=lambda match: match.rule)


@settings(deadline=None, max_examples=40)
@given(st.randoms(use_true_random=False))
def test_a_thawed_index_says_the_same(random):
    index = RuleIndex(made(random, 12))
    thawed, view = RuleIndex.thawed(index.frozen()), random_view(random)

    assert told(thawed, view) == told(index, view)


def test_rules_can_be_added_to_and_removed_from_a_thawed_index():
    random = Random(7)  # noqa: S311 - repeatable, not secret
    rules, more = made(random, 60), Rule("more", "", "low", compiled("Xi"))
    thawed = RuleIndex.thawed(RuleIndex(rules).frozen())

    assert list(thawed) == rules

    thawed.add(more)
    for rule in rules:
        thawed.remove(rule.id)

    assert list(thawed) == [more]
    assert thawed.asked() == 1


@pytest.mark.parametrize("term", ["Xi", Null("null")])
def test_a_rule_comes_back_as_it_was(term):
    rule = Rule("r", "R", "high", compiled({"all": [term, {"age": {"max": "1h"}}]}), frozenset({"wire"}), ("desk",))

    assert Thawer().thaw(Freezer().freeze(rule)) == rule


def test_what_names_expand_to_stands_once():
    freezer = Freezer()
    rules = [Rule(f"r{at}", "", "low", compiled({"all": [f"w{at}", {"place": "Moskou"}]})) for at in range(9)]
    frozen = [freezer.freeze(rule) for rule in rules]

    assert len(freezer.shared) == 1
    assert max(map(len, frozen)) < 500
    assert [Thawer(freezer.shared).thaw(body) for body in frozen] == rules


@pytest.mark.parametrize("value", [print, Bad(), Random, pickle.Unpickler, len])
def test_what_is_no_part_of_a_rule_is_not_thawed(value):
    with pytest.raises(pickle.UnpicklingError):
        Thawer().thaw(pickle.dumps(value))


@pytest.mark.parametrize("value", [1, "Xi", None, compiled("Xi")])
def test_what_is_no_rule_is_not_thawed(value):
    with pytest.raises(pickle.UnpicklingError, match="no rule"):
        Thawer().thaw(pickle.dumps(value))
