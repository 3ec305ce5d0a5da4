"""A database that is locked, full, read-only or gone: said in time, nothing half done, and healed with its cause."""

import asyncio
import resource
import shutil
import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from monitor.errors import StoreUnavailable
from monitor.store.database import open_database
from monitor.store.schema import check, upgrade
from monitor.store.sql import SqlStore, open_store
from monitor.store.sqlite import LARGEST_LOG, LONGEST_LOCKED
from tests.store.news import NOW, STATE, a_document

pytestmark = pytest.mark.anyio


@pytest.fixture
def file(url):
    return Path(url.removeprefix("sqlite:///"))


@contextmanager
def locked(file):
    """Hold the right to write, as another process would."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def limited(size):
    """Let no file of this process grow beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def impatient(database):
    """Let the connection that is open wait for locks no longer than a moment."""
    await database.read(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout = 20"))


async def known(store):
    return {found.item for found in (await store.known("wire", ["guid:ferry", "guid:storm"])).values()}


async def test_a_lock_of_another_process_is_waited_for_and_then_told_of(database, file):
    store = SqlStore(database)
    with locked(file):
        await impatient(database)
        with pytest.raises(StoreUnavailable, match=r"monitor\.db: database is locked"):
            await store.commit(a_document("ferry"))

        assert await known(store) == set()

    await store.commit(a_document("ferry"))

    assert await known(store) == {"ferry"}


async def test_a_lock_that_is_soon_free_is_not_noticed(database, file):
    store = SqlStore(database)
    with locked(file):
        commit = asyncio.ensure_future(store.commit(a_document("ferry")))
        await asyncio.sleep(0.2)

        assert not commit.done()
    await commit

    assert await known(store) == {"ferry"}
    assert LONGEST_LOCKED >= 2


async def test_the_event_loop_and_the_readers_go_on_while_the_writer_waits(database, file):
    store = SqlStore(database)
    beats = 0
    with locked(file):
        commit = asyncio.ensure_future(store.commit(a_document("ferry")))
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            assert await store.next_due() is None
            beats += 1
    await commit

    assert beats > 20


async def test_who_cancels_a_write_that_was_begun_waits_until_it_is_done(database, file):
    store = SqlStore(database)
    with locked(file):
        commit = asyncio.ensure_future(store.commit(a_document("ferry")))
        await asyncio.sleep(0.2)
        commit.cancel()
        await asyncio.sleep(0.2)
        waited = not commit.done()
    with pytest.raises(asyncio.CancelledError):
        await commit

    assert (waited, await known(store)) == (True, {"ferry"})


async def test_a_full_disk_is_told_of_and_heals_when_there_is_space(database, url):
    store = SqlStore(database)
    await store.commit(a_document("ferry"))
    big = a_document(*(f"item{number}" for number in range(500)))
    with limited(256 << 10):
        for _ in range(3):
            with pytest.raises(StoreUnavailable, match="disk"):
                await store.commit(big)

        assert await store.next_delivery("desk") == NOW
        assert (await store.known("wire", ["guid:item1"])) == {}

    await store.commit(big)

    assert (await store.known("wire", ["guid:item499"])).keys() == {"guid:item499"}
    assert check(url) == []


async def test_small_commits_that_fill_the_disk_are_each_whole_or_not_there(database, url):
    store = SqlStore(database)
    kept = set()
    with limited(200 << 10):
        for number in range(40):
            try:
                await store.commit(a_document(f"item{number}"))
            except StoreUnavailable:
                continue
            kept.add(f"item{number}")
    names = [f"item{number}" for number in range(40)]
    found = await store.known("wire", [f"guid:{name}" for name in names])

    assert {one.item for one in found.values()} == kept == {item for item, _ in await store.decided(names)}
    assert 0 < len(kept) < 40
    assert check(url) == []


async def test_a_database_that_was_removed_is_missed_and_welcomed_back(tmp_path, url):
    async with open_store(url) as store:
        await store.commit(a_document("ferry"))
        shutil.move(tmp_path, away := tmp_path.with_name("away"))
        for use in (store.next_due(), store.commit(a_document("storm")), store.take_back()):
            with pytest.raises(StoreUnavailable, match="removed or replaced"):
                await use

        assert not tmp_path.exists()

        shutil.move(away, tmp_path)
        await store.commit(a_document("storm"))

        assert await known(store) == {"ferry", "storm"}


async def test_a_database_that_was_replaced_is_not_written_to(file, url, new_database):
    async with open_store(url) as store:
        file.unlink()
        shutil.copy(new_database, file)
        with pytest.raises(StoreUnavailable, match="removed or replaced"):
            await store.commit(a_document("ferry"))


async def test_what_was_committed_is_there_when_power_fails_and_its_log_stays_small(database, file):
    store = SqlStore(database)
    settings = {}
    for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "journal_size_limit"):
        ask = f"PRAGMA {pragma}"
        settings[pragma] = await database.read(lambda c, ask=ask: c.exec_driver_sql(ask).scalar_one())
    for number in range(20):
        await store.commit(a_document(*(f"{number}-{each}" for each in range(50))))

    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": LONGEST_LOCKED * 1000,
        "journal_size_limit": LARGEST_LOG,
    }
    assert file.with_name("monitor.db-wal").stat().st_size <= LARGEST_LOG


async def test_a_folder_that_cannot_be_made_is_told_of(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable, match=r"Not a directory|File exists"):
        upgrade(f"sqlite:///{tmp_path}/file/monitor.db")


async def test_an_error_of_a_statement_is_a_bug_and_not_the_databases(database):
    with pytest.raises(Exception, match="decisions") as error:
        await database.write(lambda connection: connection.exec_driver_sql("INSERT INTO decisions VALUES (NULL)"))

    assert not isinstance(error.value, StoreUnavailable)


async def test_two_processes_may_use_one_file(url):
    async with open_store(url) as daemon, open_store(url) as people:
        await asyncio.gather(
            *(daemon.commit(a_document(f"a{number}")) for number in range(20)),
            *(people.commit(a_document(f"b{number}")) for number in range(20)),
        )

        assert len(await people.decided([f"{side}{number}" for side in "ab" for number in range(20)])) == 40


async def test_no_message_of_an_error_holds_what_was_to_be_stored(database):
    store = SqlStore(database)
    with limited(64 << 10), pytest.raises(StoreUnavailable) as error:
        await store.commit(a_document(*(f"secret{number}" for number in range(500))))

    assert "secret" not in f"{error.value}{error.value.__cause__}"


async def test_closing_leaves_one_file(url, file):
    async with open_database(url) as database:
        await SqlStore(database).save(STATE)

    assert [path.name for path in file.parent.iterdir()] == ["monitor.db"]
