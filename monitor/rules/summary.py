"""What rules came to over the past, for people and for programs."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo

from monitor.records import Record, spans_record
from monitor.rules.backtest import Tally
from monitor.rules.evidence import in_short
from monitor.rules.sparkline import by_bar, days_between, sparkline
from monitor.rules.would import Would

MOST_SOURCES = 5


def would_record(would: Would) -> Record:
    """Return an alert that would have been as JSON values."""
    record: Record = {
        "rule": would.rule.id,
        "at": would.decision.at.isoformat(),
        "item": would.decision.item or None,
        "source": would.source or None,
        "url": would.url,
        "headline": would.headline,
        "spans": spans_record(would.decision.spans),
    }
    return record if would.counted is None else {**record, "term": would.term, "counted": would.counted}


def tally_record(tally: Tally, first: date, last: date) -> Record:
    """Return what a rule came to from one day to another as JSON values."""
    return {
        "rule": tally.rule.id,
        "title": tally.rule.title,
        "alerts": tally.alerts,
        "held": {reason.name.lower(): count for reason, count in tally.held.items()},
        "days": {day.isoformat(): tally.days.get(day, 0) for day in days_between(first, last)},
        "sources": dict(tally.sources.most_common()),
    }


def tally_lines(tally: Tally, first: date, last: date, zone: tzinfo) -> Iterator[str]:
    """Yield what a rule came to from one day to another, with its newest alerts."""
    yield f"{tally.rule.id}: {tally.rule.title}"
    days = (last - first).days + 1
    bars, size = by_bar(tally.days, first, last)
    unit = "a day" if size == 1 else f"{size} days"
    yield f"  {sparkline(bars)}  {first} to {last}, {unit} a bar"
    yield f"  {_total(tally, days)}{_held(tally)}"
    if tally.sources:
        yield f"  from {_most(tally.sources, MOST_SOURCES)}"
    if hidden := tally.alerts - len(tally.newest):
        yield f"  the newest {len(tally.newest)}, {hidden} older ones left out:"
    for would in sorted(tally.newest, key=lambda would: would.decision.at):
        yield from (f"  {line}" for line in would_lines(would, zone))


def would_lines(would: Would, zone: tzinfo) -> Iterator[str]:
    """Yield an alert that would have been: when, from where, its headline, and below that evidence and counts."""
    source = f"{would.source}: " if would.source else ""
    yield f"{local(would.decision.at, zone)}  {source}{would.headline}"
    for told in (in_short(would.decision.spans), counted_by(would)):
        if told:
            yield f"    {told}"


def counted_by(would: Would) -> str:
    """Return how many matches an alert of a rule over time would have been of; nothing of another rule's."""
    if would.counted is None:
        return ""
    matches = f"{would.counted} match{'es' * (would.counted != 1)}"
    return f"{matches} for {would.term}" if would.term else matches


def local(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as people there read it, to the minute."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _total(tally: Tally, days: int) -> str:
    if not tally.alerts:
        return "no alert"
    (busiest, most), *_ = sorted(tally.days.items(), key=lambda pair: (-pair[1], pair[0]))
    said = f"{tally.alerts} alert{'s' * (tally.alerts > 1)}, {tally.alerts / days:.2g} a day"
    return said if days == 1 else f"{said}; most on {busiest}: {most}"


def _held(tally: Tally) -> str:
    return "".join(f"; {count} held back: {reason}" for reason, count in tally.held.most_common())


def _most(counts: Mapping[str, int], most: int) -> str:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rest = sum(count for _, count in ordered[most:])
    said = [f"{name} {count}" for name, count in ordered[:most]]
    return ", ".join([*said, f"others {rest}"] if rest else said)
