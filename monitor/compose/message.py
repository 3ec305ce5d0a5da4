"""Messages and the ids that they travel under.

Ids are hashes, so that who makes a message again, after a crash or on another machine, makes the same.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from monitor.model import (
    Alert,
    Dateline,
    Delivery,
    Digest,
    Evidence,
    Item,
    Message,
    Notice,
    Paragraph,
    RuleName,
    Span,
    Story,
)
from monitor.records import message_record, write_record

_ID_CHARACTERS = 32

Language = Literal["nl", "en"]

_TEST = {
    "nl": (
        "Proefbericht",
        "PROEF: veerdienst hervat na storm",
        "Dit is een proefbericht; er is geen nieuws. Als u dit leest, werkt het kanaal.",
        "proefbericht",
    ),
    "en": (
        "Test message",
        "TEST: ferry sails again after the storm",
        "This is a test message; there is no news. If you can read it, the channel works.",
        "test message",
    ),
}


def alert_id(rule: str, item_key: str) -> str:
    """Return the id of a rule's alert, by the key of its first item: whatever becomes of that item's story."""
    return _hash("alert", rule, item_key)


def delivery_id(rule: str, channel: str, alert: str, revision: int) -> str:
    """Return the webhook id of an alert's delivery: 128 bits of SHA-256, without a dot (Standard Webhooks)."""
    return f"msg_{_hash('delivery', rule, channel, alert, revision)}"


def fired(rule: RuleName, story: Story, evidence: tuple[Evidence, ...], at: datetime) -> Message:
    """Return the message that a rule fired; `evidence`, newest last, is of one item at least."""
    alert = Alert(alert_id(rule.id, evidence[0].item.id), rule, story, evidence)
    return Message("alert.fired", at, alert)


def over_time(
    rule: RuleName, term: str, cause: Sequence[str], story: Story, evidence: tuple[Evidence, ...], at: datetime
) -> Message:
    """Return the message that a rule over time fired; `evidence`, newest last, is of what it counted, maybe nothing.

    `cause` is what tells this time of firing from every other one of the rule and the term, and nothing else: who finds
    the same again, after a crash or in two documents at once, makes the same alert.
    """
    alert = _hash("alert", rule.id, term, *cause)
    return Message("alert.fired", at, Alert(alert, rule, replace(story, id=story.id or alert), evidence))


def tested(channel_id: str, at: datetime, language: Language = "nl") -> Message:  # noqa: PT028 - it tests channels
    """Return a message that says of itself that it is a test; another one at another time."""
    title, headline, lead, marked = _TEST[language]
    start = lead.index(marked)
    item = Item(
        id=_hash("test", channel_id, at.isoformat())[:20],
        url="https://monitor.example/test",
        language=language,
        headline=headline,
        dateline=Dateline("UTRECHT - ", places=("UTRECHT",)),
        body=(Paragraph(lead),),
        published=at,
        fetched=at,
    )
    spans = (Span("body.0", start, start + len(marked), marked),)
    rule = RuleName("test", title, "low")
    story = Story(item.id, headline, publishers=("monitor",), agencies=(), items=1)
    return Message("alert.test", at, Alert(alert_id(rule.id, item.id), rule, story, (Evidence(item, spans),)))


def notice(text: str, at: datetime) -> Message:
    """Return a message of the service's own."""
    return Message("monitor.notice", at, Notice(text))


def addressed(message: Message, channel: str, revision: int = 0) -> Delivery:
    """Return the delivery of a message to a channel, ready to be queued; the same message has the same id.

    A digest and a notice are of no rule; what stands for their alert is a hash of what they say and when.
    """
    body = write_record(message_record(message))
    match message.data:
        case Alert(id=alert, rule=named):
            rule = named.id
        case Digest() | Notice():
            rule, alert = "", _hash(message.type, body)
    return Delivery(
        id=delivery_id(rule, channel, alert, revision),
        channel=channel,
        rule=rule,
        alert=alert,
        revision=revision,
        type=message.type,
        body=body,
        created=message.timestamp,
    )


def told(text: str, cause: str, at: datetime, channels: Iterable[str]) -> tuple[Delivery, ...]:
    """Return the deliveries of a notice; who tells of the same cause again within the hour, tells it once."""
    message, about = notice(text, at), _hash("notice", cause, f"{at:%Y-%m-%dT%H}")
    return tuple(
        replace(addressed(message, channel), id=delivery_id("", channel, about, 0), alert=about)
        for channel in dict.fromkeys(channels)
    )


def _hash(*parts: str | int) -> str:
    """Return the hash of several values: as JSON, so that no two lists of them run into one."""
    return sha256(json.dumps(parts).encode()).hexdigest()[:_ID_CHARACTERS]
