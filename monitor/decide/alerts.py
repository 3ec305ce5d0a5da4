"""Whether a matched item becomes an alert."""

from datetime import UTC, datetime

from monitor.model import Decision, Match, Reason, Source, When


def decide(match: Match, source: Source, *, first: bool, now: datetime) -> Decision:
    """Return what becomes of an item that a rule matched, which had not been decided before.

    Args:
        match: the item, the rule and the evidence.
        source: where the item came from.
        first: the item is of the first good answer of its source.
        now: an aware UTC datetime.
    """
    reason = _held_back(match.item.published, source, now) if first and source.url else Reason.FIRED
    return Decision(match.item.id, match.rule, reason is Reason.FIRED, reason, now, match.spans)


def _held_back(published: When | None, source: Source, now: datetime) -> Reason:
    """Return why an item of the first poll is held back, or that it is not: it is within the source's backfill."""
    if source.backfill is None:
        return Reason.FIRED
    if not source.backfill:
        return Reason.FIRST_POLL
    if published is None:
        return Reason.UNDATED_BACKFILL
    oldest = now - source.backfill
    if isinstance(published, datetime):
        return Reason.FIRED if published >= oldest else Reason.BEFORE_BACKFILL
    # A bare date counts if any moment of it does; ISO 8601 sorts as text.
    return Reason.FIRED if published >= oldest.astimezone(UTC).isoformat()[: len(published)] else Reason.BEFORE_BACKFILL
