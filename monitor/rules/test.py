"""Unit tests of rules: what must match and what must not, written beside the rule and run without a network.

A case is one of

    a sentence        `Xi reist naar Moskou`: an item whose body is that one paragraph, without headline or dateline
    a wire text       any text with a line break, as YAML's `|` makes them
    {file: x.txt}     a document of any kind that can be read
    a mapping         the fields of an item (`monitor.rules.cases`), for what only a headline, a section or an age shows

A case under `match` comes out where at least one of its items matches, one under `no_match` where none does. A document
without items is a fault under either, so that no case passes by being empty.

Cases come from where the rule listens: an item without a source, or of one that the rule does not listen to, counts as
from the first of the rule's sources, unless a mapping names its `source`.

Cases do not grow old. An item is looked at when a mapping says that it was `fetched`, else when it was published or
updated, the later (of a bare month, its end). Only an item without any date is looked at now. So age is tested with a
mapping: `{headline: …, age: 7h}`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from monitor.errors import DocumentError
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.model import Item, Match, Paragraph
from monitor.parse.wires.wire import read_wire
from monitor.rules.cases import CaseFault, moment_of, read_fields, read_story
from monitor.settings import Tests

_LONGEST_TITLE = 60

Case = str | Mapping[str, object]
ReadFile = Callable[[str], Sequence[Item]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case of a rule came out.

    `index` counts from 0 within `match` (where `wanted`) or `no_match`. `fault` says why the case could not be run;
    else `matches` holds what the rule said of each item, verdicts included, and `views` the items as it saw them.
    """

    rule: str
    wanted: bool
    index: int
    title: str
    matches: tuple[Match, ...] = ()
    fault: str | None = None
    views: tuple[View, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it came out as wanted."""
        return self.fault is None and any(match.matched for match in self.matches) == self.wanted


def run_tests(
    rule: Rule,
    tests: Tests,
    read_file: ReadFile,
    now: datetime,
    language: str | None = None,
    publishers: Mapping[str, str] | None = None,
) -> list[Outcome]:
    """Return how every case of a rule came out, those under `match` first, each list in its order.

    Args:
        rule: the compiled rule.
        tests: its cases.
        read_file: reads the document of a `{file: …}` case; its DocumentError or OSError is that case's fault.
        now: an aware UTC datetime, for items that tell no time.
        language: of items that do not say (`service.language`).
        publishers: who is behind each source, by its id.
    """
    run = partial(_run, _Bench(rule, read_file, now, language, publishers or {}))
    wanted = [run(case, index, wanted=True) for index, case in enumerate(tests.match)]
    return wanted + [run(case, index, wanted=False) for index, case in enumerate(tests.no_match)]


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every case of a rule is run with."""

    rule: Rule
    read_file: ReadFile
    now: datetime
    language: str | None
    publishers: Mapping[str, str]

    def views(self, case: Case) -> list[View]:
        """Return the items of a case, each at its moment and as from where the rule listens."""
        if isinstance(case, str):
            item = read_wire(case) if "\n" in case else Item(id="case", body=(Paragraph(case),))
            return [self._view(self._from_a_source(item))]
        if (path := _file(case)) is not None:
            return [self._view(self._from_a_source(item)) for item in self.read_file(path)]
        item = read_fields(case, self.now)
        view = self._view(item if item.source else self._from_a_source(item), at=_fetched(case, item))
        if told := read_story(case):
            view = replace(view, story=told[0], began=view.now - told[1])
        return [view]

    def _from_a_source(self, item: Item) -> Item:
        sources = self.rule.sources
        return replace(item, source=min(sources)) if sources and item.source not in sources else item

    def _view(self, item: Item, at: datetime | None = None) -> View:
        publisher = self.publishers.get(item.source or "")
        spoken = replace(item, language=item.language or self.language)
        return View(spoken, at or moment_of(item, self.now), self.language, publisher)


def _run(bench: _Bench, case: Case, index: int, *, wanted: bool) -> Outcome:
    ended = partial(Outcome, bench.rule.id, wanted, index, _title(case))
    try:
        views = bench.views(case)
    except (CaseFault, DocumentError, OSError) as error:
        return ended(fault=str(error))
    if not views:
        return ended(fault="there is no item in this document")
    return ended(tuple(match_rule(bench.rule, view) for view in views), views=tuple(views))


def _file(case: Mapping[str, object]) -> str | None:
    path = case.get("file")
    return path if isinstance(path, str) and len(case) == 1 else None


def _fetched(case: Mapping[str, object], item: Item) -> datetime | None:
    """Return the moment from which a mapping counts its `age`, or says that it was fetched."""
    return item.fetched if {"age", "fetched"} & case.keys() else None


def _title(case: Case) -> str:
    """Return one short line by which to know a case: its first line, its file, or a text of its item."""
    if isinstance(case, str):
        text = case.strip().partition("\n")[0]
    else:
        texts = (told for key in ("file", "headline", "lead", "body") if isinstance(told := case.get(key), str))
        text = next(texts, "") or ", ".join(f"{key}: {value}" for key, value in case.items())
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1].rstrip()}…"
