"""What rules came to over the past, for people and for programs."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo

from monitor.records import Record, spans_record
from monitor.rules.backtest import Tally, Would
from monitor.rules.evidence import in_short, title_of
from monitor.rules.sparkline import by_bar, days_between, sparkline

MOST_SOURCES = 5


def would_record(would: Would) -> Record:
    """Return an alert that would have been as JSON values."""
    item = would.item
    return {
        "rule": would.rule.id,
        "at": would.decision.at.isoformat(),
        "item": item.id,
        "source": would.source,
        "url": item.url,
        "headline": title_of(item),
        "spans": spans_record(would.decision.spans),
    }


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
    """Yield an alert that would have been: when, from where, its headline, and below that its evidence."""
    yield f"{local(would.decision.at, zone)}  {would.source}: {title_of(would.item)}"
    if evidence := in_short(would.decision.spans):
        yield f"    {evidence}"


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
