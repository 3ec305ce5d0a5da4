"""From a name to a connection: resolve, check every address, connect to the very address that was checked.

Nothing is looked up twice, so a name that changes its mind between the check and the connection (rebinding) gains
nothing; each redirect is a new request and comes through here again. There is no pool: a connection serves one request.
"""

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from typing import Any, TypeVar

import httpcore
import httpx

from monitor.errors import NoAnswer, Refused, TooMuch, Unreachable
from monitor.net.address import place_at, place_of, port_of
from monitor.net.guard import OTHER_SERVICES, Address, Network, is_listed, parsed, why_refused

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a host and a port to addresses, as text; raises OSError if there are none."""

MOST_ADDRESSES = 4
"""So many addresses of a name are tried, one after the other."""

MOST_LOOKUPS = 100
"""Lookups at a time, those that nobody waits for any more included: the system's resolver cannot be interrupted."""

T = TypeVar("T")


class SystemResolver:
    """Resolves as the system does, in threads of its own.

    In asyncio's default executor, a few slow lookups would hold up whatever else runs there; and these threads are
    daemons, so that a lookup that hangs does not hold up the end of the program.
    """

    def __init__(self) -> None:
        self._seats = asyncio.Semaphore(MOST_LOOKUPS)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host, in the order in which the system prefers them (RFC 6724)."""
        await self._seats.acquire()
        loop = asyncio.get_running_loop()
        found: asyncio.Future[Sequence[str]] = loop.create_future()

        def settle(addresses: Sequence[str], error: Exception | None) -> None:
            self._seats.release()
            if found.done():
                return
            if error:
                found.set_exception(error)
            else:
                found.set_result(addresses)

        def look_up() -> None:
            addresses: Sequence[str] = ()
            error: Exception | None = None
            try:
                answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                addresses = [str(answer[4][0]) for answer in answers]
            except (OSError, UnicodeError) as failure:
                error = failure if isinstance(failure, OSError) else OSError(str(failure))
            with suppress(RuntimeError):  # The loop has closed: nobody waits.
                loop.call_soon_threadsafe(settle, addresses, error)

        Thread(target=look_up, name="resolver", daemon=True).start()
        return await found


@dataclass(frozen=True, slots=True)
class Dialler:
    """Connects to checked addresses; `allow` opens networks that are refused otherwise."""

    resolve: Resolve
    allow: Sequence[Network] = ()

    async def addresses(self, host: str, port: int, place: str, *, web: bool) -> Sequence[Address]:
        """Return the addresses of a host, all of them checked; `web`: ports of other services are refused too.

        Raises:
            Refused: any of them is not allowed.
            Unreachable: there are none.
        """
        try:
            found: Sequence[Address] = [parsed(host)]
        except ValueError:
            found = await self._looked_up(host, port, place)
        for address in found:
            if why := why_refused(address, self.allow):
                raise Refused(place, "address", f"its address {address} is refused: {why}")
            if web and port in OTHER_SERVICES and not is_listed(address, self.allow):
                raise Refused(place, "port", f"port {port} is refused: it is another service's")
        return found[:MOST_ADDRESSES]

    async def _looked_up(self, host: str, port: int, place: str) -> Sequence[Address]:
        try:
            found = [parsed(written) for written in await self.resolve(host, port)]
        except (OSError, ValueError) as error:
            told = error.strerror if isinstance(error, socket.gaierror) else "its name could not be looked up"
            raise Unreachable(place, "dns", told or "its name could not be looked up") from None
        if not found:
            raise Unreachable(place, "dns", "its name has no address")
        return list(dict.fromkeys(found))

    async def connect(self, host: str, port: int, seconds: float) -> socket.socket:
        """Return a socket that is connected, not blocking, and the caller's to close."""
        place = place_at(host, port)
        found = await within(seconds, self.addresses(host, port, place, web=False), place, "dns")
        return await first_of(found, lambda address: _connected(address, port), seconds, place)


async def _connected(address: Address, port: int) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004 - versions are numbers
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(0)
        await asyncio.get_running_loop().sock_connect(connection, (str(address), port))
    except BaseException:
        connection.close()
        raise
    return connection


async def within(seconds: float, awaited: Awaitable[T], place: str, reason: str) -> T:
    """Return what is awaited, Unreachable if it takes longer."""
    try:
        async with asyncio.timeout(seconds):
            return await awaited
    except TimeoutError:
        raise Unreachable(place, reason, f"took more than {seconds:g} s") from None


async def first_of(
    addresses: Sequence[Address], connect: Callable[[Address], Awaitable[T]], seconds: float, place: str
) -> T:
    """Return the first connection that is made; each address has its share of the time."""
    told = "cannot be connected to"
    for address in addresses:
        try:
            async with asyncio.timeout(seconds / len(addresses)):
                return await connect(address)
        except TimeoutError:
            told = f"could not be connected to within {seconds:g} s"
        except (OSError, httpcore.ConnectError) as error:
            told = _words_of(error) or told
    raise Unreachable(place, "connect", told)


def _words_of(error: BaseException | None) -> str | None:
    """Return what the system calls an error that libraries have wrapped."""
    while error:
        if isinstance(error, OSError) and error.errno:
            return os.strerror(error.errno)  # asyncio's own words name the address.
        error = error.__cause__
    return None


class _Line(httpcore.AsyncNetworkStream):
    """A connection that hands out so many bytes and no more, whoever reads them."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, room: int, place: str) -> None:
        self._stream = stream
        self._room = room
        self._place = place
        self._reason = "headers"

    def grant(self, room: int) -> None:
        """Have the headers over and done with: so many bytes may follow."""
        self._room = room
        self._reason = "body"

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's name
        if self._room <= 0:
            raise TooMuch(self._place, self._reason, f"sent more {self._reason} than anybody reads")
        received = await self._stream.read(min(max_bytes, self._room), timeout)
        self._room -= len(received)
        return received

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's name
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's name
    ) -> httpcore.AsyncNetworkStream:
        try:
            encrypted = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except httpcore.TimeoutException:
            raise Unreachable(self._place, "tls", f"its TLS handshake took more than {timeout:g} s") from None
        except (httpcore.NetworkError, OSError) as error:
            cause = error if isinstance(error, ssl.SSLError) else error.__cause__
            raise Unreachable(self._place, "tls", f"no TLS with it: {_why_no_tls(cause)}") from None
        except asyncio.CancelledError:  # Nobody else closes a connection whose handshake is given up.
            await self._stream.aclose()
            raise
        return _Line(encrypted, self._room, self._place)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's type
        return self._stream.get_extra_info(info)


def _why_no_tls(cause: BaseException | None) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message
    if isinstance(cause, ssl.SSLError) and cause.reason:
        return cause.reason.replace("_", " ").lower()
    return "it broke off"


class _Backend(httpcore.AsyncNetworkBackend):
    """Opens the one connection of a request."""

    def __init__(self, dialler: Dialler, headers: int, place: str) -> None:
        self._dialler = dialler
        self._headers = headers
        self._place = place

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's name
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        seconds = timeout or 0
        checked = self._dialler.addresses(host, port, self._place, web=True)
        found = await within(seconds, checked, self._place, "dns")

        def connect(address: Address) -> Awaitable[httpcore.AsyncNetworkStream]:
            return httpcore.AnyIOBackend().connect_tcp(str(address), port, None, local_address, socket_options)

        return _Line(await first_of(found, connect, seconds, self._place), self._headers, self._place)


class Transport(httpx.AsyncBaseTransport):
    """One checked connection for each request; no pool, no proxy, no HTTP/2.

    A request says in its extensions: `timeout`, as httpx has it, of which `connect` holds for the lookup, for the
    connection and for the TLS handshake each; `headers` and `wire`, how many bytes of either it reads.
    """

    def __init__(self, dialler: Dialler, tls: ssl.SSLContext) -> None:
        self._dialler = dialler
        self._tls = tls

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer as its headers are there; its body is read, and the connection closed, by the caller."""
        url, place = request.url, place_of(request.url)
        origin = httpcore.Origin(url.raw_scheme, url.raw_host, port_of(url))
        backend = _Backend(self._dialler, request.extensions["headers"], place)
        connection = httpcore.AsyncHTTPConnection(origin, ssl_context=self._tls, network_backend=backend)
        asked = httpcore.Request(
            request.method.encode("ascii"),
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions={"timeout": request.extensions["timeout"]},
        )
        answer = await connection.handle_async_request(asked)
        line = answer.extensions["network_stream"]
        if isinstance(line, _Line):
            line.grant(request.extensions["wire"])
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer, connection), extensions=answer.extensions
        )


class _Body(httpx.AsyncByteStream):
    """The body of an answer as it came over the wire; closing it closes the connection."""

    def __init__(self, answer: httpcore.Response, connection: httpcore.AsyncHTTPConnection) -> None:
        self._answer = answer
        self._connection = connection

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()
        await self._connection.aclose()


@asynccontextmanager
async def as_ours(place: str) -> AsyncIterator[None]:
    """Turn what goes wrong on the wire into errors of ours, which tell no path, no query and no header."""
    try:
        yield
    except NoAnswer:
        raise
    except (httpcore.LocalProtocolError, httpx.LocalProtocolError, UnicodeEncodeError):
        raise Refused(place, "header", "a header of the request cannot be sent") from None
    except (httpcore.RemoteProtocolError, httpx.RemoteProtocolError):
        raise Unreachable(place, "broken", "its answer breaks off, or is not HTTP") from None
    except (httpcore.NetworkError, httpcore.TimeoutException, httpx.TransportError, OSError):
        raise Unreachable(place, "broken", "the connection broke off") from None
