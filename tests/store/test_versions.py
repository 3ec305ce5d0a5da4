"""What items said before: kept once, as many as are bounded, and let go with their items."""

from dataclasses import replace

import pytest

from monitor.model import Paragraph, Polled
from monitor.store import archive
from monitor.store.forgetting import purge
from monitor.store.queries import MOST_VERSIONS
from tests.fakes.store import FakeStore
from tests.store.news import LATER, NOW, SECOND, STATE, a_seen, an_item

pytestmark = pytest.mark.anyio


@pytest.fixture
def store(sql_store):
    return sql_store


def revision(number, changed=("body",), document="wire"):
    """Return what a document brought in which the item was edited for so often."""
    seen = replace(a_seen(revision=number, body=(Paragraph(f"Versie {number}."),)), changed=changed if number else ())
    return Polled(replace(STATE, polled=NOW + number * SECOND), (seen,), document=document)


async def revised(store, times):
    for number in range(times + 1):
        await store.commit(revision(number))


def texts(versions):
    return [version.item.body[0].text for version in versions]


async def test_an_item_that_was_edited_shows_what_it_said_when_and_what_changed(database, store):
    await store.commit(revision(0))
    await store.commit(revision(1, document="/in/ferry.xml"))

    first, second = await archive.find_versions(database, "ferry")

    assert (first.revision, first.seen, first.document, first.changed) == (0, NOW, "wire", ())
    assert (second.revision, second.seen, second.document, second.changed) == (
        1,
        NOW + SECOND,
        "/in/ferry.xml",
        ("body",),
    )
    assert texts([first, second]) == ["Versie 0.", "Versie 1."]


async def test_an_item_that_was_never_edited_has_one_version_and_an_unknown_one_none(database, store):
    await store.commit(revision(0))

    assert texts(await archive.find_versions(database, "ferry")) == ["Versie 0."]
    assert await archive.find_versions(database, "unheard-of") == []


async def test_committing_a_revision_again_makes_no_version(database, store):
    await store.commit(revision(0))
    for _ in range(3):
        await store.commit(revision(1))
    await store.commit(revision(0))

    assert texts(await archive.find_versions(database, "ferry")) == ["Versie 0.", "Versie 1."]


@pytest.mark.parametrize("times", [MOST_VERSIONS - 2, MOST_VERSIONS - 1, MOST_VERSIONS, 3 * MOST_VERSIONS])
async def test_of_many_versions_the_first_and_the_latest_are_kept(database, store, times):
    await revised(store, times)

    kept = [version.revision for version in await archive.find_versions(database, "ferry")]

    assert kept == ([0, *range(1, times + 1)] if times < MOST_VERSIONS else [0, *range(times - 18, times + 1)])
    assert len(kept) == min(times + 1, MOST_VERSIONS)


async def test_a_store_in_memory_keeps_the_same_versions(database, store):
    fake = FakeStore()
    for each in (store, fake):
        await revised(each, 30)

    kept = await archive.find_versions(database, "ferry")

    assert [version.revision for version in kept[:-1]] == list(fake.versions["ferry"])
    assert [version.item for version in kept[:-1]] == [seen.item for seen in fake.versions["ferry"].values()]


async def test_versions_are_let_go_with_their_item_and_begin_anew(database, store):
    await revised(store, 3)
    await purge(database, LATER)

    assert await archive.find_versions(database, "ferry") == []
    assert await database.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM versions").scalar_one()) == 0

    for number in range(4, 30):
        await store.commit(revision(number))

    kept = [version.revision for version in await archive.find_versions(database, "ferry")]
    assert kept == [4, *range(11, 30)]


async def test_no_text_is_stored_twice(database, store):
    await revised(store, 5)
    rows = await database.read(
        lambda c: c.exec_driver_sql("SELECT record FROM versions UNION ALL SELECT record FROM items").scalars().all()
    )

    assert len(rows) == len(set(rows)) == 6
    assert an_item().headline in rows[0]
