"""Whether what is new in a document is news, or old items that slid back in or were given new names."""

from collections.abc import Collection, Sequence
from datetime import datetime

from monitor.decide.alerts import is_before
from monitor.model import Decision, Seen
from monitor.reasons import Reason

LEAST = 20
"""As many old items at once are believed."""

SHARE = 0.5
"""And so is as large a part of the document."""


def flood(fresh: Sequence[Seen], total: int, last: datetime | None, *, known_before: bool) -> frozenset[str]:
    """Return the ids of the items to be held back: those that are old, if there are too many of them to be believed.

    A site that was rebuilt gives all its items new guids; a deletion lets old items slide back in. New items that are
    older than the last poll should have been seen then. Those dated since are news, however many there are.

    Args:
        fresh: new and changed items of one document; the changed ones are never held back.
        total: how many items the document has.
        last: when the source was last polled with success, None if it never was.
        known_before: the document had items before, so that new ones without a date cannot all be new.
    """
    if last is None:
        return frozenset()
    old = [seen.item.id for seen in fresh if not seen.revision and _is_old(seen, last, undated=known_before)]
    return frozenset(old) if len(old) > max(LEAST, SHARE * total) else frozenset()


def _is_old(seen: Seen, last: datetime, *, undated: bool) -> bool:
    """Tell whether an item is older than the last poll; a bare date is not if any moment of it is later."""
    dated = seen.item.published or seen.item.updated
    return undated if dated is None else is_before(dated, last)


def what_happened(source: str, held: Collection[str], total: int, decisions: Sequence[Decision]) -> str:
    """Return what the operators are told of a flood, and what they may do."""
    back = sum(decision.reason is Reason.HELD_FLOOD for decision in decisions)
    return (
        f"{source}: {len(held)} of {total} items are new, but not since the last poll: they are archived, and "
        f"{back} alerts held back; `monitor alerts held {source}` lists these, `monitor alerts release {source}` "
        "sends them"
    )
