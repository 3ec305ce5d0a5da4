"""A sitemap index polled: through the real door, of real servers on loopback."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_network

import pytest

from monitor.fetch.fetcher import DoorFetcher
from monitor.fetch.sitemaps import MOST
from monitor.fetch.turns import Turns
from monitor.model import SourceState
from monitor.net.door import Door
from monitor.parse.detect import read_document
from monitor.ports import Fetched, FetchFailed, NotModified
from tests.fakes.clock import START, FakeClock
from tests.fakes.newsroom import WIRE, Newsroom
from tests.fakes.wire import by_path, reply, serving

pytestmark = pytest.mark.anyio

STATE = SourceState(id="wire", due=START, succeeded=START, body="00")
HOUR = timedelta(hours=1)
GONE = reply(b"weg", status="404 Not Found")


@pytest.fixture
def anyio_backend():
    return "asyncio"


@dataclass
class Reader:
    """Reads in this process."""

    kinds: list[str | None] = field(default_factory=list)

    async def read(self, document):
        """Read."""
        self.kinds.append(document.kind)
        return read_document(document)


@pytest.fixture
def fetcher():
    door = Door(allow=[ip_network("127.0.0.0/9")], user_agent="monitor/1")
    return DoorFetcher(door, Turns(2, timedelta(0)), FakeClock(), parser=Reader())


def sitemap(*names):
    urls = "".join(f"<url><loc>https://krant.example/{name}</loc></url>" for name in names)
    return reply(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode())


def index(server, **changed):
    """Return an index of sitemaps on a server, by name, each with when it changed."""
    named = "".join(
        f"<sitemap><loc>{name if ':' in name else server.url(f'/{name}.xml')}</loc>"
        f"{f'<lastmod>{moment}</lastmod>' if moment else ''}</sitemap>"
        for name, moment in changed.items()
    )
    return reply(
        f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}'
        "</sitemapindex>".encode(),
        'etag: "1"',
    )


def site(**changed):
    """Return pages with an index of these sitemaps, each of one address; the index is made once the port is known."""
    pages = {f"/{name}.xml": sitemap(name) for name in changed}
    return pages, changed


async def asked(fetcher, pages, changed, state=STATE, *, whole=False, **source):
    """Poll the index; return the answer, and which sitemaps were asked for."""
    served = dict(pages)
    async with serving(by_path(served)) as server:
        served["/index.xml"] = index(server, **changed)
        there = replace(WIRE, url=server.url("/index.xml"), **source)
        answer = await fetcher.fetch(there, state, whole=whole)
        lines = [request.split()[1].decode() for request in server.requests]
    return answer, [line.removeprefix("/").removesuffix(".xml") for line in lines[1:]]


def moment(hours):
    return (START - hours * HOUR).isoformat()


async def test_the_sitemaps_that_changed_are_asked_for_the_newest_first(fetcher):
    pages, changed = site(old=moment(48), new=moment(0), newer=moment(-1), recent=moment(1))

    answer, names = await asked(fetcher, pages, changed)

    assert names == ["newer", "new", "recent"]
    assert isinstance(answer, Fetched)
    assert [part.kind for part in answer.parts] == ["sitemap"] * 3
    assert (answer.etag, answer.flaw) == ('"1"', None)
    assert fetcher.parser.kinds == ["sitemap_index"]


@pytest.mark.parametrize(
    ("state", "whole"),
    [(STATE, True), (replace(STATE, succeeded=None), False), (replace(STATE, body=None), False)],
)
async def test_when_all_is_asked_for_or_something_was_missing_the_newest_few_are(fetcher, state, whole):
    pages, changed = site(**{f"m{number}": moment(24 * number) for number in range(9)})

    _, names = await asked(fetcher, pages, changed, state, whole=whole)

    assert names == [f"m{number}" for number in range(MOST)]


async def test_a_day_counts_to_its_end_and_what_says_nothing_is_asked_for(fetcher):
    pages, changed = site(today="2026-02-05", yesterday="2026-02-04", silent=None)

    _, names = await asked(fetcher, pages, changed)

    assert names == ["today", "silent"]


async def test_an_index_of_which_nothing_changed_is_no_news(fetcher):
    pages, changed = site(old=moment(48))

    answer, names = await asked(fetcher, pages, changed)

    assert (answer, names) == (NotModified('"1"'), [])


async def test_a_sitemap_that_does_not_come_is_a_flaw_and_all_of_them_a_failure(fetcher):
    pages, changed = site(a=moment(0), b=moment(1))
    pages["/b.xml"] = GONE
    some, _ = await asked(fetcher, pages, changed)
    none, _ = await asked(fetcher, dict.fromkeys(pages, GONE), changed)

    assert isinstance(some, Fetched)
    assert len(some.parts) == 1
    assert "1 of 2 sitemaps did not come" in (some.flaw or "")
    assert isinstance(none, FetchFailed)
    assert "none of its sitemaps came" in none.reason


async def test_no_other_host_is_asked_whatever_an_index_names(fetcher):
    async with serving(sitemap("x"), host="127.2.0.1") as other:
        pages, changed = site(a=moment(0))
        changed |= {other.url("/x.xml"): moment(-1), "ftp://127.0.0.1/x": moment(-1), "file:///etc/passwd": None}
        _, names = await asked(fetcher, pages, changed)
        alone, _ = await asked(fetcher, {}, {other.url("/x.xml"): moment(-1)})

        assert other.contacts == 0
    assert names == ["a"]
    assert alone == FetchFailed("a sitemap index that names no sitemap of its own host")


async def test_headers_of_the_source_go_along(fetcher):
    served = {"/a.xml": sitemap("a")}
    async with serving(by_path(served)) as server:
        served["/index.xml"] = index(server, a=moment(0))
        there = replace(WIRE, url=server.url("/index.xml"), headers={"authorization": "Bearer geheim"})
        await fetcher.fetch(there, STATE, whole=False)

        assert server.header("authorization") == ["Bearer geheim"] * 2


async def test_an_index_within_an_index_is_not_followed_and_a_broken_one_is_a_failure(fetcher):
    async with serving(reply(b"<sitemapindex xmlns='x'><sitemap><loc>x</sitemap>")) as server:
        answer = await fetcher.fetch(replace(WIRE, url=server.url("/index.xml")), STATE, whole=False)

    assert isinstance(answer, FetchFailed)
    assert "not well-formed" in answer.reason


async def test_items_of_an_index_fire_once_and_what_is_there_at_first_does_not(fetcher):
    room = await Newsroom(parser=Reader(), fetcher=fetcher).open()
    served = {"/a.xml": sitemap("veerboot-1"), "/nested.xml": reply(b"<sitemapindex/>")}
    reports = []
    async with serving(by_path(served)) as server:
        room.source = replace(WIRE, url=server.url("/index.xml"))
        for names in (("a",), ("a", "b"), ("a", "b"), ("a", "b", "nested")):
            served["/b.xml"] = sitemap("veerboot-2", "veerboot-3")
            served["/index.xml"] = index(server, **dict.fromkeys(names, moment(0)))
            reports.append(await room.polled())
            room.clock.pass_(minutes=5)

    assert [(report.status, report.items, report.new) for report in reports] == [
        ("polled", 1, 1),
        ("polled", 3, 2),
        ("unchanged", 0, 0),
        ("polled", 3, 0),
    ]
    assert "sitemap index" in (reports[3].flaw or "")
    assert len(room.store.items) == 3
