import asyncio
import json

import httpx
import pytest
from standardwebhooks import Webhook

from monitor.demo.receiver import Receiver
from tests.demo.moment import NOW

SECRET = "whsec_ZWVuIGdlaGVpbSBkYXQgbGFuZyBnZW5vZWcgaXM="  # noqa: S105 - of this test
OTHER = "whsec_aWV0cyBhbmRlcnMgZGF0IG9vayBsYW5nIGdlbm9lZyBpcw=="


def send(secret, times):
    """Send the same message so many times, signed; return the answers and the receiver."""
    # The receiver refuses old messages, by its own clock.
    now = NOW.now(NOW.tzinfo)
    body = json.dumps({"type": "alert.test", "data": {}})
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(now.timestamp()))}
    headers["webhook-signature"] = Webhook(secret).sign("msg_1", now, body)

    async def talk():
        receiver, stop = Receiver(SECRET), asyncio.Event()
        server, address = receiver.open()
        async with asyncio.TaskGroup() as tasks, httpx.AsyncClient(trust_env=False) as client:
            tasks.create_task(server.serve_until(stop))
            answers = [(await client.post(address, content=body, headers=headers)).status_code for _ in range(times)]
            stop.set()
        return answers, receiver

    return asyncio.run(talk())


def test_a_signed_message_is_taken():
    answers, receiver = send(SECRET, 1)

    assert answers == [204]
    assert receiver.taken == {"msg_1": {"type": "alert.test", "data": {}}}


def test_a_message_that_comes_twice_is_kept_once():
    answers, receiver = send(SECRET, 2)

    assert answers == [204, 204]
    assert (len(receiver.taken), receiver.again) == (1, 1)


@pytest.mark.parametrize("secret", [OTHER])
def test_a_message_signed_by_another_is_refused(secret):
    answers, receiver = send(secret, 1)

    assert answers == [401]
    assert (receiver.taken, receiver.forged) == ({}, 1)
