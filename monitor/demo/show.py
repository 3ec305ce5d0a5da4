"""The demonstration: the real daemon, in this process, on the simulated newswire.

newswire ─▶ outlets (HTTP) ─▶ daemon.serve ─▶ receiver (webhooks)
                                 │
                      archive ◀──┘──▶ board: what was judged, and why
"""

import asyncio
import base64
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from rich.console import Console

from monitor import app
from monitor.daemon import serve
from monitor.demo.board import Board, Health, Line, shown_on, where, why_not
from monitor.demo.newswire import Copy, Entry, newswire, reports
from monitor.demo.outlets import OUTLETS, Site, fall_ill
from monitor.demo.receiver import Receiver
from monitor.load import load
from monitor.log import configure
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.records import Record
from monitor.store.archive import ArchivedItem, find_decision, search_items
from monitor.store.database import Database, open_database
from monitor.store.sql import SqlStore

PACE = timedelta(seconds=1.5)
"""Between two stories, on average."""

BEFORE = timedelta(seconds=12)
"""So much of the wire is out before the daemon starts: its first polls archive that without alerting."""

SPELLS = {"kustpost": (8.0, 6.0)}
"""Seconds for which an outlet is up, once the news has begun, and then down."""

FLOOD = ("stroom", 12.0, 25)
"""An outlet, after how many seconds it brings how many entries at once."""

_LOOK_EVERY = 0.2
_RULE = "xi-moskou"


async def show(console: Console, *, seconds: float | None, chance: Random, stop: asyncio.Event) -> Sequence[str]:
    """Run the demonstration until `stop`, or for so long; return what the daemon logged of bugs, none if all is well.

    Everything that it needs lives in a temporary folder and on loopback, and is gone afterwards.
    """
    with TemporaryDirectory(prefix="monitor-demo-") as name:
        folder = Path(name)
        with (folder / "log").open("w", encoding="utf-8") as log:
            configure("json", log)
            await _Stage(console, chance, folder).play(seconds, stop)
        lines = (folder / "log").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if json.loads(line).get("level") in {"error", "critical"}]


@dataclass(slots=True)
class _Stage:
    """What plays together.

    `begun`: the daemon has taken in what there was before, and the news begins. `over`: it has ended, and so may the
    outlets and the receiver.
    """

    console: Console
    chance: Random
    folder: Path
    sites: dict[str, Site] = field(default_factory=lambda: {outlet.id: Site(outlet) for outlet in OUTLETS})
    over: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def play(self, seconds: float | None, stop: asyncio.Event) -> None:
        """Open the outlets and the receiver, then let the daemon run until `stop`."""
        receiver = Receiver("whsec_" + base64.b64encode(self.chance.randbytes(32)).decode())
        server, hook = receiver.open()
        self._begin()
        flood = list(islice(reports(self.chance), FLOOD[2]))  # Drawn here: one seed, one demonstration.
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(server.serve_until(self.over))
            for site in self.sites.values():
                spells = SPELLS.get(site.outlet.id, ())
                tasks.create_task(fall_ill(site, app.now, spells, begun=self.begun, stop=self.over))
            for site in self.sites.values():
                await site.up.wait()
            config = await self._write_config(hook, receiver.secret)
            tasks.create_task(self._publish(stop))
            tasks.create_task(self._flood(flood, stop))
            tasks.create_task(self._watch(config, receiver, stop))
            serving = tasks.create_task(serve(config, stop, asyncio.Event(), write=self.console.out))
            begun = tasks.create_task(self.begun.wait())
            await asyncio.wait({serving, begun}, return_when=asyncio.FIRST_COMPLETED)
            begun.cancel()
            await asyncio.wait({serving}, timeout=seconds)
            stop.set()
            await asyncio.wait({serving})
            self.over.set()

    def _begin(self) -> None:
        """Publish what is out before the daemon starts."""
        for publication in newswire(self.chance, OUTLETS, PACE):
            if publication.after > BEFORE:
                break
            self.sites[publication.outlet].publish(publication.entry, app.now())

    async def _publish(self, stop: asyncio.Event) -> None:
        """Publish the wire, from when the daemon has taken in what there was before."""
        loop = asyncio.get_running_loop()
        while not (stop.is_set() or all(site.unchanged for site in self.sites.values())):
            await _until(stop, loop.time() + _LOOK_EVERY)
        self.begun.set()
        began = loop.time()
        for publication in newswire(self.chance, OUTLETS, PACE):
            await _until(stop, began + publication.after.total_seconds())
            if stop.is_set():
                return
            self.sites[publication.outlet].publish(publication.entry, app.now())

    async def _flood(self, copies: Sequence[Copy], stop: asyncio.Event) -> None:
        """Publish a lot at once."""
        outlet, seconds, _ = FLOOD
        await self.begun.wait()
        await _until(stop, asyncio.get_running_loop().time() + seconds)
        for number, copy in enumerate(copies):
            self.sites[outlet].publish(Entry(f"{outlet}-flood-{number}", copy, copy.headline), app.now())

    async def _write_config(self, hook: str, secret: str) -> Path:
        """Write the configuration as a person would, and return its file."""
        path = self.folder / "monitor.yaml"
        written = {
            "service": {
                "database": f"sqlite:///{self.folder / 'monitor.db'}",
                "listen": f"127.0.0.1:{await _free_port()}",
                "allow_networks": ["127.0.0.0/8"],
            },
            "sources": [
                {"id": site.outlet.id, "name": site.outlet.name, "url": site.address, "every": "1s"}
                for site in self.sites.values()
            ],
            "rules": [
                {
                    "id": _RULE,
                    "title": "Xi naar Moskou",
                    "level": "high",
                    "all": ["Xi", {"place": "Moskou"}],
                    "notify": ["desk"],
                }
            ],
            "channels": [{"id": "desk", "kind": "webhook", "url": hook, "secret": secret}],
        }
        path.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8")
        path.chmod(0o600)
        return path

    async def _watch(self, config: Path, receiver: Receiver, stop: asyncio.Event) -> None:
        """Show what happens until the daemon has ended, and what it came to; stop it once nobody reads on."""
        try:
            await self._show(config, receiver)
        except SystemExit:  # Rich's, of a broken pipe. In a task it would end the loop with all else still running.
            stop.set()

    async def _show(self, config: Path, receiver: Receiver) -> None:
        loaded = load(config)
        url = loaded.service.database.get_secret_value()
        title = (
            f"monitor demo · all: [Xi, {{place: Moskou}}] · http://{loaded.service.listen} · times in UTC · ^C ends it"
        )
        board = Board(title)
        while not any(site.unchanged for site in self.sites.values()):  # Then there is a database, and all its tables.
            await _until(self.over, asyncio.get_running_loop().time() + _LOOK_EVERY)
            if self.over.is_set():
                return
        async with open_database(url) as database:
            watcher = _Watcher(database, loaded.rules[0], self.sites, receiver)
            with shown_on(self.console, board) as refresh:
                ended = False
                while not ended:
                    await _until(self.over, asyncio.get_running_loop().time() + _LOOK_EVERY)
                    ended = self.over.is_set()
                    lines = await watcher.news()
                    board.healths = await watcher.healths()
                    board.add(lines)
                    refresh(lines)


@dataclass(slots=True)
class _Watcher:
    """Looks into the archive, as `monitor why` would, and at what the receiver got."""

    database: Database
    rule: Rule
    sites: dict[str, Site]
    receiver: Receiver
    judged: set[tuple[str, int]] = field(default_factory=set)
    items: dict[str, int] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    async def news(self) -> list[Line]:
        """Return what has happened since the last time, oldest first."""
        newest = await search_items(self.database, "", most=200)
        fresh = [each for each in reversed(newest) if (each.id, each.revision) not in self.judged]
        lines = [line for each in fresh if (line := await self._judged(each))]
        return lines + self._received()

    async def _judged(self, archived: ArchivedItem) -> Line | None:
        """Return why an item did or did not become an alert; None for a later revision of one that did."""
        again = archived.revision > 0 and (archived.id, archived.revision - 1) in self.judged
        self.judged.add((archived.id, archived.revision))
        if archived.item is None:
            return None
        self.items[archived.source] = self.items.get(archived.source, 0) + (not again)
        headline = archived.item.headline or ""
        at = app.now() if again else archived.first_seen
        decision = await find_decision(self.database, archived.id, self.rule.id)
        if decision is None:
            match = match_rule(self.rule, View(archived.item, archived.first_seen))
            told = why_not(match.verdict)
            return Line(at, "no", archived.source, headline, f"corrected: {told}" if again else told)
        if again:
            return None
        told = where(decision.spans) if decision.alert else decision.reason.value
        return Line(decision.at, "match" if decision.alert else "held", archived.source, headline, told)

    def _received(self) -> list[Line]:
        fresh = [(name, self.receiver.taken[name]) for name in self.receiver.taken.keys() - self.told]
        self.told.update(name for name, _ in fresh)
        return [_alert_line(name, message) for name, message in fresh]

    async def healths(self) -> list[Health]:
        """Return how each outlet is, as the daemon sees it."""
        store = SqlStore(self.database)
        found = []
        for name, site in self.sites.items():
            error = (await store.state(name)).error
            found.append(Health(name, site.asked, site.unchanged, self.items.get(name, 0), error))
        return found


def _alert_line(name: str, message: Record) -> Line:
    """Return what the receiver got."""
    body: Any = message
    item = body["data"]["items"][-1]
    fired = datetime.fromisoformat(body["timestamp"])
    return Line(fired, "alert", item["source"], item["headline"], f"webhook {name[:12]}…, signature right")


async def _until(event: asyncio.Event, when: float) -> None:
    """Sleep until a time of the loop, or until an event."""
    with suppress(TimeoutError):
        async with asyncio.timeout_at(when):
            await event.wait()


async def _free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port
