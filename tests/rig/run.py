"""One run from beginning to end."""

import asyncio
import json
import sys
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any

from tests.rig.daemon import SECRET, Daemon, write_config
from tests.rig.ledger import rows
from tests.rig.oracle import Finding, attempts, judge
from tests.rig.plan import make_plan

PROJECT = Path(__file__).parents[2]

_KILL_AFTER = (0.1, 4.0)
_STARTING = 0.2
_LONGEST_START = 30.0
_QUIET = 3.0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a run is to be.

    `mood` is the receiver's, `flaky` the share of answers that healthy feeds get wrong. `aimed`: a kill waits for the
    next receipt, to fall between a message's acceptance and its being recorded.
    """

    seed: int = 1
    feeds: int = 5
    items: int = 40
    seconds: float = 6
    kills: int = 0
    aimed: bool = False
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
        found |= {} if self.quiet else {"never quiet": True}
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
            await _kill_at_random(daemon, terms, folder / "R.jsonl")
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


async def _kill_at_random(daemon: Daemon, terms: Terms, receipts: Path) -> None:
    """Kill it at random moments, most of them while it is at work, a fifth while it starts."""
    chance = Random(terms.seed + 2)  # noqa: S311 - repeatable, not secret
    for _ in range(terms.kills):
        if chance.random() >= _STARTING:
            await daemon.until_at_work(_LONGEST_START)
        await asyncio.sleep(chance.uniform(*_KILL_AFTER))
        await daemon.look()
        if terms.aimed:
            await asyncio.to_thread(_wait_for_a_receipt, receipts)
        daemon.kill()


def _wait_for_a_receipt(receipts: Path) -> None:
    """Wait until a ledger grows, looking as often as can be; some seconds at most, for there may be nothing to send."""
    before, end = receipts.stat().st_size if receipts.exists() else 0, monotonic() + _KILL_AFTER[1]
    while monotonic() < end and (not receipts.exists() or receipts.stat().st_size == before):
        sleep(0.001)


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
