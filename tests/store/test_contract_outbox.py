"""What every store promises of deliveries; `FakeStore` and SQLite in turn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.news import LATER, NOW, SECOND, WORKER, ZOMBIE, a_delivery

pytestmark = pytest.mark.anyio

LEASE = timedelta(minutes=2)


async def first(store, now=NOW, by=WORKER, channel="desk"):
    return await store.lease(channel, by, now, now + LEASE, retry=False)


async def again(store, now=NOW, by=WORKER, channel="desk"):
    return await store.lease(channel, by, now, now + LEASE, retry=True)


async def drained(store, take):
    """Return the alerts of all that can be taken, in that order."""
    taken = []
    while delivery := await take(store):
        taken.append(delivery.alert)
    return taken


async def test_a_lease_brings_the_delivery_with_its_token_and_the_attempt_counted(store):
    await store.queue([a_delivery()])

    assert await first(store) == replace(a_delivery(), attempts=1, tried=NOW, token=WORKER)
    assert await first(store) is None
    assert await again(store) is None


async def test_what_is_queued_is_neither_leased_nor_attempted_whatever_it_says_of_itself(store):
    await store.queue([replace(a_delivery(), attempts=7, token=ZOMBIE)])

    assert await first(store) == replace(a_delivery(), attempts=1, tried=NOW, token=WORKER)


async def test_first_attempts_go_in_the_order_in_which_they_were_queued(store):
    later = [a_delivery("c"), a_delivery("a"), a_delivery("b")]
    await store.queue([a_delivery("z", created=NOW - SECOND)])
    await store.queue(later)

    assert await drained(store, first) == ["alert-z", "alert-c", "alert-a", "alert-b"]


async def test_each_channel_has_its_own_queue(store):
    await store.queue([a_delivery(), a_delivery(channel="night")])

    assert (await first(store, channel="night")).channel == "night"
    assert await first(store, channel="night") is None
    assert (await first(store)).channel == "desk"
    assert await first(store, channel="unheard-of") is None


async def test_a_delivery_is_not_taken_before_it_was_made(store):
    await store.queue([a_delivery(created=LATER)])

    assert await first(store) is None
    assert await store.next_delivery("desk") == LATER
    assert await first(store, LATER) is not None


async def test_what_is_queued_twice_is_there_once_whatever_it_is_called(store):
    await store.queue([a_delivery(), a_delivery()])
    await store.queue([replace(a_delivery(), body="other"), replace(a_delivery(), id="msg_other")])

    assert (await first(store)).body == a_delivery().body
    assert await first(store) is None


async def test_another_revision_is_another_delivery(store):
    await store.queue([a_delivery(), a_delivery(revision=1)])

    assert [(await first(store)).revision, (await first(store)).revision] == [0, 1]


async def test_a_delivery_that_was_sent_is_done_with(store):
    await store.queue([a_delivery()])

    assert await store.sent(await first(store), LATER, "200 OK")
    assert await first(store, LATER) is None
    assert await again(store, LATER) is None
    assert await store.next_delivery("desk") is None


async def test_a_dead_letter_is_not_tried_again(store):
    await store.queue([a_delivery()])

    assert await store.bury(await first(store), LATER, "400 Bad Request")
    assert await again(store, LATER + LEASE) is None
    assert await store.next_delivery("desk") is None


async def test_a_deferred_delivery_waits_and_goes_by_the_lane_of_retries(store):
    await store.queue([a_delivery()])

    assert await store.defer(await first(store), NOW + SECOND, "503")
    assert await store.next_delivery("desk") == NOW + SECOND
    assert await first(store, LATER) is None
    assert await again(store, NOW) is None
    assert await again(store, NOW + SECOND) == replace(a_delivery(), attempts=2, tried=NOW, token=WORKER)


async def test_a_retry_knows_when_the_first_attempt_was(store):
    await store.queue([a_delivery()])
    delivery = await first(store)
    await store.defer(delivery, LATER, "busy")

    assert (await again(store, LATER)).tried == NOW


async def test_a_waiting_retry_never_delays_a_first_attempt(store):
    await store.queue([a_delivery("a"), a_delivery("b")])
    await store.defer(await first(store), NOW, "503")

    assert (await first(store)).alert == "alert-b"
    assert (await again(store)).alert == "alert-a"


async def test_the_longest_due_retry_goes_first(store):
    await store.queue([a_delivery("a"), a_delivery("b"), a_delivery("c")])
    for wait in (3, 1, 2):
        await store.defer(await first(store), NOW + wait * SECOND, "503")

    assert await drained(store, lambda it: again(it, LATER)) == ["alert-b", "alert-c", "alert-a"]


async def test_a_lease_holds_until_its_end_and_then_counts_as_a_failed_attempt(store):
    await store.queue([a_delivery("a"), a_delivery("b")])
    await first(store, NOW, ZOMBIE)

    assert await again(store, NOW + LEASE - timedelta(microseconds=1)) is None
    assert (await first(store, NOW + LEASE)).alert == "alert-b"
    assert await again(store, NOW + LEASE) == replace(a_delivery("a"), attempts=2, tried=NOW, token=WORKER)


@pytest.mark.parametrize("settle", ["sent", "defer", "bury"])
async def test_who_lost_the_lease_settles_nothing(store, settle):
    await store.queue([a_delivery()])
    late = await first(store, NOW, ZOMBIE)
    held = await again(store, NOW + LEASE)

    assert await getattr(store, settle)(late, LATER + LEASE, "late") is False
    assert await getattr(store, settle)(a_delivery(), LATER, "never leased") is False
    assert await store.sent(held, LATER, "200 OK") is True
    assert await getattr(store, settle)(held, LATER, "twice") is False


async def test_who_is_late_but_not_replaced_still_settles(store):
    await store.queue([a_delivery()])
    late = await first(store)

    assert await store.sent(late, NOW + 2 * LEASE, "200 OK")


async def test_taking_back_ends_every_lease_and_leaves_the_order_as_it_was(store):
    await store.queue([a_delivery("a"), a_delivery("b"), a_delivery("c")])
    held = await first(store, NOW, ZOMBIE)
    await first(store, NOW, ZOMBIE)

    assert await store.take_back() == 2
    assert await store.take_back() == 0
    assert await store.sent(held, NOW, "late") is False
    assert await drained(store, first) == ["alert-a", "alert-b", "alert-c"]


async def test_a_retry_that_is_taken_back_stays_a_retry(store):
    await store.queue([a_delivery()])
    await store.defer(await first(store), NOW, "503")
    await again(store, NOW, ZOMBIE)
    await store.take_back()

    assert await first(store) is None
    assert (await again(store)).attempts == 2


async def test_a_disabled_channel_holds_its_queue_and_only_its_own(store):
    await store.queue([a_delivery(), a_delivery("b"), a_delivery(channel="night", created=LATER)])
    held = await first(store)
    await store.disable("desk", NOW, "410 Gone")
    await store.disable("desk", LATER, "410 Gone again")
    await store.defer(held, NOW, "410 Gone")
    await store.queue([a_delivery("c")])

    assert await first(store, LATER) is None
    assert await again(store, LATER) is None
    assert await store.next_delivery("desk") is None
    assert await store.next_delivery("night") == LATER
    assert await first(store, LATER, channel="night") is not None


async def test_a_channel_may_be_disabled_before_anything_was_queued_for_it(store):
    await store.disable("desk", NOW, "404 Not Found")
    await store.queue([a_delivery()])

    assert await first(store) is None
    assert await store.next_delivery("desk") is None


async def test_the_next_delivery_is_the_soonest_that_nobody_has(store):
    await store.queue([a_delivery("a", created=NOW - SECOND), a_delivery("b"), a_delivery(channel="night")])

    assert await store.next_delivery("desk") == NOW - SECOND

    await first(store)

    assert await store.next_delivery("desk") == NOW


async def test_nothing_queued_is_nothing_due(store):
    await store.queue([])

    assert await store.next_delivery("desk") is None
    assert await first(store) is None
    assert await store.take_back() == 0


async def test_a_body_comes_back_as_it_went_in(store):
    body = '{"text":"\u202eé👩‍👩‍👧\\u0000 习近平","n":1.0}\r\n'
    await store.queue([replace(a_delivery(), body=body)])

    assert (await first(store)).body == body
