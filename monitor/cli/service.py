"""`monitor run`: the daemon."""

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.configured import CONFIG, ConfigPath
from monitor.cli.output import fail, put
from monitor.errors import ConfigError, StoreRefused, StoreUnavailable
from monitor.log import configure


def run(
    config: ConfigPath = CONFIG,
    once: Annotated[bool, typer.Option("--once", help="Poll every source once, deliver what is due, exit.")] = False,
) -> None:
    """Watch the sources, and alert, until told to stop."""
    from monitor import daemon  # noqa: PLC0415 - its libraries take a second to import; other commands do without

    configure("console" if sys.stderr.isatty() else "json")
    try:
        fine = asyncio.run(daemon.serve_once(config, write=_write) if once else _serve(daemon.serve, config))
    except (ConfigError, StoreRefused) as error:
        fail(2, str(error))
    except (StoreUnavailable, OSError) as error:
        fail(1, str(error))
    if not fine:
        raise typer.Exit(1)


_write = partial(put, end="")


async def _serve(serve: Callable[..., Coroutine[None, None, None]], config: Path) -> bool:
    """Serve until SIGTERM or SIGINT; a second one ends it at once."""
    stop, reload = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def end(number: signal.Signals) -> None:
        loop.remove_signal_handler(number)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end, number)
    loop.add_signal_handler(signal.SIGHUP, reload.set)
    await serve(config, stop, reload, write=_write)
    return True
