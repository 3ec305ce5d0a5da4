"""Clauses over the story that an item belongs to."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from monitor.match.view import Scope, View
from monitor.model import Verdict
from monitor.text.durations import write_duration

SIGNS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number must be: `sign` is one of `SIGNS`."""

    sign: str
    count: int

    def __str__(self) -> str:
        return f"{self.sign}{self.count}"

    def allows(self, number: int) -> bool:
        """Tell whether a number is within the bound."""
        return SIGNS[self.sign](number, self.count)


@dataclass(frozen=True, slots=True)
class StoryIs:
    """The story that the item belongs to is told by so many `agencies`, `publishers` or `items`.

    Each is a number, or a bound such as `'>=2'` or `'<5'`. `within: 2h`: its first item was published at most that long
    ago. All that is said must hold; where the story is not known, nothing does.
    """

    agencies: Bound | None = None
    publishers: Bound | None = None
    items: Bound | None = None
    within: timedelta | None = None

    def __str__(self) -> str:
        bounds = {"agencies": self.agencies, "publishers": self.publishers, "items": self.items}
        said = [f"{name}: {bound}" for name, bound in bounds.items() if bound]
        said += [f"within: {write_duration(self.within)}"] if self.within is not None else []
        return f"story: {', '.join(said)}"

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the story is known and within all bounds."""
        story = view.story
        if story is None:
            return Verdict(str(self), holds=False)
        counted = (
            (self.agencies, len(story.agencies)),
            (self.publishers, len(story.publishers)),
            (self.items, story.items),
        )
        holds = all(bound.allows(number) for bound, number in counted if bound)
        return Verdict(str(self), holds and self._is_recent(view))

    def _is_recent(self, view: View) -> bool:
        return self.within is None or (view.began is not None and view.now - view.began <= self.within)
