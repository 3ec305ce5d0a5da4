"""Bodies of answers, unpacked within bounds.

httpx unpacks a whole chunk at once: of 2 KiB it makes a gigabyte before anybody counts. zlib's `max_length` does not.
"""

import asyncio
import zlib
from collections.abc import AsyncIterable, Iterator
from dataclasses import dataclass
from typing import Final

from monitor.errors import TooMuch, Unreachable

OFFERED: Final = "gzip, deflate"
"""What we ask for; another packing, or two in one another, is refused."""

RATIO_FROM = 1 << 20
"""A body may be any number of times as long as it was packed, up to so many bytes."""

SMALL = 64
"""Bytes of a chunk, on average, below which a body of more than `MANY` chunks is taken for an attack."""

MANY = 10_000

MEMBERS = 100
"""Members of a gzip body; each may be empty, and costs a decompressor."""

_SLICE = 1 << 18
_GZIP = b"\x1f\x8b"
_DEFLATED = 8


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many bytes a body may have, how many times as many as came over the wire, how many it says it has."""

    body: int
    ratio: int
    declared: int
    place: str

    def check(self, unpacked: int, received: int) -> None:
        """Raise TooMuch if a body has become too long."""
        if unpacked > self.body or received > self.body:
            raise TooMuch(self.place, "body", f"its answer is longer than {self.body:,} bytes")
        if unpacked > RATIO_FROM and unpacked > received * self.ratio:
            raise TooMuch(self.place, "ratio", f"its answer is packed more than {self.ratio} times")


def packing_of(header: str, place: str) -> str | None:
    """Return how a body is packed, as its `Content-Encoding` says: `gzip`, `deflate` or None.

    Raises:
        TooMuch: in another way, or more than once.
    """
    named = [name for part in header.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if not named:
        return None
    if len(named) > 1 or named[0] not in ("gzip", "x-gzip", "deflate"):
        raise TooMuch(place, "packing", "its answer is packed in a way that we did not ask for")
    return named[0].removeprefix("x-")


async def read_body(chunks: AsyncIterable[bytes], packing: str | None, bounds: Bounds) -> tuple[bytes, int]:
    """Return a body, unpacked, and the number of its bytes that came over the wire.

    Raises:
        TooMuch: it is longer than its bounds.
        Unreachable: it is not packed as it says, or ends in the middle.
    """
    body = bytearray()
    unpacker = _Unpacker(packing, bounds.place) if packing else None
    received = 0
    number = 0
    async for chunk in chunks:
        bounds.check(0, bounds.declared)  # Only now: an answer without a body may say how long it would be.
        number += 1
        received += len(chunk)
        if number > MANY and received < number * SMALL:
            raise TooMuch(bounds.place, "chunks", "its answer comes in too many too small chunks")
        for piece in unpacker.unpack(chunk) if unpacker else (chunk,):
            body += piece
            bounds.check(len(body), received)
            if len(piece) >= _SLICE:
                await asyncio.sleep(0)
        if not number % 64:  # What has arrived is iterated over without a pause.
            await asyncio.sleep(0)
    if unpacker and received:
        unpacker.finish()
    return bytes(body), received


class _Unpacker:
    """Unpacks gzip (one member or several, RFC 1952 2.2) and deflate, with or without its zlib header."""

    def __init__(self, packing: str, place: str) -> None:
        self._packing = packing
        self._place = place
        self._stream: zlib._Decompress | None = None
        self._rest = b""
        self._members = 0

    def unpack(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what a chunk unpacks to, in pieces of bounded length; nothing of what follows the last member."""
        packed = self._rest + chunk
        self._rest = b""
        while packed:
            if self._stream is None:
                if len(packed) < len(_GZIP):
                    self._rest = packed
                    return
                if self._members and not (self._packing == "gzip" and packed.startswith(_GZIP)):
                    return
                self._stream = self._next(packed)
            yield from self._inflate(self._stream, packed)
            packed = self._stream.unused_data
            if self._stream.eof:
                self._stream = None

    def finish(self) -> None:
        """Raise Unreachable if what was packed is not all there."""
        if self._stream is not None or not self._members:
            raise Unreachable(self._place, "broken", "its answer ends in the middle")

    def _inflate(self, stream: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
        piece = b""
        # A full piece may leave some of its input unread, or some of its output unwritten.
        while packed or len(piece) == _SLICE:
            try:
                piece = stream.decompress(packed, _SLICE)
            except zlib.error:
                raise Unreachable(self._place, "broken", "its answer is not packed as it says") from None
            packed = stream.unconsumed_tail
            yield piece

    def _next(self, packed: bytes) -> "zlib._Decompress":
        self._members += 1
        if self._members > MEMBERS:
            raise TooMuch(self._place, "packing", f"its answer has more than {MEMBERS} members of gzip")
        if self._packing == "gzip":
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        has_header = packed[0] & 15 == _DEFLATED and int.from_bytes(packed[:2]) % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
