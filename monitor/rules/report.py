"""How a case came out otherwise than wanted, for people, for programs and for JUnit's readers.

A case that should have matched names the clauses that it failed by and the nearest it came to each; one that should not
have shows what was found, marked in its text.
"""

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from monitor.match.rule import Rule
from monitor.match.view import View
from monitor.model import Match
from monitor.records import Record, spans_record
from monitor.rules.evidence import in_short, shown, title_of
from monitor.rules.judging import Missed, blamed, judge, leaves, missed_by
from monitor.rules.killing import Mutant
from monitor.rules.nearest import nearest
from monitor.rules.test import Outcome

_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")


def name_of(outcome: Outcome) -> str:
    """Return how people find a case: its rule, its list, and where in that it stands."""
    return f"{outcome.rule}: {'match' if outcome.wanted else 'no_match'}.{outcome.index}"


def failure(rule: Rule, outcome: Outcome) -> list[str]:
    """Return the lines that say why a case failed, the first of them its name."""
    head = f"{name_of(outcome)}: {outcome.title}"
    if outcome.fault:
        return [head, f"  {outcome.fault}"]
    if outcome.wanted:
        return [head, *_missing(rule, outcome.views, "should match and does not")]
    found = (view for view, match in zip(outcome.views, outcome.matches, strict=True) if match.matched)
    return [head, "  should not match and does", *(line for view in found for line in _found(rule, view))]


def outcome_record(rule: Rule, outcome: Outcome) -> Record:
    """Return how a case came out as JSON values; of one that fails by a clause also that, and the nearest it came."""
    views = outcome.views if outcome.wanted and not outcome.passed else ()
    record: Record = {
        "rule": outcome.rule,
        "list": "match" if outcome.wanted else "no_match",
        "index": outcome.index,
        "title": outcome.title,
        "passed": outcome.passed,
        "fault": outcome.fault,
        "spans": [span for match in outcome.matches for span in spans_record(match.spans)],
    }
    return {**record, "failed_by": [missed_record(one, view) for view in views for one in blamed(rule, view)]}


def missed_record(missed: Missed, view: View) -> Record:
    """Return a clause that stood in the way as JSON values: where, in which words, and the nearest the item came."""
    hint = nearest(missed, view)
    there: Record = {"nearest": hint.told if hint else None, "spans": spans_record(hint.spans if hint else ())}
    return {"path": missed.path, "clause": missed.words, **there}


def near_miss(rule: Rule, view: View) -> str | None:
    """Return in one line by which one clause an item failed, and how near it came; None where by more than one."""
    missed = missed_by(rule, view)
    return f"failed by one clause: {' or '.join(_named(one, view) for one in missed)}" if missed else None


def verdict_lines(rule: Rule, view: View, match: Match) -> Iterator[str]:
    """Yield what a rule said of an item: what was found, marked in its texts, or what was missing."""
    yield f"{'✓' if match.matched else '✗'} {rule.id}: {title_of(view.item)}"
    if match.matched:
        yield from (f"      {line}" for line in shown(view, match.spans))
    else:
        yield from _missing(rule, [view], "does not match")


def spared(rule: Rule, mutant: Mutant) -> str:
    """Return in one line which clause of a rule no case notices."""
    said = f"`{mutant.words}` {mutant.told}"
    return f"{rule.id}: {mutant.path or 'rule'}: with {said}, every case comes out the same; add a case that does not"


def junit(outcomes: Iterable[Outcome], rules: Sequence[Rule], spared_by: Sequence[tuple[Rule, Mutant]]) -> bytes:
    """Return outcomes in JUnit's XML: a suite a rule, a case each, and what no case notices as the suite's output.

    As Jenkins' schema has it (junit-10.xsd); what XML 1.0 cannot say becomes U+FFFD.
    """
    root = etree.Element("testsuites")
    told = list(outcomes)
    for rule in rules:
        cases = [outcome for outcome in told if outcome.rule == rule.id]
        failed = sum(not case.passed and not case.fault for case in cases)
        faults = sum(bool(case.fault) for case in cases)
        counts = {"tests": str(len(cases)), "failures": str(failed), "errors": str(faults)}
        suite = etree.SubElement(root, "testsuite", {"name": rule.id, **counts})
        for case in cases:
            _case(suite, rule, case)
        lines = [spared(rule, mutant) for of, mutant in spared_by if of is rule]
        if lines:
            etree.SubElement(suite, "system-out").text = _sound("\n".join(lines))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _case(suite: etree._Element, rule: Rule, outcome: Outcome) -> None:
    name = f"{name_of(outcome).partition(': ')[2]}: {outcome.title}"
    case = etree.SubElement(suite, "testcase", classname=f"rules.{rule.id}", name=_sound(name))
    if outcome.passed:
        return
    _, first, *rest = failure(rule, outcome)
    said = etree.SubElement(case, "error" if outcome.fault else "failure", message=_sound(first.strip()))
    said.text = _sound("\n".join([first, *rest]))


def _sound(text: str) -> str:
    return text.translate(_NOT_IN_XML)


def _missing(rule: Rule, views: Sequence[View], said: str) -> Iterator[str]:
    """Yield what kept the item from matching that came nearest to it."""
    ways = [(blamed(rule, view), view) for view in views]
    missed, view = min(ways, key=lambda way: len(way[0]))
    by = "one clause" if len(missed) == 1 else f"{len(missed)} clauses"
    yield f"  {said}, by {by}"
    for one in missed:
        yield f"  - {_named(one, view, places=False)}"
        hint = nearest(one, view)
        if hint:
            yield from (f"      {line}" for line in shown(view, hint.spans))


def _named(missed: Missed, view: View, *, places: bool = True) -> str:
    hint = nearest(missed, view)
    told = f" ({hint.told}" + (f": {in_short(hint.spans)})" if places and hint.spans else ")") if hint else ""
    return (f"{missed.path}: " if missed.path else "") + f"{missed.words}{told}"


def _found(rule: Rule, view: View) -> Iterator[str]:
    """Yield the clauses that were found, and their places marked in the texts."""
    judged = judge(rule, view)
    held = [leaf for leaf in leaves(judged) if leaf.holds]
    yield from (f"  + {leaf.placed.path}: {leaf.verdict.clause}".replace("+ : ", "+ ") for leaf in held)
    yield from (f"      {line}" for line in shown(view, judged.verdict.spans))
