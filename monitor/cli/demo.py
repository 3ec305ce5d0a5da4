"""`monitor demo`: the whole daemon on a newswire that does not exist."""

import asyncio
import os
import signal
from collections.abc import Sequence
from random import Random
from typing import Annotated

import typer
from rich.console import Console

from monitor.cli.output import fail


def demo(
    seconds: Annotated[float | None, typer.Option(min=0, help="End by itself after so long; default: at ^C.")] = None,
    seed: Annotated[int | None, typer.Option(help="Write the same news as last time; default: other news.")] = None,
) -> None:
    """Show the whole daemon at work on a simulated newswire: no network, no configuration."""
    for name in [name for name in os.environ if name.startswith("MONITOR_")]:
        del os.environ[name]  # They would win over the demonstration's own settings, and open a real database.
    faults = asyncio.run(_until_told(seconds, Random(seed)))  # noqa: S311 - it writes news, it guards nothing
    if faults:
        fail(1, "\n".join(faults))


async def _until_told(seconds: float | None, chance: Random) -> Sequence[str]:
    from monitor.demo.show import show  # noqa: PLC0415 - it is the whole daemon; other commands do without

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return await show(Console(), seconds=seconds, chance=chance, stop=stop)
