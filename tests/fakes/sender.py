"""A sender that keeps what it was given."""

import asyncio
from dataclasses import dataclass, field

from monitor.model import Delivery
from monitor.ports import Outcome, Sent


@dataclass
class FakeSender:
    """Takes everything, but for what `outcomes` say of a channel, one after the other; keeps what it was given.

    A channel in `hanging` does not answer before its event is set. `reached`: something was given.
    """

    outcomes: dict[str, list[Outcome | Exception]] = field(default_factory=dict)
    hanging: dict[str, asyncio.Event] = field(default_factory=dict)
    given: list[Delivery] = field(default_factory=list)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, delivery: Delivery) -> Outcome:
        """Send."""
        await asyncio.sleep(0)
        self.given.append(delivery)
        self.reached.set()
        if event := self.hanging.get(delivery.channel):
            await event.wait()
        script = self.outcomes.get(delivery.channel, [])
        outcome = script.pop(0) if script else Sent("200")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def accepted(self, channel: str = "desk") -> list[str]:
        """Return the ids of what a channel was given."""
        return [delivery.id for delivery in self.given if delivery.channel == channel]
