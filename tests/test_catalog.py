"""Every entry of every table holds to what its kind promises."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from monitor.catalog import CHANNELS, OPERATORS, READERS
from monitor.errors import DocumentError
from monitor.match.view import SCOPES, View
from monitor.match.written.tree import Reader
from monitor.model import Dateline, Document, Item, Paragraph, Span
from monitor.parse.reading import Reading

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)
ALL = frozenset(SCOPES)
KEY = "whsec_aHVudGVyMmh1bnRlcjJodW50ZXIyaHVudGVyMg=="

CHANNEL = {
    "webhook": {"url": "https://x.example.org/hunter2"},
    "email": {"from": "a@example.org", "to": "b@example.org", "host": "smtp.example.org"},
    "slack": {"url": "https://x.example.org/hunter2"},
    "discord": {"url": "https://x.example.org/hunter2"},
    "log": {},
}
"""Of each kind of channel, the least that it wants."""

GARBAGE = [
    b"",
    b" \n",
    b"\0",
    b"\xff\xfe\0\0",
    b"\x89PNG\r\n\x1a\n\0\0\0",
    b"\x1f\x8b\x08\0",
    b"%PDF-1.7\n\0",
    b"PK\x03\x04\0",
]


def operators():
    return pytest.mark.parametrize("name", OPERATORS)


@operators()
def test_an_operator_has_a_meaning_in_one_sentence_or_more(name):
    meaning = OPERATORS[name].meaning.strip()

    assert meaning[0].isupper()
    assert meaning.endswith(".")


@operators()
def test_an_operator_is_false_of_an_item_that_says_nothing(name):
    for clause in clauses(name):
        verdict = clause.judge(View(Item(id="a"), NOW), ALL)

        assert not verdict.holds
        assert verdict.spans == ()
        assert verdict.clause


def clauses(name):
    """Return the clauses of an operator: of its example, and of what this file's items hold."""
    example, words = dict(OPERATORS[name].example), ["Moskou", "Xi", "Wang Yi"]
    about = [{**example, name: value} for value in words] if OPERATORS[name].finds and name != "fuzzy" else []
    reader = Reader()
    read = [reader.condition(condition) for condition in [example, *map(_plain, about)]]
    return [clause for clause in read if clause]


def _plain(condition):
    """Return a condition without the options that its new value may not go with."""
    return {key: value for key, value in condition.items() if key not in {"country", "with"}}


PIECES = [
    "Moskou",
    "MOSKOU",
    "Den",
    "Haag",
    "Xi",
    "Wang",
    "Yi",
    "VS",
    "vs",
    "习近平",
    "nl",
    "–",
    "-",
    "'",
    ".",
    "é",
    "\n",
]
TEXT_OF_NEWS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@operators()
@settings(deadline=None)
@given(headline=TEXT_OF_NEWS, lead=TEXT_OF_NEWS, dateline=TEXT_OF_NEWS)
def test_evidence_stands_where_its_span_says(name, headline, lead, dateline):
    item = Item(
        id="a",
        headline=headline,
        dateline=Dateline(dateline, ("Moskou", "Den Haag"), ("Xi",)),
        body=(Paragraph(lead),),
        language="nl",
        section="Xi",
        source="Xi",
        published=NOW - timedelta(hours=2),
    )
    texts = {"headline": headline, "dateline": dateline, "body.0": lead}

    for clause in clauses(name):
        verdict = clause.judge(View(item, NOW), ALL)
        assert all(texts[span.field][span.start : span.end] == span.text != "" for span in verdict.spans)
        assert all(isinstance(span, Span) for span in verdict.spans)
        assert verdict.holds or not verdict.spans


def test_the_least_of_every_kind_of_channel_is_known_here():
    assert CHANNEL.keys() == CHANNELS.keys()


def channels():
    return pytest.mark.parametrize("kind", CHANNELS)


def least(kind):
    return {"id": "desk", "kind": kind, **CHANNEL[kind]}


@channels()
def test_a_channel_is_made_of_the_least_it_wants_and_no_less(kind):
    assert CHANNELS[kind].model_validate(least(kind)).id == "desk"
    for key in least(kind):
        with pytest.raises(ValidationError):
            CHANNELS[kind].model_validate({name: value for name, value in least(kind).items() if name != key})


@channels()
def test_a_channel_refuses_a_key_that_it_does_not_know_and_the_kind_of_another(kind):
    other = next(name for name in CHANNELS if name != kind)

    for change in ({"hunter": 2}, {"kind": other}, {"id": "The Desk"}, {"id": ""}):
        with pytest.raises(ValidationError):
            CHANNELS[kind].model_validate({**least(kind), **change})


@channels()
def test_a_channel_has_a_meaning_and_cannot_be_changed(kind):
    channel = CHANNELS[kind].model_validate(least(kind))

    assert (CHANNELS[kind].__doc__ or "").strip().endswith(".")
    with pytest.raises(ValidationError):
        channel.id = "other"  # type: ignore[misc]  # that it cannot be set is the point


@channels()
def test_what_a_channel_keeps_secret_is_masked(kind):
    fields = CHANNELS[kind].model_fields
    secret = {name for name in ("url", "secret", "token", "password") if name in fields}
    values = {"url": "https://x.example.org/hunter2", "secret": [KEY], "token": "hunter2", "password": "hunter2"}
    given = {name: values[name] for name in secret}
    user = {"user": "desk"} if "user" in fields else {}

    channel = CHANNELS[kind].model_validate({**least(kind), **user, **given})

    for name in secret:
        kept = getattr(channel, name)
        assert all(isinstance(each, SecretStr) for each in (kept if isinstance(kept, list) else [kept]))
    for shown in (repr(channel), str(channel), channel.model_dump_json(), str(channel.model_dump())):
        assert "hunter2" not in shown
        assert KEY not in shown


def readers():
    return pytest.mark.parametrize("kind", READERS)


@readers()
@pytest.mark.parametrize("body", GARBAGE, ids=repr)
def test_a_reader_refuses_garbage_as_a_document_that_cannot_be_read(kind, body):
    with pytest.raises(DocumentError):
        READERS[kind](Document("x", body))


@readers()
@settings(deadline=None)
@given(body=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_a_reader_reads_or_refuses_whatever_it_is_given(kind, body):
    document = Document("x", body, url="https://x.example.org/", fetched=NOW, source="wire", language="nl")

    try:
        reading = READERS[kind](document)
    except DocumentError as error:
        reading = None
        said = str(error)

    assert reading is None or isinstance(reading, Reading)
    assert said if reading is None else all(item.source == "wire" and item.id for item in reading.items)


@readers()
def test_a_reader_has_a_meaning(kind):
    assert (READERS[kind].__doc__ or "").startswith("Return")
