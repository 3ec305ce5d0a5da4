"""Mappings as items: what people may write, and what is said of what they may not."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Byline, Dateline, Item, Media, Paragraph, Related, RelatedItem, Subhead, Teaser
from monitor.rules.cases import CaseFault, Fields, read_fields

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)

READ = [
    ({"headline": "Kop"}, {"headline": "Kop"}),
    ({"lead": "Eerste."}, {"body": (Paragraph("Eerste."),)}),
    ({"body": "Eerste."}, {"body": (Paragraph("Eerste."),)}),
    ({"body": "Eerste.\n\nTweede.\n"}, {"body": (Paragraph("Eerste."), Paragraph("Tweede."))}),
    ({"body": ["Eerste.", "Tweede."]}, {"body": (Paragraph("Eerste."), Paragraph("Tweede."))}),
    ({"lead": "Eerste.", "body": ["Tweede."]}, {"body": (Paragraph("Eerste."), Paragraph("Tweede."))}),
    (
        {
            "body": [
                {"type": "subhead", "text": "Kopje"},
                {"type": "teaser", "label": "LEES OOK", "text": "Elders", "premium": "true"},
                {"text": "Alinea"},
            ]
        },
        {"body": (Subhead("Kopje"), Teaser("LEES OOK", "Elders", premium=True), Paragraph("Alinea"))},
    ),
    (
        {"dateline": "MOSKOU (ANP/RTR) - "},
        {"dateline": Dateline("MOSKOU (ANP/RTR) - ", ("MOSKOU",), ("ANP", "RTR"))},
    ),
    ({"dateline": "MOSKOU (ANP)"}, {"dateline": Dateline("MOSKOU (ANP)", ("MOSKOU",), ("ANP",))}),
    ({"dateline": "MOSKOU"}, {"dateline": Dateline("MOSKOU", ("MOSKOU",))}),
    ({"dateline": "Den Haag -"}, {"dateline": Dateline("Den Haag -", ("Den Haag",))}),
    ({"dateline": "(ANP)"}, {"dateline": Dateline("(ANP)", (), ("ANP",))}),
    (
        {"dateline": {"text": "Gent.", "places": ["Gent"], "agencies": "BELGA"}},
        {"dateline": Dateline("Gent.", ("Gent",), ("BELGA",))},
    ),
    ({"related": "Elders"}, {"related": Related(None, (RelatedItem("Elders"),))}),
    (
        {"related": {"heading": "Meer", "items": ["Een", {"text": "Twee", "dateline": "ROME (ANP)", "age": "1 uur"}]}},
        {
            "related": Related(
                "Meer",
                (RelatedItem("Een"), RelatedItem("Twee", Dateline("ROME (ANP)", ("ROME",), ("ANP",)), age="1 uur")),
            )
        },
    ),
    ({"bylines": "Noor Smit"}, {"bylines": (Byline("Noor Smit"),)}),
    (
        {"bylines": [{"name": "Noor", "email": "n@example.org"}, "Ali"]},
        {"bylines": (Byline("Noor", "n@example.org"), Byline("Ali"))},
    ),
    (
        {"media": [{"url": "https://example.org/a.jpg", "length": "12"}]},
        {"media": (Media("https://example.org/a.jpg", None, 12),)},
    ),
    ({"tags": ["China", "Top"], "unsure": "body"}, {"tags": ("China", "Top"), "unsure": ("body",)}),
    ({"published": "2026-02-05T11:00:00+02:00"}, {"published": NOW - timedelta(hours=1)}),
    ({"published": "2026-02", "updated": None}, {"published": "2026-02"}),
    ({"age": "2h"}, {"published": NOW - timedelta(hours=2)}),
    (
        {"fetched": "2026-02-01T10:00:00Z", "age": "1d"},
        {"fetched": NOW - timedelta(days=4), "published": NOW - timedelta(days=5)},
    ),
    (
        {
            "kind": "update",
            "urgency": "3",
            "premium": "true",
            "pubstatus": "canceled",
            "language": "nl",
            "source": "wire",
        },
        {"kind": "update", "urgency": 3, "premium": True, "pubstatus": "canceled", "language": "nl", "source": "wire"},
    ),
]

FAULTS = [
    ({}, (), "says nothing of an item"),
    ({"headlin": "Kop"}, ("headlin",), "unknown key `headlin`; did you mean `headline`?"),
    ({"qqq": "Kop"}, ("qqq",), "unknown key `qqq`; there are source, url"),
    ({"id": "a"}, ("id",), "unknown key `id`"),
    ({"file": "x.txt", "headline": "Kop"}, ("file",), "`file` stands alone"),
    ({"headline": ["Kop"]}, ("headline",), "`headline` wants a text"),
    ({"body": {"text": "Alinea", "premium": "true"}}, ("body", 0), "only a teaser has `label` and `premium`"),
    ({"body": ["Een", {"txt": "Twee", "text": "x"}]}, ("body", 1, "txt"), "unknown key `txt`; did you mean `text`?"),
    ({"body": [{"type": "kop", "text": "x"}]}, ("body", 0, "type"), "paragraph"),
    ({"dateline": "ergens in de provincie"}, ("dateline",), "is no dateline; write MOSKOU (ANP/RTR)"),
    ({"dateline": "MOSKOU (ANP) - De"}, ("dateline",), "is no dateline"),
    ({"published": "gisteren"}, ("published",), "wants a time with its zone, such as 2026-02-05T10:00:00Z"),
    ({"published": "2026-02-05T10:00:00"}, ("published",), "wants a time with its zone"),
    ({"published": "2026-13"}, ("published",), "month must be in 1..12"),
    ({"fetched": "2026-02"}, ("fetched",), "wants a time with its zone"),
    ({"age": "2"}, ("age",), "45s 5m 2h 1d 1w"),
    ({"age": "2h", "published": "2026-02"}, (), "say the same"),
    ({"kind": "nieuw"}, ("kind",), "new, update, correction"),
    ({"urgency": "hoog"}, ("urgency",), "whole number"),
]


@pytest.mark.parametrize(("case", "expected"), READ)
def test_a_mapping_is_the_item_that_it_describes(case, expected):
    assert read_fields(case, NOW) == Item(**{"id": "case", "fetched": NOW, **expected})


@pytest.mark.parametrize(("case", "path", "said"), FAULTS)
def test_a_fault_says_where_and_what_would_mend_it(case, path, said):
    with pytest.raises(CaseFault) as raised:
        read_fields(case, NOW)

    ((told, message),) = raised.value.faults
    assert told == path
    assert said in message
    assert said in str(raised.value)


def test_every_fault_is_told():
    with pytest.raises(CaseFault) as raised:
        read_fields({"headlin": "Kop", "urgency": "hoog"}, NOW)

    assert sorted(path for path, _ in raised.value.faults) == [("headlin",), ("urgency",)]


def test_every_field_of_an_item_can_be_said():
    of_the_item = {field.name for field in fields(Item)} - {"id", "layout"}

    assert set(Fields.model_fields) == of_the_item | {"lead", "age", "story"}
