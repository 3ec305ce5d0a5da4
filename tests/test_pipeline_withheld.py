"""What must not be published yet, and what was withdrawn before anybody was told of it."""

from dataclasses import replace

import pytest

from monitor.over_time import NewTerm
from monitor.pipeline.past import count_past
from tests.fakes.newsroom import FOLDER, MINUTE, Newsroom, news, rule

pytestmark = pytest.mark.anyio

EMBARGO = "it has reports under embargo"


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def room():
    """Return a newsroom whose source was polled once, when there was nothing."""
    return await Newsroom().start()


def held(name, **told):
    return news(name, pubstatus="withheld", **told)


async def test_what_is_withheld_is_archived_and_told_once_it_may_be(room):
    await room.brings(held("a"), flaw=EMBARGO)
    before = (room.fired, room.reasons, list(room.store.items))
    await room.brings(held("a"), flaw=EMBARGO)
    await room.brings(news("a"))
    await room.brings(news("a", "Herzien."))

    assert before == ([], {("id-a", "boats"): "WITHHELD"}, ["id-a"])
    assert room.fired == ["Veerboot a"]
    assert room.reasons == {("id-a", "boats"): "FIRED"}


async def test_what_was_withheld_is_new_when_it_is_published(room):
    room.rules = (rule({"all": ["veerboot", {"kind": "new"}]}),)
    await room.brings(held("a"), flaw=EMBARGO)
    await room.brings(held("a", headline="Veerboot a, herzien"), flaw=EMBARGO)
    await room.brings(news("a"))
    await room.brings(news("a", "Herzien."))

    assert room.fired == ["Veerboot a"]
    assert room.store.items["id-a"].item.kind == "update"
    assert [seen.item.kind for seen in room.store.versions["id-a"].values()] == ["new", "new", "new"]


async def test_what_is_withheld_at_the_first_poll_is_told_when_it_is_published():
    room = await Newsroom().open()
    await room.brings(held("a"), news("b"), flaw=EMBARGO)
    await room.brings(news("a"), news("b"))

    assert room.fired == ["Veerboot a"]
    assert room.reasons[("id-b", "boats")] == "FIRST_POLL"


async def test_what_is_withheld_is_counted_when_it_is_published():
    made = rule()
    over_time = NewTerm(fields=("source",), terms_window_size=MINUTE * 60, realert=MINUTE)
    room = await Newsroom(rules=(replace(made, over_time=over_time),)).start()
    await count_past(room.outside)
    await room.brings(held("a"), flaw=EMBARGO)
    before = dict(room.store.occurrences)
    await room.brings(news("a"))

    assert before == {}
    assert room.fired == ["Veerboot a"]


@pytest.mark.parametrize("gone", [{"pubstatus": "canceled", "kind": "withdrawn"}, {"kind": "withdrawn"}])
async def test_what_is_withdrawn_before_it_was_there_is_no_news(room, gone):
    await room.brings(news("a", **gone))
    await room.brings(news("a", "Herzien.", **gone))

    assert room.fired == []
    assert room.reasons == {("id-a", "boats"): "WITHDRAWN"}


async def test_what_is_withdrawn_out_of_an_embargo_is_no_news_and_what_comes_back_is(room):
    await room.brings(held("a"), flaw=EMBARGO)
    await room.brings(news("a", kind="withdrawn"))
    assert room.fired == []
    await room.brings(news("a", headline="Veerboot toch"))

    assert room.fired == ["Veerboot toch"]


async def test_a_rule_that_asks_for_what_is_withdrawn_gets_it():
    room = await Newsroom(rules=(rule({"all": ["veerboot", {"kind": ["new", "withdrawn"]}]}),)).start()
    await room.brings(news("a", kind="withdrawn"))

    assert room.fired == ["Veerboot a"]


async def test_a_revision_that_withdraws_what_was_there_fires_if_it_is_the_first_that_matches(room):
    await room.brings(news("a", headline="Storm"))
    await room.brings(news("a", headline="Veerboot: ingetrokken", kind="withdrawn"))

    assert room.fired == ["Veerboot: ingetrokken"]


async def test_a_file_with_an_embargo_is_read_again_until_that_is_over():
    room = await Newsroom(source=FOLDER).open()
    document = room.parser.page([held("a")], EMBARGO).document
    room.fetcher.put("/news/a", document.body)
    await room.polled()
    assert await room.store.files("wire") == {}
    room.parser.readings[document.body.decode()] = room.parser.readings[
        room.parser.page([news("a")]).document.body.decode()
    ]
    await room.polled()

    assert room.fired == ["Veerboot a"]
    assert set(await room.store.files("wire")) == {"/news/a"}


async def test_a_file_with_another_flaw_is_not_read_again():
    room = await Newsroom(source=FOLDER).open()
    room.fetcher.put("/news/a", room.parser.page([news("a")], "cut short").document.body)
    await room.polled()

    assert set(await room.store.files("wire")) == {"/news/a"}
