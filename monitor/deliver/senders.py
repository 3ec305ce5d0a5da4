"""How each kind of channel is sent through, and one sender for all of them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from monitor.deliver import discord, email, log, slack, webhook
from monitor.deliver.channels import Channel
from monitor.deliver.means import Means
from monitor.model import Delivery
from monitor.ports import Outcome, Refused

Send = Callable[[Any, Delivery, Means], Awaitable[Outcome]]
"""From a channel of the one kind that a function is for, a delivery and the means to how it went."""

SENDERS: Mapping[str, Send] = {
    "webhook": webhook.send,
    "email": email.send,
    "slack": slack.send,
    "discord": discord.send,
    "log": log.send,
}
"""A function for every kind in `CHANNELS`."""


@dataclass(frozen=True, slots=True)
class Senders:
    """Sends each delivery through the channel that it is for; satisfies `monitor.ports.Sender`."""

    channels: Mapping[str, Channel]
    means: Means

    async def send(self, delivery: Delivery) -> Outcome:
        """Return how it went; a channel that the configuration does not have any more refuses what waits for it."""
        channel = self.channels.get(delivery.channel)
        if channel is None:
            return Refused("the configuration has no such channel")
        return await SENDERS[channel.kind](channel, delivery, self.means)
