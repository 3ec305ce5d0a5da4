"""Documents that bring parsers down, and what that costs: themselves, and nobody else."""

import asyncio
import gc
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from monitor.errors import DocumentError, Malformed, NotRecognized, ParserKilled
from monitor.model import Document
from monitor.workers import JOBS, Workers

pytestmark = pytest.mark.anyio

READERS = "tests.fakes.readers:by_name"


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def workers():
    async with Workers(count=2, seconds=0.5, patience=5, reader=READERS) as workers:
        yield workers


async def told(workers, name, body=b""):
    """Return the headline of the only item that comes back."""
    (item,) = (await workers.read(Document(name, body))).items
    return item.headline


def children():
    """Return the pids of our own child processes, the dead that nobody has buried included."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(os.getpid()):
                found.add(int(stat.parent.name))
    return found


def members(group):
    """Return the pids of a process group."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.getpgid(int(process.name)) == group:
                found.add(int(process.name))
    return found


def descriptors():
    gc.collect()
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def lives(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


async def eventually(holds):
    for _ in range(1_000):
        if holds():
            return
        await asyncio.sleep(0.02)
    assert holds()


async def test_items_come_back_in_order(workers):
    reading = await workers.read(Document("many", b"300"))

    assert [item.id for item in reading.items] == [str(number) for number in range(300)]
    assert reading.flaw is None


async def test_a_flaw_comes_back(workers):
    assert (await workers.read(Document("flawed", b""))).flaw == "ends in the middle of an entry"


async def test_what_was_seen_reaches_the_reader_and_what_is_to_be_seen_comes_back():
    feed = b"<rss version='2.0'><channel><title>Kust</title>%s</channel></rss>"
    old, new = (b"<item><title>Kop %d</title></item>" % number for number in (1, 2))
    async with Workers(count=1) as workers:
        before = await workers.read(Document("feed", feed % old))
        after = await workers.read(Document("feed", feed % (new + old), seen=before.entries))

    assert [item.headline for item in after.items] == ["Kop 2"]
    assert (len(before.entries), after.entries[8:], after.skipped) == (8, before.entries, 1)


async def test_every_field_of_a_document_reaches_the_reader(workers):
    document = Document(
        name="header caf\udce9.xml",
        body=b"\0\xff",
        url="https://example.org/é",
        fetched=datetime(2026, 2, 5, 11, 0, 0, 5, tzinfo=timezone(timedelta(hours=1))),
        kind="feed",
        source="wire",
        language="nl",
        select={"entry": "li é"},
        polled=True,
        seen=bytes(range(8)),
    )

    (item,) = (await workers.read(document)).items

    assert json.loads(item.headline) == {
        "name": "header caf\udce9.xml",
        "body": str(document.body),
        "url": "https://example.org/é",
        "fetched": str(document.fetched),
        "kind": "feed",
        "source": "wire",
        "language": "nl",
        "select": str({"entry": "li é"}),
        "polled": "True",
        "seen": str(bytes(range(8))),
    }


async def test_64_mb_go_through():
    body = bytes(64 << 20) + b"end"
    async with Workers(count=1, reader=READERS) as workers:
        assert await told(workers, "length", body) == f"{len(body)} bytes, the last b'end'"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("spin", "took more than 0.5 s of CPU"),
        ("allocate", "needed more than 512 MB"),
        ("allocate_slowly", "needed more than 512 MB"),
        ("killed", "died of signal 9"),
        ("segfault", "died of signal 11"),
        ("leave", "ended with status 3"),
        ("huge", "gave an item of more than 1 MB"),
    ],
)
async def test_what_brings_a_parser_down_costs_that_document_only(workers, name, reason):
    with pytest.raises(ParserKilled) as caught:
        await workers.read(Document(f"{name} https://example.org/feed", b""))

    assert str(caught.value) == f"{name} https://example.org/feed: its parser {reason}"
    assert await told(workers, "echo", b"the next one") == "the next one"


async def test_more_items_than_anybody_wants_are_refused():
    async with Workers(count=1, reader=READERS) as workers:
        with pytest.raises(ParserKilled, match="flood: its parser gave items of more than 32 MB"):
            await workers.read(Document("flood", b""))


async def test_waiting_is_not_free_either():
    async with Workers(count=1, patience=0.3, reader=READERS) as workers:
        with pytest.raises(ParserKilled, match=r"sleep: its parser took more than 0\.3 s$"):
            await workers.read(Document("sleep", b""))


async def test_the_time_budget_is_anew_for_each_document():
    async with Workers(count=1, seconds=0.5, reader="tests.fakes.readers:spend") as workers:
        for _ in range(4):
            assert await told(workers, "0.3 s of CPU", b"0.3") == "0.3"


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("not_recognized", NotRecognized, "a PNG image"),
        ("malformed", Malformed, "an entity that is not declared"),
    ],
)
async def test_errors_of_readers_arrive_as_themselves(workers, name, error, message):
    with pytest.raises(error) as caught:
        await workers.read(Document(name, b""))

    assert (type(caught.value), str(caught.value)) == (error, message)


async def test_a_bug_in_a_reader_is_told_with_its_place(workers):
    with pytest.raises(DocumentError) as caught:
        await workers.read(Document("fail", b""))

    assert type(caught.value) is DocumentError
    assert str(caught.value).startswith("fail: its parser failed with KeyError: 'b\\x1b[2J' (readers.py:")


async def test_endless_recursion_is_an_error_like_others(workers):
    with pytest.raises(DocumentError, match="exhaust_the_stack: its parser failed with RecursionError"):
        await workers.read(Document("exhaust_the_stack", b""))


async def test_a_refused_document_does_not_cost_a_process(workers):
    before = await told(workers, "pid")
    with pytest.raises(Malformed):
        await workers.read(Document("malformed", b""))

    assert await told(workers, "pid") == before


async def test_what_a_reader_prints_does_not_reach_the_answer(workers):
    assert await told(workers, "chatter", b"unharmed") == "unharmed"


async def test_children_know_no_secrets(workers, monkeypatch):
    monkeypatch.setenv("DESK_SECRET", "whsec_c2VjcmV0")

    environment = json.loads(await told(workers, "environment"))

    assert environment.keys() <= {"PYTHONPATH", "PYTHONUTF8", "LC_CTYPE", "LD_LIBRARY_PATH", "PYTHONHOME"}


async def test_children_write_no_files(workers, tmp_path):
    with pytest.raises(DocumentError, match="OSError"):
        await workers.read(Document("write_a_file", str(tmp_path / "loot").encode()))

    assert (tmp_path / "loot").stat().st_size == 0


async def test_the_signals_of_a_terminal_and_an_init_are_the_parents():
    async with Workers(count=1, reader=READERS) as workers:
        pid = int(await told(workers, "pid"))
        reading = asyncio.create_task(told(workers, "sleep", b"0.3"))
        await asyncio.sleep(0.1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(pid, number)

        assert await reading == "0.3"
        assert os.getsid(pid) == pid


async def test_a_slow_document_holds_up_neither_others_nor_the_loop():
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            await asyncio.sleep(0.005)
            ticks += 1

    async with Workers(count=2, seconds=1, reader=READERS) as workers, asyncio.TaskGroup() as tasks:
        await asyncio.gather(told(workers, "sleep", b"0.01"), told(workers, "sleep", b"0.01"))
        ticking = tasks.create_task(tick())
        slow = tasks.create_task(asyncio.wait([asyncio.ensure_future(workers.read(Document("spin", b"")))]))
        others = [await told(workers, "echo", b"%d" % number) for number in range(20)]
        unfinished = not slow.done()
        ((failed,), _) = await slow
        ticking.cancel()

    assert others == [str(number) for number in range(20)]
    assert unfinished
    assert isinstance(failed.exception(), ParserKilled)
    assert ticks > 50


async def test_the_quadratic_author_of_feedparser_is_killed_within_its_budget():
    """kurtmckee/feedparser#562: 98 KiB of an `<author>` take feedparser 6.0.14 a minute."""
    author = b"<author>" + b"a" * 98_000 + b"</author>"
    feed = b'<rss version="2.0"><channel><title>t</title><item><title>x</title>' + author + b"</item></channel></rss>"
    async with Workers(count=2, seconds=1, reader="tests.fakes.readers:feedparser_alone") as workers:
        hostile = asyncio.create_task(workers.read(Document("https://example.org/hostile", feed)))
        small = await told(workers, "small", b"<rss><channel><title>Buitenland</title></channel></rss>")

        assert small == "Buitenland"
        with pytest.raises(ParserKilled, match="hostile: its parser took more than 1 s of CPU"):
            await hostile


async def test_a_cancelled_read_takes_its_child_along(workers):
    before = children()
    reading = asyncio.create_task(workers.read(Document("sleep", b"")))
    await eventually(lambda: children() - before)
    await asyncio.sleep(0.3)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    assert children() == before
    assert await told(workers, "echo", b"the next one") == "the next one"


@pytest.mark.parametrize("seconds", [0, 0.01, 0.05, 0.2])
async def test_cancelling_at_any_moment_leaks_nothing(seconds):
    processes, files = children(), descriptors()
    async with Workers(count=1, reader=READERS) as workers:
        for name, body in (("length", bytes(16 << 20)), ("many", b"5000"), ("sleep", b"")):
            with suppress(TimeoutError):
                await asyncio.wait_for(workers.read(Document(name, body)), seconds)
        assert await told(workers, "echo", b"fine") == "fine"

    assert (children(), descriptors()) == (processes, files)


async def test_what_a_parser_started_dies_with_it():
    async with Workers(count=1, patience=0.5, reader=READERS) as workers:
        group = int(await told(workers, "pid"))
        with pytest.raises(ParserKilled):
            await workers.read(Document("orphan", b""))

        await eventually(lambda: not any(lives(pid) for pid in members(group)))


async def test_many_documents_leave_nothing_behind():
    processes, files = children(), descriptors()
    async with Workers(count=2, reader=READERS) as workers:
        pids = [await told(workers, "pid") for _ in range(JOBS + 5)]
        running = children() - processes

    assert len(set(pids)) == 2  # The first one was replaced when its time was up.
    assert len(running) == 1
    assert (children(), descriptors()) == (processes, files)


async def test_a_document_is_not_blamed_for_the_child_it_was_given(workers):
    """An idle child may have been killed by whoever runs out of memory, or broken by the document before."""
    os.kill(int(await told(workers, "pid")), signal.SIGKILL)

    assert await told(workers, "echo", b"lucky") == "lucky"


async def test_a_time_bomb_costs_the_next_document_nothing(workers):
    await told(workers, "time_bomb")

    assert await told(workers, "sleep", b"0.5") == "0.5"


async def test_a_reader_that_does_not_exist_is_told(capfd):
    async with Workers(count=1, reader="tests.fakes.readers:nobody") as workers:
        with pytest.raises(DocumentError, match=r"a\.xml: no parser could be started"):
            await workers.read(Document("a.xml", b""))

    assert "nobody" in capfd.readouterr().err


PARENT = """
import asyncio
from monitor.model import Document
from monitor.workers import Workers

async def main():
    async with Workers(count=1, reader="tests.fakes.readers:by_name") as workers:
        print((await workers.read(Document("pid", b""))).items[0].headline, flush=True)
        await workers.read(Document({name!r}, b""))
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.parametrize("name", ["sleep", "echo"])
def test_a_parent_that_is_killed_leaves_no_orphans(name):
    """Neither one in the middle of a document nor one that waits for the next."""
    program = [sys.executable, "-c", PARENT.format(name=name)]
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(program, stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        time.sleep(0.2)
        assert lives(pid)
        parent.kill()

    asyncio.run(eventually(lambda: not lives(pid)))


def test_it_works_in_a_loop_of_its_own_each_time():
    async def once():
        async with Workers(count=1, reader=READERS) as workers:
            return await told(workers, "echo", b"fine")

    assert [asyncio.run(once()) for _ in range(2)] == ["fine", "fine"]
