"""The forms of the values that operators take: how each is read, and its JSON Schema.

Reading raises ValueError with what is wanted; the reader of the rule puts the operator's name before it. Wordings
within a value (`near: [Xi, {stem: reizen}]`) are told as `Part`s, which the reader of the rule reads in turn.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

from monitor.match.clauses.fuzzy import MOST_EDITS
from monitor.match.clauses.stories import Bound
from monitor.match.clauses.terms import fault_of
from monitor.match.clauses.wild import is_wild
from monitor.model import Kind
from monitor.text.addresses import bare_address
from monitor.text.durations import PATTERN, read_duration
from monitor.text.patterns import fault_of_pattern

_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_BOUND = r"^(>=|<=|>|<|=)? ?[0-9]{1,9}$"
_SEVERAL = ("agencies", "publishers", "items")
_FARTHEST = 1000
_MOST_OFTEN = 100_000


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of an operator's value: how it is read (ValueError says the mend), and its JSON Schema."""

    read: Callable[[object], object]
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Part:
    """A wording within a value, yet to be read, and where in the value it stands."""

    path: tuple[int, ...]
    value: object


def read_term(value: object) -> str:
    """Return the word or phrase that `value` is; ValueError says what is wrong with it."""
    if not isinstance(value, str):
        msg = "wants a word or a phrase"
        raise ValueError(msg)  # noqa: TRY004 - the reader collects ValueErrors
    if is_wild(value):
        msg = f"takes no wildcards: `{value}`; they belong in terms, as in `all: [sanctie*]`"
        raise ValueError(msg)
    if fault := fault_of(value):
        raise ValueError(fault)
    return value


def read_wild(value: object) -> str:
    """Return the word or phrase, with wildcards or without, that `value` is; ValueError says what is wrong with it."""
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


def _wild_terms(value: object) -> tuple[str, ...]:
    return tuple(map(read_wild, _texts(value)))


def _tags(value: object) -> tuple[str, ...]:
    tags = _texts(value)
    if empty := [tag for tag in tags if not tag.strip("*? ")]:
        msg = f"wants something besides wildcards, not {', '.join(empty)}"
        raise ValueError(msg)
    return tags


def _addresses(value: object) -> tuple[str, ...]:
    places = _texts(value)
    for place in places:
        host, _ = bare_address(place)
        plain = host.strip("*.") or place.partition("*")[2].strip("*./")
        if not host or not plain or re.search(r"\s", place.strip()):
            msg = f"wants a host, a host with a path, or an address with a *: nos.nl, nos.nl/artikel; not {place}"
            raise ValueError(msg)
    return places


def _languages(value: object) -> tuple[str, ...]:
    tags = _texts(value)
    if wrong := [tag for tag in tags if not re.fullmatch(_LANGUAGE, tag)]:
        msg = f"wants languages by their codes, such as nl or nl-BE; not {', '.join(wrong)}"
        raise ValueError(msg)
    return tags


def _age(value: object) -> Mapping[str, timedelta]:
    if not isinstance(value, Mapping) or not value or not value.keys() <= {"max", "min"}:
        msg = "wants {max: 6h}, {min: 1h} or both"
        raise ValueError(msg)
    bounds = {bound: read_duration(str(written)) for bound, written in value.items()}
    if bounds.get("min", timedelta.min) > bounds.get("max", timedelta.max):
        msg = "never holds: `min` is longer than `max`"
        raise ValueError(msg)
    return bounds


def _story(value: object) -> Mapping[str, Bound | timedelta]:
    if not isinstance(value, Mapping) or not value or not value.keys() <= {*_SEVERAL, "within"}:
        msg = "wants {agencies: '>=2', publishers: '>=3', items: '>=2', within: 2h}, or some of these"
        raise ValueError(msg)
    said: dict[str, Bound | timedelta] = {}
    for name, written in value.items():
        said[name] = read_duration(str(written)) if name == "within" else _bound(name, written)
    if said.get("within") == timedelta(0):
        msg = "never holds: `within` is 0; write how old the story may be, such as 2h"
        raise ValueError(msg)
    return said


def _bound(name: str, written: object) -> Bound:
    if isinstance(written, bool) or not re.fullmatch(_BOUND, str(written)):
        msg = f"wants a number or a bound for `{name}`, such as '>=2', '<5' or 3; not {written}"
        raise ValueError(msg)
    digits = str(written).lstrip("<>= ")
    bound = Bound(str(written).removesuffix(digits).strip() or "=", int(digits))
    if bound == Bound("<", 0):
        msg = f"never holds: no story has fewer than 0 {name}"
        raise ValueError(msg)
    if bound == Bound(">=", 0):
        msg = f"always holds: every story has at least 0 {name}; leave `{name}` out"
        raise ValueError(msg)
    return bound


def _pattern(value: object) -> str:
    if not isinstance(value, str) or not value:
        msg = "wants a regular expression of RE2, in quotes: 're: \"sancti(e|on)s?\"'"
        raise ValueError(msg)
    if fault := fault_of_pattern(value):
        raise ValueError(fault)
    return value


def _wordings(value: object) -> tuple[Part, ...]:
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(part, str | Mapping) for part in values):
        msg = "wants a term, a wording such as {stem: reizen}, or a list of those"
        raise ValueError(msg)
    return tuple(Part((at,) if isinstance(value, list) else (), part) for at, part in enumerate(values))


def _sides(value: object) -> tuple[tuple[Part, ...], ...]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - near is between two
        msg = "wants two sides, [Xi, Moskou]; each a term, a wording such as {stem: reizen}, or a list of those"
        raise ValueError(msg)
    sides = []
    for at, side in enumerate(value):
        try:
            sides.append(tuple(Part((at, *part.path), part.value) for part in _wordings(side)))
        except ValueError as error:
            msg = f"{error}, on its {('first', 'second')[at]} side"
            raise ValueError(msg) from None
    return tuple(sides)


def _number(least: int, most: int) -> Shape:
    def read(value: object) -> int:
        written = str(value)
        if isinstance(value, bool) or not re.fullmatch("[0-9]{1,9}", written) or not least <= int(written) <= most:
            msg = f"wants a whole number from {least} to {most}"
            raise ValueError(msg)
        return int(written)

    return Shape(read, {"type": "integer", "minimum": least, "maximum": most})


def chosen_of(choices: Sequence[str]) -> Shape:
    """Return the shape of one or several of a few words."""

    def read(value: object) -> tuple[str, ...]:
        chosen = _texts(value)
        if unknown := [choice for choice in chosen if choice not in choices]:
            msg = f"knows no {', '.join(unknown)}; there are {', '.join(choices)}"
            raise ValueError(msg)
        return chosen

    return Shape(read, _or_list({"enum": [*choices]}))


def _flag(value: object) -> bool:
    if not isinstance(value, bool | str) or str(value).lower() not in {"true", "false"}:
        msg = "wants true or false"
        raise ValueError(msg)
    return str(value).lower() == "true"


def _or_list(one: Mapping[str, object]) -> Mapping[str, object]:
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _object(properties: Mapping[str, object]) -> Mapping[str, object]:
    return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}


_DURATION = {"type": "string", "pattern": PATTERN}
_WORDING = {"$ref": "#/$defs/wording"}

TEXT = Shape(read_term, {"type": ["string", "number", "boolean"]})
TEXTS = Shape(_texts, _or_list({"type": "string"}))
TERMS = Shape(_terms, _or_list({"type": "string"}))
WILD_TERMS = Shape(_wild_terms, _or_list({"type": "string"}))
TAGS = Shape(_tags, _or_list({"type": "string"}))
ADDRESSES = Shape(_addresses, _or_list({"type": "string", "pattern": r"^\S+$"}))
LANGUAGES = Shape(_languages, _or_list({"type": "string", "pattern": _LANGUAGE}))
KINDS = chosen_of(get_args(Kind))
AGE = Shape(_age, _object({"max": _DURATION, "min": _DURATION}))
STORY = Shape(
    _story,
    _object(
        {
            **{name: {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _BOUND}]} for name in _SEVERAL},
            "within": _DURATION,
        }
    ),
)
PATTERN_RE2 = Shape(_pattern, {"type": "string", "minLength": 1})
WORDINGS = Shape(_wordings, _or_list(_WORDING))
SIDES = Shape(_sides, {"type": "array", "items": _or_list(_WORDING), "minItems": 2, "maxItems": 2})
EDITS = _number(1, MOST_EDITS)
WITHIN = _number(1, _FARTHEST)
AT_LEAST = _number(1, _MOST_OFTEN)
FLAG = Shape(_flag, {"type": "boolean"})


def parts_of(value: object, read: Callable[[Part], object]) -> object:
    """Return a value as a shape read it, with what `read` makes of each part of it."""
    if isinstance(value, Part):
        return read(value)
    if isinstance(value, tuple):
        return tuple(parts_of(inner, read) for inner in value)
    return value
