"""Whatever a feed does, each story of it fires once: the pipeline against a naive oracle that knows who is who.

The oracle keeps a name for each item, which the pipeline never sees: it has to tell items apart by what feeds give.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from monitor.errors import Malformed
from monitor.model import Item, Message
from monitor.parse.identity import item_id
from monitor.pipeline.poll import poll
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

    @property
    def published(self) -> datetime:
        """Return when it was published."""
        return START + int(self.name) * MINUTE

    def item(self) -> Item:
        """Return it as a feed gives it."""
        word = "Veerboot" if self.matching else "Storm"
        site = "https://www.wire.example" if self.https else "http://wire.example"
        link = f"{site}/news/{self.name}{f'?utm_source={self.tracked}' if self.tracked else ''}"
        guid = self.shared_guid or (f"build-{self.rebuilt}-{self.name}" if self.rebuilt else f"{site}/?p={self.name}")
        text = f"Versie {self.version}{MARK}{self.name}]. {LONG if self.long else ''}"
        keys = (guid if self.has_guid else None, link if self.has_link else None)
        return news(
            self.name,
            text,
            id=item_id("wire", [*keys, text]),
            headline=f"{word} {self.name}",
            guid=keys[0],
            url=keys[1],
            published=self.published if self.dated else None,
        )


class Feed(RuleBasedStateMachine):
    """A publisher at work, a network that fails, and a pipeline that polls."""

    @initialize(before=st.booleans())
    def open(self, *, before: bool) -> None:
        """Begin with an entry of every shape, published before the first poll or after it."""
        self.runner = asyncio.Runner()
        self.room = self.runner.run(Newsroom().open())
        self.shown: list[Entry] = []
        self.hidden: list[Entry] = []
        self.born = 0
        self.started = False
        self.names: set[str] = set()
        self.decided: set[str] = set()
        self.owed: set[str] = set()
        if not before:
            self._serve([], None)
        self.publish(list(product([True], *[[True, False]] * 4)), 0)

    def teardown(self) -> None:
        """Close the loop."""
        self.runner.close()

    @rule(entries=st.lists(st.tuples(*[st.booleans()] * 5), min_size=1, max_size=4), at=st.integers(0, 9))
    def publish(self, entries: list[tuple[bool, ...]], at: int) -> None:
        """Add entries somewhere."""
        for matching, dated, long, has_guid, has_link in entries:
            self.born += 1
            self.shown.insert(at, Entry(str(self.born), matching, dated, long, has_guid, has_link))

    @rule(matching=st.booleans())
    def publish_two_under_one_guid(self, *, matching: bool) -> None:
        """Add two entries that share a guid, with each other or with an earlier one."""
        for _ in range(2):
            self.born += 1
            entry = Entry(str(self.born), matching, dated=True, long=True, has_guid=True, has_link=True)
            self.shown.append(replace(entry, shared_guid=f"shared-{self.born // 3}"))

    @rule(every=st.integers(1, 9), matching=st.booleans())
    def edit(self, every: int, *, matching: bool) -> None:
        """Change some entries; one without guid and link is another one then."""
        for entry in self.shown[::every]:
            entry.version += 1
            entry.matching = matching
            if not (entry.has_guid or entry.has_link):
                self.born += 1
                entry.name = str(self.born)

    @rule(how=st.sampled_from(["https", "rebuilt", "tracked"]), every=st.integers(1, 3))
    def readdress(self, how: str, every: int) -> None:
        """Move some of the site to https and www, rebuild guids, or add trackers to links."""
        for entry in self.shown[::every]:
            entry.https ^= how == "https"
            entry.rebuilt += how == "rebuilt" and entry.has_link
            entry.tracked += how == "tracked"

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

    @rule()
    def poll_well(self) -> None:
        """Serve the feed."""
        self._serve(self.shown, None)

    @rule(whole=st.integers(0, 9))
    def poll_broken_off(self, whole: int) -> None:
        """Serve the beginning of the feed; of those that share a guid, none."""
        self._serve([entry for entry in self.shown[:whole] if not entry.shared_guid], "broken off")

    def _serve(self, served: list[Entry], flaw: str | None) -> None:
        last = self.room.state.succeeded
        self._poll(self.room.parser.page([entry.item() for entry in served], flaw))
        held = self._flood(served, last)
        for entry in served:
            if entry.matching and entry.name not in self.decided:
                self.decided.add(entry.name)
                self.owed |= {entry.name} if self.started and entry.name not in held else set()
        self.names |= {entry.name for entry in served}
        self.started = True

    def _flood(self, served: list[Entry], last: datetime | None) -> set[str]:
        """Return the names of the new entries that are too many and too old to be believed."""
        new = [entry for entry in served if entry.name not in self.names]
        old = {entry.name for entry in new if last and (entry.published < last if entry.dated else self.names)}
        return old if len(old) > max(20, len(served) / 2) else set()

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
TestFeed.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)


def test_the_oracle_names_what_fired():
    room = asyncio.run(Newsroom(source=replace(Newsroom().source, backfill=timedelta(days=9))).open())
    entry = Entry("7", matching=True, dated=True, long=False, has_guid=True, has_link=True)
    asyncio.run(room.brings(entry.item()))

    assert [named(message) for message in room.store.alerts.values()] == ["7"]
