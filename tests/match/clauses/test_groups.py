"""Groups: what holds, and whose evidence counts."""

import pytest

from monitor.model import Dateline, Item, Paragraph, Related, RelatedItem, Teaser
from tests.match.reading import article, compiled, judged

TEXT = "Xi reist met Wang Yi naar Moskou."

TABLE = [
    ({"all": ["Xi", "Moskou"]}, ["Xi", "Moskou"]),
    ({"all": ["Xi", "Biden"]}, None),
    ({"any": ["Xi", "Biden", "Moskou"]}, ["Xi", "Moskou"]),
    ({"any": ["Biden"]}, None),
    ({"none": ["Biden", "Trump"]}, []),
    ({"none": ["Biden", "Xi"]}, None),
    ({"min": {"k": "1", "of": ["Xi"]}}, ["Xi"]),
    ({"min": {"k": "2", "of": ["Xi", "Biden", "Moskou"]}}, ["Xi", "Moskou"]),
    ({"min": {"k": "3", "of": ["Xi", "Biden", "Moskou"]}}, None),
    ({"min": {"k": 2, "of": ["Xi", {"none": ["Trump"]}, "Biden"]}}, ["Xi"]),
    ({"any": ["Biden", {"none": ["Trump"]}]}, []),
    ({"any": ["Biden", {"none": ["Xi"]}]}, None),
    ({"any": ["Moskou", {"none": ["Xi"]}]}, ["Moskou"]),
    ({"all": ["Xi", {"none": ["Wang Yi"]}]}, None),
    ({"all": ["Xi", {"none": [{"all": ["Wang Yi", "Biden"]}]}]}, ["Xi"]),
    ({"none": [{"none": ["Xi"]}]}, []),
    ({"all": ["Xi"], "any": ["Moskou", "Minsk"], "none": ["Trump"]}, ["Xi", "Moskou"]),
    ({"any": ["Xi", {"all": ["Xi", "Moskou"]}]}, ["Xi", "Moskou"]),
    ({"any": [{"all": ["Wang Yi", "Biden"]}, "Moskou"]}, ["Moskou"]),
]

ITEM = article(
    "Xi komt.",
    "Biden gaat.",
    headline="Top in Minsk",
    dateline=Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",)),
    summary="Trump belt.",
    tags=("Kim",),
    related=Related(None, (RelatedItem("Macron zwijgt.", Dateline("PARIJS (AFP) - ", ("PARIJS",), ("AFP",))),)),
)

SCOPED = [
    ("Xi", True),
    ("Kim", False),
    ("Macron", False),
    ({"all": ["Xi"], "in": ["lead"]}, True),
    ({"all": ["Biden"], "in": ["lead"]}, False),
    ({"all": ["Biden"], "in": "body"}, True),
    ({"all": ["Xi"], "in": ["headline", "dateline", "summary"]}, False),
    ({"any": ["Kim", "Macron"], "in": ["tags"]}, True),
    ({"all": ["Macron", "Parijs"], "in": ["related"]}, True),
    ({"place": "Moscow", "in": ["headline"]}, False),
    ({"place": "Moscow", "in": ["dateline"]}, True),
    ({"agency": "ANP", "in": ["headline"]}, True),
    ({"in": ["headline"], "all": ["Minsk", {"in": ["lead"], "all": ["Xi"]}]}, True),
    ({"in": ["headline"], "all": ["Minsk", {"in": ["lead"], "all": ["Minsk"]}]}, False),
    ({"in": ["lead"], "none": ["Biden"]}, True),
    ({"in": ["body"], "none": ["Biden"]}, False),
    ({"in": ["headline"], "query": "Minsk AND lead:Xi"}, True),
]


@pytest.mark.parametrize(("condition", "evidence"), TABLE)
def test_a_group_holds_with_the_evidence_of_what_holds(condition, evidence):
    match = judged(condition, article(TEXT))

    assert match.matched is (evidence is not None)
    assert [span.text for span in match.spans] == (evidence or [])


@pytest.mark.parametrize(("condition", "expected"), SCOPED)
def test_a_scope_says_where_to_look_and_the_innermost_counts(condition, expected):
    assert judged(condition, ITEM).matched is expected


def test_teasers_count_only_where_they_are_asked_for():
    item = Item(id="a", body=(Paragraph("Xi komt."), Teaser("LEES OOK", "Poetin wacht")))

    assert not judged("Poetin", item).matched
    assert [span.field for span in judged({"all": ["Poetin"], "in": ["teasers"]}, item).spans] == ["body.1"]


def test_every_clause_has_a_verdict_also_where_the_first_decides():
    condition = {
        "any": ["Xi", {"all": ["Biden", {"cased": "VS"}]}],
        "none": [{"place": "Minsk"}, "Wang Yi"],
        "min": {"k": 1, "of": ["Moskou", {"kind": "new"}]},
        "in": ["lead"],
    }

    verdict = judged(condition, article(TEXT)).verdict

    assert told(verdict) == (
        "in: lead",
        False,
        [
            (
                "all",
                False,
                [
                    ("any", True, [("Xi", True, []), ("all", False, [("Biden", False, []), ("cased: VS", False, [])])]),
                    ("none", False, [("place: Minsk", False, []), ("Wang Yi", True, [])]),
                    ("min 1 of 2", True, [("Moskou", True, []), ("kind: new", True, [])]),
                ],
            )
        ],
    )


def test_what_stood_in_the_way_is_shown_and_is_no_evidence():
    match = judged({"all": ["Xi", {"none": ["Wang Yi"]}]}, article(TEXT))

    (_, none) = match.verdict.clauses
    assert match.spans == ()
    assert [span.text for span in none.clauses[0].spans] == ["Wang Yi"]


def test_a_clause_is_a_value():
    assert compiled({"all": ["Xi", {"none": [{"place": "Gent"}]}]}) == compiled({"query": "Xi NOT place:Gent"})


def told(verdict):
    return verdict.clause, verdict.holds, [told(inner) for inner in verdict.clauses]
