"""What a rule asks for by name."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass

from monitor.match.clauses.fields import KindOf
from monitor.match.rule import Rule
from monitor.model import Kind


def asks_for_kind(rule: Rule, kind: Kind) -> bool:
    """Tell whether a rule names a kind of item somewhere in its condition."""
    return any(kind in clause.names for clause in _within(rule.condition) if isinstance(clause, KindOf))


def _within(part: object) -> Iterable[object]:
    """Yield a clause and all that stands within it."""
    yield part
    if is_dataclass(part):
        for field in fields(part):
            yield from _within(getattr(part, field.name))
    elif isinstance(part, tuple | list):
        for each in part:
            yield from _within(each)
