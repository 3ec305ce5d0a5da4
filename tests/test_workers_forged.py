"""Answers that no reader gives: what a child sends is believed no more than the document."""

import json

import pytest

from monitor.errors import Malformed, ParserKilled
from monitor.model import Document
from monitor.workers import Workers

pytestmark = pytest.mark.anyio

READERS = "tests.fakes.readers:by_name"


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def told(workers, name, body=b""):
    """Return the headline of the only item that comes back."""
    (item,) = (await workers.read(Document(name, body))).items
    return item.headline


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"i\0\0\0\5[{}]\n", "gave an item that cannot be read: "),
        (b"i\0\0\0\3\xff\xff\xff", "gave an item that cannot be read: "),
        (b"i\xff\xff\xff\xff", "gave an item of more than 1 MB"),
        (b"q\0\0\0\0", "gave an answer of an unknown kind"),
        (b"e\0\0\0\2[]", "gave an answer that is no JSON object"),
        (b"e\0\0\0\x0a" + b"[" * 10, "gave an answer that is no JSON object"),
        (b'e\0\0\0\x2c{"flaw": null, "entries": "x", "skipped": 0}', "gave an answer that is no JSON object"),
        (b"x" + (200_000).to_bytes(4) + b"[" * 200_000, "gave an answer that is no JSON object"),
        (b"i\0\0", "took more than 1 s"),
    ],
    ids=range(9),
)
async def test_forged_answers_are_not_believed(answer, reason):
    async with Workers(count=1, patience=1, reader=READERS) as workers:
        with pytest.raises(ParserKilled) as caught:
            await workers.read(Document("forge", answer))

        assert str(caught.value).startswith(f"forge: its parser {reason}")
        assert await told(workers, "echo", b"the next one") == "the next one"


async def test_a_forged_message_is_short_and_harmless():
    message = json.dumps({"type": "Malformed", "message": "\x1b]0;owned\x07\n" + "x" * 100_000}).encode()
    async with Workers(count=1, reader=READERS) as workers:
        with pytest.raises(Malformed) as caught:
            await workers.read(Document("forge", b"x" + len(message).to_bytes(4) + message))

    assert str(caught.value).startswith("\ufffd]0;owned\ufffd\ufffdxxx")
    assert len(str(caught.value)) == 500
