"""`monitor run`: the daemon."""

import asyncio
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.cli.output import CONFIG, ConfigPath, fail, put
from monitor.errors import AlreadyRunning, ConfigError
from monitor.log import configure


def run(
    config: ConfigPath = CONFIG,
    once: Annotated[bool, typer.Option("--once", help="Poll every source once, deliver what is due, exit.")] = False,
) -> None:
    """Watch the sources, and alert, until told to stop."""
    configure("console" if sys.stderr.isatty() else "json")
    try:
        fine = asyncio.run(app.serve_once(config, write=partial(put, end=""))) if once else asyncio.run(_serve(config))
    except (ConfigError, AlreadyRunning) as error:
        fail(2, str(error))
    except OSError as error:
        fail(1, str(error))
    if not fine:
        raise typer.Exit(1)


async def _serve(config: Path) -> bool:
    """Serve until SIGTERM or SIGINT; a second one ends it at once."""
    stop, reload = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def end(number: signal.Signals) -> None:
        loop.remove_signal_handler(number)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end, number)
    loop.add_signal_handler(signal.SIGHUP, reload.set)
    await app.serve(config, stop, reload, write=partial(put, end=""))
    return True
