"""What has no equal is left out only where that finds more: told by truth tables."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.rules.importing.original import Original
from monitor.rules.importing.said import Both, Either, Gone, Leaf, Not, Scoped, condition

WORDS = ("a", "b", "c")
GONE = ("x", "y")


def several(kind, inner):
    return st.lists(inner, min_size=1, max_size=3).map(lambda members: kind(0, tuple(members)))


QUERIES = st.recursive(
    st.sampled_from([Leaf(0, word) for word in WORDS] + [Gone(0, name) for name in GONE]),
    lambda inner: several(Both, inner) | several(Either, inner) | inner.map(lambda member: Not(0, member)),
    max_leaves=8,
)


def said_holds(said, true):
    match said:
        case Leaf(_, word):
            return word in true
        case Gone(_, name):
            return name in true
        case Both(_, members):
            return all(said_holds(member, true) for member in members)
        case Either(_, members):
            return any(said_holds(member, true) for member in members)
        case Not(_, member):
            return not said_holds(member, true)
    return False


def value_holds(value, true):
    if isinstance(value, str):
        return value in true
    parts = {"all": all, "any": any, "none": lambda held: not any(held)}
    return all(parts[key](value_holds(one, true) for one in members) for key, members in value.items())


def worlds(names):
    for held in product([False, True], repeat=len(names)):
        yield {name for name, holds in zip(names, held, strict=True) if holds}


@settings(deadline=None)
@given(QUERIES)
def test_a_rule_holds_wherever_the_query_does(said):
    there = Original("q", "")
    value = condition(said, there)

    assert (value is None) == bool(there.faults)
    if value is not None:
        assert [true for true in worlds(WORDS + GONE) if said_holds(said, true) and not value_holds(value, true)] == []


@settings(deadline=None)
@given(QUERIES)
def test_a_rule_is_the_query_itself_where_nothing_is_left_out(said):
    there = Original("q", "")
    value = condition(said, there)

    if value is not None and not there.warnings:
        assert [true for true in worlds(WORDS) if said_holds(said, true) != value_holds(value, true)] == []


@pytest.mark.parametrize(
    ("said", "value"),
    [
        (Both(0, (Both(0, (Leaf(0, "a"), Leaf(0, "b"))), Leaf(0, "c"))), {"all": ["a", "b", "c"]}),
        (Either(0, (Either(0, (Leaf(0, "a"), Leaf(0, "b"))), Leaf(0, "c"))), {"any": ["a", "b", "c"]}),
        (Both(0, (Leaf(0, "a"), Not(0, Leaf(0, "b")))), {"all": ["a"], "none": ["b"]}),
        (Both(0, (Not(0, Leaf(0, "a")), Not(0, Leaf(0, "b")))), {"none": ["a", "b"]}),
        (Not(0, Either(0, (Leaf(0, "a"), Leaf(0, "b")))), {"none": ["a", "b"]}),
        (Not(0, Not(0, Leaf(0, "a"))), {"none": [{"none": ["a"]}]}),
        (Either(0, (Leaf(0, {"lang": "nl"}), Leaf(0, {"lang": ["fr", "de"]}))), {"lang": ["nl", "fr", "de"]}),
        (Either(0, (Leaf(0, {"url": "a.org"}), Leaf(0, "b"))), {"any": [{"url": "a.org"}, "b"]}),
        (Scoped(0, ("lead",), Leaf(0, "a")), {"any": ["a"], "in": "lead"}),
        (
            Scoped(0, ("lead",), Scoped(0, ("summary",), Leaf(0, "a"))),
            {"any": [{"any": ["a"], "in": "summary"}], "in": "lead"},
        ),
        (
            Scoped(0, ("lead", "body"), Both(0, (Leaf(0, "a"), Not(0, Leaf(0, "b"))))),
            {"all": ["a"], "none": ["b"], "in": ["lead", "body"]},
        ),
    ],
)
def test_a_condition_is_as_flat_as_it_can_be(said, value):
    assert condition(said, Original("q", "")) == value
