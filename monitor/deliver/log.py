"""Standard output: what a webhook would get, one line a message."""

from typing import Literal

from monitor.deliver.given import Given
from monitor.deliver.means import Means
from monitor.model import Delivery
from monitor.ports import Deferred, Outcome, Sent


class Log(Given):
    """The webhook body on standard output, one line an alert."""

    kind: Literal["log"]


async def send(channel: Log, delivery: Delivery, means: Means) -> Outcome:  # noqa: ARG001 - it has no settings
    """Write the body and a line break, in one piece."""
    try:
        means.write(delivery.body + "\n")
    except OSError as error:
        return Deferred(f"standard output: {error.strerror}")
    return Sent("written")
