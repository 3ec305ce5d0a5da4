"""Polls and deliveries in this process: APScheduler ticks, the database knows what is due.

A tick that is lost, late or doubled harms nothing: the next one finds what is due. Sources are polled beside each
other, each in its own task; each channel has two lanes, one for first attempts in their order and one for retries, so
that no receiver waits for another and no alert for another's retry.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.errors import StoreUnavailable
from monitor.model import Delivery, Source
from monitor.pipeline import Outside, Report, deliver, poll
from monitor.ports import Outcome, Sent
from monitor.schedule.measures import Measures

TICK = timedelta(seconds=0.5)
"""How often is looked for what is due."""

SEATS = 20
"""Polls at a time."""

LONGEST_POLL = timedelta(minutes=2)
"""What a poll may take on the clock, whatever it does."""

PATIENCE = timedelta(seconds=10)
"""How long what runs may take to end by itself, once there is a stop."""

_LANE_REST = 1.0
_STORE_REST = 5.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do, by a configuration: it is replaced as a whole."""

    outside: Outside
    sources: dict[str, Source]
    channels: tuple[str, ...]


@dataclass(slots=True)
class LocalSchedule:
    """Runs a plan until it is told to stop."""

    plan: Plan
    measures: Measures
    polling: dict[str, asyncio.Task[bool]] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    lanes: dict[tuple[str, bool], asyncio.Task[None]] = field(default_factory=dict)
    wakes: dict[tuple[str, bool], asyncio.Event] = field(default_factory=dict)
    stopping: bool = False

    async def run(self, stop: asyncio.Event) -> None:
        """Poll and deliver until `stop`; then let what runs end, within the patience of who called."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        # 3.11's own grace of 1 s drops late runs silently.
        scheduler.add_job(
            self.tick, "interval", seconds=TICK.total_seconds(), misfire_grace_time=None, coalesce=True, max_instances=1
        )
        scheduler.start()
        try:
            self.follow(self.plan)
            await stop.wait()
        finally:
            self.stopping = True
            scheduler.shutdown(wait=False)
            self.wake()
            await self._end()

    def follow(self, plan: Plan) -> None:
        """Go on by another plan: new channels get their lanes, those that are gone lose them between two messages."""
        self.plan = plan
        for channel in plan.channels:
            for retry in (False, True):
                if (channel, retry) not in self.lanes:
                    self.wakes[channel, retry] = asyncio.Event()
                    self.lanes[channel, retry] = asyncio.create_task(self._lane(channel, retry=retry))
        self.wake()

    def wake(self) -> None:
        """Let every lane look at once whether there is something to deliver."""
        for event in self.wakes.values():
            event.set()

    def poke(self, sources: Collection[str]) -> None:
        """Poll sources now, whenever they are due; one that is being polled, once more after that."""
        for name in sources:
            if name in self.polling:
                self.again.add(name)
            elif (source := self.plan.sources.get(name)) and not self.stopping:
                self._start(source, timedelta(0))

    async def once(self) -> bool:
        """Poll every source once, deliver all that is due; return whether all went well."""
        seats = asyncio.Semaphore(SEATS)

        async def poll_one(source: Source) -> bool:
            async with seats:
                return await self._poll(source, timedelta(0))

        polled = await asyncio.gather(*map(poll_one, self.plan.sources.values()))
        sent = await asyncio.gather(*map(self._empty, self.plan.channels))
        return all((*polled, *sent))

    async def _empty(self, channel: str) -> bool:
        """Deliver all that is due through a channel; return whether all went well."""
        fine = True
        for retry in (False, True):
            while done := await deliver(channel, self.plan.outside, retry=retry):
                self._delivered(*done)
                fine = fine and isinstance(done[1], Sent)
        return fine

    async def tick(self) -> None:
        """Start the polls that are due, as many as there are seats."""
        seats = SEATS - len(self.polling)
        if self.stopping or seats <= 0:
            return
        outside = self.plan.outside
        try:
            due = await outside.store.due(outside.clock(), SEATS)
        except StoreUnavailable as error:
            self.measures.store_failed(str(error))
            return
        self.measures.ticked(outside.clock())
        for state in [state for state in due if state.id not in self.polling][:seats]:
            source = self.plan.sources.get(state.id)
            if source is not None:
                late = outside.clock() - state.due
                self._start(source, late)

    def _start(self, source: Source, late: timedelta) -> None:
        task = asyncio.create_task(self._poll(source, late))
        self.polling[source.id] = task
        task.add_done_callback(lambda _: self._ended(source.id))

    def _ended(self, source: str) -> None:
        del self.polling[source]
        if source in self.again:
            self.again.remove(source)
            self.poke({source})

    async def _poll(self, source: Source, late: timedelta) -> bool:
        """Poll a source, tell how it went, and return whether it went well."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        with structlog.contextvars.bound_contextvars(source=source.id):
            try:
                async with asyncio.timeout(LONGEST_POLL.total_seconds()):
                    report = await poll(source, self.plan.outside)
                self._polled(report, loop.time() - began, late)
            except StoreUnavailable as error:
                self.measures.store_failed(str(error))
                log.warning("store.unavailable", reason=str(error))
                await asyncio.sleep(_STORE_REST)
            except Exception:
                log.exception("source.crashed")
                await asyncio.sleep(_STORE_REST)
            else:
                return not report.error
        return False

    def _polled(self, report: Report, took: float, late: timedelta) -> None:
        self.measures.polled(report, took, late)
        if report.error:
            log.warning("source.failed", reason=report.error)
        elif report.status == "polled":
            counts = {"items": report.items, "new": report.new, "changed": report.changed, "alerts": report.alerts}
            log.info("source.polled", **counts, ms=round(took * 1000))
        if report.flaw:
            log.warning("document.flawed", reason=report.flaw)
        if report.alerts or report.error:
            self.wake()

    async def _lane(self, channel: str, *, retry: bool) -> None:
        """Deliver what is due through a channel, one message after the other, until the channel is gone."""
        with structlog.contextvars.bound_contextvars(channel=channel):
            while not self.stopping and channel in self.plan.channels:
                rest = _LANE_REST
                try:
                    if sent := await deliver(channel, self.plan.outside, retry=retry):
                        self._delivered(*sent)
                        continue
                except StoreUnavailable as error:
                    self.measures.store_failed(str(error))
                    rest = _STORE_REST
                except Exception:
                    log.exception("channel.crashed")
                    rest = _STORE_REST
                await _rest(self.wakes[channel, retry], rest)
        self.lanes.pop((channel, retry), None)

    def _delivered(self, delivery: Delivery, outcome: Outcome) -> None:
        self.measures.delivered(delivery, outcome, self.plan.outside.clock())
        told = {"delivery": delivery.id, "rule": delivery.rule, "type": delivery.type, "attempt": delivery.attempts}
        if isinstance(outcome, Sent):
            log.info("delivery.sent", **told)
        else:
            log.warning("delivery.failed", **told, outcome=type(outcome).__name__.lower(), reason=outcome.reason)

    async def _end(self) -> None:
        """Wait for what runs, then stop it: what it had not kept is done again at the next start."""
        running = {*self.polling.values(), *self.lanes.values()}
        if running:
            _, late = await asyncio.wait(running, timeout=PATIENCE.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def _rest(wake: asyncio.Event, seconds: float) -> None:
    """Sleep so long, or until woken."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wake.wait()
    wake.clear()
