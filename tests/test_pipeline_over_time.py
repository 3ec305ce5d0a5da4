"""Rules over time told as stories, by a clock that stands still until it is told to go on."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Alert, Dateline, Paragraph
from monitor.over_time import Flatline, Frequency, NewTerm, Spike
from monitor.pipeline.past import count_past
from monitor.pipeline.poll import poll
from monitor.pipeline.watch import watch
from tests.fakes.clock import START
from tests.fakes.newsroom import WIRE, Newsroom, news, rule

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SISTER = replace(WIRE, id="sister", url="https://sister.example/feed", publisher="sister")
LOCAL = replace(WIRE, id="local", url="https://local.example/feed", publisher="local")

THREE = Frequency(num_events=3, timeframe=HOUR, realert=2 * HOUR)
SILENT = Flatline(threshold=1, timeframe=HOUR, realert=2 * HOUR)
NEW_AGENCY = NewTerm(fields=("agency",), terms_window_size=30 * 24 * HOUR, realert=timedelta(0))
SWINGS = Spike(spike_height=3, spike_type="both", timeframe=HOUR, threshold_ref=1, realert=HOUR)


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def newsroom(over_time, **told):
    """Return a newsroom with one rule over time and three sources, each polled once, when there was nothing."""
    rules = (replace(rule(), over_time=over_time),)
    room = Newsroom(rules=rules, others=(SISTER, LOCAL), **told)
    await room.store.register(dict.fromkeys(room.sources, room.clock()))
    await count_past(room.outside)
    for source in room.sources.values():
        await brings(room, source)
    return room


async def brings(room, source, *items):
    """Poll a source now, and get these items."""
    page = room.parser.page([replace(item, id=f"{source.id}-{item.id}") for item in items])
    room.fetcher.answer = replace(page, document=replace(page.document, source=source.id))
    return await poll(source, room.outside)


async def ticks(room):
    """Look at every rule, as time has passed."""
    return [message for one in room.outside.over_time for message in await watch(one, room.outside)]


def alerts(room):
    """Return what fired: the ids of the items of each alert, newest last."""
    return [[one.item.id for one in message.data.items] for message in room.store.alerts.values()]


def at(name, minutes, **told):
    """Return news that was published so many minutes after the start."""
    return news(name, published=START + minutes * MINUTE, **told)


async def test_a_frequency_over_three_sources_fires_once_with_the_items_that_made_it():
    room = await newsroom(THREE)
    room.clock.pass_(minutes=30)
    await brings(room, WIRE, at("a", 5), at("other", 6, headline="Ander nieuws", body=()))
    await brings(room, SISTER, at("b", 10))
    fired_before = alerts(room)
    await brings(room, LOCAL, at("c", 20))
    await brings(room, LOCAL, at("c", 20), at("d", 25))

    assert (fired_before, alerts(room)) == ([], [["wire-id-a", "sister-id-b", "local-id-c"]])
    assert room.reasons == {
        ("wire-id-a", "boats"): "COUNTED",
        ("sister-id-b", "boats"): "COUNTED",
        ("local-id-c", "boats"): "FIRED",
        ("local-id-d", "boats"): "RESTING",
    }
    [message] = room.store.alerts.values()
    assert (message.data.story.items, message.data.story.publishers) == (3, ("wire", "sister", "local"))
    assert [span.text for span in message.data.items[0].spans] == ["Veerboot"]
    assert len(room.store.outbox) == 1


async def test_what_comes_late_is_counted_when_it_happened():
    room = await newsroom(THREE)
    room.clock.pass_(minutes=300)

    await brings(room, WIRE, *(at(name, 60 * number) for number, name in enumerate("abcd")))

    assert alerts(room) == []


async def test_the_same_burst_in_two_documents_at_once_is_told_once():
    room = await newsroom(THREE)
    room.clock.pass_(minutes=30)
    await brings(room, WIRE, at("a", 5), at("b", 6))
    before = dict(room.store.firings)

    await brings(room, SISTER, at("c", 7))
    room.store.firings = before
    await brings(room, LOCAL, at("d", 8))

    assert alerts(room) == [["wire-id-a", "wire-id-b", "sister-id-c"]]
    assert len(room.store.outbox) == 1


async def test_of_documents_that_are_polled_at_once_each_sees_what_the_others_counted():
    room = await newsroom(THREE)
    room.clock.pass_(minutes=30)
    for source in room.sources.values():
        page = room.parser.page([replace(at(source.id, 5), id=f"id-{source.id}")])
        room.fetcher.answers[source.url] = replace(page, document=replace(page.document, source=source.id))

    await asyncio.gather(*(poll(source, room.outside) for source in room.sources.values()))

    assert [sorted(ids) for ids in alerts(room)] == [["id-local", "id-sister", "id-wire"]]


async def test_counting_goes_on_after_a_restart_and_a_rest():
    room = await newsroom(THREE)
    room.clock.pass_(minutes=10)
    await brings(room, WIRE, at("a", 5), at("b", 6))
    again = replace(room, rules=room.rules)
    assert await count_past(again.outside) == []
    await brings(again, WIRE, at("c", 7))
    room.clock.pass_(hours=2)
    await brings(again, SISTER, at("d", 125), at("e", 126), at("f", 127))

    assert alerts(room) == [
        ["wire-id-a", "wire-id-b", "wire-id-c"],
        ["sister-id-d", "sister-id-e", "sister-id-f"],
    ]


async def test_a_frequency_for_each_value_of_a_key():
    room = await newsroom(replace(THREE, query_key="agency"))
    room.clock.pass_(minutes=30)
    by = {name: Dateline("", agencies=(agency,)) for name, agency in zip("abcdef", "XYXYXY", strict=True)}

    await brings(room, WIRE, at("n", 4), *(at(name, 5, dateline=line) for name, line in by.items()))

    assert sorted(alerts(room)) == [[f"wire-id-{name}" for name in names] for names in ("ace", "bdf")]
    assert room.reasons["wire-id-n", "boats"] == "NO_TERM"


async def test_what_was_there_at_the_first_poll_is_counted_and_fires_nothing():
    room = Newsroom(rules=(replace(rule(), over_time=NEW_AGENCY),))
    await room.store.register({"wire": room.clock()})
    await count_past(room.outside)
    old = Dateline("DEN HAAG (ANP) - ", agencies=("ANP",))
    await brings(room, WIRE, news("old", dateline=old))
    room.clock.pass_(minutes=5)
    await brings(room, WIRE, news("again", dateline=old), news("new", dateline=Dateline("", agencies=("RTR",))))

    assert alerts(room) == [["wire-id-new"]]
    assert room.reasons == {
        ("wire-id-old", "boats"): "FIRST_POLL",
        ("wire-id-again", "boats"): "KNOWN_TERM",
        ("wire-id-new", "boats"): "FIRED",
    }


async def test_a_new_agency_is_told_once_also_where_the_archive_knew_it_before_the_rule_was_there():
    room = await newsroom(NEW_AGENCY)
    plain, rules = (rule(),), room.rules
    room.rules = plain
    room.clock.pass_(hours=1)
    for number, agency in enumerate(("ANP", "RTR", "AFP", "DPA")):
        await brings(room, WIRE, at(f"before{number}", number, dateline=Dateline("", agencies=(agency,))))
    assert len(room.store.alerts) == 4
    await count_past(room.outside)
    room.rules = rules
    assert await count_past(room.outside) == ["boats"]

    for number, agency in enumerate(("ANP", "TASS", "TASS", "DPA")):
        await brings(room, WIRE, at(f"after{number}", 30 + number, dateline=Dateline("", agencies=(agency,))))

    assert alerts(room)[4:] == [["wire-id-after1"]]
    assert room.store.counted["boats"].since == START + HOUR


async def test_a_spike_up_and_down():
    room = await newsroom(SWINGS)
    room.clock.pass_(hours=2)
    await brings(room, WIRE, at("before", 80))
    await brings(room, SISTER, *(at(f"up{number}", 110 + number) for number in range(3)))
    up = alerts(room)
    assert await ticks(room) == []
    room.clock.pass_(minutes=149)
    assert await ticks(room) == []
    await brings(room, SISTER, *(at(f"down{number}", 220 + number) for number in range(3)))
    room.clock.pass_(minutes=60)
    down = await ticks(room)
    again = await ticks(room)

    assert up == []
    assert [[one.item.id for one in message.data.items] for message in down] == [
        [f"sister-id-down{number}" for number in range(3)]
    ]
    assert again == []


async def test_a_spike_up_fires_once_the_windows_are_full():
    room = await newsroom(SWINGS)
    room.clock.pass_(minutes=179)
    await brings(room, WIRE, at("before", 80))
    await brings(room, SISTER, at("up1", 170), at("up2", 171))
    assert alerts(room) == []
    await brings(room, LOCAL, at("up3", 172))

    assert alerts(room) == [["sister-id-up1", "sister-id-up2", "local-id-up3"]]


async def test_a_silence_is_told_without_items_again_after_a_rest_and_not_once_news_comes():
    room = await newsroom(SILENT)
    told = []
    for _ in range(3 * 60):
        room.clock.pass_(minutes=1)
        told += [(room.clock.now - START, message) for message in await ticks(room)]
    await brings(room, WIRE, at("a", 175))
    for _ in range(54):
        room.clock.pass_(minutes=1)
        assert await ticks(room) == []

    assert [moment for moment, _ in told] == [HOUR, 3 * HOUR]
    assert [message.data.items for _, message in told] == [(), ()]
    assert (told[0][1].data.story.headline, told[0][1].data.story.items) == ("Boats", 0)
    assert len(room.store.alerts) == len(room.store.outbox) == 2


async def test_a_silence_of_a_source_is_told_once_and_forgotten_until_it_speaks():
    room = await newsroom(replace(SILENT, query_key="source", forget_keys=True))
    room.clock.pass_(minutes=10)
    await brings(room, WIRE, at("a", 5))
    await brings(room, SISTER, at("b", 6))
    told = []
    for minute in range(11, 400):
        room.clock.pass_(minutes=1)
        if minute == 200:
            await brings(room, SISTER, at("c", 200))
        told += [(message.data.story.headline, minute) for message in await ticks(room)]

    assert told == [("Boats: wire", 65), ("Boats: sister", 66), ("Boats: sister", 260)]


async def test_a_silence_is_told_once_whoever_looks_again_after_it_was_forgotten_that_it_was_told():
    room = await newsroom(SILENT)
    room.clock.pass_(minutes=60)
    await ticks(room)
    room.store.firings.clear()
    room.clock.pass_(minutes=1)
    await ticks(room)

    assert len(room.store.alerts) == len(room.store.outbox) == 1


async def test_a_rule_whose_past_is_not_counted_tells_no_silence():
    room = await newsroom(SILENT)
    room.store.counted.clear()
    room.clock.pass_(hours=9)

    assert await ticks(room) == []


async def test_a_clock_that_was_set_back_neither_invents_a_silence_nor_rests_for_ever():
    room = await newsroom(replace(SILENT, threshold=2))
    room.clock.pass_(hours=5)
    await brings(room, WIRE, news("a", published=None), news("b", published=None))
    room.clock.pass_(hours=-3)
    assert await ticks(room) == []
    room.clock.pass_(hours=5)
    assert len(await ticks(room)) == 1
    room.clock.pass_(hours=-1)
    assert len(await ticks(room)) == 0
    room.clock.pass_(hours=3)

    assert len(await ticks(room)) == 1


async def test_a_rule_that_was_changed_is_counted_anew_from_the_archive_and_rests_on():
    room = await newsroom(THREE)
    room.clock.pass_(minutes=30)
    await brings(room, WIRE, *(at(name, 5, body=(Paragraph(f"Storm {name}."),)) for name in "abc"))
    room.rules = (replace(rule("storm"), over_time=replace(THREE, num_events=2)),)

    assert await count_past(room.outside) == ["boats"]
    assert await count_past(room.outside) == []
    assert len(room.store.occurrences) == 3
    await brings(room, SISTER, at("d", 25, body=(Paragraph("Storm d."),)))
    assert room.reasons["sister-id-d", "boats"] == "RESTING"


async def test_while_a_changed_rule_is_counted_anew_the_old_one_takes_nothing_for_new_and_no_item_is_left_out():
    room = await newsroom(NEW_AGENCY)
    old, agency = room.rules, Dateline("", agencies=("ANP",))
    room.clock.pass_(hours=1)
    await brings(room, WIRE, *(at(f"a{number}", 30 + number, dateline=agency) for number in range(2)))
    room.rules = tuple(replace(one, over_time=replace(NEW_AGENCY, realert=MINUTE)) for one in old)
    changed, room.rules = room.outside, old
    walked = room.store.past

    async def polled_meanwhile(behind):
        room.store.past = walked
        await brings(room, SISTER, at("b", 40, dateline=agency))
        return await walked(behind)

    room.store.past = polled_meanwhile
    await count_past(changed)

    assert alerts(room) == [["wire-id-a0"]]
    assert room.reasons["sister-id-b", "boats"] == "COUNTED"
    assert {one.item for one in room.store.occurrences.values()} == {"wire-id-a0", "wire-id-a1", "sister-id-b"}


async def test_what_a_rule_counted_that_is_gone_is_forgotten():
    room = await newsroom(THREE)
    room.clock.pass_(minutes=30)
    await brings(room, WIRE, *(at(name, 5) for name in "abc"))
    room.rules = ()
    await count_past(room.outside)

    assert (room.store.occurrences, room.store.firings, room.store.counted) == ({}, {}, {})


async def test_an_item_that_was_counted_from_the_archive_is_not_counted_again_when_it_is_revised():
    room = await newsroom(THREE)
    rules, room.rules = room.rules, ()
    await count_past(room.outside)
    room.clock.pass_(minutes=30)
    await brings(room, WIRE, at("a", 5), at("b", 6))
    room.rules = rules
    await count_past(room.outside)
    await brings(room, WIRE, at("a", 5, body=(Paragraph("Herzien."),)), at("b", 6))

    assert room.reasons == {("wire-id-a", "boats"): "REPEATED"}
    assert len(room.store.occurrences) == 2
    assert all(isinstance(message.data, Alert) for message in room.store.alerts.values())


@pytest.mark.parametrize(("dated", "reason", "counted"), [(True, "COUNTED", 21), (False, "UNDATED_FLOOD", 0)])
async def test_a_flood_is_counted_as_far_as_it_says_when_it_happened_and_fires_nothing(dated, reason, counted):
    room = await newsroom(replace(THREE, timeframe=24 * HOUR))
    await brings(room, WIRE, news("known"))
    room.clock.pass_(minutes=90)
    old = [news(f"old{n}", published=START - n * MINUTE if dated else None) for n in range(1, 22)]
    report = await brings(room, WIRE, news("known"), *old)

    assert (report.held, room.store.alerts) == (21, {})
    assert {told for (item, _), told in room.reasons.items() if "old" in item} == {reason}
    assert len(room.store.occurrences) == counted + 1
    assert "0 alerts held back" in report.notice
