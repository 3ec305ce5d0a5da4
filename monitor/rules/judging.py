"""A condition judged clause by clause, so that one may ask: what if this clause had said otherwise?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from monitor.match.clause import Clause
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.rule import Rule
from monitor.match.view import USUAL_SCOPE, View
from monitor.model import Verdict
from monitor.rules.clauses import Placed, Position, inner, key_of, words_of

Change = Clause | Literal["removed", "negated"]
"""What becomes of a clause: another in its place, nothing, or its contrary."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause, what it said of an item, and the clauses that decided it, of which `held` hold; none of an opaque one.

    Opaque is every clause but the groups: what is within a sentence, or near something, is judged there only.
    """

    placed: Placed
    verdict: Verdict
    parts: tuple["Judged", ...] = ()
    held: int = 0

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return self.verdict.holds


@dataclass(frozen=True, slots=True)
class Missed:
    """A clause that stood in the way of a match: at which path of the rule, in which words, and how it was judged."""

    path: str
    words: str
    judged: Judged | None = None


def judge(rule: Rule, view: View) -> Judged:
    """Return what the condition of a rule says of an item, clause by clause."""
    return _judged(Placed(rule.condition, (), "", USUAL_SCOPE), view)


def holds_with(judged: Judged, position: Position, change: Change, view: View) -> bool:
    """Return whether a condition would hold if the clause at a position of it were changed."""
    if not position:
        if isinstance(change, str):
            return not judged.holds  # Of the whole nothing can be removed.
        return change.judge(view, judged.placed.scope).holds
    at, *rest = position
    part, count = judged.parts[at], len(judged.parts)
    others = judged.held - part.holds
    if not rest and change == "removed":
        return _combined(judged.placed.clause, others, count - 1)
    return _combined(judged.placed.clause, others + holds_with(part, tuple(rest), change, view), count)


def missed_by(rule: Rule, view: View) -> list[Missed]:
    """Return the clauses of a rule that does not match, whose verdict alone, were it the other way, would make it.

    Several are several ways. Where any of several words would do, the group of them is one clause. That the item's
    source is none of the rule's counts as a clause. Nothing where more than one clause stands in the way.
    """
    judged = judge(rule, view)
    listens = rule.sources is None or view.item.source in rule.sources
    if not listens:
        return [_unheard(rule)] if judged.holds else []
    return [] if judged.holds else list(_flips(judged, wanted=True))


def blamed(rule: Rule, view: View) -> list[Missed]:
    """Return the clauses of a rule that together keep it from matching: of several ways, the shortest."""
    judged = judge(rule, view)
    unheard = [] if rule.sources is None or view.item.source in rule.sources else [_unheard(rule)]
    return unheard + ([] if judged.holds else _blamed(judged, wanted=True))


def leaves(judged: Judged) -> Iterator[Judged]:
    """Yield the clauses within that are no groups."""
    if not judged.parts:
        yield judged
    for part in judged.parts:
        yield from leaves(part)


def _judged(placed: Placed, view: View) -> Judged:
    clause = placed.clause
    if not isinstance(clause, All | Any | Without | Min | In):
        return Judged(placed, clause.judge(view, placed.scope))
    made = tuple(_judged(part, view) for part in inner(placed))
    held = sum(part.holds for part in made)
    holds = _combined(clause, held, len(made))
    found = () if isinstance(clause, Without) or not holds else tuple(s for part in made for s in part.verdict.spans)
    return Judged(placed, Verdict(key_of(clause), holds, found, [part.verdict for part in made]), made, held)


def _combined(clause: Clause, held: int, count: int) -> bool:
    """Tell whether a group holds of whose `count` parts so many are `held`."""
    match clause:
        case Any():
            return held > 0
        case Without():
            return held == 0
        case Min(k, _):
            return held >= min(k, count)
    return held == count


def _unheard(rule: Rule) -> Missed:
    return Missed("sources", f"sources: {', '.join(sorted(rule.sources or ()))}")


def _missed(judged: Judged) -> Missed:
    return Missed(judged.placed.path, words_of(judged.placed.clause), judged)


def _flips(judged: Judged, *, wanted: bool) -> Iterator[Missed]:
    """Yield the clauses of which one alone would make a clause, that is not so, as wanted."""
    if not judged.parts or _is_choice_of_words(judged, wanted=wanted):
        yield _missed(judged)
        return
    of_parts = wanted != isinstance(judged.placed.clause, Without)
    if _needed(judged, wanted=wanted) == 1:
        for part in judged.parts:
            if part.holds != of_parts:
                yield from _flips(part, wanted=of_parts)


def _blamed(judged: Judged, *, wanted: bool) -> list[Missed]:
    if not judged.parts or _is_choice_of_words(judged, wanted=wanted):
        return [_missed(judged)]
    of_parts = wanted != isinstance(judged.placed.clause, Without)
    ways = [_blamed(part, wanted=of_parts) for part in judged.parts if part.holds != of_parts]
    return [missed for way in sorted(ways, key=len)[: _needed(judged, wanted=wanted)] for missed in way]


def _needed(judged: Judged, *, wanted: bool) -> int:
    """Return how many parts of a group must change their verdict, so that the group has the one that is wanted."""
    held = judged.held
    match judged.placed.clause:
        case All():
            return len(judged.parts) - held if wanted else 1
        case Any():
            return 1 if wanted else held
        case Without():
            return held if wanted else 1
        case Min(k, _):
            return k - held if wanted else held - k + 1
    return 1


def _is_choice_of_words(judged: Judged, *, wanted: bool) -> bool:
    """Tell whether any of several leaves would do: that is one thing that is missing, not many."""
    several = isinstance(judged.placed.clause, Any) and len(judged.parts) > 1
    return wanted and several and not any(part.parts for part in judged.parts)
