"""Dates as feeds write them, by table; and that nothing is taken from the present."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import PartialDate
from monitor.parse.times.dates import LONGEST, read_date

FETCHED = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)
TEN = datetime(2026, 2, 5, 10, 0, tzinfo=UTC)
NINE = TEN - timedelta(hours=1)
DAY = PartialDate("2026-02-05")

INSTANTS = [
    ("Thu, 05 Feb 2026 10:00:00 GMT", TEN),
    ("Thu, 05 Feb 2026 10:00:00 UT", TEN),
    ("Thu, 05 Feb 2026 10:00:00 +0000", TEN),
    ("Thu, 05 Feb 2026 10:00:00 -0000", TEN),
    ("Thu, 05 Feb 2026 11:00:00 +0100", TEN),
    ("Thu, 5 Feb 2026 11:00 +0100", TEN),
    ("05 Feb 26 10:00:00 GMT", TEN),
    ("Thu, 05 Feb 2026 11:00:00 CET", TEN),
    ("Thu, 05 Feb 2026 12:00:00 CEST", TEN),
    ("Thu, 05 Feb 2026 11:00:00 MEZ", TEN),
    ("Thu, 05 Feb 2026 05:00:00 EST", TEN),
    ("Thu, 05 Feb 2026 02:00:00 PST", TEN),
    ("Thu, 05 Feb 2026 19:00:00 JST", TEN),
    ("Thu, 05 Feb 2026 10:00:00 Z", TEN),
    ("Thu, 05 Feb 2026 10:00:00 A", TEN),
    ("Thu, 05 Feb 2026 11:00:00 +0100 (CET)", TEN),
    ("Thu,05 Feb 2026 10:00:00 GMT", TEN),
    ("  Thu, 05 Feb\n 2026 10:00:00 GMT ", TEN),
    ("Wed, 04 Feb 2026 24:00:00 GMT", datetime(2026, 2, 5, tzinfo=UTC)),
    ("Thu Feb  5 10:00:00 2026", TEN),
    ("Thu Feb 5 11:00:00 CET 2026", TEN),
    ("Thu Feb 05 11:00:00 +0100 2026", TEN),
    ("Thu Feb 05 2026 11:00:00 GMT+0100 (Central European Standard Time)", TEN),
    ("2026-02-05T10:00:00Z", TEN),
    ("2026-02-05t10:00:00z", TEN),
    ("2026-02-05T10:00:00.123456789Z", TEN),
    ("2026-02-05T10:00:00,5Z", TEN),
    ("2026-02-05T11:00:00+01:00", TEN),
    ("2026-02-05T11:00:00+0100", TEN),
    ("2026-02-05T11:00:00+01", TEN),
    ("2026-02-05T05:30:00\u221204:30", TEN),
    ("2026-02-05T11:00:00 +0100", TEN),
    ("2026-02-05T11:00:00+01:00[Europe/Amsterdam]", TEN),
    ("2026-02-05T10:00Z", TEN),
    ("2026-02-05T10:00:00", TEN),
    ("2026-02-05 10:00:00", TEN),
    ("2026-02-05 10:00", TEN),
    ("2026-02-05 10:00:00 UTC", TEN),
    ("2026-2-5 10:00", TEN),
    ("2026/02/05 10:00", TEN),
    ("2026.02.05 10:00", TEN),
    ("20260205T110000+0100", TEN),
    ("20260205T100000Z", TEN),
    ("20260205100000", TEN),
    ("202602051000", TEN),
    ("1770285600", TEN),
    ("1770285600000", TEN),
    ("1770285600.25", TEN),
    ("05-02-2026 10:00", TEN),
    ("05-02-2026 10:00:00", TEN),
    ("05/02/2026 - 10:00", TEN),
    ("05.02.2026, 10.00 Uhr", TEN),
    ("10:00, 05-02-2026", TEN),
    ("5 februari 2026 10:00", TEN),
    ("do 5 feb. 2026 om 10.00 uur", TEN),
    ("5 februari 2026, 10u00", TEN),
    ("Donnerstag, 5. Februar 2026, 10:00 Uhr", TEN),
    ("le 5 février 2026 à 10h00", TEN),
    ("jueves, 5 de febrero de 2026, 10:00", TEN),
    ("giovedì 5 febbraio 2026 ore 10:00", TEN),
    ("5 de fevereiro de 2026 10:00", TEN),
    ("torsdag den 5 februari 2026 kl. 10.00", TEN),
    ("torstai 5. helmikuuta 2026 klo 10.00", TEN),
    ("czwartek, 5 lutego 2026, godz. 10:00", TEN),
    ("2026年2月5日 10:00", TEN),
    ("February 5, 2026 10:00 AM", TEN),
    ("Thursday, February 5th, 2026 - 10:00am", TEN),
    ("Feb 5, 2026, 10 a.m.", TEN),
    ("5-Feb-2026 10:00:00", TEN),
    ("1 uur geleden", FETCHED - timedelta(hours=1)),
    ("55 minuten geleden", FETCHED - timedelta(minutes=55)),
    ("vor 4 Stunden", FETCHED - timedelta(hours=4)),
]
BARE = [
    ("2026-02-05", DAY),
    ("20260205", DAY),
    ("2026/02/05", DAY),
    ("05-02-2026", DAY),
    ("5-2-26", DAY),
    ("5.2.2026", DAY),
    ("do, 05 feb 2026", DAY),
    ("di, 03 mrt 2026", "2026-03-03"),
    ("5 mei 2026", "2026-05-05"),
    ("5. Mai 2026", "2026-05-05"),
    ("5 août 2026", "2026-08-05"),
    ("5 AOUT 2026", "2026-08-05"),
    ("mar 3 mar 2026", "2026-03-03"),
    ("1er mars 2026", "2026-03-01"),
    ("May 5, 2026", "2026-05-05"),
    ("2026 Feb 5", DAY),
    ("12/31/2025", "2025-12-31"),
    ("2026-02", "2026-02"),
    ("mei 2026", "2026-05"),
    ("2026", "2026"),
    ("Thu, 05 Feb 2026 10:00:00 XYZ", DAY),
    ("Thu, 05 Feb 2026 10:00:00 +9900", DAY),
    ("Thu, 05 Feb 2026 10:00:00 Europe/Nergens", DAY),
    ("31 dec 99", "1999-12-31"),
]
NO_DATES = [
    "",
    "now",
    "vandaag",
    "10:00",
    "feb 5",
    "5 februari",
    "Thu, 05 Foo 2026 10:00:00 GMT",
    "Thu, 05 Feb 2026 25:00:00 GMT",
    "Thu, 05 Feb 2026 10:61:00 GMT",
    "Thu, 05 Feb 2026 13:00 PM GMT",
    "2026-02-30",
    "2026-13-01",
    "2026-13",
    "2026-00",
    "31 februari 2026",
    "29 februari 2025",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "0000-00-00 00:00:00",
    "0000",
    "99999999999999999999",
    "12345678901",
    "in de week van 5 februari 2026",
    "2026-02-05 2026-02-06",
    "2026-02-05T10:00:00Z en later",
    "\u0000\u0001\u0002\u0003",
    "²⁰²⁶-02-05",
    "1" * (LONGEST + 1),
]


@pytest.mark.parametrize(("text", "when"), INSTANTS)
def test_an_instant_is_told_in_utc(text, when):
    assert read_date(text, language="nl", fetched=FETCHED) == when


@pytest.mark.parametrize(("text", "when"), BARE)
def test_a_bare_day_stays_bare(text, when):
    assert read_date(text, language="nl", fetched=FETCHED) == when


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_none(text):
    assert read_date(text, language="nl", fetched=FETCHED) is None


@pytest.mark.parametrize(
    ("language", "day"),
    [
        (None, "2026-05-02"),
        ("nl", "2026-05-02"),
        ("en-GB", "2026-05-02"),
        ("en", "2026-02-05"),
        ("en-US", "2026-02-05"),
    ],
)
def test_the_language_says_whether_the_day_comes_first(language, day):
    assert read_date("02/05/2026", language=language) == day


def test_an_age_without_a_capture_time_is_unknown():
    assert read_date("55 minuten geleden") is None


@pytest.mark.parametrize("language", ["nl", "nl-BE", "xx", "", "../../etc", "x" * 1000, None])
def test_any_language_will_do(language):
    assert read_date("5 mrt 2026", language=language) == "2026-03-05"


ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1), timezones=ZONES).map(  # noqa: DTZ001 - given a zone
    lambda time: time.replace(microsecond=0)
)


@given(TIMES)
def test_what_rfc_5322_and_iso_8601_write_is_read_back(time):
    for written in (format_datetime(time), time.isoformat(), time.isoformat(sep=" "), f"{time:%Y%m%dT%H%M%S%z}"):
        assert read_date(written) == time


@given(st.text(max_size=LONGEST))
def test_any_text_is_a_date_or_none(text):
    when = read_date(text, language="nl")

    assert when is None or isinstance(when, str) or when.tzinfo is UTC
