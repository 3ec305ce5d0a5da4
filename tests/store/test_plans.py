"""The statements that run all day keep to an index, however large their tables become."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, event, insert
from sqlalchemy.dialects import postgresql, sqlite

from monitor.store import admin, archive, forgetting, held, queries
from monitor.store.rows import delivery_row, state_row
from monitor.store.tables import channels, metadata, outbox, sources
from tests.store.news import LATER, NOW, STATE, a_delivery

VALUES = {
    "source": "s1",
    "now": NOW,
    "most": 10,
    "keys": [b"k" * 16, b"l" * 16],
    "items": ["ferry", "storm"],
    "of_channel": "c1",
    "new_token": "w",
    "until": LATER,
    "delivery": "msg_n1_c1_0",
    "held": "w",
    "now_state": "sent",
    "told": "200 OK",
    "before": NOW - timedelta(days=90),
    "name": "ferry",
    "rule": "boats",
    "alert": "alert-n1",
    "channel": "c1",
    "revised_item": "ferry",
    "to_revision": 21,
    "of_item": "ferry",
    "of_source": "s1",
    "of_path": "/in/ferry.txt",
    "by": timedelta(hours=1),
    "item": "ferry",
    "these": ["ferry"],
    "of_rule": "boats",
    "of_term": "ANP",
    "since": NOW,
    "terms": ["ANP", "RTR"],
}
SEEK = {
    "STATE": "SEARCH sources USING INDEX sqlite_autoindex_sources_1 (id=?)",
    "DUE": "SEARCH sources USING INDEX sources_due (registered=? AND paused=? AND due<?)",
    "NEXT_DUE": "SEARCH sources USING COVERING INDEX sources_due (registered=? AND paused=?)",
    "FILES": "SEARCH files_seen USING INDEX sqlite_autoindex_files_seen_1 (source=?)",
    "FORGET_FILES": "SEARCH files_seen USING INDEX sqlite_autoindex_files_seen_1 (source=? AND path=?)",
    "KNOWN": "SEARCH item_keys USING PRIMARY KEY (source=? AND key=?)",
    "KNOWS": "SEARCH item_keys USING PRIMARY KEY (source=?)",
    "ENTRIES": "SEARCH entries USING INDEX sqlite_autoindex_entries_1 (source=?)",
    "ITEMS": "SEARCH items USING INDEX sqlite_autoindex_items_1 (id=?)",
    "KEEP_VERSION": "SEARCH items USING INDEX sqlite_autoindex_items_1 (id=?)",
    "TRIM_VERSIONS": "SEARCH versions USING PRIMARY KEY (item=? AND revision>? AND revision<?)",
    "TRIM_KEYS": "SEARCH item_keys USING COVERING INDEX item_keys_item (item=?)",
    "TOUCH": "SEARCH item_keys USING PRIMARY KEY (source=? AND key=?)",
    "DECIDED": "SEARCH decisions USING INDEX sqlite_autoindex_decisions_1 (item=?)",
    "OCCURRENCES": "SEARCH occurrences USING COVERING INDEX occurrences_in_time (rule=?)",
    "OCCURRENCES_OF": "SEARCH occurrences USING COVERING INDEX occurrences_in_time (rule=? AND term=? AND at>?)",
    "ENDS": "SEARCH occurrences USING COVERING INDEX occurrences_in_time (rule=?)",
    "ENDS_OF": "SEARCH occurrences USING COVERING INDEX occurrences_in_time (rule=? AND term=?)",
    "FIRINGS": "SEARCH firings USING PRIMARY KEY (rule=?)",
    "FIRINGS_OF": "SEARCH firings USING PRIMARY KEY (rule=? AND term=?)",
    "UNCOUNT": "SEARCH occurrences USING COVERING INDEX occurrences_in_time (rule=?)",
    "UNCOUNT_SINCE": "SEARCH counting USING INDEX sqlite_autoindex_counting_1 (rule=?)",
    "FORGET_FIRINGS": "SEARCH firings USING PRIMARY KEY (rule=?)",
    "BEGAN": "SCAN items USING INDEX items_in_archive",
    "LEASE_FIRST": "SEARCH outbox USING INDEX outbox_first (channel=?)",
    "LEASE_RETRY": "SEARCH outbox USING INDEX outbox_retry (channel=? AND next_try<?)",
    "NEXT_DELIVERY": "SEARCH outbox USING INDEX outbox_untaken (channel=?)",
    "SETTLE": "SEARCH outbox USING INDEX sqlite_autoindex_outbox_2 (id=?)",
    "DEFER": "SEARCH outbox USING INDEX sqlite_autoindex_outbox_2 (id=?)",
    "TAKE_BACK": "SCAN outbox USING INDEX outbox_retry",
}
SORTED = {"TRIM_KEYS"}
"""Statements that sort, of one item no more than its keys."""
PEOPLE = {
    "_PURGE_ITEMS": (forgetting, "SEARCH items USING INDEX items_in_archive (first_seen<?)"),
    "_PURGE_VERSIONS": (forgetting, "SEARCH versions USING PRIMARY KEY (item=?)"),
    "_PURGE_POSTS": (forgetting, "SEARCH outbox USING COVERING INDEX outbox_settled (settled<?)"),
    "_PURGE_ALERTS": (forgetting, "SEARCH outbox USING INDEX sqlite_autoindex_outbox_1 (alert=?)"),
    "_GONE_KEYS": (forgetting, "SEARCH item_keys USING INDEX item_keys_seen (seen<?)"),
    "_GONE_ITEMS": (forgetting, "SEARCH item_keys USING INDEX item_keys_item (item=?)"),
    "_PURGE_OCCURRENCES": (forgetting, "SEARCH occurrences USING COVERING INDEX occurrences_at (at<?)"),
    "_FORGET_DECISIONS": (forgetting, "SEARCH decisions USING INDEX sqlite_autoindex_decisions_1 (item=?)"),
    "_FORGET_ITEMS": (forgetting, "SEARCH items USING INDEX sqlite_autoindex_items_1 (id=?)"),
    "_CURRENT": (archive, "SEARCH items USING INDEX sqlite_autoindex_items_1 (id=?)"),
    "_VERSIONS": (archive, "SEARCH versions USING PRIMARY KEY (item=?)"),
    "_HELD_ALERTS": (held, "SCAN decisions USING INDEX decisions_held"),
    "_RELEASE": (held, "SEARCH decisions USING INDEX sqlite_autoindex_decisions_1 (item=? AND rule=?)"),
    "_DECISION": (archive, "SEARCH decisions USING INDEX sqlite_autoindex_decisions_1 (item=? AND rule=?)"),
    "_ALERTS": (archive, "SCAN alerts USING INDEX alerts_fired"),
    "_DEAD": (admin, "SCAN outbox USING INDEX outbox_dead"),
}


@pytest.fixture
def connection():
    """Return a database in memory with something in it."""
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        connection.execute(insert(channels), [{"id": f"c{number}"} for number in range(5)])
        connection.execute(insert(sources), [{**state_row(STATE), "id": f"s{number}"} for number in range(50)])
        deliveries = [a_delivery(f"n{number}", f"c{number % 5}") for number in range(50)]
        connection.execute(insert(outbox), [delivery_row(delivery) for delivery in deliveries])
        yield connection
    engine.dispose()


def plan(connection, statement):
    """Return the steps by which SQLite answers a statement, as it is sent."""
    steps: list[str] = []

    @event.listens_for(connection, "before_cursor_execute")
    def explain(_, cursor, sent, parameters, *__):
        steps.extend(row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {sent}", parameters))

    wanted = statement.compile().params
    connection.execute(statement, {name: value for name, value in VALUES.items() if name in wanted})
    return steps


@pytest.mark.parametrize("name", SEEK)
def test_a_statement_of_the_pipeline_seeks(connection, name):
    steps = plan(connection, getattr(queries, name))

    assert SEEK[name] in steps
    fine = {SEEK[name], "SCAN channels", "SCAN CONSTANT ROW"}
    assert [step for step in steps if step.startswith("SCAN") and step not in fine] == []
    assert [step for step in steps if "B-TREE" in step and name not in SORTED] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_a_statement_for_people_reads_no_more_than_it_must(connection, name):
    module, step = PEOPLE[name]

    assert step in plan(connection, getattr(module, name))


def test_every_statement_that_reads_or_changes_rows_is_here():
    named = {name for name in vars(queries) if name.isupper() and not name.startswith("_")}
    tables = {"FIRST_ATTEMPT", "GIVES_WAY", "IN_ARCHIVE", "RETRY", "UNTAKEN", "WAITING"}
    numbers = {"MOST_KEYS", "MOST_VERSIONS"}
    of_all = {"REGISTERED", "REGISTER", "TURN_BACK", "COUNTING"}

    assert named - tables - numbers - of_all == SEEK.keys()


@pytest.mark.parametrize("name", SEEK)
def test_every_statement_is_one_on_postgresql_too(name):
    sent = str(getattr(queries, name).compile(dialect=postgresql.dialect()))

    assert ("FOR UPDATE SKIP LOCKED" in sent) == name.startswith("LEASE")


@pytest.mark.parametrize("keep", [queries.keep_file, queries.keep_item, queries.keep_firing, queries.disable])
def test_what_is_kept_is_replaced_in_the_same_words_on_both(keep):
    one = str(keep("sqlite").compile(dialect=sqlite.dialect())).split()
    other = str(keep("postgresql").compile(dialect=postgresql.dialect())).split()

    assert one[one.index("CONFLICT") :] == other[other.index("CONFLICT") :]
