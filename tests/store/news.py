"""News to be stored: the smallest that there is, each part by its own name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.model import (
    Alert,
    Decision,
    Delivery,
    Evidence,
    Item,
    Message,
    Paragraph,
    Polled,
    RuleName,
    Seen,
    SourceState,
    Span,
    Story,
)
from monitor.reasons import Reason

NOW = datetime(2026, 2, 5, 10, 0, 0, 123456, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(minutes=2)
WORKER = "worker-1"
ZOMBIE = "worker-0"

STATE = SourceState(id="wire", due=LATER, started=True, polled=NOW)


def an_item(name="ferry", **changes):
    item = Item(
        id=name,
        source="wire",
        url=f"https://wire.example/{name}",
        headline=f"Veerboot {name} vaart weer uit",
        body=(Paragraph("De veerdienst naar Terschelling is hervat, meldt de reder."), Paragraph("De wind nam af.")),
        published=NOW,
    )
    return replace(item, **changes)


def a_seen(name="ferry", revision=0, **changes):
    return Seen(an_item(name, **changes), (f"guid:{name}", f"link:{name}"), f"content {revision}", revision)


def a_decision(item="ferry", rule="boats", reason=Reason.FIRED):
    span = Span("headline", 0, 8, "Veerboot")
    return Decision(item, rule, alert=reason is Reason.FIRED, reason=reason, at=NOW, spans=(span,))


def an_alert(name="ferry", rule="boats"):
    evidence = Evidence(an_item(name), (Span("headline", 0, 8, "Veerboot"),))
    story = Story(name, evidence.item.headline, ("wire",), (), 1)
    return Message("alert.fired", NOW, Alert(f"alert-{name}", RuleName(rule, "Boten", "low"), story, (evidence,)))


def a_delivery(name="ferry", channel="desk", created=NOW, revision=0):
    return Delivery(
        id=f"msg_{name}_{channel}_{revision}",
        channel=channel,
        rule="boats",
        alert=f"alert-{name}",
        revision=revision,
        type="alert.fired",
        body=f'{{"type":"alert.fired","data":{{"id":"alert-{name}"}}}}',
        created=created,
    )


def a_document(*names, state=STATE):
    """Return what a document brought in which each item made the rule `boats` fire."""
    return Polled(
        state=state,
        seen=tuple(a_seen(name) for name in names),
        decisions=tuple(a_decision(name) for name in names),
        alerts=tuple(an_alert(name) for name in names),
        deliveries=tuple(a_delivery(name) for name in names),
    )
