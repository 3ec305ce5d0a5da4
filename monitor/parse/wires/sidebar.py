"""The sidebar of a wire text: where it begins, what its heading says, and the entries in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import regex

from monitor.model import Related, RelatedItem
from monitor.parse.dateline import age_on, dateline_at, ends_entry, entries_in, reports
from monitor.parse.lines import LONGEST_SUBHEAD, Cutter, Line, heads_something, is_prose

_LINES_NEAR = 3
_MOST_WORDS = 5
"""Words of a heading that ends in a full stop; a longer one is a sentence."""

_NEWS = "(?: nieuws| berichten| artikelen| verhalen| news| stories| nachrichten| meldungen| noticias)?"
_HEADING = regex.compile(
    r"(?:[\p{Pd}\p{S}•»›#*]{1,3} ?)?(?:"
    rf"(?:(?:(?:lees |bekijk |zie )?(?:nog )?meer|(?:het )?(?:ander|overig|laatste)){_NEWS} (?:uit|in|van)|ook uit"
    rf"|(?:read |see )?(?:more|other|latest){_NEWS} (?:from|in)|(?:lesen sie )?(?:mehr|weitere){_NEWS} aus"
    rf"|(?:lire )?plus (?:de|dans)|más{_NEWS} (?:de|en)|altro da|mais de):? "
    r"(?:[‘“\"](?P<section>[^’”\"]+)[’”\"]|'(?P<section>[^']+)'|(?P<section>.+?))"
    rf"|(?:(?:lees |zie )?meer{_NEWS} over|(?:read )?more{_NEWS} (?:on|about)|mehr (?:zu|zum|über)|plus sur)"
    r" .+?)[ .:…»›>→]*",
    regex.IGNORECASE,
)


def _heading(line: Line) -> regex.Match[str] | None:
    """Return the match of a line that heads a sidebar in a wording that we know; it names the `section`."""
    words = line.text.split()
    if len(line.text) > LONGEST_SUBHEAD or (line.text.endswith(".") and len(words) > _MOST_WORDS):
        return None
    return _HEADING.fullmatch(" ".join(words))


def marked_sidebar(lines: Sequence[Line], unsure: set[str]) -> int | None:
    """Return the index of the heading of the sidebar, if we know its wording and entries follow it."""
    for index, line in enumerate(lines):
        if not _heading(line):
            continue
        below = [entry.text for entry in lines[index + 1 : index + 1 + _LINES_NEAR]]
        if any(map(age_on, below)) or (index and below and dateline_at(below[0], loose=True)):
            return index
        unsure |= {"related"} if index else set()
        if index and not below:
            return index
    return None


def unmarked_sidebar(lines: Sequence[Line], own: int | None, unsure: set[str]) -> int:
    """Return the index of the line that begins a sidebar of unknown heading, else the number of lines.

    It begins where another report follows the article's own, or before an age that ends an entry.
    """
    above = -1 if own is None else own
    aged = [index for index in range(above + 1, len(lines)) if age_on(lines[index].text)]
    firsts = (_first_entry(lines, index, above) for index in range(above + 1, len(lines)))
    first = next((first for first in firsts if first is not None), None)
    if aged or first is not None:
        unsure.add("related")
    if first is None:
        return len(lines)
    if not aged or not reports(lines[first].text):
        unsure.add("body")
    return first - 1 if first - 1 > max(above, 0) and _heads_entries(lines[first - 1 :]) else first


def _first_entry(lines: Sequence[Line], index: int, above: int) -> int | None:
    """Return the line of the entry that line `index` is, or whose age it begins with, if it is or does."""
    text = lines[index].text
    if reports(text):
        return index
    ends = ends_entry(text)
    if not age_on(text) or not (ends or (index and dateline_at(lines[index - 1].text))):
        return None
    headed = index == 1 and not is_prose(lines[0])
    return index - 1 if index - 1 > above and not headed else index if ends else None


def take_sidebar(cutter: Cutter, lines: Sequence[Line], fetched: datetime | None) -> tuple[str | None, Related | None]:
    """Take the sidebar; return the section that its heading names, and the sidebar."""
    section, heading, entries = None, None, list[RelatedItem]()
    named = _heading(lines[0])
    if named or _heads_entries(lines):
        heading = cutter.take(lines[0])
        section = named["section"] if named else None
        lines = lines[1:]
    for line in (whole.part(*part) for whole in lines for part in entries_in(whole.text)):
        rest: Line | None = line
        age = age_on(line.text, listed=True)
        if age:
            if not entries or entries[-1].age is not None:
                entries.append(RelatedItem(cutter.take(line.part(0, 0))))
            printed = cutter.take(line.part(0, age.end))
            entry = entries.pop()
            entries.append(replace(entry, age=printed, published=age.before(fetched)))
            rest = line.after(age.end)
        if rest is not None:
            entries.append(_take_entry(cutter, rest))
    if any(entry.dateline is None for entry in entries):
        cutter.unsure.add("related")
    return section, Related(heading, tuple(entries))


def _heads_entries(lines: Sequence[Line]) -> bool:
    """Tell whether the first line of a sidebar can be its heading, of a wording that we do not know."""
    aged = any(age_on(line.text) for line in lines[:2])
    return len(lines) > 1 and not aged and heads_something(lines[0])


def _take_entry(cutter: Cutter, line: Line) -> RelatedItem:
    found = dateline_at(line.text, loose=True)
    dateline = cutter.dateline(found, line, "related") if found else None
    rest = line.after(found.end) if found else line
    return RelatedItem(cutter.take(rest or line.part(len(line.text), len(line.text))), dateline)
