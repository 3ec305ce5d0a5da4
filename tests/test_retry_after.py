"""How long servers ask to be left alone (RFC 9110 10.2.3)."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.net.retry_after import retry_after

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)
SOON = "Thu, 05 Feb 2026 10:02:00 GMT"


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("00120", 120),
        ("9" * 5000, 999_999_999),
        (SOON, 120),
        ("Thursday, 05-Feb-26 10:02:00 GMT", 120),
        ("Thu Feb  5 10:02:00 2026", 120),
        ("Thu, 05 Feb 2026 11:02:00 +0100", 120),
        ("Thu, 05 Feb 2026 09:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 251_632_015_199),
    ],
)
def test_both_forms_are_read(asked, seconds):
    assert retry_after({"retry-after": asked}, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "asked",
    ["", "soon", "-1", "1.5", "+3", "1e3", "٣", "²", "Thu, 32 Foo 2026 10:00:00 GMT", "Thu, 05 Feb 99999 10:02:00 GMT"],
)
def test_what_says_nothing_asks_for_nothing(asked):
    assert retry_after({"retry-after": asked}, NOW) is None


def test_without_the_header_nothing_is_asked():
    assert retry_after({}, NOW) is None


@pytest.mark.parametrize("skew", [-86_400, -1, 0, 3_600, 86_400 * 365])
def test_a_date_counts_from_the_answers_own_date_whatever_our_clock_says(skew):
    headers = httpx.Headers({"Date": "Thu, 05 Feb 2026 10:00:00 GMT", "Retry-After": SOON})

    assert retry_after(headers, NOW + timedelta(seconds=skew)) == timedelta(minutes=2)


def test_a_date_that_cannot_be_read_is_none():
    assert retry_after({"date": "yesterday", "retry-after": SOON}, NOW) == timedelta(minutes=2)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_sent_the_wait_is_not_below_zero(asked, date):
    wait = retry_after({"retry-after": asked, "date": date}, NOW)

    assert wait is None or wait >= timedelta(0)
