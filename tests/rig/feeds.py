"""The feed server: one process, never killed, each feed at an address of its own; it keeps ledger P.

A feed begins to publish once the daemon has shown, by a conditional request, that it keeps what the feed had first.
Rows of P: when, feed, the pid and revision of everything in an answer that was written whole, its bytes.
"""

import argparse
import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from tests.rig.hostile import HOSTILE, meet_hostile
from tests.rig.ledger import Ledger, tell
from tests.rig.plan import Piece, Plan, make_plan

_EPOCH = 1_760_000_000
_FAULTS = ("503", "reset", "truncated", "short")


@dataclass(slots=True)
class Feed:
    """A feed as it is now: when it began, how often it was asked, and how often in a row nothing was new."""

    number: int
    pieces: list[Piece]
    began: float | None = None
    asked: int = 0
    unchanged: int = 0

    def now_in_it(self, now: float) -> list[Piece]:
        """Return the newest revision of each item that is published, newest first."""
        passed = 0.0 if self.began is None else now - self.began
        newest = {piece.pid: piece for piece in self.pieces if piece.after <= passed}
        return sorted(newest.values(), key=lambda piece: -piece.after)

    def version(self, now: float) -> int:
        """Return how many revisions are out."""
        passed = 0.0 if self.began is None else now - self.began
        return sum(piece.after <= passed for piece in self.pieces)

    def done(self, now: float) -> bool:
        """Tell whether everything is out, and the daemon has shown since that it knows."""
        return self.version(now) == len(self.pieces) and self.unchanged > 0


def document(feed: Feed, shown: list[Piece]) -> bytes:
    """Return a feed as XML: RSS, RSS without guids, or Atom, by its number."""
    made = {0: _rss, 1: _bare_rss, 2: _atom}[feed.number % 3]
    return made(feed.number, shown).encode()


def _html(piece: Piece) -> str:
    return escape("".join(f"<p>{escape(block)}</p>" for block in piece.blocks))


def _rss(number: int, shown: list[Piece], *, guids: bool = True) -> str:
    items = "".join(
        f"<item><title>{escape(piece.headline)}</title><link>{piece.link}</link>"
        + (f'<guid isPermaLink="false">tag:{piece.guid}</guid>' if guids else "")
        + f"<pubDate>{formatdate(_EPOCH + piece.after)}</pubDate><description>{_html(piece)}</description></item>"
        for piece in shown
    )
    head = f"<title>Uitgever {number}</title><link>http://uitgever{number}.example/</link><description>x</description>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def _bare_rss(number: int, shown: list[Piece]) -> str:
    return _rss(number, shown, guids=False)


def _atom(number: int, shown: list[Piece]) -> str:
    time_of = "2025-10-09T08:53:{:02.0f}Z"
    entries = "".join(
        f"<entry><title>{escape(piece.headline)}</title><id>tag:{piece.guid}</id><link href='{piece.link}'/>"
        f"<updated>{time_of.format(piece.after % 59)}</updated><content type='html'>{_html(piece)}</content></entry>"
        for piece in shown
    )
    head = f"<title>Uitgever {number}</title><id>urn:uitgever:{number}</id><updated>{time_of.format(0)}</updated>"
    return f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'


@dataclass(slots=True)
class Server:
    """All feeds, and the ledger."""

    plan: Plan
    ledger: Ledger
    chance: Random
    flaky: float
    attacks: Sequence[str]
    feeds: list[Feed] = field(default_factory=list)

    async def listen(self) -> list[str]:
        """Open every feed; return their addresses."""
        addresses = []
        for number in range(self.plan.feeds + self.plan.hostile):
            self.feeds.append(Feed(number, [piece for piece in self.plan.pieces if piece.feed == number]))
            host = f"127.1.{number // 250}.{number % 250 + 1}"
            server = await asyncio.start_server(self._meets(number), host, 0, limit=1 << 16)
            addresses.append(f"http://{host}:{server.sockets[0].getsockname()[1]}/feed")
        return addresses

    def _meets(self, number: int):
        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # Of a talk that was cancelled, asyncio's streams would say that it failed.
            with suppress(
                ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError
            ):
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                if self.attacks and number >= self.plan.feeds:
                    await meet_hostile(self.attacks[number - self.plan.feeds], head, writer)
                else:
                    await self._answer(self.feeds[number], head, writer)
            with suppress(ConnectionError):
                writer.close()

        return meet

    async def _answer(self, feed: Feed, head: str, writer: asyncio.StreamWriter) -> None:
        now = time.monotonic()
        feed.asked += 1
        version = feed.version(now)
        validators = _validators(feed.number, version)
        known = _conditional(head)
        if known and feed.began is None:
            feed.began = now
        if known and known in validators.lower():
            writer.write(f"HTTP/1.1 304 Not Modified\r\n{validators}connection: close\r\n\r\n".encode())
            await writer.drain()
            feed.unchanged += 1
            return
        feed.unchanged = 0
        shown = feed.now_in_it(now)
        body = document(feed, shown)
        if feed.began is not None and self.chance.random() < self.flaky:
            await _fail(self.chance.choice(_FAULTS), validators, body, writer)
            return
        length = f"content-type: application/xml\r\ncontent-length: {len(body)}\r\nconnection: close\r\n"
        writer.write(f"HTTP/1.1 200 OK\r\n{validators}{length}\r\n".encode() + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        served = {piece.pid: piece.revision for piece in shown}
        self.ledger.write({"at": time.monotonic(), "feed": feed.number, "pids": served, "bytes": len(body)})

    def finished(self) -> bool:
        """Tell whether all healthy feeds have published everything, and the daemon has kept it."""
        now = time.monotonic()
        return all(feed.done(now) for feed in self.feeds[: self.plan.feeds])


def _validators(number: int, version: int) -> str:
    """Return what identifies a version: an ETag, a date, or both."""
    etag = f'ETag: "v{number}-{version}"\r\n' if number % 4 else f'ETag: W/"v{number}-{version}"\r\n'
    date = f"Last-Modified: {formatdate(_EPOCH + version, usegmt=True)}\r\n"
    return {0: etag + date, 1: etag, 2: date, 3: etag}[number % 4]


def _conditional(head: str) -> str | None:
    """Return the line's value by which a request is conditional; an ETag counts before a date (RFC 9110 13.2.2)."""
    lines = dict(line.split(": ", 1) for line in head.splitlines()[1:] if ": " in line)
    return lines.get("if-none-match") or lines.get("if-modified-since")


async def _fail(fault: str, validators: str, body: bytes, writer: asyncio.StreamWriter) -> None:
    """Answer in a way that a good server does not; who keeps the validators of half a document misses the rest."""
    half = body[: len(body) // 2]
    ok = f"HTTP/1.1 200 OK\r\n{validators}"
    answers = {
        "503": b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\nconnection: close\r\n\r\nbusy",
        "reset": f"{ok}content-length: {len(body)}\r\n\r\n".encode() + half,
        "truncated": f"{ok}connection: close\r\n\r\n".encode() + half,
        "short": f"{ok}content-length: {len(body)}\r\n\r\n".encode() + half,
    }
    writer.write(answers[fault])
    await writer.drain()
    if fault == "reset":
        writer.transport.abort()


async def main() -> None:
    """Serve until standard input ends; say the addresses first, and at each line of input how far things are."""
    parser = argparse.ArgumentParser()
    for name, kind in (("seed", int), ("feeds", int), ("items", int), ("seconds", float), ("hostile", int)):
        parser.add_argument(f"--{name}", type=kind, required=True)
    parser.add_argument("--flaky", type=float, required=True)
    parser.add_argument("--attacks", action="store_true")
    parser.add_argument("--ledger", type=Path, required=True)
    args = parser.parse_args()
    plan = make_plan(args.seed, feeds=args.feeds, items=args.items, seconds=args.seconds, hostile=args.hostile)
    chance = Random(args.seed + 1)  # noqa: S311 - repeatable, not secret
    attacks = chance.sample(sorted(HOSTILE), args.hostile) if args.attacks else []
    server = Server(plan, Ledger(args.ledger), chance, args.flaky, attacks)
    tell(await server.listen())
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), open(0, "rb"))  # noqa: SIM115, ASYNC230 - standard input
    while await reader.readline():
        asked = sum(feed.asked for feed in server.feeds)
        tell({"finished": server.finished(), "asked": asked})


if __name__ == "__main__":
    asyncio.run(main())
