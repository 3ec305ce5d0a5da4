"""Asking sources over the web: through the real door, of real servers on loopback."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest

from monitor.decide.polls import CONFIRMED
from monitor.fetch.fetcher import DoorFetcher
from monitor.fetch.turns import Turns
from monitor.model import SourceState
from monitor.net.door import Door
from monitor.ports import Fetched, FetchFailed, NotModified
from tests.fakes.clock import START, FakeClock
from tests.fakes.newsroom import WIRE
from tests.fakes.wire import by_path, redirect, reply, serving

pytestmark = pytest.mark.anyio

STATE = SourceState(id="wire", due=START, etag='"1"', last_modified="Thu, 05 Feb 2026 09:00:00 GMT")
SECRETS = {"authorization": "Bearer geheim", "x-api-key": "ook-geheim"}


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def fetcher():
    door = Door(allow=[ip_network("127.0.0.0/9")], user_agent="monitor/1")
    return DoorFetcher(door, Turns(2, timedelta(0)), FakeClock())


async def asked(fetcher, url, state=STATE, *, whole=False, **source):
    return await fetcher.fetch(replace(WIRE, url=url, **source), state, whole=whole)


async def test_a_document_says_what_it_is_and_where_it_came_from(fetcher):
    async with serving(reply(b"<rss/>", 'etag: "2"', "last-modified: Thu, 05 Feb 2026 10:00:00 GMT")) as server:
        answer = await asked(fetcher, server.url("/feed"), kind="feed", language="nl")

    assert answer == Fetched(answer.document, '"2"', "Thu, 05 Feb 2026 10:00:00 GMT")
    document = answer.document
    assert (document.name, document.body, document.url) == ("wire", b"<rss/>", server.url("/feed"))
    assert (document.fetched, document.kind, document.source, document.language) == (START, "feed", "wire", "nl")


ETAGS = [
    '"1"',
    'W/"1"',
    "unquoted",
    '"a, b"',
    '"a\\"b"',
    "'1'",
    '"',
    'W/"1" ; gzip',
    '"één-ё-習"',
    "0",
    "*",
]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
@pytest.mark.parametrize("etag", ETAGS)
async def test_validators_are_echoed_byte_for_byte(fetcher, etag, encoding):
    modified = "thu, 5 feb 2026 10:00 +0100"
    etag = etag.encode(encoding, "replace")
    head = b"\r\nETag: " + etag + f"\r\nLast-Modified: {modified}\r\n\r\n".encode()
    answer = reply(b"<rss/>").replace(b"\r\n\r\n", head, 1)
    async with serving(answer) as server:
        first = await asked(fetcher, server.url())
        await asked(fetcher, server.url(), replace(STATE, etag=first.etag, last_modified=first.last_modified))

    assert b"if-none-match: " + etag + b"\r\n" in server.requests[1].replace(b"If-None-Match", b"if-none-match")
    assert server.header("if-modified-since")[1:] == [modified]


async def test_a_source_asked_whole_is_sent_no_validators(fetcher):
    async with serving(reply(b"<rss/>")) as server:
        await asked(fetcher, server.url(), whole=True)

    assert (server.header("if-none-match"), server.header("if-modified-since")) == ([], [])


async def test_a_source_without_validators_is_asked_plainly(fetcher):
    async with serving(reply(b"<rss/>")) as server:
        await asked(fetcher, server.url(), SourceState(id="wire", due=START))

    assert (server.header("if-none-match"), server.header("if-modified-since")) == ([], [])


async def test_a_304_brings_the_validators_that_come_with_it(fetcher):
    async with serving(reply(b"", 'etag: "2"', status="304 Not Modified")) as server:
        answer = await asked(fetcher, server.url())

    assert answer == NotModified('"2"', None)


async def test_a_304_that_was_not_asked_for_is_a_failure(fetcher):
    async with serving(reply(b"", status="304 Not Modified")) as server:
        answer = await asked(fetcher, server.url(), whole=True)

    assert answer == FetchFailed("answered 304 Not Modified")


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (204, FetchFailed("answered 204 No Content")),
        (206, FetchFailed("answered 206 Partial Content")),
        (401, FetchFailed("answered 401 Unauthorized")),
        (404, FetchFailed("answered 404 Not Found")),
        (410, FetchFailed("answered 410 Gone", gone=True)),
        (429, FetchFailed("answered 429 Too Many Requests")),
        (500, FetchFailed("answered 500 Internal Server Error")),
        (599, FetchFailed("answered 599")),
    ],
)
async def test_another_answer_is_a_failure_that_repeats_no_word_of_it(fetcher, status, failure):
    async with serving(reply(b"<script>geheim", status=f"{status} <b>geheim</b>")) as server:
        assert await asked(fetcher, server.url("/geheim?key=geheim")) == failure


@pytest.mark.parametrize("body", [b"", b" \r\n\t"])
async def test_an_empty_body_is_a_failure(fetcher, body):
    async with serving(reply(body)) as server:
        assert await asked(fetcher, server.url()) == FetchFailed("answered with an empty body")


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        (["retry-after: 120"], timedelta(minutes=2)),
        (["retry-after: Thu, 05 Feb 2026 10:02:00 GMT"], timedelta(minutes=2)),
        (["retry-after: Sat, 05 Feb 2050 10:02:00 GMT", "date: Sat, 05 Feb 2050 10:00:00 GMT"], timedelta(minutes=2)),
        (["retry-after: 0"], timedelta(0)),
        (["retry-after: soon"], None),
        ([], None),
    ],
)
async def test_a_server_may_ask_for_patience_in_both_forms(fetcher, headers, wait):
    async with serving(reply(b"", *headers, status="503 Busy")) as server:
        assert (await asked(fetcher, server.url())).wait == wait


@pytest.mark.parametrize(
    "url",
    [
        "http://127.128.0.1/feed",
        "http://user:geheim@127.0.0.1/feed",
        "ftp://127.0.0.1/feed",
        "http://127.0.0.1:64999/geheim",
    ],
)
async def test_what_is_refused_or_not_reached_is_a_failure_that_tells_no_secret(fetcher, url):
    answer = await asked(fetcher, url)

    assert isinstance(answer, FetchFailed)
    assert "geheim" not in answer.reason


async def test_a_permanent_redirect_is_followed_and_told(fetcher):
    pages = {"/old": redirect("/new", "301 Moved Permanently"), "/new": reply(b"<rss/>")}
    async with serving(by_path(pages)) as server:
        answer = await asked(fetcher, server.url("/old"))

    assert (answer.moved_to, answer.document.url) == (server.url("/new"), server.url("/new"))


async def test_a_temporary_redirect_is_followed_and_not_told(fetcher):
    pages = {"/old": redirect("/new"), "/new": reply(b"<rss/>")}
    async with serving(by_path(pages)) as server:
        answer = await asked(fetcher, server.url("/old"))

    assert (answer.moved_to, answer.document.url) == (None, server.url("/new"))


async def test_a_source_is_asked_where_it_has_moved_once_that_is_confirmed(fetcher):
    async with serving(reply(b"<rss/>")) as server:
        state = replace(STATE, moved_to=server.url("/new"), moves=CONFIRMED)
        await asked(fetcher, server.url("/old"), replace(state, moves=CONFIRMED - 1))
        await asked(fetcher, server.url("/old"), state)
        await asked(fetcher, server.url("/old"), state, whole=True)

    assert [request.split()[1] for request in server.requests] == [b"/old", b"/new", b"/old"]


async def test_headers_of_a_source_go_to_it_and_never_elsewhere(fetcher):
    async with serving(reply(b"<rss/>")) as elsewhere, serving(redirect(elsewhere.url())) as server:
        await asked(fetcher, server.url(), headers=SECRETS)
        confirmed = replace(STATE, moved_to=elsewhere.url(), moves=CONFIRMED)
        await asked(fetcher, server.url(), confirmed, headers=SECRETS)

    assert server.header("authorization") == ["Bearer geheim"] * 2
    assert server.header("x-api-key") == ["ook-geheim"] * 2
    assert len(elsewhere.requests) == 2
    assert not any(b"geheim" in request for request in elsewhere.requests)


async def test_so_many_connections_go_to_a_host_at_a_time(fetcher):
    open_now, most = 0, 0

    async def behave(_, writer):
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0.02)
        writer.write(reply(b"<rss/>"))
        open_now -= 1

    async with serving(behave) as server, serving(reply(b"<rss/>")) as other:
        urls = [server.url(f"/{number}") for number in range(9)]
        answers = await asyncio.gather(*(asked(fetcher, url) for url in [*urls, other.url()]))

    assert all(isinstance(answer, Fetched) for answer in answers)
    assert most == 2
