"""The archive as people see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Dateline, Paragraph, Polled, Teaser
from monitor.reasons import Reason
from monitor.records import message_record
from monitor.store import archive
from monitor.store.archive import ArchivedItem
from monitor.store.forgetting import AT_ONCE, Purged, purge
from tests.store.news import LATER, NOW, SECOND, STATE, WORKER, a_decision, a_document, a_seen, an_alert, an_item

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)


@pytest.fixture
def store(sql_store):
    return sql_store


def polled_at(moment, *seen, **changes):
    return Polled(replace(STATE, polled=moment, **changes), seen)


async def found(database, words, **bounds):
    return [one.id for one in await archive.search_items(database, words, **bounds)]


async def test_an_item_is_found_by_its_id_and_its_url_as_it_was(database, store):
    whole = an_item(dateline=Dateline("HARLINGEN (ANP) - ", ("HARLINGEN",), ("ANP",)), unsure=("published",))
    await store.commit(polled_at(NOW, replace(a_seen(revision=3), item=whole)))

    assert await archive.find_items(database, "ferry") == [ArchivedItem("ferry", "wire", NOW, 3, whole)]
    assert await archive.find_items(database, "https://wire.example/ferry") == await archive.find_items(
        database, "ferry"
    )
    assert await archive.find_items(database, "unheard-of") == []


async def test_items_of_one_url_are_all_found_newest_first(database, store):
    url = "https://wire.example/shared"
    await store.commit(polled_at(NOW, a_seen("old", url=url)))
    await store.commit(polled_at(LATER, a_seen("new", url=url), id="other"))

    assert [one.id for one in await archive.find_items(database, url)] == ["new", "old"]
    assert [one.source for one in await archive.find_items(database, url, most=1)] == ["other"]


async def test_a_later_revision_is_shown_and_when_it_was_first_seen_stays(database, store):
    await store.commit(polled_at(NOW, a_seen()))
    await store.commit(polled_at(LATER, a_seen(revision=1, headline="Veerboot toch niet uitgevaren")))

    (one,) = await archive.find_items(database, "ferry")

    assert (one.first_seen, one.revision) == (NOW, 1)
    assert one.item == an_item(headline="Veerboot toch niet uitgevaren")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("veerdienst", ["b", "a"]),
        ("VEERDIENST Reeder", ["b"]),
        ("réèder", ["b"]),
        ("storm", []),
        ("veer%nst", []),
        ("veer_ienst", []),
        ("100%", ["a"]),
        ("", ["b", "a"]),
        ("harlingen", ["a"]),
        ("premium", ["a"]),
        ("'); DROP TABLE items; --", []),
        ("x" * 100_000, []),
    ],
)
async def test_items_are_searched_by_parts_of_words_whatever_case_and_accents(database, store, words, ids):
    first = a_seen(
        "a",
        dateline=Dateline("HARLINGEN - "),
        body=(Paragraph("De veerdienst is 100% hervat."), Teaser(label="LEES OOK", text="Premium verhaal")),
    )
    second = a_seen("b", body=(Paragraph("Der Reeder äußert sich zum Veerdienst."),))
    await store.commit(polled_at(NOW, first))
    await store.commit(polled_at(LATER, second))

    assert await found(database, words) == ids


async def test_a_search_gives_the_newest_and_no_more_than_asked_for(database, store):
    for number in range(5):
        await store.commit(polled_at(NOW + number * SECOND, a_seen(f"item{number}")))

    assert await found(database, "veerboot", most=2) == ["item4", "item3"]


async def test_a_decision_is_found_with_its_item_reason_and_spans(database, store):
    held = a_decision(reason=Reason.FIRST_POLL)
    await store.commit(replace(polled_at(NOW, a_seen()), decisions=(held,)))

    for name in ("ferry", "https://wire.example/ferry"):
        decision = await archive.find_decision(database, name, "boats")

        assert decision is not None
        assert decision.item.item == an_item()
        assert (decision.rule, decision.alert, decision.reason) == ("boats", False, Reason.FIRST_POLL)
        assert (decision.at, decision.spans) == (held.at, held.spans)
    assert await archive.find_decision(database, "ferry", "storms") is None
    assert await archive.find_decision(database, "unheard-of", "boats") is None


async def test_alerts_are_listed_newest_first_and_found_by_id_with_their_message(database, store):
    await store.commit(a_document("ferry"))
    late = replace(an_alert("storm", "storms"), timestamp=LATER)
    await store.commit(Polled(STATE, (a_seen("storm"),), (), (late,)))

    assert [alert.id for alert in await archive.latest_alerts(database)] == ["alert-storm", "alert-ferry"]
    assert [alert.id for alert in await archive.latest_alerts(database, most=1)] == ["alert-storm"]
    assert [alert.id for alert in await archive.latest_alerts(database, rule="boats")] == ["alert-ferry"]

    alert = await archive.find_alert(database, "alert-storm")

    assert alert is not None
    assert (alert.rule, alert.story, alert.first_item, alert.fired) == ("storms", "storm", "storm", LATER)
    assert alert.message == message_record(late)
    assert await archive.find_alert(database, "unheard-of") is None


@pytest.mark.parametrize("odd", ["NUL \0", "lone \ud800 surrogate", "\u202e", "👩‍👩‍👧", "習 \x1b[2J"])
async def test_odd_text_comes_back_with_what_cannot_be_stored_replaced(database, store, odd):
    await store.commit(polled_at(NOW, a_seen(headline=odd, tags=(odd,))))

    (one,) = await archive.find_items(database, "ferry")

    stored = odd.replace("\ud800", "\ufffd")

    assert one.item == an_item(headline=stored, tags=(stored,))


async def test_what_is_old_is_let_go_and_known_still(database, store):
    await store.commit(a_document("ferry"))
    delivery = await store.lease("desk", WORKER, NOW, LATER, retry=False)
    await store.sent(delivery, NOW, "200 OK")
    await store.commit(a_document("storm", state=replace(STATE, polled=NOW + DAY)))

    assert await purge(database, NOW) == Purged(0, 0, 0)
    assert await purge(database, NOW + SECOND) == Purged(items=1, deliveries=1, alerts=1)
    assert await purge(database, NOW + SECOND) == Purged(0, 0, 0)

    (tombstone,) = await archive.find_items(database, "ferry")

    assert tombstone == ArchivedItem("ferry", "wire", NOW, 0, None)
    assert await found(database, "veerboot") == ["storm"]
    assert (await store.known("wire", ["guid:ferry"])).keys() == {"guid:ferry"}
    assert await store.decided(["ferry"]) == {("ferry", "boats")}
    assert await archive.find_alert(database, "alert-ferry") is None


async def test_what_waits_is_kept_whatever_its_age(database, store):
    await store.commit(a_document("ferry", "storm"))
    delivery = await store.lease("desk", WORKER, NOW, LATER, retry=False)
    await store.defer(delivery, LATER, "503")

    assert await purge(database, NOW + 365 * DAY) == Purged(items=2, deliveries=0, alerts=0)
    assert await archive.find_alert(database, "alert-ferry") is not None
    assert (await store.lease("desk", WORKER, NOW, LATER, retry=False)).alert == "alert-storm"


async def test_what_was_let_go_comes_back_with_a_later_revision(database, store):
    await store.commit(a_document("ferry"))
    await purge(database, NOW + DAY)
    await store.commit(polled_at(NOW + 2 * DAY, a_seen(revision=1)))

    (one,) = await archive.find_items(database, "ferry")

    assert (one.item, one.first_seen) == (an_item(), NOW)


async def test_more_than_a_batch_is_let_go_in_several(database, store):
    names = [f"item{number}" for number in range(2 * AT_ONCE + 1)]
    await store.commit(polled_at(NOW, *map(a_seen, names)))

    assert (await purge(database, LATER)).items == len(names)
