"""Alerts that were held back as a flood: listed, and released by hand."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection, bindparam, select, true, update

from monitor.model import Delivery, Message
from monitor.reasons import Reason
from monitor.store.archive import ArchivedDecision, decided_columns, read_decision
from monitor.store.database import Database
from monitor.store.queries import add
from monitor.store.rows import alert_row, delivery_row
from monitor.store.tables import HELD, alerts, channels, decisions, items, outbox

LONGEST_LIST = 10_000
"""Alerts that a list has at most."""

_HELD_ALERTS = (
    select(*decided_columns)
    .join_from(decisions, items)
    .where(HELD)
    .order_by(decisions.c.at, items.c.published, decisions.c.item, decisions.c.rule)
    .limit(LONGEST_LIST)
)
"""What was held back, the longest held first, and of one document the oldest first."""

_RELEASE = (
    update(decisions)
    .where(HELD, decisions.c.item == bindparam("of_item"), decisions.c.rule == bindparam("of_rule"))
    .values(alert=true(), reason=Reason.RELEASED.name)
)
"""Note that what was held back of `:of_item` and `:of_rule` is released."""


async def held_alerts(database: Database, source: str | None = None) -> Sequence[ArchivedDecision]:
    """Return the decisions by which alerts were held back, those to be told first first, of one source if asked for."""
    query = _HELD_ALERTS.where(items.c.source == source) if source else _HELD_ALERTS
    return await database.read(lambda c: [read_decision(row) for row in c.execute(query).mappings()])


async def release(
    database: Database, decision: ArchivedDecision, alert: Message, deliveries: Sequence[Delivery]
) -> bool:
    """Let an alert fire that was held back, and queue its deliveries; False if it is held back no more."""
    return await database.write(partial(_release, decision=decision, alert=alert, deliveries=deliveries))


def _release(
    connection: Connection, decision: ArchivedDecision, alert: Message, deliveries: Sequence[Delivery]
) -> bool:
    asked = {"of_item": decision.item.id, "of_rule": decision.rule}
    if not connection.execute(_RELEASE, asked).rowcount:
        return False
    dialect = connection.dialect.name
    connection.execute(add(dialect, alerts), [alert_row(alert)])
    for delivery in deliveries:
        connection.execute(add(dialect, channels), [{"id": delivery.channel}])
        connection.execute(add(dialect, outbox), [delivery_row(delivery)])
    return True
