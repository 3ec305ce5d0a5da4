"""A sitemap index polled: the sitemaps that it names, those that changed, in its place."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.decide.alerts import is_before
from monitor.errors import DocumentError, NoAnswer
from monitor.model import Document, Item, SourceState
from monitor.net.address import read_url
from monitor.parse.feeds.sitemap import is_index
from monitor.ports import Fetched, FetchFailed, NotModified, Parser

MOST = 5
"""Sitemaps of one index that a poll asks for, those that changed last."""

MARGIN = timedelta(hours=1)
"""As long before the last poll a sitemap may have changed and is asked for again: an index may come from a cache."""

_KINDS = {None, "sitemap"}


def names_sitemaps(document: Document) -> bool:
    """Tell whether a document is a sitemap index, and its source does not say that it is something else."""
    return document.kind in _KINDS and is_index(document.body)


def changed_since(state: SourceState) -> datetime | None:
    """Return the moment since which sitemaps must have changed to be asked for; None if any may be wanted.

    So it is after a document that was not whole: what was missing from it may be in a sitemap that changed before.
    """
    return state.succeeded - MARGIN if state.succeeded and state.body else None


async def with_sitemaps(
    index: Fetched, since: datetime | None, ask: Callable[[str], Awaitable[Document | FetchFailed]], parser: Parser
) -> Fetched | NotModified | FetchFailed:
    """Return an index with the sitemaps that changed `since`, of its own host, `MOST` at most, the newest first.

    One that does not say when it changed is wanted every time. If none is wanted, nothing changed; if none comes, it is
    a failure; if some do not, a flaw.
    """
    try:
        named = await parser.read(replace(index.document, kind="sitemap_index"))
    except DocumentError as error:
        return FetchFailed(str(error))
    changed = [item for item in named.items if since is None or not item.updated or not is_before(item.updated, since)]
    wanted = list(dict.fromkeys(_at_home(changed, index.document.url or "")))[:MOST]
    if not wanted:
        if any(_at_home(named.items, index.document.url or "")):
            return NotModified(index.etag, index.last_modified, index.moved_to)
        return FetchFailed("a sitemap index that names no sitemap of its own host")
    answers = [await ask(url) for url in wanted]
    parts = tuple(replace(answer, kind="sitemap") for answer in answers if isinstance(answer, Document))
    missing = [answer for answer in answers if isinstance(answer, FetchFailed)]
    if not parts:
        return replace(missing[0], reason=f"none of its sitemaps came: {missing[0].reason}", gone=False)
    flaw = f"{len(missing)} of {len(answers)} sitemaps did not come: {missing[0].reason}" if missing else None
    return replace(index, parts=parts, flaw=flaw)


def _at_home(items: Sequence[Item], index: str) -> Iterator[str]:
    """Yield the addresses that are on the index's own host; from https none leads to http."""
    home = read_url(index)
    for item in items:
        try:
            url = read_url(item.url or "")
        except NoAnswer:
            continue
        if home.scheme == "https" and url.scheme == "http" and url.port is None:
            url = url.copy_with(scheme="https")
        if (url.scheme, url.host, url.port) == (home.scheme, home.host, home.port):
            yield str(url)
