"""What the demonstration shows: lines of news as they are judged, and how the outlets are."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from monitor.model import Span, Verdict

Mark = Literal["alert", "match", "held", "no"]

SHOWN = 12
"""Lines that a terminal shows."""

_STYLES: Mapping[Mark, str] = {"alert": "bold green", "match": "green", "held": "yellow", "no": "dim"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened to one item, and why."""

    at: datetime
    mark: Mark
    outlet: str
    headline: str
    told: str

    def plain(self) -> str:
        """Return it as a line of text."""
        return f"{self.at:%H:%M:%S}  {self.mark:<5}  {self.outlet:<10}  {self.headline}  [{self.told}]"


@dataclass(frozen=True, slots=True)
class Health:
    """How an outlet is: what it was asked and answered 304, and what the daemon holds against it."""

    outlet: str
    asked: int
    unchanged: int
    items: int
    error: str | None


@dataclass(slots=True)
class Board:
    """Everything that is shown; `counts` goes by mark."""

    title: str
    healths: Sequence[Health] = ()
    lines: deque[Line] = field(default_factory=lambda: deque(maxlen=SHOWN))
    counts: dict[Mark, int] = field(default_factory=lambda: dict.fromkeys(_STYLES, 0))

    def add(self, lines: Iterable[Line]) -> None:
        """Take in what happened."""
        for line in lines:
            self.lines.append(line)
            self.counts[line.mark] += 1

    def summary(self) -> str:
        """Return what it came to so far, in a line."""
        polls = sum(health.asked for health in self.healths)
        unchanged = sum(health.unchanged for health in self.healths)
        seen = self.counts["match"] + self.counts["held"] + self.counts["no"]
        return (
            f"{polls} polls, {unchanged} of them 304 · {seen} items judged: {self.counts['no']} did not match, "
            f"{self.counts['held']} held back, {self.counts['match']} fired · {self.counts['alert']} alerts received"
        )

    def __rich__(self) -> RenderableType:
        """Return what a terminal shows."""
        return Group(Text(self.title, style="bold"), self._outlets(), self._news(), Text(self.summary()))

    def _outlets(self) -> Table:
        table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
        for name in ("outlet", "polls", "304", "items"):
            table.add_column(name, justify="left" if name == "outlet" else "right")
        table.add_column("state", no_wrap=True)
        for health in self.healths:
            state = Text(health.error, style="red") if health.error else Text("fine", style="green")
            table.add_row(health.outlet, str(health.asked), str(health.unchanged), str(health.items), state)
        return table

    def _news(self) -> Table:
        table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0))
        for width in (8, 5, 10):
            table.add_column(width=width, no_wrap=True)
        table.add_column(ratio=3, no_wrap=True, overflow="ellipsis")
        table.add_column(ratio=2, no_wrap=True, overflow="ellipsis")
        for line in self.lines:
            style = _STYLES[line.mark]
            told = (f"{line.at:%H:%M:%S}", line.mark, line.outlet, line.headline, line.told)
            table.add_row(*(Text(each, style=style) for each in told))
        return table


@contextmanager
def shown_on(console: Console, board: Board) -> Iterator[Callable[[Iterable[Line]], None]]:
    """Show a board; give what to call with the newest lines, which are printed where nothing can be redrawn."""
    if console.is_terminal:
        with Live(board, console=console, auto_refresh=False) as live:
            yield lambda _: live.refresh()
        return

    def put(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    put(board.title)
    yield lambda lines: put("\n".join(line.plain() for line in lines)) if lines else None
    put(board.summary())


def why_not(verdict: Verdict) -> str:
    """Return what an item has and what it lacks, of the clauses right under the rule."""
    clauses = verdict.clauses or (verdict,)
    return ", ".join(f"{'has' if clause.holds else 'lacks'} {clause.clause}" for clause in clauses)


def where(spans: Iterable[Span]) -> str:
    """Return the evidence, each wording once, with the field that it stands in first."""
    first: dict[str, str] = {}
    for span in spans:
        first.setdefault(span.text, span.field)
    return ", ".join(f"{text} in {field}" for text, field in first.items())
