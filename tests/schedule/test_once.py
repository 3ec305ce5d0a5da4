"""One round: every source is polled once, all that is due is tried once, and the end tells whether all went well."""

import pytest

from monitor.errors import StoreUnavailable
from monitor.ports import Deferred, FetchFailed, NotModified, Refused
from tests.fakes.clock import FakeClock
from tests.fakes.newsroom import Newsroom, news
from tests.schedule.running import schedule_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def room():
    """Return a newsroom whose source was polled once, when there was nothing."""
    return await Newsroom().start()


class Hurrying(FakeClock):
    """A clock that runs ahead whenever somebody looks."""

    def __call__(self):
        """Return a moment that is later than the last one."""
        self.pass_(seconds=40)
        return self.now


@pytest.mark.parametrize(
    ("answer", "outcomes", "fine"),
    [
        (None, [], True),
        (NotModified(), [], True),
        (FetchFailed("answered 503"), [], False),
        (ValueError("a bug"), [], False),
        (None, [Deferred("503")], False),
        (None, [Refused("400")], False),
    ],
)
async def test_once_tells_whether_all_went_well(room, answer, outcomes, fine):
    room.sender.outcomes["desk"] = outcomes
    room.fetcher.answer = answer or room.parser.page([news("a")])

    assert await schedule_of(room).once() is fine


async def test_once_polls_everything_and_delivers_what_it_brought_and_what_was_due():
    room = await Newsroom().start()
    await room.brings(news("a"))
    room.sender.outcomes["desk"] = [Deferred("503")]
    await room.deliver()
    room.clock.pass_(minutes=1)
    room.fetcher.answer = room.parser.page([news("a"), news("b")])

    assert await schedule_of(room).once()
    assert [one.state for one in room.store.outbox.values()] == ["sent", "sent"]


async def test_once_tries_each_delivery_once(room):
    room.sender.outcomes["desk"] = [Deferred("503")] * 99
    room.fetcher.answer = room.parser.page([news("a")])

    room.clock = Hurrying()
    await schedule_of(room).once()

    assert len(room.sender.given) == 1


async def test_once_is_not_fine_when_the_store_fails(room):
    room.store.broken = StoreUnavailable("disk full")

    assert await schedule_of(room).once() is False


async def test_what_happens_is_counted(room):
    await room.brings(news("a"))
    room.fetcher.answer = room.parser.page([news("a"), news("b")])
    schedule = schedule_of(room)
    await schedule.once()
    sample = schedule.measures.registry.get_sample_value

    assert sample("monitor_polls_total", {"source": "wire", "status": "polled"}) == 1
    assert sample("monitor_items_total", {"source": "wire", "novelty": "new"}) == 1
    assert sample("monitor_items_total", {"source": "wire", "novelty": "known"}) == 1
    assert sample("monitor_alerts_total", {"source": "wire"}) == 1
    assert sample("monitor_deliveries_total", {"channel": "desk", "outcome": "sent"}) == 2
    assert sample("monitor_alert_seconds_count") == 2
