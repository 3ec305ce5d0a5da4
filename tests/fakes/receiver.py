"""A receiver of deliveries on loopback: answers by a script, and keeps a ledger of all that came in."""

import asyncio
import base64
import hashlib
import hmac
import json
import socket
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.wire import Behaviour, Server, reply, serving

OK = reply(b"ok")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A request that came in whole, whatever was answered."""

    line: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return what the body says."""
        return json.loads(self.body)

    def signed(self, secret: str) -> bool:
        """Tell whether one of its signatures is that of a secret, worked out from the specification."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        wanted = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        return any(hmac.compare_digest(wanted, given) for given in self.headers["webhook-signature"].split(" "))


@dataclass(slots=True)
class Receiver:
    """Where it listens, and its ledger."""

    server: Server
    ledger: list[Receipt] = field(default_factory=list)

    def url(self, path: str = "/hook", host: str | None = None) -> str:
        """Return an address of it."""
        return self.server.url(path, host)


@asynccontextmanager
async def receiving(*script: bytes | Behaviour) -> AsyncIterator[Receiver]:
    """Receive until the end of the block: each request is answered by the next step of the script, then by 200."""
    steps = list(script)

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        receiver.ledger.append(_receipt(head, receiver.server.bodies[-1]))
        step = steps.pop(0) if steps else OK
        if isinstance(step, bytes):
            writer.write(step)
        else:
            await step(head, writer)

    async with serving(answer) as server:
        receiver = Receiver(server)
        yield receiver


def says(status: int, body: bytes = b"", **headers: str) -> bytes:
    """Return an answer of a status, with headers in the names of which `_` stands for a hyphen."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return reply(body, *lines, status=f"{status} Whatever")


async def resets(_: bytes, writer: asyncio.StreamWriter) -> None:
    """Break the connection off with a reset."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def drops(_: bytes, writer: asyncio.StreamWriter) -> None:
    """Take the request, and close without an answer."""


def breaks_off(head: bytes) -> Behaviour:
    """Answer with a beginning, and close."""

    async def answer(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head)

    return answer


def takes(seconds: float) -> Behaviour:
    """Answer 200 after so many seconds."""

    async def answer(_: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        writer.write(OK)

    return answer


def _receipt(head: bytes, body: bytes) -> Receipt:
    line, *lines = head.decode("latin-1").split("\r\n")
    pairs = [one.partition(":") for one in lines if one]
    return Receipt(line, {name.lower(): value.strip() for name, _, value in pairs}, body)
