"""Whether a matched item becomes an alert."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from monitor.model import Decision, Item, Match, Seen, Source, When
from monitor.reasons import Reason

_LONGEST_BACKFILL = timedelta(days=36_500)


def oldest_first(seen: Sequence[Seen]) -> list[Seen]:
    """Return the items of one document in the order in which they are to be told.

    Dates decide where there are any; an item without one stays behind the one that it stood next to, and a document
    without any is taken to have its newest first, as feeds have.
    """
    dates = [one.item.published for one in seen if one.item.published is not None]
    newest_first = not dates or written(dates[0]) >= written(dates[-1])
    keyed: list[tuple[str, Seen]] = []
    for one in reversed(seen) if newest_first else seen:
        before = keyed[-1][0] if keyed else ""
        keyed.append((before if one.item.published is None else written(one.item.published), one))
    return [one for _, one in sorted(keyed, key=lambda pair: pair[0])]


def decide(
    match: Match, source: Source, *, first: bool, held: bool = False, unasked: bool = False, now: datetime
) -> Decision:
    """Return what becomes of an item that a rule matched, which had not been decided before.

    What must not be published yet is decided when it may be, as if it were not there before, also at the first poll.

    Args:
        match: the item, the rule and the evidence.
        source: where the item came from.
        first: the item is of the first good answer of its source.
        held: the item is one of a flood (`monitor.decide.floods`).
        unasked: the item was withdrawn before anybody was told of it, and the rule does not ask for such.
        now: an aware UTC datetime.
    """
    if match.item.pubstatus == "withheld":
        reason = Reason.WITHHELD
    elif first and source.url:
        reason = _held_back(match.item.published or match.item.updated, source, now)
    else:
        reason = Reason.HELD_FLOOD if held else Reason.FIRED
    if reason is Reason.FIRED and unasked:
        reason = Reason.WITHDRAWN
    return Decision(match.item.id, match.rule, reason is Reason.FIRED, reason, now, match.spans)


def is_withdrawn(item: Item) -> bool:
    """Tell whether an item says that it is not to be used, or not any more."""
    return item.kind == "withdrawn" or item.pubstatus == "canceled"


def was_there(before: Item | None) -> bool:
    """Tell whether an item was there for anybody to be told of, by what it said before its present revision."""
    return before is not None and before.pubstatus != "withheld" and not is_withdrawn(before)


def _held_back(dated: When | None, source: Source, now: datetime) -> Reason:
    """Return why an item of the first poll is held back, or that it is not: it is within the source's backfill."""
    if source.backfill is None:
        return Reason.FIRED
    if not source.backfill:
        return Reason.FIRST_POLL
    if dated is None:
        return Reason.UNDATED_BACKFILL
    oldest = now - min(source.backfill, _LONGEST_BACKFILL)
    if isinstance(dated, datetime):
        return Reason.FIRED if dated >= oldest else Reason.BEFORE_BACKFILL
    # A bare date counts if any moment of it does.
    return Reason.FIRED if dated >= written(oldest)[: len(dated)] else Reason.BEFORE_BACKFILL


def is_before(when: When, moment: datetime) -> bool:
    """Tell whether every moment that `when` may mean is before another."""
    return when < moment if isinstance(when, datetime) else when < written(moment)[: len(when)]


def written(when: When) -> str:
    """Return a time as text that sorts: ISO 8601 does, bare dates and moments together."""
    return when.astimezone(UTC).isoformat() if isinstance(when, datetime) else when
