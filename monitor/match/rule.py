"""A rule, and what it says of an item."""

from dataclasses import dataclass

from monitor.match.clause import Clause
from monitor.match.view import USUAL_SCOPE, View
from monitor.model import Level, Match, Verdict
from monitor.over_time import OverTime


@dataclass(frozen=True, slots=True)
class Rule:
    """A standing question: alert when an item of these sources fulfils the condition, or where many do `over_time`.

    `sources` are the ids of the sources it listens to (tags already resolved), None for all; `notify` the ids of
    the channels it tells.
    """

    id: str
    title: str
    level: Level
    condition: Clause
    sources: frozenset[str] | None = None
    notify: tuple[str, ...] = ()
    over_time: OverTime | None = None


def match_rule(rule: Rule, view: View) -> Match:
    """Return whether the rule's condition holds for an item, with every clause's verdict.

    The evidence is in the order of the item and without repetition; a rule that only says what must not be there
    matches without any.
    """
    verdict = rule.condition.judge(view, USUAL_SCOPE)
    if rule.sources is not None:
        listens = Verdict(f"sources: {', '.join(sorted(rule.sources))}", view.item.source in rule.sources)
        holds = verdict.holds and listens.holds
        verdict = Verdict("rule", holds, verdict.spans if holds else (), (listens, verdict))
    spans = sorted(verdict.spans, key=lambda span: (view.order[span.field], span.start, span.end))
    return Match(rule.id, view.item, verdict.holds, tuple(spans), verdict)
