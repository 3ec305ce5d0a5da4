"""The types of rules over time as they are written: `type:` and its keys, which are ElastAlert's.

Where ElastAlert has `{minutes: 5}`, durations are written as everywhere else: `5m`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from monitor.decide.over_time import FIELDS
from monitor.mends import Mend
from monitor.over_time import Flatline, Frequency, NewTerm, OverTime, Spike
from monitor.settings import Boolean, Duration, Texts

_LONGEST = timedelta(days=366)


def _field(name: str) -> str:
    if name not in FIELDS:
        msg = f"knows no field `{name}`; there are {', '.join(FIELDS)}"
        raise ValueError(msg)
    return name


class _Typed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    realert: Duration | None = None

    def _told(self, *, rests: timedelta) -> dict[str, Any]:
        """Return the keys with their values, as the rule's type has them."""
        told = {key: tuple(value) if isinstance(value, list) else value for key, value in self if key != "type"}
        return {**told, "realert": rests if self.realert is None else self.realert}

    @field_validator("timeframe", "terms_window_size", check_fields=False)
    @classmethod
    def _sensible(cls, written: timedelta) -> timedelta:
        if not timedelta(seconds=1) <= written <= _LONGEST:
            msg = "wants a duration from 1s to a year"
            raise ValueError(msg)
        return written


class _Counting(_Typed):
    timeframe: Duration
    query_key: str | None = None

    @field_validator("query_key")
    @classmethod
    def _known(cls, written: str | None) -> str | None:
        return None if written is None else _field(written)


class FrequencyKeys(_Counting):
    """`type: frequency`: many matches within a timeframe."""

    type: Literal["frequency"]
    num_events: Annotated[int, Field(ge=1, le=10_000)]

    def made(self) -> OverTime:
        """Return the rule's type; it rests for a timeframe unless it says otherwise."""
        return Frequency(**self._told(rests=self.timeframe))


class SpikeKeys(_Counting):
    """`type: spike`: far more matches, or fewer, than in the timeframe before."""

    type: Literal["spike"]
    spike_height: Annotated[float, Field(gt=1, le=10_000)]
    spike_type: Literal["up", "down", "both"]
    threshold_ref: Annotated[int, Field(ge=0)] = 0
    threshold_cur: Annotated[int, Field(ge=0)] = 0

    def made(self) -> OverTime:
        """Return the rule's type; it rests for a timeframe unless it says otherwise."""
        return Spike(**self._told(rests=self.timeframe))


class FlatlineKeys(_Counting):
    """`type: flatline`: too few matches within a timeframe."""

    type: Literal["flatline"]
    threshold: Annotated[int, Field(ge=1, le=10_000)]
    forget_keys: Boolean = False

    @model_validator(mode="after")
    def _keyed(self) -> Self:
        if self.forget_keys and self.query_key is None:
            msg = "`forget_keys` wants a `query_key` whose values are forgotten"
            raise ValueError(msg)
        return self

    def made(self) -> OverTime:
        """Return the rule's type; it rests for a timeframe unless it says otherwise."""
        return Flatline(**self._told(rests=self.timeframe))


class NewTermKeys(_Typed):
    """`type: new_term`: a value that was not there before."""

    type: Literal["new_term"]
    fields: Texts
    terms_window_size: Duration = timedelta(days=30)

    @field_validator("fields")
    @classmethod
    def _known(cls, written: list[str]) -> list[str]:
        if not written:
            msg = f"wants one at least of {', '.join(FIELDS)}"
            raise ValueError(msg)
        return list(dict.fromkeys(map(_field, written)))

    def made(self) -> OverTime:
        """Return the rule's type; a term is new once, so it need not rest."""
        return NewTerm(**self._told(rests=timedelta(0)))


Keys = FrequencyKeys | SpikeKeys | FlatlineKeys | NewTermKeys

RULE_TYPES: Mapping[str, type[Keys]] = {
    "frequency": FrequencyKeys,
    "spike": SpikeKeys,
    "flatline": FlatlineKeys,
    "new_term": NewTermKeys,
}
"""Every type of rule that `type:` may name; a rule without one looks at each item by itself."""

KEYS = tuple(dict.fromkeys(key for model in RULE_TYPES.values() for key in model.model_fields))
"""Every key that rules over time have besides their condition."""

_KEYS = frozenset(KEYS)

MEANINGS: Mapping[str, str] = {
    "type": "Makes it a rule over time: many matches, far more or fewer than before, too few, or a new value.",
    "realert": "How long the rule rests after an alert, for each value of `query_key`; default its `timeframe`.",
    "timeframe": "How long a window is, in which matches are counted.",
    "query_key": f"Count for each value of this field: {', '.join(FIELDS)}.",
    "num_events": "So many matches within `timeframe` make it fire.",
    "spike_height": "So many times as many matches as in the `timeframe` before, or as few, make it fire.",
    "spike_type": "Which way makes it fire.",
    "threshold_ref": "Fire only where the `timeframe` before had so many matches.",
    "threshold_cur": "Fire only where the last `timeframe` has so many matches.",
    "threshold": "Fewer matches than this within `timeframe` make it fire.",
    "forget_keys": "Tell of a value that fell silent once, until it is there again.",
    "fields": f"Fire on a value in one of these fields that was not there before: {', '.join(FIELDS)}.",
    "terms_window_size": "A value is new that no match had for so long.",
}
"""What each key is for."""


def keys_over_time(merged: Mapping[str, object], taken: Collection[str]) -> set[str]:
    """Return which keys of a rule its type reads, those among them that are misspelt too, but none that are `taken`."""
    keys, kind = {key for key in merged if key in _KEYS}, merged.get("type")
    if isinstance(kind, str) and kind in RULE_TYPES:
        others, known = [key for key in merged if key not in taken], RULE_TYPES[kind].model_fields
        keys |= {key for key in others if get_close_matches(key, known, n=1)}
    return keys


def model_of(kind: object, written: Iterable[str]) -> type[Keys] | list[Mend]:
    """Return the model of a rule's `type`, None where it has none; else what is wrong, the keys being so `written`."""
    if kind is None:
        return [Mend((key,), _untyped(key), key=True) for key in written if key in _KEYS]
    if isinstance(kind, str) and kind in RULE_TYPES:
        return RULE_TYPES[kind]
    return [Mend(("type",), f"`type` wants one of {', '.join(RULE_TYPES)}")]


def _untyped(key: str) -> str:
    types = [name for name, model in RULE_TYPES.items() if key in model.model_fields]
    return f"`{key}` counts over time; it wants `type: {' or '.join(types)}` beside it"
