"""The pipeline between fakes: one source `wire`, rules that look for a word each, the channels `desk` and `phone`."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from monitor.match.index import RuleIndex
from monitor.match.rule import Rule
from monitor.model import Item, Message, Paragraph, Source, SourceState
from monitor.pipeline.deliver import deliver
from monitor.pipeline.outside import Outside
from monitor.pipeline.poll import poll
from monitor.pipeline.report import Report
from monitor.records import message_record
from tests.fakes.clock import FakeClock, Middling
from tests.fakes.fetcher import Answer, FakeFetcher
from tests.fakes.parser import FakeParser
from tests.fakes.sender import FakeSender
from tests.fakes.store import FakeStore
from tests.match.reading import compiled

MINUTE = timedelta(minutes=1)
FEED = "https://wire.example/feed"
CHANNELS = ("desk", "phone")

WIRE = Source(id="wire", url=FEED, every=(5 * MINUTE, 5 * MINUTE), name="Wire", publisher="wire", language="nl")
FOLDER = replace(WIRE, url=None, path="/news")
LONG = "De dienst tussen Harlingen en Terschelling ligt sinds vanochtend stil door de harde wind op het wad."


def rule(word: object = "veerboot", name: str = "boats", notify: tuple[str, ...] = ("desk",)) -> Rule:
    """Return a rule that looks for a word, or whatever condition that is."""
    return Rule(name, name.title(), "medium", compiled({"all": [word]}), notify=notify)


def news(name: str, text: str | None = None, **fields: Any) -> Item:
    """Return an item that the rule `boats` matches, with a guid and a link of its own unless they are given."""
    usual = {"guid": f"guid-{name}", "url": f"https://wire.example/news/{name}", "headline": f"Veerboot {name}"}
    return Item(**{"id": f"id-{name}", "body": (Paragraph(text or f"Bericht {name}."),), **usual, **fields})


@dataclass
class Newsroom:
    """What the pipeline works with, and short ways to let it work."""

    rules: tuple[Rule, ...] = field(default_factory=lambda: (rule(),))
    operators: tuple[str, ...] = ("phone",)
    source: Source = WIRE
    store: FakeStore = field(default_factory=FakeStore)
    fetcher: Any = field(default_factory=FakeFetcher)
    parser: Any = field(default_factory=FakeParser)
    sender: FakeSender = field(default_factory=FakeSender)
    clock: FakeClock = field(default_factory=FakeClock)
    chance: Middling = field(default_factory=Middling)
    others: tuple[Source, ...] = ()
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def outside(self) -> Outside:
        """Return it as the pipeline knows it."""
        return Outside(
            self.store,
            self.fetcher,
            self.parser,
            self.sender,
            RuleIndex(self.rules),
            self.operators,
            self.clock,
            self.chance,
            self.sources,
            tuple(rule for rule in self.rules if rule.over_time),
            self.turn,
        )

    @property
    def sources(self) -> dict[str, Source]:
        """Return the sources that there are, by their ids."""
        return {source.id: source for source in (self.source, *self.others)}

    async def open(self) -> "Newsroom":
        """Return it with its source registered."""
        await self.store.register({self.source.id: self.clock()})
        return self

    async def start(self) -> "Newsroom":
        """Return it with its source registered, and polled for the first time when there was nothing."""
        await self.open()
        await self.brings()
        return self

    async def answers(self, answer: Answer) -> Report:
        """Poll the source, as long after the last time as it takes, and get this answer."""
        self.fetcher.answer = answer
        self.clock.now = max(self.clock.now, self.store.states[self.source.id].due)
        return await self.polled()

    async def polled(self) -> Report:
        """Poll the source now."""
        return await poll(self.source, self.outside)

    async def brings(self, *items: Item, flaw: str | None = None, **told: str) -> Report:
        """Poll the source, and get a document with these items."""
        return await self.answers(self.parser.page(items, flaw, **told))

    async def deliver(self) -> None:
        """Deliver all that is due, through all channels."""
        for channel in CHANNELS:
            for retry in (False, True):
                while await deliver(channel, self.outside, retry=retry):
                    pass

    @property
    def state(self) -> SourceState:
        """Return what is remembered of the source."""
        return self.store.states[self.source.id]

    @property
    def fired(self) -> list[str]:
        """Return the headlines of the alerts that were fired, in order."""
        return [headline(message) for message in self.store.alerts.values()]

    @property
    def reasons(self) -> dict[tuple[str, str], str]:
        """Return why each (item, rule) became an alert or did not."""
        return {pair: decision.reason.name for pair, decision in self.store.decisions.items()}

    @property
    def notices(self) -> list[str]:
        """Return the bodies of the service's own notices, in order."""
        queued = self.store.outbox.values()
        return [each.delivery.body for each in queued if each.delivery.type == "monitor.notice"]


def headline(message: Message) -> str:
    """Return the headline of the item that an alert is about."""
    record: Any = message_record(message)
    return str(record["data"]["items"][-1]["headline"])
