"""Rules over time in a replay: they fire when the pipeline would have let them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from monitor.load import load
from monitor.model import Alert, Dateline
from monitor.pipeline.past import count_past
from monitor.pipeline.watch import watch
from monitor.ports import Past
from monitor.reasons import Reason
from monitor.rules.backtest import replay_of
from monitor.rules.over_time import Span, counted, waiting
from monitor.rules.would import Would
from tests.fakes.newsroom import Newsroom, news, rule
from tests.match.reading import article

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

CONFIG = """
sources: [{id: web, url: https://news.example/feed}]
rules: [{id: xi, title: Xi, all: [Xi], %s}]
"""
THREE = "type: frequency, num_events: 3, timeframe: 1h, realert: 2h"
SILENT = "type: flatline, threshold: 1, timeframe: 1h, realert: 2h"
SLUMP = "type: spike, spike_type: down, spike_height: 2, timeframe: 1h, threshold_ref: 2, realert: 1h"
NEW = "type: new_term, fields: [agency], terms_window_size: 30d"


@pytest.fixture
def replayed(tmp_path):
    """Return a function that tells what a rule of a type would have made of items, the minutes at which they came."""

    def told(type_, pasts, *, start=None, until=None, **looked):
        (tmp_path / "monitor.yaml").write_text(CONFIG % type_)
        config = load(tmp_path / "monitor.yaml")
        replay = replay_of(config, config.rules, start=start, **looked)
        found = [would for one in pasts for would in replay.look(one)] + [*replay.end(until)]
        return [(minutes(one.decision.at), one.decision.item, one.decision.reason, one.counted) for one in found]

    return told


def minutes(moment):
    return int((moment - NOW) / MINUTE)


def came(minute, name=None, *, first=False, **fields):
    item = article("Xi komt", id=name or f"{minute}", source="web", **fields)
    return Past(item, "web", NOW + minute * MINUTE, first)


def fired(told):
    return [(minute, item, counted) for minute, item, reason, counted in told if reason is Reason.FIRED]


def test_a_frequency_fires_on_the_match_that_completes_it_and_then_rests(replayed):
    told = replayed(THREE, [came(minute) for minute in (0, 10, 20, 30, 200)])

    assert [one[2] for one in told] == [Reason.COUNTED, Reason.COUNTED, Reason.FIRED, Reason.RESTING, Reason.COUNTED]
    assert fired(told) == [(20, "20", 3)]


@pytest.mark.parametrize("apart", [False, True])
def test_items_are_counted_in_order_of_time_however_they_are_looked_at(replayed, apart):
    told = replayed(THREE, [came(minute) for minute in (20, 200, 0, 10)], apart=apart)

    assert fired(told) == [(20, "20", 3)]


def test_revisions_count_once(replayed):
    revisions = [came(minute, "a", headline=f"{minute}") for minute in (0, 1, 2, 3)]

    assert [one[2] for one in replayed(THREE, revisions)] == [Reason.COUNTED]


def test_what_a_first_poll_brings_is_counted_and_fires_nothing(replayed):
    pasts = [came(minute, first=True, published=NOW + minute * MINUTE) for minute in (0, 1, 2)]

    told = replayed(THREE, [*pasts, came(3)])

    assert [one[2] for one in told] == [*[Reason.FIRST_POLL] * 3, Reason.FIRED]
    assert fired(told) == [(3, "3", 4)]


def test_a_silence_is_an_alert_without_an_item_each_time_that_the_rule_has_rested(replayed):
    told = replayed(SILENT, [came(0), came(30)], until=NOW + 300 * MINUTE)

    assert fired(told) == [(90, "", 0), (210, "", 0)]


def test_a_rule_that_does_not_rest_is_looked_at_at_the_daemons_pace(replayed):
    told = replayed(SILENT.replace("2h", "0s"), [came(0)], until=NOW + 70 * MINUTE)

    assert [one[0] for one in fired(told)] == [*range(60, 70)]


def test_a_slump_is_an_alert_when_matches_leave_the_window(replayed):
    told = replayed(SLUMP, [came(minute) for minute in (0, 61, 65, 70, 75)], until=NOW + 200 * MINUTE)

    assert fired(told) == [(130, "", 4)]


def test_a_value_is_new_once(replayed):
    wires = [("ANP", 0), ("ANP", 1), ("RTR", 2), (None, 3)]
    pasts = [
        came(minute, dateline=Dateline("", (), (agency,)) if agency else None, published=NOW + minute * MINUTE)
        for agency, minute in wires
    ]

    told = replayed(NEW, pasts)

    assert [one[2] for one in told] == [Reason.FIRED, Reason.KNOWN_TERM, Reason.FIRED, Reason.NO_TERM]


def test_what_was_there_before_the_start_is_counted_and_not_told_of(replayed):
    told = replayed(THREE, [came(-20), came(-10), came(5)], start=NOW)

    assert told == [(5, "5", Reason.FIRED, 3)]


def test_a_silence_before_the_start_is_told_of_at_the_start(replayed):
    assert fired(replayed(SILENT, [came(-90)], start=NOW, until=NOW + MINUTE)) == [(0, "", 0)]


@pytest.mark.parametrize("type_", ["", THREE])
def test_withheld_items_are_decided_when_they_may_be_published(replayed, type_):
    withheld = [came(0, "a", pubstatus="withheld"), came(5, "a", pubstatus="withheld")]

    told = replayed(type_, [*withheld, came(9, "a"), came(10, "b", pubstatus="withheld")])

    assert {one[:3] for one in told} == {
        (9, "a", Reason.COUNTED if type_ else Reason.FIRED),
        (10, "b", Reason.WITHHELD),
    }
    assert len(told) == 2


def test_what_is_withdrawn_before_anybody_was_told_is_no_news(replayed):
    told = replayed("", [came(0, "a", kind="withdrawn"), came(1, "b", kind="withdrawn"), came(2, "b", kind="update")])

    assert [one[:3] for one in told] == [(2, "b", Reason.FIRED), (0, "a", Reason.WITHDRAWN)]


KINDS = {
    "frequency": "type: frequency, num_events: 3, timeframe: 10m, realert: 15m",
    "frequency by section": "type: frequency, num_events: 2, timeframe: 10m, query_key: section",
    "spike": "type: spike, spike_type: both, spike_height: 2, timeframe: 10m, realert: 10m",
    "flatline": "type: flatline, threshold: 2, timeframe: 10m, realert: 7m",
    "flatline by section": "type: flatline, threshold: 1, timeframe: 10m, query_key: section, forget_keys: true",
    "new term": "type: new_term, fields: [section, tag], terms_window_size: 30m",
}


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def lived(rule, chance):
    """Let two hours of news come into a newsroom; return it, and when its rule fired, on how many items."""
    room = Newsroom(rules=(rule,))
    await room.start()
    await count_past(room.outside)
    alerts: list[tuple[str, tuple[datetime, int]]] = []
    for minute in range(1, 120):
        room.clock.pass_(minutes=1)
        now = room.clock()
        if chance.random() < (0.5 if minute % 40 < 20 else 0.05):
            late = now - chance.choice([0, 0, 0, 7, 25]) * MINUTE
            told = {"section": chance.choice(["a", "b", None]), "tags": (chance.choice("xyz"),)}
            room.fetcher.answer = room.parser.page([news(f"{minute}", published=late, **told)])
            await room.polled()
        before = {id_ for id_, _ in alerts}
        await watch(rule, room.outside)
        new = {id_: one.data for id_, one in room.store.alerts.items() if id_ not in before}
        alerts += [(id_, (now, alert.story.items)) for id_, alert in new.items() if isinstance(alert, Alert)]
    return room, [told for _, told in alerts]


@pytest.mark.anyio
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", KINDS)
async def test_a_replay_fires_when_the_pipeline_does(tmp_path, kind, seed):
    (tmp_path / "monitor.yaml").write_text(CONFIG % KINDS[kind])
    over_time = load(tmp_path / "monitor.yaml").rules[0].over_time
    assert over_time is not None
    typed = replace(rule(), over_time=over_time)
    room, alerts = await lived(typed, Random(seed))  # noqa: S311 - no secret
    began = min(one.since for one in room.store.counted.values())
    decisions = room.store.decisions.values()
    pasts = [(room.store.items[one.item].item, replace(one, alert=True, reason=Reason.FIRED)) for one in decisions]

    matches = [waiting(Would(typed, one, ""), over_time, item, "wire") for item, one in pasts]
    found = [*counted(typed, over_time, matches, Span(began, began, room.clock() + MINUTE))]

    assert alerts
    assert sorted((one.decision.at, one.counted) for one in found if one.decision.alert) == sorted(alerts)
    assert {one.decision.item: one.decision.reason for one in found if one.decision.item} == {
        one.item: one.reason for one in decisions
    }
