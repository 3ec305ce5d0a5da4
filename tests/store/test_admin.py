"""What people do to sources, channels and deliveries."""

from dataclasses import replace

import pytest

from monitor.model import SourceState
from monitor.store import admin
from monitor.store.admin import ChannelState, Post
from tests.store.news import LATER, NOW, SECOND, STATE, WORKER, a_delivery, a_document

pytestmark = pytest.mark.anyio


@pytest.fixture
def store(sql_store):
    return sql_store


async def settled(store, outcome, channel="desk"):
    """Take the next delivery and settle it, as `sent` or by `bury`."""
    delivery = await store.lease(channel, WORKER, NOW, LATER, retry=False)
    assert await getattr(store, outcome)(delivery, NOW + SECOND, "as it is")
    return delivery.id


async def test_the_states_of_registered_sources_are_listed_by_id(database, store):
    await store.register({"wire": NOW, "agency": LATER, "gone": NOW})
    await store.register({"wire": NOW, "agency": LATER})
    await store.save(STATE)

    assert await admin.source_states(database) == [SourceState(id="agency", due=LATER), STATE]


async def test_a_paused_source_is_not_polled_until_it_is_resumed(database, store):
    await store.register({"wire": NOW})

    assert await admin.pause(database, "wire")
    assert await store.due(LATER, 10) == []

    await store.save(STATE)

    assert (await store.state("wire")).paused
    assert await admin.resume(database, "wire")
    assert await store.due(LATER, 10) == [STATE]


async def test_a_source_can_be_made_due_now(database, store):
    await store.register({"wire": LATER})

    assert await admin.due_now(database, "wire", NOW)
    assert await store.next_due() == NOW


async def test_nothing_is_done_to_a_source_that_is_not_there_or_sleeps(database, store):
    await store.register({"gone": NOW})
    await store.register({})
    for name in ("gone", "unheard-of"):
        assert not await admin.pause(database, name)
        assert not await admin.resume(database, name)
        assert not await admin.due_now(database, name, NOW)


async def test_deliveries_are_listed_newest_first_by_state_and_channel(database, store):
    await store.queue([a_delivery("a"), a_delivery("b"), a_delivery("c"), a_delivery("a", "night")])
    sent, dead = await settled(store, "sent"), await settled(store, "bury")
    leased = await store.lease("desk", WORKER, NOW, LATER, retry=False)

    ids = [post.id for post in await admin.posts(database)]

    assert ids == ["msg_a_night_0", "msg_c_desk_0", "msg_b_desk_0", "msg_a_desk_0"]
    assert [post.id for post in await admin.posts(database, most=1)] == ids[:1]
    assert [post.id for post in await admin.posts(database, channel="night")] == ids[:1]
    assert [post.id for post in await admin.posts(database, state="sent")] == [sent]
    assert [post.id for post in await admin.posts(database, state="waiting", channel="desk")] == [leased.id]
    assert await admin.posts(database, state="dead") == [
        Post(
            id=dead,
            channel="desk",
            rule="boats",
            alert="alert-b",
            revision=0,
            type="alert.fired",
            created=NOW,
            state="dead",
            attempts=1,
            next_try=NOW,
            leased_until=None,
            settled=NOW + SECOND,
            answer="as it is",
        )
    ]


async def test_a_dead_letter_is_replayed_under_its_own_id_as_a_first_attempt(database, store):
    await store.queue([a_delivery("a"), a_delivery("b")])
    dead = await settled(store, "bury")

    assert await admin.replay(database, LATER, [dead, dead, "msg_b_desk_0", "unheard-of"]) == 1
    assert await admin.replay(database, LATER, [dead]) == 0
    assert await store.lease("desk", WORKER, LATER, LATER, retry=False) == replace(
        a_delivery("a"), attempts=1, tried=LATER, token=WORKER
    )


async def test_all_dead_letters_are_replayed_and_nothing_else(database, store):
    await store.queue([a_delivery("a"), a_delivery("b"), a_delivery("c")])
    for outcome in ("bury", "sent", "bury"):
        await settled(store, outcome)

    assert await admin.replay(database, LATER) == 2
    assert await admin.replay(database, LATER) == 0
    assert [post.id for post in await admin.posts(database, state="waiting")] == ["msg_c_desk_0", "msg_a_desk_0"]
    assert [post.settled for post in await admin.posts(database, state="waiting")] == [None, None]


async def test_a_channel_that_is_enabled_sends_what_it_held(database, store):
    await store.queue([a_delivery()])
    await store.disable("desk", NOW, "410 Gone")

    assert await admin.enable(database, "desk")
    assert not await admin.enable(database, "desk")
    assert not await admin.enable(database, "unheard-of")
    assert await store.lease("desk", WORKER, NOW, LATER, retry=False) is not None


async def test_channels_tell_what_waits_and_what_is_dead(database, store):
    await store.queue([a_delivery("a", created=NOW - SECOND), a_delivery("b"), a_delivery("c"), a_delivery("d")])
    await settled(store, "bury")
    await settled(store, "sent")
    await store.lease("desk", WORKER, NOW, LATER, retry=False)
    await store.disable("night", NOW, "404 Not Found")

    assert await admin.channel_states(database) == [
        ChannelState("desk", disabled=None, reason=None, waiting=2, oldest=NOW, dead=1),
        ChannelState("night", disabled=NOW, reason="404 Not Found", waiting=0, oldest=None, dead=0),
    ]


async def test_lists_are_bounded_whatever_is_asked_for(database, store):
    await store.commit(a_document(*(f"item{number}" for number in range(admin.LONGEST_LIST + 1))))

    assert len(await admin.posts(database, most=10**9)) == admin.LONGEST_LIST
