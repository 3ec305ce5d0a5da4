import base64
import json
from dataclasses import replace

import pytest
from standardwebhooks import Webhook as Signer

from monitor.compose.message import addressed
from monitor.compose.message import tested as trial  # pytest would take `tested` for a test
from monitor.deliver.channels import CHANNELS
from monitor.ports import Sent
from tests.deliver.sending import AT, PATH, SECRET, delivery, send
from tests.fakes.receiver import Receipt, receiving, resets, says

pytestmark = pytest.mark.anyio

OLD = "whsec_" + base64.b64encode(b"een ouder geheim van dezelfde desk").decode()
OTHER = "whsec_" + base64.b64encode(b"het geheim van een heel andere desk").decode()


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def received(**given: object) -> Receipt:
    async with receiving() as receiver:
        assert isinstance(await send("webhook", None, url=receiver.url(PATH), **given), Sent)
    return receiver.ledger[0]


async def test_the_body_is_sent_byte_for_byte_as_it_was_composed():
    receipt = await received(secret=SECRET)

    assert receipt.line == f"POST {PATH} HTTP/1.1"
    assert receipt.body == delivery("webhook").body.encode()
    assert receipt.headers["content-type"] == "application/json"
    assert receipt.headers["content-length"] == str(len(receipt.body))
    assert "transfer-encoding" not in receipt.headers


async def test_id_and_time_are_those_of_the_delivery_and_the_attempt():
    receipt = await received(secret=SECRET)

    assert receipt.headers["webhook-id"] == delivery("webhook").id
    assert receipt.headers["webhook-timestamp"] == str(int(AT.timestamp()))


async def test_the_signature_is_that_of_the_secret_over_the_bytes_that_were_sent():
    receipt = await received(secret=SECRET)

    assert receipt.signed(SECRET)
    assert not receipt.signed(OTHER)
    assert not Receipt(receipt.line, receipt.headers, receipt.body + b" ").signed(SECRET)


async def test_during_rotation_either_secret_verifies():
    receipt = await received(secret=[SECRET, OLD])

    assert receipt.signed(SECRET)
    assert receipt.signed(OLD)
    assert len(receipt.headers["webhook-signature"].split(" ")) == 2


async def test_without_a_secret_nothing_is_signed():
    assert "webhook-signature" not in await _headers()


async def _headers() -> dict[str, str]:
    return dict((await received()).headers)


def test_the_package_signs_as_the_reference_implementations_do():
    signer = Signer("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = AT.fromtimestamp(1614265330, AT.tzinfo)

    signature = signer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}')

    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_every_attempt_has_the_same_id_and_the_same_bytes():
    async with receiving(resets, says(500), says(200)) as receiver:
        for attempts in (1, 2, 3):
            await send("webhook", delivery("webhook", attempts=attempts), url=receiver.url(), secret=SECRET)

    assert len({(receipt.headers["webhook-id"], receipt.body) for receipt in receiver.ledger}) == 1
    assert len(receiver.ledger) == 3


async def test_letters_of_every_script_arrive_and_half_a_letter_does_not_stop_the_rest():
    body = json.dumps({"data": {"text": "习近平 Путин é 👍🏽 \ud800"}}, ensure_ascii=False)
    async with receiving() as receiver:
        await send("webhook", replace(delivery("webhook"), body=body), url=receiver.url(), secret=SECRET)

    assert receiver.ledger[0].json["data"]["text"] == "习近平 Путин é 👍🏽 ?"
    assert receiver.ledger[0].signed(SECRET)


async def test_a_test_message_says_what_it_is():
    async with receiving() as receiver:
        await send("webhook", addressed(trial("webhook", AT), "webhook"), url=receiver.url())

    assert receiver.ledger[0].json["type"] == "alert.test"


@pytest.mark.parametrize("secret", ["whsec_", "whsec_YQ==", "geheim", "whsec_????"])
def test_a_secret_that_is_too_weak_is_refused(secret):
    with pytest.raises(ValueError, match="whsec_"):
        CHANNELS["webhook"].model_validate({"id": "a", "kind": "webhook", "url": "https://a.example", "secret": secret})
