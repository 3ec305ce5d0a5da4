from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.compose.labels import Language
from monitor.compose.message import addressed, alert_id, delivery_id, fired, notice, over_time, told
from monitor.compose.message import tested as trial  # pytest would take `tested` for a test
from monitor.compose.written import read_message
from monitor.model import (
    Alert,
    Byline,
    Digest,
    Evidence,
    Item,
    Media,
    Message,
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
from monitor.records import message_record, message_schema

AT = datetime(2026, 2, 5, 10, 0, 0, 250_000, tzinfo=UTC)
RULE = RuleName("xi-moskou", "Xi naar Moskou", "high")
FULL = Item(
    id="a1",
    source="wire",
    url="https://news.example/1",
    headline="Xi in Moskou",
    body=(Paragraph("Xi is er."), Subhead("Overleg"), Teaser("LEES OOK", "Meer over Xi", premium=True)),
    related=Related("Meer", (RelatedItem("Ook dit", age="1 uur geleden", published=AT),)),
    published=PartialDate("2023-02"),
    updated=AT,
    fetched=AT,
    bylines=(Byline("A. Schrijver"),),
    tags=("china",),
    media=(Media("https://news.example/1.jpg", length=9),),
    unsure=("published",),
)
STORY = Story("s1", "Xi in Moskou", ("example",), ("ANP",), 1)
EVIDENCE = (Evidence(FULL, (Span("headline", 0, 2, "Xi"),)),)
FIRED = fired(RULE, STORY, EVIDENCE, AT)


def test_an_alert_is_of_its_rule_and_first_item_whatever_its_story():
    again = fired(RULE, replace(STORY, id="s2", items=7), (*EVIDENCE, Evidence(replace(FULL, id="a2"), ())), AT)

    assert isinstance(FIRED.data, Alert)
    assert isinstance(again.data, Alert)
    assert FIRED.data.id == again.data.id == alert_id("xi-moskou", "a1")


def test_ids_are_the_same_tomorrow():
    assert alert_id("xi-moskou", "a1") == "c21e660cdfdfa25efc7ac6abfdf4a2b3"
    assert delivery_id("xi-moskou", "desk", "bcf85d8f", 0) == "msg_86e81d492ffe0912522b3a46f458c1cb"


@given(st.lists(st.tuples(st.text(), st.text(), st.text(), st.integers(0, 9)), min_size=2, max_size=2, unique=True))
def test_different_deliveries_have_different_ids_without_a_dot(keys):
    ids = [delivery_id(*key) for key in keys]

    assert ids[0] != ids[1]
    assert all(one.startswith("msg_") and "." not in one for one in ids)


@pytest.mark.parametrize(
    "parts", [(("a", "bc"), ("ab", "c")), (("a", ""), ("", "a")), (('a", "b', "c"), ("a", 'b", "c'))], ids=str
)
def test_two_keys_do_not_run_into_one(parts):
    assert alert_id(*parts[0]) != alert_id(*parts[1])


MESSAGES = {
    "fired": FIRED,
    "digest": Message("alert.digest", AT, Digest((FIRED.data, FIRED.data) if isinstance(FIRED.data, Alert) else ())),
    "test": trial("desk", AT),
    "test in English": trial("desk", AT, "en"),
    "notice": notice("kanaal desk is uitgeschakeld", AT),
    "silence": over_time(RULE, "ANP", ("x",), replace(STORY, id="", items=0), (), AT),
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_as_its_schema_says(message):
    jsonschema.validate(message_record(message), message_schema())


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_read_back_as_it_was_written(message):
    assert read_message(addressed(message, "desk").body) == message


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_a_delivery_is_the_same_whoever_makes_it_and_another_for_another_channel(message):
    one = addressed(message, "desk")

    assert one == addressed(message, "desk")
    assert one.id != addressed(message, "nacht").id
    assert one.id != addressed(message, "desk", revision=1).id
    assert (one.channel, one.type, one.created, one.attempts) == ("desk", message.type, AT, 0)
    assert "\n" not in one.body


def test_a_test_says_so_in_each_language_and_points_at_its_evidence():
    words: dict[Language, str] = {"nl": "PROEF", "en": "TEST"}
    for language, word in words.items():
        data = trial("desk", AT, language).data

        assert isinstance(data, Alert)
        assert str(data.items[0].item.headline).startswith(word)
        [span] = data.items[0].spans
        block = data.items[0].item.body[0]
        assert block.text[span.start : span.end] == span.text


def test_a_second_test_is_another_delivery():
    later = AT.replace(hour=11)

    assert addressed(trial("desk", AT), "desk").id != addressed(trial("desk", later), "desk").id


def test_the_same_notice_at_another_time_is_another_delivery():
    later = AT.replace(hour=11)

    assert addressed(notice("vol", AT), "log").id != addressed(notice("vol", later), "log").id


def test_what_is_told_again_of_the_same_cause_within_the_hour_is_the_same_delivery():
    first, again = (told(text, "channel desk", AT, ["log", "phone", "log"]) for text in ("vol", "nog vol"))
    later = told("vol", "channel desk", AT.replace(hour=11), ["log"])

    assert [delivery.channel for delivery in first] == ["log", "phone"]
    assert [delivery.id for delivery in first] == [delivery.id for delivery in again]
    assert len({delivery.id for delivery in (*first, *later, *told("vol", "channel night", AT, ["log"]))}) == 4


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"type": "alert.fired", "data": {"items": [1]}}', "[" * 100_000])
def test_what_is_no_message_is_not_read_as_one(body):
    with pytest.raises(ValueError, match=r"."):
        read_message(body)
