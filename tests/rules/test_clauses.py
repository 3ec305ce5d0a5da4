"""The tree of a rule, taken apart."""

import pytest
from hypothesis import given, settings

from monitor.match.view import USUAL_SCOPE
from monitor.rules.clauses import parts, paths, with_parts, within, words_of
from tests.match.reading import compiled
from tests.rules.trees import TREES_WITH_SAME

RULES = [
    ({"all": ["Xi", {"place": "Moskou"}]}, ["", "all.0", "all.1"]),
    ({"all": ["Xi", {"any": ["a", "b"]}], "none": ["c"]}, ["", "", "all.0", "all.1", *["all.1.any.0", "all.1.any.1"]]),
    ({"all": ["Xi"], "in": "headline"}, ["", "", "all.0"]),
    ({"min": {"k": 1, "of": ["Xi", {"lang": "nl"}]}}, ["", "min.0", "min.1"]),
    ({"same": "sentence", "any": ["Xi", "Biden"]}, ["", "", "any.0", "any.1"]),
    ({"near": ["Xi", ["a", "b"]], "within": 3}, ["", "near.0", "near.1", "near.2"]),
    ("Xi", [""]),
]

WRITTEN = [
    ({"id": "r", "all": ["Xi", {"place": "Moskou"}]}, (1,), ("all", 1, "place")),
    ({"id": "r", "title": "R", "all": ["Xi"], "none": ["a", "b"]}, (1, 1), ("none", 1)),
    ({"all": ["Xi", {"any": ["a"], "in": "headline"}]}, (1, 0, 0), ("all", 1, "any", 0)),
    ({"in": "headline", "any": ["a", "b"]}, (0, 1), ("any", 1)),
    ({"min": {"k": 1, "of": ["a", {"all": ["b"]}]}}, (1, 0), ("min", "of", 1, "all", 0)),
    ({"same": "sentence", "all": ["a", "b"]}, (0, 1), ("all", 1)),
    ({"all": ["c", {"fuzzy": "Jinping", "edits": 2}]}, (1,), ("all", 1, "fuzzy")),
    ({"query": "Xi AND Moskou"}, (), ("query",)),
]

NAMES = [
    ({"any": ["a", {"cased": "VS"}]}, "any of a, cased: VS"),
    ({"none": ["a"]}, "none of a"),
    ({"min": {"k": 2, "of": ["a", "b", "c"]}}, "2 of a, b, c"),
    ({"any": ["a"], "in": ["lead", "headline"]}, "any of a in headline, lead"),
    ({"any": [f"woord{at}" for at in range(40)]}, "any of woord0, woord1"),
    ({"place": ["Moskou", "Parijs"]}, "place: Moskou, Parijs"),
    ({"same": "sentence", "all": ["a", "b"]}, "all of a, b in one sentence"),
    ({"count": ["a", "b"], "at_least": 2}, "count: [a, b], at_least: 2"),
    ({"lang": "nl"}, "lang: nl"),
]


@pytest.mark.parametrize(("condition", "found"), RULES)
def test_a_clause_is_called_by_its_way_through_the_rule(condition, found):
    assert [placed.path for placed in within(compiled(condition))][: len(found)] == found


@pytest.mark.parametrize(("written", "position", "path"), WRITTEN)
def test_a_clause_is_found_again_where_it_is_written(written, position, path):
    condition = compiled({key: written[key] for key in written if key not in {"id", "title"}})

    assert paths(written, condition)[position] == path


@pytest.mark.parametrize(("condition", "words"), NAMES)
def test_a_clause_has_a_short_name(condition, words):
    assert words_of(compiled(condition)).startswith(words)
    assert len(words_of(compiled(condition))) <= 100


def test_the_innermost_scope_counts():
    inner = [*within(compiled({"all": [{"any": ["a"], "in": "headline"}, "b"]}))]

    assert [placed.scope for placed in inner if placed.path.endswith("any.0")] == [frozenset({"headline"})]
    assert inner[-1].scope == USUAL_SCOPE


@settings(deadline=None)
@given(TREES_WITH_SAME)
def test_a_clause_of_its_own_parts_is_the_same(clause):
    assert with_parts(clause, parts(clause)) == clause


@settings(deadline=None)
@given(TREES_WITH_SAME)
def test_positions_lead_to_their_clauses(clause):
    for placed in within(clause):
        at = clause
        for index in placed.position:
            at = parts(at)[index]
        assert at == placed.clause
