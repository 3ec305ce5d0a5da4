from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.over_time import FIELDS, LONGEST_TERM, Count, happened, on_match, on_tick, reach, terms_of
from monitor.model import Byline, Dateline, Item
from monitor.over_time import Firing, Flatline, Frequency, NewTerm, Occurrence, Spike
from tests.fakes.clock import START

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
LONG_AGO = START - timedelta(days=90)

THREE = Frequency(num_events=3, timeframe=HOUR, realert=HOUR)
DOUBLE = Spike(spike_height=2, spike_type="both", timeframe=HOUR, realert=HOUR)
SILENT = Flatline(threshold=1, timeframe=HOUR, realert=HOUR)
NEW = NewTerm(fields=("agency",), terms_window_size=30 * HOUR, realert=timedelta(0))


def at(*minutes):
    """Return an occurrence for each of these minutes, counted from the start; before it where negative."""
    return [Occurrence("r", "", f"item{minute}", START + minute * MINUTE) for minute in sorted(minutes)]


def count(*minutes, since=LONG_AGO, fired=None, upto=None, last=None):
    firing = None if fired is None else Firing("r", "", START + fired * MINUTE, START + (upto or fired) * MINUTE)
    return Count(at(*minutes), since, last, firing)


def minutes_of(occurrences):
    return None if occurrences is None else [int((one.at - START) / MINUTE) for one in occurrences]


def matched(over_time, minute, *others, now=None, **told):
    current = at(minute)[0]
    return minutes_of(on_match(over_time, current, count(minute, *others, **told), START + (now or minute) * MINUTE))


BURSTS = {
    "two are too few": ((0, -10), []),
    "three within the hour": ((0, -10, -59), [-59, -10, 0]),
    "three within an hour and a second too many": ((0, -10, -60), []),
    "what comes in late completes a burst that is over": ((-30, -50, 0), [-50, -30, 0]),
    "what comes in late and belongs to none": ((-300, -20, -10, 0), []),
    "four": ((0, -1, -2, -3), [-3, -2, -1, 0]),
}


@pytest.mark.parametrize(("minutes", "fires"), BURSTS.values(), ids=BURSTS)
def test_a_frequency_fires_at_so_many_within_its_timeframe(minutes, fires):
    assert matched(THREE, *minutes, now=0) == fires


def test_what_an_alert_has_counted_is_not_counted_again():
    assert matched(THREE, 70, 60, 50, fired=50) == []
    assert matched(THREE, 112, 111, 70, 50, fired=50) == [70, 111, 112]


def test_a_rule_rests_after_an_alert():
    resting = Frequency(num_events=1, timeframe=HOUR, realert=3 * HOUR)

    assert matched(resting, 170, fired=0) == []
    assert matched(resting, 180, fired=0) == [180]


@given(st.lists(st.integers(-200, 0), min_size=1, max_size=12, unique=True), st.integers(1, 5))
def test_a_frequency_fires_exactly_where_some_window_with_the_match_is_full(minutes, wanted):
    over_time = Frequency(num_events=wanted, timeframe=HOUR, realert=HOUR)
    current = minutes[0]
    windows = [[one for one in minutes if start <= one < start + 60] for start in range(-260, 1)]
    full = any(current in window and len(window) >= wanted for window in windows)

    assert bool(matched(over_time, *minutes, now=0)) is full


SPIKES = {
    "twice as many": (DOUBLE, (0, -1, -2, -3, -70, -80), [-3, -2, -1, 0]),
    "not quite": (DOUBLE, (0, -1, -2, -70, -80), []),
    "from nothing": (DOUBLE, (0,), [0]),
    "from nothing, where some must have been": (
        Spike(spike_height=2, spike_type="up", timeframe=HOUR, threshold_ref=1, realert=HOUR),
        (0, -1, -2),
        [],
    ),
    "too few to count": (
        Spike(spike_height=2, spike_type="up", timeframe=HOUR, threshold_cur=5, realert=HOUR),
        (0, -1, -2, -70),
        [],
    ),
    "only downwards": (
        Spike(spike_height=2, spike_type="down", timeframe=HOUR, realert=HOUR),
        (0, -1, -2, -3, -70),
        [],
    ),
}


@pytest.mark.parametrize(("spike", "minutes", "fires"), SPIKES.values(), ids=SPIKES)
def test_a_spike_fires_where_the_windows_differ_enough(spike, minutes, fires):
    assert matched(spike, *minutes) == fires


def test_a_spike_wants_both_windows_full():
    young, old = START - 119 * MINUTE, START - 120 * MINUTE

    assert matched(DOUBLE, 0, -1, -2, since=young) == []
    assert matched(DOUBLE, 0, -1, -2, since=old) == [-2, -1, 0]
    assert matched(DOUBLE, 0, -1, -2, fired=-90) == []


DOWNS = {
    "half": ((-1, -70, -80), [-80, -70, -1]),
    "not quite": ((-1, -2, -70, -80, -90), None),
    "to nothing": ((-70,), [-70]),
    "nothing before and nothing now": ((), None),
}


@pytest.mark.parametrize(("minutes", "fires"), DOWNS.values(), ids=DOWNS)
def test_a_spike_downwards_is_found_without_a_match(minutes, fires):
    assert minutes_of(on_tick(DOUBLE, count(*minutes), START)) == fires


FLATS = {
    "silence": (SILENT, count(), []),
    "one is enough": (SILENT, count(-59), None),
    "an hour ago is too long ago": (SILENT, count(-60), []),
    "too few": (Flatline(threshold=3, timeframe=HOUR, realert=HOUR), count(-5, -10), [-10, -5]),
    "a rule that has not counted for so long": (SILENT, count(since=START - 59 * MINUTE), None),
    "it has just said so": (SILENT, count(fired=-59), None),
    "it said so long ago": (SILENT, count(fired=-60), []),
}


@pytest.mark.parametrize(("flatline", "counted", "fires"), FLATS.values(), ids=FLATS)
def test_a_flatline_fires_where_too_little_happens(flatline, counted, fires):
    assert minutes_of(on_tick(flatline, counted, START)) == fires


def test_a_flatline_may_forget_a_value_until_it_comes_again():
    forgetful = Flatline(threshold=1, timeframe=HOUR, query_key="source", forget_keys=True, realert=HOUR)
    before, after = START - 300 * MINUTE, START - 100 * MINUTE

    assert on_tick(forgetful, count(fired=-200, last=before), START) is None
    assert on_tick(forgetful, count(fired=-200, last=after), START) == ()


def test_a_match_ends_a_silence_and_begins_no_alert():
    assert matched(SILENT, 0) == []


TERMS = {
    "never seen": ((), [0]),
    "seen within the window": ((-60,), []),
    "seen before the window only": ((-30 * 60 - 1,), [0]),
    "told of already, by an item that happened later and came in earlier": ((5,), []),
}


@pytest.mark.parametrize(("others", "fires"), TERMS.values(), ids=TERMS)
def test_a_new_term_fires_where_no_match_of_the_window_had_it(others, fires):
    assert matched(NEW, 0, *others, now=10) == fires


@pytest.mark.parametrize(("last", "fires"), [(-29, []), (29, []), (-31, [0])])
def test_of_a_new_term_it_is_enough_to_know_when_it_was_last_there(last, fires):
    assert matched(NEW, 0, last=START + last * HOUR) == fires


def test_what_does_not_depend_on_time_passing_is_not_asked_again():
    assert on_tick(THREE, count(0, -1, -2), START) is None
    assert on_tick(NEW, count(0), START) is None


ITEM = Item(
    id="a",
    source="wire",
    url="https://nieuws.example:8443/a",
    language="nl",
    section=" Buitenland ",
    dateline=Dateline("MOSKOU (ANP/RTR) - ", ("MOSKOU",), ("ANP", "RTR")),
    bylines=(Byline("Anna de Wit"), Byline("Anna de Wit")),
    tags=("handel", "", "gas\n en olie"),
)
VALUES = {
    "source": ("wire",),
    "publisher": ("krant",),
    "lang": ("nl",),
    "section": ("Buitenland",),
    "kind": ("new",),
    "byline": ("Anna de Wit",),
    "tag": ("handel", "gas en olie"),
    "agency": ("ANP", "RTR"),
    "dateline.place": ("MOSKOU",),
    "host": ("nieuws.example",),
}


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_its_values(field):
    keyed = Frequency(num_events=2, timeframe=HOUR, query_key=field, realert=HOUR)

    assert terms_of(keyed, ITEM, "krant") == VALUES[field]
    assert terms_of(keyed, Item(id="b"), "krant") in {(), ("krant",), ("new",)}


def test_new_terms_are_told_apart_by_their_fields():
    both = NewTerm(fields=("agency", "tag"), terms_window_size=HOUR, realert=HOUR)

    assert terms_of(both, ITEM, "krant") == ("agency: ANP", "agency: RTR", "tag: handel", "tag: gas en olie")


def test_without_a_key_all_are_counted_together_and_long_values_by_their_beginning():
    assert terms_of(THREE, ITEM, "krant") == ("",)
    keyed = Frequency(num_events=2, timeframe=HOUR, query_key="section", realert=HOUR)
    assert terms_of(keyed, Item(id="a", section="x" * 5_000), "") == ("x" * LONGEST_TERM,)


MOMENTS = {
    "as it says": (START - HOUR, START - HOUR),
    "of a day only": ("2026-02-05", START),
    "without a date": (None, START),
    "in the future": (START + MINUTE, START),
}


@pytest.mark.parametrize(("published", "moment"), MOMENTS.values(), ids=MOMENTS)
def test_a_match_is_counted_when_it_happened(published, moment):
    assert happened(Item(id="a", published=published), START) == moment


def test_a_rule_reaches_as_far_back_as_it_compares():
    assert [reach(one) / HOUR for one in (THREE, DOUBLE, SILENT, NEW)] == [1, 2, 1, 30]
