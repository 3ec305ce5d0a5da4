"""Killed at any statement, or with an error at any statement: all of a document, or nothing of it."""

import asyncio
import errno
import subprocess
import sys
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from monitor.errors import StoreUnavailable
from monitor.model import SourceState
from monitor.over_time import Tally
from monitor.store.archive import find_items, find_versions
from monitor.store.database import open_database
from monitor.store.schema import check
from monitor.store.sql import SqlStore, open_store
from tests.store.killed import BEFORE, DOCUMENT
from tests.store.news import LATER, NOW, STATE, WORKER, ZOMBIE, a_delivery, a_document

pytestmark = pytest.mark.anyio

NOTHING: tuple = ({}, frozenset(), None, b"", (0, "Veerboot dike vaart weer uit"), [0], {})
ALL: tuple = (
    frozenset({("ferry", "boats"), ("storm", "boats")}),
    NOW,
    b"12345678",
    (1, "Dijk hersteld"),
    [0, 1],
    {"": Tally(DOCUMENT.occurrences, NOW, NOW, DOCUMENT.firings[0])},
)
KEYS = [key for seen in DOCUMENT.seen[1:] for key in seen.keys]


async def left_of(store):
    """Return what there is of the document."""
    (dike,) = await find_items(store.database, "dike")
    return (
        await store.known("wire", KEYS),
        await store.decided(["ferry", "storm"]),
        await store.next_delivery("desk"),
        await store.entries("wire"),
        (dike.revision, dike.item and dike.item.headline),
        [version.revision for version in await find_versions(store.database, "dike")],
        await store.tallies("boats", NOW),
    )


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """Return databases in which a commit was killed after each of its statements, and one in which it was not."""
    folder = tmp_path_factory.mktemp("killed")
    killed = int(subprocess.check_output([sys.executable, "-m", "tests.store.killed", "commit", folder]))
    return [f"sqlite:///{folder}/{number}.db" for number in range(1, killed + 2)]


async def test_a_commit_killed_at_any_statement_leaves_nothing_and_can_be_made_again(killed):
    assert len(killed) > 8
    for url in killed[:-1]:
        async with open_store(url) as store:
            left = await left_of(store)
            await store.commit(DOCUMENT)
            after = await left_of(store)

        assert left == NOTHING
        assert after[1:] == ALL
        assert check(url) == []


async def test_a_commit_that_was_done_before_the_end_is_whole(killed):
    async with open_store(killed[-1]) as store:
        known, *left = await left_of(store)

    assert len(known) == 4
    assert tuple(left) == ALL


async def failing_at(database, last):
    """Commit with an error at the n-th statement; return whether there was one."""
    numbers = count(1)
    engine = database._engine  # noqa: SLF001 - the fault is injected below the store

    def fail(*_):
        if next(numbers) == last:
            raise OperationalError(None, {}, OSError(errno.EIO, "disk I/O error"))

    event.listen(engine, "before_cursor_execute", fail)
    try:
        await SqlStore(database).commit(DOCUMENT)
    except StoreUnavailable:
        return True
    finally:
        event.remove(engine, "before_cursor_execute", fail)
    return False


async def test_an_error_at_any_statement_leaves_nothing_and_the_next_commit_is_whole(database):
    store = SqlStore(database)
    await store.register({"wire": NOW})
    await store.commit(BEFORE)
    number = 1
    while await failing_at(database, number):
        assert await left_of(store) == NOTHING
        assert await store.state("wire") == SourceState(id="wire", due=NOW)
        number += 1

    assert number > 8
    assert await store.state("wire") == STATE
    assert len((await left_of(store))[0]) == 4


async def test_who_is_cancelled_leaves_whole_documents_and_what_is_begun_is_finished(url):
    names = [f"item{number}" for number in range(20)]
    async with open_store(url) as store:
        commits = [asyncio.ensure_future(store.commit(a_document(name))) for name in names]
        await commits[3]
        for commit in commits:
            commit.cancel()
        await asyncio.gather(*commits, return_exceptions=True)
    async with open_store(url) as store:
        known = {found.item for found in (await store.known("wire", [f"guid:{name}" for name in names])).values()}
        decided = {item for item, _ in await store.decided(names)}

    assert known == decided
    assert "item3" in known
    assert check(url) == []


async def test_a_lease_that_was_left_by_a_killed_process_is_taken_back(url):
    async with open_store(url) as killed:
        await killed.queue([a_delivery()])
        await killed.lease("desk", ZOMBIE, NOW, LATER, retry=False)
    async with open_database(url) as database:
        store = SqlStore(database)

        assert await store.take_back() == 1
        assert await store.lease("desk", WORKER, NOW, LATER, retry=False) == replace(
            a_delivery(), attempts=1, tried=NOW, token=WORKER
        )
