"""What only documents can tell of rules."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.load import load
from monitor.ports import Past
from monitor.rules.backtest import replay_of
from monitor.rules.selectivity import Limits, Selectivity
from tests.match.reading import article

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)
DAY = timedelta(days=1)

CONFIG = """
sources: [{id: web, path: in}, {id: wire, path: out}]
rules:
  - {id: xi, all: [Xi]}
  - {id: jinping, any: [Xi, Jinping]}
  - {id: telex, all: [Xi], sources: [wire]}
"""
OFTEN = """
  - {id: often, all: [gas], type: frequency, num_events: 2, timeframe: 1h, realert: %s}
"""


@pytest.fixture
def counted(tmp_path):
    """Return the warnings after so many items, each a source, a text and how often."""

    def warnings(*items, span=None, limits=None, more=""):
        (tmp_path / "monitor.yaml").write_text(CONFIG + more)
        config = load(tmp_path / "monitor.yaml")
        found = Selectivity(replay_of(config, config.rules), config.rules)
        for at, (source, text, often) in enumerate(items):
            for number in range(often):
                moment = NOW + number * timedelta(minutes=1)
                found.look(Past(article(text, id=f"{at}-{number}", source=source), source, moment, first=False))
        return [(one.check, one.id, one.doubt.message) for one in found.warnings(span, limits or Limits())]

    return warnings


def test_a_rule_that_matches_much_of_what_it_hears_is_told(counted):
    found = counted(("web", "Xi", 6), ("web", "Biden", 94))

    assert ("unselective", "xi") in [one[:2] for one in found]
    assert "6 of 100 that it hears (6%)" in found[0][2]


def test_a_rule_is_measured_by_what_it_hears(counted):
    found = counted(("wire", "Xi", 4), ("wire", "Biden", 96), ("web", "Biden", 10_000), limits=Limits(share=0.03))

    assert [one[:2] for one in found] == [("unselective", "telex")]


def test_a_rule_that_matches_many_a_day_is_told_with_the_estimate(counted):
    found = counted(("web", "Xi", 30), ("web", "Biden", 970), span=3 * DAY, limits=Limits(a_day=9))

    assert [one[:2] for one in found if one[0] == "unselective"] == [("unselective", "xi"), ("unselective", "jinping")]
    assert "`xi` matches about 10 documents a day, 30 of 1000" in found[0][2]


def test_of_too_few_documents_nothing_is_told(counted):
    assert counted(("web", "Xi", 9)) == []


def test_rules_that_match_the_same_are_told_at_the_later(counted):
    found = counted(("web", "Xi", 20), ("web", "Jinping", 4), ("web", "Biden", 10_000))

    assert [one[:2] for one in found] == [("overlap", "xi")]
    assert "of 24 documents that `jinping` or `xi` match, both match 20" in found[0][2]


@pytest.mark.parametrize(("both", "one"), [(20, 5), (9, 0)])
def test_rules_that_match_less_alike_or_little_are_not_told(counted, both, one):
    assert counted(("web", "Xi", both), ("web", "Jinping", one), ("web", "Biden", 10_000)) == []


@pytest.mark.parametrize(("rest", "told"), [("0s", ["often"]), ("1h", [])])
def test_of_a_rule_over_time_the_alerts_count(counted, rest, told):
    found = counted(("web", "gas", 100), ("web", "Biden", 900), span=DAY, limits=Limits(a_day=9), more=OFTEN % rest)

    assert [one[1] for one in found] == told
    assert all("`often` fires about 50 times a day; count more before it fires" in one[2] for one in found)
