"""What every store promises of what it keeps of items and entries; `FakeStore` and SQLite in turn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Polled
from tests.store.news import LATER, NOW, SECOND, STATE, WORKER, a_delivery, a_seen, an_item

pytestmark = pytest.mark.anyio

KEYS = [f"guid:ferry-{number}" for number in range(40)]


async def test_an_item_is_there_as_it_was_archived_last(store):
    await store.commit(Polled(STATE, (a_seen(), a_seen("storm"))))
    await store.commit(Polled(STATE, (a_seen(revision=1, headline="Veerboot toch niet"),)))

    assert await store.archived(["ferry", "unheard-of"]) == {"ferry": an_item(headline="Veerboot toch niet")}
    assert await store.archived([]) == {}


async def test_something_is_known_in_a_source_once_it_brought_something(store):
    await store.commit(Polled(STATE, (a_seen(),)))
    await store.commit(Polled(replace(STATE, id="other")))

    assert [await store.knows(source) for source in ("wire", "other", "unheard-of")] == [True, False, False]


async def test_hashes_of_entries_are_replaced_left_alone_or_forgotten(store):
    kept = [await store.entries("wire")]
    for entries in (b"12345678" * 2_000, None, b"\0\xff345678", b"", None):
        await store.commit(Polled(STATE, entries=entries))
        kept.append(await store.entries("wire"))

    assert kept == [b"", b"12345678" * 2_000, b"12345678" * 2_000, b"\0\xff345678", b"", b""]
    assert await store.entries("other") == b""


async def test_hashes_of_entries_are_left_alone_by_a_failure_and_a_save(store):
    await store.commit(Polled(STATE, entries=b"12345678"))
    await store.commit(Polled(replace(STATE, failures=1)))
    await store.save(STATE)

    assert await store.entries("wire") == b"12345678"


async def test_a_key_that_was_new_long_ago_makes_way_and_one_that_is_used_stays(store):
    for number, key in enumerate(KEYS):
        state = replace(STATE, polled=NOW + number * SECOND)
        await store.commit(Polled(state, (replace(a_seen(), keys=(key, "page:ferry")),)))

    known = await store.known("wire", [*KEYS, "page:ferry"])

    assert known.keys() == {"page:ferry", *KEYS[-31:]}


async def test_keys_that_were_seen_in_the_document_stay_before_others(store):
    await store.commit(Polled(STATE, (replace(a_seen(), keys=("page:ferry",)),)))
    for number, key in enumerate(KEYS):
        state = replace(STATE, polled=NOW + number * SECOND)
        await store.commit(Polled(state, (replace(a_seen(), keys=(key,)),), there=("page:ferry", "page:unheard-of")))

    assert (await store.known("wire", [*KEYS, "page:ferry", "page:unheard-of"])).keys() == {"page:ferry", *KEYS[-31:]}


async def test_when_the_clock_goes_back_what_waits_waits_as_long_as_before(store):
    await store.queue([a_delivery("now"), a_delivery("retried"), a_delivery("ahead", created=LATER)])
    for _ in range(2):
        held = await store.lease("desk", WORKER, NOW, LATER, retry=False)
        if held.alert == "alert-retried":
            await store.defer(held, NOW + timedelta(minutes=1), "503")
    day = timedelta(days=1)

    assert await store.turn_back(NOW - day, day) == 3
    assert await store.next_delivery("desk") == NOW - day + timedelta(minutes=1)
    retry = await store.lease("desk", WORKER, NOW - day + timedelta(minutes=1), LATER, retry=True)
    assert (retry.alert, retry.tried) == ("alert-retried", NOW - day)
    assert (await store.lease("desk", WORKER, LATER - day, LATER, retry=False)).alert == "alert-ahead"


async def test_what_is_due_is_not_turned_back_nor_what_is_done(store):
    await store.queue([a_delivery("a", created=LATER), a_delivery("b")])
    await store.sent(await store.lease("desk", WORKER, NOW, LATER, retry=False), NOW, "200")

    assert await store.turn_back(LATER, SECOND) == 0
    assert await store.next_delivery("desk") == LATER
