"""What the pipeline knows, as rows of the tables; all the work of a commit that can be done outside its transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from monitor.model import Alert, Decision, Delivery, Item, Message, Polled, Seen, SourceState
from monitor.records import item_record, message_record, spans_record
from monitor.text.fold import fold

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PolledRows:
    """The rows of one document, by table."""

    state: Row
    revised: Sequence[Row]
    items: Sequence[Row]
    keys: Sequence[Row]
    rekeyed: Sequence[Row]
    there: Sequence[bytes]
    entries: Row | None
    decisions: Sequence[Row]
    alerts: Sequence[Row]
    deliveries: Sequence[Row]
    occurrences: Sequence[Row]
    firings: Sequence[Row]
    file: Row | None


def polled_rows(polled: Polled) -> PolledRows:
    """Return the rows of a document; an item counts as first seen when its source was polled."""
    source = polled.state.id
    seen_at = polled.state.polled or polled.state.due
    revised = [seen for seen in polled.seen if seen.revision]
    return PolledRows(
        state=state_row(polled.state),
        revised=[{"revised_item": seen.item.id, "to_revision": seen.revision} for seen in revised],
        items=[_item_row(source, seen, seen_at) | {"document": polled.document} for seen in polled.seen],
        keys=[
            {"source": source, "key": digest(key), "item": seen.item.id, "seen": seen_at}
            for seen in polled.seen
            for key in seen.keys
        ],
        rekeyed=[{"of_item": seen.item.id} for seen in polled.seen if seen.keys],
        there=list(map(digest, polled.there)),
        entries=None if polled.entries is None else {"source": source, "hashes": polled.entries},
        decisions=[_decision_row(decision) for decision in polled.decisions],
        alerts=[alert_row(message) for message in polled.alerts],
        deliveries=[delivery_row(delivery) for delivery in polled.deliveries],
        occurrences=[asdict(one) for one in polled.occurrences],
        firings=[asdict(firing) for firing in polled.firings],
        file=asdict(polled.file) | {"source": source} if polled.file else None,
    )


def digest(key: str) -> bytes:
    """Return 128 bits of SHA-256 over a key, whatever characters it is made of."""
    return sha256(key.encode("utf-8", "surrogatepass")).digest()[:16]


def state_row(state: SourceState) -> Row:
    """Return a source's state as a row, asleep: `keep_source` leaves one that is there as registered as it was."""
    return asdict(state) | {"registered": False}


def delivery_row(delivery: Delivery) -> Row:
    """Return a delivery as a row that waits, from its creation on."""
    return asdict(delivery) | {"state": "waiting", "attempts": 0, "token": None, "next_try": delivery.created}


def alert_row(message: Message) -> Row:
    """Return the row of the alert that a message is of."""
    alert = message.data
    if not isinstance(alert, Alert):
        told = f"{message.type} is no alert to keep"
        raise TypeError(told)
    return {
        "id": alert.id,
        "rule": alert.rule.id,
        "story": alert.story.id,
        "first_item": alert.items[0].item.id if alert.items else None,
        "fired": message.timestamp,
        "message": _json(message_record(message)),
    }


def folded(texts: Iterable[str | None]) -> str:
    """Return texts as they are searched: folded, a line each."""
    return "\n".join(fold(text) for text in texts if text)


def _item_row(source: str, seen: Seen, seen_at: datetime) -> dict[str, object]:
    item = seen.item
    record = item_record(item)
    return {
        "id": item.id,
        "source": source,
        "headline": item.headline,
        "url": item.url,
        "published": record["published"],
        "first_seen": seen_at,
        "revision": seen.revision,
        "content": seen.content,
        "folded": folded(_texts(item)),
        "record": _json(record),
        "revised": seen_at,
        "changed": " ".join(seen.changed) or None,
    }


def _texts(item: Item) -> Iterable[str | None]:
    yield item.headline
    yield item.dateline.text if item.dateline else None
    yield item.summary
    yield from (block.text for block in item.body)


def _decision_row(decision: Decision) -> Row:
    return {
        "item": decision.item,
        "rule": decision.rule,
        "alert": decision.alert,
        "reason": decision.reason.name,
        "at": decision.at,
        "spans": _json(spans_record(decision.spans)),
    }


def _json(value: object) -> str:
    """Return JSON with a lone surrogate as itself, which the column replaces: as an escape nobody could read it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
