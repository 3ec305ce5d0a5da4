"""Manners: counted, and with clocks that only have to be roughly right."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from monitor.fetch.turns import Turns

pytestmark = pytest.mark.anyio

PAUSE = timedelta(milliseconds=50)


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Visitors:
    """Take turns, and note when they began and how many were there at once."""

    def __init__(self, turns):
        self.turns = turns
        self.began = []
        self.there = self.most = 0

    async def visit(self, host="a", seconds=0.01):
        """Take a turn at a host, and keep it for so long."""
        async with self.turns.at(host):
            self.began.append((host, asyncio.get_running_loop().time()))
            self.there += 1
            self.most = max(self.most, self.there)
            await asyncio.sleep(seconds)
            self.there -= 1

    async def all(self, *hosts):
        """Visit all of them at once."""
        await asyncio.gather(*map(self.visit, hosts))
        return self


@pytest.mark.parametrize("connections", [1, 2, 5])
async def test_so_many_are_at_a_host_at_a_time(connections):
    visitors = await Visitors(Turns(connections, timedelta(0))).all(*"a" * 12)

    assert (visitors.most, len(visitors.began)) == (connections, 12)


async def test_hosts_do_not_wait_for_each_other():
    visitors = await Visitors(Turns(1, timedelta(0))).all("a", "b", "c", "d")

    assert visitors.most == 4


async def test_between_two_beginnings_at_a_host_is_a_pause():
    visitors = await Visitors(Turns(2, PAUSE)).all(*"aaaa")
    moments = [moment for _, moment in visitors.began]

    assert all(b - a >= PAUSE.total_seconds() * 0.9 for a, b in pairwise(moments))


async def test_a_pause_holds_for_who_comes_when_the_host_is_idle():
    visitors = Visitors(Turns(2, PAUSE))
    await visitors.visit(seconds=0)
    await visitors.visit(seconds=0)
    (_, first), (_, second) = visitors.began

    assert second - first >= PAUSE.total_seconds() * 0.9


async def test_who_gives_up_gives_its_turn_back():
    visitors = Visitors(Turns(1, timedelta(0)))
    holding = asyncio.create_task(visitors.visit(seconds=60))
    waiting = asyncio.create_task(visitors.visit())
    await asyncio.sleep(0)
    for task in (waiting, holding):
        task.cancel()
    await asyncio.gather(holding, waiting, return_exceptions=True)
    async with asyncio.timeout(5):
        await visitors.visit()

    assert len(visitors.began) == 2


async def test_a_host_is_forgotten_when_nobody_is_there():
    turns = Turns(2, timedelta(0))
    await Visitors(turns).all(*map(str, range(100)))

    assert turns.known == 0


async def test_a_host_is_forgotten_when_its_pause_is_over():
    turns = Turns(2, PAUSE)
    await Visitors(turns).all("a", "a", "b")

    assert turns.known > 0

    await asyncio.sleep(4 * PAUSE.total_seconds())

    assert turns.known == 0
