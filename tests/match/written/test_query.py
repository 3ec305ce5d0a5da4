"""Queries: the tree they make, the same that YAML makes."""

from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.match.clauses.groups import Any, Without
from monitor.match.clauses.wording import Term
from monitor.match.operators import OPERATORS
from monitor.match.written import query as queries
from tests.match.reading import article, compiled, faults_of, judged

LISTS = {"putin": ["Poetin", "Putin"]}

SAME = [
    ("Xi", "Xi"),
    ('"Wang Yi"', "Wang Yi"),
    ("“Wang Yi”", "Wang Yi"),
    ('“the "Iron Lady"”', 'the "Iron Lady"'),
    ("Xi AND Poetin", {"all": ["Xi", "Poetin"]}),
    ("Xi AND Poetin AND Wang", {"all": ["Xi", "Poetin", "Wang"]}),
    ("Xi OR Poetin OR Wang", {"any": ["Xi", "Poetin", "Wang"]}),
    ("Xi OR Poetin AND Wang", {"any": ["Xi", {"all": ["Poetin", "Wang"]}]}),
    ("(Xi OR Poetin) AND Wang", {"all": [{"any": ["Xi", "Poetin"]}, "Wang"]}),
    ("Xi OR (Poetin OR Wang)", {"any": ["Xi", {"any": ["Poetin", "Wang"]}]}),
    ("NOT Xi", {"none": ["Xi"]}),
    ("NOT (Xi OR Wang)", {"none": ["Xi", "Wang"]}),
    ("NOT (Xi AND Wang)", {"none": [{"all": ["Xi", "Wang"]}]}),
    ("NOT (NOT Xi)", {"none": [{"none": ["Xi"]}]}),
    ("Xi NOT Wang", {"all": ["Xi", {"none": ["Wang"]}]}),
    ("Xi AND NOT Wang", {"all": ["Xi", {"none": ["Wang"]}]}),
    ("Xi OR NOT Wang", {"any": ["Xi", {"none": ["Wang"]}]}),
    ("((Xi))", "Xi"),
    ("title:Xi", {"query": "Xi", "in": ["headline"]}),
    ("headline:Xi", {"query": "Xi", "in": ["headline"]}),
    ('lead:"Wang Yi"', {"query": '"Wang Yi"', "in": "lead"}),
    ("title:(Xi AND Wang)", {"all": ["Xi", "Wang"], "in": "headline"}),
    ("title+lead:(Xi OR Wang)", {"any": ["Xi", "Wang"], "in": ["headline", "lead"]}),
    ("summary+tags+byline:Xi", {"query": "Xi", "in": ["byline", "tags", "summary"]}),
    ("dateline:Moskou", {"query": "Moskou", "in": "dateline"}),
    ("body:Xi AND subheads:Xi", {"all": [{"query": "Xi", "in": "body"}, {"query": "Xi", "in": "subheads"}]}),
    ("teasers:Xi OR related:Xi", {"any": [{"query": "Xi", "in": "teasers"}, {"query": "Xi", "in": "related"}]}),
    ("title:(lead:Xi)", {"query": "lead:Xi", "in": "headline"}),
    ("place:Moskou", {"place": "Moskou"}),
    ('place:("New York" OR Gent)', {"place": ["New York", "Gent"]}),
    ("dateline.place:(Kyiv OR Odesa)", {"dateline.place": ["Kyiv", "Odesa"]}),
    ("source:wire-1", {"source": "wire-1"}),
    ("publisher:(NOS OR VRT)", {"publisher": ["NOS", "VRT"]}),
    ("agency:(ANP OR RTR)", {"agency": ["ANP", "RTR"]}),
    ("lang:nl-BE", {"lang": "nl-BE"}),
    ("NOT lang:nl", {"none": [{"lang": "nl"}]}),
    ("section:Sport", {"section": "Sport"}),
    ("kind:(correction OR withdrawn)", {"kind": ["correction", "withdrawn"]}),
    ('byline:"Noor Smit"', {"byline": "Noor Smit"}),
    ("url:nos.nl/artikel", {"url": "nos.nl/artikel"}),
    ('url:"https://nos.nl/"', {"url": "https://nos.nl/"}),
    ("tag:(China OR sanctie*)", {"tag": ["China", "sanctie*"]}),
    ("list:putin", {"list": "putin"}),
    ('name:"Xi Jinping"', {"name": "Xi Jinping"}),
    ('name:("Xi Jinping" OR Poetin) NEAR/8 Kim', {"near": [{"name": ["Xi Jinping", "Poetin"]}, "Kim"], "within": "8"}),
    ("cased:VS", {"cased": "VS"}),
    ("cased:(VS OR EU)", {"any": [{"cased": "VS"}, {"cased": "EU"}]}),
    ("NOT cased:(VS OR EU)", {"none": [{"cased": "VS"}, {"cased": "EU"}]}),
    ("stem:bezoeken", {"stem": "bezoeken"}),
    ("fuzzy:Jinping", {"fuzzy": "Jinping", "edits": "1"}),
    ("fuzzy/2:Jinping", {"fuzzy": "Jinping", "edits": "2"}),
    (r're:"(?i)\bF-?35s?\b"', {"re": r"(?i)\bF-?35s?\b"}),
    ("sanctie* OR b?y", {"any": ["sanctie*", "b?y"]}),
    ('"sanctie* tegen"', "sanctie* tegen"),
    ("Xi NEAR/8 Moskou", {"near": ["Xi", "Moskou"], "within": "8"}),
    ("Xi ONEAR/8 Moskou", {"near": ["Xi", "Moskou"], "within": "8", "ordered": "true"}),
    (
        '(Xi OR "Xi Jinping") NEAR/8 (Moskou OR Kremlin)',
        {"near": [["Xi", "Xi Jinping"], ["Moskou", "Kremlin"]], "within": "8"},
    ),
    (
        "(stem:bezoeken OR cased:VS) NEAR/3 (place:(Kyiv OR Odesa) OR list:putin)",
        {
            "near": [[{"stem": "bezoeken"}, {"cased": "VS"}], [{"place": ["Kyiv", "Odesa"]}, {"list": "putin"}]],
            "within": "3",
        },
    ),
    ("cased:(VS OR EU) NEAR/2 Xi", {"near": [[{"cased": "VS"}, {"cased": "EU"}], "Xi"], "within": "2"}),
    ("sanctie* NEAR/2 olie", {"near": ["sanctie*", "olie"], "within": "2"}),
    ("Xi NEAR/3(Moskou)", {"near": ["Xi", "Moskou"], "within": "3"}),
    ("NOT Xi NEAR/3 Wang", {"none": [{"near": ["Xi", "Wang"], "within": "3"}]}),
    ("Xi AND Wang NEAR/3 Yi", {"all": ["Xi", {"near": ["Wang", "Yi"], "within": "3"}]}),
    (
        "Xi NEAR/3 Wang OR Yi NEAR/4 Li",
        {"any": [{"near": ["Xi", "Wang"], "within": "3"}, {"near": ["Yi", "Li"], "within": "4"}]},
    ),
    ("title:(Xi NEAR/3 Wang)", {"near": ["Xi", "Wang"], "within": "3", "in": "headline"}),
    ("Xi's AND Xi-bezoek", {"all": ["Xi's", "Xi-bezoek"]}),
    ("’t AND 's-Gravenhage", {"all": ["’t", "'s-Gravenhage"]}),
    ("ANDORRA OR NOTHING OR NEARBY", {"any": ["ANDORRA", "NOTHING", "NEARBY"]}),
    ('"AND" OR "12:30" OR "NEAR/3"', {"any": ["AND", "12:30", "NEAR/3"]}),
    ("Xi\n  AND\tWang", {"all": ["Xi", "Wang"]}),
    ("习近平 AND 莫斯科", {"all": ["习近平", "莫斯科"]}),
    ('NOT(Xi)AND"Wang Yi"', {"all": [{"none": ["Xi"]}, "Wang Yi"]}),
]

LONG = [
    "(" * 10_000,
    "NOT (" * 2_000,
    "title:(" * 1_400,
    '"' * 9_999,
    "“" * 10_000,
    "a " * 5_000,
    "a OR " * 1_999 + "a",
    "a AND " * 1_666 + "a",
    "a NOT " * 1_666 + "a",
    "a NEAR/2 " * 1_100 + "a",
    "a NEAR/2 a AND " * 660 + "a",
    "a:" * 5_000,
    "a+" * 5_000 + ":x",
    "AND" * 3_333,
    "NEAR/" + "9" * 9_000,
    "é" * 10_000,
    " " * 10_000,
    ("(" * 50 + "a" + ")" * 50 + " OR ") * 90 + "a",
]

PIECES = st.sampled_from(
    [
        *'()"“”„（: \n*?-+/',
        *("Xi", "AND", "OR", "NOT", "NEAR/2", "ONEAR/3", "NEAR", "near/3", "title:", "title+lead:", "place:", "lang:"),
        *("stem:", "fuzzy/2:", "re:", "list:", "putin", "nl", "x:", "…", "\ud800", "\x00", "\u200b"),
    ]
)


def read(query):
    """Return the clause of a query, or its fault."""
    faults = faults_of({"query": query}, **LISTS)
    return (None, faults[0]) if faults else (compiled({"query": query}, **LISTS), None)


@pytest.mark.parametrize(("query", "condition"), SAME)
def test_a_query_is_the_same_tree_as_its_yaml_form(query, condition):
    assert compiled({"query": query}, **LISTS) == compiled(condition, **LISTS)


@pytest.mark.parametrize(("query", "condition"), SAME)
def test_spaces_and_parentheses_around_a_query_change_nothing(query, condition):
    assert compiled({"query": f" \n({query}) "}, **LISTS) == compiled(condition, **LISTS)


def test_parentheses_in_a_row_are_no_operator():
    clause = compiled({"query": "NOT ((Xi OR Wang) OR Yi)"})

    assert clause == Without((Any((Term("Xi"), Term("Wang"))), Term("Yi")))


@given(st.lists(PIECES, max_size=25).map("".join) | st.lists(PIECES, max_size=15).map(" ".join) | st.text())
@example("a\x85b")
@example("\ud800")
def test_any_text_is_a_clause_that_can_be_judged_or_a_fault_within_it(query):
    clause, fault = read(query)

    if clause:
        assert judged({"query": query}, article("Xi komt."), **LISTS).verdict
        assert clause == read(f" ({query}) ")[0]
    else:
        assert 0 <= fault.offset <= len(query)
        assert fault.message.startswith(f"column {fault.offset + 1} of the query: ")


@pytest.mark.parametrize("query", LONG)
def test_reading_takes_time_in_proportion_to_the_length(query):
    began = perf_counter()
    read(query)

    assert perf_counter() - began < 10  # Measured: at most .3 s.


def test_fields_know_their_names_in_other_spellings():
    item = article("Niets.", headline="In Moscow")

    assert judged({"query": "place:Moskou"}, item).matched
    assert judged({"query": "title:moscow NOT lead:Moscow"}, item).matched


@pytest.mark.parametrize("name", OPERATORS)
def test_every_operator_is_a_field_or_said_in_yaml_alone(name):
    fields = {*queries.ANY_OF, *queries.ONE}

    assert (name in fields) != (name in {"near", "count", "age", "story"})


@pytest.mark.parametrize("name", OPERATORS)
def test_what_looks_for_words_may_stand_beside_near(name):
    assert OPERATORS[name].finds == (name in queries.WORDING)


def test_what_a_query_can_say_is_in_its_documentation():
    fields = {*queries.ANY_OF, *queries.ONE, *queries.SCOPE_FIELDS}

    assert {field for field in fields if f"{field}:" not in (queries.__doc__ or "")} == set()
