"""Rules over time: when many matches, few, or a new one are the news. The types and their keys are ElastAlert's.

Matches are counted at the moment at which they happened, as the item says it, so that what comes in late, after a
break or from a slow source, is not taken for a burst. Each match is counted under one or several terms: the values of
the field that the rule names, or the empty one.

What is held back, at the first poll of a source or in a flood, is counted too, for it is in the archive: it is what
spikes and new terms stand out from. It makes no rule fire by itself, and what does not say when it happened is then
taken for a term that is known and for nothing else. What is withheld is counted once it may be published.

A moment that is yet to come is one of a clock that went back since: what occurred then counts as of now, and a rule
rests for what is left until then, if that is no longer than it rests anyway.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.model import Item
from monitor.over_time import Firing, Flatline, Frequency, NewTerm, Occurrence, OverTime, Spike, Tally
from monitor.reasons import Reason

Values = Sequence[str | None]

FIELDS: Mapping[str, Callable[[Item, str], Values]] = {
    "source": lambda item, _: [item.source],
    "publisher": lambda _, publisher: [publisher],
    "lang": lambda item, _: [item.language],
    "section": lambda item, _: [item.section],
    "kind": lambda item, _: [item.kind],
    "byline": lambda item, _: [byline.name for byline in item.bylines],
    "tag": lambda item, _: item.tags,
    "agency": lambda item, _: item.dateline.agencies if item.dateline else (),
    "dateline.place": lambda item, _: item.dateline.places if item.dateline else (),
    "host": lambda item, _: [urlsplit(item.url).hostname] if item.url else (),
}
"""What `query_key` and `fields` may name, as conditions name it; `host` is that of the item's address."""

FASTEST_PACE = timedelta(seconds=1)
SLOWEST_PACE = timedelta(minutes=1)
"""A rule that fires although nothing matches is looked at ten times a timeframe, within these bounds."""

LONGEST_TERM = 200
"""Longer values are counted under their beginning."""

MOST_TOLD = 20
"""An alert carries this many of its items at most, the newest ones."""


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted of a rule under one term.

    `occurrences` are those within `reach` of now, in order of time; `since` is when counting began: that of the rule,
    or of the term where the rule has a `query_key`. `last` is the latest of all occurrences that were there before a
    match, `fired` when the rule last fired for the term. For a new term `last` stands for all that were.
    """

    occurrences: Sequence[Occurrence]
    since: datetime
    last: datetime | None = None
    fired: Firing | None = None


def happened(item: Item, seen: datetime) -> datetime:
    """Return when an item happened: when it was published, if it says so to the moment and not in the future."""
    published = item.published
    return published if isinstance(published, datetime) and published <= seen else seen


def is_counted(over_time: OverTime, item: Item, seen: datetime) -> bool:
    """Tell whether an item that is held back is counted: it says when it happened, or it only makes terms known."""
    published = item.published
    return isinstance(over_time, NewTerm) or (isinstance(published, datetime) and published <= seen)


def terms_of(over_time: OverTime, item: Item, publisher: str) -> tuple[str, ...]:
    """Return the terms under which an item is counted; none where it has no value in any of the fields."""
    if isinstance(over_time, NewTerm):
        return tuple(f"{field}: {value}" for field in over_time.fields for value in _values(item, publisher, field))
    return _values(item, publisher, over_time.query_key) if over_time.query_key else ("",)


def _values(item: Item, publisher: str, field: str) -> tuple[str, ...]:
    values = (" ".join(value.split())[:LONGEST_TERM] for value in FIELDS[field](item, publisher) if value)
    return tuple(dict.fromkeys(value for value in values if value))


def reach(over_time: OverTime) -> timedelta:
    """Return how far back occurrences matter."""
    match over_time:
        case NewTerm(terms_window_size=window):
            return window
        case Spike(timeframe=timeframe):
            return 2 * timeframe
        case Frequency(timeframe=timeframe) | Flatline(timeframe=timeframe):
            return timeframe


def memory(over_time: OverTime) -> timedelta:
    """Return how long what was counted, and that the rule fired, is to be kept at least."""
    return 2 * max(reach(over_time), over_time.realert)


def pace(over_time: OverTime) -> timedelta | None:
    """Return how often a rule is looked at while nothing matches; None for one that only matches make fire."""
    match over_time:
        case Flatline(timeframe=timeframe) | Spike(timeframe=timeframe, spike_type="down" | "both"):
            return min(max(timeframe / 10, FASTEST_PACE), SLOWEST_PACE)
        case _:
            return None


def count_of(over_time: OverTime, tally: Tally, since: datetime) -> Count:
    """Return what was counted under a term of a rule that is counted since a moment."""
    keyed = isinstance(over_time, NewTerm) or over_time.query_key is not None
    began = max(since, tally.first) if keyed and tally.first else since
    return Count(tally.occurrences, began, tally.last, tally.fired)


def with_one(count: Count, current: Occurrence) -> Count:
    """Return a count with one occurrence more."""
    return replace(count, occurrences=tuple(sorted((*count.occurrences, current), key=lambda one: (one.at, one.item))))


def on_match(over_time: OverTime, current: Occurrence, count: Count, now: datetime) -> tuple[Occurrence, ...]:
    """Return the occurrences for which a rule fires on a match, in order of time; none where it does not fire.

    Args:
        over_time: the type and its numbers.
        current: the match, which is among the count's occurrences.
        count: what was counted under its term, this match included.
        now: an aware UTC datetime.
    """
    if _rests(over_time, count, now):
        return ()
    match over_time:
        case Frequency():
            return _burst(over_time, current, count)
        case Spike():
            return _spike(over_time, count, now, down=False)
        case NewTerm(terms_window_size=window):
            # Also by what happened later: an old item that comes in late brings nothing new.
            others = [other.at for other in count.occurrences if other.item != current.item]
            last = max(filter(None, [*others, count.last]), default=None)
            return () if last and current.at - window <= last else (current,)
        case Flatline():
            return ()


def on_tick(over_time: OverTime, count: Count, now: datetime) -> tuple[Occurrence, ...] | None:
    """Return the occurrences for which a rule fires although nothing matched just now; None where it does not fire.

    That is: too few. Those that there were may be none at all.
    """
    if _rests(over_time, count, now):
        return None
    match over_time:
        case Flatline():
            return _flat(over_time, count, now)
        case Spike():
            return _spike(over_time, count, now, down=True) or None
        case _:
            return None


def silence(over_time: OverTime, counts: Iterable[Count], now: datetime) -> Reason:
    """Return why a match that was counted under some terms did not make a rule fire."""
    if any(_rests(over_time, count, now) for count in counts):
        return Reason.RESTING
    return Reason.KNOWN_TERM if isinstance(over_time, NewTerm) else Reason.COUNTED


def _rests(over_time: OverTime, count: Count, now: datetime) -> bool:
    return count.fired is not None and abs(now - count.fired.at) < over_time.realert


def _burst(frequency: Frequency, current: Occurrence, count: Count) -> tuple[Occurrence, ...]:
    """Return the first `num_events` or more within a timeframe that the current one belongs to.

    What an alert has counted is not counted again.
    """
    upto = count.fired.upto if count.fired else None
    near = [
        one
        for one in count.occurrences
        if abs(one.at - current.at) < frequency.timeframe and (upto is None or one.at > upto)
    ]
    for start, first in enumerate(near):
        within = [one for one in near[start:] if one.at - first.at < frequency.timeframe]
        if len(within) >= frequency.num_events and current in within:
            return tuple(within)
    return ()


def _spike(spike: Spike, count: Count, now: datetime, *, down: bool) -> tuple[Occurrence, ...]:
    """Return the occurrences of both windows where they differ enough.

    Both windows have to be full: neither rule nor term is younger, and since an alert both begin anew.
    """
    fired = count.fired and count.fired.at
    since = max(count.since, fired) if fired and fired - now < spike.timeframe else count.since
    if since > now - 2 * spike.timeframe:
        return ()
    current = [one for one in count.occurrences if now - spike.timeframe < one.at]
    before = [one for one in count.occurrences if now - 2 * spike.timeframe < one.at <= now - spike.timeframe]
    if len(current) < spike.threshold_cur or len(before) < spike.threshold_ref:
        return ()
    if down:
        differs = len(before) > 0 and len(current) * spike.spike_height <= len(before)
    else:
        differs = len(current) > 0 and len(current) >= len(before) * spike.spike_height
    wanted = spike.spike_type in {"both", "down" if down else "up"}
    return tuple([*before, *current] if down else current) if differs and wanted else ()


def _flat(flatline: Flatline, count: Count, now: datetime) -> tuple[Occurrence, ...] | None:
    """Return the few occurrences that there were, where the rule has been counting for a whole timeframe."""
    since = now - flatline.timeframe
    if count.since > since:
        return None
    within = tuple(one for one in count.occurrences if since < one.at)
    if len(within) >= flatline.threshold:
        return None
    if flatline.forget_keys and count.fired and (count.last is None or count.last <= count.fired.upto):
        return None
    return within
