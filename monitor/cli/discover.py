"""`monitor sources discover` and `add`: where a site has its news, and what a source would read."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urljoin, urlsplit

import typer
import yaml

from monitor import app
from monitor.cli.configured import CONFIG, ConfigPath, loaded, service
from monitor.cli.output import Json, counted, fail, put, put_table, tell
from monitor.errors import DocumentError, NoAnswer
from monitor.model import Document, Item
from monitor.net.door import Answer, Door
from monitor.parse.pages.discover import Candidate, candidates_in, sitemaps_in
from monitor.parse.reading import Reading
from monitor.records import write_record
from monitor.settings import Service
from monitor.text.fold import fold
from monitor.workers import Workers

_TRIED = 12
"""Addresses that are guessed and tried."""

_PAGE, _INDEX = "monitor.parse.pages.discover:read_candidates", "monitor.parse.pages.discover:read_index"
"""What reads a page, or an index of sitemaps, for the places that it leads to, in a worker."""

_SHOWN = 5
_LONGEST_ID = 60

Url = Annotated[str, typer.Argument(metavar="URL", help="Of a site, a page of it, or a feed.")]


def discover_sources(url: Url, json: Json = False) -> None:
    """Find the feeds, sitemaps and hubs of a site, the best first; what is guessed is tried."""
    found = asyncio.run(_discovered(app.open_door(service()), url))
    if not found:
        fail(1, f"{url}: nothing here is, or leads to, a feed or a sitemap")
    if json:
        for one in found:
            put(write_record({"kind": one.kind, "url": one.url, "title": one.title or None}))
    else:
        put_table(("kind", "address", "title"), [(one.kind, one.url, one.title) for one in found])


def add_source(url: Url, config: ConfigPath = CONFIG) -> None:
    """Show what a source at an address would read, and write it as a source, in YAML."""
    settings = loaded(config)
    reading = asyncio.run(_read(app.open_door(settings.service), url, settings.service))
    for item in reading.items[:_SHOWN]:
        tell(f"  {item.published or '(no date)'}  {item.headline or _beginning(item)}")
    tell(f"{counted(len(reading.items), 'item')}" + (f"; {reading.flaw}" if reading.flaw else ""))
    taken = {source.id for source in settings.sources}
    stem = "-".join("".join(char if char.isalnum() else " " for char in fold(urlsplit(url).hostname or "")).split())
    name = next(one for one in _names(stem[:_LONGEST_ID] or "feed") if one not in taken)
    language = next((item.language for item in reading.items if item.language), None)
    source = {"id": name, "url": url, **({"language": language} if language else {})}
    put(yaml.safe_dump({"sources": [source]}, allow_unicode=True, sort_keys=False), end="")


def _names(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in range(2, 10_000))


def _beginning(item: Item) -> str:
    return item.body[0].text[:80] if item.body else "(without a text)"


async def _read(door: Door, url: str, settings: Service) -> Reading:
    """Return what is read at an address; where that is a page or an index, end with the sources that it leads to."""
    answer = await _asked(door, url)
    document = Document(url, answer.body, url=answer.url, fetched=app.now(), language=settings.language)
    async with Workers(count=1) as workers:
        try:
            return await workers.read(replace(document, kind="feed"))
        except DocumentError:
            pass
        led = [*await _looked(_INDEX, document), *await _looked(_PAGE, document)]
        if found := [one.url for one in led if one.sure and one.kind in {"feed", "sitemap"}]:
            lines = "\n".join(f"  {address}" for address in found[:_SHOWN])
            fail(1, f"{url}: this is no source of its own; it leads to\n{lines}")
        try:
            return await workers.read(document)
        except DocumentError as error:
            fail(1, f"{url}: {error}")


async def _looked(reader: str, document: Document, link_header: str = "") -> tuple[Candidate, ...]:
    """Return where a document leads; by its header alone if it is nothing that the reader knows."""
    reading = Reading(())
    async with Workers(count=1, reader=reader) as workers:
        with suppress(DocumentError):
            reading = await workers.read(document)
    return candidates_in(reading, link_header=link_header, url=document.url or "")


async def _asked(door: Door, url: str) -> Answer:
    try:
        answer = await door.request("GET", url)
    except NoAnswer as error:
        fail(1, f"{url}: {error}")
    if answer.status != HTTPStatus.OK:
        fail(1, f"{url}: answered {answer.status}")
    return answer


async def _discovered(door: Door, url: str) -> list[Candidate]:
    """Return what a site says of itself, then what was guessed and is there."""
    answer = await _asked(door, url)
    page = Document(url, answer.body, url=answer.url)
    found = list(await _looked(_PAGE, page, answer.headers.get("link", "")))
    robots = await _body(door, urljoin(answer.url, "/robots.txt"))
    known = {one.url for one in found}
    found += [one for one in sitemaps_in(robots, answer.url) if one.url not in known]
    guessed = [one for one in found if not one.sure and one.kind in {"feed", "sitemap"}][:_TRIED]
    async with Workers(count=2) as workers:
        there = await asyncio.gather(*(_is_there(door, workers, one) for one in guessed))
    kept = {one.url for one, is_there in zip(guessed, there, strict=True) if is_there}
    return [one for one in found if one.sure or one.url in kept or one.kind == "listing"]


async def _is_there(door: Door, workers: Workers, candidate: Candidate) -> bool:
    """Tell whether there is a feed, a sitemap or an index of sitemaps where one was guessed."""
    body = await _body(door, candidate.url)
    if not body.strip():
        return False
    document = Document(candidate.url, body, url=candidate.url, kind=candidate.kind)
    with suppress(DocumentError):
        await workers.read(document)
        return True
    return candidate.kind == "sitemap" and bool(await _looked(_INDEX, document))


async def _body(door: Door, url: str) -> bytes:
    try:
        answer = await door.request("GET", url)
    except NoAnswer:
        return b""
    return answer.body if answer.status == HTTPStatus.OK else b""
