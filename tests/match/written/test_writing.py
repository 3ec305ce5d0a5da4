"""Trees written again: what is written reads back as the same tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.clause import Clause
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.clauses.wording import Term
from monitor.match.operators import OPERATORS
from monitor.match.view import SCOPES
from monitor.match.written.tree import Reader
from monitor.match.written.writing import as_query, as_value
from tests.match.reading import compiled

LISTS = {"putin": ["Poetin", "Putin"], "VS": ["VS", "Verenigde Staten"]}

WRITTEN = [
    ("Xi", "Xi", "Xi"),
    ("Wang Yi", "Wang Yi", '"Wang Yi"'),
    ('the "Iron Lady"', 'the "Iron Lady"', '“the "Iron Lady"”'),
    ('a "b" “c”', 'a "b" “c”', None),
    ("AND", "AND", '"AND"'),
    ("NEAR/3", "NEAR/3", '"NEAR/3"'),
    ("-Xi", "-Xi", '"-Xi"'),
    ("12:30", "12:30", '"12:30"'),
    ("sanctie*", "sanctie*", "sanctie*"),
    ({"all": ["Xi", "Wang"]}, {"all": ["Xi", "Wang"]}, "Xi AND Wang"),
    ({"all": ["Xi"]}, {"all": ["Xi"]}, None),
    ({"all": ["Xi", {"all": ["a1", "b1"]}]}, {"all": ["Xi", {"all": ["a1", "b1"]}]}, "Xi AND (a1 AND b1)"),
    ({"all": ["Xi", {"any": ["a1", "b1"]}]}, {"all": ["Xi", {"any": ["a1", "b1"]}]}, "Xi AND (a1 OR b1)"),
    ({"any": ["Xi", {"all": ["a1", "b1"]}]}, {"any": ["Xi", {"all": ["a1", "b1"]}]}, "Xi OR a1 AND b1"),
    (
        {"all": ["Xi", "Wang"], "none": ["Yi", "Li"]},
        {"all": ["Xi", "Wang"], "none": ["Yi", "Li"]},
        "(Xi AND Wang) AND NOT (Yi OR Li)",
    ),
    ({"none": ["Yi"], "all": ["Xi"]}, {"none": ["Yi"], "all": ["Xi"]}, None),
    ({"none": [{"any": ["Xi", "Wang"]}]}, {"none": [{"any": ["Xi", "Wang"]}]}, None),
    ({"none": [{"none": ["Xi"]}]}, {"none": [{"none": ["Xi"]}]}, "NOT (NOT Xi)"),
    ({"place": ["Gent", "New York"]}, {"place": ["Gent", "New York"]}, 'place:(Gent OR "New York")'),
    ({"place": ["Gent"]}, {"place": "Gent"}, "place:Gent"),
    ({"place": "Parijs", "country": "FR"}, {"place": "Parijs", "country": "FR"}, None),
    ({"place": "Rusland", "with": ["demonym"]}, {"place": "Rusland", "with": "demonym"}, None),
    ({"name": ["Xi Jinping", "Poetin"]}, {"name": ["Xi Jinping", "Poetin"]}, 'name:("Xi Jinping" OR Poetin)'),
    ({"name": "Wang Yi", "with": "surname"}, {"name": "Wang Yi", "with": "surname"}, None),
    ({"all": ["Xi", {"lang": "nl"}], "place": "Gent"}, None, "(Xi AND lang:nl) AND place:Gent"),
    ({"query": "title:Xi"}, {"query": "Xi", "in": "headline"}, "title:Xi"),
    ({"query": "title:(lead:Xi)"}, {"query": "lead:Xi", "in": "headline"}, "title:(lead:Xi)"),
    ({"any": ["Xi", "Wang"], "in": ["lead", "headline"]}, None, "title+lead:(Xi OR Wang)"),
    ({"lang": "nl", "in": "tags"}, {"lang": "nl", "in": "tags"}, None),
    ({"any": ["Xi", "Yi"], "in": ["tags", "byline"]}, None, "byline+tags:(Xi OR Yi)"),
    ({"fuzzy": "Jinping"}, {"fuzzy": "Jinping", "edits": "1"}, "fuzzy:Jinping"),
    ({"fuzzy": "Jinping", "edits": "2"}, {"fuzzy": "Jinping", "edits": "2"}, "fuzzy/2:Jinping"),
    ({"re": 'a"b'}, {"re": 'a"b'}, 're:“a"b”'),
    ({"list": "putin"}, {"list": "putin"}, "list:putin"),
    ({"near": ["Xi", ["a1", "b1"]], "within": "8"}, None, "Xi NEAR/8 (a1 OR b1)"),
    (
        {"near": [{"stem": "reizen"}, "Xi Jinping"], "within": "8", "ordered": "true"},
        None,
        'stem:reizen ONEAR/8 "Xi Jinping"',
    ),
    ({"count": "Xi", "at_least": "3"}, {"count": "Xi", "at_least": "3"}, None),
    ({"same": "sentence", "all": ["Xi", "Wang"]}, {"same": "sentence", "all": ["Xi", "Wang"]}, None),
    ({"same": "sentence", "query": "Xi", "in": "lead"}, {"same": "sentence", "query": "Xi", "in": "lead"}, None),
    ({"same": "paragraph", "query": "lead:Xi"}, {"same": "paragraph", "query": "lead:Xi"}, None),
    ({"min": {"k": "1", "of": ["Xi"]}}, {"min": {"k": "1", "of": ["Xi"]}}, None),
    ({"age": {"max": "120m", "min": "60s"}}, {"age": {"max": "2h", "min": "1m"}}, None),
    ({"story": {"agencies": ">=2", "within": "2h"}}, {"story": {"agencies": ">=2", "within": "2h"}}, None),
    ({"story": {"items": "3", "publishers": "<5"}}, {"story": {"publishers": "<5", "items": "=3"}}, None),
]


def is_term(text):
    return Reader().condition(text) is not None


def is_read(condition):
    return Reader(LISTS).condition(condition) is not None


TERMS = st.sampled_from(["Xi", "Wang Yi", "no", "AND", "习近平", "12:30", "sanctie*", "b?y", "Wat nu?", "(Xi)", "“Xi”"])
TERMS |= st.text(st.sampled_from("aX习é \"“”()*?:-+/'\n\t\\&（"), min_size=1, max_size=8).filter(is_term)
TERMS |= st.text(min_size=1, max_size=8).filter(is_term)


def several(one):
    return one | st.lists(one, min_size=1, max_size=3)


def fields():
    words = st.sampled_from(["Gent", "New York", "(a)", 'a"b', "AND"])
    free = ("place", "dateline.place", "agency", "source", "publisher", "section", "byline", "tag")
    yield from (several(words).map(lambda value, key=key: {key: value}) for key in free)
    yield several(st.sampled_from(["nl", "fr-BE"])).map(lambda value: {"lang": value})
    yield several(st.sampled_from(["new", "update"])).map(lambda value: {"kind": value})
    yield several(st.sampled_from(["nos.nl", "https://nos.nl/a*"])).map(lambda value: {"url": value})


NUMBERS = st.integers(1, 50).map(str)
DURATIONS = st.sampled_from(["45s", "90s", "120m", "24h", "1w"])
PLAIN_TERMS = TERMS.filter(lambda text: is_read({"cased": text}))
FUZZY = st.fixed_dictionaries({"fuzzy": PLAIN_TERMS}, optional={"edits": st.sampled_from("12")}).filter(is_read)
WORDINGS = (
    TERMS
    | FUZZY
    | PLAIN_TERMS.map(lambda text: {"cased": text})
    | PLAIN_TERMS.map(lambda text: {"stem": text})
    | st.sampled_from(["F-?35", '"', "a|b", "習"]).map(lambda pattern: {"re": pattern})
    | st.sampled_from([*LISTS]).map(lambda name: {"list": name})
    | several(st.sampled_from(["Gent", "New York"])).map(lambda names: {"place": names})
    | several(st.sampled_from(["Xi Jinping", "Wang Yi"])).map(lambda names: {"name": names})
    | st.sampled_from(["demonym", ["capital", "demonym"]]).map(lambda more: {"place": "Rusland", "with": more})
    | st.just({"place": "Parijs", "country": "FR"})
)


@st.composite
def wordings(draw):
    return draw(WORDINGS)  # Composed, so that messages do not print it whole.


SIDE = several(wordings())
BOUNDS = st.sampled_from([">=2", "<5", "3", "= 3", ">1"])
LEAVES = st.one_of(
    wordings(),
    *fields(),
    st.fixed_dictionaries({"near": st.tuples(SIDE, SIDE).map(list), "within": NUMBERS}),
    st.fixed_dictionaries({"near": st.tuples(SIDE, SIDE).map(list), "within": NUMBERS, "ordered": st.just("true")}),
    st.fixed_dictionaries({"count": SIDE, "at_least": NUMBERS}),
    st.fixed_dictionaries({"max": DURATIONS}).map(lambda age: {"age": age}),
    st.fixed_dictionaries({"agencies": BOUNDS}, optional={"within": DURATIONS}).map(lambda story: {"story": story}),
    st.sampled_from(["title:Xi", "NOT (Xi OR Wang)", 'lead+tags:("Wang Yi" AND Xi)']).map(lambda said: {"query": said}),
)


@st.composite
def leaves(draw):
    return draw(LEAVES)


def groups(inner):
    members = st.lists(inner, min_size=1, max_size=3)
    scope = several(st.sampled_from(SCOPES))
    around = {"in": scope, "same": st.sampled_from(["sentence", "paragraph"])}
    keys = {"all": members, "any": members, "none": members, "place": st.just("Gent")}
    group = st.fixed_dictionaries({}, optional={**keys, **around}).filter(lambda made: made.keys() & keys.keys())
    return group | members.map(lambda of: {"min": {"k": str(len(of)), "of": of}})


CONDITIONS = st.recursive(leaves(), groups, max_leaves=10)


def trees(inner):
    clauses = st.lists(inner, min_size=1, max_size=3).map(tuple)
    scope = st.frozensets(st.sampled_from(SCOPES), min_size=1)
    return (
        st.builds(All, clauses)
        | st.builds(Any, clauses)
        | st.builds(Without, clauses)
        | st.builds(In, scope, inner)
        | clauses.map(lambda made: Min(len(made), made))
    )


TREES = st.recursive(leaves().map(lambda condition: compiled(condition, **LISTS)), trees, max_leaves=10)


@pytest.mark.parametrize(("condition", "value", "query"), WRITTEN)
def test_a_tree_is_written_short_and_plain(condition, value, query):
    clause = compiled(condition, **LISTS)

    assert as_query(clause) == query
    assert value is None or as_value(clause) == value
    assert compiled(as_value(clause), **LISTS) == clause
    assert query is None or compiled({"query": query}, **LISTS) == clause


@given(CONDITIONS)
def test_every_rule_reads_back_from_the_value_that_it_is_written_as(condition):
    clause = compiled(condition, **LISTS)

    assert compiled(as_value(clause), **LISTS) == clause


@given(TREES)
def test_a_tree_reads_back_from_its_query_or_has_none(clause):
    query = as_query(clause)

    assert query is None or compiled({"query": query}, **LISTS) == clause


def value_of(clause):
    """Return how YAML has the tree, None where no rule says it."""
    try:
        return as_value(clause)
    except ValueError:
        return None


@given(TREES)
def test_a_tree_reads_back_from_its_value_or_no_rule_says_it(clause):
    value = value_of(clause)

    assert value is None or compiled(value, **LISTS) == clause


@pytest.mark.parametrize("name", OPERATORS)
def test_every_operator_can_be_written(name):
    clause = compiled(dict(OPERATORS[name].example))

    assert compiled(as_value(clause)) == clause


def test_a_query_too_deep_or_too_long_to_be_read_is_not_written():
    deep: Clause = Term("Xi")
    for _ in range(52):
        deep = All((deep, Term("Wang")))

    assert as_query(deep) is None
    assert as_query(Any(tuple(Term(f"w{number}") for number in range(2000)))) is None


def test_what_no_rule_says_is_refused_with_the_reason():
    nested = In(frozenset({"lead"}), In(frozenset({"lead"}), Min(1, (Term("Xi"),))))

    with pytest.raises(ValueError, match="no rule has in around this In alone"):
        as_value(nested)
