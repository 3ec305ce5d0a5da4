"""Full texts and robots.txt: through the real door, of real servers on loopback, read by the real reader."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest

from monitor.fetch.full_text import HOPS, FullText
from monitor.fetch.robots import LONGEST, Robots
from monitor.fetch.turns import Turns
from monitor.model import Item, Paragraph
from monitor.net.door import Door
from monitor.parse.detect import read_document
from tests.fakes.clock import FakeClock
from tests.fakes.newsroom import WIRE
from tests.fakes.wire import by_path, redirect, reply, serving
from tests.parse.pages.pages import LEAD, PARAGRAPHS, article_ld, page

pytestmark = pytest.mark.anyio

FREE = reply(status="404 Not Found")
ARTICLE = reply(page().encode())
TEASER = "Zeven verdragen over graan en gas."


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Reader:
    """Reads in this process."""

    async def read(self, document):
        """Read."""
        return read_document(document)


@pytest.fixture
def full_text():
    door, turns = Door(allow=[ip_network("127.0.0.0/9")], user_agent="monitor/1"), Turns(2, timedelta(0))
    return FullText(door, turns, Robots(door, turns, "monitor"), Reader(), FakeClock())


def item(url):
    return Item(id="1", url=url, headline="Kop", body=(Paragraph(TEASER),))


def site(article=ARTICLE, robots=FREE, **more):
    return serving(
        by_path({"/robots.txt": robots, "/a": article, **{f"/{name}": answer for name, answer in more.items()}})
    )


def robots(text):
    return reply(text.encode())


async def test_an_item_gets_the_text_of_its_article(full_text):
    async with site() as server:
        done = await full_text.complete(item(server.url("/a")), WIRE)

    assert done.body[0] == Paragraph(LEAD)
    assert [block.text for block in done.body if isinstance(block, Paragraph)] == list(PARAGRAPHS)
    assert (done.id, done.headline, done.summary) == ("1", "Kop", TEASER)


async def test_robots_and_article_are_asked_once(full_text):
    async with site(b=ARTICLE) as server:
        await asyncio.gather(*(full_text.complete(item(server.url(path)), WIRE) for path in ("/a", "/b")))
        await full_text.complete(item(server.url("/a")), WIRE)

    assert sorted(request.split()[1] for request in server.requests) == [b"/a", b"/b", b"/robots.txt"]


FORBIDDING = [
    "User-agent: *\nDisallow: /",
    "User-agent: monitor\nDisallow: /a\n\nUser-agent: *\nAllow: /",
    "User-agent: other\nUser-agent: *\n# a remark\nUser-agent: third\nDisallow: /a",
    "\ufeffuser-agent:*\r\ndisallow:/*a$",
]
ALLOWING = [
    "User-agent: other\nDisallow: /",
    "User-agent: monitor\nAllow: /a\n\nUser-agent: *\nDisallow: /",
    "User-agent: *\nDisallow:",
    "User-agent: *\nDisallow: /\nAllow: /a",
    "<html>no robots.txt at all</html>",
    "",
]


@pytest.mark.parametrize("text", FORBIDDING, ids=range(len(FORBIDDING)))
async def test_what_robots_forbid_is_not_fetched(full_text, text):
    async with site(robots=robots(text)) as server:
        done = await full_text.complete(item(server.url("/a")), WIRE)

    assert (done, len(server.requests)) == (item(server.url("/a")), 1)


@pytest.mark.parametrize("text", ALLOWING, ids=range(len(ALLOWING)))
async def test_what_robots_allow_is_fetched(full_text, text):
    async with site(robots=robots(text)) as server:
        done = await full_text.complete(item(server.url("/a")), WIRE)

    assert done.body[0] == Paragraph(LEAD)


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Slow down"])
async def test_a_host_that_cannot_say_what_it_allows_is_left_alone_for_now(full_text, status):
    async with site(robots=reply(status=status)) as server:
        done = await full_text.complete(item(server.url("/a")), WIRE)

    assert (done, len(server.requests)) == (item(server.url("/a")), 1)


async def test_robots_for_a_million_others_are_no_burden(full_text):
    others = "".join(f"User-agent: bot{number}\n" for number in range(20_000))
    text = others + "Disallow: /\n" * 5_000 + "User-agent: *\nDisallow: /b\n"

    async with asyncio.timeout(10):
        async with site(robots=robots(text)) as server:
            rules = await full_text.robots.rules(server.url("/a"))

    assert len(text) < LONGEST
    assert rules.allows(server.url("/a"), "monitor")
    assert not rules.allows(server.url("/b"), "monitor")


async def test_every_host_on_the_way_is_asked_for_its_rules(full_text):
    async with site(robots=robots("User-agent: *\nDisallow: /")) as second, site(redirect(second.url("/a"))) as first:
        done = await full_text.complete(item(first.url("/a")), WIRE)

    assert done == item(first.url("/a"))
    assert [request.split()[1] for request in second.requests] == [b"/robots.txt"]


async def test_a_redirect_is_followed(full_text):
    async with site(redirect("/b"), b=ARTICLE) as server:
        done = await full_text.complete(item(server.url("/a")), WIRE)

    assert done.body[0] == Paragraph(LEAD)


async def test_redirects_in_a_circle_end(full_text):
    async with site(redirect("/a")) as server:
        done = await full_text.complete(item(server.url("/a")), WIRE)

    assert (done, len(server.requests)) == (item(server.url("/a")), 1 + HOPS + 1)


ANSWERS = [
    (reply(status="402 Payment Required"), True),
    (reply(status="404 Not Found"), False),
    (reply(b"", "retry-after: 120", status="429 Slow down"), False),
    (reply(b"<html><title>Just a moment...</title><body>Checking"), False),
    (reply(b"<rss/>"), False),
]


@pytest.mark.parametrize(("answer", "premium"), ANSWERS, ids=range(len(ANSWERS)))
async def test_what_is_no_article_leaves_the_item_and_is_not_asked_again_soon(full_text, answer, premium):
    async with site(answer) as server:
        done = [await full_text.complete(item(server.url("/a")), WIRE) for _ in range(2)]

    assert done == [replace(item(server.url("/a")), premium=premium)] * 2
    assert len(server.requests) == 2


async def test_an_article_behind_a_paywall_marks_the_item(full_text):
    async with site(reply(page(ld=article_ld(isAccessibleForFree=False)).encode())) as server:
        done = await full_text.complete(item(server.url("/a")), WIRE)

    assert done.premium


async def test_a_sources_headers_go_to_its_own_host_only(full_text):
    source = replace(WIRE, headers={"authorization": "Bearer geheim"})
    async with site() as own, site() as other:
        await full_text.complete(item(own.url("/a")), replace(source, url=own.url("/feed")))
        await full_text.complete(item(other.url("/a")), replace(source, url=own.url("/feed")))

    assert (own.header("authorization"), other.header("authorization")) == (["Bearer geheim"], [])


@pytest.mark.parametrize("url", [None, "http://127.200.0.1:9/a", "http://127.0.0.1:1/a"])
async def test_where_nobody_may_or_can_go_the_item_stays_as_it_was(full_text, url):
    done = await full_text.complete(item(url), WIRE)

    assert done == item(url)


async def test_a_crawl_delay_is_heeded(full_text):
    async with site(robots=robots("User-agent: *\nCrawl-delay: 0.3"), b=ARTICLE) as server:
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(full_text.complete(item(server.url(path)), WIRE) for path in ("/a", "/b")))

        assert asyncio.get_running_loop().time() - began >= 0.3
