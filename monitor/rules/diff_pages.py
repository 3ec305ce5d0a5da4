"""How two versions of the rules differ, as text, as JSON and as Markdown for a pull request."""

from collections.abc import Iterator
from datetime import tzinfo

from monitor.records import Record
from monitor.rules.diff import Diff, Difference, Side
from monitor.rules.evidence import in_short
from monitor.rules.summary import counted_by, local, would_lines, would_record

LONGEST_PAGE = 60_000
"""Characters of a page in Markdown: GitHub takes comments of 65,536."""

_LONGEST_CHANGE = 200
"""Lines of a rule's change that are shown."""

_SIGNS = {"added": "+", "removed": "-", "changed": "~", "reworded": "="}


def summary(diff: Diff) -> str:
    """Return in one line how many rules are not alike, and how many alerts."""
    kinds = [difference.change.kind for difference in diff.differences]
    told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    rules = f"rules: {told}" if told else "no rule changed"
    if diff.tried is None:
        return f"{rules}; not tried on any item"
    return f"{rules}; over {_counted(diff.tried, 'item')}: {_counted(diff.won, 'alert')} more, {diff.lost} fewer"


def text(diff: Diff, zone: tzinfo) -> Iterator[str]:
    """Yield the lines for a terminal."""
    for difference in diff.differences:
        change = difference.change
        yield f"{_SIGNS[change.kind]} {change.id}: {change.title} ({change.kind})"
        yield from (f"    {line}" for line in _bounded(difference))
        for sign, side, only in _sides(diff, difference):
            yield f"  {sign} {_counted(side.count, 'alert')} only {only}"
            yield from (f"      {line}" for would in side.first for line in would_lines(would, zone))
            if hidden := side.count - len(side.first):
                yield f"      and {hidden} more"


def records(diff: Diff) -> Iterator[Record]:
    """Yield a record for each rule, and one of the whole."""
    for difference in diff.differences:
        change = difference.change
        record: Record = {"type": "rule", "rule": change.id, "title": change.title, "change": change.kind}
        yield {
            **record,
            "diff": "\n".join(change.lines),
            "before": _side_record(difference.before),
            "after": _side_record(difference.after),
            "both": difference.both,
        }
    whole: Record = {"type": "summary", "before": diff.before, "after": diff.after, "items": diff.tried}
    yield {**whole, "rules": len(diff.differences), "more": diff.won, "fewer": diff.lost}


def markdown(diff: Diff, zone: tzinfo) -> str:
    """Return the page for a pull request, of bounded length: rules that do not fit are counted."""
    page = f"### What changes for the alerts\n\n{summary(diff).capitalize()}.\n\n"
    for at, difference in enumerate(diff.differences):
        part = "\n".join(_details(diff, difference, zone)) + "\n"
        if len(page) + len(part) > LONGEST_PAGE:
            return f"{page}\n{_counted(len(diff.differences) - at, 'more rule')} did not fit.\n"
        page += part
    return page


def _details(diff: Diff, difference: Difference, zone: tzinfo) -> Iterator[str]:
    change = difference.change
    numbers = f": +{difference.after.count} −{difference.before.count}" if diff.tried is not None else ""
    yield f"<details><summary><code>{change.id}</code> {_escaped(change.title)} ({change.kind}{numbers})</summary>\n"
    if lines := list(_bounded(difference)):
        fence = "`" * max(3, 1 + _longest_run("\n".join(lines)))
        yield from (f"{fence}diff", *lines, f"{fence}\n")
    for _, side, only in _sides(diff, difference):
        yield f"**{_counted(side.count, 'alert')} only {only}**\n"
        for would in side.first:
            found = "; ".join(filter(None, (in_short(would.decision.spans), counted_by(would))))
            said = (would.source and f"{would.source}: ") + _linked(would.headline, would.url)
            yield f"- {local(would.decision.at, zone)} {said}<br>{_escaped(found)}"
        if hidden := side.count - len(side.first):
            yield f"- and {hidden} more"
        yield ""
    yield "</details>\n"


def _sides(diff: Diff, difference: Difference) -> Iterator[tuple[str, Side, str]]:
    for sign, side, name in (("+", difference.after, diff.after), ("-", difference.before, diff.before)):
        if side.count:
            yield sign, side, f"with {name}"


def _side_record(side: Side) -> Record:
    return {"alerts": side.count, "first": [would_record(would) for would in side.first]}


def _bounded(difference: Difference) -> Iterator[str]:
    lines = difference.change.lines
    yield from lines[:_LONGEST_CHANGE]
    if hidden := len(lines[_LONGEST_CHANGE:]):
        yield f"… {_counted(hidden, 'more line')}"


def _linked(title: str, url: str | None) -> str:
    """Return a headline that leads to its article; what is no plain web address is no link."""
    plain = url is not None and url.startswith(("https://", "http://")) and not set(url) & set(" <>()\\\n\"'")
    return f"[{_escaped(title)}]({url})" if plain else _escaped(title)


def _escaped(words: str) -> str:
    """Return words that no reader of Markdown takes for anything else: news is other people's text."""
    return "".join(f"&#{ord(char)};" if char in _SPECIAL else char for char in words)


_SPECIAL = set("\\`*_[]<>#|&@~:$\n\r")


def _longest_run(words: str) -> int:
    runs, run = 0, 0
    for char in words:
        run = run + 1 if char == "`" else 0
        runs = max(runs, run)
    return runs


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
