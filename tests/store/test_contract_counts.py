"""What every store promises of rules over time; `FakeStore` and SQLite in turn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Polled
from monitor.over_time import Counting, Firing, Occurrence, Tally
from monitor.ports import Past
from monitor.reasons import Reason
from tests.store.news import LATER, NOW, SECOND, STATE, a_decision, a_delivery, a_document, a_seen, an_alert

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)


def one(item, at=NOW, term="ANP", rule="boats"):
    return Occurrence(rule, term, item, at)


FIRED = Firing("boats", "ANP", LATER, NOW)
THREE = (one("b", NOW + SECOND), one("a"), one("c", NOW - DAY))


async def test_occurrences_come_back_by_term_in_order_of_time(store):
    await store.add_occurrences([*THREE, one("a", term="RTR"), one("z", rule="trains")])

    assert await store.tallies("boats", NOW) == {
        "ANP": Tally((one("a"), one("b", NOW + SECOND)), NOW - DAY, NOW + SECOND),
        "RTR": Tally((one("a", term="RTR"),), NOW, NOW),
    }
    assert await store.tallies("boats", LATER, ["RTR", "AFP"]) == {"RTR": Tally((), NOW, NOW), "AFP": Tally()}
    assert await store.tallies("nobody", NOW) == {}
    assert await store.tallies("boats", NOW, []) == {}


async def test_an_occurrence_that_is_there_stays_as_it_is(store):
    await store.add_occurrences([one("a")])
    await store.commit(Polled(STATE, occurrences=(one("a", LATER), one("b", LATER))))

    assert (await store.tallies("boats", NOW - DAY))["ANP"].occurrences == (one("a"), one("b", LATER))


async def test_what_a_document_counted_is_committed_with_it_or_not_at_all(store):
    counted = {"occurrences": THREE, "firings": (FIRED,)}
    with pytest.raises(LookupError):
        await store.commit(replace(a_document("ferry"), decisions=(a_decision("nobody"),), **counted))
    before = await store.tallies("boats", NOW)
    await store.commit(replace(a_document("ferry"), **counted))
    await store.commit(replace(a_document("ferry"), **counted))

    assert before == {}
    assert (await store.tallies("boats", NOW))["ANP"].fired == FIRED


async def test_a_firing_is_replaced_and_its_alert_and_deliveries_are_kept_once(store):
    for firing in (FIRED, replace(FIRED, at=LATER + SECOND)):
        await store.fire([firing], [an_alert()], [a_delivery()])

    assert (await store.tallies("boats", NOW, ["ANP"]))["ANP"].fired == replace(FIRED, at=LATER + SECOND)
    assert await store.lease("desk", "one", LATER, LATER, retry=False) is not None
    assert await store.lease("desk", "two", LATER, LATER, retry=False) is None


async def test_a_firing_without_occurrences_is_a_tally_too(store):
    await store.fire([replace(FIRED, term="")], [], [])

    assert await store.tallies("boats", NOW) == {"": Tally(fired=replace(FIRED, term=""))}


@pytest.mark.parametrize("fired", [True, False])
async def test_what_was_counted_is_forgotten_by_rule(store, fired):
    await store.add_occurrences([one("a"), one("z", rule="trains")])
    await store.count(Counting("boats", "00ff", NOW))
    await store.count(Counting("boats", "ff00", LATER))
    await store.fire([FIRED], [], [])
    counted = await store.counting()
    await store.uncount(["boats"], fired=fired)
    await store.uncount([], fired=fired)

    assert counted == {"boats": Counting("boats", "ff00", LATER)}
    assert await store.counting() == {}
    assert await store.tallies("boats", NOW) == ({} if fired else {"ANP": Tally(fired=FIRED)})
    assert (await store.tallies("trains", NOW)).keys() == {"ANP"}


async def test_the_archive_is_walked_through_in_the_order_in_which_items_came(store):
    assert await store.began() is None
    assert await store.past((NOW, "")) == ([], (NOW, ""))
    names = ["d", "a", "c", "b"]
    for number, name in enumerate(names):
        await store.commit(Polled(replace(STATE, polled=NOW + number * SECOND), (a_seen(name),)))
    await store.commit(Polled(replace(STATE, polled=LATER), (a_seen("a", 1, headline="Herzien"),)))

    walked: list[Past] = []
    items, behind = await store.past((NOW + SECOND, ""))
    while items:
        walked += items
        items, behind = await store.past(behind)

    assert [(past.item.id, past.item.headline == "Herzien", past.at, past.first) for past in walked] == [
        ("a", False, NOW + SECOND, False),
        ("a", True, LATER, False),
        ("c", False, NOW + 2 * SECOND, False),
        ("b", False, NOW + 3 * SECOND, False),
    ]
    assert await store.began() == NOW
    assert next(past.first for past in (await store.past((NOW, "")))[0])


@pytest.mark.parametrize("reason", [Reason.WITHHELD, Reason.WITHDRAWN])
async def test_a_decision_that_gives_way_is_replaced_and_then_stays(store, reason):
    pair = {("ferry", "boats")}
    await store.commit(replace(a_document("ferry"), decisions=(a_decision("ferry", reason=reason),)))
    before = await store.decided(["ferry"])
    await store.commit(replace(a_document("ferry"), decisions=(a_decision("ferry"),)))
    await store.commit(replace(a_document("ferry"), decisions=(a_decision("ferry", reason=reason),)))

    assert (before, await store.decided(["ferry"])) == (frozenset(), pair)
