"""Do something to a database and die at the n-th statement, for n = 1, 2, … until it is done before that.

`python -m tests.store.killed upgrade|commit FOLDER` works on `FOLDER/n.db` in turn, each in a process of its own that
is killed with SIGKILL after the n-th statement was executed and before the next; it prints how many were killed.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, event

from monitor.model import Polled, SourceState
from monitor.over_time import Firing, Occurrence
from monitor.store.schema import upgrade
from monitor.store.sql import open_store
from tests.store.news import NOW, a_document, a_seen


def die_after(last):
    numbers = count(1)

    @event.listens_for(Engine, "after_cursor_execute")
    def die(*_):
        if next(numbers) == last:
            os.kill(os.getpid(), signal.SIGKILL)


def commit(url, last):
    async def at_once():
        async with open_store(url) as store:
            await store.commit(BEFORE)
            die_after(last)
            await store.commit(DOCUMENT)

    asyncio.run(at_once())


def upgrading(url, last):
    die_after(last)
    upgrade(url)


ACTIONS = {"commit": commit, "upgrade": upgrading}
BEFORE = Polled(SourceState(id="wire", due=NOW), (a_seen("dike"),))
DOCUMENT = replace(
    a_document("ferry", "storm"),
    seen=(a_seen("dike", 1, headline="Dijk hersteld"), a_seen("ferry"), a_seen("storm")),
    entries=b"12345678",
    there=("guid:dike", "guid:ferry"),
    occurrences=(Occurrence("boats", "", "ferry", NOW),),
    firings=(Firing("boats", "", NOW, NOW),),
)


def main(what, folder):
    for number in count(1):
        child = os.fork()
        if child == 0:
            url = f"sqlite:///{Path(folder).absolute()}/{number}.db"
            if what == "commit":
                upgrade(url)
            ACTIONS[what](url, number)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            sys.stdout.write(f"{number - 1}\n")
            return os.WEXITSTATUS(status)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
