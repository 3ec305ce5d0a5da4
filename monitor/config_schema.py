"""The JSON Schema of the configuration, for editors: `# yaml-language-server: $schema=config.schema.json`.

It is the models' own, with what is compiled instead of modelled: the conditions of rules, from the table of operators.
What an editor cannot know (references, secrets, the query form) is left to `monitor check`.
"""

import re
from typing import Any

from pydantic import BaseModel, TypeAdapter

from monitor.catalog import CHANNELS, OPERATORS
from monitor.match.view import SCOPES
from monitor.settings import RuleHead, Service, Source

Schema = dict[str, Any]


def config_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of one configuration file."""
    defined: Schema = {
        "condition": {"anyOf": [{"type": ["string", "number", "boolean"]}, _mapping(_clauses())]},
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
        kind: {name: value for name, value in defined[kind].items() if name != "required"}
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


_WORD: Schema = {"type": ["string", "number", "boolean"]}
_CONDITIONS: Schema = {"type": "array", "items": {"$ref": "#/$defs/condition"}, "minItems": 1}


def _clauses() -> Schema:
    """Return the keys of a condition, with their shapes and meanings."""
    scopes = {"enum": [*SCOPES]}
    return {
        "all": {**_CONDITIONS, "description": "Every one of these holds."},
        "any": {**_CONDITIONS, "description": "At least one of these holds."},
        "none": {**_CONDITIONS, "description": "None of these holds."},
        "min": {
            **_mapping({"k": {"type": "integer", "minimum": 1}, "of": _CONDITIONS}),
            "required": ["k", "of"],
            "description": "At least `k` of these hold.",
        },
        "in": {"anyOf": [scopes, {"type": "array", "items": scopes, "minItems": 1}], "description": "Where to look."},
        "list": {"type": "string", "description": "Any form in the list of that name, under `lists`."},
        "query": {"type": "string", "description": "The one-line form of a condition."},
        **{key: {**operator.shape.schema, "description": operator.meaning} for key, operator in OPERATORS.items()},
    }


def _rule() -> Schema:
    head = _model(RuleHead)
    return {**head, "properties": {**head["properties"], **_clauses()}}


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
