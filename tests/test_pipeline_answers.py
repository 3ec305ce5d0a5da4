"""What answers over the web come to: validators, failures, sources that move or are gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.decide.polls import CONFIRMED
from monitor.errors import Malformed, NotRecognized, ParserKilled
from monitor.pipeline.poll import give_up, poll
from monitor.ports import FetchFailed, NotModified
from tests.fakes.newsroom import FEED, MINUTE, WIRE, Newsroom, news

pytestmark = pytest.mark.anyio

MOVED = "https://elders.example/feed"
GONE = FetchFailed("answered 410 Gone", gone=True)


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def room():
    """Return a newsroom whose source was polled, and had validators."""
    room = await Newsroom().open()
    await room.brings(etag='"1"', last_modified="Mon")
    return room


def validators(room):
    return (room.state.etag, room.state.last_modified)


async def test_a_304_brings_nothing_and_keeps_the_validators(room):
    report = await room.answers(NotModified())

    assert (report.status, report.items) == ("unchanged", 0)
    assert validators(room) == ('"1"', "Mon")


async def test_a_304_refreshes_the_validators_that_come_with_it(room):
    await room.answers(NotModified(etag='"2"'))

    assert validators(room) == ('"2"', "Mon")


async def test_a_document_replaces_both_validators_even_by_none(room):
    await room.brings(news("a"), etag='"2"')

    assert validators(room) == ('"2"', None)


async def test_a_document_with_the_same_bytes_is_not_read_again_but_its_validators_are_kept(room):
    page = room.parser.page([news("a")], etag='"2"')
    await room.answers(page)
    report = await room.answers(replace(page, etag='"3"'))

    assert (report.status, room.parser.read_.count(page.document.body.decode())) == ("unchanged", 1)
    assert validators(room) == ('"3"', None)


async def test_a_document_with_a_flaw_brings_its_items_and_keeps_no_validators(room):
    page = room.parser.page([news("a")], "broken off within an entry", etag='"2"', last_modified="Tue")
    report = await room.answers(page)
    await room.answers(page)

    assert (report.flaw, room.fired) == ("broken off within an entry", ["Veerboot a"])
    assert validators(room) == (None, None)
    assert room.parser.read_.count(page.document.body.decode()) == 2


@pytest.mark.parametrize("error", [NotRecognized("an HTML page"), Malformed("empty"), ParserKilled("too slow")])
async def test_a_document_that_cannot_be_read_is_a_failure_and_keeps_what_was_remembered(room, error):
    before = room.state
    report = await room.answers(room.parser.fails(error, etag='"2"', last_modified="Tue"))

    assert (report.status, report.error) == ("failed", str(error))
    assert (validators(room), room.state.body, room.state.failures) == (('"1"', "Mon"), before.body, 1)
    assert room.state.succeeded == before.succeeded


async def test_a_document_that_cannot_be_read_leaves_a_source_to_be_asked_whole(room):
    room.clock.pass_(hours=25)
    await room.answers(room.parser.fails(Malformed("empty")))
    await room.brings(news("a"))
    await room.brings(news("a"))

    assert [asked.whole for asked in room.fetcher.asked] == [True, True, True, False]


async def test_a_source_is_asked_whole_once_a_day(room):
    for _ in range(24 * 12 - 1):
        await room.answers(NotModified())
        assert not room.fetcher.asked[-1].whole

    await room.brings(news("a"))
    await room.answers(NotModified())

    assert [asked.whole for asked in room.fetcher.asked[-2:]] == [True, False]
    assert room.fired == ["Veerboot a"]


async def test_a_fixed_pace_is_kept_as_given(room):
    began = room.state.due
    for late in (0, 3, 1, 0):
        room.clock.now = room.state.due + timedelta(seconds=late)
        await room.answers(NotModified())

    assert room.state.due == began + 4 * 5 * MINUTE


async def test_errors_in_a_row_double_the_wait_to_an_hour_and_one_success_resets(room):
    waits = []
    for _ in range(7):
        await room.answers(FetchFailed("answered 503"))
        waits.append((room.state.due - room.clock()) / MINUTE)

    assert waits == [5, 10, 20, 40, 60, 60, 60]
    assert (room.state.failures, room.state.error) == (7, "answered 503")

    await room.answers(NotModified())
    await room.answers(FetchFailed("answered 503"))

    assert ((room.state.due - room.clock()) / MINUTE, room.state.failures) == (5, 1)


async def test_a_longer_retry_after_wins_up_to_a_day(room):
    for asked, minutes in ((timedelta(0), 5), (30 * MINUTE, 30), (timedelta(days=400), 24 * 60)):
        await room.answers(FetchFailed("answered 429", wait=asked))
        assert (room.state.due - room.clock()) / MINUTE == minutes
        await room.answers(NotModified())


@pytest.mark.parametrize("failure", [FetchFailed("answered 404"), FetchFailed("refused"), GONE])
async def test_no_source_is_ever_given_up(room, failure):
    for _ in range(100):
        await room.answers(failure)
        assert room.state.due - room.clock() <= timedelta(days=1)
    await room.brings(news("a"))

    assert room.fired == ["Veerboot a"]
    assert (room.state.failures, room.state.error) == (0, None)


async def test_a_source_that_is_gone_is_told_of_once_and_asked_once_a_day(room):
    for _ in range(3):
        report = await room.answers(GONE)
        assert room.state.due - room.clock() == timedelta(days=1)

    assert report.notice is None
    assert len(room.notices) == 1
    assert "wire: answered 410 Gone" in room.notices[0]


async def test_a_source_that_is_gone_again_is_told_of_again(room):
    await room.answers(GONE)
    await room.answers(NotModified())
    await room.answers(GONE)

    assert len(room.notices) == 2


async def test_what_operators_are_told_is_reported_where_there_are_none(room):
    room.operators = ()
    report = await room.answers(GONE)

    assert report.notice == "wire: answered 410 Gone; it is asked once a day from now on"
    assert room.store.outbox == {}


async def moved(room, times, to=MOVED):
    for _ in range(times):
        await room.brings(news("a"), moved_to=to)


async def test_a_source_that_moved_is_asked_there_once_that_is_confirmed(room):
    await moved(room, CONFIRMED)
    assert {asked.url for asked in room.fetcher.asked} == {FEED}

    for _ in range(3):
        await room.brings(news("a"), news("b"))

    assert [asked.url for asked in room.fetcher.asked[-3:]] == [MOVED] * 3
    assert room.fired == ["Veerboot a", "Veerboot b"]


async def test_a_source_that_moved_is_asked_where_it_was_once_a_day(room):
    await moved(room, CONFIRMED)
    room.clock.pass_(hours=25)
    await moved(room, 1)
    await room.answers(NotModified())

    assert [(asked.url, asked.whole) for asked in room.fetcher.asked[-2:]] == [(FEED, True), (MOVED, False)]


async def test_a_source_that_moved_back_is_believed_within_a_day(room):
    await moved(room, CONFIRMED)
    room.clock.pass_(hours=25)
    await room.brings(news("a"))
    await room.answers(NotModified())

    assert [asked.url for asked in room.fetcher.asked[-2:]] == [FEED, FEED]


async def test_a_failure_forgets_where_a_source_moved(room):
    await moved(room, CONFIRMED)
    await room.answers(FetchFailed("answered 404"))
    await moved(room, CONFIRMED - 1)
    await room.answers(NotModified())

    assert [asked.url for asked in room.fetcher.asked[-CONFIRMED - 1 :]] == [MOVED] + [FEED] * CONFIRMED


async def test_a_redirect_elsewhere_begins_to_count_anew(room):
    await moved(room, CONFIRMED - 1)
    await moved(room, 1, to="https://third.example/feed")
    await moved(room, 1)

    assert (room.state.moved_to, room.state.moves) == (MOVED, 1)


async def test_a_redirect_that_is_not_there_once_begins_to_count_anew(room):
    await moved(room, CONFIRMED - 1)
    await room.brings(news("a"))
    await moved(room, 1)

    assert (room.state.moved_to, room.state.moves) == (MOVED, 1)


async def test_a_new_address_in_the_configuration_forgets_the_old_one(room):
    await moved(room, CONFIRMED)
    room.source = replace(WIRE, url="https://new.example/feed")
    await room.brings(news("a"))

    asked = room.fetcher.asked[-1]
    assert (asked.url, asked.etag, asked.last_modified, asked.whole) == (room.source.url, None, None, True)
    assert room.state.moved_to is None


async def test_a_source_with_headers_of_its_own_is_never_asked_elsewhere():
    room = await Newsroom(source=replace(WIRE, headers={"authorization": "Bearer geheim"})).start()
    await moved(room, 3 * CONFIRMED)

    assert {asked.url for asked in room.fetcher.asked} == {FEED}


async def test_a_poll_that_was_given_up_is_a_failure(room):
    room.fetcher.answer = ValueError("a bug")
    with pytest.raises(ValueError, match="a bug"):
        await poll(room.source, room.outside)
    report = await give_up(room.source, "its poll crashed: ValueError", room.outside)

    assert (report.status, report.error) == ("failed", "its poll crashed: ValueError")
    assert (room.state.failures, room.state.due) == (1, room.clock() + 5 * MINUTE)
