from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, literal, select
from sqlalchemy.dialects import postgresql

from monitor.store.rows import digest
from monitor.store.types import Duration, Exact, Instant, Words, storable

TEXT = st.text(st.characters(codec=None, categories=None))
DIALECT = postgresql.dialect()


def through(column_type, value):
    """Return a value as it comes back, on whatever database."""
    return column_type.process_result_value(column_type.process_bind_param(value, DIALECT), DIALECT)


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.timezones(), allow_imaginary=False))  # noqa: DTZ001 - as Hypothesis wants its bounds
def test_every_moment_comes_back_to_the_microsecond_in_utc(moment):
    again = through(Instant(), moment)

    assert (again, again.tzinfo) == (moment.astimezone(UTC), UTC)


@given(st.timedeltas(timedelta(days=-100_000_000), timedelta(days=100_000_000)))
def test_every_duration_comes_back_to_the_microsecond(duration):
    assert through(Duration(), duration) == duration


@given(TEXT)
def test_every_string_comes_back_from_raw_text(text):
    assert through(Exact(), text) == text


@given(TEXT)
def test_every_text_is_made_storable_once_and_stays_as_long(text):
    kept = storable(text)

    assert kept.encode().decode() == kept
    assert "\0" not in kept
    assert len(kept) == len(text)
    assert storable(kept) == kept


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_text_that_every_database_holds_is_left_alone(text):
    assert storable(text) == text


@pytest.mark.parametrize("column_type", [Instant(), Duration(), Words(), Exact()])
def test_nothing_stays_nothing(column_type):
    with create_engine("sqlite://").connect() as connection:
        assert connection.execute(select(literal(None, column_type))).scalar_one() is None


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(TypeError):
        Instant().process_bind_param(datetime(2026, 2, 5), DIALECT)  # noqa: DTZ001 - what is tested


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_first_and_last_moment_fit_into_sixty_four_bits(moment):
    microseconds = Instant().process_bind_param(moment, DIALECT)

    assert microseconds is not None
    assert abs(microseconds) < 2**63


@given(TEXT, TEXT)
def test_keys_have_one_digest_each(one, other):
    assert (digest(one) == digest(other)) == (one == other)
    assert len(digest(one)) == 16
