"""Channels, deliveries and means for tests, and a sender in one call."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from ipaddress import ip_network
from zoneinfo import ZoneInfo

from monitor.compose.message import addressed, fired
from monitor.deliver.channels import CHANNELS
from monitor.deliver.means import Means
from monitor.deliver.senders import Senders
from monitor.model import Dateline, Delivery, Evidence, Item, Paragraph, RuleName, Span, Story
from monitor.net.door import Door, trusted
from monitor.ports import Outcome
from tests.fakes.wire import CERTIFICATES, Names

ZONE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 2, 5, 10, tzinfo=UTC)
SECRET = "whsec_" + "c2xldXRlbHMgdmFuIGRlIHJlZGFjdGll"
PATH = "/services/T00GEHEIM/B00GEHEIM/zeergeheim?token=geheim"

ITEM = Item(
    id="a1",
    source="wire",
    url="https://news.example/nieuws/xi?a=1&b=2",
    headline="Xi reist naar Moskou voor overleg",
    dateline=Dateline("PEKING (ANP/RTR) - ", ("PEKING",), ("ANP", "RTR")),
    body=(Paragraph("Xi vertrekt maandag naar Moskou, meldt het ministerie."),),
    published=AT,
    fetched=AT,
)
SPANS = (Span("headline", 0, 2, "Xi"), Span("body.0", 27, 33, "Moskou"))


@cache  # To load what the system trusts takes longer than a test.
def means() -> Means:
    """Return means with which loopback is reached, under the names of the certificates too."""
    return Means(
        door=Door(
            allow=[ip_network("127.0.0.0/9")],
            user_agent="monitor-test",
            resolve=Names(feed_example=[["127.0.0.1"]], mail_example=[["127.0.0.1"]]),
        ),
        now=lambda: AT,
        write=print,
        tls=trusted(CERTIFICATES / "ca.pem"),
        zone=ZONE,
    )


def delivery(kind: str, item: Item = ITEM, *, title: str = "Xi naar Moskou", attempts: int = 1) -> Delivery:
    """Return the delivery of an alert on an item to the channel whose id is its kind."""
    story = Story(item.id, item.headline, ("example",), ("ANP", "RTR"), 1)
    message = fired(RuleName("xi-moskou", title, "high"), story, (Evidence(item, SPANS),), AT)
    return replace(addressed(message, kind), attempts=attempts)


async def send(kind: str, one: Delivery | None = None, **given: object) -> Outcome:
    """Return how it went to send an alert through a channel of a kind, of which `given` is the rest."""
    names = {name.removesuffix("_"): value for name, value in given.items()}
    channel = CHANNELS[kind].model_validate({"id": kind, "kind": kind, **names})
    return await Senders({kind: channel}, means()).send(one or delivery(kind))
