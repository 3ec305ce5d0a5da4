"""Watching folders: real files, which are read once they rest."""

import asyncio
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.fetch.fetcher import DoorFetcher
from monitor.fetch.folder import LARGEST, MOST_LOOKS, folder_of, gone_files
from monitor.fetch.turns import Turns
from monitor.model import FileSeen
from monitor.net.door import Door
from tests.fakes.clock import START, FakeClock
from tests.fakes.newsroom import FOLDER

pytestmark = pytest.mark.anyio

REST = 0.3


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def changed(path, seen=(), **source):
    """Return what is new or changed in a folder, in the order in which it comes."""
    return [each async for each in coming(path, seen, **source)]


def coming(path, seen=(), **source):
    fetcher = DoorFetcher(Door(user_agent=""), Turns(1, timedelta(0)), FakeClock(), REST)
    return fetcher.folder(replace(FOLDER, path=str(path), **source), {file.path: file for file in seen})


def bodies(found):
    return [document.body for _, document in found]


def written(path, body=b"nieuws", at=None):
    path.write_bytes(body)
    if at is not None:
        os.utime(path, (at, at))
    return path


async def test_files_come_as_documents_oldest_first(tmp_path):
    for name, at in (("b", 300), ("c", 100), ("a", 200), ("d", 100)):
        written(tmp_path / name, name.encode(), at)
    found = await changed(tmp_path, kind="text", language="nl")

    assert bodies(found) == [b"c", b"d", b"a", b"b"]
    file, document = found[0]
    assert file == FileSeen(str(tmp_path / "c"), 1, 100 * 10**9)
    assert (document.name, document.source, document.fetched) == (str(tmp_path / "c"), "wire", START)
    assert (document.kind, document.language, document.url) == ("text", "nl", None)


async def test_what_was_read_does_not_come_again_and_nobody_waits_for_it(tmp_path):
    written(tmp_path / "a")
    found = await changed(tmp_path)
    began = asyncio.get_running_loop().time()
    again = await changed(tmp_path, [file for file, _ in found])

    assert (len(found), again) == (1, [])
    assert asyncio.get_running_loop().time() - began < REST


@pytest.mark.parametrize(("body", "at"), [(b"other!", 101), (b"longer", 100), (b"nieuws", 101)])
async def test_a_file_that_was_rewritten_comes_again(tmp_path, body, at):
    seen = [FileSeen(str(written(tmp_path / "a", b"nieuws" * 2, 100)), 12, 100 * 10**9)]
    written(tmp_path / "a", body, at)

    assert bodies(await changed(tmp_path, seen)) == [body]


async def test_a_file_that_is_being_written_waits_until_it_rests(tmp_path):
    async def write():
        with (tmp_path / "slow").open("wb", buffering=0) as slow:
            for _ in range(7):
                slow.write(b"regel ")
                await asyncio.sleep(REST / 3)

    written(tmp_path / "done", b"af")
    writing = asyncio.create_task(write())
    await asyncio.sleep(0)
    found = await changed(tmp_path)
    await writing

    assert bodies(found) == [b"af", b"regel " * 7]


async def test_a_file_that_is_written_for_ever_is_left_for_later(tmp_path):
    async def write():
        with (tmp_path / "log").open("wb", buffering=0) as endless:
            while True:
                endless.write(b"regel ")
                await asyncio.sleep(REST / 4)

    written(tmp_path / "done", b"af")
    writing = asyncio.create_task(write())
    async with asyncio.timeout(MOST_LOOKS * REST * 3):
        found = await changed(tmp_path)
    writing.cancel()

    assert bodies(found) == [b"af"]


async def test_a_file_that_is_renamed_into_its_place_comes_whole(tmp_path):
    async def replace_file():
        await asyncio.sleep(REST / 2)
        written(tmp_path / ".new", b"nieuw").rename(tmp_path / "a")

    written(tmp_path / "a", b"oud")
    replacing = asyncio.create_task(replace_file())
    found = await changed(tmp_path)
    await replacing

    assert bodies(found) == [b"nieuw"]


async def test_a_file_that_comes_while_we_wait_comes_too(tmp_path):
    async def add():
        await asyncio.sleep(REST / 2)
        written(tmp_path / "b", b"later")

    written(tmp_path / "a", b"eerst")
    adding = asyncio.create_task(add())
    found = await changed(tmp_path)
    await adding

    assert bodies(found) == [b"eerst", b"later"]


async def test_a_file_that_is_taken_away_while_we_wait_does_not_come(tmp_path):
    async def take():
        await asyncio.sleep(REST / 2)
        (tmp_path / "a").unlink()

    written(tmp_path / "a")
    taking = asyncio.create_task(take())
    found = await changed(tmp_path)
    await taking

    assert found == []


async def test_only_regular_files_that_are_not_hidden_come(tmp_path):
    written(tmp_path / ".hidden")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    written(tmp_path / "folder" / "below")
    (tmp_path / "broken").symlink_to("nowhere")
    (tmp_path / "link").symlink_to(written(tmp_path / ".target", b"gelinkt"))

    assert bodies(await changed(tmp_path)) == [b"gelinkt"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [("*.xml", [b"een"]), ("**/*.xml", [b"een", b"twee"]), ("*/b.xml", [b"twee"]), ("a.xml", [b"een"]), ("*.no", [])],
)
async def test_a_glob_says_which_files(tmp_path, pattern, found):
    written(tmp_path / "a.xml", b"een", 1)
    written(tmp_path / "a.txt", b"geen", 2)
    (tmp_path / "deep").mkdir()
    written(tmp_path / "deep" / "b.xml", b"twee", 3)

    assert bodies(await changed(tmp_path / pattern)) == found


async def test_a_folder_whose_name_reads_like_a_glob_is_that_folder(tmp_path):
    (tmp_path / "nieuws[1]").mkdir()
    written(tmp_path / "nieuws[1]" / "a")

    assert len(await changed(tmp_path / "nieuws[1]")) == 1


@pytest.mark.parametrize("pattern", ["nowhere", "nowhere/*.xml", "nowhere/**/a.xml"])
async def test_a_folder_that_is_not_there_is_an_error(tmp_path, pattern):
    with pytest.raises(FileNotFoundError):
        await changed(tmp_path / pattern)


async def test_a_file_that_cannot_be_read_is_an_error_after_the_others_came(tmp_path):
    (tmp_path / "a").symlink_to("/proc/self/mem")  # Whose beginning nobody may read, not even root.
    written(tmp_path / "b", b"leesbaar")
    files = coming(tmp_path)

    assert (await anext(files))[1].body == b"leesbaar"
    with pytest.raises(OSError, match="Input/output error"):
        await anext(files)


async def test_of_a_huge_file_the_beginning_comes(tmp_path):
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(LARGEST + 1)

    assert len(bodies(await changed(tmp_path))[0]) == LARGEST


async def test_ten_thousand_files_come_all_of_them_once(tmp_path):
    for number in range(10_000):
        (tmp_path / f"{number}").touch()
    found = await changed(tmp_path)

    assert len({file.path for file, _ in found}) == len(found) == 10_000
    assert await changed(tmp_path, [file for file, _ in found]) == []


def test_files_are_gone_that_were_seen_and_are_not_there_unless_nothing_is(tmp_path):
    here, away = str(written(tmp_path / "a.txt")), str(tmp_path / "b.txt")

    assert gone_files(str(tmp_path), [here, away]) == [away]
    assert gone_files(f"{tmp_path}/*.txt", [here, away]) == [away]
    (tmp_path / "a.txt").unlink()
    assert gone_files(str(tmp_path), [here, away]) == []
    with pytest.raises(FileNotFoundError):
        gone_files(away, [here])


def test_the_folder_of_a_pattern_is_the_deepest_that_it_names(tmp_path):
    (tmp_path / "a").mkdir()
    written(tmp_path / "a" / "b.xml")

    assert folder_of(str(tmp_path / "a")) == tmp_path / "a"
    assert folder_of(str(tmp_path / "a" / "*.xml")) == tmp_path / "a"
    assert folder_of(str(tmp_path / "a" / "**" / "c" / "*.xml")) == tmp_path / "a"
    assert folder_of(str(tmp_path / "a" / "b.xml")) == tmp_path / "a"
    assert folder_of(str(tmp_path / "nowhere" / "*.xml")) == tmp_path / "nowhere"
