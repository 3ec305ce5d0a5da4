"""What a poll came to."""

from dataclasses import dataclass, replace
from typing import Literal

_COUNTED = ("items", "new", "changed", "matches", "alerts")


@dataclass(frozen=True, slots=True)
class Report:
    """What a poll came to: for the log and the metrics; no text in it holds a secret.

    `held`: new items that were held back as a flood. `first`: it was the first good answer. `missed`: nothing of the
    document was known, so that there may have been more between it and the last one. `flaw`: why a document was not
    clean and whole; `notice`: what the operators are told.
    """

    source: str
    status: Literal["polled", "unchanged", "failed", "paused"]
    items: int = 0
    new: int = 0
    changed: int = 0
    matches: int = 0
    alerts: int = 0
    held: int = 0
    first: bool = False
    missed: bool = False
    flaw: str | None = None
    error: str | None = None
    notice: str | None = None


def added(total: Report, report: Report) -> Report:
    """Return a report of both; the errors are those of the first."""
    counts = {name: getattr(total, name) + getattr(report, name) for name in _COUNTED}
    return replace(report, **counts, flaw=total.flaw or report.flaw, error=total.error)
