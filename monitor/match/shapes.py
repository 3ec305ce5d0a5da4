"""The forms of the values that operators take: how each is read, and its JSON Schema.

Reading raises ValueError with what is wanted; the reader of the rule puts the operator's name before it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

from monitor.match.terms import fault_of
from monitor.model import Kind
from monitor.text.durations import PATTERN, read_duration

_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of an operator's value: how it is read (ValueError says the mend), and its JSON Schema."""

    read: Callable[[object], object]
    schema: Mapping[str, object]


def read_term(value: object) -> str:
    """Return the word or phrase that `value` is; ValueError says what is wrong with it."""
    if not isinstance(value, str):
        msg = "wants a word or a phrase"
        raise ValueError(msg)  # noqa: TRY004 - the reader collects ValueErrors
    if fault := fault_of(value):
        raise ValueError(fault)
    return value


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else [value]
    if not values or not all(isinstance(text, str) and text.strip() for text in values):
        msg = "wants a value or a list of values"
        raise ValueError(msg)
    return tuple(values)


def _terms(value: object) -> tuple[str, ...]:
    return tuple(map(read_term, _texts(value)))


def _languages(value: object) -> tuple[str, ...]:
    tags = _texts(value)
    if wrong := [tag for tag in tags if not re.fullmatch(_LANGUAGE, tag)]:
        msg = f"wants languages by their codes, such as nl or nl-BE; not {', '.join(wrong)}"
        raise ValueError(msg)
    return tags


def _kinds(value: object) -> tuple[str, ...]:
    kinds = _texts(value)
    if unknown := [kind for kind in kinds if kind not in get_args(Kind)]:
        msg = f"knows no {', '.join(unknown)}; there are {', '.join(get_args(Kind))}"
        raise ValueError(msg)
    return kinds


def _age(value: object) -> Mapping[str, timedelta]:
    if not isinstance(value, Mapping) or not value or not value.keys() <= {"max", "min"}:
        msg = "wants {max: 6h}, {min: 1h} or both"
        raise ValueError(msg)
    bounds = {bound: read_duration(str(written)) for bound, written in value.items()}
    if bounds.get("min", timedelta.min) > bounds.get("max", timedelta.max):
        msg = "never holds: `min` is longer than `max`"
        raise ValueError(msg)
    return bounds


def _or_list(one: Mapping[str, object]) -> Mapping[str, object]:
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


_DURATION = {"type": "string", "pattern": PATTERN}

TEXT = Shape(read_term, {"type": ["string", "number", "boolean"]})
TEXTS = Shape(_texts, _or_list({"type": "string"}))
TERMS = Shape(_terms, _or_list({"type": "string"}))
LANGUAGES = Shape(_languages, _or_list({"type": "string", "pattern": _LANGUAGE}))
KINDS = Shape(_kinds, _or_list({"enum": [*get_args(Kind)]}))
AGE = Shape(
    _age,
    {
        "type": "object",
        "properties": {"max": _DURATION, "min": _DURATION},
        "additionalProperties": False,
        "minProperties": 1,
    },
)
