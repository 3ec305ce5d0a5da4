"""The full text: the article that an item links to, fetched with manners, and the item completed by it."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from monitor.errors import DocumentError, NoAnswer, Refused, TooMuch
from monitor.fetch.robots import Robots, Rules
from monitor.fetch.turns import Turns
from monitor.model import Document, Item, Source
from monitor.net.address import place_of, read_url, redirected
from monitor.net.door import FOLLOWED, Answer, Door, Limits
from monitor.net.retry_after import retry_after
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
_PAID = {HTTPStatus.PAYMENT_REQUIRED}


@dataclass(frozen=True, slots=True)
class Completed:
    """An item with its full text, or as it was and the `reason` why: for people, and without secrets.

    `wait` is what the server asked to be left alone; `later`: another try may help.
    """

    item: Item
    reason: str | None = None
    wait: timedelta | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class _Article:
    """What was found at an address: a page, or why there is none; it holds until a moment of the loop's clock."""

    page: Item | None
    until: float
    reason: str | None = None
    premium: bool = False
    wait: timedelta | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class _Forbidden:
    """A host that does not want its page fetched; `later`: it did not say so, it gave no answer."""

    place: str
    later: bool


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

    async def complete(self, item: Item, source: Source) -> Completed:
        """Return an item with the text of the article that it links to; never raise for what the other side does.

        It is fetched once, if robots.txt allows it, within its host's turn and the limits; the source's own headers go
        along only to the source's own host. An article behind a paywall marks the item `premium`.
        """
        if not needs_article(item) or item.url is None:
            return Completed(item, "it has no address")
        article = self._remembered((source.id, item.url)) or await self._article(item.url, source)
        self._remember((source.id, item.url), article)
        if article.page is None:
            marked = replace(item, premium=item.premium or article.premium)
            return Completed(marked, article.reason, article.wait, article.later)
        return Completed(completed(item, article.page))

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
        except NoAnswer as error:
            return _Article(None, until, str(error), later=not isinstance(error, Refused))
        if isinstance(answer, _Forbidden):
            return _Article(None, until, f"{answer.place}: its robots.txt does not allow it", later=answer.later)
        if answer.status != HTTPStatus.OK:
            return _refusal(answer, until, self.clock())
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
        except DocumentError as error:
            return _Article(None, until, f"{place_of(read_url(answer.url))}: {error}")
        return _Article(next(iter(reading.items), None), until, "there is no article on its page")

    async def _followed(self, url: str, source: Source) -> "Answer | _Forbidden":
        """Return what a page answers after redirects; robots.txt is asked at every host on the way."""
        for _ in range(HOPS + 1):
            place = place_of(read_url(url))
            rules = await self.robots.rules(url)
            if not rules.allows(url, self.robots.agent):
                return _Forbidden(place, later=rules.known is None)
            answer = await self._ask(url, place, rules, source)
            if answer.status not in FOLLOWED:
                return answer
            url = _next(url, answer)
        raise TooMuch(place, "redirects", f"redirects more than {HOPS} times")

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


def _refusal(answer: Answer, until: float, now: datetime) -> _Article:
    """Return what an answer other than 200 means: 402 is a paywall."""
    later = answer.status in {408, 425, 429} or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    wait = retry_after(answer.headers, now)
    reason = f"{place_of(read_url(answer.url))}: answered {answer.status}"
    return _Article(None, until, reason, premium=answer.status in _PAID, wait=wait, later=later)
