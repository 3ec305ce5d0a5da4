"""One run from beginning to end."""

import asyncio
import json
import sys
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from tests.rig.daemon import SECRET, Daemon, write_config
from tests.rig.ledger import rows
from tests.rig.oracle import Finding, attempts, judge
from tests.rig.plan import make_plan

PROJECT = Path(__file__).parents[2]

_KILL_AFTER = (0.5, 5.0)
_QUIET = 3.0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a run is to be: the `mood` is the receiver's, `flaky` the share of answers that healthy feeds get wrong."""

    seed: int = 1
    feeds: int = 5
    items: int = 40
    seconds: float = 6
    kills: int = 0
    mood: str = "steady"
    flaky: float = 0.0
    hostile: int = 0
    attacks: bool = False
    patience: float = 180


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to."""

    finding: Finding
    kills: int
    crashes: list[int]
    orphans: int
    status: int
    peak: int
    lag: float
    answers: dict[str, int]
    quiet: bool
    seconds: float
    asked: int

    @property
    def faults(self) -> dict[str, object]:
        """Return everything that is not as it must be."""
        found: dict[str, object] = dict(self.finding.faults)
        found |= {"crashes": self.crashes} if self.crashes else {}
        found |= {"orphans": self.orphans} if self.orphans else {}
        found |= {"status": self.status} if self.status else {}
        return found


async def run(terms: Terms, folder: Path) -> Result:
    """Run the daemon on these terms; configuration, database, ledgers and log are left in the folder."""
    plan = make_plan(terms.seed, feeds=terms.feeds, items=terms.items, seconds=terms.seconds, hostile=terms.hostile)
    began = monotonic()
    async with AsyncExitStack() as stack:
        hooks = await stack.enter_async_context(_server("receiver", folder / "R.jsonl", _receiver_options(terms)))
        feeds = await stack.enter_async_context(_server("feeds", folder / "P.jsonl", _feed_options(terms)))
        everything = [plan.everything(number) for number in range(terms.feeds)]
        daemon = Daemon(write_config(folder, feeds.said, hooks.said[0], everything))
        await daemon.start()
        keeping = [asyncio.create_task(task) for task in (daemon.keep_running(), daemon.measure())]
        try:
            await _kill_at_random(daemon, terms)
            quiet = await _until_quiet(feeds, folder, terms, plan)
            await daemon.look()
            asked = (await feeds.ask())["asked"]
        finally:
            for task in keeping:
                task.cancel()
            await asyncio.gather(*keeping, return_exceptions=True)
            status = await daemon.end()
    received = rows(folder / "R.jsonl")
    return Result(
        finding=judge(plan, rows(folder / "P.jsonl"), received, daemon.kills),
        kills=len(daemon.kills),
        crashes=daemon.crashes,
        orphans=daemon.orphans,
        status=status,
        peak=daemon.peak,
        lag=daemon.lag,
        answers=dict(attempts(received)),
        quiet=quiet,
        seconds=round(monotonic() - began, 1),
        asked=asked,
    )


def _feed_options(terms: Terms) -> list[str]:
    names = ("seed", "feeds", "items", "seconds", "hostile", "flaky")
    options = [f"--{name}={getattr(terms, name)}" for name in names]
    return [*options, "--attacks"] if terms.attacks else options


def _receiver_options(terms: Terms) -> list[str]:
    return [f"--seed={terms.seed}", f"--mood={terms.mood}", f"--secret={SECRET}"]


@dataclass(slots=True)
class _Process:
    """A server of the rig; `said` is its first line."""

    process: asyncio.subprocess.Process
    said: list[str]

    async def ask(self) -> dict[str, Any]:
        """Ask how far things are."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(b"?\n")
        said: dict[str, Any] = json.loads(await self.process.stdout.readline())
        return said


@asynccontextmanager
async def _server(name: str, ledger: Path, options: list[str]):
    """Run a server of the rig in a process of its own; it ends when its standard input does."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"tests.rig.{name}", f"--ledger={ledger}", *options),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=PROJECT,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield _Process(process, json.loads(await process.stdout.readline()))
    finally:
        process.stdin.close()
        try:
            async with asyncio.timeout(5):
                await process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _kill_at_random(daemon: Daemon, terms: Terms) -> None:
    chance = Random(terms.seed + 2)  # noqa: S311 - repeatable, not secret  # noqa: S311 - seeded
    for _ in range(terms.kills):
        await asyncio.sleep(chance.uniform(*_KILL_AFTER))
        await daemon.look()
        daemon.kill()


async def _until_quiet(feeds: _Process, folder: Path, terms: Terms, plan) -> bool:
    """Wait until everything is published and kept, and for some time nothing owed is missing and nothing comes."""
    end = monotonic() + terms.patience
    before, since = -1, monotonic()
    while monotonic() < end:
        await asyncio.sleep(0.5)
        received = rows(folder / "R.jsonl")
        if len(received) != before or not (await feeds.ask())["finished"]:
            before, since = len(received), monotonic()
            continue
        settled = not judge(plan, rows(folder / "P.jsonl"), received, []).lost
        if settled and monotonic() - since >= _QUIET:
            return True
    return False
