"""A message read back from the body that it was written to."""

import json
from typing import Any

from pydantic import TypeAdapter

from monitor.model import Alert, Digest, Message, Notice

_MESSAGE = TypeAdapter(Message)
_ALERT = TypeAdapter(Alert)


def read_message(body: str) -> Message:
    """Return the message in the body of a webhook, as `message_record` and `write_record` wrote it.

    Raises:
        ValueError: it is something else.
    """
    try:
        record = json.loads(body)
        data = record["data"]
        if "items" in data:
            made: Alert | Digest | Notice = _alert(data)
        elif "alerts" in data:
            made = Digest(tuple(map(_alert, data["alerts"])))
        else:
            made = Notice(data["text"])
        return _MESSAGE.validate_python({**record, "data": made})
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        msg = f"this is no message: {error!r}"
        raise ValueError(msg) from None


def _alert(data: dict[str, Any]) -> Alert:
    """Return an alert; an item and its spans, which stand in one object, are parted."""
    items = [
        {"item": {name: value for name, value in item.items() if name != "spans"}, "spans": item["spans"]}
        for item in data["items"]
    ]
    return _ALERT.validate_python({**data, "items": items})
