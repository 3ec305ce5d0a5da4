"""Why an item that a rule matched was told of, or was not."""

from enum import StrEnum


class Reason(StrEnum):
    """Why an item that a rule matched became an alert, or did not: for each (item, rule) exactly one.

    Those of `GIVES_WAY` are for as long as the item is as it is; every other one is terminal.
    """

    FIRED = "fired"
    FIRST_POLL = "archived at the first poll of its source"
    BEFORE_BACKFILL = "published before the backfill of its source"
    UNDATED_BACKFILL = "without a date, at the first poll of its source"
    HELD_FLOOD = "held back: its document was suddenly full of new items that are older than the last poll"
    RELEASED = "held back at first, and released by hand"
    WITHHELD = "held back: it must not be published yet"
    WITHDRAWN = "withdrawn before it was told of, and the rule does not ask for `kind: withdrawn`"
    COUNTED = "counted: too few as yet, or nothing out of the ordinary"
    RESTING = "counted, while the rule rests after an alert"
    KNOWN_TERM = "counted: it has no value that was not there before"
    NO_TERM = "not counted: it has no value in the field by which the rule counts"
    UNDATED_FLOOD = "not counted: it came in a flood of old items, and does not say when it happened"
    REPEATED = "counted before"


GIVES_WAY = frozenset({Reason.WITHHELD, Reason.WITHDRAWN})
"""Reasons for which an item is decided anew when it is revised: it was never there for anybody to be told of."""
