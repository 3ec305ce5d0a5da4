"""The full text: the article that an item links to, fetched with manners, and the item completed by it."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus

from monitor.errors import DocumentError, NoAnswer, Refused
from monitor.fetch.robots import Robots, Rules
from monitor.fetch.turns import Turns
from monitor.model import Document, Item, Source
from monitor.net.address import place_of, read_url, redirected
from monitor.net.door import FOLLOWED, Answer, Door, Limits
from monitor.parse.pages.completion import completed, needs_article
from monitor.ports import Parser

KEPT = 900.0
"""Seconds for which an article, or that there is none, is remembered: several feeds link to the same one."""

MOST_KEPT = 256
"""Articles that are remembered."""

LIMITS = Limits(seconds=20, body=8 << 20, hops=0)

HOPS = 5
"""Redirects that are followed."""

_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class _Article:
    """What was found at an address: a page, or none; it holds `until` a moment of the loop's clock."""

    page: Item | None
    until: float
    premium: bool = False


@dataclass(slots=True)
class FullText:
    """Completes items, one by one or many at a time.

    Args:
        parser: reads pages where they can do no harm.
        clock: what time it is, for ages on pages.
    """

    door: Door
    turns: Turns
    robots: Robots
    parser: Parser
    clock: Callable[[], datetime]
    _kept: OrderedDict[tuple[str, str], _Article] = field(default_factory=OrderedDict)
    _free_at: dict[str, float] = field(default_factory=dict)

    async def complete(self, item: Item, source: Source) -> Item:
        """Return an item with the text of the article that it links to, or as it was; never raise for others.

        It is fetched once, if robots.txt allows it, within its host's turn and the limits; the source's own headers go
        along only to the source's own host. An article behind a paywall marks the item `premium`.
        """
        if not needs_article(item) or item.url is None:
            return item
        article = self._remembered((source.id, item.url)) or await self._article(item.url, source)
        self._remember((source.id, item.url), article)
        if article.page is None:
            return replace(item, premium=item.premium or article.premium)
        return completed(item, article.page)

    def _remembered(self, key: tuple[str, str]) -> _Article | None:
        article = self._kept.get(key)
        return article if article and article.until > asyncio.get_running_loop().time() else None

    def _remember(self, key: tuple[str, str], article: _Article) -> None:
        self._kept[key] = article
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    async def _article(self, url: str, source: Source) -> _Article:
        until = asyncio.get_running_loop().time() + KEPT
        try:
            answer = await self._followed(url, source)
        except NoAnswer:
            return _Article(None, until)
        if answer is None or answer.status != HTTPStatus.OK:
            return _Article(None, until, premium=answer is not None and answer.status == HTTPStatus.PAYMENT_REQUIRED)
        document = Document(
            name=url,
            body=answer.body,
            url=answer.url,
            fetched=self.clock(),
            kind="page",
            source=source.id,
            language=source.language,
        )
        try:
            reading = await self.parser.read(document)
        except DocumentError:
            return _Article(None, until)
        return _Article(next(iter(reading.items), None), until)

    async def _followed(self, url: str, source: Source) -> Answer | None:
        """Return what a page answers after redirects; None if too many, or if a robots.txt on the way forbids it."""
        for _ in range(HOPS + 1):
            rules = await self.robots.rules(url)
            if not rules.allows(url, self.robots.agent):
                return None
            answer = await self._ask(url, place_of(read_url(url)), rules, source)
            if answer.status not in FOLLOWED:
                return answer
            url = _next(url, answer)
        return None

    async def _ask(self, url: str, place: str, rules: Rules, source: Source) -> Answer:
        """Fetch a page, after the rest that its host's robots.txt asks for between two."""
        if rules.delay:
            await self._rest(place, rules.delay)
        own = source.headers if source.url and place_of(read_url(source.url)) == place else {}
        async with self.turns.at(place):
            return await self.door.request("GET", url, headers={"accept": _ACCEPT}, private=own, limits=LIMITS)

    async def _rest(self, place: str, delay: float) -> None:
        now = asyncio.get_running_loop().time()
        mine = max(self._free_at.get(place, now), now)
        self._free_at = {host: free for host, free in self._free_at.items() if free > now}
        self._free_at[place] = mine + delay
        await asyncio.sleep(mine - now)


def _next(url: str, answer: Answer) -> str:
    """Return where an answer redirects to; Refused if nobody should go there."""
    asked = read_url(url)
    place = place_of(asked)
    target = redirected(asked, answer.headers.get("location", ""), f"{place}: what it redirects to")
    if asked.scheme == "https" and target.scheme == "http":
        raise Refused(place, "downgrade", "redirects from https to http")
    return str(target)
