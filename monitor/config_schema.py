"""The JSON Schema of the configuration, for editors: `# yaml-language-server: $schema=config.schema.json`.

It is the models' own, with what is compiled instead of modelled: the conditions of rules, from the table of operators.
What an editor cannot know (references, secrets, the query form) is left to `monitor check`.
"""

import re
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter

from monitor.catalog import CHANNELS
from monitor.decide.over_time import FIELDS
from monitor.match.clauses.closeness import Unit
from monitor.match.operators import OPERATORS, OWNERS
from monitor.match.view import SCOPES
from monitor.match.written.language import KEYS as PAGES
from monitor.match.written.tree import WORDINGS
from monitor.rule_types import MEANINGS, RULE_TYPES
from monitor.settings import RuleHead, Service, Source

Schema = dict[str, Any]


def config_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of one configuration file."""
    defined: Schema = {
        "condition": {"anyOf": [_WORD, {**_mapping(_clauses()), **_BESIDE, "minProperties": 1}]},
        "wording": {"anyOf": [_WORD, {**_mapping(_wordings()), **_BESIDE, "minProperties": 1}]},
        "Source": _model(Source),
        "Rule": _rule(),
        "Service": _model(Service),
        **{model.__name__: _channel(model) for model in CHANNELS.values()},
    }
    inner: Schema = {}
    for schema in defined.values():
        inner |= schema.pop("$defs", {})
    defined["Source"]["required"], defined["Rule"]["required"] = ["id"], ["id"]
    optional = {
        kind: {name: value for name, value in defined[kind].items() if name not in {"required", "allOf"}}
        for kind in ("Source", "Rule")
    }
    channels = [{"$ref": f"#/$defs/{model.__name__}"} for model in CHANNELS.values()]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "monitor",
        "description": "Sources that are watched, rules that say what for, channels that are told.",
        **_mapping(
            {
                "service": {"$ref": "#/$defs/Service"},
                "sources": {"type": "array", "items": {"$ref": "#/$defs/Source"}},
                "defaults": _mapping({"source": optional["Source"], "rule": optional["Rule"]}),
                "lists": {"type": "object", "additionalProperties": {"type": "array", "items": _WORD, "minItems": 1}},
                "rules": {"type": "array", "items": {"$ref": "#/$defs/Rule"}},
                "channels": {"type": "array", "items": {"anyOf": channels}},
            }
        ),
        "$defs": {**inner, **defined},
    }
    return {key: _as_others_read(part) for key, part in schema.items()}


_WORD: Schema = {"type": ["string", "number", "boolean"], "description": "A word or a phrase."}
_CONDITIONS: Schema = {"type": "array", "items": {"$ref": "#/$defs/condition"}, "minItems": 1}

_BESIDE: Schema = {
    "dependentRequired": {
        key: [name for name, option in operator.options.items() if option.needed]
        for key, operator in OPERATORS.items()
        if any(option.needed for option in operator.options.values())
    },
    "dependentSchemas": {
        **{name: {"anyOf": [{"required": [owner]} for owner in owners]} for name, owners in OWNERS.items()},
        **{key: {"minProperties": 2} for key in ("in", "same")},
    },
}
"""Which keys of a condition want which others beside them."""


def _clauses() -> Schema:
    """Return the keys of a condition, each with its shape, its meaning and an example."""
    scopes = {"enum": [*SCOPES]}
    groups = {
        **dict.fromkeys(("all", "any", "none"), _CONDITIONS),
        "min": {**_mapping({"k": {"type": "integer", "minimum": 1}, "of": _CONDITIONS}), "required": ["k", "of"]},
        "in": {"anyOf": [scopes, {"type": "array", "items": scopes, "minItems": 1}]},
        "same": {"enum": [*get_args(Unit)]},
        "list": {"type": "string"},
        "query": {"type": "string"},
    }
    shapes = groups | {key: operator.shape.schema for key, operator in OPERATORS.items()}
    return {key: {**shape, **_told(key)} for key, shape in shapes.items()} | _options()


def _told(key: str) -> Schema:
    page = PAGES[key]
    examples = [example[key] for example in page.examples if isinstance(example, dict)]
    return {"description": page.short, "examples": examples}


def _options() -> Schema:
    """Return the options of operators; where several have one of that name, it takes what either takes."""
    schemas: Schema = {}
    for name, owners in OWNERS.items():
        options = {owner: OPERATORS[owner].options[name] for owner in owners}
        shapes = [dict(option.shape.schema) for option in options.values()]
        told = " ".join(f"Beside `{owner}`: {option.meaning}" for owner, option in options.items())
        schemas[name] = {**(shapes[0] if len(shapes) == 1 else {"anyOf": shapes}), "description": told}
    return schemas


def _wordings() -> Schema:
    """Return the keys of what may stand within `near` and `count`."""
    beside = {name for name, owners in OWNERS.items() if {*owners} & {*WORDINGS}}
    return {key: schema for key, schema in _clauses().items() if key in {*WORDINGS} | beside}


def _rule() -> Schema:
    head = _model(RuleHead)
    properties = {**head["properties"], **_clauses(), **_over_time()}
    return {**head, "properties": properties, **_BESIDE, "allOf": [_of_type(*each) for each in RULE_TYPES.items()]}


def _over_time() -> Schema:
    """Return the keys of rules over time."""
    shapes: Schema = {}
    for model in RULE_TYPES.values():
        shapes |= _model(model)["properties"]
    field: Schema = {"enum": [*FIELDS]}
    shapes["type"], shapes["query_key"] = {"enum": [*RULE_TYPES]}, field
    shapes["fields"] = {"anyOf": [field, {"type": "array", "items": field, "minItems": 1}]}
    return {key: {**shapes[key], "description": meaning} for key, meaning in MEANINGS.items()}


def _of_type(name: str, model: type[BaseModel]) -> Schema:
    """Return what a rule of a type has not; what it must have may stand in the defaults."""
    others: Schema = {key: False for key in MEANINGS if key not in model.model_fields}
    is_it: Schema = {"properties": {"type": {"const": name}}, "required": ["type"]}
    return {"if": is_it, "then": {"properties": others}}


def _mapping(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _model(model: type[BaseModel]) -> Schema:
    """Return a model's schema as a person may write it: a single text for a list, `5m` for `{min: 5m, max: 5m}`."""
    schema: Schema = TypeAdapter(model).json_schema(ref_template="#/$defs/{model}")
    return schema


def _channel(model: type[BaseModel]) -> Schema:
    """Return the schema of a channel, where a list of one may be written without its brackets."""
    schema = _model(model)
    for name, field in schema["properties"].items():
        lists = [kind for kind in field.get("anyOf", [field]) if kind.get("type") == "array"]
        if lists:
            schema["properties"][name] = {"anyOf": [lists[0]["items"], *field.pop("anyOf", [field])]}
    return schema


def _as_others_read(part: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a schema in which a text may also be a number or a boolean, as editors take `2024` and `no` for."""
    if isinstance(part, list):
        return [_as_others_read(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    read = {key: _as_others_read(inner) for key, inner in part.items()}
    if read.get("type") == "string" and not read.keys() & {"const", "enum"}:
        pattern = read.get("pattern", "")
        kinds = {"number": "2024", "boolean": "no"}
        read["type"] = ["string", *(kind for kind, text in kinds.items() if re.search(pattern, text))]
    return read
