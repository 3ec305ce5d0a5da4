"""What rules over time count, within a transaction: tallies read, and the archive walked through."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from monitor.over_time import Counting, Firing, Occurrence, Tally
from monitor.ports import Behind, Past
from monitor.store import queries
from monitor.store.history import NEXT, read_past, versions_of

_Ends = tuple[datetime | None, datetime | None]
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


def tallies(connection: Connection, rule: str, since: datetime, terms: Collection[str] | None) -> Mapping[str, Tally]:
    """Return what was counted of a rule since then, by term."""
    of = {"of_rule": rule, **({} if terms is None else {"terms": list(terms)})}
    within = queries.OCCURRENCES if terms is None else queries.OCCURRENCES_OF
    firings = queries.FIRINGS if terms is None else queries.FIRINGS_OF
    of_term: dict[str, list[Occurrence]] = defaultdict(list)
    for row in connection.execute(within, {**of, "since": since}):
        of_term[row.term].append(Occurrence(row.rule, row.term, row.item, row.at))
    span = _ends(connection, rule, terms)
    fired = {row.term: Firing(row.rule, row.term, row.at, row.upto) for row in connection.execute(firings, of)}
    return {
        term: Tally(tuple(of_term[term]), *span.get(term, (None, None)), fired.get(term))
        for term in (span.keys() | fired.keys() if terms is None else terms)
    }


def _ends(connection: Connection, rule: str, terms: Collection[str] | None) -> Mapping[str, _Ends]:
    """Return the first and the last of all that is kept, by term."""
    if terms is None:
        return {term: (first, last) for term, first, last in connection.execute(queries.ENDS, {"of_rule": rule})}
    ends = {}
    for term in terms:
        first, last = connection.execute(queries.ENDS_OF, {"of_rule": rule, "of_term": term}).one()
        ends[term] = (first, last)
    return ends


def counting(connection: Connection) -> Mapping[str, Counting]:
    """Return the rules whose past is counted."""
    return {row.rule: Counting(row.rule, row.definition, row.since) for row in connection.execute(queries.COUNTING)}


def uncount(connection: Connection, rules: Sequence[str], *, fired: bool) -> None:
    """Forget what was counted of rules."""
    statements = [queries.UNCOUNT, queries.UNCOUNT_SINCE, *([queries.FORGET_FIRINGS] if fired else [])]
    for rule in rules:
        for statement in statements:
            connection.execute(statement, {"of_rule": rule})


def past(connection: Connection, behind: Behind, beginnings: Mapping[str, datetime]) -> tuple[Sequence[Past], Behind]:
    """Return some items of the archive behind a place, and the place behind them."""
    after, item = behind
    asked = {"since": after, "until": _FOR_EVER, "after": after, "behind": item}
    rows = connection.execute(NEXT, asked).all()
    if not rows:
        return [], behind
    before = versions_of(connection, [row.id for row in rows if row.revision])
    return read_past(rows, before, beginnings), (rows[-1].first_seen, rows[-1].id)
