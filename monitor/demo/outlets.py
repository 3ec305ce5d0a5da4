"""Outlets of the simulated newswire, on loopback: each with a feed at an address of its own, one of them unwell."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

from fastapi import FastAPI, Request, Response
from lxml import etree

from monitor.demo.newswire import Copy, Entry, Outlet
from monitor.web.server import Server, face_server

KEPT = 30
"""Entries that a feed holds, the newest ones."""

OUTLETS = (
    Outlet("persdienst", "De Persdienst", "rss", languages=("nl", "en", "de"), share=0.95),
    Outlet("dagblad", "Dagblad De Brug", "atom", delay=timedelta(seconds=3), paragraphs=3, retitles=True),
    Outlet("omroep", "Omroep Delta", "rss", delay=timedelta(seconds=5), paragraphs=2),
    Outlet("harbour", "The Harbour Wire", "atom", languages=("en",), share=1.0, delay=timedelta(seconds=2)),
    Outlet("kustpost", "De Kustpost", "rss", share=0.5, delay=timedelta(seconds=4), paragraphs=4, retitles=True),
    Outlet("stroom", "Nieuwsstroom", "rss", languages=("nl", "en", "de"), share=1.0, paragraphs=1),
)
"""`kustpost` goes down for a while; `stroom` now and then brings a flood."""

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry with its times; the correction of an entry keeps the time at which that was published."""

    entry: Entry
    published: datetime
    updated: datetime


@dataclass(slots=True)
class Site:
    """An outlet's site: its feed, newest first; is it `up` or `down`; `unchanged` of `asked` answers said 304."""

    outlet: Outlet
    shown: deque[Dated] = field(default_factory=lambda: deque(maxlen=KEPT))
    address: str = ""
    asked: int = 0
    unchanged: int = 0
    up: asyncio.Event = field(default_factory=asyncio.Event)
    down: asyncio.Event = field(default_factory=asyncio.Event)

    def publish(self, entry: Entry, now: datetime) -> None:
        """Put an entry on top of the feed, a correction in the place of what it corrects."""
        for index, dated in enumerate(self.shown):
            if dated.entry.guid == entry.guid:
                self.shown[index] = Dated(entry, dated.published, now)
                return
        self.shown.appendleft(Dated(entry, now, now))

    def document(self, now: datetime) -> bytes:
        """Return the feed; `now` stands where it says when it was made, as long as there is nothing in it."""
        write = {"rss": _write_rss, "atom": _write_atom}[self.outlet.form]
        return write(self.outlet, list(self.shown), max((each.updated for each in self.shown), default=now))

    async def serve(self, stop: asyncio.Event, clock: Callable[[], datetime]) -> None:
        """Answer at `address` until told to stop; afterwards connections are refused."""
        server = open_site(self, clock)
        self.down.clear()
        self.up.set()
        try:
            await server.serve_until(stop)
        finally:
            self.up.clear()
            self.down.set()


def open_site(site: Site, clock: Callable[[], datetime]) -> Server:
    """Return a server of a site's feed, which listens already; at the address that it had before, if it had one."""
    face = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    began = clock()

    @face.get("/feed.xml")
    async def feed(request: Request) -> Response:
        site.asked += 1
        body = site.document(began)
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        modified = format_datetime(max((each.updated for each in site.shown), default=began), usegmt=True)
        headers = {"etag": etag, "last-modified": modified}
        if request.headers.get("if-none-match") == etag:
            site.unchanged += 1
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=f"application/{site.outlet.form}+xml", headers=headers)

    listen = site.address.removeprefix("http://").partition("/")[0] or "127.0.0.1:0"
    server = face_server(face, listen)
    host, port = server.taken.getsockname()
    site.address = f"http://{host}:{port}/feed.xml"
    return server


async def fall_ill(
    site: Site, clock: Callable[[], datetime], spells: Sequence[float], *, begun: asyncio.Event, stop: asyncio.Event
) -> None:
    """Serve a site that is up, down, up again … for so many seconds each, and then up until told to stop.

    The first spell counts from when the news has `begun`.
    """
    for number, seconds in enumerate(spells):
        if number % 2:
            await _passes(stop, seconds)
        else:
            over = asyncio.Event()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(site.serve(over, clock))
                await begun.wait()
                await _passes(stop, seconds)
                over.set()
        if stop.is_set():
            return
    await site.serve(stop, clock)


async def _passes(stop: asyncio.Event, seconds: float) -> None:
    """Sleep so long, or until told to stop."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


def link_of(outlet: str, entry: Entry) -> str:
    """Return where the page of an entry would be; nothing listens there."""
    return f"https://{outlet}.example/artikel/{entry.guid}"


def _write_rss(outlet: Outlet, shown: Sequence[Dated], built: datetime) -> bytes:
    root = etree.Element("rss", version="2.0", nsmap={"content": _CONTENT})
    channel = etree.SubElement(root, "channel")
    _put(channel, "title", outlet.name)
    _put(channel, "link", f"https://{outlet.id}.example/")
    _put(channel, "description", f"{outlet.name}, een uitgave die niet bestaat")
    _put(channel, "lastBuildDate", format_datetime(built))
    for each in shown:
        item = etree.SubElement(channel, "item")
        _put(item, "title", each.entry.headline)
        _put(item, "link", link_of(outlet.id, each.entry))
        _put(item, "guid", each.entry.guid, isPermaLink="false")
        _put(item, "pubDate", format_datetime(each.published))
        _put(item, "category", each.entry.copy.section)
        _put(item, f"{{{_CONTENT}}}encoded", _html(each.entry.copy))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _write_atom(outlet: Outlet, shown: Sequence[Dated], built: datetime) -> bytes:
    root = etree.Element("feed", xmlns=_ATOM)
    _put(root, "title", outlet.name)
    _put(root, "id", f"tag:{outlet.id}.example,2026:feed")
    _put(root, "updated", built.isoformat())
    for each in shown:
        entry = etree.SubElement(root, "entry")
        _put(entry, "title", each.entry.headline)
        _put(entry, "id", f"tag:{outlet.id}.example,2026:{each.entry.guid}")
        _put(entry, "link", href=link_of(outlet.id, each.entry))
        _put(entry, "published", each.published.isoformat())
        _put(entry, "updated", each.updated.isoformat())
        _put(entry, "content", _html(each.entry.copy), type="html")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _put(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> None:
    etree.SubElement(parent, name, attributes).text = text


def _html(copy: Copy) -> str:
    """Return the article as HTML: the dateline before its lead, the subhead before the last of several paragraphs."""
    paragraphs = [copy.dateline + copy.paragraphs[0], *copy.paragraphs[1:]]
    blocks = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
    if len(blocks) > 2:  # noqa: PLR2004 - below a lead and one paragraph a subhead is too much
        blocks.insert(-1, f"<h3>{copy.subhead}</h3>")
    return "".join(blocks)
