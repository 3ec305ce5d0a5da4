"""What polls come to: what is archived, what fires, and what of it fires once only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import DocumentError, NotRecognized, ParserKilled
from monitor.model import Paragraph
from monitor.pipeline.poll import poll
from monitor.ports import FetchFailed
from monitor.reasons import Reason
from tests.fakes.clock import START
from tests.fakes.newsroom import FOLDER, LONG, WIRE, Newsroom, news, rule

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def room():
    """Return a newsroom whose source was polled once, when there was nothing."""
    return await Newsroom().start()


@pytest.fixture
async def new_room():
    """Return a newsroom whose source was not polled yet."""
    return await Newsroom().open()


async def test_what_is_new_and_matches_fires(room):
    report = await room.brings(news("a"), news("b", headline="Ander nieuws", text="Niets."))

    assert room.fired == ["Veerboot a"]
    assert (report.status, report.items, report.new, report.matches, report.alerts) == ("polled", 2, 2, 1, 1)


async def test_the_first_poll_archives_without_alerting(new_room):
    report = await new_room.brings(news("a"), news("b"))

    assert new_room.fired == []
    assert set(new_room.reasons.values()) == {"FIRST_POLL"}
    assert (report.new, report.alerts, len(new_room.store.items)) == (2, 0, 2)


async def test_what_was_there_at_the_first_poll_stays_silent(new_room):
    for _ in range(3):
        await new_room.brings(news("a"), news("b", "bewerkt"))

    assert new_room.fired == []


async def test_the_first_poll_is_the_first_good_answer(new_room):
    await new_room.answers(FetchFailed("answered 503"))
    await new_room.answers(new_room.parser.fails(NotRecognized("a PNG image")))
    await new_room.brings(news("a"))
    await new_room.brings(news("a"), news("b"))

    assert new_room.fired == ["Veerboot b"]


async def test_an_empty_first_poll_is_a_first_poll(new_room):
    await new_room.brings()
    await new_room.brings(news("a"))

    assert new_room.fired == ["Veerboot a"]


@pytest.mark.parametrize(
    ("published", "reason"),
    [
        (START - timedelta(hours=23), Reason.FIRED),
        (START - timedelta(days=1), Reason.FIRED),
        (START - timedelta(days=1, seconds=1), Reason.BEFORE_BACKFILL),
        (datetime(9999, 1, 1, tzinfo=UTC), Reason.FIRED),
        (datetime(1970, 1, 1, tzinfo=UTC), Reason.BEFORE_BACKFILL),
        (None, Reason.UNDATED_BACKFILL),
        ("2026-02-05", Reason.FIRED),
        ("2026-02-04", Reason.FIRED),
        ("2026-02-03", Reason.BEFORE_BACKFILL),
        ("2026", Reason.FIRED),
        ("2025-12", Reason.BEFORE_BACKFILL),
    ],
)
async def test_a_backfill_of_a_day_alerts_on_what_was_published_within_a_day(published, reason):
    room = await Newsroom(source=replace(WIRE, backfill=timedelta(days=1))).open()

    await room.brings(news("a", published=published))

    assert list(room.reasons.values()) == [reason.name]


async def test_a_backfill_of_all_alerts_on_everything():
    room = await Newsroom(source=replace(WIRE, backfill=None)).open()

    await room.brings(news("a"), news("b", published=datetime(1970, 1, 1, tzinfo=UTC)))

    assert sorted(room.fired) == ["Veerboot a", "Veerboot b"]


async def test_backfill_is_of_the_first_poll_only():
    room = await Newsroom(source=replace(WIRE, backfill=timedelta(days=1))).start()

    await room.brings(news("a", published=datetime(1970, 1, 1, tzinfo=UTC)))

    assert room.fired == ["Veerboot a"]


@pytest.mark.parametrize("year", [1970, 2026, 9999])
async def test_a_date_never_gates(room, year):
    await room.brings(news("a", published=datetime(year, 1, 1, tzinfo=UTC)))
    await room.brings(news("b", published=START), news("a", published=datetime(year, 1, 1, tzinfo=UTC)))

    assert room.fired == ["Veerboot a", "Veerboot b"]


async def test_an_item_and_a_rule_fire_once_whatever_changes(room):
    for text in ("Eerste bericht.", "Tweede bericht.", "Eerste bericht.", "Derde bericht."):
        await room.brings(news("a", text, updated=room.clock()))

    assert len(room.store.alerts) == 1
    assert len(room.store.outbox) == 1
    assert [(seen.item.id, seen.revision, seen.item.body[0].text) for seen in room.store.items.values()] == [
        ("id-a", 3, "Derde bericht.")
    ]


async def test_the_first_revision_that_matches_fires(room):
    await room.brings(news("a", headline="Storm op het wad"))
    await room.brings(news("a", headline="Veerboot ligt stil"))
    await room.brings(news("a", headline="Veerboot vaart weer"))

    assert room.fired == ["Veerboot ligt stil"]


async def test_a_revision_of_what_was_archived_at_first_fires_if_it_is_the_first_that_matches(new_room):
    await new_room.brings(news("a", headline="Storm op het wad"))
    await new_room.brings(news("a", headline="Veerboot ligt stil"))

    assert new_room.fired == ["Veerboot ligt stil"]


@pytest.mark.parametrize(
    ("kinds", "fired"),
    [
        ("new", ["Veerboot a"]),
        ("update", ["Veerboot a2"]),
        ("correction", ["Veerboot a3"]),
        (["update", "correction"], ["Veerboot a2"]),
        ("withdrawn", []),
    ],
)
async def test_a_rule_may_look_at_kinds_of_revisions_only(kinds, fired):
    room = await Newsroom(rules=(rule({"all": ["veerboot", {"kind": kinds}]}),)).start()

    await room.brings(news("a"))
    await room.brings(news("a", headline="Veerboot a2"))
    await room.brings(news("a", headline="Veerboot a3", kind="correction"))

    assert room.fired == fired


async def test_each_rule_fires_for_itself_and_tells_each_of_its_channels_once():
    rules = (rule(notify=("desk", "phone", "desk")), rule("terschelling", "islands", ()), rule("nergens", "none"))
    room = await Newsroom(rules=rules).start()

    await room.brings(news("a", LONG))

    assert [rule for _, rule in room.store.decisions] == ["boats", "islands"]
    assert [queued.delivery.channel for queued in room.store.outbox.values()] == ["desk", "phone"]


async def test_a_rule_that_is_new_does_not_look_back(room):
    await room.brings(news("a", LONG))
    room.rules = (rule(name="renamed"), rule("terschelling", "islands"))
    await room.brings(news("a", LONG))

    assert [rule for _, rule in room.store.decisions] == ["boats"]


async def test_alerts_of_a_document_go_oldest_first(room):
    dated = [news(name, published=START + timedelta(minutes=minute)) for name, minute in (("c", 3), ("a", 1), ("b", 2))]

    await room.brings(*dated)

    assert room.fired == ["Veerboot a", "Veerboot b", "Veerboot c"]


async def test_duplicate_guids_of_different_items_are_both_told(room):
    await room.brings(news("a", guid="same"), news("b", guid="same"))
    await room.brings(news("c", guid="same"), news("a", guid="same"), news("b", guid="same"))
    await room.brings(news("c", guid="same"))

    assert sorted(room.fired) == ["Veerboot a", "Veerboot b", "Veerboot c"]


async def test_a_feed_that_was_empty_for_a_day_and_is_full_again_brings_nothing_new(room):
    items = [news(name) for name in "abc"]
    await room.brings(*items)
    for _ in range(288):
        await room.brings()
    report = await room.brings(*items)

    assert (len(room.store.alerts), report.new) == (3, 0)


async def test_a_source_elsewhere_begins_anew_if_nothing_there_is_known(room):
    await room.brings(news("a"))
    room.source = replace(WIRE, url="https://other.example/feed")
    await room.brings(news("b"), news("c"))
    await room.brings(news("b"), news("c"), news("d"))

    assert room.fired == ["Veerboot a", "Veerboot d"]


async def test_a_source_elsewhere_goes_on_if_its_items_are_there(room):
    await room.brings(news("a"))
    room.source = replace(WIRE, url="https://other.example/feed")
    await room.brings(news("b"), news("a"))

    assert room.fired == ["Veerboot a", "Veerboot b"]


async def test_a_paused_source_is_not_asked(room):
    room.store.states["wire"] = replace(room.state, paused=True)

    report = await poll(room.source, room.outside)

    assert report.status == "paused"
    assert len(room.fetcher.asked) == 1  # When it started.


async def test_everything_in_a_folder_is_new():
    room = await Newsroom(source=FOLDER).open()
    for name in "ab":
        room.fetcher.put(f"/news/{name}.xml", room.parser.page([news(name)]).document.body)

    report = await poll(room.source, room.outside)

    assert room.fired == ["Veerboot a", "Veerboot b"]
    assert (report.status, report.items, report.new, report.alerts) == ("polled", 2, 2, 2)


async def test_a_file_is_read_again_when_it_was_rewritten():
    room = await Newsroom(source=FOLDER).open()
    room.fetcher.put("/news/a", room.parser.page([news("a")]).document.body)
    await poll(room.source, room.outside)
    await poll(room.source, room.outside)
    room.fetcher.put("/news/a", room.parser.page([news("a", "Bewerkt."), news("b")]).document.body, changed=2)
    report = await poll(room.source, room.outside)

    assert (room.parser.read_, room.fired) == (["document 0", "document 1"], ["Veerboot a", "Veerboot b"])
    assert (report.new, report.changed) == (1, 1)


async def test_a_file_that_is_no_document_is_a_flaw_and_not_read_again():
    room = await Newsroom(source=FOLDER).open()
    room.fetcher.put("/news/a", room.parser.fails(NotRecognized("a PNG image")).document.body)
    room.fetcher.put("/news/b", room.parser.page([news("b")]).document.body)

    reports = [await poll(room.source, room.outside) for _ in range(2)]

    assert [report.status for report in reports] == ["polled", "unchanged"]
    assert reports[0].flaw == "/news/a: a PNG image"
    assert room.fired == ["Veerboot b"]
    assert len(room.parser.read_) == 2


@pytest.mark.parametrize("killed", [ParserKilled("killed"), DocumentError("killed")])
async def test_a_file_whose_parser_was_killed_is_tried_again_and_does_not_hold_up_others(killed):
    room = await Newsroom(source=FOLDER).open()
    broken = room.parser.fails(killed).document.body
    room.fetcher.put("/news/a", broken)
    room.fetcher.put("/news/b", room.parser.page([news("b")]).document.body)

    report = await poll(room.source, room.outside)

    assert (report.status, report.error, report.alerts) == ("failed", "killed", 1)
    assert room.state.failures == 1

    room.parser.readings[broken.decode()] = room.parser.readings[room.parser.page([news("a")]).document.body.decode()]
    report = await poll(room.source, room.outside)

    assert (report.status, room.fired, room.state.failures) == ("polled", ["Veerboot b", "Veerboot a"], 0)


async def test_a_file_that_is_gone_is_forgotten_within_a_day_and_its_items_are_not_told_again():
    room = await Newsroom(source=FOLDER).open()
    for name in "ab":
        room.fetcher.put(f"/news/{name}", room.parser.page([news(name)]).document.body)
    await poll(room.source, room.outside)
    back = room.fetcher.files.pop("/news/a")
    await poll(room.source, room.outside)
    assert len(room.store.seen_files) == 2
    room.clock.pass_(hours=25)
    await poll(room.source, room.outside)
    assert room.store.seen_files.keys() == {("wire", "/news/b")}
    room.fetcher.files["/news/a"] = back
    await poll(room.source, room.outside)

    assert (len(room.parser.read_), room.fired) == (3, ["Veerboot a", "Veerboot b"])


async def test_a_folder_that_is_not_there_is_a_failure():
    room = await Newsroom(source=FOLDER).open()
    room.fetcher.broken = FileNotFoundError(2, "No such file or directory")

    report = await poll(room.source, room.outside)

    assert (report.status, report.error) == ("failed", "/news: No such file or directory")
    assert room.state.failures == 1


async def test_an_item_keeps_its_id_under_new_keys(room):
    await room.brings(news("a"))
    await room.brings(news("a", guid="rebuilt-1"))
    await room.brings(
        replace(news("a", guid="rebuilt-1", url="https://elders.example/x"), body=(Paragraph("Anders."),))
    )

    assert list(room.store.items) == ["id-a"]
    assert room.store.items["id-a"].revision == 1
    assert len(room.store.alerts) == 1


async def test_what_is_fetched_carries_its_validators_into_the_next_request(room):
    await room.brings(etag='"1"', last_modified="Thu, 05 Feb 2026 10:00:00 GMT")
    await room.brings()

    assert (room.fetcher.asked[-1].etag, room.fetcher.asked[-1].last_modified) == (
        '"1"',
        "Thu, 05 Feb 2026 10:00:00 GMT",
    )
