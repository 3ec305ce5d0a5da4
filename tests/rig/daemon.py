"""The daemon as a process: started, killed, watched from outside."""

import asyncio
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import yaml

from tests.rig.plan import RULES

SECRET = "whsec_cmlnIHJpZyByaWcgcmlnIHJpZyByaWcgcmlnIHJpZw=="  # noqa: S105 - of the run's own receiver

_MEMORY_EVERY = 0.2


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def write_config(folder: Path, feeds: list[str], hook: str, everything: list[bool]) -> Path:
    """Write the configuration of a run; return its file."""
    rules = "".join(f"  - {{id: {rule}, notify: [desk], {condition}}}\n" for rule, condition in RULES.items())
    sources = [
        {"id": f"feed-{number}", "url": url, "every": "1s", "backfill": "all" if everything[number] else "0s"}
        for number, url in enumerate(feeds)
    ]
    rest = {
        "service": {
            "database": f"sqlite:///{folder}/monitor.db",
            "listen": f"127.0.0.1:{free_port()}",
            "allow_networks": ["127.0.0.0/9"],
        },
        "sources": sources,
        "channels": [{"id": "desk", "kind": "webhook", "url": hook, "secret": SECRET}],
    }
    path = folder / "monitor.yaml"
    path.write_text(yaml.safe_dump(rest) + "rules:\n" + rules)
    path.chmod(0o600)
    return path


@dataclass(slots=True)
class Daemon:
    """`monitor run` on a configuration.

    `kills` are when it was killed; `crashes` what it ended with by itself; `peak` the most memory in bytes that it and
    its children held; `lag` the highest 99th percentile of the loop's lag in seconds, as /metrics bounds it.
    """

    config: Path
    listen: str = ""
    kills: list[float] = field(default_factory=list)
    crashes: list[int] = field(default_factory=list)
    peak: int = 0
    lag: float = 0.0
    orphans: int = 0
    _running: asyncio.subprocess.Process | None = None
    _sessions: list[int] = field(default_factory=list)

    async def start(self) -> None:
        """Start it; its log goes beside its configuration."""
        self.listen = yaml.safe_load(self.config.read_text())["service"]["listen"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
        with (self.config.parent / "daemon.log").open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "monitor", "run", "--config", str(self.config)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                cwd=self.config.parent,
                start_new_session=True,
            )
        self._sessions.append(self._running.pid)

    async def keep_running(self) -> None:
        """Start it again whenever it has ended, which only a kill should do."""
        while True:
            assert self._running
            ended = await self._running.wait()
            if ended != -signal.SIGKILL:
                self.crashes.append(ended)
                await asyncio.sleep(1)
            await self.start()

    def kill(self) -> None:
        """Kill the daemon, and only it: its children have to notice."""
        with suppress(ProcessLookupError):
            assert self._running
            self._running.kill()
            self.kills.append(time.monotonic())

    async def measure(self) -> None:
        """Note the most memory, for ever."""
        while True:
            held = sum(_resident(process) for process in _of_sessions(self._sessions))
            self.peak = max(self.peak, held)
            await asyncio.sleep(_MEMORY_EVERY)

    async def until_at_work(self, seconds: float) -> bool:
        """Wait until it answers over HTTP, so long at most; return whether it does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if await self._ask("/healthz"):
                return True
            await asyncio.sleep(0.05)
        return False

    async def look(self) -> None:
        """Ask for the measured lag of the loop."""
        if shown := await self._ask("/metrics"):
            self.lag = max(self.lag, percentile(shown, "loop_lag_seconds", 0.99))

    async def _ask(self, path: str) -> str | None:
        """Return what its HTTP face answers, None if it does not."""
        with suppress(httpx.HTTPError):
            async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
                return (await client.get(f"http://{self.listen}{path}")).text
        return None

    async def end(self) -> int:
        """Tell it to end; return its exit status, and note which of its children outlived it."""
        assert self._running
        with suppress(ProcessLookupError):
            self._running.terminate()
        try:
            async with asyncio.timeout(20):
                status = await self._running.wait()
        except TimeoutError:
            self._running.kill()
            status = await self._running.wait()
        await asyncio.sleep(1)
        left = _of_sessions(self._sessions)
        self.orphans = len(left)
        for process in left:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return status


def _of_sessions(sessions: list[int]) -> list[int]:
    """Return the processes of some sessions that live."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with suppress(OSError):
                state = (path / "stat").read_text().rpartition(")")[2].split()
                if int(state[3]) in sessions and state[0] != "Z":
                    found.append(int(path.name))
    return found


def _resident(process: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def percentile(exposed: str, name: str, share: float) -> float:
    """Return the upper bound of the bucket in which a share of a histogram's values lies; infinity beyond the last."""
    buckets: list[tuple[float, float]] = []
    for line in exposed.splitlines():
        if name + "_bucket{" in line:
            bound = line.partition('le="')[2].partition('"')[0]
            buckets.append((float(bound), float(line.rpartition(" ")[2])))
    whole = max((count for _, count in buckets), default=0)
    return min((bound for bound, count in buckets if count >= share * whole), default=0.0) if whole else 0.0
