from datetime import timedelta

import pytest
from prometheus_client import generate_latest

from monitor.compose.message import addressed, notice
from monitor.pipeline.deliver import Attempt
from monitor.pipeline.report import Report
from monitor.ports import Deferred, Gone, Refused, Sent
from monitor.schedule.measures import Measures
from tests.fakes.clock import START

DELIVERY = addressed(notice("x", START), "desk")


@pytest.mark.parametrize("outcome", [Sent("200"), Deferred("503"), Refused("400"), Gone("410")])
def test_each_attempt_is_counted_by_how_it_ended_and_timed_if_it_was_accepted(outcome):
    measures = Measures()
    measures.delivered(Attempt(DELIVERY, outcome), START + timedelta(seconds=3))
    sample = measures.registry.get_sample_value
    ended = {"channel": "desk", "outcome": type(outcome).__name__.lower()}

    assert sample("monitor_deliveries_total", ended) == 1
    assert sample("monitor_alert_seconds_sum") == (3 if isinstance(outcome, Sent) else 0)


@pytest.mark.parametrize(
    "report",
    [
        Report("wire", "polled", items=10, new=3, changed=2, alerts=1),
        Report("wire", "unchanged"),
        Report("wire", "failed", error="answered 503"),
        Report("wire", "paused"),
    ],
)
def test_each_poll_is_counted_and_its_items_add_up(report):
    measures = Measures()
    measures.polled(report, 0.2, timedelta(seconds=-1))
    sample = measures.registry.get_sample_value
    novelties = ("new", "changed", "known")
    items = [sample("monitor_items_total", {"source": "wire", "novelty": novelty}) or 0 for novelty in novelties]

    assert sample("monitor_polls_total", {"source": "wire", "status": report.status}) == 1
    assert sum(items) == report.items
    assert sample("monitor_poll_lateness_seconds_sum") == 0


def test_what_waits_is_as_it_was_seen_last():
    measures = Measures()
    measures.waits("desk", waiting=5, dead=1, disabled=True)
    measures.waits("desk", waiting=0, dead=1, disabled=False)
    shown = generate_latest(measures.registry).decode()

    assert 'monitor_outbox{channel="desk",state="waiting"} 0.0' in shown
    assert 'monitor_outbox{channel="desk",state="dead"} 1.0' in shown
    assert 'monitor_channel_disabled{channel="desk"} 0.0' in shown


def test_two_daemons_in_one_process_do_not_share_counters():
    first, second = Measures(), Measures()
    first.alerts.labels("wire").inc()

    assert second.registry.get_sample_value("monitor_alerts_total", {"source": "wire"}) is None
