"""The lines of a wire text: how it is cut into them, what each looks like, and how parts are taken off them."""

from dataclasses import dataclass, field
from itertools import chain

import regex

from monitor.model import Dateline
from monitor.parse.dateline import Found, reports
from monitor.parse.times.ages import BLANK, BREAKS, CLOSES, SPACE

LONGEST_HEADLINE = 200
LONGEST_SUBHEAD = 70

_LABEL = (
    r"(?:[\p{Pd}\p{So}•»›>*]{1,3} ?)?(?P<label>her(?:lees|bekijk|beluister)|meer lezen"
    "|(?:her)?(?:lees|be(?:kijk|luister)|kijk|luister|zie) (?:dan )?(?:ook|hier|meer|verder|terug)"
    "|(?:read|see|watch|listen) (?:also|more)|also read|(?:à )?lire aussi|(?:voir|écouter) aussi|à lire"
    "|lesen sie auch|mehr zum thema|(?:lea|leer|vea) también|leggi anche|leia também)"
).replace(" ", f"{SPACE}{{1,4}}")
_LABEL_IN_CAPITALS = (
    "(?P<label>(?P<short>(?:HER)?(?:LEES|BEKIJK|BELUISTER)|HERLUISTER|KIJK|LUISTER"
    "|LIVE(?:BLOG)?|VIDEO|PODCAST|IN BEELD))"
).replace(" ", f"{SPACE}{{1,4}}")
"""Labels that would be headlines and prose in other letters: a teaser only if what follows is no sentence."""
TEASER = regex.compile(
    rf"(?i:{_LABEL})(?:\s*(?:[.:|•·–—>»→]|-{{1,2}})\s*|{SPACE}*[{BREAKS}]\s*"
    rf"|(?P<unmarked>{SPACE}+)(?=[\p{{Lu}}\p{{Pi}}\"']))(?=\S)"
    rf"|{_LABEL_IN_CAPITALS}{SPACE}*[.:|]\s*(?=\S)"
)
# A label alone on its line goes with the line below it. Possessive: hostile text is mostly white space.
_LINE = regex.compile(
    rf"(?:(?i:{_LABEL}){SPACE}*+[.:|]?{SPACE}*+[{BREAKS}]\s*+"
    rf"(?=[^{BREAKS}]{{1,{LONGEST_HEADLINE}}}(?:[{BREAKS}]|$)))?[^{BLANK}](?:[^{BREAKS}]*[^{BLANK}])?"
)
_ENDS_PROSE = regex.compile(rf"[.;,…。][{CLOSES}]*$|:$")
DOUBTFUL = regex.compile(rf"[?!？！][{CLOSES}]*$|^(?i:{_LABEL}){SPACE}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something, its white space aside, or a part of one; it begins at `start`."""

    start: int
    text: str

    def part(self, start: int, end: int) -> "Line":
        """Return the part of the line at `self.text[start:end]`."""
        return Line(self.start + start, self.text[start:end])

    def after(self, start: int) -> "Line | None":
        """Return what is left of the line from `self.text[start]` on, if anything."""
        rest = _LINE.search(self.text, start)
        return self.part(*rest.span()) if rest else None


@dataclass(slots=True)
class Cutter:
    """Takes parts off a text in the order in which they stand, and notes what was unsure."""

    text: str
    ends: list[tuple[int, int]] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)

    def take(self, part: Line) -> str:
        """Return the text of a part; the next part stands behind it."""
        self.ends.append((part.start, part.start + len(part.text)))
        return part.text

    def dateline(self, found: Found, line: Line, name: str) -> Dateline:
        """Take the dateline that a line begins with."""
        self.unsure |= set() if found.sure else {name}
        self.take(line.part(0, found.end))
        return found.dateline

    def layout(self) -> tuple[str, ...]:
        """Return what stands before, between and behind the parts taken."""
        marks = [0, *chain.from_iterable(self.ends), len(self.text)]
        return tuple(self.text[start:end] for start, end in zip(marks[::2], marks[1::2], strict=True))


def lines_of(text: str, start: int) -> list[Line]:
    """Return the lines of `text` from `start` on that hold something."""
    return [Line(line.start(), line[0]) for line in _LINE.finditer(text, start)]


def is_prose(line: Line) -> bool:
    """Tell whether a line reads as running text rather than as a headline."""
    return len(line.text) > LONGEST_HEADLINE or _ENDS_PROSE.search(line.text) is not None


def heads_something(line: Line) -> bool:
    """Tell whether a line has the shape of a heading rather than of prose."""
    prose = len(line.text) > LONGEST_SUBHEAD or _ENDS_PROSE.search(line.text)
    return not (prose or TEASER.match(line.text) or reports(line.text))
