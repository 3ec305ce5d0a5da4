"""Polls and deliveries in this process: APScheduler ticks, the database knows what is due.

A tick that is lost, late or doubled harms nothing: the next one finds what is due. Sources are polled beside each
other, each in its own task; each channel has two lanes, one for first attempts in their order and one for retries, so
that no receiver waits for another and no alert for another's retry.
"""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.errors import StoreUnavailable
from monitor.model import Source
from monitor.pipeline.deliver import LEASE, Attempt, deliver
from monitor.pipeline.outside import Outside
from monitor.pipeline.poll import give_up, poll
from monitor.pipeline.report import Report
from monitor.ports import Sent
from monitor.schedule.measures import Measures
from monitor.schedule.silences import Silences

TICK = timedelta(seconds=0.5)
"""How often is looked for what is due."""

SEATS = 20
"""Polls at a time."""

LONGEST_POLL = timedelta(minutes=2)
"""What a poll over the web may take on the clock, whatever it does; in a folder, each file has limits of its own."""

PATIENCE = timedelta(seconds=10)
"""How long what runs may take to end by itself, once there is a stop."""

LATEST_TICK = timedelta(seconds=30)
LATEST_POLL = timedelta(minutes=5)
"""So long after a tick or a poll was due, the schedule counts as stuck."""

CLOCK_STEP = timedelta(seconds=30)
"""By as much the clock must have gone back to be noticed."""

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_LANE_REST = 1.0
_STORE_REST = 5.0
_QUIET = 5.0
"""Seconds after the last first poll, until what all of them brought is told in one line."""

Lane = tuple[str, bool]
"""A channel, and whether it is its lane for retries."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do, by a configuration: it is replaced as a whole."""

    outside: Outside
    sources: dict[str, Source]
    channels: tuple[str, ...]


@dataclass(slots=True)
class Beginnings:
    """What the first polls of sources brought since this was last told, and when the last of them was."""

    sources: int = 0
    items: int = 0
    held: int = 0
    last: float = 0.0

    def add(self, report: Report, now: float) -> None:
        """Add a first poll; what matched and did not fire was held back."""
        self.sources += 1
        self.items += report.items
        self.held += report.matches - report.alerts
        self.last = now


@dataclass(slots=True)
class LocalSchedule:
    """Runs a plan until it is told to stop."""

    plan: Plan
    measures: Measures
    patience: timedelta = PATIENCE
    polling: dict[str, asyncio.Task[bool]] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    lanes: dict[Lane, asyncio.Task[None]] = field(default_factory=dict)
    wakes: dict[Lane, asyncio.Event] = field(default_factory=dict)
    looks: dict[Lane, float] = field(default_factory=dict)
    beginnings: Beginnings = field(default_factory=Beginnings)
    probed: float = 0.0
    latest: datetime = _END_OF_TIME
    stopping: bool = False
    silences: Silences = field(init=False)

    def __post_init__(self) -> None:
        """Measure silences with the rest."""
        self.silences = Silences(self.measures)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll and deliver until `stop`; then let what runs end, within our patience."""
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
            for lane in ((channel, False), (channel, True)):
                if lane not in self.lanes:
                    self.wakes[lane] = asyncio.Event()
                    self.lanes[lane] = asyncio.create_task(self._lane(lane))
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

        fine = all(await asyncio.gather(*map(poll_one, self.plan.sources.values())))
        self._tell_beginnings(0)
        fine = (await self.silences.watch_all(self.plan.outside))[1] and fine
        # For all that is delivered it is the same moment, so that what fails is not due again before we are done.
        moment = self.plan.outside.clock()
        outside = replace(self.plan.outside, clock=lambda: moment)
        while any(sent := await asyncio.gather(*(self._empty(channel, outside) for channel in self.plan.channels))):
            fine = fine and all(isinstance(attempt.outcome, Sent) for attempts in sent for attempt in attempts)
        return fine and not self.measures.store_fault

    async def ready(self) -> Mapping[str, str | None]:
        """Return what stands in the way of the work, of each thing that it needs."""
        now, clock = self.plan.outside.clock(), asyncio.get_running_loop().time()
        try:
            due = await self.plan.outside.store.next_due()
        except StoreUnavailable as error:
            self.measures.store_failed(str(error))
            due = None
        tick = self.measures.last_tick
        late = tick is None or now - tick > LATEST_TICK
        stuck = {channel for (channel, _), look in self.looks.items() if clock - look > 2 * LEASE.total_seconds()}
        return {
            "database": self.measures.store_fault,
            "schedule": "has not looked for what is due for half a minute" if late else None,
            "sources": "are polled minutes after they were due" if due and now - due > LATEST_POLL else None,
            "channels": f"do not get on: {', '.join(sorted(stuck))}" if stuck else None,
        }

    async def tick(self) -> None:
        """Start the polls that are due, as many as there are seats; while the database fails, none."""
        outside = self.plan.outside
        now = outside.clock()
        self.measures.ticked(now)
        self._tell_beginnings(_QUIET)
        try:
            if now < self.latest - CLOCK_STEP:
                await self._follow_clock(now)
            self.latest = now
            due = await outside.store.due(now, SEATS)
            if self.measures.store_fault and not await self._store_works():
                return
        except StoreUnavailable as error:
            self.measures.store_failed(str(error))
            return
        for state in due:
            source = self.plan.sources.get(state.id)
            if source and state.id not in self.polling and len(self.polling) < SEATS and not self.stopping:
                self._start(source, outside.clock() - state.due)
        looking = None if self.stopping else self.silences.look(outside, idle=not due and not self.polling)
        if looking:
            looking.add_done_callback(lambda _: self.wake())

    async def _follow_clock(self, now: datetime) -> None:
        """Let sources that were polled at a time that is yet to come be due within their pace: the clock went back.

        It did since the last tick, or before we started; without this, they would be left alone until it is that late.
        Deliveries that wait do so by as much less.
        """
        outside = self.plan.outside
        states = await outside.store.due(_END_OF_TIME, len(self.plan.sources))
        for state in states:
            source = self.plan.sources.get(state.id)
            if source and state.id not in self.polling and state.polled and state.polled > now + CLOCK_STEP:
                await outside.store.save(replace(state, due=now + source.every[0] * outside.chance.random()))
        noted = [state.polled for state in states if state.polled] if self.latest == _END_OF_TIME else [self.latest]
        if (back := max(noted, default=now) - now) > CLOCK_STEP and await outside.store.turn_back(now, back):
            self.wake()

    async def _store_works(self) -> bool:
        """Find out, now and then, whether the database can be written to: by saving a state as it is."""
        now = asyncio.get_running_loop().time()
        if now - self.probed < _STORE_REST:
            return False
        self.probed = now
        store = self.plan.outside.store
        for name in self.plan.sources.keys() - self.polling.keys():
            await store.save(await store.state(name))
            break
        self.measures.store_works()
        missed, self.missed = self.missed, set()
        self.poke(missed)
        return True

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
                report = await self._report(source)
            except StoreUnavailable as error:
                self._store_failed(error)
                self.missed.add(source.id)
                return False
            except Exception:
                log.exception("source.crashed")
                return False
            self.measures.store_works()
            self._polled(report, loop.time() - began, late)
            return not report.error

    async def _report(self, source: Source) -> Report:
        """Poll; a bug is told, and noted as any failure, so that the source is not asked again and again."""
        outside = self.plan.outside
        try:
            async with asyncio.timeout(LONGEST_POLL.total_seconds() if source.url else None):
                return await poll(source, outside)
        except StoreUnavailable:
            raise
        except TimeoutError:
            return await give_up(source, f"not done within {LONGEST_POLL.total_seconds():g} s", outside)
        except Exception as error:
            log.exception("source.crashed")
            return await give_up(source, f"its poll crashed: {type(error).__name__}", outside)

    def _polled(self, report: Report, took: float, late: timedelta) -> None:
        self.measures.polled(report, took, late)
        if report.error:
            log.warning("source.failed", reason=report.error)
        elif report.status == "polled":
            counts = {"items": report.items, "new": report.new, "changed": report.changed, "alerts": report.alerts}
            log.info("source.polled", **counts, held=report.held, ms=round(took * 1000))
        if report.first:
            self.beginnings.add(report, asyncio.get_running_loop().time())
        if report.missed:
            log.warning("source.missed", reason="nothing in it was known: there may have been more since the last poll")
        if report.flaw:
            log.warning("document.flawed", reason=report.flaw)
        if report.notice:
            log.warning("service.notice", text=report.notice)
        if report.alerts or report.notice:
            self.wake()

    def _tell_beginnings(self, quiet: float) -> None:
        """Tell in one line what the first polls brought, once none was for so many seconds."""
        begun = self.beginnings
        if begun.sources and asyncio.get_running_loop().time() - begun.last >= quiet:
            log.info("sources.begun", sources=begun.sources, items=begun.items, held=begun.held)
            self.beginnings = Beginnings()

    async def _is_due(self, channel: str) -> bool:
        """Tell whether something waits for a channel that nobody has, without taking it: that would be a write."""
        outside = self.plan.outside
        due = await outside.store.next_delivery(channel)
        return due is not None and due <= outside.clock()

    async def _lane(self, lane: Lane) -> None:
        """Deliver what is due through a channel, one message after the other, until the channel is gone.

        Now and then it looks for leases that ran out, of which `next_delivery` does not tell.
        """
        channel, retry = lane
        clock = asyncio.get_running_loop().time
        tried = clock()
        with structlog.contextvars.bound_contextvars(channel=channel):
            while not self.stopping and channel in self.plan.channels:
                self.looks[lane] = clock()
                rest = _LANE_REST
                try:
                    if await self._is_due(channel) or clock() - tried > LEASE.total_seconds():
                        tried = clock()
                        if attempt := await deliver(channel, self.plan.outside, retry=retry):
                            self._delivered(attempt)
                            continue
                except StoreUnavailable as error:
                    self._store_failed(error)
                    rest = _STORE_REST
                except Exception:
                    log.exception("channel.crashed")
                    rest = _STORE_REST
                await _rest(self.wakes[lane], rest)
        for kept in (self.lanes, self.wakes, self.looks):
            kept.pop(lane, None)

    async def _empty(self, channel: str, outside: Outside) -> list[Attempt]:
        """Deliver all that is due through a channel; return how it went."""
        attempts = []
        for retry in (False, True):
            try:
                while attempt := await asyncio.wait_for(deliver(channel, outside, retry=retry), LEASE.total_seconds()):
                    self._delivered(attempt)
                    attempts.append(attempt)
            except (StoreUnavailable, TimeoutError) as error:
                self._store_failed(error)
        return attempts

    def _delivered(self, attempt: Attempt) -> None:
        delivery, outcome = attempt.delivery, attempt.outcome
        self.measures.delivered(attempt, self.plan.outside.clock())
        told = {"delivery": delivery.id, "rule": delivery.rule, "type": delivery.type, "attempt": delivery.attempts}
        if isinstance(outcome, Sent):
            log.info("delivery.sent", **told)
        else:
            log.warning("delivery.failed", **told, outcome=type(outcome).__name__.lower(), reason=outcome.reason)
        if attempt.notice:
            log.warning("service.notice", text=attempt.notice)
            self.wake()

    def _store_failed(self, error: Exception) -> None:
        told = str(error) or "does not take in what was sent"
        self.measures.store_failed(told)
        log.warning("store.unavailable", reason=told)

    async def _end(self) -> None:
        """Wait for what runs, then stop it: what it had not kept is done again at the next start."""
        running = {*self.polling.values(), *self.lanes.values(), *([self.silences.task] if self.silences.task else [])}
        if running:
            _, late = await asyncio.wait(running, timeout=self.patience.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def _rest(wake: asyncio.Event, seconds: float) -> None:
    """Sleep so long, or until woken."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wake.wait()
    wake.clear()
