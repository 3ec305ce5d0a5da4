from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.alerts import decide, is_before, oldest_first
from monitor.model import Match, Seen, Verdict
from monitor.reasons import Reason
from tests.fakes.clock import START
from tests.fakes.newsroom import FOLDER, WIRE, news

MOMENT = datetime(2026, 2, 5, 9, 30, tzinfo=UTC)


def seen(name, published=None):
    return Seen(news(name, published=published), (), "")


def minute(number):
    return START + timedelta(minutes=number)


ORDERS = {
    "newest first": ([("c", minute(3)), ("b", minute(2)), ("a", minute(1))], "abc"),
    "oldest first": ([("a", minute(1)), ("b", minute(2)), ("c", minute(3))], "abc"),
    "an old one pinned on top": ([("a", minute(1)), ("c", minute(3)), ("b", minute(2))], "abc"),
    "at random": ([("b", minute(2)), ("c", minute(3)), ("a", minute(1))], "abc"),
    "without dates": ([("c", None), ("b", None), ("a", None)], "abc"),
    "all of the same moment": ([("c", minute(1)), ("b", minute(1)), ("a", minute(1))], "abc"),
    "one without a date": ([("d", minute(4)), ("c", None), ("b", minute(2)), ("a", minute(1))], "abcd"),
    "only one with a date": ([("c", None), ("b", minute(2)), ("a", None)], "abc"),
    "oldest first, one without a date": ([("a", minute(1)), ("b", None), ("c", minute(3))], "abc"),
    "bare dates and moments": ([("c", MOMENT), ("b", "2026-02-05"), ("a", "2026-02"), ("0", "2025")], "0abc"),
    "dates that cannot be": ([("c", datetime(9999, 1, 1, tzinfo=UTC)), ("b", START), ("a", "1970")], "abc"),
}


@pytest.mark.parametrize(("document", "told"), ORDERS.values(), ids=ORDERS)
def test_a_document_is_told_oldest_first(document, told):
    names = [one.item.id.removeprefix("id-") for one in oldest_first([seen(*one) for one in document])]

    assert "".join(names) == told


whens = st.none() | st.datetimes(timezones=st.just(UTC)) | st.sampled_from(["2026", "2026-02", "2026-02-05"])


@given(st.lists(whens, max_size=9))
def test_in_whatever_order_nothing_is_lost(dates):
    document = [seen(str(number), when) for number, when in enumerate(dates)]

    assert sorted(one.item.id for one in oldest_first(document)) == sorted(one.item.id for one in document)


@pytest.mark.parametrize(
    ("source", "first", "reason"),
    [
        (WIRE, True, Reason.FIRST_POLL),
        (WIRE, False, Reason.FIRED),
        (FOLDER, True, Reason.FIRED),
        (FOLDER, False, Reason.FIRED),
    ],
)
def test_only_the_first_poll_of_a_url_holds_back(source, first, reason):
    match = Match("boats", news("a"), matched=True, spans=(), verdict=Verdict("boats", holds=True))

    decision = decide(match, source, first=first, now=START)

    assert (decision.reason, decision.alert) == (reason, reason is Reason.FIRED)
    assert (decision.item, decision.rule, decision.at) == ("id-a", "boats", START)


def test_a_backfill_longer_than_the_calendar_takes_all_that_has_a_date():
    source = replace(WIRE, backfill=timedelta.max)
    match = Match("boats", news("a", published=START), matched=True, spans=(), verdict=Verdict("boats", holds=True))

    assert decide(match, source, first=True, now=START).reason is Reason.FIRED


def test_an_item_that_says_only_when_it_was_updated_is_as_old_as_that():
    source = replace(WIRE, backfill=timedelta(days=1))
    match = Match("boats", news("a", updated=START), matched=True, spans=(), verdict=Verdict("boats", holds=True))

    assert decide(match, source, first=True, now=START).reason is Reason.FIRED


@pytest.mark.parametrize(
    ("when", "before"),
    [
        (START - timedelta(seconds=1), True),
        (START, False),
        ("2026-02-04", True),
        ("2026-02-05", False),
        ("2026-01", True),
        ("2026", False),
    ],
)
def test_a_bare_date_is_before_a_moment_that_comes_after_all_of_it(when, before):
    assert is_before(when, START) is before
