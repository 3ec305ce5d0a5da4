from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.polls import (
    CONFIRMED,
    JITTER,
    LONGEST_ASKED,
    LONGEST_WAIT,
    about,
    after_failure,
    after_redirects,
    after_success,
    ask_whole,
    asked_at,
)
from monitor.model import SourceState
from tests.fakes.clock import START
from tests.fakes.newsroom import FEED, MINUTE, WIRE

MIDDLE = 0.5
MOVED = "https://elders.example/feed"
FRESH = SourceState(id="wire", due=START)
SECOND = timedelta(seconds=1)

chances = st.floats(0, 1)
paces = st.timedeltas(SECOND, timedelta(days=7))


def paced(fastest, slowest=None):
    return replace(WIRE, every=(fastest, slowest or fastest))


def wait_after(failures, every=5 * MINUTE, asked=None, chance=MIDDLE):
    state = replace(FRESH, failures=failures - 1)
    return after_failure(paced(every), state, START, reason="503", asked=asked, chance=chance).due - START


@pytest.mark.parametrize(
    ("every", "failures", "wait"),
    [
        (SECOND, 1, SECOND),
        (SECOND, 2, 2 * SECOND),
        (SECOND, 12, 2048 * SECOND),
        (SECOND, 13, LONGEST_WAIT),
        (5 * MINUTE, 1, 5 * MINUTE),
        (5 * MINUTE, 4, 40 * MINUTE),
        (5 * MINUTE, 5, 60 * MINUTE),
        (5 * MINUTE, 10**6, 60 * MINUTE),
        (60 * MINUTE, 1, 60 * MINUTE),
        (timedelta(days=1), 1, timedelta(days=1)),
        (timedelta(days=1), 9, timedelta(days=1)),
    ],
)
def test_after_the_nth_error_the_wait_is_every_doubled_that_often_but_an_hour_at_most(every, failures, wait):
    assert wait_after(failures, every) == wait


@given(st.integers(1, 100), paces, chances)
def test_a_wait_after_an_error_is_jittered_and_never_above_its_bound(failures, every, chance):
    middle, wait = wait_after(failures, every), wait_after(failures, every, chance=chance)

    assert middle * (1 - JITTER) - SECOND <= wait <= min(middle * (1 + JITTER), max(LONGEST_WAIT, every)) + SECOND


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        (None, 5 * MINUTE),
        (timedelta(0), 5 * MINUTE),
        (4 * MINUTE, 5 * MINUTE),
        (6 * MINUTE, 6 * MINUTE),
        (3 * LONGEST_WAIT, 3 * LONGEST_WAIT),
        (timedelta(days=999_999), LONGEST_ASKED),
    ],
)
def test_what_a_server_asks_for_wins_if_it_is_longer_up_to_a_day(asked, wait):
    assert wait_after(1, asked=asked) == wait


def test_an_error_is_remembered_and_everything_but_a_redirect_kept():
    state = replace(FRESH, started=True, etag='"1"', body="00", succeeded=START, moved_to=MOVED, moves=4, pace=MINUTE)
    after = after_failure(WIRE, state, START, reason="503", asked=None, chance=MIDDLE)

    assert after == replace(
        state, due=START + 5 * MINUTE, polled=START, failures=1, error="503", moved_to=None, moves=0
    )


@pytest.mark.parametrize("late", [timedelta(0), SECOND, 4 * MINUTE])
def test_a_fixed_pace_counts_from_when_it_was_due(late):
    after = after_success(WIRE, FRESH, START + late, news=3, chance=0)

    assert (after.due, after.pace) == (START + 5 * MINUTE, 5 * MINUTE)


@pytest.mark.parametrize("now", [START + timedelta(days=2), START - 2 * MINUTE, START - timedelta(days=2)])
def test_a_poll_that_was_very_late_or_early_begins_the_pace_anew(now):
    assert after_success(WIRE, FRESH, now, news=0, chance=0).due == now + 5 * MINUTE


def test_a_success_forgets_errors():
    state = replace(FRESH, failures=9, error="503")
    after = after_success(WIRE, state, START, news=0, chance=MIDDLE)

    assert (after.failures, after.error, after.succeeded, after.polled) == (0, None, START, START)


def test_a_pace_between_bounds_halves_with_news_and_slows_by_half_without():
    source, state, paces = paced(MINUTE, 60 * MINUTE), FRESH, []
    for news in (0, 0, 3, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0):
        state = after_success(source, state, START, news=news, chance=MIDDLE)
        paces.append((state.pace or timedelta(0)) / MINUTE)

    assert paces[:7] == [7.5, 11.25, 5.625, 2.8125, 1.40625, 1, 1.5]
    assert paces[-1] == 60


@given(paces, paces, st.none() | paces, st.integers(0, 3), chances)
def test_a_pace_stays_within_its_bounds(one, other, before, news, chance):
    fastest, slowest = sorted([one, other])
    after = after_success(paced(fastest, slowest), replace(FRESH, pace=before), START, news=news, chance=chance)

    assert fastest <= after.pace <= slowest
    assert fastest <= after.due - START <= slowest


@pytest.mark.parametrize(
    ("ago", "whole"),
    [(None, True), (timedelta(0), False), (timedelta(hours=23), False), (timedelta(hours=24), True), (-SECOND, True)],
)
def test_a_source_is_asked_whole_once_a_day_and_when_the_clock_went_back(ago, whole):
    assert ask_whole(replace(FRESH, asked_whole=None if ago is None else START - ago), START) is whole


def test_a_redirect_is_believed_after_so_many_in_a_row():
    state, where = FRESH, []
    for _ in range(CONFIRMED + 1):
        where.append(asked_at(WIRE, state, whole=False))
        state = after_redirects(WIRE, state, MOVED, whole=False)

    assert where == [FEED] * CONFIRMED + [MOVED]


def test_what_is_confirmed_stays_when_it_answers_for_itself():
    state = replace(FRESH, moved_to=MOVED, moves=CONFIRMED)

    assert after_redirects(WIRE, state, None, whole=False) == state


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_confirmed_ends_when_it_redirects_elsewhere(whole):
    state = replace(FRESH, moved_to=MOVED, moves=CONFIRMED)
    after = after_redirects(WIRE, state, "https://third.example/", whole=whole)

    assert (after.moved_to, after.moves) == ("https://third.example/", 1)


def test_a_source_that_does_not_redirect_any_more_when_asked_whole_is_where_it_was():
    after = after_redirects(WIRE, replace(FRESH, moved_to=MOVED, moves=CONFIRMED), None, whole=True)

    assert (after.moved_to, after.moves) == (None, 0)


def test_a_source_with_secrets_is_asked_where_it_is_configured():
    state = replace(FRESH, moved_to=MOVED, moves=CONFIRMED)

    assert asked_at(replace(WIRE, headers={"x-api-key": "geheim"}), state, whole=False) == FEED


def test_where_items_were_missed_the_pace_is_as_fast_as_it_may_be():
    state = replace(FRESH, pace=60 * MINUTE)

    assert after_success(paced(MINUTE, 60 * MINUTE), state, START, news=9, missed=True, chance=MIDDLE).pace == MINUTE
    assert after_success(paced(5 * MINUTE), state, START, news=9, missed=True, chance=MIDDLE).pace == 5 * MINUTE


def test_what_was_remembered_of_another_place_means_nothing():
    state = about(WIRE, replace(FRESH, started=True))
    known = replace(state, started=True, etag="x", body="00", asked_whole=START, read_whole=START, pace=MINUTE)

    assert about(WIRE, known) is known
    otherwise = about(replace(WIRE, kind="listing", select={"item": "h2"}), known)
    assert otherwise == replace(FRESH, address=otherwise.address, started=True, pace=MINUTE)
    assert about(replace(WIRE, kind="listing", select={"item": "h3"}), otherwise) != otherwise
    elsewhere = about(replace(WIRE, url=MOVED), known)
    assert elsewhere == replace(FRESH, address=elsewhere.address, pace=MINUTE)
