"""Times as the wire prints them, by table."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import PartialDate, When
from monitor.parse.times.ages import age_at, date_before, written

FETCHED = datetime(2026, 2, 5, 10, 0, tzinfo=UTC)

AGES: list[tuple[str, int | None, str]] = [
    ("55 minuten geleden", 55, "minute"),
    ("1 minuut geleden", 1, "minute"),
    ("10 min. geleden", 10, "minute"),
    ("10 min geleden", 10, "minute"),
    ("4 uur geleden", 4, "hour"),
    ("4\u00a0uur\u202fgeleden", 4, "hour"),
    ("4  UUR  GELEDEN", 4, "hour"),
    ("4u geleden", 4, "hour"),
    ("4 u. geleden", 4, "hour"),
    ("een uur geleden", 1, "hour"),
    ("Twee uur geleden", 2, "hour"),
    ("anderhalf uur geleden", 90, "minute"),
    ("een half uur geleden", 30, "minute"),
    ("een kwartier geleden", 15, "minute"),
    ("3 dagen geleden", 3, "day"),
    ("gisteren", 1, "day"),
    ("eergisteren", 2, "day"),
    ("1 week geleden", 1, "week"),
    ("2 wk geleden", 2, "week"),
    ("3 maanden geleden", 3, "month"),
    ("1 jaar geleden", 1, "year"),
    ("zojuist", 0, "second"),
    ("just now", 0, "second"),
    ("30 seconden geleden", 30, "second"),
    ("minder dan een minuut geleden", 0, "second"),
    ("nu", 0, "second"),
    ("net", 0, "second"),
    ("2 uur en 5 minuten geleden", 125, "minute"),
    ("2u 5m geleden", 125, "minute"),
    ("1 hour, 20 mins ago", 80, "minute"),
    ("enkele minuten geleden", None, "minute"),
    ("een paar uur geleden", None, "hour"),
    ("a few hours ago", None, "hour"),
    ("vor einigen Stunden", None, "hour"),
    ("4 hours ago", 4, "hour"),
    ("an hour ago", 1, "hour"),
    ("4h ago", 4, "hour"),
    ("4 hrs ago", 4, "hour"),
    ("5 mins ago", 5, "minute"),
    ("2 months ago", 2, "month"),
    ("vor 4 Stunden", 4, "hour"),
    ("vor 4 Sekunden", 4, "second"),
    ("vor 4 Monaten", 4, "month"),
    ("vor 4 Min.", 4, "minute"),
    ("vor einer Stunde", 1, "hour"),
    ("il y a 2 heures", 2, "hour"),
    ("il y a 2 semaines", 2, "week"),
    ("il y a une minute", 1, "minute"),
    ("il y a 2 h", 2, "hour"),
    ("hace 3 horas", 3, "hour"),
    ("3 ore fa", 3, "hour"),
    ("há 3 horas", 3, "hour"),
    ("för 3 timmar sedan", 3, "hour"),
    ("3 timer siden", 3, "hour"),
    ("for 3 timer siden", 3, "hour"),
    ("3 tuntia sitten", 3, "hour"),
    ("3 godziny temu", 3, "hour"),
]


@pytest.mark.parametrize(("text", "count", "unit"), AGES)
def test_an_age_is_read_up_to_its_last_letter(text: str, count: int | None, unit: str) -> None:
    age = age_at(f"{text}PARIJS")

    assert age is not None
    assert (age.count, age.unit, age.end) == (count, unit, len(text))


@pytest.mark.parametrize(("text", "count", "unit"), AGES)
def test_an_age_is_read_where_it_stands(text: str, count: int | None, unit: str) -> None:
    age = age_at(f"… {text}", 2)

    assert age is not None
    assert (age.start, age.count, age.unit) == (2, count, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Ongeveer een jaar geleden",
        "Ruim 4 uur geleden",
        "12345 uur geleden",
        "uur geleden",
        "4 uur",
        "over 4 uur",
        "-4 h",
        "",
    ],
)
def test_other_words_are_no_age(text: str) -> None:
    assert age_at(text) is None


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("55 minuten geleden", FETCHED - timedelta(minutes=55)),
        ("12 uur geleden", datetime(2026, 2, 4, 22, 0, tzinfo=UTC)),
        ("2 weken geleden", FETCHED - timedelta(days=14)),
        ("zojuist", FETCHED),
        ("1 maand geleden", PartialDate("2026-01")),
        ("2 maanden geleden", PartialDate("2025-12")),
        ("14 maanden geleden", PartialDate("2024-12")),
        ("3 jaar geleden", PartialDate("2023")),
        ("9999 jaar geleden", None),
        ("2025 weken geleden", FETCHED - timedelta(weeks=2025)),
    ],
)
def test_an_age_counts_back_from_the_capture_time(text: str, published: When | None) -> None:
    age = age_at(text)

    assert age is not None
    assert age.before(FETCHED) == published


def test_an_age_that_does_not_tell_how_many_is_unknown() -> None:
    age = age_at("een paar uur geleden")

    assert age is not None
    assert age.before(FETCHED) is None


@pytest.mark.parametrize("text", ["4 uur geleden", "1 maand geleden", "zojuist"])
def test_without_a_capture_time_an_age_says_nothing(text: str) -> None:
    age = age_at(text)

    assert age is not None
    assert age.before(None) is None


def test_an_age_before_the_first_year_is_unknown() -> None:
    age = age_at("9999 dagen geleden")

    assert age is not None
    assert age.before(datetime(1, 1, 2, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (" date 2023-02 De", PartialDate("2023-02")),
        ("date 2023-02-17\nDe", PartialDate("2023-02-17")),
        ("DATE: 2023 De", PartialDate("2023")),
        ("datum 2023-02", PartialDate("2023-02")),
        ("\ufeff\n date\u00a02023-02-17T10:00:00Z De", datetime(2023, 2, 17, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_bare_date_stands_before_a_text(text: str, when: When) -> None:
    dated = date_before(text)

    assert dated is not None
    assert dated.when == when
    assert text[dated.start : dated.end] == written(when)


@pytest.mark.parametrize(
    "printed",
    [
        *("date 2023-13", "date 2023-02-30", "date 17-02-2023", "date 2023-02-17t10:00:00z", "date 2023/02"),
        *("date 2023-02-17 10:00", "date 2023-02-17T10:00", "date 2023-02-17T10:00:00+01:00", "date 202302"),
        *("Date: 17.2.2023", "datum 17 februari 2023", "Date: Feb. 17, 2023", "date 2023-02 9.30u"),
    ],
)
def test_a_date_of_no_calendar_or_of_another_form_is_seen_but_unknown(printed: str) -> None:
    dated = date_before(f"{printed} De")

    assert dated is not None
    assert (dated.when, dated.end) == (None, len(printed))


def test_a_number_that_is_no_date_is_left_in_the_text() -> None:
    dated = date_before("date 5 mannen")

    assert dated is not None
    assert (dated.when, dated.end) == (None, 0)


@pytest.mark.parametrize("text", ["De date 2023-02", "date night", "datering 2023", "2023-02 De", ""])
def test_other_words_are_no_date_before_a_text(text: str) -> None:
    assert date_before(text) is None


@given(st.datetimes(timezones=st.just(UTC)).map(lambda when: when.replace(microsecond=0)))
def test_a_written_time_is_read_again(when: datetime) -> None:
    dated = date_before(f"date {written(when)}")

    assert dated is not None
    assert dated.when == when
