"""Whether a rule may match an item whose article was not read yet: what the article may change is unknown (Kleene)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from monitor.match.clause import Clause
from monitor.match.clauses.fields import Age, Byline, KindOf, Lang, Publisher, Section, Source, Tag, Url
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.rule import Rule
from monitor.match.view import USUAL_SCOPE, View
from monitor.model import Item

WHILE = timedelta(minutes=2)
"""As much later the item may be looked at again, with its article."""

_FIXED: Mapping[type, Callable[[Item], object]] = {
    Source: lambda _: True,
    Publisher: lambda _: True,
    KindOf: lambda _: True,
    Url: lambda item: item.url,
    Lang: lambda item: item.language,
    Section: lambda item: item.section,
    Byline: lambda item: item.bylines,
    Tag: lambda item: item.tags,
    Age: lambda item: item.published,
}
"""Clauses about what the article does not change, if the item has it (`monitor.parse.pages.completion`)."""


def may_match(rule: Rule, view: View) -> bool:
    """Tell whether a rule may match an item once it has the text of its article; False only where it cannot."""
    if rule.sources is not None and view.item.source not in rule.sources:
        return False
    return _judge(rule.condition, view) is not False


def _judge(clause: Clause, view: View) -> bool | None:
    """Return whether a clause holds whatever the article says; None where that decides."""
    if isinstance(clause, In):
        return _judge(clause.clause, view)
    if isinstance(clause, All | Any | Without | Min):
        verdicts = [_judge(each, view) for each in clause.clauses]
        if isinstance(clause, Without):
            none = _at_least(1, verdicts)
            return None if none is None else not none
        return _at_least({All: len(verdicts), Any: 1}.get(type(clause), getattr(clause, "k", 1)), verdicts)
    told = _FIXED.get(type(clause))
    if told is None or not told(view.item):
        return None
    now = clause.judge(view, USUAL_SCOPE).holds
    later = clause.judge(replace(view, now=view.now + WHILE), USUAL_SCOPE).holds if isinstance(clause, Age) else now
    return now if now == later else None


def _at_least(count: int, verdicts: list[bool | None]) -> bool | None:
    if sum(verdict is True for verdict in verdicts) >= count:
        return True
    return None if sum(verdict is not False for verdict in verdicts) >= count else False
