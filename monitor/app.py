"""Puts together what several commands need, and is the one module that asks the machine what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from monitor import __version__
from monitor.compose.labels import language_of
from monitor.compose.message import addressed, tested
from monitor.deliver.means import Means
from monitor.deliver.senders import Senders
from monitor.net.door import Door, trusted
from monitor.ports import Outcome
from monitor.settings import Config, Service


def now() -> datetime:
    """Return this moment, as an aware UTC datetime."""
    return datetime.now(UTC)


async def send_test(config: Config, channel: str, *, write: Callable[[str], object]) -> Outcome:
    """Send a message that is marked as a test through one channel, and return how it went."""
    senders = senders_of(config, write)
    return await senders.send(addressed(tested(channel, now(), senders.means.language), channel))


def open_door(service: Service) -> Door:
    """Return the one door out, as the service's settings have it."""
    return Door(allow=service.allow_networks, user_agent=service.user_agent or f"monitor/{__version__}")


def senders_of(config: Config, write: Callable[[str], object]) -> Senders:
    """Return a sender for every channel of a configuration; `write` puts the text of a `log` channel out."""
    service = config.service
    means = Means(
        door=open_door(service),
        now=now,
        write=write,
        tls=trusted(),
        language=language_of(service.language),
        zone=ZoneInfo(service.time_zone),
    )
    return Senders({channel.id: channel for channel in config.channels}, means)
