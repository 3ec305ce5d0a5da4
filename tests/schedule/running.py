"""A schedule over a newsroom, started and watched by a test."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

from monitor.schedule.local import LocalSchedule, Plan
from monitor.schedule.measures import Measures


def schedule_of(room, *, sources=None, channels=("desk", "phone"), patience=timedelta(seconds=2)):
    """Return a schedule of a newsroom's source, or of other sources."""
    sources = sources or {room.source.id: room.source}
    return LocalSchedule(Plan(room.outside, sources, channels), Measures(), patience)


@asynccontextmanager
async def running(schedule):
    """Let a schedule run until the end of the block."""
    stop = asyncio.Event()
    task = asyncio.create_task(schedule.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def until(holds, seconds=10.0):
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - no event tells of all that a schedule does
            await asyncio.sleep(0.01)
