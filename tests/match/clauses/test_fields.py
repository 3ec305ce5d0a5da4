"""Clauses over fields: what holds, what is evidence, and that nothing holds of what is unknown."""

from datetime import datetime, timedelta

import pytest

from monitor.match.clauses.fields import first_moment, last_moment
from monitor.match.view import SCOPES, View
from monitor.model import Byline, Dateline, PartialDate
from tests.match.reading import NOW, article, compiled, judged

PLAIN = article(
    "Er gebeurde weinig.",
    source="wire",
    language="nl-BE",
    section="Buitenland",
    kind="correction",
    dateline=Dateline(
        "PARIJS/NEW\u00a0YORK (ANP/RTR/dpa-AFX/PA) - ", ("PARIJS", "NEW YORK"), ("ANP", "RTR", "dpa-AFX", "PA")
    ),
    published=NOW - timedelta(hours=2),
    url="https://www.nos.nl/artikel/12-xi?page=2",
    bylines=(Byline("Noor de Smit"), Byline("Zoë Jansen", "zoe@example.org")),
    tags=("China", "Xi Jinping", "Été", ""),
)
UNKNOWN = article("Er gebeurde weinig.")

HOLDS = [
    ({"dateline.place": "Paris"}, ["PARIJS"]),
    ({"dateline.place": ["Roma", "Nueva York"]}, ["NEW\u00a0YORK"]),
    ({"dateline.place": ["New-York", "Parijs"]}, ["PARIJS", "NEW\u00a0YORK"]),
    ({"agency": "Reuters"}, ["RTR"]),
    ({"agency": ["rtr", "DPA"]}, ["RTR", "dpa-AFX"]),
    ({"agency": "Press Association"}, ["PA"]),
    ({"source": ["other", "wire"]}, []),
    ({"lang": "nl"}, []),
    ({"lang": ["fr", "NL-be"]}, []),
    ({"section": "BUITENLAND"}, []),
    ({"kind": ["new", "correction"]}, []),
    ({"byline": "smit"}, ["Smit"]),
    ({"byline": ["Noor de Smit", "zoe jans*"]}, ["Noor de Smit", "Zoë Jansen"]),
    ({"tag": "china"}, ["China"]),
    ({"tag": ["xi  JINPING", "ete"]}, ["Xi Jinping", "Été"]),
    ({"tag": "xi*"}, ["Xi Jinping"]),
    ({"tag": "ch?na"}, ["China"]),
    ({"url": "nos.nl"}, []),
    ({"url": ["vrt.be", "nos.nl/artikel"]}, []),
    ({"url": "*artikel/*-xi*"}, []),
    ({"age": {"max": "2h"}}, []),
    ({"age": {"min": "2h"}}, []),
    ({"age": {"min": "1h", "max": "3h"}}, []),
]

FAILS = [
    {"dateline.place": ["Lyon", "York"]},
    {"agency": ["AP", "AFX", "XYZ"]},
    {"source": "Wire"},
    {"lang": ["n", "nl-NL", "en"][1:]},
    {"section": "Buiten"},
    {"kind": "new"},
    {"byline": ["Smits", "Noor Smit", "de Smit Noor"]},
    {"tag": ["Xi", "Chin", "x?", "[cC]hina"]},
    {"url": ["os.nl", "nos.nl/art", "nos.nl.com", "be/artikel", "*.nos.nl/*", "vrt.be"]},
    {"age": {"max": "1h"}},
    {"age": {"min": "3h"}},
]

UNSAID = [
    {"dateline.place": "Parijs"},
    {"agency": "ANP"},
    {"source": "wire"},
    {"lang": "nl"},
    {"section": "Buitenland"},
    {"publisher": "nos"},
    {"byline": "Noor"},
    {"tag": "China"},
    {"url": "nos.nl"},
    {"age": {"max": "999w"}},
    {"age": {"min": "0s"}},
]

MOMENTS = [
    ("2023", "2023-01-01", "2024-01-01"),
    ("2023-02", "2023-02-01", "2023-03-01"),
    ("2023-12", "2023-12-01", "2024-01-01"),
    ("2024-02-29", "2024-02-29", "2024-03-01"),
    ("2023-12-31", "2023-12-31", "2024-01-01"),
    ("0001", "0001-01-01", "0002-01-01"),
    ("9998-12", "9998-12-01", "9999-01-01"),
]

AGES = [
    ("2026-02-05", {"max": "1d"}, True),
    ("2026-02-05", {"max": "9h"}, False),
    ("2026-02-05", {"min": "0s"}, False),
    ("2026-02-04", {"min": "10h"}, True),
    ("2026-02-04", {"min": "11h"}, False),
    ("2026-01", {"min": "4d"}, True),
    ("2026-02", {"max": "4d"}, False),
    ("2026-02", {"max": "5d"}, True),
    ("2025", {"min": "35d"}, True),
    ("9999", {"max": "1h"}, True),
    ("9999-12-31", {"min": "1h"}, False),
]


@pytest.mark.parametrize(("condition", "evidence"), HOLDS)
def test_a_clause_holds_of_what_is_known(condition, evidence):
    match = judged(condition, PLAIN)

    assert match.matched
    assert [span.text for span in match.spans] == evidence


@pytest.mark.parametrize("condition", FAILS)
def test_a_clause_does_not_hold_of_something_else(condition):
    assert not judged(condition, PLAIN).matched


@pytest.mark.parametrize("condition", UNSAID)
def test_a_clause_about_the_unknown_is_false_and_so_none_of_it_is_true(condition):
    assert not judged(condition, UNKNOWN).matched
    assert judged({"none": [condition]}, UNKNOWN).matched


@pytest.mark.parametrize(
    ("publisher", "expected"), [("NOS", True), ("nös", True), ("nos.nl", False), (None, False), ("", False)]
)
def test_a_publisher_is_who_is_behind_the_source(publisher, expected):
    view = View(PLAIN, NOW, publisher=publisher)

    assert compiled({"publisher": ["vrt", "nos"]}).judge(view, frozenset(SCOPES)).holds is expected


def test_fields_are_of_the_whole_item_also_within_a_sentence():
    fields = [{"byline": "Smit"}, {"tag": "China"}, {"agency": "ANP"}, {"dateline.place": "Paris"}]

    match = judged({"same": "sentence", "all": ["weinig", *fields]}, PLAIN)
    assert {span.field for span in match.spans} == {"body.0", "byline.0", "tags.0", "dateline"}


def test_the_evidence_of_an_agency_stands_among_the_agencies():
    item = article("Niets.", dateline=Dateline("PA (ANP/PA) - ", ("PA",), ("ANP", "PA")))

    assert [span.start for span in judged({"agency": "PA"}, item).spans] == [8]
    assert [span.start for span in judged({"dateline.place": "PA"}, item).spans] == [0]


def test_a_dateline_whose_text_does_not_say_it_holds_without_evidence():
    item = article("Niets.", dateline=Dateline("", ("Moskou",), ("ANP",)))

    assert judged({"all": [{"dateline.place": "Moscow"}, {"agency": "ANP"}]}, item).matched


def test_a_date_yet_to_come_is_no_older_than_any_bound_and_not_old():
    item = article("Niets.", published=NOW + timedelta(minutes=1))

    assert judged({"age": {"max": "0s"}}, item).matched
    assert not judged({"age": {"min": "0s"}}, item).matched


def test_languages_written_with_an_underscore_count():
    assert judged({"lang": "nl"}, article("Niets.", language="nl_NL")).matched
    assert not judged({"lang": "nl"}, article("Niets.", language="nld")).matched


@pytest.mark.parametrize(("when", "first", "last"), MOMENTS)
def test_a_bare_date_spans_its_day_month_or_year(when, first, last):
    assert first_moment(PartialDate(when)) == datetime.fromisoformat(f"{first}T00:00Z")
    assert last_moment(PartialDate(when)) == datetime.fromisoformat(f"{last}T00:00Z")


@pytest.mark.parametrize("when", ["9999", "9999-12", "9999-12-31"])
def test_the_end_of_the_calendar_ends_nothing(when):
    assert last_moment(PartialDate(when)).year == 9999


@pytest.mark.parametrize(("published", "bounds", "expected"), AGES)
def test_a_bare_date_counts_where_every_moment_of_it_does(published, bounds, expected):
    assert judged({"age": bounds}, article("Niets.", published=PartialDate(published))).matched is expected
