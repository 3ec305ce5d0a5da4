"""What rules would have made of what was there."""

from dataclasses import dataclass

from monitor.match.rule import Rule
from monitor.model import Decision


@dataclass(frozen=True, slots=True)
class Would:
    """What would have been decided of an item that a rule matches: of its `headline`, from its `source`.

    A rule over time that fires says on how many matches (`counted`), and under which `term`; where it fires because
    nothing came, the decision has no item, nor is there a source.
    """

    rule: Rule
    decision: Decision
    headline: str
    source: str = ""
    url: str | None = None
    term: str = ""
    counted: int | None = None
