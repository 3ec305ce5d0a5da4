"""What every store promises of sources and of what documents bring; `FakeStore` and SQLite in turn."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from monitor.model import FileSeen, Known, Polled, SourceState
from monitor.reasons import Reason
from tests.store.news import LATER, NOW, SECOND, STATE, WORKER, a_decision, a_delivery, a_document, a_seen, an_item

pytestmark = pytest.mark.anyio

WHOLE = SourceState(
    id="wire",
    due=datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    address="8f1c",
    started=True,
    paused=False,
    etag='W/"\xe9\t"',
    last_modified="Thu, 05 Feb 2026 10:00:00 GMT",
    asked_whole=datetime(1, 1, 1, tzinfo=UTC),
    read_whole=NOW,
    body="00ff",
    moved_to="https://elders.example/feed",
    moves=3,
    failures=17,
    error="HTTP 503",
    polled=NOW,
    succeeded=datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    pace=timedelta(days=40, microseconds=1),
)


async def leased(store, by=WORKER):
    return await store.lease("desk", by, LATER, LATER + SECOND, retry=False)


async def test_a_new_source_is_due_at_its_time(store):
    await store.register({"wire": NOW})

    assert await store.state("wire") == SourceState(id="wire", due=NOW)
    assert await store.due(NOW - SECOND, 10) == []
    assert [state.id for state in await store.due(NOW, 10)] == ["wire"]
    assert await store.next_due() == NOW


async def test_a_source_that_is_not_registered_is_a_key_error(store):
    with pytest.raises(KeyError):
        await store.state("wire")


async def test_without_sources_none_is_due(store):
    assert await store.due(NOW, 10) == []
    assert await store.next_due() is None


async def test_a_source_that_is_gone_sleeps_and_wakes_as_it_was(store):
    await store.register({"wire": NOW, "other": LATER})
    await store.save(replace(STATE, etag="x"))
    await store.register({"other": NOW})

    assert await store.due(LATER, 10) == [SourceState(id="other", due=LATER)]
    with pytest.raises(KeyError):
        await store.state("wire")

    await store.register({"wire": NOW, "other": NOW})

    assert await store.state("wire") == replace(STATE, etag="x")


async def test_the_longest_due_come_first_and_no_more_than_asked_for(store):
    await store.register({"b": NOW, "c": NOW + SECOND, "a": NOW - SECOND, "d": LATER})

    assert [state.id for state in await store.due(NOW + SECOND, 2)] == ["a", "b"]
    assert [state.id for state in await store.due(NOW + SECOND, 9)] == ["a", "b", "c"]
    assert await store.next_due() == NOW - SECOND


async def test_a_state_comes_back_as_it_went_in_to_the_microsecond(store):
    await store.register({"wire": NOW})
    await store.save(WHOLE)

    assert await store.state("wire") == WHOLE


async def test_times_of_another_zone_come_back_in_utc(store):
    amsterdam = NOW.astimezone(timezone(timedelta(hours=1)))
    await store.register({"wire": amsterdam})

    state = await store.state("wire")

    assert (state.due, state.due.tzinfo) == (NOW, UTC)


async def test_a_time_without_a_zone_is_refused_and_leaves_no_trace(store):
    await store.register({"wire": NOW})
    with pytest.raises(Exception, match=r"zone|offset"):
        await store.save(replace(STATE, due=NOW.replace(tzinfo=None)))

    assert await store.state("wire") == SourceState(id="wire", due=NOW)


async def test_a_paused_source_is_not_due_and_a_poll_under_way_does_not_lift_the_pause(store):
    await store.register({"wire": NOW})
    await store.save(replace(STATE, paused=True))
    await store.save(replace(STATE, paused=False, failures=2))

    assert await store.state("wire") == replace(STATE, paused=True, failures=2)
    assert await store.due(LATER, 10) == []
    assert await store.next_due() is None


async def test_what_a_source_brings_that_was_removed_meanwhile_is_kept_and_it_sleeps_on(store):
    await store.register({})
    await store.commit(a_document("ferry"))

    assert await store.known("wire", ["guid:ferry"]) == {"guid:ferry": Known("ferry", "content 0", 0)}
    assert await store.due(LATER, 10) == []


async def test_everything_that_a_document_brought_is_there(store):
    await store.register({"wire": NOW})
    await store.commit(replace(a_document("ferry"), file=FileSeen("/in/ferry.txt", 10, 2**62)))

    assert await store.state("wire") == STATE
    assert await store.known("wire", ["link:ferry"]) == {"link:ferry": Known("ferry", "content 0", 0)}
    assert await store.decided(["ferry"]) == {("ferry", "boats")}
    assert await store.next_delivery("desk") == NOW
    assert await leased(store) == replace(a_delivery("ferry"), attempts=1, tried=LATER, token=WORKER)
    assert await store.files("wire") == {"/in/ferry.txt": FileSeen("/in/ferry.txt", 10, 2**62)}


async def test_committing_the_same_again_changes_nothing(store):
    await store.register({"wire": NOW})
    await store.commit(a_document("ferry"))
    delivery = await leased(store)
    await store.commit(a_document("ferry"))

    assert await store.sent(delivery, NOW, "200 OK")

    await store.commit(a_document("ferry"))

    assert await leased(store) is None
    assert await store.next_delivery("desk") is None
    assert await store.known("wire", ["guid:ferry"]) == {"guid:ferry": Known("ferry", "content 0", 0)}


async def test_a_commit_that_fails_leaves_no_trace(store):
    await store.register({"wire": NOW})
    broken = replace(
        a_document("ferry"),
        decisions=(a_decision("ferry"), a_decision("unheard-of")),
        file=FileSeen("/in/ferry.txt", 10, 1),
    )
    with pytest.raises(LookupError):
        await store.commit(broken)

    assert await store.state("wire") == SourceState(id="wire", due=NOW)
    assert await store.known("wire", ["guid:ferry", "link:ferry"]) == {}
    assert await store.decided(["ferry", "unheard-of"]) == frozenset()
    assert await store.next_delivery("desk") is None
    assert await store.files("wire") == {}

    await store.commit(a_document("ferry"))

    assert await store.decided(["ferry"]) == {("ferry", "boats")}


async def test_an_item_is_known_by_any_of_its_keys_and_within_its_source_only(store):
    await store.commit(Polled(STATE, (a_seen("ferry"),)))
    await store.commit(Polled(replace(STATE, id="other"), (a_seen("storm"),)))

    assert await store.known("wire", ["guid:ferry", "link:ferry", "guid:storm", "guid:new"]) == {
        "guid:ferry": Known("ferry", "content 0", 0),
        "link:ferry": Known("ferry", "content 0", 0),
    }
    assert await store.known("wire", []) == {}


async def test_a_key_stays_with_the_item_that_had_it_first(store):
    await store.commit(Polled(STATE, (a_seen("ferry"),)))
    await store.commit(Polled(STATE, (replace(a_seen("storm"), keys=("guid:ferry", "guid:storm")),)))

    known = await store.known("wire", ["guid:ferry", "guid:storm"])

    assert {key: found.item for key, found in known.items()} == {"guid:ferry": "ferry", "guid:storm": "storm"}


async def test_a_later_revision_replaces_an_item_and_an_earlier_one_does_not(store):
    await store.commit(Polled(STATE, (a_seen("ferry", 1),)))
    await store.commit(Polled(STATE, (replace(a_seen("ferry", 2), keys=("guid:moved",)),)))
    await store.commit(Polled(STATE, (a_seen("ferry", 1),)))

    assert await store.known("wire", ["guid:ferry", "guid:moved"]) == {
        "guid:ferry": Known("ferry", "content 2", 2),
        "guid:moved": Known("ferry", "content 2", 2),
    }


async def test_the_first_decision_on_an_item_and_a_rule_stays(store):
    await store.commit(Polled(STATE, (a_seen("ferry"),), (a_decision(reason=Reason.FIRST_POLL),)))
    await store.commit(Polled(STATE, (), (a_decision(), a_decision(rule="storms"))))

    assert await store.decided(["ferry"]) == {("ferry", "boats"), ("ferry", "storms")}
    assert await store.decided([]) == frozenset()


async def test_five_hundred_items_are_one_commit(store):
    names = [f"item{number}" for number in range(500)]
    await store.commit(a_document(*names))

    keys = [f"{kind}:{name}" for name in names for kind in ("guid", "link", "path", "text")]

    assert len(await store.known("wire", keys)) == 1000
    assert len(await store.decided(names * 3)) == 500


async def test_a_file_is_remembered_as_it_was_read_last_whatever_its_name(store):
    odd = "/in/caf\udce9\n.txt"
    await store.commit(Polled(STATE, file=FileSeen(odd, 10, 1)))
    await store.commit(Polled(STATE, file=FileSeen(odd, 11, 2)))
    await store.commit(Polled(STATE, file=FileSeen("/in/b.txt", 0, 0)))

    assert await store.files("wire") == {odd: FileSeen(odd, 11, 2), "/in/b.txt": FileSeen("/in/b.txt", 0, 0)}
    assert await store.files("other") == {}

    await store.forget_files("other", [odd])
    await store.forget_files("wire", [odd, "/in/nothing.txt"])
    await store.forget_files("wire", [])

    assert await store.files("wire") == {"/in/b.txt": FileSeen("/in/b.txt", 0, 0)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NUL \0 within",
        "a lone \ud800 surrogate",
        "\udfff\ud800",
        "\u202eright to left",
        "👩‍👩‍👧 🇳🇱",
        "习近平",
        "'; --",
        "%_\\",
    ],
)
async def test_no_text_is_too_odd_to_be_stored_and_known_again(store, text):
    item = an_item("odd", headline=text, summary=text, url=text, tags=(text,))
    seen = replace(a_seen(), item=item, keys=(f"guid:{text}", "link:plain"))
    await store.commit(Polled(replace(STATE, error=text, etag=text), (seen,)))

    assert await store.known("wire", [f"guid:{text}"]) == {f"guid:{text}": Known("odd", "content 0", 0)}
    assert await store.known("wire", [f"guid:{text}."]) == {}


async def test_keys_that_look_alike_are_not_the_same(store):
    await store.commit(Polled(STATE, (replace(a_seen(), keys=("a\ufffd", "\xe9")),)))

    assert await store.known("wire", ["a\0", "a\ud800", "A\ufffd", "e\u0301", "\xe9 "]) == {}


async def test_many_may_use_it_at_once(store):
    await store.register({f"s{number}": NOW for number in range(40)})
    documents = [a_document(f"item{number}", state=replace(STATE, id=f"s{number}")) for number in range(40)]
    async with asyncio.TaskGroup() as tasks:
        for document in documents:
            tasks.create_task(store.commit(document))
            tasks.create_task(store.due(LATER, 10))
            tasks.create_task(store.known("s1", ["guid:item1"]))

    taken = await asyncio.gather(*(leased(store, by=f"t{number}") for number in range(50)))

    assert len({delivery.id for delivery in taken if delivery}) == 40
    assert taken.count(None) == 10
