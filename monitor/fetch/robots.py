"""robots.txt: whether we may fetch a page (RFC 9309), asked once a day a host."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from http import HTTPStatus

import regex
from protego import Protego

from monitor.errors import NoAnswer
from monitor.fetch.turns import Turns
from monitor.net.address import place_of, read_url
from monitor.net.door import Door, Limits

KEPT = 24 * 3600.0
"""Seconds for which an answer holds; no longer than a day (RFC 9309 2.4)."""

KEPT_WITHOUT = 600.0
"""Seconds after which a host is asked again that gave no answer."""

MOST_HOSTS = 2_000
"""Hosts that are remembered; the one that was asked about longest ago is forgotten first."""

LONGEST = 512 << 10
"""Bytes that are read (RFC 9309 2.5: at least 500 KiB)."""

LONGEST_DELAY = 10.0
"""Seconds of `Crawl-delay` that are heeded; more would only mean that nothing is ever read."""

_LIMITS = Limits(seconds=15, body=4 << 20)
_AGENT = regex.compile(r"user[- ]?agent\s*+[:\s]\s*+(.*)", regex.IGNORECASE)
_LONGEST_LINE = 2_048


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says: `known` rules; None: the same for every page, namely `allowed`."""

    known: Protego | None
    allowed: bool
    until: float
    delay: float = 0.0

    def allows(self, url: str, agent: str) -> bool:
        """Tell whether we may fetch a page."""
        return self.allowed if self.known is None else self.known.can_fetch(url, agent)


@dataclass(slots=True)
class Robots:
    """Remembers what hosts say; asks each of them once, however many want to know.

    Args:
        agent: the name by which rules are meant for us, without a version.
    """

    door: Door
    turns: Turns
    agent: str
    _known: OrderedDict[str, Rules] = field(default_factory=OrderedDict)
    _asking: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def rules(self, url: str) -> Rules:
        """Return the rules that hold at the host of a page; it is asked if it was not within a day.

        A host without the file (4xx) allows everything; one that fails (5xx, no answer) nothing, until it is asked
        again (RFC 9309 2.3.1).

        Raises:
            Refused: the URL is none that we may go to.
        """
        place = place_of(read_url(url))
        lock = self._asking.setdefault(place, asyncio.Lock())
        try:
            async with lock:
                rules = self._known.get(place)
                if rules is None or rules.until <= asyncio.get_running_loop().time():
                    rules = await self._ask(place)
                    self._known[place] = rules
                self._known.move_to_end(place)
                while len(self._known) > MOST_HOSTS:
                    self._known.popitem(last=False)
                return rules
        finally:
            if not lock.locked():
                self._asking.pop(place, None)

    async def _ask(self, place: str) -> Rules:
        loop = asyncio.get_running_loop()
        try:
            async with self.turns.at(place):
                answer = await self.door.request("GET", f"{place}/robots.txt", limits=_LIMITS)
        except NoAnswer:
            return Rules(None, allowed=False, until=loop.time() + KEPT_WITHOUT)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Rules(None, allowed=False, until=loop.time() + KEPT_WITHOUT)
        if answer.status != HTTPStatus.OK:
            return Rules(None, allowed=True, until=loop.time() + KEPT)
        # In a thread, so that a long file does not hold up the loop.
        known = await asyncio.to_thread(_parsed, answer.body[:LONGEST], self.agent)
        delay = min(known.crawl_delay(self.agent) or 0.0, LONGEST_DELAY)
        return Rules(known, allowed=True, until=loop.time() + KEPT, delay=delay)


def _parsed(body: bytes, agent: str) -> Protego:
    """Return the rules in a file; those for others are left out, as many of them would be a bomb for Protego."""
    kept, for_us, in_agents = [], False, False
    for line in body.decode("utf-8-sig", "replace").splitlines():
        rule = line[:_LONGEST_LINE].partition("#")[0].strip()
        named = _AGENT.fullmatch(rule)
        if named:
            ours = _is_us(named[1].casefold(), agent)
            for_us = ours or (for_us and in_agents)
        if rule and (ours if named else for_us):
            kept.append(rule)
        in_agents = in_agents if not rule else named is not None
    return Protego.parse("\n".join(kept))


def _is_us(named: str, agent: str) -> bool:
    return named == "*" or (bool(named) and named in agent.casefold())
