"""`make bench`: what things cost beside each other, measured in one run; ratios travel, times do not.

Each line is the best of several rounds, and how many times the first line of its group it takes. What up to a million
rules cost is measured by `python -m tests.bench.match`.
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from time import perf_counter

import feedparser
import yaml

from monitor.load import load
from monitor.match.index import RuleIndex
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.match.written.tree import Reader
from monitor.model import Document
from monitor.parse.detect import read_document
from monitor.parse.wires.wire import read_wire, write_wire
from monitor.records import dump_items, load_items
from monitor.workers import Workers
from monitor.yaml12 import read_yaml
from tests.bench import entries

CONFIG = Path(__file__).parents[2] / "config"
NOW = datetime(2026, 11, 26, tzinfo=UTC)
ROUNDS = 5

TEXTS = [path.read_text() for path in sorted((CONFIG / "samples").glob("*.txt"))]
ITEMS = [read_wire(text, fetched=NOW) for text in TEXTS]
ENTRY = (
    "<item><title>Haven dicht na storm {0}</title><guid>id-{0}</guid><link>https://nieuws.example/{0}</link>"
    "<pubDate>Thu, 26 Nov 2026 10:00:00 +0100</pubDate><description>&lt;p&gt;VLISSINGEN (ANP) - De haven is dicht. "
    "{1}&lt;/p&gt;</description></item>"
)


def feed(entries: int) -> bytes:
    """Return an RSS feed of so many entries, of some 1 KB each."""
    inside = "".join(ENTRY.format(number, "Schepen wachten op zee. " * 40) for number in range(entries))
    return f"<rss version='2.0'><channel><title>Kust</title>{inside}</channel></rss>".encode()


def rules(count: int) -> tuple[Rule, ...]:
    """Return so many rules of a phrase and a place, of which few match."""
    written = [{"all": [f"woord{number} tekst", {"place": "Moskou"}]} for number in range(count - 1)]
    conditions = [Reader().condition(rule) for rule in [{"all": ["Xi", {"place": "Moskou"}]}, *written]]
    return tuple(Rule(f"r-{at}", "", "low", condition) for at, condition in enumerate(conditions) if condition)


def best(work: Callable[[], object]) -> float:
    """Return the shortest of several rounds, in seconds."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return min(times)


def show(group: str, works: dict[str, tuple[int, Callable[[], object]]]) -> None:
    """Print what each work takes for one of its units, beside the first."""
    first = None
    sys.stdout.write(f"{group}\n")
    for name, (units, work) in works.items():
        each = best(work) / units
        first = first or each
        sys.stdout.write(f"  {name:46}{each * 1e3:10.3f} ms{each / first:9.2f}×\n")


def _match_all(made: tuple[Rule, ...]) -> None:
    for item in ITEMS:
        view = View(item, NOW)
        for rule in made:
            match_rule(rule, view)


def _match_by_words(made: tuple[Rule, ...]) -> Callable[[], None]:
    """Return what matches all items with an index of rules."""
    index = RuleIndex(made)

    def match() -> None:
        for item in ITEMS:
            index.match(View(item, NOW))

    return match


async def _in_workers(workers: Workers, documents: list[Document]) -> None:
    for document in documents:
        await workers.read(document)


def main() -> None:
    """Measure, group by group."""
    count = len(TEXTS)
    show(
        "a wire text",
        {
            "read": (count, lambda: [read_wire(text, fetched=NOW) for text in TEXTS]),
            "written back": (count, lambda: [write_wire(item) for item in ITEMS]),
            "as JSON, there and back": (count, lambda: load_items(dump_items(ITEMS))),
        },
    )
    body = feed(30)
    show(
        "a feed of 30 entries of 1 KB",
        {
            "feedparser alone": (1, lambda: feedparser.parse(BytesIO(body))),
            "read into items": (1, lambda: read_document(Document("feed", body))),
        },
    )
    documents = [Document(f"{at}", text.encode()) for at, text in enumerate(TEXTS)]
    with asyncio.Runner() as runner:
        workers = Workers()
        show(
            "a document",
            {
                "in this process": (count, lambda: [read_document(document) for document in documents]),
                "in a killable one": (count, lambda: runner.run(_in_workers(workers, documents))),
            },
        )
        runner.run(workers.__aexit__(None, None, None))
    show(
        "an item against rules",
        {
            **{f"{many} rules": (count, partial(_match_all, rules(many))) for many in (1, 10, 100, 1000)},
            **{f"{many} rules, by their words": (count, _match_by_words(rules(many))) for many in (1000, 10_000)},
        },
    )
    text = "rules:\n" + "".join(f"  - {{id: r-{at}, all: [Xi, {{place: Moskou}}]}}\n" for at in range(5000))
    show(
        "5,000 rules of YAML",
        {
            "read with places to be had": (1, lambda: read_yaml("rules.yaml", text)),
            "as nodes of PyYAML, in C": (1, lambda: yaml.compose(text, Loader=yaml.CBaseLoader)),
            "as nodes of PyYAML, in Python": (1, lambda: yaml.compose(text, Loader=yaml.BaseLoader)),
        },
    )
    show("the shipped configuration", {"loaded": (1, lambda: load(CONFIG))})
    entries.show()


main()
