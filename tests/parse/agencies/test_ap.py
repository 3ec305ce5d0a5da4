"""Answers of AP's Media API."""

import json
from datetime import UTC, datetime

import pytest

from monitor.errors import Malformed
from monitor.model import Byline, Dateline, Document, Media, Paragraph
from monitor.parse.agencies.ap import read_ap
from monitor.parse.detect import read_document

ITEM = {
    "uri": "https://api.example.org/content/17?et=secret",
    "altids": {"itemid": "17", "etag": "17_0"},
    "version": 0,
    "type": "text",
    "language": "en",
    "headline": "Bridge closes after crack is found",
    "slugline": "US-Bridge",
    "description_summary": "Nobody is hurt.",
    "body_nitf": "<block><p>HARTFORD, Conn. (AP) — The bridge closed Friday.</p><p>Traffic is rerouted.</p></block>",
    "firstcreated": "2026-02-05T10:00:00Z",
    "versioncreated": "2026-02-05T11:00:00Z",
    "urgency": 3,
    "pubstatus": "usable",
    "datelinelocation": {"city": "Hartford"},
    "bylines": [{"by": "By DANA HILL and LEE PARK"}],
    "subject": [
        {"name": "Domestic News", "creator": "Editorial", "rels": ["category"]},
        {"name": "Bridges", "creator": "Machine"},
    ],
    "renditions": {
        "main": {"href": "https://example.org/l.jpg", "mimetype": "image/jpeg", "sizeinbytes": 900},
        "thumbnail": {"href": "https://example.org/s.jpg", "mimetype": "image/jpeg", "sizeinbytes": 90},
        "nitf": {"href": "https://example.org/17.xml", "mimetype": "text/xml"},
    },
    "usageterms": ["Something else"],
}


def answer(*items, listed=False):
    data = {"items": [{"meta": {}, "item": item} for item in items]} if listed else {"meta": {}, "item": items[0]}
    return json.dumps({"api_version": "1.1", "data": data}).encode()


def read(change):
    (found,) = read_document(Document("x.json", answer(ITEM | change))).items
    return found


def test_an_answer_tells_all_that_it_has():
    found = read({})

    assert (found.guid, found.headline) == ("17", "Bridge closes after crack is found")
    assert found.dateline == Dateline("HARTFORD, Conn. (AP) — ", ("HARTFORD",), ("AP",))
    assert found.body == (Paragraph("The bridge closed Friday."), Paragraph("Traffic is rerouted."))
    assert found.bylines == (Byline("DANA HILL"), Byline("LEE PARK"))
    assert (found.section, found.tags, found.summary) == ("Domestic News", ("Domestic News",), "Nobody is hurt.")
    assert found.media == (Media("https://example.org/l.jpg", "image/jpeg", 900),)
    assert found.published == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert (found.kind, found.pubstatus, found.urgency, found.slugline) == ("new", "usable", 3, "US-Bridge")


def test_an_answer_may_list_items():
    reading = read_document(Document("x.json", answer(ITEM, ITEM | {"altids": {"itemid": "18"}}, listed=True)))

    assert [item.guid for item in reading.items] == ["17", "18"]


@pytest.mark.parametrize(
    ("change", "kind", "pubstatus"),
    [
        ({"version": 1}, "update", "usable"),
        ({"editorialtypes": ["Lead", "Corrective"]}, "correction", "usable"),
        ({"editorialtypes": ["Kill"]}, "withdrawn", "usable"),
        ({"editorialtypes": ["Advisory"]}, "new", "usable"),
        ({"pubstatus": "canceled"}, "withdrawn", "canceled"),
        ({"pubstatus": "withheld"}, "new", "withheld"),
    ],
)
def test_what_it_is_to_those_before_it(change, kind, pubstatus):
    found = read(change)

    assert (found.kind, found.pubstatus) == (kind, pubstatus)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"api_version": "1.1", "data": {"item": {"version": "1"}}}', r"data\.item\.version"),
        (b'{"api_version": "1.1"}', "data"),
        (b"{", "not JSON"),
    ],
)
def test_what_is_no_answer_is_refused_with_the_reason(body, told):
    with pytest.raises(Malformed, match=told):
        read_ap(Document("x.json", body))
