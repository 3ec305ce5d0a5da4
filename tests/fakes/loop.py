"""An event loop in which a second passes in a millisecond, for what waits for minutes."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

PACE = 1_000

T = TypeVar("T")


class _Hurried(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> Any:
        """Wait for as much shorter."""
        return super().select(timeout and timeout / PACE)


class _Loop(asyncio.SelectorEventLoop):
    def time(self) -> float:
        """Return a time that runs ahead."""
        return super().time() * PACE


def hurried(work: Coroutine[Any, Any, T]) -> T:
    """Return what work returns, whose timeouts and sleeps are a thousand times as short."""
    with asyncio.Runner(loop_factory=lambda: _Loop(_Hurried())) as runner:
        return runner.run(work)
