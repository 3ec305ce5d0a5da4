"""Items and messages as JSON: the forms of CONTRACT 4 and 5, and their JSON Schemas.

Times are RFC 3339 in UTC, or the bare EDTF dates that they are. `layout`, what stands between the texts of a wire
text, is kept among our own processes and not shown outside.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from monitor.model import Alert, Digest, Evidence, Item, Message, Notice, RuleName, Span, Story

Record = dict[str, object]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ITEM = TypeAdapter(Item)
_ITEMS = TypeAdapter(tuple[Item, ...])
_SPANS = TypeAdapter(tuple[Span, ...])
_RULE = TypeAdapter(RuleName)
_STORY = TypeAdapter(Story)
_MESSAGE = TypeAdapter(Message)


def write_record(record: Mapping[str, object]) -> str:
    """Return a record as one line of JSON, without a line break; letters of every script as themselves."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def item_record(item: Item) -> Record:
    """Return an item as JSON values, under the names of CONTRACT 4."""
    record: Record = _ITEM.dump_python(item, mode="json", exclude={"layout"})
    return record


def spans_record(spans: tuple[Span, ...]) -> list[Record]:
    """Return spans as JSON values."""
    record: list[Record] = _SPANS.dump_python(spans, mode="json")
    return record


def message_record(message: Message) -> Record:
    """Return the body of a webhook as JSON values, under the names of CONTRACT 5."""
    match message.data:
        case Alert() as alert:
            data = _alert(alert)
        case Digest(alerts):
            data = {"alerts": [_alert(alert) for alert in alerts]}
        case Notice(text):
            data = {"text": text}
    whole: Record = _MESSAGE.dump_python(message, mode="json", include={"type", "timestamp"})
    return {**whole, "data": data}


def _alert(alert: Alert) -> Record:
    return {
        "id": alert.id,
        "rule": _RULE.dump_python(alert.rule, mode="json"),
        "story": _STORY.dump_python(alert.story, mode="json"),
        "items": [_evidence(evidence) for evidence in alert.items],
    }


def _evidence(evidence: Evidence) -> Record:
    return {**item_record(evidence.item), "spans": spans_record(evidence.spans)}


def dump_items(items: Sequence[Item]) -> bytes:
    """Return items as JSON, whole: what `load_items` reads."""
    return _ITEMS.dump_json(tuple(items))


def load_items(body: bytes) -> tuple[Item, ...]:
    """Return the items that `dump_items` wrote.

    Raises:
        ValueError: it is something else.
    """
    return _ITEMS.validate_json(body)


def item_schema() -> Record:
    """Return the JSON Schema of an item."""
    return {"$schema": _DRAFT, **_shown(_ITEM.json_schema(mode="serialization"))}


def message_schema() -> Record:
    """Return the JSON Schema of a message; an item in it has its spans besides."""
    schema = _MESSAGE.json_schema(mode="serialization")
    kinds = schema["$defs"]
    spans = kinds["Evidence"]["properties"]["spans"]
    kinds["Evidence"] = {
        **_shown(kinds.pop("Item")),
        "title": "Evidence",
        "description": kinds["Evidence"]["description"],
    }
    kinds["Evidence"]["properties"]["spans"] = spans
    kinds["Evidence"]["required"] = [*kinds["Evidence"].get("required", []), "spans"]
    return {"$schema": _DRAFT, **schema}


def _shown(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an item without what is not shown outside."""
    shown = {name: kind for name, kind in schema["properties"].items() if name != "layout"}
    return {**schema, "properties": shown}
