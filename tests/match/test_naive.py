"""Rules judge as the naive evaluator does, over all operators: what holds, and every place that is evidence."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.match.view import SCOPES, USUAL_SCOPE
from monitor.match.written.tree import Reader
from tests.match import naive
from tests.match.generated import LISTS, random_rule, random_view, random_wording, rules, views

ALL = frozenset(SCOPES)


def ours(clause, view, scope):
    verdict = clause.judge(view, scope)
    return verdict.holds, {(span.field, span.start, span.end) for span in verdict.spans}


@settings(deadline=None, max_examples=300)
@given(rules(), views(), st.sampled_from([USUAL_SCOPE, ALL]))
def test_a_rule_judges_as_the_naive_evaluator_does(clause, view, scope):
    assert ours(clause, view, scope) == naive.judge(clause, view, scope)


@settings(deadline=None, max_examples=300)
@given(st.randoms(use_true_random=False).map(random_wording), views())
def test_a_wording_stands_where_the_naive_evaluator_finds_it(condition, view):
    clause = Reader(LISTS).condition(condition)

    assert clause
    assert ours(clause, view, ALL) == naive.judge(clause, view, ALL)


@pytest.mark.parametrize("seed", range(3))
def test_many_rules_judge_many_items_alike(seed):
    random = Random(seed)  # noqa: S311 - the same cases every time
    made, looked_at = [random_rule(random) for _ in range(60)], [random_view(random) for _ in range(20)]

    different = [
        (clause, view.item)
        for clause in made
        for view in looked_at
        if ours(clause, view, USUAL_SCOPE) != naive.judge(clause, view, USUAL_SCOPE)
    ]
    assert different == []
