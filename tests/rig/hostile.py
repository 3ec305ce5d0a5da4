"""What a hostile feed does to who asks it; each of these has broken a reader of feeds somewhere."""

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable, Mapping
from functools import cache

_PATIENCE = 120.0
_FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>'
_END = b"</channel></rss>"

Attack = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


def _head(*lines: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "connection: close", "", ""]).encode("latin-1")


def _whole(body: bytes, *lines: str) -> bytes:
    return _head("content-type: application/xml", f"content-length: {len(body)}", *lines) + body


def _saying(answer: Callable[[], bytes]) -> Attack:
    """Return an attack that says one thing, made when it is first asked for."""
    made = cache(answer)

    async def attack(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(made())
        await writer.drain()

    return attack


async def _hang(_: str, writer: asyncio.StreamWriter) -> None:
    await _until_gone(writer, b"", 1.0)


async def _drip_head(_: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    await _until_gone(writer, b"x-more: 1\r\n", 0.5)


async def _drip_body(_: str, writer: asyncio.StreamWriter) -> None:
    writer.write(_head("content-type: application/xml") + _FEED)
    await _until_gone(writer, b" ", 0.5)


async def _early_hints(_: str, writer: asyncio.StreamWriter) -> None:
    await _until_gone(writer, b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.2)


async def _endless(_: str, writer: asyncio.StreamWriter) -> None:
    writer.write(_head("content-type: application/xml") + _FEED)
    await _until_gone(writer, b"<item><title>meer</title></item>" * 2048, 0.02)


async def _until_gone(writer: asyncio.StreamWriter, piece: bytes, seconds: float) -> None:
    """Send a piece every so often, until the other side has gone or our own patience ends."""
    for _ in range(round(_PATIENCE / seconds)):
        if writer.is_closing():
            return
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(seconds)


async def _loop(head: str, writer: asyncio.StreamWriter) -> None:
    writer.write(_head(f"location: {head.split()[1]}x", "content-length: 0", status="302 Found"))
    await writer.drain()


@cache
def _bomb(megabytes: int = 128) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def _laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]><rss version="2.0"><channel>&l9;</channel></rss>'.encode()


def _authors() -> bytes:
    return _FEED + b"<item><author>" + b"a@" * 50_000 + b"</author><title>t</title></item>" + _END


def _deep() -> bytes:
    return _FEED + b"<a>" * 200_000 + _END


def _attributes() -> bytes:
    many = b" ".join(b'a%d="1"' % n for n in range(200_000))
    return _FEED + b"<item " + many + b"><title>t</title></item>" + _END


_MANY_ITEMS = b"<item><title>n</title><guid>%d</guid></item>"
_CHALLENGE = (
    b"<!doctype html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
)

HOSTILE: Mapping[str, Attack] = {
    "hangs": _hang,
    "drips its header": _drip_head,
    "drips its body": _drip_body,
    "says 103 for ever": _early_hints,
    "never ends": _endless,
    "redirects in a loop": _loop,
    "is a bomb": _saying(lambda: _whole(_bomb(), "content-encoding: gzip")),
    "is a bomb in a bomb": _saying(lambda: _whole(gzip.compress(_bomb()), "content-encoding: gzip, gzip")),
    "says br, is not": _saying(lambda: _whole(_FEED + _END, "content-encoding: br")),
    "is full of laughs": _saying(lambda: _whole(_laughs())),
    "has an author without end": _saying(lambda: _whole(_authors())),
    "is deep": _saying(lambda: _whole(_deep())),
    "has attributes": _saying(lambda: _whole(_attributes())),
    "has a hundred thousand items": _saying(
        lambda: _whole(_FEED + b"".join(_MANY_ITEMS % n for n in range(100_000)) + _END)
    ),
    "is a page": _saying(lambda: _whole(_CHALLENGE)),
    "is cut off": _saying(lambda: _head("content-length: 5000") + _FEED),
    "is empty": _saying(lambda: _whole(b"")),
    "lies about its encoding": _saying(
        lambda: _whole('<?xml version="1.0" encoding="utf-16"?><rss><channel>é</channel></rss>'.encode("latin-1"))
    ),
    "is noise": _saying(lambda: bytes(range(256)) * 400),
    "has a vast header": _saying(lambda: _head("x-vast: " + "v" * 2_000_000)),
}
"""Attacks by name."""


async def meet_hostile(attack: str, head: str, writer: asyncio.StreamWriter) -> None:
    """Do to a client what an attack does."""
    await HOSTILE[attack](head, writer)
