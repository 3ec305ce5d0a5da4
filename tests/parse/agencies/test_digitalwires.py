"""dpa's digitalwires."""

import json
from datetime import UTC, datetime

import pytest

from monitor.errors import Malformed
from monitor.model import Byline, Dateline, Document, Media, Paragraph
from monitor.parse.agencies.digitalwires import read_digitalwires
from monitor.parse.detect import read_document

REPORT = {
    "format": "digitalwires@0.9.1",
    "urn": "urn:newsml:example.org:260205-930-1",
    "version": 1,
    "version_created": "2026-02-05T11:00:00+01:00",
    "pubstatus": "usable",
    "signal": None,
    "language": "de",
    "urgency": 3,
    "headline": "Fähre nach Föhr fällt aus",
    "teaser": "Ein Schaden am Ruder hält das Schiff im Hafen.",
    "byline": "Von Inken Petersen und Uwe Clausen, dpa",
    "dateline": "Wyk (dpa) - ",
    "article_html": "<section class='main'><p>Die Fähre fährt nicht.</p><p>Busse fahren.</p></section>",
    "keyword_names": ["Fähre"],
    "dpasubject_names": ["Verkehr"],
    "desk_names": ["vm"],
    "poi_names": [None],
    "descriptions": None,
    "associations": [
        {"renditions": [{"size": 800, "url": "https://example.org/s"}, {"size": 2048, "url": "https://example.org/l"}]}
    ],
    "something_new": {"a": 1},
}


def read(told):
    (found,) = read_document(Document("x.json", json.dumps(told).encode())).items
    return found


def test_a_report_tells_all_that_it_has():
    found = read(REPORT)

    assert (found.guid, found.headline) == ("urn:newsml:example.org:260205-930-1", "Fähre nach Föhr fällt aus")
    assert found.dateline == Dateline("Wyk (dpa) - ", ("Wyk",), ("dpa",))
    assert found.body == (Paragraph("Die Fähre fährt nicht."), Paragraph("Busse fahren."))
    assert found.bylines == (Byline("Inken Petersen"), Byline("Uwe Clausen"))
    assert (found.tags, found.section, found.urgency) == (("Fähre",), "vm", 3)
    assert found.summary == "Ein Schaden am Ruder hält das Schiff im Hafen."
    assert found.published == found.updated == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert found.media == (Media("https://example.org/l"),)


@pytest.mark.parametrize(
    ("change", "kind"),
    [({}, "new"), ({"version": 2}, "update"), ({"version": 2, "signal": "sig:correction"}, "correction")],
)
def test_what_it_is_to_those_before_it(change, kind):
    assert read(REPORT | change).kind == kind


@pytest.mark.parametrize(
    ("change", "said"),
    [({"urn": None}, "urn: Input should be a valid string"), ({"format": "wires@1"}, "format: it is 'wires@1'")],
)
def test_what_is_none_is_refused_with_the_reason(change, said):
    with pytest.raises(Malformed, match=f"not valid digitalwires: {said}"):
        read_digitalwires(Document("x", json.dumps(REPORT | change).encode()))
