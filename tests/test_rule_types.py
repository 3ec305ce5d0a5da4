"""Rules over time as they are written come out as what is counted."""

from datetime import timedelta

import pytest

from monitor.load import load
from monitor.match.index import RuleIndex
from monitor.over_time import Flatline, Frequency, NewTerm, Spike
from monitor.rule_types import KEYS, MEANINGS

HOUR = timedelta(hours=1)
DAY = 24 * HOUR

WRITTEN = {
    "type: frequency, num_events: 3, timeframe: 1h": Frequency(num_events=3, timeframe=HOUR, realert=HOUR),
    "type: frequency, num_events: 3, timeframe: 1h, query_key: agency, realert: 0s": Frequency(
        num_events=3, timeframe=HOUR, query_key="agency", realert=timedelta(0)
    ),
    "type: spike, spike_height: 2.5, spike_type: both, timeframe: 1h, threshold_ref: 2, threshold_cur: 3": Spike(
        spike_height=2.5, spike_type="both", timeframe=HOUR, threshold_ref=2, threshold_cur=3, realert=HOUR
    ),
    "type: flatline, threshold: 1, timeframe: 1h, query_key: source, forget_keys: true, realert: 1d": Flatline(
        threshold=1, timeframe=HOUR, query_key="source", forget_keys=True, realert=DAY
    ),
    "type: new_term, fields: [agency, tag, agency]": NewTerm(
        fields=("agency", "tag"), terms_window_size=30 * DAY, realert=timedelta(0)
    ),
    "type: new_term, fields: agency, terms_window_size: 1w": NewTerm(
        fields=("agency",), terms_window_size=7 * DAY, realert=timedelta(0)
    ),
    "level: high": None,
}


@pytest.mark.parametrize(("written", "over_time"), WRITTEN.items(), ids=WRITTEN)
def test_a_type_is_read_beside_any_condition(tmp_path, written, over_time):
    (tmp_path / "rules.yaml").write_text(f"rules: [{{id: xi, any: [Xi], {written}}}]")

    [rule] = load(tmp_path).rules

    assert rule.over_time == over_time


def test_keys_of_a_type_may_stand_in_the_defaults_and_are_passed_over_where_they_are_not_for_it(tmp_path):
    (tmp_path / "rules.yaml").write_text(
        "defaults: {rule: {timeframe: 2h, realert: 1d}}\n"
        "rules:\n"
        "  - {id: many, any: [Xi], type: frequency, num_events: 3}\n"
        "  - {id: new, any: [Xi], type: new_term, fields: agency}\n"
        "  - {id: each, any: [Xi]}\n"
    )

    many, new, each = load(tmp_path).rules

    assert many.over_time == Frequency(num_events=3, timeframe=2 * HOUR, realert=DAY)
    assert new.over_time == NewTerm(fields=("agency",), terms_window_size=30 * DAY, realert=DAY)
    assert each.over_time is None


def test_every_key_has_a_meaning():
    assert {*KEYS} == MEANINGS.keys()


def test_a_rule_over_time_is_the_same_when_it_is_taken_up_again(tmp_path):
    typed = [written for written, over_time in WRITTEN.items() if over_time]
    lines = [f"  - {{id: r{number}, any: [Xi], {written}}}\n" for number, written in enumerate(typed)]
    (tmp_path / "rules.yaml").write_text(f"rules:\n{''.join(lines)}")
    rules = load(tmp_path).rules

    assert tuple(RuleIndex.thawed(RuleIndex(rules).frozen())) == rules
