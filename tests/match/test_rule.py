"""A rule and an item: what is said, whatever the rule and whatever the item."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.rule import Rule, match_rule
from monitor.match.view import SCOPES, View
from monitor.model import Dateline, Item, Paragraph, PartialDate, Related, RelatedItem, Subhead, Teaser, Verdict
from tests.match.reading import NOW, article, compiled

WORDS = st.sampled_from(
    ["Xi", "xi's", "Xi-bezoek", "Axios", "Moskou", "MOSCOW", "Wang Yi", "Wang. Yi", "习近平", "Zelenský"]
)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)
DATELINES = st.none() | st.builds(
    Dateline, st.sampled_from(["MOSKOU (ANP/RTR) - ", "KYIV (AFP) - ", ""]), st.just(("MOSKOU",)), st.just(("RTR",))
)
ITEMS = st.builds(
    Item,
    id=st.just("a"),
    source=st.none() | st.just("wire"),
    language=st.none() | st.sampled_from(["nl", "fr"]),
    headline=st.none() | TEXTS | TEXTS.map(str.upper),
    dateline=DATELINES,
    body=st.lists(
        st.builds(Paragraph, TEXTS) | st.builds(Subhead, TEXTS) | st.builds(Teaser, st.just("LEES OOK"), TEXTS),
        max_size=3,
    ).map(tuple),
    related=st.none()
    | st.builds(Related, items=st.lists(st.builds(RelatedItem, TEXTS, DATELINES), max_size=2).map(tuple)),
    published=st.none() | st.just(NOW) | st.just(PartialDate("2026-02")),
    summary=st.none() | TEXTS,
    tags=st.lists(TEXTS, max_size=2).map(tuple),
)

TERMS = st.sampled_from(["Xi", "moskou", "Wang Yi", "近平", "zelensky", "taxi"])
LEAVES = (
    TERMS
    | st.sampled_from([{"place": "Moskou"}, {"agency": ["Reuters", "AP"]}, {"lang": "nl"}, {"source": "wire"}])
    | st.sampled_from([{"cased": "XI"}, {"dateline.place": "Moscow"}, {"age": {"max": "1h"}}, {"list": "leaders"}])
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.dictionaries(st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3), min_size=1)
        | st.lists(inner, min_size=1, max_size=3).map(lambda of: {"min": {"k": (len(of) + 1) // 2, "of": of}})
        | st.tuples(inner, st.lists(st.sampled_from(SCOPES), min_size=1, max_size=3)).map(
            lambda pair: {"all": [pair[0]], "in": pair[1]}
        )
    ),
    max_leaves=8,
)

QUERIED = st.recursive(
    TERMS.map(lambda term: (f'"{term}"', term))
    | st.sampled_from(
        [
            ("place:Moskou", {"place": "Moskou"}),
            ("agency:(Reuters OR AP)", {"agency": ["Reuters", "AP"]}),
            ("lang:nl", {"lang": "nl"}),
            ("source:wire", {"source": "wire"}),
        ]
    ),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: joined("AND", "all", parts))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: joined("OR", "any", parts))
        | inner.map(lambda part: (f"NOT ({part[0]})", {"none": [part[1]]}))
        | inner.map(lambda part: (f"title:({part[0]})", {"in": ["headline"], "all": [part[1]]}))
        | inner.map(lambda part: (f"lead:({part[0]})", {"in": ["lead"], "all": [part[1]]}))
    ),
    max_leaves=8,
)


def joined(operator, group, parts):
    return f" {operator} ".join(f"({query})" for query, _ in parts), {group: [condition for _, condition in parts]}


def rule(condition, **fields):
    return Rule(
        **{"id": "r", "title": "R", "level": "high", **fields}, condition=compiled(condition, leaders=["Xi", "Xi's"])
    )


def text_of(item, field):
    name, *path = field.split(".")
    if name == "related":
        entry = item.related.items[int(path[0])]
        return entry.dateline.text if path[1:] else entry.text
    if path:
        named = {"body": item.body, "tags": item.tags}[name][int(path[0])]
        return named if isinstance(named, str) else named.text
    value = getattr(item, name)
    return value if isinstance(value, str) else value.text


def leaves(clause) -> Iterator[str]:
    """Yield the names of the clauses of a tree as a reader would count them off, outermost first."""
    yield type(clause).__name__
    for inner in getattr(clause, "clauses", ()) or ([clause.clause] if isinstance(clause, In) else []):
        yield from leaves(inner)


def verdicts(verdict: Verdict) -> Iterator[Verdict]:
    yield verdict
    for inner in verdict.clauses:
        yield from verdicts(inner)


@given(CONDITIONS, ITEMS)
def test_evidence_is_sorted_unique_and_what_stands_there(condition, item):
    match = match_rule(rule(condition), View(item, NOW))

    order = View(item, NOW).order
    marks = [(order[span.field], span.start, span.end) for span in match.spans]
    assert marks == sorted(set(marks))
    for span in (span for verdict in verdicts(match.verdict) for span in verdict.spans):
        assert 0 <= span.start < span.end
        assert text_of(item, span.field)[span.start : span.end] == span.text != ""


@given(CONDITIONS, ITEMS)
def test_the_verdict_explains_every_clause_and_adds_up(condition, item):
    tree = compiled(condition, leaders=["Xi", "Xi's"])
    match = match_rule(rule(condition), View(item, NOW))

    told = list(verdicts(match.verdict))
    assert len(told) == len(list(leaves(tree)))
    assert match.matched is match.verdict.holds is expected(tree, match.verdict)
    assert match.matched or match.spans == ()


def expected(clause, verdict):
    """Return whether a clause holds, worked out anew from the verdicts of the clauses without clauses."""
    if isinstance(clause, In):
        return expected(clause.clause, verdict.clauses[0])
    if not isinstance(clause, All | Any | Without | Min):
        return verdict.holds
    held = sum(expected(inner, told) for inner, told in zip(clause.clauses, verdict.clauses, strict=True))
    if isinstance(clause, Without):
        return held == 0
    return held >= {All: len(clause.clauses), Any: 1, Min: getattr(clause, "k", 0)}[type(clause)]


@given(QUERIED, ITEMS)
def test_a_query_and_its_yaml_form_judge_alike(forms, item):
    query, condition = forms
    one, other = (match_rule(rule(form), View(item, NOW)) for form in ({"query": query}, condition))

    assert (one.matched, one.spans) == (other.matched, other.spans)


@given(CONDITIONS, ITEMS)
def test_none_of_a_condition_is_its_opposite(condition, item):
    plain, opposite = (match_rule(rule(form), View(item, NOW)) for form in (condition, {"none": [condition]}))

    assert plain.matched is not opposite.matched
    assert opposite.spans == ()


def test_positions_are_code_points_of_the_text_as_it_stands():
    text = "🚀 Straße, İstanbul, ﬁn: Zelensky\u0301 ziet Xi\u00ad’s reis"

    (span,) = match_rule(rule("Xi"), View(article(text), NOW)).spans
    assert (span.field, span.start, span.end, span.text) == ("body.0", 39, 41, "Xi")


@pytest.mark.parametrize(("source", "matched"), [("wire", True), ("other", False), (None, False)])
def test_a_rule_listens_to_its_sources(source, matched):
    match = match_rule(rule("Xi", sources=frozenset({"wire", "desk"})), View(article("Xi", source=source), NOW))

    assert match.matched is matched
    assert bool(match.spans) is matched
    assert [(inner.clause, inner.holds) for inner in match.verdict.clauses] == [
        ("sources: desk, wire", matched),
        ("Xi", True),
    ]


def test_a_rule_that_only_says_what_must_not_be_there_matches_without_evidence():
    match = match_rule(rule({"none": ["Xi"]}), View(Item(id="a"), NOW))

    assert (match.matched, match.spans) == (True, ())


HOSTILE = {
    "one word": article("Xi " * 21_845),
    "a word a paragraph": article(*["Xi"] * 20_000),
    "no spaces": article("习" * 21_845),
    "one long word": article("Xi" * 32_768),
    "a long dateline": article("Xi", dateline=Dateline("MOSKOU " * 9_362, ("MOSKOU",) * 500, ("ANP",) * 500)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_matching_takes_time_in_proportion_to_the_text(name):
    condition = {
        "any": [
            "Xi",
            "Xi Xi Xi Xi",
            "习习",
            {"place": "Moskou"},
            {"list": "leaders"},
            {"cased": "Xi"},
            {"agency": "RTR"},
        ],
        "none": ["Biden", {"place": ["Parijs", "Londen"]}, {"dateline.place": "Kyiv"}],
    }
    item = replace(HOSTILE[name], headline="Xi")
    began = perf_counter()
    match = match_rule(rule(condition), View(item, NOW))

    assert match.matched
    assert perf_counter() - began < 20  # Measured: at most 1.3 s.
