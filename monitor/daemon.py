"""The long-running service: how it starts, reloads and ends."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from glob import has_magic
from pathlib import Path
from random import Random, SystemRandom
from typing import Any, TypeVar

import structlog
from prometheus_client import generate_latest
from watchfiles import awatch

from monitor import __version__
from monitor.app import now, senders_of
from monitor.config_files import LOCK
from monitor.decide.over_time import memory
from monitor.errors import ConfigError, StoreUnavailable
from monitor.fetch.fetcher import DoorFetcher
from monitor.fetch.folder import folder_of
from monitor.fetch.full_text import FullText
from monitor.fetch.robots import Robots
from monitor.fetch.turns import Turns
from monitor.kept_rules import Loaded, load_to_run
from monitor.model import Source
from monitor.net.door import Door
from monitor.pipeline.outside import Outside
from monitor.pipeline.past import count_past
from monitor.ports import Parser
from monitor.rules.publishers import publisher_of
from monitor.schedule.local import LocalSchedule, Plan
from monitor.schedule.measures import Measures
from monitor.settings import Service
from monitor.settings import Source as SourceSettings
from monitor.store.admin import channel_states
from monitor.store.forgetting import Purged, forgotten_before, purge
from monitor.store.lock import lock
from monitor.store.schema import upgrade
from monitor.store.sql import SqlStore, open_store
from monitor.web.face import make_face
from monitor.web.server import face_server
from monitor.workers import Workers

_ADAPTIVE = (timedelta(minutes=1), timedelta(hours=1))
_FOLDER = (timedelta(minutes=1), timedelta(minutes=1))
_LAG_EVERY = 0.25
_DEBOUNCE = 300
_SETTLED = 1.0
_UNWATCHED = 5.0
_PURGED_EVERY = timedelta(hours=6)
_LONGEST_RETENTION = timedelta(days=36_500)
_ROBOT = "monitor"
"""The name by which robots.txt knows us."""

_AT_START = ("database", "listen", "token")
"""Settings of which those count that the service was started with."""

log = structlog.get_logger()

Done = TypeVar("Done")


async def serve(path: Path, stop: asyncio.Event, reload: asyncio.Event, *, write: Callable[[str], object]) -> None:
    """Run the service on a configuration until `stop`; read the configuration again at each `reload`.

    Args:
        path: a YAML file or a folder of them, watched.
        stop: what runs may end then, within some seconds.
        reload: cleared when it has been seen.
        write: puts a line of a `log` channel on standard output.

    Raises:
        ConfigError: the configuration does not validate.
        AlreadyRunning: another process serves the same database.
        StoreUnavailable, StoreRefused: the database cannot be used.
        OSError: the address to listen on is taken.
    """
    async with _started(path, write) as (daemon, loaded):
        service = daemon.service
        plan = await _unless(stop, daemon.plan(loaded))
        if plan is None:
            return
        schedule = LocalSchedule(plan, daemon.measures)
        token = service.token.get_secret_value() if service.token else None
        face = make_face(token, schedule.ready, daemon.metrics)
        server = face_server(face, service.listen) if service.listen else None
        log.info("service.started", version=__version__, sources=len(plan.sources), rules=len(plan.outside.rules))
        await daemon.tell_removed(plan)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(schedule.run(stop))
            tasks.create_task(_measure_lag(daemon.measures, stop))
            tasks.create_task(daemon.watch(schedule, stop, reload))
            tasks.create_task(daemon.let_go(stop))
            tasks.create_task(asyncio.to_thread(_keep, loaded))
            if server:
                tasks.create_task(server.serve_until(stop))
        log.info("service.stopped")


async def serve_once(path: Path, *, write: Callable[[str], object]) -> bool:
    """Poll every source once and deliver all that is due; return whether all went well. It raises as `serve` does."""
    async with _started(path, write) as (daemon, loaded):
        return await LocalSchedule(await daemon.plan(loaded), daemon.measures).once()


@asynccontextmanager
async def _started(path: Path, write: Callable[[str], object]) -> "AsyncIterator[tuple[_Daemon, Loaded]]":
    """Hold the database for ourselves, and all that polls and deliveries need."""
    signs = _signs(path)
    loaded = load_to_run(path)
    database = loaded.config.service.database.get_secret_value()
    with lock(database):
        upgrade(database)
        async with open_store(database) as store, Workers() as workers:
            await store.take_back()
            yield _Daemon(store, workers, write, path, loaded.config.service, signs=signs), loaded


@dataclass(slots=True)
class _Daemon:
    """What one run holds: the ports, made once, and the plan, made anew from each configuration."""

    store: SqlStore
    parser: Parser
    write: Callable[[str], object]
    path: Path
    service: Service
    measures: Measures = field(default_factory=Measures)
    chance: Random = field(default_factory=SystemRandom)
    turns: Turns | None = None
    retention: timedelta = _LONGEST_RETENTION
    memory: timedelta = timedelta(0)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    signs: frozenset[tuple[str, int, int]] = frozenset()

    def __post_init__(self) -> None:
        """Stand the path against nothing, as watchers tell paths."""
        self.path = self.path.resolve()

    async def let_go(self, stop: asyncio.Event) -> None:
        """Let go of what is older than the retention, now and then, until told to stop."""
        while not stop.is_set():
            try:
                moment, retention = now(), min(self.retention, _LONGEST_RETENTION)
                known, counted = forgotten_before(moment, retention), moment - max(retention, self.memory)
                gone = await purge(self.store.database, moment - retention, known, counted)
                if gone != Purged():
                    log.info("archive.purged", **asdict(gone))
            except StoreUnavailable as error:
                log.warning("store.unavailable", reason=str(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(_PURGED_EVERY.total_seconds()):
                    await stop.wait()

    async def tell_removed(self, plan: Plan) -> None:
        """Say what waits for channels that the configuration has no more: it is kept, should they come back."""
        with suppress(StoreUnavailable):
            for channel in await channel_states(self.store.database):
                if channel.waiting and channel.id not in plan.channels:
                    log.warning("channel.removed", channel=channel.id, waiting=channel.waiting)

    async def plan(self, loaded: Loaded) -> Plan:
        """Return what a configuration asks for, its sources registered."""
        config, rules = loaded.config, loaded.rules
        service, senders = config.service, senders_of(config, self.write)
        self.retention = service.retention
        manners = (service.per_host.connections, service.per_host.pause)
        if self.turns is None or (self.turns.connections, self.turns.pause) != manners:
            self.turns = Turns(*manners)  # Those that there are remember whom we asked just now.
        sources = {source.id: _source(source, service.language) for source in config.sources if source.enabled}
        outside = Outside(
            store=self.store,
            fetcher=self._fetcher(senders.means.door, self.turns),
            parser=self.parser,
            sender=senders,
            rules=rules,
            operators=tuple(service.operators),
            clock=now,
            chance=self.chance,
            sources=sources,
            over_time=rules.over_time(),
            turn=self.turn,
        )
        reaches = [memory(rule.over_time) for rule in outside.over_time if rule.over_time]
        self.memory = max(reaches, default=timedelta(0))
        if counted := await count_past(outside):
            log.info("rules.counted", rules=sorted(counted))
        await self.store.register(dict.fromkeys(sources, now()))  # Last: until it is followed, another plan is.
        return Plan(outside, sources, tuple(channel.id for channel in config.channels))

    def _fetcher(self, door: Door, turns: Turns) -> DoorFetcher:
        full_text = FullText(door, turns, Robots(door, turns, _ROBOT), self.parser, now)
        return DoorFetcher(door, turns, now, full_text=full_text, parser=self.parser)

    async def watch(self, schedule: LocalSchedule, stop: asyncio.Event, reload: asyncio.Event) -> None:
        """Follow the files until told to stop; read the configuration again when that is asked for."""
        while not stop.is_set():
            try:
                await self._watch_until({stop, reload}, schedule, reload)
            except OSError as error:  # Too many watches, or a folder that went away; every source is still polled.
                log.warning("watch.failed", reason=str(error))
                await asyncio.sleep(_UNWATCHED)
            if reload.is_set() and not stop.is_set():
                reload.clear()
                await _unless(stop, self._reload(schedule, reload))

    async def _watch_until(self, ends: set[asyncio.Event], schedule: LocalSchedule, reload: asyncio.Event) -> None:
        """Poll a folder's source when the folder changes, ask for a reload when the configuration does.

        Ends too when a folder has come or gone, so that others are to be watched.
        """
        patterns = {name: source.path for name, source in schedule.plan.sources.items() if source.path}
        folders = {name: folder_of(pattern).resolve() for name, pattern in patterns.items()}
        deep = any(Path(pattern).parent != folder_of(pattern) for pattern in patterns.values() if has_magic(pattern))
        there = {_nearest(path) for path in (*folders.values(), self.path)}
        ended = asyncio.Event()
        ending = asyncio.create_task(_when_any(ends, ended))
        asyncio.get_running_loop().call_later(_SETTLED, self._look_again, schedule, set(folders), reload)
        try:
            async for changes in awatch(*there, stop_event=ended, debounce=_DEBOUNCE, recursive=deep):
                files = [Path(path) for _, path in changes]
                if any(map(self._configures, files)):
                    reload.set()
                changed = {parent for file in files for parent in (file.parents if deep else [file.parent])}
                schedule.poke({name for name, folder in folders.items() if folder in changed})
                if any(_nearest(folder) not in there for folder in folders.values()):
                    break
        finally:
            ending.cancel()

    def _look_again(self, schedule: LocalSchedule, folders: set[str], reload: asyncio.Event) -> None:
        """Find what changed while nobody watched, once somebody does."""
        schedule.poke(folders)
        if self.signs != _signs(self.path):
            reload.set()

    def _configures(self, path: Path) -> bool:
        """Tell whether a file is one of the configuration's."""
        folder = self.path if self.path.is_dir() else self.path.parent
        return path in {self.path, folder / LOCK} or (path.suffix == ".yaml" and path.parent == self.path)

    async def _reload(self, schedule: LocalSchedule, reload: asyncio.Event) -> None:
        """Go on by the configuration as it is now; if it does not validate, by the last good one, and say so.

        If the database cannot be used now, ask for another reload soon.
        """
        self.signs = _signs(self.path)
        try:
            loaded = await asyncio.to_thread(load_to_run, self.path)
        except ConfigError as error:
            self.measures.config_good.set(0)
            log.warning("config.refused", problems=[str(problem) for problem in error.problems])
            return
        self.measures.config_good.set(1)
        config = loaded.config
        if kept := [name for name in _AT_START if getattr(config.service, name) != getattr(self.service, name)]:
            log.warning("config.needs_restart", settings=kept)
        try:
            schedule.follow(await self.plan(loaded))
        except StoreUnavailable as error:
            log.warning("store.unavailable", reason=str(error))
            asyncio.get_running_loop().call_later(_UNWATCHED, reload.set)
            return
        await asyncio.to_thread(_keep, loaded)
        log.info("config.loaded", sources=len(config.sources), rules=len(loaded.rules), channels=len(config.channels))

    async def metrics(self) -> bytes:
        """Return what was counted, and what the outbox holds at this moment, in the form of Prometheus."""
        with suppress(StoreUnavailable):
            for channel in await channel_states(self.store.database):
                disabled = channel.disabled is not None
                self.measures.waits(channel.id, waiting=channel.waiting, dead=channel.dead, disabled=disabled)
        return generate_latest(self.measures.registry)


def _source(source: SourceSettings, language: str) -> Source:
    """Return a source as the pipeline knows it."""
    url = source.url.get_secret_value() if source.url else None
    usual = _ADAPTIVE if url else _FOLDER
    headers = {name: value.get_secret_value() for name, value in source.headers.items()}
    return Source(
        id=source.id,
        url=url,
        path=source.path,
        kind=source.kind,
        every=(source.every.min, source.every.max) if source.every else usual,
        name=source.name or source.id,
        publisher=publisher_of(source),
        language=source.language or language,
        tags=tuple(source.tags),
        headers={**headers, **_authorization(source)},
        full_text=source.full_text,
        select=source.select,
        backfill=None if source.backfill == "all" else source.backfill,
    )


def _authorization(source: SourceSettings) -> Mapping[str, str]:
    """Return the header that a source's `auth` is (RFC 7617, RFC 6750)."""
    if source.auth is None:
        return {}
    if source.auth.bearer:
        return {"authorization": f"Bearer {source.auth.bearer.get_secret_value()}"}
    password = source.auth.password.get_secret_value() if source.auth.password else ""
    both = base64.b64encode(f"{source.auth.user}:{password}".encode()).decode()
    return {"authorization": f"Basic {both}"}


def _keep(loaded: Loaded) -> None:
    """Keep many rules beside the database; without that, the next start takes longer, and that is all."""
    try:
        loaded.keep()
    except OSError as error:
        log.warning("rules.not_kept", reason=error.strerror)


def _signs(path: Path) -> frozenset[tuple[str, int, int]]:
    """Return by what one sees that the files of a configuration have changed."""
    folder = path if path.is_dir() else path.parent
    files = [*(path.glob("*.yaml") if path.is_dir() else [path]), folder / LOCK]
    with suppress(OSError):
        seen = [(file.name, file.stat()) for file in files if file.exists()]
        return frozenset((name, status.st_size, status.st_mtime_ns) for name, status in seen)
    return frozenset()


def _nearest(path: Path) -> Path:
    """Return a path, or what is there of the way to it: who watches that, sees it come."""
    return next(there for there in (path, *path.parents) if there.exists())


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, Done]) -> Done | None:
    """Return what work comes to; None where it was given up for a stop: to count a long past takes minutes."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def _when_any(events: Iterable[asyncio.Event], then: asyncio.Event) -> None:
    """Set an event once any of some others is set."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        then.set()
    finally:
        for task in waiting:
            task.cancel()


async def _measure_lag(measures: Measures, stop: asyncio.Event) -> None:
    """Measure how late the event loop is."""
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        due = loop.time() + _LAG_EVERY
        await asyncio.sleep(_LAG_EVERY)
        measures.loop_lag.observe(max(loop.time() - due, 0))
