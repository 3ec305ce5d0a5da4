"""Deliveries are sent, and how that went is kept."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from monitor.compose.message import told
from monitor.decide.retries import next_try
from monitor.errors import StoreUnavailable
from monitor.model import Delivery
from monitor.pipeline.outside import Outside
from monitor.ports import Deferred, Gone, Outcome, Refused, Sent

LEASE = timedelta(minutes=2)
"""How long a delivery is nobody else's while it is sent."""

LONGEST_SEND = timedelta(seconds=90)
"""What a sender may take on the clock, whatever it does; shorter than the lease."""

_STORE_REST = 0.5


@dataclass(frozen=True, slots=True)
class Attempt:
    """How it went to send a delivery; `notice`: what the operators are told."""

    delivery: Delivery
    outcome: Outcome
    notice: str | None = None


async def deliver(channel: str, outside: Outside, *, retry: bool) -> Attempt | None:
    """Send the next delivery of a channel that is due, and keep how it went; None if there is none.

    Once it was sent, this lasts until the store has taken that in: what is not noted is sent again.
    """
    now = outside.clock()
    token = f"{outside.chance.getrandbits(128):032x}"
    delivery = await outside.store.lease(channel, token, now, now + LEASE, retry=retry)
    if delivery is None:
        return None
    outcome: Outcome
    try:
        async with asyncio.timeout(LONGEST_SEND.total_seconds()):
            outcome = await outside.sender.send(delivery)
    except TimeoutError:
        outcome = Deferred(f"not done within {LONGEST_SEND.total_seconds():g} s")
    while True:
        try:
            return Attempt(delivery, outcome, await _settle(delivery, outcome, outside))
        except StoreUnavailable:
            await asyncio.sleep(_STORE_REST)


async def _settle(delivery: Delivery, outcome: Outcome, outside: Outside) -> str | None:
    """Keep how it went; return what the operators are told, which is kept first: it bears being kept again."""
    store, now = outside.store, outside.clock()
    notice = None
    match outcome:
        case Sent():
            await store.sent(delivery, now, outcome.answer)
        case Gone():
            notice = f"channel {delivery.channel} is disabled: {outcome.reason}"
            await store.queue(told(notice, f"channel {delivery.channel}", now, outside.operators))
            await store.disable(delivery.channel, now, outcome.reason)
            await store.defer(delivery, now, outcome.reason)
        case Deferred() | Refused():
            first = delivery.tried or delivery.created
            again = next_try(delivery.attempts, first, now, outcome, outside.chance.random())
            if again is not None:
                await store.defer(delivery, again, outcome.reason)
                return None
            if delivery.type != "monitor.notice":
                notice = f"channel {delivery.channel}: {delivery.id} is a dead letter: {outcome.reason}"
                await store.queue(told(notice, f"dead letters of {delivery.channel}", now, outside.operators))
            await store.bury(delivery, now, outcome.reason)
    return notice
