"""What the pipeline works with."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from monitor.match.index import RuleIndex
from monitor.match.rule import Rule
from monitor.model import Item, Source
from monitor.ports import Fetcher, Parser, Sender, Store


@dataclass(frozen=True, slots=True)
class Outside:
    """The ports, the rules, who hears of the service itself, the clock, chance, and the sources by id.

    `over_time` are those of the rules that have a type. `turn` is held while what they counted is read, decided on
    and committed, so that of two documents that arrive at once the second sees what the first counted.
    """

    store: Store
    fetcher: Fetcher
    parser: Parser
    sender: Sender
    rules: RuleIndex
    operators: tuple[str, ...]
    clock: Callable[[], datetime]
    chance: Random
    sources: Mapping[str, Source] = field(default_factory=dict)
    over_time: tuple[Rule, ...] = ()
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def publisher_of(self, item: Item) -> str:
        """Return who publishes the source that an item is of; a source that is gone stands for itself."""
        source = self.sources.get(item.source or "")
        return source.publisher if source else item.source or ""

    def language_of(self, item: Item) -> str | None:
        """Return the language of the source that an item is of, if there is one."""
        source = self.sources.get(item.source or "")
        return source.language if source else None
