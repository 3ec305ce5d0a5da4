"""What every sender that posts makes of every answer; one table for all of them."""

import socket
from datetime import timedelta

import pytest

from monitor.deliver.channels import CHANNELS, NOT_YET
from monitor.deliver.senders import SENDERS, Senders
from monitor.ports import Deferred, Gone, Outcome, Refused, Sent
from tests.deliver.sending import PATH, delivery, means, send
from tests.fakes.receiver import breaks_off, drops, receiving, resets, says, takes

pytestmark = pytest.mark.anyio

POSTING = [kind for kind, model in CHANNELS.items() if "url" in model.model_fields]
CHAT = {"slack", "discord"}
SECRETS = ("GEHEIM", "geheim", "services")


@pytest.fixture
def anyio_backend():
    return "asyncio"


def reason_of(outcome: Outcome) -> str:
    return outcome.answer if isinstance(outcome, Sent) else outcome.reason


def test_every_kind_that_may_be_configured_can_be_sent_through():
    assert SENDERS.keys() == CHANNELS.keys()
    assert not CHANNELS.keys() & set(NOT_YET)


@pytest.mark.parametrize("kind", POSTING)
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((status, Sent) for status in (200, 201, 202, 204)),
        *((status, Refused) for status in (300, 301, 302, 303, 307, 308)),
        *((status, Refused) for status in (400, 401, 402, 403, 405, 409, 411, 413, 415, 422, 451)),
        *((status, Deferred) for status in (408, 425, 429, 500, 501, 502, 503, 504, 520, 599)),
        (410, Gone),
    ],
)
async def test_a_status_means_the_same_to_all(kind, status, expected):
    async with receiving(says(status, b"" if status == 204 else b"nee", location="/elders")) as receiver:
        outcome = await send(kind, url=receiver.url(PATH))

    assert isinstance(outcome, expected)
    assert str(status) in reason_of(outcome)
    assert len(receiver.ledger) == 1


@pytest.mark.parametrize("kind", POSTING)
async def test_404_is_the_end_of_a_chat_webhook_and_a_refusal_by_others(kind):
    async with receiving(says(404)) as receiver:
        outcome = await send(kind, url=receiver.url(PATH))

    assert isinstance(outcome, Gone if kind in CHAT else Refused)


@pytest.mark.parametrize("kind", POSTING)
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(resets, id="reset"),
        pytest.param(drops, id="closed without an answer"),
        pytest.param(breaks_off(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok"), id="broken off"),
        pytest.param(breaks_off(b"hallo\r\n"), id="not HTTP"),
    ],
)
async def test_without_a_whole_answer_it_is_tried_again(kind, answer):
    async with receiving(answer) as receiver:
        outcome = await send(kind, url=receiver.url(PATH))

    assert isinstance(outcome, Deferred)
    assert outcome.wait is None
    assert len(receiver.ledger) == 1


@pytest.mark.parametrize("kind", POSTING)
async def test_nobody_at_home_is_tried_again(kind):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        outcome = await send(kind, url=f"http://127.0.0.1:{closed.getsockname()[1]}{PATH}")

    assert isinstance(outcome, Deferred)


@pytest.mark.parametrize("kind", POSTING)
async def test_a_slow_answer_is_waited_for(kind):
    async with receiving(takes(0.3)) as receiver:
        outcome = await send(kind, url=receiver.url(PATH))

    assert isinstance(outcome, Sent)


@pytest.mark.parametrize("kind", POSTING)
async def test_an_answer_without_end_is_no_good_answer(kind):
    async with receiving(says(200, b"x" * (2 << 20))) as receiver:
        outcome = await send(kind, url=receiver.url(PATH))

    assert isinstance(outcome, Refused)


@pytest.mark.parametrize("kind", POSTING)
async def test_a_redirect_is_not_followed(kind):
    async with receiving() as other, receiving(says(308, location=other.url())) as receiver:
        outcome = await send(kind, url=receiver.url(PATH))

    assert isinstance(outcome, Refused)
    assert not other.ledger


@pytest.mark.parametrize("kind", POSTING)
async def test_private_addresses_are_not_posted_to(kind):
    outcome = await send(kind, url=f"http://127.200.0.1:80{PATH}")

    assert isinstance(outcome, Refused)


DATE = "Thu, 05 Feb 2026 11:00:00 GMT"
"""An hour ahead of our clock."""


@pytest.mark.parametrize("kind", POSTING)
@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7),
        ({"retry_after": "0"}, None),
        ({"retry_after": "-5"}, None),
        ({"retry_after": "spoedig"}, None),
        ({}, None),
        ({"retry_after": "Thu, 05 Feb 2026 11:00:09 GMT", "date": DATE}, 9),
        ({"retry_after": "Thursday, 05-Feb-26 11:00:09 GMT", "date": DATE}, 9),
        ({"retry_after": "Thu Feb  5 11:00:09 2026", "date": DATE}, 9),
        ({"retry_after": "Thu, 05 Feb 2026 10:00:09 GMT"}, 9),
        ({"retry_after": "Thu, 05 Feb 2026 10:59:00 GMT", "date": DATE}, None),
    ],
)
async def test_what_a_receiver_asks_for_is_heard(kind, status, headers, seconds):
    async with receiving(says(status, **headers)) as receiver:
        outcome = await send(kind, url=receiver.url(PATH))

    assert isinstance(outcome, Deferred)
    assert outcome.wait == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        (b'{"message": "rate limited", "retry_after": 1.376, "global": false}', 1.376),
        (b'{"retry_after": 0.2}', 1),
        (b'{"retry_after": -3}', 1),
        (b'{"retry_after": 1e300}', 1),
        (b'{"retry_after": NaN}', 1),
        (b"<html>", 1),
    ],
)
async def test_discord_tells_fractions_in_its_body_and_the_longer_wait_wins(body, seconds):
    async with receiving(says(429, body, retry_after="1")) as receiver:
        outcome = await send("discord", url=receiver.url(PATH))

    assert isinstance(outcome, Deferred)
    assert outcome.wait == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("kind", "body", "word"),
    [
        ("slack", b"invalid_payload", "invalid_payload"),
        ("slack", b"zeergeheim", None),
        ("discord", b'{"message": "zeergeheim", "code": 50035}', "(code 50035)"),
        ("discord", b'{"code": "zeergeheim"}', None),
        ("webhook", b"invalid_payload", None),
    ],
)
async def test_a_word_of_the_service_is_told_if_it_is_a_known_one(kind, body, word):
    async with receiving(says(400, body)) as receiver:
        outcome = await send(kind, url=receiver.url(PATH))

    assert isinstance(outcome, Refused)
    assert outcome.reason == f"http://127.0.0.1:{receiver.server.port} answered 400" + (f" {word}" if word else "")


@pytest.mark.parametrize("kind", POSTING)
@pytest.mark.parametrize("status", [200, 302, 400, 404, 410, 429, 500, None])
async def test_no_reason_tells_a_secret(kind, status):
    told = f"{PATH} zeergeheim GEHEIM"
    answer = says(status, told.encode(), location=PATH, x_echo=told) if status else resets
    async with receiving(answer) as receiver:
        outcome = await send(kind, url=receiver.url(PATH))

    assert not [secret for secret in SECRETS if secret in repr(outcome)]


@pytest.mark.parametrize("kind", POSTING)
async def test_an_address_that_is_refused_is_not_told_either(kind):
    outcome = await send(kind, url="https://geheim:zeergeheim@127.0.0.1/services")

    assert isinstance(outcome, Refused)
    assert not [secret for secret in SECRETS if secret in repr(outcome)]


async def test_a_channel_that_is_not_configured_any_more_refuses():
    assert isinstance(await Senders({}, means()).send(delivery("desk")), Refused)
