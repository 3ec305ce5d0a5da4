"""Asking the configuration's database, beside the daemon or without it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TypeVar

from monitor.settings import Config
from monitor.store.database import Database, open_database

_Answer = TypeVar("_Answer")


def database_url(config: Config) -> str:
    """Return the URL of the configuration's database."""
    return config.service.database.get_secret_value()


def with_database(config: Config, ask: Callable[[Database], Coroutine[None, None, _Answer]]) -> _Answer:
    """Return what the configuration's database answers to `ask`."""

    async def answered() -> _Answer:
        async with open_database(database_url(config)) as database:
            return await ask(database)

    return asyncio.run(answered())
