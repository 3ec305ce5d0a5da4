"""Queries: the tree they make, and what is said of those that make none."""

from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.match.query import QueryFault, read_query
from tests.match.reading import article, compiled, judged

SAME = [
    ("Xi", "Xi"),
    ('"Wang Yi"', "Wang Yi"),
    ("“Wang Yi”", "Wang Yi"),
    ("Xi AND Poetin", {"all": ["Xi", "Poetin"]}),
    ("Xi AND Poetin AND Wang", {"all": ["Xi", "Poetin", "Wang"]}),
    ("Xi OR Poetin OR Wang", {"any": ["Xi", "Poetin", "Wang"]}),
    ("Xi OR Poetin AND Wang", {"any": ["Xi", {"all": ["Poetin", "Wang"]}]}),
    ("(Xi OR Poetin) AND Wang", {"all": [{"any": ["Xi", "Poetin"]}, "Wang"]}),
    ("NOT Xi", {"none": ["Xi"]}),
    ("NOT (Xi OR Wang)", {"none": [{"any": ["Xi", "Wang"]}]}),
    ("Xi NOT Wang", {"all": ["Xi", {"none": ["Wang"]}]}),
    ("Xi AND NOT Wang", {"all": ["Xi", {"none": ["Wang"]}]}),
    ("Xi OR NOT Wang", {"any": ["Xi", {"none": ["Wang"]}]}),
    ("((Xi))", "Xi"),
    ("title:Xi", {"query": "Xi", "in": ["headline"]}),
    ('lead:"Wang Yi"', {"query": '"Wang Yi"', "in": "lead"}),
    ("title:(Xi AND Wang)", {"all": ["Xi", "Wang"], "in": "headline"}),
    ("place:Moskou", {"place": "Moskou"}),
    ('place:("New York" OR Gent)', {"place": ["New York", "Gent"]}),
    ("source:wire-1", {"source": "wire-1"}),
    ("agency:(ANP OR RTR)", {"agency": ["ANP", "RTR"]}),
    ("lang:nl-BE", {"lang": "nl-BE"}),
    ("NOT lang:nl", {"none": [{"lang": "nl"}]}),
    ("Xi's AND Xi-bezoek", {"all": ["Xi's", "Xi-bezoek"]}),
    ("ANDORRA OR NOTHING", {"any": ["ANDORRA", "NOTHING"]}),
    ('"AND" OR "12:30"', {"any": ["AND", "12:30"]}),
    ("Xi\n  AND\tWang", {"all": ["Xi", "Wang"]}),
    ("习近平 AND 莫斯科", {"all": ["习近平", "莫斯科"]}),
    ('NOT(Xi)AND"Wang Yi"', {"all": [{"none": ["Xi"]}, "Wang Yi"]}),
]

FAULTS = [
    ("", 1, "something is missing at the end"),
    ("   ", 4, "something is missing at the end"),
    ("Xi AND", 7, "something is missing at the end"),
    ("(Xi", 4, "something is missing at the end"),
    ("Xi Moskou", 4, "put AND, OR or NOT before `Moskou`, or quotes"),
    ("Xi (a)", 4, "put AND, OR or NOT before `(`"),
    ("Xi\nAND\n\nWang Yi", 14, "before `Yi`"),
    ("Xi and Wang", 4, "an operator is written in capitals: AND"),
    ("Xi)", 3, "`)` closes nothing"),
    ("()", 2, "`)` closes nothing, or nothing stands before it"),
    ("AND Xi", 1, "`AND` stands between two terms"),
    ("Xi OR OR Wang", 7, "`OR` stands between two terms"),
    ("NOT NOT Xi", 5, "NOT NOT says nothing"),
    ('Xi OR "Wang', 7, 'the quote `"` has no other half'),
    ("“Wang", 1, "the quote `“` has no other half"),
    ("title: Xi", 6, "`:` stands alone here"),
    ("titel:Xi", 1, "unknown field `titel:`; did you mean `title:`?"),
    ("Title:Xi", 1, "did you mean `title:`?"),
    ("url:x", 1, "unknown field `url:`; there are title: lead: place: source: agency: lang:"),
    ("Xi AND 12:30", 8, "Text with a colon goes in quotes"),
    ("title:lead:Xi", 7, "or quotes around text with a space or a colon"),
    ("Xi AND place:(Gent AND Luik)", 8, "`place:` takes one value, or values joined by OR"),
    ("place:(Gent OR NOT Luik)", 1, "`place:` takes one value"),
    ("lang:Dutch", 1, "`lang:` wants languages by their codes"),
    ("Xi AND sanctie*", 8, "wildcards * and ? are not read yet"),
    ('"sanctie* x"', 1, "wildcards * and ? are not read yet"),
    ("Xi AND …", 8, "no letter or digit"),
    ('Xi OR ""', 7, "no letter or digit"),
    ("Xi AND -Moskou", 8, "write AND or NOT"),
    ("+Xi", 1, "write AND or NOT"),
    ("Xi NEAR/3 Wang", 4, "`NEAR/3` belongs to the rule language, but this version does not read it yet"),
    ("ONEAR/8", 1, "does not read it yet"),
    ("(" * 51 + "Xi" + ")" * 51, 51, "more than 50 parentheses"),
    ("a" * 10_001, 10_001, "longer than 10000 characters; split the rule"),
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
    "a:" * 5_000,
    "AND" * 3_333,
    "é" * 10_000,
    " " * 10_000,
]

PIECES = st.sampled_from(
    [
        *'()"“”: \n*-+',
        "Xi",
        "AND",
        "OR",
        "NOT",
        "NEAR/2",
        "title:",
        "place:",
        "lang:",
        "nl",
        "x:",
        "…",
        "\ud800",
        "\x00",
    ]
)


def read(query):
    """Return the clause of a query, or its fault."""
    try:
        return read_query(query), None
    except QueryFault as fault:
        return None, fault


@pytest.mark.parametrize(("query", "condition"), SAME)
def test_a_query_is_the_same_tree_as_its_yaml_form(query, condition):
    clause = read_query(query)

    assert clause == compiled(condition)
    assert clause == compiled({"query": query})


@pytest.mark.parametrize(("query", "column", "said"), FAULTS)
def test_a_fault_says_its_column_and_its_mend(query, column, said):
    with pytest.raises(QueryFault) as raised:
        read_query(query)

    assert raised.value.column == column
    assert str(raised.value).startswith(f"column {column} of the query: ")
    assert said in str(raised.value)


@given(st.lists(PIECES, max_size=25).map("".join) | st.lists(PIECES, max_size=15).map(" ".join) | st.text())
@example("a\x85b")
@example("\ud800")
def test_any_text_is_a_clause_that_can_be_judged_or_a_fault_within_it(query):
    clause, fault = read(query)

    if clause:
        assert judged({"query": query}, article("Xi komt.")).verdict
        assert clause == read_query(f" ({query}) ")
    else:
        assert 1 <= fault.column <= len(query) + 1


@pytest.mark.parametrize("query", LONG)
def test_reading_takes_time_in_proportion_to_the_length(query):
    began = perf_counter()
    read(query)

    assert perf_counter() - began < 5  # Measured: at most .1 s.


def test_fields_know_their_names_in_other_spellings():
    item = article("Niets.", headline="In Moscow")

    assert judged({"query": "place:Moskou"}, item).matched
    assert judged({"query": "title:moscow NOT lead:Moscow"}, item).matched
