"""The nouns of rules over time: the types, with the keys that ElastAlert gave them, and what is counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """Fire when a rule matched `num_events` times within `timeframe`: in all, or for one value of `query_key`."""

    num_events: int
    timeframe: timedelta
    query_key: str | None = None
    realert: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Spike:
    """Fire when the matches of the last `timeframe` are `spike_height` times those of the one before it, or fewer.

    Nothing fires below `threshold_cur` matches in the one or `threshold_ref` in the other.
    """

    spike_height: float
    spike_type: Literal["up", "down", "both"]
    timeframe: timedelta
    threshold_ref: int = 0
    threshold_cur: int = 0
    query_key: str | None = None
    realert: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Flatline:
    """Fire when a rule matched fewer than `threshold` times within `timeframe`.

    With a `query_key`, for each value that was there before; `forget_keys`: once only, until the value comes again.
    """

    threshold: int
    timeframe: timedelta
    query_key: str | None = None
    forget_keys: bool = False
    realert: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerm:
    """Fire when one of `fields` has a value that no match of the last `terms_window_size` had."""

    fields: tuple[str, ...]
    terms_window_size: timedelta
    realert: timedelta


OverTime = Frequency | Spike | Flatline | NewTerm
"""What a rule's `type` may be; a rule without one looks at each item by itself."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A match of a rule over time, counted under a `term`, at the moment at which it happened."""

    rule: str
    term: str
    item: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Firing:
    """When a rule over time last fired for a term, and the latest occurrence that it took into account."""

    rule: str
    term: str
    at: datetime
    upto: datetime


@dataclass(frozen=True, slots=True)
class Counting:
    """Since when a rule over time is counted, all that it matched since then; `definition` is the hash of the rule."""

    rule: str
    definition: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """What is kept of a rule under one term: the occurrences that were asked for, in order of time.

    `first` and `last` are those of all occurrences that are kept; `fired` is when the rule last fired for the term.
    """

    occurrences: tuple[Occurrence, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    fired: Firing | None = None
