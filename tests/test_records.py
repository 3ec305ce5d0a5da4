"""Items and messages as JSON: what is written is what the schemas say, and what is loaded is what was dumped."""

import json
import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import (
    Alert,
    Byline,
    Dateline,
    Digest,
    Evidence,
    Item,
    Media,
    Message,
    Notice,
    Paragraph,
    PartialDate,
    Related,
    RelatedItem,
    RuleName,
    Span,
    Story,
    Subhead,
    Teaser,
)
from monitor.parse.wires.wire import read_wire
from monitor.records import (
    dump_items,
    item_record,
    item_schema,
    load_items,
    message_record,
    message_schema,
    spans_record,
    write_record,
)
from tests.parse.wires.articles import articles

SAMPLES = sorted((Path(__file__).parents[1] / "config" / "samples").glob("*.txt"))
NOW = datetime(2026, 2, 5, 10, 0, 0, 123456, tzinfo=UTC)
ITEM_SCHEMA = jsonschema.Draft202012Validator(item_schema())
MESSAGE_SCHEMA = jsonschema.Draft202012Validator(message_schema())

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DATES = st.dates().map(lambda date: PartialDate(date.isoformat()))
WHENS = (
    st.none() | DATES | DATES.map(lambda date: PartialDate(date[:7])) | DATES.map(lambda date: PartialDate(date[:4]))
)
MOMENTS = st.datetimes(timezones=st.just(UTC))
DATELINES = st.builds(Dateline, TEXTS, st.tuples(TEXTS), st.tuples(TEXTS, TEXTS))
ITEMS = st.builds(
    Item,
    id=TEXTS,
    source=st.none() | TEXTS,
    url=st.none() | TEXTS,
    guid=st.none() | TEXTS,
    kind=st.sampled_from(["new", "update", "correction", "withdrawn"]),
    language=st.none() | TEXTS,
    headline=st.none() | TEXTS,
    dateline=st.none() | DATELINES,
    body=st.lists(
        st.builds(Paragraph, TEXTS) | st.builds(Subhead, TEXTS) | st.builds(Teaser, TEXTS, TEXTS, st.booleans()),
        max_size=4,
    ).map(tuple),
    related=st.none()
    | st.builds(
        Related,
        st.none() | TEXTS,
        st.tuples(st.builds(RelatedItem, TEXTS, st.none() | DATELINES, st.none() | TEXTS, WHENS | MOMENTS)),
    ),
    published=WHENS | MOMENTS,
    updated=WHENS | MOMENTS,
    fetched=st.none() | MOMENTS,
    bylines=st.tuples() | st.tuples(st.builds(Byline, TEXTS, st.none() | TEXTS)),
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    media=st.tuples() | st.tuples(st.builds(Media, TEXTS, st.none() | TEXTS, st.none() | st.integers(0, 2**62))),
    urgency=st.none() | st.integers(1, 9),
    pubstatus=st.sampled_from(["usable", "withheld", "canceled"]),
    premium=st.booleans(),
    unsure=st.lists(TEXTS, max_size=3).map(tuple),
    layout=st.none() | st.lists(TEXTS, max_size=3).map(tuple),
)
ALERTS = st.builds(
    Alert,
    TEXTS,
    st.builds(RuleName, TEXTS, TEXTS, st.sampled_from(["low", "medium", "high", "critical"])),
    st.builds(Story, TEXTS, st.none() | TEXTS, st.tuples(TEXTS), st.tuples(), st.integers(1, 99)),
    st.lists(
        st.builds(Evidence, ITEMS, st.tuples(st.builds(Span, TEXTS, st.integers(0), st.integers(0), TEXTS))), max_size=2
    ).map(tuple),
)
MESSAGES = st.builds(
    Message, st.just("alert.digest"), MOMENTS, st.builds(Digest, st.lists(ALERTS, max_size=2).map(tuple))
)
MESSAGES |= st.builds(Message, st.sampled_from(["alert.fired", "alert.updated", "alert.corrected"]), MOMENTS, ALERTS)
MESSAGES |= st.builds(Message, st.sampled_from(["monitor.notice", "alert.test"]), MOMENTS, st.builds(Notice, TEXTS))


@settings(deadline=None)
@given(st.lists(ITEMS, max_size=3).map(tuple))
def test_items_that_are_dumped_come_back(items):
    assert load_items(dump_items(items)) == items


@settings(deadline=None)
@given(articles())
def test_an_article_that_is_dumped_comes_back(item):
    assert load_items(dump_items([item])) == (item,)


@pytest.mark.parametrize(
    "when",
    [
        *(PartialDate(date) for date in ("2023", "2023-02", "2023-02-17", "0001", "9999-12-31")),
        *(datetime(2023, 2, 17, tzinfo=UTC), datetime(2023, 2, 17, 1, 2, 3, 4, tzinfo=UTC)),
        *(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
    ],
    ids=str,
)
def test_a_time_comes_back_as_bare_or_as_exact_as_it_was(when):
    (item,) = load_items(dump_items([Item(id="a", published=when)]))

    assert item.published == when
    assert type(item.published) is type(when)


def test_layout_is_kept_among_ourselves_and_not_shown_outside():
    item = Item(id="a", layout=("x",))

    assert load_items(dump_items([item])) == (item,)
    assert "layout" not in item_record(item)
    assert "layout" not in json.dumps(item_schema())
    assert "layout" not in json.dumps(message_schema())


def test_a_record_has_the_names_of_the_item_in_their_order():
    assert [*item_record(Item(id="a"))] == [field.name for field in fields(Item) if field.name != "layout"]


def test_a_record_holds_what_the_contract_shows():
    item = Item(
        id="a",
        dateline=Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",)),
        body=(Paragraph("Een."), Subhead("Twee"), Teaser("LEES OOK", "Drie", premium=True)),
        published=NOW,
        updated=PartialDate("2026-02"),
    )

    record = item_record(item)

    assert record["published"] == "2026-02-05T10:00:00.123456Z"
    assert record["updated"] == "2026-02"
    assert record["fetched"] is None
    assert record["dateline"] == {"text": "MOSKOU (ANP) - ", "places": ["MOSKOU"], "agencies": ["ANP"]}
    assert record["body"] == [
        {"type": "paragraph", "text": "Een."},
        {"type": "subhead", "text": "Twee"},
        {"type": "teaser", "label": "LEES OOK", "text": "Drie", "premium": True},
    ]


@settings(deadline=None)
@given(ITEMS)
def test_the_schema_accepts_every_item(item):
    ITEM_SCHEMA.validate(item_record(item))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_schema_accepts_the_items_of_the_samples(path):
    ITEM_SCHEMA.validate(item_record(read_wire(path.read_text(), fetched=NOW)))


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"kind": "changed"},
        {"body": ["Een."]},
        {"body": [{"type": "heading", "text": "Een"}]},
        {"dateline": "MOSKOU"},
        {"published": 5},
        {"tags": "xi"},
        {"premium": "no"},
        {"pubstatus": "cancelled"},
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_no_item(change):
    assert not ITEM_SCHEMA.is_valid({**item_record(Item(id="a")), **change})


@settings(deadline=None)
@given(MESSAGES)
def test_the_schema_accepts_every_message(message):
    MESSAGE_SCHEMA.validate(json.loads(write_record(message_record(message))))


@pytest.mark.parametrize(
    "change",
    [{"type": "alert"}, {"timestamp": None}, {"data": {"id": "a"}}, {"data": {"alerts": [{}]}}, {"data": []}],
    ids=str,
)
def test_the_schema_refuses_what_is_no_message(change):
    notice = message_record(Message("monitor.notice", NOW, Notice("Alles goed.")))

    assert MESSAGE_SCHEMA.is_valid(notice)
    assert not MESSAGE_SCHEMA.is_valid({**notice, **change})


def test_a_message_is_the_body_of_the_contract():
    span = Span("body.0", 12, 14, "Xi")
    alert = Alert(
        "a1",
        RuleName("xi", "Xi", "high"),
        Story("s1", "Kop", ("anp",), ("ANP",), 3),
        (Evidence(Item(id="i1"), (span,)),),
    )

    record = message_record(Message("alert.fired", NOW, alert))

    assert record == {
        "type": "alert.fired",
        "timestamp": "2026-02-05T10:00:00.123456Z",
        "data": {
            "id": "a1",
            "rule": {"id": "xi", "title": "Xi", "level": "high"},
            "story": {"id": "s1", "headline": "Kop", "publishers": ["anp"], "agencies": ["ANP"], "items": 3},
            "items": [{**item_record(Item(id="i1")), "spans": spans_record((span,))}],
        },
    }
    assert spans_record((span,)) == [{"field": "body.0", "start": 12, "end": 14, "text": "Xi"}]


@settings(deadline=None)
@given(ITEMS)
def test_a_record_is_one_line_of_json_in_its_own_letters(item):
    line = write_record(item_record(item))

    assert "\n" not in line
    assert json.loads(line) == item_record(item)
    assert json.loads(line.encode()) == item_record(item)


def test_letters_of_every_script_are_written_as_themselves():
    assert write_record({"a": "习近平 é"}) == '{"a":"习近平 é"}'


@settings(deadline=None)
@given(st.text(max_size=20))
def test_a_lone_surrogate_costs_no_crash_and_one_letter(text):
    item = Item(id="a", headline=text, tags=(text,))

    (loaded,) = load_items(dump_items([item]))

    meant = re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert (loaded.headline, loaded.tags) == (meant, (meant,))


def test_the_name_of_a_file_that_is_not_utf_8_can_be_written_and_read_back():
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")

    line = write_record({"document": name})

    assert line == '{"document":"caf\\udce9.txt"}'
    assert json.loads(line.encode())["document"].encode("utf-8", "surrogateescape") == b"caf\xe9.txt"


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{}", b"null", b"[1]", b"[{}]", b'[{"id":1}]', b"[", b"\xff"),
        *(b'[{"id":"a","kind":"x"}]', b'[{"id":"a","body":[{"type":"x"}]}]', b'[{"id":"a","published":{}}]'),
        *(
            b'[{"id":"a","published":"soon"}]',
            b'[{"id":"a","updated":"2023-02-31"}]',
            b'[{"id":"a","updated":"2023-2"}]',
        ),
        *(b'[{"id":"a","published":"2023-02-17T10:00:00"}]', b'[{"id":"a","fetched":"2023-02-17T10:00:00"}]'),
        b'[{"id":"a","related":{"items":[{"text":"x","published":"0000"}]}}]',
    ],
)
def test_what_was_not_dumped_here_is_refused(body):
    with pytest.raises(ValueError, match=r"validation error|a time without its zone"):
        load_items(body)


def test_a_time_of_another_zone_is_the_same_moment():
    (item,) = load_items(b'[{"id":"a","published":"2026-02-05T12:00:00+02:00"}]')

    assert item.published == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert isinstance(item.published, datetime)
    assert item.published.utcoffset() == timedelta(hours=2)
