"""Servers of raw bytes on loopback, names that resolve as a test says, and addresses at which nobody may knock."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATES = Path(__file__).parent / "certificates"
"""`ca.pem`, and signed by it, for feed.example: `good.pem` (also for 127.0.0.1) and `expired.pem`."""

Behaviour = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Server:
    """What came in: `contacts` counts connections, `requests` are the heads of requests, `bodies` their bodies."""

    host: str
    port: int = 0
    contacts: int = 0
    requests: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def url(self, path: str = "/", host: str | None = None, scheme: str = "http") -> str:
        """Return an address of it, by its number or by a name."""
        shown = host or (f"[{self.host}]" if ":" in self.host else self.host)
        return f"{scheme}://{shown}:{self.port}{path}"

    def header(self, name: str) -> list[str]:
        """Return the values that a header had, in all requests."""
        lines = b"".join(self.requests).decode("latin-1").splitlines()
        return [line.partition(":")[2].strip() for line in lines if line.lower().startswith(f"{name.lower()}:")]


@asynccontextmanager
async def serving(
    behaviour: Behaviour | bytes, *, host: str = "127.0.0.1", certificate: str | None = None, greeting: bytes = b""
) -> AsyncIterator[Server]:
    """Serve one behaviour, or always the same bytes, until the end of the block; `greeting` is said unasked."""
    server = Server(host)
    talks: set[asyncio.Task[None] | None] = set()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.contacts += 1
        talks.add(asyncio.current_task())
        writer.write(greeting)
        # Of a talk that was cancelled, asyncio's streams would say that it failed.
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            server.requests.append(head)
            server.bodies.append(await reader.readexactly(_length(head)))
            if isinstance(behaviour, bytes):
                writer.write(behaviour)
            else:
                await behaviour(head, writer)
            await writer.drain()
        writer.close()
        with suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
            await writer.wait_closed()

    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATES / certificate)
    listening = await asyncio.start_server(meet, host, 0, ssl=context)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for talk in filter(None, talks):
            talk.cancel()
        await asyncio.gather(*filter(None, talks), return_exceptions=True)
        await listening.wait_closed()


def _length(head: bytes) -> int:
    for line in head.lower().splitlines():
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def reply(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """Return a whole answer, with its length."""
    lines = [f"HTTP/1.1 {status}", *headers, f"content-length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return reply(b"gone", f"location: {location}", status=status)


def chunked(*chunks: bytes) -> bytes:
    """Return a body in chunks."""
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


def by_path(answers: Mapping[str, bytes]) -> Behaviour:
    """Give each path its own answer."""

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answers[head.split()[1].decode()])

    return answer


def drip(first: bytes, piece: bytes, seconds: float) -> Behaviour:
    """Send something, and then a little of something else every so many seconds, for ever."""

    async def answer(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(seconds)

    return answer


class Names:
    """Resolves names to the addresses given: those of the first lookup, of the second …, and then the last again."""

    def __init__(self, **names: Sequence[Sequence[str]]) -> None:
        self._names = {name.replace("_", "."): list(answers) for name, answers in names.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, _: int) -> Sequence[str]:
        """Return the addresses that are next in turn."""
        self.asked.append(host)
        if host not in self._names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answers = self._names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]
