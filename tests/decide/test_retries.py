from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.retries import LONGEST_ASKED, LONGEST_WAIT, TRIED_FOR, next_try
from monitor.ports import Deferred, Refused

FIRST = datetime(2026, 2, 5, 10, tzinfo=UTC)
MIDDLE = 0.5
"""The chance at which a wait is neither shorter nor longer."""


def wait_after(made: int, outcome: Deferred | Refused, chance: float = MIDDLE) -> timedelta:
    """Return the wait after a first attempt of this number, which is always followed by another."""
    until = next_try(made, FIRST, FIRST, outcome, chance)
    assert until is not None
    return until - FIRST


chances = st.floats(0, 1)
attempts = st.integers(1, 10**9)


@pytest.mark.parametrize(
    ("made", "seconds"),
    [(1, 1), (2, 2), (3, 4), (4, 8), (11, 1024), (12, 2048), (13, 3600), (14, 3600), (10**6, 3600)],
)
def test_waits_double_from_a_second_to_an_hour(made, seconds):
    assert wait_after(made, Deferred("503")) == timedelta(seconds=seconds)


@given(attempts, chances)
def test_a_wait_is_at_most_a_fifth_off(made, chance):
    middle = wait_after(made, Deferred("503"))

    assert middle * 0.8 <= wait_after(made, Deferred("503"), chance) <= middle * 1.2


@given(attempts, chances)
def test_the_next_wait_is_never_shorter(made, chance):
    this, after = (wait_after(number, Deferred("503"), chance) for number in (made, made + 1))

    assert timedelta(0) < this <= after


@given(attempts, chances, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_nothing_is_deferred_beyond_three_days(made, chance, elapsed):
    now = FIRST + elapsed
    until = next_try(made, FIRST, now, Deferred("503"), chance)

    assert until is None or now < until <= FIRST + TRIED_FOR


@given(attempts, chances, st.timedeltas(timedelta(0), TRIED_FOR - LONGEST_WAIT * 1.2))
def test_nothing_is_given_up_before(made, chance, elapsed):
    assert next_try(made, FIRST, FIRST + elapsed, Deferred("503"), chance) is not None


@given(attempts, chances, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_longer_wait_that_is_asked_for_wins_up_to_a_day(made, chance, asked):
    own = wait_after(made, Deferred("429"), chance)

    assert wait_after(made, Deferred("429", asked), chance) == max(own, min(asked, LONGEST_ASKED))


def test_a_wait_in_the_past_changes_nothing():
    assert wait_after(1, Deferred("429", timedelta(seconds=-30))) == timedelta(seconds=1)


@given(st.lists(chances, min_size=5, max_size=5))
def test_a_refused_message_is_tried_five_times_within_an_hour(spread):
    tried = [FIRST]
    while until := next_try(len(tried), FIRST, tried[-1], Refused("400"), spread[len(tried) - 1]):
        tried.append(until)

    assert len(tried) == 5
    assert tried == sorted(set(tried))
    assert tried[-1] - FIRST <= timedelta(hours=1)


def test_a_receiver_that_is_away_for_three_days_is_asked_some_eighty_times():
    tried = [FIRST]
    while until := next_try(len(tried), FIRST, tried[-1], Deferred("no answer"), MIDDLE):
        tried.append(until)

    assert 80 <= len(tried) <= 90
    assert TRIED_FOR - (tried[-1] - FIRST) < LONGEST_WAIT
