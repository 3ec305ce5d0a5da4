"""Asking a source over the web: one conditional request (RFC 9110 13.1), and what its answer means."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus

from monitor.decide.polls import asked_at
from monitor.errors import NoAnswer
from monitor.fetch.turns import Turns
from monitor.model import Document, Source, SourceState
from monitor.net.address import place_of, read_url
from monitor.net.door import Answer, Door
from monitor.net.retry_after import retry_after
from monitor.ports import Fetched, FetchFailed, NotModified

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
)
_ACCEPT_PAGES = "text/html, application/xhtml+xml, */*;q=0.1"
_WITH_A_DOCUMENT = {200, 203}
"""Of the good answers, those with a whole document in them."""


async def fetch(
    source: Source, state: SourceState, *, whole: bool, door: Door, turns: Turns, clock: Callable[[], datetime]
) -> Fetched | NotModified | FetchFailed:
    """Return what a `url` source answers; `ports.Fetcher.fetch` is its contract."""
    url = asked_at(source, state, whole=whole)
    try:
        async with turns.at(place_of(read_url(url))):
            accept = _ACCEPT_PAGES if source.kind in {"page", "listing"} else _ACCEPT
            headers = {"accept": accept, **({} if whole else _validators(state))}
            answer = await door.request("GET", url, headers=headers, private=source.headers)
    except NoAnswer as error:
        return FetchFailed(str(error))
    return _meaning(source, answer, clock(), conditional=not whole)


async def fetch_part(
    url: str, source: Source, *, door: Door, turns: Turns, clock: Callable[[], datetime]
) -> Document | FetchFailed:
    """Return a document that another one of a source names; the source's own headers go along to its own place only."""
    try:
        place = place_of(read_url(url))
        own = source.headers if source.url and place_of(read_url(source.url)) == place else {}
        async with turns.at(place):
            answer = await door.request("GET", url, headers={"accept": _ACCEPT}, private=own)
    except NoAnswer as error:
        return FetchFailed(str(error))
    meaning = _meaning(source, answer, clock(), conditional=False)
    return meaning.document if isinstance(meaning, Fetched) else FetchFailed(f"{place}: {_told(meaning)}")


def _told(meaning: NotModified | FetchFailed) -> str:
    return meaning.reason if isinstance(meaning, FetchFailed) else "answered 304 Not Modified"


def _validators(state: SourceState) -> Mapping[str, str]:
    given = {"if-none-match": state.etag, "if-modified-since": state.last_modified}
    return {name: value for name, value in given.items() if value is not None}


def _meaning(
    source: Source, answer: Answer, now: datetime, *, conditional: bool
) -> Fetched | NotModified | FetchFailed:
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    if answer.status == HTTPStatus.NOT_MODIFIED and conditional:
        return NotModified(etag, modified, answer.moved)
    if answer.status not in _WITH_A_DOCUMENT:
        return FetchFailed(
            f"answered {_status(answer.status)}",
            wait=retry_after(answer.headers, now),
            gone=answer.status == HTTPStatus.GONE,
        )
    if not answer.body.strip():
        return FetchFailed("answered with an empty body")
    document = Document(
        name=source.id,
        body=answer.body,
        url=answer.url,
        fetched=now,
        kind=source.kind,
        source=source.id,
        language=source.language,
        select=source.select,
        polled=True,
    )
    return Fetched(document, etag, modified, answer.moved)


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
