"""Every kind of channel; what it wants to be told stands beside how it is sent through, in its own module."""

from collections.abc import Mapping
from typing import Final

from monitor.deliver.discord import Discord
from monitor.deliver.email import Email
from monitor.deliver.given import Id, Name, Secret
from monitor.deliver.log import Log
from monitor.deliver.slack import Slack
from monitor.deliver.webhook import Webhook

__all__ = [
    "CHANNELS",
    "NOT_YET",
    "Channel",
    "Discord",
    "Email",
    "Id",
    "Log",
    "Name",
    "Secret",
    "Slack",
    "Webhook",
]

Channel = Webhook | Email | Slack | Discord | Log

CHANNELS: Mapping[str, type[Channel]] = {
    "webhook": Webhook,
    "email": Email,
    "slack": Slack,
    "discord": Discord,
    "log": Log,
}
"""Every kind of channel, in the order in which people are told of them."""

NOT_YET: Final = ("teams", "telegram", "mattermost", "matrix", "ntfy", "apprise", "exec")
"""Kinds that have a name and nothing that sends through them: a configuration with one is refused."""
