"""No address that is not allowed is ever contacted by a running daemon, however it is written and whoever names it.

Half of loopback is allowed, honeypots listen in the other half and on ::1; they count every connection.
"""

import asyncio
import json
import subprocess
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.fakes.wire import redirect, reply, serving
from tests.rig.daemon import SECRET

FORBIDDEN = "127.128.0.1"

SPELLINGS = {
    "dotted": "127.128.0.1",
    "decimal": "2139095041",
    "hexadecimal": "0x7f800001",
    "octal": "0177.0200.0.1",
    "short": "127.8388609",
    "mixed": "0x7f.128.1",
    "mapped": "[::ffff:127.128.0.1]",
    "mapped, in hexadecimal": "[::ffff:7f80:1]",
    "compatible": "[::127.128.0.1]",
    "NAT64": "[64:ff9b::7f80:1]",
    "6to4": "[2002:7f80:1::]",
    "IPv6": "[::1]",
    "in circles": "①②⑦.①②⑧.⓪.①",
    "full stops of another script": "127。128。0。1",
    "encoded": "127%2E128%2E0%2E1",
    "with a dot at its end": "127.128.0.1.",
    "behind a user": "127.0.0.1@127.128.0.1",
    "behind a backslash": "127.0.0.1\\@127.128.0.1",
}
ITEM = "<item><title>Brand in Tiel, melding {0}</title><guid>{0}</guid><link>http://{1}/page</link></item>"


@asynccontextmanager
async def honeypots():
    """Listen where nobody may go, all on one port; give the port, and a list that every contact is noted in."""
    contacts: list[str] = []

    def noting(address):
        async def note(_reader, writer):
            contacts.append(address)
            writer.close()

        return note

    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(await asyncio.start_server(noting(FORBIDDEN), FORBIDDEN, 0))
        port = first.sockets[0].getsockname()[1]
        for address in ("127.200.3.4", "::1"):
            await stack.enter_async_context(await asyncio.start_server(noting(address), address, port))
        yield port, contacts


def write(path, sources, channels):
    """Write a configuration in which each source and each channel has a line of its own; return the lines' entries."""
    service = {"database": f"sqlite:///{path.parent / 'monitor.db'}", "allow_networks": ["127.0.0.0/9"], "listen": None}
    rule = {"id": "brand", "all": ["brand"], "notify": [channel["id"] for channel in channels]}
    lines: list[tuple[str, Any]] = [(f"service: {json.dumps(service)}", None), ("sources:", None)]
    lines += [(f"  - {json.dumps(source, ensure_ascii=False)}", source) for source in sources]
    lines += [
        ("channels:", None),
        *((f"  - {json.dumps(channel, ensure_ascii=False)}", channel) for channel in channels),
    ]
    lines += [(f"rules: [{json.dumps(rule)}]", None)]
    path.write_text("\n".join(line for line, _ in lines))
    path.chmod(0o600)
    return [entry for _, entry in lines]


def write_what_is_taken(path, sources, channels):
    """Write what the configuration takes of these: what it refuses is not contacted either."""
    entries = write(path, sources, channels)
    command = [sys.executable, "-m", "monitor", "check", "--config", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    refused = [entries[int(line.split(":")[1]) - 1] for line in said.splitlines()]
    sources, channels = ([entry for entry in each if entry not in refused] for each in (sources, channels))
    write(path, sources, channels)
    return len(sources), len(channels)


async def poll_and_deliver(path, enough) -> str:
    """Run the daemon until it did enough, and then for some seconds, a minute in all at most; return its log."""
    log = path.with_suffix(".log")
    with log.open("wb") as opened:
        daemon = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "monitor", "run", "--config", str(path)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=opened,
        )
    for _ in range(240):
        await asyncio.sleep(0.25)
        if enough():
            break
    await asyncio.sleep(3)
    daemon.terminate()
    await daemon.wait()
    return str(log.read_text())


def leading_to(address):
    """Return a redirect, its address as UTF-8, as servers write what they should have encoded."""
    return redirect("{}").replace(b"{}", address.encode())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: `led` and `delivered` count contacts where they are allowed, `taken_in` sources and channels."""

    contacts: list[str]
    log: str
    led: list[int]
    delivered: int
    taken_in: tuple[int, int]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Run a daemon whose feeds, redirects, links and webhooks all lead to where it may not go."""
    path = tmp_path_factory.mktemp("forbidden") / "monitor.yaml"

    async def play():
        async with AsyncExitStack() as stack:
            port, contacts = await stack.enter_async_context(honeypots())
            hosts = [
                host.replace("@", f":{port}@", 1) + f":{port}" if "@" in host else f"{host}:{port}"
                for host in SPELLINGS.values()
            ]
            items = "".join(ITEM.format(number, host) for number, host in enumerate(hosts))
            document = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
            good = await stack.enter_async_context(serving(reply(document), host="127.0.0.1"))
            taken = await stack.enter_async_context(serving(reply(), host="127.3.0.1"))
            leading = [
                await stack.enter_async_context(serving(leading_to(f"http://{host}/feed"), host="127.2.0.1"))
                for host in [*hosts, f"localhost:{port}"]
            ]
            direct = [
                {"id": f"direct-{number}", "url": f"http://{host}/feed", "every": "1s"}
                for number, host in enumerate([*hosts, f"localhost:{port}"])
            ]
            sources = [
                {"id": f"led-{number}", "url": server.url("/feed"), "every": "1s"}
                for number, server in enumerate(leading)
            ]
            sources.append({"id": "good", "url": good.url("/feed"), "every": "1s", "backfill": "all"})
            channels = [
                {"id": f"hook-{number}", "kind": "webhook", "url": f"http://{host}/hook", "secret": SECRET}
                for number, host in enumerate(hosts)
            ]
            fine = {"id": "fine", "kind": "webhook", "url": taken.url("/hook"), "secret": SECRET}
            taken_in = write_what_is_taken(path, [*sources, *direct], [*channels, fine])
            log = await poll_and_deliver(
                path, lambda: taken.contacts >= len(SPELLINGS) and all(server.contacts for server in leading)
            )
            return Outcome(contacts, log, [server.contacts for server in leading], taken.contacts, taken_in)

    return asyncio.run(play())


def test_nothing_forbidden_is_contacted(outcome):
    assert outcome.contacts == [], outcome.log


def test_everything_else_is_contacted_and_what_is_refused_is_said(outcome):
    assert all(outcome.led)
    assert outcome.delivered >= len(SPELLINGS)
    assert "refused" in outcome.log


def test_most_spellings_come_as_far_as_the_daemon(outcome):
    sources, channels = outcome.taken_in

    assert sources >= len(outcome.led) + 1 + 10
    assert channels >= 1 + 10


def test_the_honeypots_would_have_noticed():
    async def knock():
        async with honeypots() as (port, contacts):
            for address in (FORBIDDEN, "127.200.3.4", "::1"):
                _, writer = await asyncio.open_connection(address, port)
                writer.close()
                await writer.wait_closed()
            await asyncio.sleep(0.1)
            return contacts

    assert asyncio.run(knock()) == [FORBIDDEN, "127.200.3.4", "::1"]
