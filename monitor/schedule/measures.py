"""What is counted and measured, for Prometheus; and what readiness is judged by.

No label has a value that a feed supplies: sources, channels and rules are the configuration's.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from monitor.pipeline.deliver import Attempt
from monitor.pipeline.report import Report
from monitor.ports import Sent

_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


@dataclass(slots=True)
class Measures:
    """Counters of one daemon, in a registry of its own."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    polls: Counter = field(init=False)
    items: Counter = field(init=False)
    alerts: Counter = field(init=False)
    silences: Counter = field(init=False)
    held: Counter = field(init=False)
    missed: Counter = field(init=False)
    attempts: Counter = field(init=False)
    outbox: Gauge = field(init=False)
    disabled: Gauge = field(init=False)
    config_good: Gauge = field(init=False)
    poll_seconds: Histogram = field(init=False)
    poll_lateness: Histogram = field(init=False)
    alert_seconds: Histogram = field(init=False)
    loop_lag: Histogram = field(init=False)
    last_tick: datetime | None = None
    store_fault: str | None = None

    def __post_init__(self) -> None:
        """Make the counters."""
        to, channel = self.registry, ("channel",)
        self.polls = Counter("monitor_polls", "Polls, and how they ended.", ("source", "status"), registry=to)
        self.items = Counter("monitor_items", "Items read, and whether new.", ("source", "novelty"), registry=to)
        self.alerts = Counter("monitor_alerts", "Alerts fired.", ("source",), registry=to)
        self.silences = Counter("monitor_silences", "Alerts fired for what did not come.", registry=to)
        self.held = Counter("monitor_items_held", "New items held back as a flood.", ("source",), registry=to)
        self.missed = Counter("monitor_windows_missed", "Polls that may have come late.", ("source",), registry=to)
        self.attempts = Counter("monitor_deliveries", "Attempts, how they ended.", ("channel", "outcome"), registry=to)
        self.outbox = Gauge("monitor_outbox", "Deliveries that are not done.", ("channel", "state"), registry=to)
        self.disabled = Gauge("monitor_channel_disabled", "1 if nothing is sent through it.", channel, registry=to)
        self.config_good = Gauge("monitor_config_good", "0 if the last reload was refused.", registry=to)
        self.config_good.set(1)
        self.poll_seconds = _histogram("monitor_poll_seconds", "What a poll took.", to)
        self.poll_lateness = _histogram("monitor_poll_lateness_seconds", "A poll's start after it was due.", to)
        self.alert_seconds = _histogram("monitor_alert_seconds", "From firing to acceptance.", to)
        self.loop_lag = _histogram("monitor_loop_lag_seconds", "How late the event loop is.", to)

    def ticked(self, now: datetime) -> None:
        """Note that the schedule runs."""
        self.last_tick = now

    def store_failed(self, reason: str) -> None:
        """Note that the database cannot be used, until it was written to again."""
        self.store_fault = reason

    def store_works(self) -> None:
        """Note that the database was written to."""
        self.store_fault = None

    def polled(self, report: Report, seconds: float, late: timedelta) -> None:
        """Count a poll."""
        self.polls.labels(report.source, report.status).inc()
        self.poll_seconds.observe(seconds)
        self.poll_lateness.observe(max(late.total_seconds(), 0))
        self.items.labels(report.source, "new").inc(report.new)
        self.items.labels(report.source, "changed").inc(report.changed)
        self.items.labels(report.source, "known").inc(max(report.items - report.new - report.changed, 0))
        self.alerts.labels(report.source).inc(report.alerts)
        self.held.labels(report.source).inc(report.held)
        self.missed.labels(report.source).inc(report.missed)

    def fired(self, alerts: int) -> None:
        """Count alerts that fired for what did not come."""
        self.silences.inc(alerts)

    def delivered(self, attempt: Attempt, now: datetime) -> None:
        """Count an attempt."""
        self.attempts.labels(attempt.delivery.channel, type(attempt.outcome).__name__.lower()).inc()
        if isinstance(attempt.outcome, Sent):
            self.alert_seconds.observe(max((now - attempt.delivery.created).total_seconds(), 0))

    def waits(self, channel: str, *, waiting: int, dead: int, disabled: bool) -> None:
        """Note what waits for a channel, and whether it does in vain."""
        self.outbox.labels(channel, "waiting").set(waiting)
        self.outbox.labels(channel, "dead").set(dead)
        self.disabled.labels(channel).set(disabled)


def _histogram(name: str, told: str, registry: CollectorRegistry) -> Histogram:
    return Histogram(name, told, buckets=_SECONDS, registry=registry)
