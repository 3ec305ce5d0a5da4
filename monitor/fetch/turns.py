"""Manners: so many connections to a host at a time, and a pause between two requests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(slots=True)
class _Host:
    seats: asyncio.Semaphore
    free_at: float = 0.0
    waiting: int = 0


@dataclass(slots=True)
class Turns:
    """Gives out turns at hosts; remembers a host only while somebody wants a turn there, or its pause runs."""

    connections: int
    pause: timedelta
    _hosts: dict[str, _Host] = field(default_factory=dict)

    @property
    def known(self) -> int:
        """Return how many hosts are remembered."""
        return len(self._hosts)

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at a host (a name or address with its port), and hold it."""
        turn = self._hosts.setdefault(host, _Host(asyncio.Semaphore(self.connections)))
        turn.waiting += 1
        try:
            async with turn.seats:
                await self._rest(turn)
                yield
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                self._forget(host, turn)

    async def _rest(self, turn: _Host) -> None:
        """Sleep until the host may be asked again, and book the pause after this request."""
        if not self.pause:
            return
        now = asyncio.get_running_loop().time()
        mine = max(turn.free_at, now)
        turn.free_at = mine + self.pause.total_seconds()
        await asyncio.sleep(mine - now)

    def _forget(self, host: str, turn: _Host) -> None:
        """Forget a host: now, or when its pause has run out and nobody came."""
        loop = asyncio.get_running_loop()
        if turn.free_at > loop.time():
            loop.call_at(turn.free_at, self._forget, host, turn)
        elif not turn.waiting and self._hosts.get(host) is turn:
            del self._hosts[host]
