"""The archive from its oldest item on, read and never written."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError

from monitor.errors import StoreUnavailable, WrongSchema
from monitor.model import Polled
from monitor.ports import Past
from monitor.store import forgetting
from monitor.store.engine import file_of
from monitor.store.history import AT_ONCE, NEXT, has_history, open_history, reading_engine
from monitor.store.tables import metadata
from tests.store.news import NOW, SECOND, STATE, a_seen, an_item

pytestmark = pytest.mark.anyio

EVER = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def polled_at(moment, *names, source="wire"):
    return Polled(replace(STATE, id=source, polled=moment), tuple(a_seen(name, source=source) for name in names))


def between(url, since=EVER[0], until=EVER[1]):
    with open_history(url) as history:
        return [past.item.id for past in history.between(since, until)]


async def test_items_come_as_they_were_kept_in_the_order_in_which_they_were_first_seen(url, sql_store):
    await sql_store.commit(polled_at(NOW + SECOND, "late"))
    await sql_store.commit(polled_at(NOW, "b", "a", source="web"))

    with open_history(url) as history:
        found = [*history.between(*EVER)]

    assert found[0] == Past(an_item("a", source="web"), "web", NOW, first=True)
    assert [past.item.id for past in found] == ["a", "b", "late"]


async def test_what_the_first_good_answer_of_a_source_held_is_marked(url, sql_store):
    await sql_store.commit(polled_at(NOW, "a"))
    await sql_store.commit(polled_at(NOW + SECOND, "b"))
    await sql_store.commit(polled_at(NOW + SECOND, "c", source="web"))

    with open_history(url) as history:
        assert {past.item.id: past.first for past in history.between(*EVER)} == {"a": True, "b": False, "c": True}


async def test_the_first_answer_stays_the_first_when_its_items_are_let_go(url, sql_store, database):
    await sql_store.commit(polled_at(NOW, "a"))
    await sql_store.commit(polled_at(NOW + SECOND, "b"))
    await forgetting.purge(database, NOW + SECOND)

    with open_history(url) as history:
        assert [(past.item.id, past.first) for past in history.between(*EVER)] == [("b", False)]
        assert history.count(*EVER) == 1


async def test_an_item_comes_in_each_of_its_revisions_when_that_was_seen(url, sql_store):
    for at, headline in enumerate(["Storm", "Storm neemt toe", "Storm voorbij"]):
        revision = a_seen(revision=at, headline=headline)
        await sql_store.commit(Polled(replace(STATE, polled=NOW + at * SECOND), (revision,)))
    await sql_store.commit(polled_at(NOW + SECOND, "other"))

    with open_history(url) as history:
        found = [(past.item.headline, past.at, past.first) for past in history.between(EVER[0], NOW + 2 * SECOND)]

    assert found == [
        ("Storm", NOW, True),
        ("Storm neemt toe", NOW + SECOND, False),
        ("Veerboot other vaart weer uit", NOW + SECOND, False),
    ]


async def test_the_first_bound_is_within_and_the_last_is_not(url, sql_store):
    for at in range(4):
        await sql_store.commit(polled_at(NOW + at * SECOND, f"item{at}"))

    assert between(url, NOW + SECOND, NOW + 3 * SECOND) == ["item1", "item2"]
    with open_history(url) as history:
        assert history.count(NOW + SECOND, NOW + 3 * SECOND) == 2


async def test_of_more_than_one_reading_holds_none_is_lost_and_none_comes_twice(url, sql_store):
    names = [f"{at:05}" for at in range(2 * AT_ONCE + 1)]
    await sql_store.commit(polled_at(NOW, *names[: AT_ONCE + 100]))
    await sql_store.commit(polled_at(NOW + SECOND, *names[AT_ONCE + 100 :]))

    assert between(url) == names


async def test_others_may_write_while_it_is_read(url, sql_store):
    await sql_store.commit(polled_at(NOW, *(f"{at:05}" for at in range(AT_ONCE))))
    with open_history(url) as history:
        found = iter(history.between(*EVER))
        next(found)
        await sql_store.commit(polled_at(NOW + SECOND, "later"))

        assert [past.item.id for past in found][-1] == "later"


async def test_nothing_can_be_written_through_it(url):
    file = file_of(url)
    assert file is not None
    engine = reading_engine(file)
    with engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM items")
    engine.dispose()


def test_the_next_items_are_found_by_an_index():
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    plan: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def explain(_, cursor, sent, parameters, *__):
        if sent.startswith("SELECT"):
            plan.extend(row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {sent}", parameters))

    with engine.connect() as connection:
        connection.execute(NEXT, {"since": EVER[0], "until": EVER[1], "after": NOW, "behind": "x"})
    engine.dispose()

    assert "SEARCH items USING INDEX items_in_archive (first_seen>? AND first_seen<?)" in plan


async def test_there_is_no_history_without_a_database(tmp_path):
    url = f"sqlite:///{tmp_path}/nowhere.db"

    assert not has_history(url)
    with pytest.raises(WrongSchema, match="there is no database"), open_history(url):
        pass
    assert [*tmp_path.iterdir()] == []


async def test_what_is_no_database_cannot_be_read(tmp_path):
    (tmp_path / "odd.db").write_bytes(b"no database at all" * 100)

    with pytest.raises(StoreUnavailable), open_history(f"sqlite:///{tmp_path}/odd.db"):
        pass
