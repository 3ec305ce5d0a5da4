"""What rules would have alerted over the past."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.load import load
from monitor.ports import Past
from monitor.reasons import Reason
from monitor.rules.backtest import Tally, replay_of
from monitor.rules.summary import tally_lines, tally_record, would_record
from tests.match.reading import article

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONE = ZoneInfo("Europe/Amsterdam")

CONFIG = """
sources:
  - {id: web, url: https://news.example/feed}
  - {id: late, url: https://late.example/feed, backfill: 1d}
  - {id: all, url: https://all.example/feed, backfill: all}
  - {id: disk, path: in}
rules:
  - {id: xi, title: Xi, all: [Xi]}
  - {id: vers, all: [Xi, {age: {max: 1h}}]}
  - {id: huis, all: [Xi, {publisher: news.example}]}
  - {id: gas, all: [gas], sources: [disk]}
"""


@pytest.fixture
def config(tmp_path):
    (tmp_path / "monitor.yaml").write_text(CONFIG)
    return load(tmp_path / "monitor.yaml")


def past(text="Xi komt", source="web", *, at=NOW, first=False, **fields):
    return Past(article(text, source=source, **fields), source, at, first)


def decided(config, *pasts, apart=False):
    replay = replay_of(config, config.rules, apart=apart)
    return [(would.rule.id, would.decision.reason) for one in pasts for would in replay.look(one)]


FIRST_POLLS = [
    ("web", {}, Reason.FIRST_POLL),
    ("late", {}, Reason.UNDATED_BACKFILL),
    ("late", {"published": NOW - 2 * HOUR}, Reason.FIRED),
    ("late", {"published": NOW - 25 * HOUR}, Reason.BEFORE_BACKFILL),
    ("all", {}, Reason.FIRED),
    ("disk", {}, Reason.FIRED),
    ("not-there-any-more", {}, Reason.FIRST_POLL),
]


@pytest.mark.parametrize(("source", "fields", "reason"), FIRST_POLLS)
def test_the_first_poll_of_a_source_is_held_back_as_the_pipeline_does(config, source, fields, reason):
    found = dict(decided(config, past(source=source, first=True, **fields)))

    assert found["xi"] is reason


def test_an_item_is_looked_at_when_it_was_first_seen(config):
    young, old = (past(published=NOW - age, id=str(age)) for age in (HOUR, 2 * HOUR))

    assert [rule for rule, _ in decided(config, young, old)] == ["huis", "vers", "xi", "huis", "xi"]


def test_rules_hear_their_own_sources(config):
    assert decided(config, past("gas", "web")) == []
    assert decided(config, past("gas", "disk")) == [("gas", Reason.FIRED)]


@pytest.mark.parametrize(("between", "apart"), [([], False), (["b"], True)])
def test_the_first_revision_that_matches_fires_and_no_other(config, between, apart):
    revisions = [past(text, "disk") for text in ("Biden komt", "Xi komt", "Xi komt toch")]
    others = [past("Niets", "disk", id=name) for name in between]

    assert decided(config, *revisions[:2], *others, *revisions[2:], apart=apart) == [("xi", Reason.FIRED)]


def tallied(config, *pasts, shown=20):
    replay = replay_of(config, config.rules[:1])
    tally = Tally(config.rules[0], shown)
    for one in pasts:
        for would in replay.look(one):
            tally.add(would, ZONE)
    return tally


def test_alerts_are_counted_on_the_day_that_it_was_there(config):
    evening = datetime(2026, 2, 4, 23, 30, tzinfo=UTC)
    tally = tallied(config, past(at=evening), past(source="disk", id="b"), past(first=True, id="c"))

    assert tally.days == {date(2026, 2, 5): 2}
    assert tally.sources == {"web": 1, "disk": 1}
    assert tally.held == {Reason.FIRST_POLL: 1}


def test_a_tally_is_lines_for_people(config):
    pasts = [past(f"Xi {at}", id=f"{at}", at=NOW - timedelta(days=max(0, at - 2))) for at in (4, 0, 1, 2)]

    assert [*tally_lines(tallied(config, *pasts, shown=2), date(2026, 2, 3), date(2026, 2, 6), ZONE)] == [
        "xi: Xi",
        "  ▄▁█▁  2026-02-03 to 2026-02-06, a day a bar",
        "  4 alerts, 1 a day; most on 2026-02-05: 3",
        "  from web 4",
        "  the newest 2, 2 older ones left out:",
        "  2026-02-05 11:00  web: Xi 1",
        "      body.0 `Xi`",
        "  2026-02-05 11:00  web: Xi 2",
        "      body.0 `Xi`",
    ]


def test_a_rule_that_is_silent_says_so(config):
    lines = [*tally_lines(tallied(config, past(first=True)), date(2026, 2, 5), date(2026, 2, 5), ZONE)]

    assert lines[2:] == ["  no alert; 1 held back: archived at the first poll of its source"]


def test_tallies_and_alerts_are_records(config):
    tally = tallied(config, past(headline="Kop", url="https://news.example/1"))

    assert tally_record(tally, date(2026, 2, 4), date(2026, 2, 5)) == {
        "rule": "xi",
        "title": "Xi",
        "alerts": 1,
        "held": {},
        "days": {"2026-02-04": 0, "2026-02-05": 1},
        "sources": {"web": 1},
    }
    assert would_record(tally.newest[0]) == {
        "rule": "xi",
        "at": "2026-02-05T10:00:00+00:00",
        "item": "a",
        "source": "web",
        "url": "https://news.example/1",
        "headline": "Kop",
        "spans": [{"field": "body.0", "start": 0, "end": 2, "text": "Xi"}],
    }


def test_the_newest_are_kept_and_no_more(config):
    pasts = [replace(past(id=str(at)), at=NOW + timedelta(minutes=at)) for at in range(50)]

    tally = tallied(config, *pasts, shown=3)

    assert tally.alerts == 50
    assert [would.decision.at.minute for would in tally.newest] == [47, 48, 49]
