"""What the tests of rules share: an article in one line, a rule in one line, and what the one says of the other."""

from datetime import UTC, datetime

from monitor.match.clause import Clause
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.match.written.tree import Fault, Reader
from monitor.model import Item, Match, Paragraph

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)


def article(*paragraphs: str, **fields) -> Item:
    """Return an item of these paragraphs and fields."""
    return Item(**{"id": "a", "body": tuple(map(Paragraph, paragraphs)), **fields})


def compiled(condition: object, **lists: list[str]) -> Clause:
    """Return the clause of a condition that has no faults."""
    reader = Reader(lists)
    clause = reader.condition(condition)
    assert clause is not None, reader.faults
    assert reader.faults == []
    return clause


def faults_of(condition: object, **lists: list[str]) -> list[Fault]:
    """Return what is wrong with a condition; there is no clause then."""
    reader = Reader(lists)
    clause = reader.condition(condition)
    assert (clause is None) == bool(reader.faults)
    return reader.faults


def judged(condition: object, item: Item, **lists: list[str]) -> Match:
    """Return what a rule of this condition says of an item."""
    return match_rule(Rule("r", "R", "high", compiled(condition, **lists)), View(item, NOW))


def found(condition: object, text: str, **lists: list[str]) -> list[str]:
    """Return the evidence in an article of one paragraph."""
    return [span.text for span in judged(condition, article(text), **lists).spans]
