"""Dates in the words of many languages, and the rarer forms of the standards: each right, or refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parse.times.dates import read_date

FETCHED = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)
TEN = datetime(2026, 2, 5, 10, 0, tzinfo=UTC)
NIGHT = TEN + timedelta(hours=12)
DAY = "2026-02-05"


def ago(**age):
    return FETCHED - timedelta(**age)


LANGUAGES = {
    "nl": [
        ("donderdag 5 februari 2026 om 10.00 uur", TEN),
        ("Gepubliceerd: 5 februari 2026 om 10:00", TEN),
        ("Laatste update: 5 februari 2026, 10:00", TEN),
        ("05 feb 2026 - 10:00", TEN),
        ("2 mrt 2026", "2026-03-02"),
        ("1 dag geleden", ago(days=1)),
        ("anderhalf uur geleden", ago(minutes=90)),
        ("3 maanden geleden", "2025-11"),
        ("2 jaar geleden", "2024"),
    ],
    "en": [
        ("Updated: February 5, 2026 at 10:00 AM UTC", TEN),
        ("Feb. 5, 2026 5:00 a.m. EST", TEN),
        ("5 February 2026 at 10:00 UTC", TEN),
        ("February 5, 2026, 10:00 GMT", TEN),
        ("Thursday, 05-Feb-26 10:00:00 GMT", TEN),
        ("5:00 a.m. ET, Feb. 5, 2026", DAY),
        ("5th of February 2026", DAY),
        ("Feb 5th 2026", DAY),
        ("Posted on February 5, 2026", DAY),
        ("Last modified: 2026-02-05", DAY),
        ("5feb2026", DAY),
        ("an hour ago", ago(hours=1)),
    ],
    "de": [
        ("5. Februar 2026 um 10:00 Uhr", TEN),
        ("Veröffentlicht am 05.02.2026 um 10:00 Uhr", TEN),
        ("Stand: 05.02.2026, 10:00 Uhr", TEN),
        ("Aktualisiert: 5. Februar 2026", DAY),
        ("Do., 5. Feb. 2026", DAY),
        ("3. März 2026", "2026-03-03"),
        ("vor 5 Min.", ago(minutes=5)),
    ],
    "fr": [
        ("Publié le 05/02/2026 à 10:00", TEN),
        ("Mis à jour le 5 février 2026 à 10h", TEN),
        ("jeu. 5 févr. 2026", DAY),
        ("1er août 2026", "2026-08-01"),
        ("il y a 5 min", ago(minutes=5)),
    ],
    "es": [
        ("5 de febrero de 2026 - 10:00h", TEN),
        ("5 feb 2026, 10:00 a. m.", TEN),
        ("5 feb 2026, 10:00 p. m.", NIGHT),
        ("jueves 5 de febrero del 2026", DAY),
        ("5 ene 2026", "2026-01-05"),
        ("hace 2 horas", ago(hours=2)),
    ],
    "it": [
        ("giovedì 5 febbraio 2026, ore 10:00", TEN),
        ("Pubblicato il 5 febbraio 2026", DAY),
        ("5 gen 2026", "2026-01-05"),
        ("2 ore fa", ago(hours=2)),
    ],
    "pt": [
        ("5 de fevereiro de 2026 às 10h00", TEN),
        ("5 fevereiro 2026 | 10:00", TEN),
        ("quinta-feira, 5 de fevereiro de 2026", DAY),
        ("qui., 5 de fev. de 2026", DAY),
        ("há 3 horas", ago(hours=3)),
    ],
    "sv": [
        ("torsdag den 5 februari 2026 kl. 10.00", TEN),
        ("Publicerad 2026-02-05 10:00", TEN),
        ("tors 5 feb. 2026", DAY),
        ("för 2 timmar sedan", ago(hours=2)),
    ],
    "da": [
        ("torsdag den 5. februar 2026 kl. 10.00", TEN),
        ("5. feb. 2026 10.00", TEN),
        ("1. maj 2026", "2026-05-01"),
        ("for 2 timer siden", ago(hours=2)),
    ],
    "nb": [
        ("torsdag 5. februar 2026 kl. 10:00", TEN),
        ("tors. 5. feb. 2026", DAY),
        ("1. mai 2026", "2026-05-01"),
        ("for 2 timer siden", ago(hours=2)),
    ],
    "fi": [
        ("torstaina 5. helmikuuta 2026 klo 10.00", TEN),
        ("to 5.2.2026 klo 10.00", TEN),
        ("5. maaliskuuta 2026", "2026-03-05"),
        ("2 tuntia sitten", ago(hours=2)),
    ],
    "pl": [
        ("czwartek, 5 lutego 2026, godz. 10:00", TEN),
        ("5 lut 2026, 10:00", TEN),
        ("5 listopada 2026", "2026-11-05"),
        ("3 godziny temu", ago(hours=3)),
    ],
    "cs": [("čtvrtek 5. února 2026 10:00", TEN), ("5. 2. 2026 10:00", TEN)],
    "hu": [("2026. február 5. 10:00", TEN), ("2026. február 5., csütörtök", DAY)],
    "ro": [("5 februarie 2026, 10:00", TEN), ("joi, 5 februarie 2026", DAY)],
    "tr": [("5 Şubat 2026 Perşembe 10:00", TEN), ("5 Ağustos 2026", "2026-08-05")],
    "el": [("5 Φεβρουαρίου 2026, 10:00", TEN), ("Πέμπτη 5 Φεβρουαρίου 2026", DAY)],
    "ru": [("5 февраля 2026 г., 10:00", TEN), ("Четверг, 5 февраля 2026", DAY)],
    "uk": [("5 лютого 2026 р. о 10:00", TEN), ("5 лютого 2026", DAY)],
    "ca": [("5 de febrer de 2026", DAY), ("dijous, 5 de febrer de 2026", DAY)],
    "ja": [("2026年2月5日 10時00分", TEN), ("2026年2月5日(木) 10:00", TEN), ("2026年2月5日 午後10:00", NIGHT)],
    "zh": [("2026年02月05日 10时00分", TEN), ("2026年2月5日 上午10:00", TEN), ("2026年2月5日 下午10:00", NIGHT)],
    "ko": [("2026년 2월 5일 오전 10:00", TEN), ("2026년 2월 5일 오후 10:00", NIGHT)],
    "ar": [("5 فبراير 2026", DAY), ("٢٠٢٦-٠٢-٠٥", DAY)],
}

FORMS = [
    ("2026-W06-4", DAY),
    ("2026W064", DAY),
    ("2026-W06-4T10:00:00Z", TEN),
    ("2026W064T100000Z", TEN),
    ("2026-W06-4T11:00+01:00", TEN),
    ("2020-W53-5", "2021-01-01"),
    ("2026-W01-1", "2025-12-29"),
    ("2026-036", DAY),
    ("2026036", DAY),
    ("2026-036T10:00:00Z", TEN),
    ("2026036T1000Z", TEN),
    ("2024-366", "2024-12-31"),
    ("2026-02-05T10:00:00Z[Europe/Amsterdam]", TEN),
    ("2026-02-05T10:00:00Z[!Europe/Amsterdam][u-ca=gregory]", TEN),
    ("2026-02-05T11:00:00+01:00[Europe/Paris][!u-ca=hebrew]", TEN),
    ("2026-02-05T10:00:00Z[x-voorbeeld=waarde]", TEN),
    ("2026-02-05T11:00[Europe/Amsterdam]", DAY),
    ("2026-02-05T10Z", TEN),
    ("2026-02-05T10", TEN),
    ("2026-02-05T11+01:00", TEN),
    ("2026-02-05T24:00:00Z", datetime(2026, 2, 6, tzinfo=UTC)),
    ("2026-02-05T23:59:60Z", datetime(2026, 2, 6, tzinfo=UTC)),
    ("2026-02-05T10:00:00+14:00", TEN - timedelta(hours=14)),
    ("2026-02-05T10:00:00+15:00", DAY),
    ("20260205T100000,5Z", TEN),
    ("2026-02-05 10:00:00 +0000 UTC", TEN),
    ("Thu, 05 Feb 2026 10:00:00 Etc/UTC", TEN),
    ("1770285600123456", TEN),
    ("1770285600000000000", TEN),
    ("@1770285600", TEN),
    ("/Date(1770285600000)/", TEN),
    ("/Date(1770285600000+0100)/", TEN),
]

REFUSED = [
    "2026-W06",
    "2026-W54-1",
    "2026-W06-8",
    "2026-W06-0",
    "2026-366",
    "2026-000",
    "2026-02-05T11:00:00+01:00[!voorbeeld=waarde]",
    "2026-02-05/2026-02-06",
    "-2026-02-05",
    "+002026-02-05",
    "0026-02-05",
    "2026-02-29",
    "31 april 2026",
    "32 mei 2026",
    "5-6 februari 2026",
    "5 of 6 februari 2026",
    "Thu, 32 Feb 2026 10:00:00 GMT",
    "2026-02-05T10:60:00Z",
    "2026-02-05T10:00:61Z",
    "2026-02-05T25Z",
    "2026年2月30日",
    "2026年2月5日 下午14:00",
    "2026-2",
    "02/2026",
    "5/2",
    "Thu 5 Feb",
    "Q1 2026",
    "winter 2026",
    "051000ZFEB26",
    "1,770,285,600",
    "1.7702856E9",
    "12:00 2026",
    "tomorrow",
    "enkele minuten geleden",
    "5 Hornung 2026",
    "5 februari 2026 te Utrecht",
]

# RFC 822, 5.1; of its single letters RFC 5322, 4.3, says that they tell nothing.
ZONES = {"UT": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}


@pytest.mark.parametrize(
    ("language", "text", "when"), [(tag, text, when) for tag, table in LANGUAGES.items() for text, when in table]
)
def test_a_date_is_told_in_the_words_of_its_language(language, text, when):
    assert read_date(text, language=language, fetched=FETCHED) == when


@pytest.mark.parametrize(("text", "when"), FORMS)
def test_the_rarer_forms_of_the_standards_are_read(text, when):
    assert read_date(text, fetched=FETCHED) == when


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_impossible_or_not_wholly_understood_is_none(text):
    assert read_date(text, language="nl", fetched=FETCHED) is None


@pytest.mark.parametrize(("zone", "hours"), ZONES.items())
def test_every_zone_of_rfc_822_is_known(zone, hours):
    assert read_date(f"Thu, 05 Feb 2026 10:00:00 {zone}") == TEN - timedelta(hours=hours)


@pytest.mark.parametrize("letter", "ABCDEFGHIKLMNOPQRSTUVWXYZ")
def test_the_military_zones_of_rfc_822_are_utc(letter):
    assert read_date(f"05 Feb 26 10:00 {letter}") == TEN


def test_a_date_is_read_where_no_language_is_told():
    told = [text for table in LANGUAGES.values() for text, _ in table]

    assert [text for text in told if read_date(text, fetched=FETCHED) is None] == []


@given(st.dates(min_value=datetime(1900, 1, 1, tzinfo=UTC).date(), max_value=datetime(2999, 1, 1, tzinfo=UTC).date()))
def test_weeks_and_ordinals_are_read_back(day):
    year, week, weekday = day.isocalendar()
    ordinal = f"{day.year}-{day.timetuple().tm_yday:03}"

    for written in (f"{year}-W{week:02}-{weekday}", f"{year}W{week:02}{weekday}", ordinal, ordinal.replace("-", "")):
        assert read_date(written) == day.isoformat()


@given(st.text(alphabet="0123456789-WTZ:+[]!=年月日時分 ", max_size=40))
def test_any_mixture_of_their_signs_is_a_date_or_none(text):
    when = read_date(text)

    assert when is None or isinstance(when, str) or when.tzinfo is UTC
