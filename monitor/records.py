"""Items and messages as JSON: the forms of CONTRACT 4 and 5, and their JSON Schemas.

Times are RFC 3339 in UTC, or the bare EDTF dates that they are. `layout`, what stands between the texts of a wire
text, is kept among our own processes and not shown outside.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from monitor.model import Alert, Digest, Evidence, Item, Message, Notice, RuleName, Span, Story, When

Record = dict[str, object]

_PARTIAL = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ITEM = TypeAdapter(Item)
_ITEMS = TypeAdapter(tuple[Item, ...])
_SPANS = TypeAdapter(tuple[Span, ...])
_RULE = TypeAdapter(RuleName)
_STORY = TypeAdapter(Story)
_MESSAGE = TypeAdapter(Message)


def write_record(record: Mapping[str, object]) -> str:
    """Return a record as one line of JSON, without a line break; letters of every script as themselves.

    Lone surrogates (names of files that are not UTF-8 hold them, PEP 383) are escaped, so that it can be encoded.
    """
    written = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


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
    """Return items as JSON, whole: what `load_items` reads. Lone surrogates, which it would refuse, become U+FFFD."""
    try:
        return _ITEMS.dump_json(tuple(items))
    except PydanticSerializationError:
        written = json.dumps(_ITEMS.dump_python(tuple(items), mode="json"), ensure_ascii=False)
        return _SURROGATE.sub("\ufffd", written).encode()


def load_items(body: bytes) -> tuple[Item, ...]:
    """Return the items that `dump_items` wrote.

    Raises:
        ValueError: it is something else.
    """
    items = _ITEMS.validate_json(body)
    if not all(_is_sound(when) for item in items for when in _times(item) if when is not None):
        msg = "a time without its zone, or a date that is none"
        raise ValueError(msg)
    return items


def _times(item: Item) -> Iterator[When | None]:
    yield from (item.published, item.updated, item.fetched)
    yield from (entry.published for entry in (item.related.items if item.related else ()))


def _is_sound(when: When) -> bool:
    if isinstance(when, datetime):
        return when.tzinfo is not None
    try:
        date.fromisoformat(f"{when}-01-01"[:10])
    except ValueError:
        return False
    return _PARTIAL.fullmatch(when) is not None


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
    return {**schema, "description": schema["description"].partition("\n")[0], "properties": shown}
