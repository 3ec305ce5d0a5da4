"""Items completed by the articles that they link to, before rules look at them."""

import asyncio
from dataclasses import replace

import pytest

from monitor.pipeline.poll import poll
from tests.fakes.loop import hurried
from tests.fakes.newsroom import WIRE, Newsroom, news, rule

pytestmark = pytest.mark.anyio

FULL = replace(WIRE, full_text=True)
PIER = "https://wire.example/news/a"


@pytest.fixture
def anyio_backend():
    return "asyncio"


def room_of(source):
    return Newsroom(rules=(rule("aanlegsteiger", "pier"),), source=source)


async def test_a_rule_finds_what_only_the_article_says():
    room = await room_of(FULL).start()
    room.fetcher.articles[PIER] = "De aanlegsteiger is gesloten."

    await room.brings(news("a"), news("b"))

    assert room.fired == ["Veerboot a"]


async def test_without_full_text_no_article_is_asked_for():
    room = await room_of(WIRE).start()
    room.fetcher.articles[PIER] = "De aanlegsteiger is gesloten."

    await room.brings(news("a"))

    assert room.fired == []


async def test_what_the_first_poll_finds_is_archived_as_it_is():
    room = await room_of(FULL).open()
    room.fetcher.articles[PIER] = "De aanlegsteiger is gesloten."

    await room.brings(news("a"))

    assert room.reasons == {}


async def test_a_completed_item_is_the_same_at_the_next_poll():
    room = await room_of(FULL).start()
    room.fetcher.articles[PIER] = "De aanlegsteiger is gesloten."
    await room.brings(news("a"))

    report = await room.brings(news("a"), news("b"))

    assert (report.new, report.changed, room.fired) == (1, 0, ["Veerboot a"])


def test_an_article_that_never_comes_costs_its_item_nothing_but_time():
    async def session():
        room = await Newsroom(source=FULL).start()
        room.fetcher.articles[PIER] = ""
        room.fetcher.answer = room.parser.page([news("a"), news("b")])
        room.clock.now = room.state.due
        await poll(room.source, room.outside)
        return room.fired

    assert sorted(hurried(session())) == ["Veerboot a", "Veerboot b"]


async def test_a_poll_that_is_stopped_leaves_no_article_asked_for():
    room = await room_of(FULL).start()
    room.fetcher.articles[PIER] = ""
    room.fetcher.answer = room.parser.page([news("a")])
    room.clock.now = room.state.due
    before = asyncio.all_tasks()
    polling = asyncio.ensure_future(poll(room.source, room.outside))
    while not room.fetcher.completed:  # noqa: ASYNC110 - nobody sets an event for what a list holds
        await asyncio.sleep(0)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)

    assert asyncio.all_tasks() == before


@pytest.mark.parametrize(
    ("condition", "asked"),
    [
        ({"lang": "en"}, []),
        ({"source": "other"}, []),
        ({"none": [{"lang": "nl"}]}, []),
        ({"lang": "nl"}, ["id-a"]),
        ({"any": ["aanlegsteiger", {"lang": "en"}]}, ["id-a"]),
    ],
)
async def test_an_article_is_asked_for_only_where_a_rule_may_match_with_it(condition, asked):
    room = await Newsroom(rules=(rule(condition, "pier"),), source=FULL).start()

    await room.brings(news("a", language="nl"))

    assert room.fetcher.completed == asked


async def test_where_no_rule_listens_no_article_is_asked_for():
    room = await room_of(FULL).start()
    room.rules = (replace(rule("aanlegsteiger"), sources=frozenset({"other"})),)

    await room.brings(news("a"))

    assert room.fetcher.completed == []


async def test_what_is_held_back_is_not_completed():
    room = await room_of(FULL).start()
    await room.brings(news("a"))
    await room.brings(*(news(str(number)) for number in range(30)))

    assert room.fetcher.completed == ["id-a"]


async def test_a_revision_is_compared_with_its_article():
    room = await Newsroom(rules=(rule("bericht", "all"),), source=FULL).start()
    room.fetcher.articles[PIER] = "De aanlegsteiger is gesloten."
    await room.brings(news("a"))
    await room.brings(news("a", headline="Veerboot vaart weer"))

    assert room.store.items["id-a"].changed == ("headline",)
