"""Clauses over the wording: lists and places; terms have their own tables (test_terms)."""

import pytest

from monitor.model import Dateline
from tests.match.reading import article, found, judged

PLACES = [
    ("Moskou", "In Moskou, moskou, Moscow en Москве of Москва", ["Moskou", "moskou", "Moscow", "Москва"]),
    ("Moscow", "uit MOSKOU", ["MOSKOU"]),
    ("Nice", "It was nice in Nice", ["nice", "Nice"]),
    ("Nizza", "It was nice in Nice", ["Nice"]),
    ("New York", "New York City en Nueva York", ["New York City", "Nueva York"]),
    ("Den Haag", "’s-Gravenhage, The Hague", ["s-Gravenhage", "The Hague"]),
    ("Beijing", "习近平在北京。", ["北京"]),
    ("Parijs", "떼가 해파리, 파리에서", ["파리"]),
    ("Xyzzy", "de stad Xyzzy", ["Xyzzy"]),
    ("Moskou", "Moskouse kringen, moskoviet", []),
]


@pytest.mark.parametrize(("place", "text", "expected"), PLACES)
def test_a_place_is_found_under_its_names(place, text, expected):
    assert found({"place": place}, text) == expected


def test_a_place_is_found_in_the_dateline():
    item = article("Er gebeurde weinig.", dateline=Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",)))

    assert [span.field for span in judged({"place": "Moscow"}, item).spans] == ["dateline"]
    assert judged({"place": "Moscow", "in": ["body"]}, item).matched is False


def test_any_of_several_places_counts():
    assert found({"place": ["Gent", "Luik"]}, "Van Liège naar Gand en Luik") == ["Liège", "Gand", "Luik"]


def test_any_form_of_a_list_counts_and_the_longest_is_the_evidence():
    forms = ["Poetin", "Vladimir Poetin", "Путин"]

    assert found({"list": "putin"}, "Vladimir Poetin, Poetins, Путин", putin=forms) == ["Vladimir Poetin", "Путин"]


def test_evidence_is_in_the_order_of_the_item():
    item = article(*(["Gent en Luik"] * 12), headline="Luik of Gent")

    spans = judged({"place": ["Luik", "Gent"]}, item).verdict.spans
    assert [span.field for span in spans[::2]] == ["headline", *(f"body.{index}" for index in range(12))]
