"""The webhook receiver: one process, never killed; it keeps ledger R.

Rows of R, one a request: when, the webhook id and which attempt of it this was, whether the signature is right, the
rule, the items inside, what we answered, and what that makes of the receipt:

    accepted     2xx, written whole
    ambiguous    the body was read, but the daemon cannot know it
    refused      the body was not read
"""

import argparse
import asyncio
import json
import re
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from tests.rig.ledger import Ledger, tell

MOODS = {"steady": ["200"], "flaky": ["200"] * 12 + ["500", "503", "429", "429", "reset", "drop", "late", "half"]}
"""What is answered, by lot."""

PATIENT = 4
"""From its fourth attempt on, a message is always taken: a run must end."""

RETRY_AFTER = 2
"""Seconds that a 429 asks for."""

_PID = re.compile(r"q\d{5}z")


@dataclass(slots=True)
class Receiver:
    """Takes webhooks."""

    ledger: Ledger
    verifier: Webhook
    mood: list[str]
    chance: Random
    attempts: Counter[str] = field(default_factory=Counter)

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            lines = [line.partition(":") for line in head.splitlines()[1:]]
            headers = {name.lower(): value.strip() for name, _, value in lines}
            await self._take(headers, reader, writer)
        with suppress(ConnectionError):
            writer.close()

    async def _take(self, headers: dict[str, str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = headers.get("webhook-id", "")
        self.attempts[name] += 1
        answer = self.chance.choice(self.mood) if self.attempts[name] < PATIENT else "200"
        row = {"at": time.monotonic(), "id": name, "attempt": self.attempts[name], "answer": answer}
        if answer == "reset":
            writer.transport.abort()
            self.ledger.write({**row, "receipt": "refused"})
            return
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        row |= {"signed": self._signed(body, headers), **_inside(body)}
        try:
            whole = await _say(answer, writer)
        except ConnectionError:
            whole = False
        accepted = whole and answer in {"200", "late"}
        self.ledger.write({**row, "answered": time.monotonic(), "receipt": "accepted" if accepted else "ambiguous"})

    def _signed(self, body: bytes, headers: dict[str, str]) -> bool:
        try:
            self.verifier.verify(body, headers)
        except WebhookVerificationError:
            return False
        return True


async def _say(answer: str, writer: asyncio.StreamWriter) -> bool:
    """Answer; return whether all of it was written."""
    if answer == "drop":
        writer.transport.abort()
        return False
    if answer == "late":
        await asyncio.sleep(1.5)
    status = "200 OK" if answer in {"200", "late", "half"} else f"{answer} No"
    wait = f"retry-after: {RETRY_AFTER}\r\n" if answer == "429" else ""
    whole = f"HTTP/1.1 {status}\r\n{wait}content-length: 0\r\nconnection: close\r\n\r\n".encode()
    writer.write(whole[:9] if answer == "half" else whole)
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    return answer != "half"


def _inside(body: bytes) -> dict[str, Any]:
    """Return what the oracle wants to know of a body."""
    message = json.loads(body)
    items = message["data"].get("items", [])
    return {
        "type": message["type"],
        "rule": message["data"].get("rule", {}).get("id"),
        "alert": message["data"].get("id"),
        "items": [
            {"pids": _PID.findall(item.get("headline") or ""), "headline": item.get("headline"), "url": item.get("url")}
            | {"spans": len(item.get("spans", []))}
            for item in items
        ],
    }


async def main() -> None:
    """Serve until standard input ends; say the address first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--mood", choices=MOODS, required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--ledger", type=Path, required=True)
    args = parser.parse_args()
    chance = Random(args.seed)  # noqa: S311 - repeatable, not secret
    receiver = Receiver(Ledger(args.ledger), Webhook(args.secret), MOODS[args.mood], chance)
    server = await asyncio.start_server(receiver.meet, "127.2.0.1", 0)
    tell([f"http://127.2.0.1:{server.sockets[0].getsockname()[1]}/hook"])
    await asyncio.to_thread(_wait_for_the_end)


def _wait_for_the_end() -> None:
    with open(0, "rb") as standard_input:
        standard_input.read()


if __name__ == "__main__":
    asyncio.run(main())
