"""Entries that were read before are not read again, and nothing is lost or doubled by that."""

from dataclasses import replace

import pytest

from monitor.errors import Malformed
from monitor.pipeline.poll import poll
from monitor.ports import NotModified
from tests.fakes.newsroom import FOLDER, WIRE, Newsroom, news

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def room():
    """Return a newsroom whose source was polled twice, and has two items."""
    room = await Newsroom().start()
    await room.brings(news("a"), news("b"))
    return room


def skipped(room):
    """Return how many entries were left out since the last time."""
    count, room.parser.skipped = room.parser.skipped, 0
    return count


def reads(room):
    """Return how often documents were read since the last time."""
    count = len(room.parser.read_)
    room.parser.read_.clear()
    return count


async def test_in_a_changed_document_only_what_is_new_is_read(room):
    reads(room)
    report = await room.brings(news("c"), news("a"), news("b"))

    assert (skipped(room), reads(room)) == (2, 1)
    assert (report.items, report.new, report.changed) == (3, 1, 0)
    assert room.fired == ["Veerboot b", "Veerboot a", "Veerboot c"]


async def test_where_something_of_the_rest_is_known_all_of_it_is_read(room):
    reads(room)
    report = await room.brings(news("a"), news("b", "Bewerkt."))

    assert (reads(room), report.items, report.changed) == (2, 2, 1)


async def test_once_a_day_all_is_read_and_its_keys_are_noted_as_seen(room):
    before = dict(room.store.keys_seen)
    room.clock.pass_(hours=25)
    await room.brings(news("c"), news("a"))

    assert skipped(room) == 0
    assert room.state.read_whole == room.clock()
    moved = {key for key, seen in room.store.keys_seen.items() if seen != before.get(key)}
    assert {room.store.keys[key] for key in moved} == {"id-c", "id-a"}


async def test_what_is_not_read_whole_touches_no_key(room):
    before = dict(room.store.keys_seen)
    await room.brings(news("a"), news("b"), news("c"))

    assert before.items() <= room.store.keys_seen.items()
    assert room.state.read_whole < room.clock()


async def test_hashes_are_forgotten_with_a_flaw_and_kept_through_failures(room):
    await room.answers(NotModified())
    await room.answers(room.parser.fails(Malformed("empty")))
    kept = room.store.entries_read["wire"]
    await room.brings(news("a"), flaw="broken off")

    assert (len(kept), room.store.entries_read["wire"]) == (16, b"")

    await room.brings(news("a"), news("b"))

    assert skipped(room) == 0


async def test_a_flaw_of_a_document_asked_whole_notes_nothing_as_seen(room):
    before = room.state.read_whole, dict(room.store.keys_seen)
    room.clock.pass_(hours=25)
    await room.brings(news("a"), flaw="broken off")

    assert (room.state.read_whole, room.store.keys_seen) == before


async def test_another_address_is_read_whole(room):
    room.source = replace(WIRE, url="https://other.example/feed")
    await room.brings(news("a"), news("b"), news("c"))

    assert skipped(room) == 0
    assert len(room.store.entries_read["wire"]) == 24


async def test_files_of_a_folder_are_read_whole():
    room = await Newsroom(source=FOLDER).open()
    for changed, names in enumerate(("a", "ab")):
        body = room.parser.page([news(name) for name in names]).document.body
        room.fetcher.put("/news/a", body, changed=changed)
        await poll(room.source, room.outside)

    assert (skipped(room), room.fired) == (0, ["Veerboot a", "Veerboot b"])
    assert room.store.entries_read["wire"] == b""


async def test_of_entries_alone_the_flood_is_judged_by_the_whole_document(room):
    many = [news(str(number)) for number in range(60)]
    await room.brings(*many[:18])
    await room.brings(*many[:36])
    report = await room.brings(*many)

    assert (report.held, report.items, report.new) == (0, 60, 24)
