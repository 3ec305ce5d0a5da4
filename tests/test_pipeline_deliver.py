"""What deliveries come to: sent, tried again, dead letters, channels that are gone, and who is told of it."""

import asyncio
import json
from datetime import timedelta

import pytest

from monitor.errors import StoreUnavailable
from monitor.pipeline.deliver import LEASE, LONGEST_SEND, deliver
from monitor.ports import Deferred, Gone, Refused, Sent
from tests.fakes.loop import hurried
from tests.fakes.newsroom import Newsroom, news
from tests.fakes.store import FakeStore

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def room():
    """Return a newsroom with one alert for the channel `desk`."""
    room = await Newsroom().start()
    await room.brings(news("a"))
    return room


async def sent(room):
    """Send the next first attempt or retry of `desk`, of which there is one."""
    attempt = await deliver("desk", room.outside, retry=False) or await deliver("desk", room.outside, retry=True)
    assert attempt
    return attempt


def queued(room, channel="desk"):
    return [each for each in room.store.outbox.values() if each.delivery.channel == channel]


async def test_nothing_to_deliver_is_none(room):
    assert await deliver("phone", room.outside, retry=False) is None
    assert await deliver("desk", room.outside, retry=True) is None
    assert room.sender.given == []


async def test_what_was_sent_is_done(room):
    attempt = await sent(room)

    assert (attempt.outcome, attempt.notice, attempt.delivery.attempts) == (Sent("200"), None, 1)
    assert [(each.state, each.answer) for each in queued(room)] == [("sent", "200")]
    assert await deliver("desk", room.outside, retry=False) is None


async def test_the_body_is_what_was_composed_when_it_fired(room):
    await room.brings(news("a", "Bewerkt."))
    await room.deliver()

    body = json.loads(room.sender.given[0].body)
    assert body["type"] == "alert.fired"
    assert body["data"]["items"][0]["body"][0]["text"] == "Bericht a."


async def test_what_was_deferred_is_tried_again_under_the_same_id_and_delays_no_first_attempt(room):
    room.sender.outcomes["desk"] = [Deferred("503")]
    await room.deliver()
    await room.brings(news("a"), news("b"))
    attempt = await sent(room)

    assert json.loads(attempt.delivery.body)["data"]["items"][0]["headline"] == "Veerboot b"

    attempt = await sent(room)

    assert (attempt.outcome, attempt.delivery.attempts) == (Sent("200"), 2)
    assert attempt.delivery.id == room.sender.given[0].id


async def test_a_deferral_waits_as_long_as_it_was_asked_to(room):
    room.sender.outcomes["desk"] = [Deferred("429", timedelta(minutes=7))]
    await room.deliver()

    assert queued(room)[0].next_try == room.clock() + timedelta(minutes=7)


async def test_what_is_refused_is_a_dead_letter_after_five_attempts_and_the_operators_are_told_once(room):
    room.sender.outcomes["desk"] = [Refused("400")] * 5
    for _ in range(10):
        await room.deliver()
        room.clock.pass_(minutes=30)

    assert [(each.state, each.answer, each.delivery.attempts) for each in queued(room)] == [("dead", "400", 5)]
    assert len(room.notices) == 1
    assert f"channel desk: {queued(room)[0].delivery.id} is a dead letter: 400" in room.notices[0]


async def test_what_is_deferred_for_three_days_is_a_dead_letter(room):
    room.sender.outcomes["desk"] = [Deferred("503")] * 200
    began = room.clock()
    while queued(room)[0].state == "waiting":
        room.clock.now = max(room.clock(), queued(room)[0].next_try)
        await room.deliver()

    assert timedelta(days=2, hours=22) < room.clock() - began <= timedelta(days=3)
    assert len(room.notices) == 1


async def test_three_days_count_from_the_first_attempt_however_long_it_waited_before(room):
    room.clock.pass_(days=4)
    room.sender.outcomes["desk"] = [Deferred("503")]

    await sent(room)

    assert [each.state for each in queued(room)] == ["waiting"]


async def test_of_many_dead_letters_of_a_channel_the_operators_are_told_once_an_hour(room):
    await room.brings(*(news(name) for name in "bcdefgh"))
    room.sender.outcomes["desk"] = [Refused("400")] * 100
    while any(each.state == "waiting" for each in queued(room)):
        await room.deliver()
        room.clock.pass_(seconds=10)

    assert len(queued(room)) == 8
    assert len(room.notices) == 1


@pytest.mark.parametrize("outcome", [Refused("400"), Deferred("503")])
async def test_there_is_no_notice_about_a_notice(room, outcome):
    room.sender.outcomes = {"desk": [Refused("400")] * 9, "phone": [outcome] * 999}
    for _ in range(100):
        await room.deliver()
        room.clock.pass_(hours=1)

    assert len(room.notices) == 1
    assert [each.state for each in queued(room, "phone")] == ["dead"]


async def test_a_channel_that_is_gone_is_disabled_keeps_what_waits_and_the_operators_are_told(room):
    await room.brings(news("a"), news("b"))
    room.sender.outcomes["desk"] = [Gone("answered 410")] * 9
    attempt = await sent(room)
    await room.deliver()

    assert attempt.notice == "channel desk is disabled: answered 410"
    assert room.store.disabled["desk"].reason == "answered 410"
    assert [each.state for each in queued(room)] == ["waiting", "waiting"]
    assert len(room.sender.accepted("desk")) == 1
    assert [json.loads(body)["data"]["text"] for body in room.notices] == [attempt.notice]
    assert len(room.sender.accepted("phone")) == 1


async def test_what_waited_is_sent_when_the_channel_is_enabled_again(room):
    room.sender.outcomes["desk"] = [Gone("answered 410")]
    await room.deliver()
    room.store.disabled.clear()
    await room.deliver()

    assert [each.state for each in queued(room)] == ["sent"]


async def test_operators_whose_own_channel_is_gone_are_not_told_in_a_circle(room):
    room.operators = ("desk",)
    room.sender.outcomes["desk"] = [Gone("answered 410")] * 99
    for _ in range(10):
        await room.deliver()
        room.clock.pass_(hours=2)

    assert len(room.notices) == 1


async def test_what_was_sent_is_noted_as_soon_as_the_store_takes_it():
    class Full(FakeStore):
        failures = 2

        async def sent(self, delivery, now, answer):
            if self.failures:
                self.failures -= 1
                told = "disk full"
                raise StoreUnavailable(told)
            return await super().sent(delivery, now, answer)

    room = await Newsroom(store=Full()).start()
    await room.brings(news("a"))
    attempt = await sent(room)

    assert attempt.outcome == Sent("200")
    assert ([each.state for each in queued(room)], len(room.sender.given)) == (["sent"], 1)


async def test_a_sender_that_crashes_leaves_the_delivery_to_be_tried_again(room):
    room.sender.outcomes["desk"] = [ValueError("a bug")]
    with pytest.raises(ValueError, match="a bug"):
        await room.deliver()
    room.clock.now += LEASE
    await room.deliver()

    assert [each.state for each in queued(room)] == ["sent"]
    assert len(set(room.sender.accepted())) == 1


async def test_who_lost_the_lease_does_not_settle_what_another_holds(room):
    room.sender.hanging["desk"] = asyncio.Event()
    slow = asyncio.ensure_future(deliver("desk", room.outside, retry=False))
    await room.sender.reached.wait()
    room.clock.now += LEASE
    held = await room.store.lease("desk", "another", room.clock(), room.clock() + LEASE, retry=True)
    room.sender.hanging["desk"].set()
    await slow

    assert [each.state for each in queued(room)] == ["waiting"]
    assert await room.store.sent(held, room.clock(), "200")


def test_a_sender_that_hangs_is_given_up_before_its_lease_ends():
    async def hang():
        room = await Newsroom().start()
        await room.brings(news("a"))
        room.sender.hanging["desk"] = asyncio.Event()
        began = asyncio.get_running_loop().time()
        attempt = await sent(room)
        return attempt, asyncio.get_running_loop().time() - began, queued(room)[0].state

    attempt, took, state = hurried(hang())

    assert (attempt.outcome, state) == (Deferred("not done within 90 s"), "waiting")
    assert LONGEST_SEND.total_seconds() <= took < LEASE.total_seconds() + 30
