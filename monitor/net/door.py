"""The door: asks one thing of the outside and gives the whole answer, within limits of every kind.

The environment has no say in it: no proxies, no .netrc, no cookies. Certificates are those that the system trusts (so
`SSL_CERT_FILE` and `SSL_CERT_DIR`, which OpenSSL reads, count), certifi's where the system has none.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import certifi
import httpx

from monitor.errors import Refused, TooMuch, Unreachable
from monitor.net.address import place_of, port_of, read_host, read_url, redirected
from monitor.net.body import OFFERED, Bounds, packing_of, read_body
from monitor.net.dial import Dialler, Resolve, SystemResolver, Transport, as_ours
from monitor.net.guard import Network

FOLLOWED = {301: True, 302: False, 303: False, 307: False, 308: True}
"""Statuses that send elsewhere, and whether for good (RFC 9110 15.4)."""

PRIVATE = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Headers that are never sent to another origin, whoever gave them."""


TLS = ssl.SSLContext
"""How TLS is done, under a name that modules may use which import nothing that opens connections."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything an answer may take.

    `seconds` on the clock for all of it, lookups and redirects included; `connect` seconds for each lookup, connection
    and TLS handshake; `headers` bytes of headers, interim answers included; `body` bytes, packed or unpacked; `ratio`
    times as many unpacked as packed, from 1 MiB on; `hops` redirects.
    """

    seconds: float = 30
    connect: float = 5
    headers: int = 64 << 10
    body: int = 16 << 20
    ratio: int = 100
    hops: int = 5


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status.

    `headers` are looked up in any case; of a repeated one the values are joined by commas. `body` is unpacked; of it,
    `received` bytes came over the wire. `url` is where the answer came from in the end, `moved` where the first of
    `hops` redirects said to ask from now on (301, 308), None if they did not.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    received: int
    moved: str | None = None
    hops: int = 0
    elapsed: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class _Ask:
    """One request of a chain of redirects."""

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    private: Mapping[str, str]
    content: bytes | None


class Door:
    """Fetches and delivers; safe to share between tasks, holds nothing open between requests.

    Args:
        allow: networks that may be connected to although they are not public.
        user_agent: what we call ourselves.
        ca: a file of further certificates to trust.
        resolve: looks up names; default: the system.
        transport: makes the requests; default: over connections that are checked. For tests only.
    """

    def __init__(
        self,
        *,
        allow: Sequence[Network] = (),
        user_agent: str,
        ca: Path | None = None,
        resolve: Resolve | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._dialler = Dialler(resolve or SystemResolver(), tuple(allow))
        self._transport = transport or Transport(self._dialler, trusted(ca))
        self._user_agent = user_agent
        for library in ("httpx", "httpcore"):  # They log headers, which have addresses in them that are secrets.
            logging.getLogger(library).setLevel(logging.WARNING)

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        private: Mapping[str, str] | None = None,
        content: bytes | None = None,
        limits: Limits = LIMITS,
    ) -> Answer:
        """Return the answer to a request, after redirects if it is a GET or a HEAD.

        Args:
            method: in capitals. Other methods are not followed anywhere: a message that is posted to another place, or
                turned into a GET, is lost in silence. Their 3xx is the answer.
            url: http or https, without a user name.
            headers: sent on every hop.
            private: headers that are not sent to another origin, nor back again from there.
            content: the body; sent with its length.
            limits: what the answer may take.

        Raises:
            Refused: the URL, an address that its name has, or where it redirects to, is not allowed.
            Unreachable: no answer, or not a whole one, within its time.
            TooMuch: an answer beyond its limits.
        """
        began = asyncio.get_running_loop().time()
        ask = _Ask(method, read_url(url), headers or {}, private or {}, content)
        try:
            async with asyncio.timeout(limits.seconds):
                answer = await self._follow(ask, limits)
        except TimeoutError:
            place = place_of(ask.url)
            raise Unreachable(place, "timeout", f"no whole answer within {limits.seconds:g} s") from None
        return replace(answer, elapsed=timedelta(seconds=asyncio.get_running_loop().time() - began))

    async def connect(self, host: str, port: int, *, seconds: float = 5) -> socket.socket:
        """Return a connected, not blocking socket to a checked address of a host, for what is not HTTP.

        Raises:
            Refused: the host is none, or an address of it is not allowed.
            Unreachable: it could not be looked up or connected to; each may take so many seconds.
        """
        return await self._dialler.connect(read_host(host), port, seconds)

    async def _follow(self, ask: _Ask, limits: Limits) -> Answer:
        asked = [ask.url]
        moved: str | None = None
        for_good = True
        while True:
            answer = await self._ask(ask, limits)
            if not _is_followed(ask.method, answer.status, limits):
                return replace(answer, moved=moved, hops=len(asked) - 1)
            if len(asked) > limits.hops:
                raise TooMuch(place_of(asked[0]), "redirects", f"redirects more than {limits.hops} times")
            for_good = for_good and FOLLOWED[answer.status]
            ask = _next(ask, answer)
            if ask.url in asked:
                raise TooMuch(place_of(asked[-1]), "redirects", "redirects in a circle")
            asked.append(ask.url)
            moved = str(ask.url) if for_good else moved

    async def _ask(self, ask: _Ask, limits: Limits) -> Answer:
        """Return the answer to one request; of one that is followed without its body."""
        place = place_of(ask.url)
        async with as_ours(place):
            answer = await self._transport.handle_async_request(self._request(ask, limits))
            try:
                body, received = b"", 0
                if not _is_followed(ask.method, answer.status_code, limits):
                    stream = cast("httpx.AsyncByteStream", answer.stream)
                    packing = packing_of(answer.headers.get("content-encoding", ""), place)
                    bounds = Bounds(limits.body, limits.ratio, _length(answer), place)
                    body, received = await read_body(stream, packing, bounds)
            finally:
                await answer.aclose()
        headers = httpx.Headers(answer.headers.raw, encoding="latin-1")  # a character a byte, as `_bytes` sends them
        return Answer(answer.status_code, headers, body, str(ask.url), received)

    def _request(self, ask: _Ask, limits: Limits) -> httpx.Request:
        ours = {"user-agent": self._user_agent, "accept": "*/*", "accept-encoding": OFFERED, "connection": "close"}
        given = {name.lower(): value for name, value in {**ask.headers, **ask.private}.items()}
        given.pop("accept-encoding", None)  # What we cannot bound, nobody may ask for.
        return httpx.Request(
            ask.method,
            ask.url,
            headers=[(name.encode("ascii"), _bytes(value)) for name, value in (ours | given).items()],
            content=ask.content,
            extensions={
                "timeout": {"connect": limits.connect},
                "headers": limits.headers,
                "wire": limits.body + limits.body // 4 + limits.headers,  # What chunks add to a body.
            },
        )


def _bytes(value: str) -> bytes:
    """Return a header's value for the wire: a byte a character, so that a validator goes back as it came."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode()


def _is_followed(method: str, status: int, limits: Limits) -> bool:
    return limits.hops > 0 and status in FOLLOWED and method in ("GET", "HEAD")


def _length(answer: httpx.Response) -> int:
    """Return how long a body says it is, 0 if it does not."""
    declared = answer.headers.get("content-length", "")
    return int(declared[:20]) if declared.isascii() and declared.isdigit() else 0


def _next(ask: _Ask, answer: Answer) -> _Ask:
    """Return the request that a redirect asks for: Refused if it may not be made, Unreachable if it leads nowhere."""
    place = place_of(ask.url)
    location = answer.headers.get("location", "")
    with suppress(UnicodeDecodeError):  # Where an address is not ASCII, it is UTF-8 in most cases.
        location = location.encode("latin-1").decode()
    if not location:
        raise Unreachable(place, "broken", "redirects, but does not say where to")
    url = redirected(ask.url, location, f"{place}: what it redirects to")
    if ask.url.scheme == "https" and url.scheme == "http":
        raise Refused(place, "downgrade", "redirects from https to http")
    if (url.scheme, url.raw_host, port_of(url)) == (ask.url.scheme, ask.url.raw_host, port_of(ask.url)):
        return _Ask(ask.method, url, ask.headers, ask.private, ask.content)
    public = {name: value for name, value in ask.headers.items() if name.lower() not in PRIVATE}
    return _Ask(ask.method, url, public, {}, ask.content)


def trusted(ca: Path | None = None) -> TLS:
    """Return how TLS is done: 1.2 or later, verified against what the system trusts, else certifi; and against `ca`."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    paths = ssl.get_default_verify_paths()
    if not paths.cafile and not (paths.capath and any(Path(paths.capath).iterdir())):
        context.load_verify_locations(certifi.where())
    if ca:
        context.load_verify_locations(ca)
    return context
