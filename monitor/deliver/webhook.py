"""Webhooks in the form of the Standard Webhooks specification: for machines."""

from datetime import UTC
from typing import Annotated, Literal

from pydantic import Field
from standardwebhooks import Webhook as Signer

from monitor.deliver.given import Given, Listed, SecretUrl, SigningKey
from monitor.deliver.means import Means
from monitor.deliver.posting import post
from monitor.model import Delivery
from monitor.ports import Outcome


class Webhook(Given):
    """A POST in the form of the Standard Webhooks specification; two secrets while they are rotated."""

    kind: Literal["webhook"]
    url: SecretUrl
    secret: Annotated[list[SigningKey], Listed, Field(min_length=1)] | None = None


async def send(channel: Webhook, delivery: Delivery, means: Means) -> Outcome:
    """Post the body as it was composed, signed with each of the channel's secrets, over the very bytes that are sent.

    The id is the delivery's on every attempt; the time is that of the attempt, so that a receiver may refuse old ones.
    """
    content = delivery.body.encode("utf-8", "replace")
    now = means.now().astimezone(UTC)  # The signer takes any other zone for UTC.
    headers = {"webhook-id": delivery.id, "webhook-timestamp": str(int(now.timestamp()))}
    if channel.secret:
        signers = [Signer(secret.get_secret_value()) for secret in channel.secret]
        signatures = [signer.sign(delivery.id, now, content.decode()) for signer in signers]
        headers["webhook-signature"] = " ".join(signatures)
    return await post(means, channel.url, content, headers=headers)
