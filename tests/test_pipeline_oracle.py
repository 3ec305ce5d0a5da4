"""Whatever a feed does, each story of it fires once: the pipeline against a naive oracle that knows who is who.

The oracle keeps a name for each item, which the pipeline never sees: it has to tell items apart by what feeds give.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from monitor.errors import Malformed
from monitor.model import Item, Message
from monitor.pipeline import poll
from monitor.ports import Fetched, FetchFailed, NotModified
from tests.fakes.clock import START
from tests.fakes.newsroom import LONG, MINUTE, Newsroom, news

MARK = " [name "


@dataclass
class Entry:
    """An entry of the feed, as its publisher has it; `name` is the oracle's."""

    name: str
    matching: bool
    dated: bool
    long: bool
    has_guid: bool
    has_link: bool
    shared_guid: str | None = None
    version: int = 0
    rebuilt: int = 0
    https: bool = False
    tracked: int = 0

    def item(self) -> Item:
        """Return it as a feed gives it."""
        word = "Veerboot" if self.matching else "Storm"
        site = "https://www.wire.example" if self.https else "http://wire.example"
        link = f"{site}/news/{self.name}{f'?utm_source={self.tracked}' if self.tracked else ''}"
        guid = self.shared_guid or (f"build-{self.rebuilt}-{self.name}" if self.rebuilt else f"{site}/?p={self.name}")
        return news(
            self.name,
            f"Versie {self.version}{MARK}{self.name}]. {LONG if self.long else ''}",
            headline=f"{word} {self.name}",
            guid=guid if self.has_guid else None,
            url=link if self.has_link else None,
            published=START + int(self.name) * MINUTE if self.dated else None,
        )


class Feed(RuleBasedStateMachine):
    """A publisher at work, a network that fails, and a pipeline that polls."""

    @initialize()
    def open(self) -> None:
        """Register the source."""
        self.runner = asyncio.Runner()
        self.room = self.runner.run(Newsroom().open())
        self.shown: list[Entry] = []
        self.hidden: list[Entry] = []
        self.born = 0
        self.started = False
        self.decided: set[str] = set()
        self.owed: set[str] = set()

    def teardown(self) -> None:
        """Close the loop."""
        self.runner.close()

    @rule(matching=st.booleans(), dated=st.booleans(), long=st.booleans(), has=st.integers(0, 3), at=st.integers(0, 9))
    def publish(self, *, matching: bool, dated: bool, long: bool, has: int, at: int) -> None:
        """Add an entry somewhere."""
        self.born += 1
        has_guid, has_link = bool(has & 1), bool(has & 2)
        self.shown.insert(at, Entry(str(self.born), matching, dated, long, has_guid, has_link))

    @rule(matching=st.booleans())
    def publish_two_under_one_guid(self, *, matching: bool) -> None:
        """Add two entries that share a guid, with each other or with an earlier one."""
        for _ in range(2):
            self.born += 1
            entry = Entry(str(self.born), matching, dated=True, long=True, has_guid=True, has_link=True)
            self.shown.append(replace(entry, shared_guid=f"shared-{self.born // 3}"))

    @precondition(lambda self: self.shown)
    @rule(which=st.integers(0, 99), matching=st.booleans())
    def edit(self, which: int, *, matching: bool) -> None:
        """Change an entry; one without guid and link is another one then."""
        entry = self.shown[which % len(self.shown)]
        entry.version += 1
        entry.matching = matching
        if not (entry.has_guid or entry.has_link):
            self.born += 1
            entry.name = str(self.born)

    @precondition(lambda self: self.shown)
    @rule(which=st.integers(0, 99), how=st.integers(0, 2))
    def readdress(self, which: int, how: int) -> None:
        """Move the site to https and www, rebuild guids, or add trackers to links."""
        entry = self.shown[which % len(self.shown)]
        if how == 0:
            entry.https = not entry.https
        elif how == 1:
            entry.rebuilt += entry.has_link
        else:
            entry.tracked += 1

    @precondition(lambda self: self.shown)
    @rule(which=st.integers(0, 99), order=st.randoms(use_true_random=False))
    def hide(self, which: int, order) -> None:
        """Let an entry slide out, and shuffle the others."""
        entry = self.shown[which % len(self.shown)]
        for one in [
            one for one in self.shown if one is entry or (one.shared_guid and one.shared_guid == entry.shared_guid)
        ]:
            self.shown.remove(one)
            self.hidden.append(one)
        order.shuffle(self.shown)

    @rule()
    def show_all(self) -> None:
        """Let everything slide back in."""
        self.shown, self.hidden = self.hidden + self.shown, []

    @rule(flaw=st.none() | st.integers(0, 9))
    def poll_well(self, flaw: int | None) -> None:
        """Serve the feed, or the beginning of it."""
        served = self.shown if flaw is None else [entry for entry in self.shown[:flaw] if not entry.shared_guid]
        self._poll(self.room.parser.page([entry.item() for entry in served], None if flaw is None else "broken off"))
        for entry in served:
            if entry.matching and entry.name not in self.decided:
                self.decided.add(entry.name)
                self.owed |= {entry.name} if self.started else set()
        self.started = True

    @rule(how=st.integers(0, 3))
    def poll_badly(self, how: int) -> None:
        """Serve nothing, nothing new, or rubbish."""
        answers: list[Fetched | NotModified | FetchFailed] = [
            FetchFailed("answered 503"),
            FetchFailed("answered 410", gone=True),
            NotModified(),
            self.room.parser.fails(Malformed("an HTML page")),
        ]
        self._poll(answers[how])

    def _poll(self, answer: Fetched | NotModified | FetchFailed) -> None:
        self.room.fetcher.answer = answer
        self.runner.run(poll(self.room.source, self.room.outside))
        self.room.clock.pass_(minutes=5)

    @invariant()
    def what_is_owed_has_fired_once_and_nothing_else_has(self) -> None:
        """Compare."""
        if hasattr(self, "room"):
            told = [named(message) for message in self.room.store.alerts.values()]
            assert sorted(told) == sorted(self.owed)
            assert len(self.room.store.outbox) == len(told) + len(self.room.notices)


def named(message: Message) -> str:
    """Return the oracle's name of what fired."""
    body: str = message.data.items[-1].item.body[0].text  # type: ignore[union-attr]  # alerts only
    return body.partition(MARK)[2].partition("]")[0]


TestFeed = Feed.TestCase
TestFeed.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_the_oracle_names_what_fired():
    room = asyncio.run(Newsroom(source=replace(Newsroom().source, backfill=timedelta(days=9))).open())
    entry = Entry("7", matching=True, dated=True, long=False, has_guid=True, has_link=True)
    asyncio.run(room.brings(entry.item()))

    assert [named(message) for message in room.store.alerts.values()] == ["7"]
