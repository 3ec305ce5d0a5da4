"""ninjs 1 to 3: read, and refused with the reason where it is none."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import DocumentError, Malformed, NotRecognized
from monitor.model import Byline, Dateline, Document, Media, Paragraph
from monitor.parse.agencies.ninjs import read_ninjs
from monitor.parse.detect import read_document

SUITE = Path(__file__).parents[3] / ".." / "shared" / "corpora" / "iptc-ninjs"
LEAD = "URK (ANP) - De haven van Urk gaat dicht. Dat meldt de gemeente."
RENDITIONS = {
    "small": {"href": "https://example.org/s.jpg", "mimetype": "image/jpeg", "sizeinbytes": 900},
    "large": {"href": "https://example.org/l.jpg", "mimetype": "image/jpeg", "sizeinbytes": 9000},
}
FIRST = {
    "uri": "urn:example.org:20260205:urk",
    "type": "text",
    "version": "1",
    "firstcreated": "2026-02-05T10:00:00Z",
    "versioncreated": "2026-02-05T10:30:00+01:00",
    "pubstatus": "usable",
    "urgency": 2,
    "language": "nl",
    "headline": "Haven van Urk dicht",
    "byline": "Door Klaas Romkes",
    "slugline": "haven-urk",
    "located": "Urk",
    "body_html": f"<p>{LEAD}</p><p>Vissers wijken uit.</p>",
    "body_text": LEAD,
    "description_text": "De kade zakt weg.",
    "subject": [{"name": "scheepvaart", "code": "04015000"}],
    "renditions": RENDITIONS,
}
_LISTS = {
    "headlines": [{"role": "main", "value": "Haven van Urk dicht"}],
    "bodies": [
        {"role": "text", "value": LEAD},
        {"role": "html", "value": f"<p>{LEAD}</p><p>Vissers wijken uit.</p>"},
    ],
    "descriptions": [{"role": "summary", "value": "De kade zakt weg."}],
    "subjects": [{"name": "scheepvaart", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000645"}],
    "by": "Door Klaas Romkes",
    "renditions": [{"name": name, **each} for name, each in RENDITIONS.items()],
}
_OLD = ("headline", "byline", "body_html", "body_text", "description_text", "subject", "renditions")
SECOND = {name: each for name, each in FIRST.items() if name not in _OLD} | _LISTS
_CAMEL = {"firstcreated": "firstCreated", "versioncreated": "versionCreated", "pubstatus": "pubStatus"}
THIRD = {_CAMEL.get(name, name): each for name, each in SECOND.items()}


def read(told):
    return read_document(Document("x.json", json.dumps(told).encode())).items


@pytest.mark.parametrize("told", [FIRST, SECOND, THIRD], ids=["1.x", "2.x", "3.x"])
def test_every_version_tells_the_same(told):
    (found,) = read(told)

    assert (found.guid, found.headline) == ("urn:example.org:20260205:urk", "Haven van Urk dicht")
    assert found.dateline == Dateline("URK (ANP) - ", ("URK",), ("ANP",))
    assert found.body == (
        Paragraph("De haven van Urk gaat dicht. Dat meldt de gemeente."),
        Paragraph("Vissers wijken uit."),
    )
    assert found.bylines == (Byline("Klaas Romkes"),)
    assert (found.summary, found.tags, found.slugline) == ("De kade zakt weg.", ("scheepvaart",), "haven-urk")
    assert (found.urgency, found.language, found.pubstatus, found.kind) == (2, "nl", "usable", "new")
    assert found.published == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert found.updated == datetime(2026, 2, 5, 9, 30, tzinfo=UTC)
    assert found.media == (Media("https://example.org/l.jpg", "image/jpeg", 9000),)


def test_a_list_is_as_many_items():
    assert [item.headline for item in read([FIRST, {"uri": "urn:x:2", "title": "Tweede"}])] == [
        "Haven van Urk dicht",
        "Tweede",
    ]


def test_what_is_wrong_in_a_list_is_its_flaw():
    reading = read_ninjs(Document("x", json.dumps([{"uri": 5}, FIRST]).encode()))

    assert len(reading.items) == 1
    assert reading.flaw == "not valid ninjs: uri: Input should be a valid string"


@pytest.mark.parametrize(
    ("status", "version", "kind"),
    [("usable", "4", "update"), ("canceled", "2", "withdrawn"), ("withheld", "1", "new")],
)
def test_what_it_is_to_those_before_it(status, version, kind):
    (found,) = read(FIRST | {"pubstatus": status, "version": version})

    assert (found.kind, found.pubstatus) == (kind, status)


def test_an_embargo_does_not_withhold():
    (found,) = read(FIRST | {"embargoed": "2026-02-06T06:00:00Z"})

    assert found.pubstatus == "usable"


@pytest.mark.parametrize(
    "own",
    [
        {"guid": "urn:example.org:20260205:urk", "priority": 6, "authors": [{"role": "writer"}]},
        {"uri": "urn:x", "standard": {"name": "EIGENNINJS", "version": "2.1"}, "sector": "binnenland"},
    ],
)
def test_an_agencys_own_ninjs_may_tell_more(own):
    (found,) = read({name: each for name, each in FIRST.items() if name != "uri"} | own)

    assert found.headline == "Haven van Urk dicht"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"uri": None}, "uri: Input should be a valid string"),
        ({"mime_type": "text/html"}, "mime_type: Extra inputs"),
        ({"type": "opinion"}, "type: Input should be 'text'"),
        ({"pubstatus": "cancelled"}, "pubstatus: Input should be 'usable', 'withheld' or 'canceled'"),
        ({"version": 2}, "version: Input should be a valid string"),
        ({"urgency": 0.5}, "urgency: Input should be a valid integer"),
        ({"urgency": 10}, "urgency: Input should be less than or equal to 9"),
        ({"person": "Klaas Romkes"}, "person: Input should be a valid list"),
        ({"headline_": "leeg"}, "headline_: Extra inputs"),
        ({"place": [{"name": "Urk", "geojson": {"coordinates": [5, 52]}}]}, "place.0.geojson.type: Field required"),
        ({"associations": {"main": {"uri": "urn:x:2", "camera": "x"}}}, "associations.main.camera: Extra inputs"),
        ({"associations": [{"uri": "urn:x:2"}]}, "associations.0.name: Field required"),
        ({"rightsinfo": {"linkedrights": "a", "encodedrights": "b"}}, "both linkedrights and encodedrights"),
        ({"eventDetails": {"dates": {"expectedStartDate": "begin maart"}}}, "expectedstartdate: String should match"),
        ({"advices": [{"importance": {"name": "hoog"}}]}, "advices.0.importance.code: Field required"),
    ],
)
def test_what_is_not_valid_is_refused_with_the_reason(change, said):
    with pytest.raises(Malformed) as caught:
        read_ninjs(Document("x", json.dumps(FIRST | change).encode()))

    assert str(caught.value).startswith("not valid ninjs: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"uri": "urn:x" "type": "text"}', "not JSON: Expecting ',' delimiter: line 1 column 17"),
        (b'{"uri": "urn:x", "title": "a\nb"}', "not JSON: Invalid control character"),
        (b'{"uri": "\xff"}', "not JSON: 'utf-8' codec"),
        (b'{"uri": ' + b"[" * 100_000, "not JSON: "),
    ],
)
def test_what_is_no_json_is_refused_with_the_place(body, said):
    with pytest.raises(Malformed, match=said.replace("(", r"\(")):
        read_document(Document("x", body))


@pytest.mark.parametrize("body", [b"{}", b"[]", b'[{"a": 1}]', b'{"items": [{"uri": "urn:x"}]}'])
def test_other_json_is_not_ninjs(body):
    with pytest.raises(NotRecognized, match="a JSON document"):
        read_document(Document("x", body))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(sorted(FIRST)), each, max_size=5),
    )
)
def test_any_json_is_read_or_refused(told):
    try:
        reading = read_ninjs(Document("x", json.dumps(told).encode()))
    except DocumentError as error:
        assert str(error)  # noqa: PT017 - either is right, and an error says why
    else:
        assert all(item.guid is not None or item.id for item in reading.items)


@pytest.mark.skipif(not SUITE.is_dir(), reason="other people's test material is not at ../shared")
def test_the_standards_own_examples_are_read_or_refused_as_it_says():
    cases = [json.loads(line) for line in (SUITE / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = {"valid": 0, "invalid": 0}
    for case in cases:
        try:
            read_document(Document("x", (SUITE / case["input"]).read_bytes()))
            verdict = "valid"
        except DocumentError:
            verdict = "invalid"
        if case["label"] and case["label"] != verdict:
            wrong[case["label"]] += 1

    # The one valid is a JSON Schema. The four invalid ones have nothing but what 1.2 brought, and do not say that
    # they are older: the same is valid in 1.2.
    assert wrong == {"valid": 1, "invalid": 4}
