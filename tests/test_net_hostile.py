"""Servers that mean harm: too much, too slow, too often elsewhere, or at an address where we must not go."""

import asyncio
import gzip
import json
import os
import sys
import zlib
from contextlib import AsyncExitStack
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import NoAnswer, Refused, TooMuch, Unreachable
from monitor.net.body import MANY, MEMBERS, Bounds, read_body
from monitor.net.door import Door, Limits
from tests.fakes.wire import CERTIFICATES, Names, by_path, chunked, drip, redirect, reply, serving

pytestmark = pytest.mark.anyio

ALLOW = [ip_network("127.0.0.0/9")]
FORBIDDEN = "127.128.0.1"
ZEROS = zlib.compressobj(9, wbits=-15)
MEBIBYTE = ZEROS.compress(bytes(1 << 20)) + ZEROS.flush(zlib.Z_FULL_FLUSH)
BOMB = b"\x1f\x8b\x08\0\0\0\0\0\2\3" + MEBIBYTE * 1_024
"""A gibibyte of zeros in a mebibyte; its end is missing, for nobody should get there."""


@pytest.fixture
def anyio_backend():
    return "asyncio"


def door(**settings):
    return Door(**{"allow": ALLOW, "user_agent": "monitor/1", **settings})


async def failure(url, limits=None, **settings):
    with pytest.raises(NoAnswer) as caught:
        await door(**settings).request("GET", url, limits=limits or Limits())
    return type(caught.value), caught.value.reason


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"transfer-encoding: chunked\r\n\r\n"
GZIP, DEFLATE = "content-encoding: gzip", "content-encoding: deflate"
PACKED = gzip.compress(b"<rss>" * 99, mtime=0)

TOO_MUCH = {
    "a gzip bomb": (reply(BOMB, GZIP), "ratio"),
    "a deflate bomb": (reply(zlib.compress(bytes(64 << 20)), DEFLATE), "ratio"),
    "a bomb in a bomb": (reply(gzip.compress(BOMB), "content-encoding: gzip, gzip"), "packing"),
    "a bomb in a bomb, in two headers": (reply(gzip.compress(BOMB), GZIP, GZIP), "packing"),
    "Brotli": (reply(PACKED, "content-encoding: br"), "packing"),
    "Zstandard": (reply(PACKED, "content-encoding: zstd"), "packing"),
    "a packing unheard of": (reply(PACKED, "content-encoding: x-unheard-of"), "packing"),
    "many empty members": (reply(gzip.compress(b"") * (MEMBERS + 1), GZIP), "packing"),
    "a long body": (reply(bytes(17 << 20)), "body"),
    "a long body that does not say so": (OK + b"\r\n" + bytes(17 << 20), "body"),
    "a body that says it is long": (OK + b"content-length: 99999999999\r\n\r\nx", "body"),
    "many headers": (OK + b"x: y\r\n" * 100_000 + b"\r\n", "headers"),
    "a long header": (OK + b"x: " + b"y" * 1_000_000 + b"\r\n\r\n", "headers"),
    "interim answers": (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 10_000, "headers"),
    "chunks of a byte": (CHUNKED + chunked(*[b"x"] * (MANY + 1)), "chunks"),
}


@pytest.mark.parametrize(("answer", "reason"), TOO_MUCH.values(), ids=TOO_MUCH)
async def test_too_much_of_anything_is_refused(answer, reason):
    async with serving(answer) as server:
        assert await failure(server.url()) == (TooMuch, reason)


async def test_limits_are_exact():
    answer = OK + b"x: " + b"y" * 1_000 + b"\r\ncontent-length: 9\r\n\r\n"
    async with serving(answer + bytes(9)) as server:
        exact = Limits(headers=len(answer), body=9)

        assert (await door().request("GET", server.url(), limits=exact)).body == bytes(9)
        assert await failure(server.url(), replace(exact, headers=len(answer) - 1)) == (TooMuch, "headers")
        assert await failure(server.url(), replace(exact, body=8)) == (TooMuch, "body")


BROKEN = {
    "nothing": b"",
    "binary": b"\0\1\2\r\n\r\n",
    "another protocol": b"220 mail.example ESMTP\r\n",
    "headers without an end": OK,
    "a body shorter than its length": OK + b"content-length: 100\r\n\r\n<rss>",
    "two lengths": OK + b"content-length: 5\r\ncontent-length: 6\r\n\r\n<rss>",
    "a negative length": OK + b"content-length: -5\r\n\r\n<rss>",
    "no last chunk": CHUNKED + b"5\r\n<rss>\r\n",
    "half a chunk": CHUNKED + b"5\r\n<r",
    "a chunk longer than it says": CHUNKED + b"5\r\n<rss>XX0\r\n\r\n",
    "a length of a chunk that is none": CHUNKED + b"zz\r\n<rss>\r\n0\r\n\r\n",
    "a chunk of a negative length": CHUNKED + b"-5\r\n<rss>\r\n0\r\n\r\n",
    "a transfer coding that we do not know": OK + b"transfer-encoding: gzip\r\n\r\n<rss>",
    "gzip without its end": reply(PACKED[:-9], GZIP),
    "what is no gzip": reply(b"<rss>", GZIP),
    "a byte of gzip": reply(PACKED[:1], GZIP),
    "deflate without its end": reply(zlib.compress(b"<rss>" * 99)[:-1], DEFLATE),
    "a second member without its end": reply(PACKED + PACKED[:-1], GZIP),
    "a redirect without a location": reply(status="302 Found"),
    "a redirect with an empty location": redirect(""),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
async def test_an_answer_that_is_broken_is_never_a_short_one(answer):
    async with serving(answer) as server:
        assert await failure(server.url()) == (Unreachable, "broken")


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;", b"x"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n", b"x: y\r\n"),
    ],
)
async def test_a_drip_has_a_deadline(first, piece):
    async with serving(drip(first, piece, 0.02)) as server:
        assert await failure(server.url(), Limits(seconds=0.4)) == (Unreachable, "timeout")


async def test_a_flood_without_an_end_is_cut_while_others_are_served():
    flood = drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65_536, 0)
    async with serving(flood) as server, serving(reply(b"served")) as other, asyncio.TaskGroup() as tasks:
        flooded = tasks.create_task(failure(server.url()))
        served = [(await door().request("GET", other.url())).body for _ in range(3)]

    assert (flooded.result(), served) == ((TooMuch, "body"), [b"served"] * 3)


PROGRAM = """
import asyncio, json, resource, sys
from ipaddress import ip_network
from monitor.errors import TooMuch
from monitor.net.door import Door

async def main():
    door = Door(allow=[ip_network("127.0.0.0/9")], user_agent="monitor/1")
    await door.request("GET", sys.argv[1] + "small")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in sys.argv[2:]:
        try:
            await door.request("GET", sys.argv[1] + path)
        except TooMuch:
            print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before))

asyncio.run(main())
"""


async def test_bombs_take_no_memory():
    answers = {
        "/small": reply(gzip.compress(b"x"), "content-encoding: gzip"),
        "/gzip": reply(BOMB, "content-encoding: gzip"),
        "/twice": reply(gzip.compress(BOMB), "content-encoding: gzip, gzip"),
        "/endless": reply(bytes(64 << 20)),
    }
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    async with serving(by_path(answers)) as server:
        command = (sys.executable, "-c", PROGRAM, server.url(), "gzip", "twice", "endless")
        program = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
        told, _ = await program.communicate()

    grown = [json.loads(line) for line in told.splitlines()]
    assert len(grown) == 3
    assert max(grown) < 50 << 10  # ru_maxrss counts KiB.


@pytest.mark.parametrize(
    "host",
    [
        FORBIDDEN,
        f"{FORBIDDEN}.",
        "127。128。0。1",
        "127.128.1",
        "127.8388609",
        "2139095041",
        "0x7f.0x80.0.1",
        "0x7f800001",
        "0177.0200.0.1",
        "017740000001",
        "[::ffff:127.128.0.1]",
        "[::ffff:7f80:1]",
        "[::127.128.0.1]",
        "[64:ff9b::7f80:1]",
        "user@127.128.0.1",
        "127.0.0.1\\@127.128.0.1",
        "①②⑦.128.0.1",
        "inside.example",
        "mixed.example",
        "mapped.example",
    ],
)
async def test_no_spelling_of_a_forbidden_address_is_knocked_at(host):
    names = Names(
        first_example=[["127.0.0.1"]],
        inside_example=[[FORBIDDEN]],
        mixed_example=[["127.0.0.1", FORBIDDEN]],
        mapped_example=[[f"::ffff:{FORBIDDEN}"]],
    )
    async with serving(reply(b"secrets"), host=FORBIDDEN) as honeypot:
        target = f"http://{host}:{honeypot.port}/latest/meta-data/"
        assert (await failure(target, resolve=names))[0] is Refused
        async with serving(b"HTTP/1.1 302 Found\r\nlocation: " + target.encode() + b"\r\n\r\n") as server:
            assert (await failure(server.url("/", "first.example"), resolve=names))[0] is Refused

        assert (honeypot.contacts, server.contacts) == (0, 1)


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "data:,x", "dict://127.0.0.1:11211/", "http://["],
)
async def test_redirects_leave_the_web_never(location):
    async with serving(redirect(location)) as server:
        assert (await failure(server.url()))[0] is Refused


async def test_a_name_that_changes_its_mind_gains_nothing():
    names = Names(rebind_example=[["127.0.0.1"], [FORBIDDEN]])
    async with AsyncExitStack() as servers:
        honeypot = await servers.enter_async_context(serving(reply(b"secrets"), host=FORBIDDEN))
        server = await servers.enter_async_context(serving(redirect("/again")))
        asking = door(resolve=names)
        with pytest.raises(Refused):
            await asking.request("GET", server.url("/", "rebind.example"))

    assert names.asked == ["rebind.example"] * 2  # Once a connection: what was checked is what was connected to.
    assert (honeypot.contacts, server.contacts) == (0, 1)


async def test_other_services_are_not_spoken_to_but_where_the_operator_lists_them():
    public = Names(feed_example=[["198.41.0.4"]])

    assert await failure("http://feed.example:6379/", resolve=public) == (Refused, "port")
    assert await failure("http://127.0.0.1:25/") == (Unreachable, "connect")


async def test_https_does_not_lead_to_http():
    names = Names(feed_example=[["127.0.0.1"]])
    async with serving(reply(b"plain")) as plain, serving(redirect(plain.url()), certificate="good.pem") as server:
        url = server.url("/", "feed.example", "https")
        assert await failure(url, resolve=names, ca=CERTIFICATES / "ca.pem") == (Refused, "downgrade")

    assert plain.contacts == 0


@pytest.mark.parametrize(
    "locations",
    [["/0"], ["/1", "/0"], ["?"], ["#x"], [f"/{number}" for number in range(1, 26)]],
)
async def test_redirects_come_to_an_end(locations):
    hops = {f"/{number}": redirect(location) for number, location in enumerate(locations)} | {"/25": reply()}
    async with serving(by_path(hops)) as server:
        assert await failure(server.url("/0")) == (TooMuch, "redirects")

    assert server.contacts == min(len(locations), 6)


async def test_a_very_long_location_is_refused():
    async with serving(redirect("/" + "x" * 20_000)) as server:
        assert await failure(server.url()) == (Refused, "url")


async def test_a_cancelled_request_closes_its_connection():
    began, closed = asyncio.Event(), asyncio.Event()

    async def drip_until_it_is_closed(head, writer):
        began.set()
        try:
            await drip(b"", b"H", 0.01)(head, writer)
        except ConnectionError:
            closed.set()

    async with serving(drip_until_it_is_closed) as server:
        asking = asyncio.create_task(door().request("GET", server.url()))
        await began.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

        await asyncio.wait_for(closed.wait(), 5)


async def test_failures_of_every_kind_leave_no_connection_open():
    def descriptors():
        return len(list(Path("/proc/self/fd").iterdir()))

    answers = {
        "/bomb": reply(BOMB, "content-encoding: gzip"),
        "/short": b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx",
        "/long": reply(bytes(17 << 20)),
        "/away": redirect("http://10.0.0.1/"),
        "/round": redirect("/round"),
        "/headers": b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000,
    }
    before = descriptors()
    async with serving(by_path(answers)) as server, serving(drip(b"", b"H", 0.01)) as slow:
        for path in answers:
            await failure(server.url(path))
            await failure(server.url(path, scheme="https"), Limits(connect=0.1))
            await failure(server.url(path, scheme="https"), Limits(seconds=0.1))
        await failure(slow.url(), Limits(seconds=0.1))

    assert descriptors() == before


async def test_what_a_full_piece_leaves_unwritten_is_not_lost():
    """A decompressor may have read all of its input and still hold back output that found no room."""

    async def length_of(packed):
        async def chunks():
            yield packed

        return len((await read_body(chunks(), "deflate", Bounds(16 << 20, 10_000, 0, "")))[0])

    for length in range(1 << 18, (1 << 18) + 600):
        packer = zlib.compressobj(9, wbits=-15)
        packed = packer.compress(bytes(length)) + packer.flush()

        assert await length_of(packed) == length


PIECES = st.lists(st.binary(min_size=1, max_size=99) | st.integers(1, 700_000).map(bytes), max_size=4)


@given(PIECES, st.sampled_from(["gzip", "deflate", "raw", None]), st.integers(1, 70_000))
@settings(max_examples=60, deadline=None)
def test_packing_and_unpacking_gives_the_same_however_it_is_cut(pieces, packing, size):
    packer = zlib.compressobj(wbits={"gzip": 31, "deflate": 15, "raw": -15}.get(packing, 31))
    packed = b"".join(pieces) if packing is None else b"".join(map(packer.compress, pieces)) + packer.flush()

    async def chunks():
        for start in range(0, len(packed), max(size, len(packed) // 500)):
            yield packed[start : start + max(size, len(packed) // 500)]

    bounds = Bounds(body=16 << 20, ratio=10_000, declared=0, place="")
    body, received = asyncio.run(read_body(chunks(), {"raw": "deflate"}.get(packing, packing), bounds))

    assert (body, received) == (b"".join(pieces), len(packed))
