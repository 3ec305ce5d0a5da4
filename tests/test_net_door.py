"""Asking through the door, of real servers on loopback."""

import asyncio
import gzip
import logging
import socket
import zlib
from datetime import timedelta
from ipaddress import ip_network

import httpx
import pytest

from monitor.errors import Refused, TooMuch, Unreachable
from monitor.net.door import Door, Limits
from tests.fakes.wire import CERTIFICATES, Names, by_path, chunked, redirect, reply, serving

pytestmark = pytest.mark.anyio

ALLOW = [ip_network("127.0.0.0/9"), ip_network("::1/128")]
FEED = b"<rss><channel><title>Buitenland</title></channel></rss>" * 50
RAW_DEFLATE = zlib.compressobj(wbits=-zlib.MAX_WBITS)


@pytest.fixture
def anyio_backend():
    return "asyncio"


def door(**settings):
    return Door(**{"allow": ALLOW, "user_agent": "monitor/1 (+https://monitor.example)", **settings})


WHOLE = {
    "a length": reply(FEED),
    "until it is closed": b"HTTP/1.1 200 OK\r\n\r\n" + FEED,
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\n" + FEED,
    "chunks": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + chunked(FEED[:1], FEED[1:]),
    "an interim answer": b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" + reply(FEED),
    "not packed": reply(FEED, "content-encoding: identity"),
    "gzip": reply(gzip.compress(FEED), "content-encoding: gzip"),
    "gzip's other name": reply(gzip.compress(FEED), "Content-Encoding: X-GZIP"),
    "gzip in two members": reply(gzip.compress(FEED[:9]) + gzip.compress(FEED[9:]), "content-encoding: gzip"),
    "gzip, padded": reply(gzip.compress(FEED) + b"\0\0\0", "content-encoding: gzip"),
    "deflate": reply(zlib.compress(FEED), "content-encoding: deflate"),
    "deflate without a header": reply(RAW_DEFLATE.compress(FEED) + RAW_DEFLATE.flush(), "content-encoding: deflate"),
}


@pytest.mark.parametrize("answer", WHOLE.values(), ids=WHOLE)
async def test_a_body_arrives_as_it_was_before_it_was_packed(answer):
    async with serving(answer) as server:
        assert (await door().request("GET", server.url())).body == FEED


async def test_an_answer_says_where_it_came_from_and_what_it_took():
    async with serving(reply(gzip.compress(FEED), "content-encoding: gzip", 'ETag: "1"', "Via: a", "via: b")) as server:
        answer = await door().request("GET", server.url("/feed?q=1"))

    assert (answer.status, answer.url, answer.moved, answer.hops) == (200, server.url("/feed?q=1"), None, 0)
    assert (answer.headers["etag"], answer.headers["VIA"]) == ('"1"', "a, b")
    assert answer.received == len(gzip.compress(FEED))
    assert timedelta(0) < answer.elapsed < timedelta(seconds=30)


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified", "404 Not Found", "410 Gone", "503 Oh"])
async def test_every_status_is_an_answer(status):
    async with serving(reply(status=status)) as server:
        answer = await door().request("GET", server.url())

    assert (answer.status, answer.body) == (int(status[:3]), b"")


@pytest.mark.parametrize(("method", "status"), [("GET", "304 Not Modified"), ("HEAD", "200 OK")])
async def test_an_answer_without_a_body_may_tell_the_length_and_the_packing_of_one(method, status):
    told = f"HTTP/1.1 {status}\r\ncontent-length: 99999999999\r\ncontent-encoding: gzip\r\n\r\n"
    async with serving(told.encode()) as server:
        assert (await door().request(method, server.url())).body == b""


async def test_a_request_says_what_it_is_told_to_and_what_we_can_unpack():
    async with serving(reply()) as server:
        headers = {"If-None-Match": '"é"', "Accept-Encoding": "br", "Accept": "text/xml"}
        await door().request("GET", server.url("/feed?q=1"), headers=headers, private={"Authorization": "Bearer x"})

    assert server.requests[0].startswith(b"GET /feed?q=1 HTTP/1.1\r\n")
    assert server.header("host") == [f"127.0.0.1:{server.port}"]
    assert server.header("user-agent") == ["monitor/1 (+https://monitor.example)"]
    assert server.header("accept-encoding") == ["gzip, deflate"]
    assert server.header("accept") == ["text/xml"]
    assert server.header("authorization") == ["Bearer x"]
    assert b'if-none-match: "\xe9"\r\n' in server.requests[0].lower()


async def test_a_message_is_posted_with_its_length():
    async with serving(reply(status="202 Accepted")) as server:
        await door().request(
            "POST", server.url(), content=b'{"text":"Xi"}', headers={"content-type": "application/json"}
        )

    assert server.bodies == [b'{"text":"Xi"}']
    assert (server.header("content-length"), server.header("transfer-encoding")) == (["13"], [])


async def test_it_speaks_ipv6():
    async with serving(reply(b"six"), host="::1") as server:
        assert (await door().request("GET", server.url())).body == b"six"


async def test_the_next_address_is_tried_where_the_first_does_not_answer():
    names = Names(feed_example=[["::1", "127.0.0.2", "127.0.0.1"]])
    async with serving(reply(b"third")) as server:
        assert (await door(resolve=names).request("GET", server.url(host="feed.example"))).body == b"third"

    assert server.header("host") == [f"feed.example:{server.port}"]


async def test_redirects_are_followed_to_the_end():
    hops = {f"/{number}": redirect(f"/{number + 1}") for number in range(5)} | {"/5": reply(b"there")}
    async with serving(by_path(hops)) as server:
        answer = await door().request("GET", server.url("/0"))

    assert (answer.body, answer.url, answer.hops, answer.moved) == (b"there", server.url("/5"), 5, None)


async def test_a_move_for_good_is_told_as_far_as_it_is_for_good():
    answers = {
        "/a": redirect("/b", "301 Moved Permanently"),
        "/b": redirect("/c", "308 Permanent Redirect"),
        "/c": redirect("/d", "302 Found"),
        "/d": redirect("/e", "301 Moved Permanently"),
        "/e": reply(b"there"),
    }
    async with serving(by_path(answers)) as server:
        from_a = await door().request("GET", server.url("/a"))
        from_c = await door().request("GET", server.url("/c"))

    assert (from_a.moved, from_a.url) == (server.url("/c"), server.url("/e"))
    assert (from_c.moved, from_c.url) == (None, server.url("/e"))


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_a_message_is_not_posted_anywhere_else(status):
    async with serving(reply(b"other")) as other, serving(redirect(other.url(), status)) as server:
        answer = await door().request("POST", server.url(), content=b"secret")

    assert (answer.status, other.contacts) == (int(status[:3]), 0)


async def test_a_redirect_may_be_the_answer():
    async with serving(redirect("/elsewhere")) as server:
        answer = await door().request("GET", server.url(), limits=Limits(hops=0))

    assert (answer.status, answer.body, answer.headers["location"]) == (302, b"gone", "/elsewhere")


async def test_private_headers_stay_with_their_origin_and_do_not_come_back():
    names = Names(feed_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
    private = {"X-Feed-Key": "canary-1"}
    headers = {"Cookie": "canary-2", "Authorization": "canary-3", "If-None-Match": '"1"'}
    async with serving(reply(b"back")) as home, serving(redirect(home.url("/back", "feed.example"))) as other:
        away = by_path({"/near": redirect("/far"), "/far": redirect(other.url("/", "other.example"))})
        async with serving(away) as first:
            url = first.url("/near", "feed.example")
            await door(resolve=names).request("GET", url, headers=headers, private=private)

    assert [request.count(b"canary") for request in first.requests] == [3, 3]
    assert [request.count(b"canary") for request in other.requests + home.requests] == [0, 0]
    assert home.header("if-none-match") == ['"1"']


async def test_no_cookies_are_kept():
    async with serving(reply(b"", "set-cookie: id=canary; path=/")) as server:
        asking = door()
        await asking.request("GET", server.url())
        await asking.request("GET", server.url())

    assert server.header("cookie") == []


async def test_the_environment_has_no_say(monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login canary password canary\n")
    async with serving(reply(b"proxy")) as proxy, serving(reply(b"itself")) as server:
        monkeypatch.setenv("HOME", str(tmp_path))
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        answer = await door().request("GET", server.url())

    assert (answer.body, proxy.contacts, server.header("authorization")) == (b"itself", 0, [])


async def test_logs_and_errors_tell_no_path_no_query_and_no_header(caplog):
    caplog.set_level(logging.DEBUG)
    asking = door()
    async with serving(redirect("/CANARY", "302 CANARY")) as server, serving(b"CANARY\r\n\r\n") as broken:
        for url in (server.url("/CANARY?sig=CANARY"), broken.url("/CANARY"), "http://127.0.0.1:1/CANARY", "x:CANARY"):
            with pytest.raises((Refused, Unreachable, TooMuch)) as caught:
                await asking.request("GET", url, private={"x": "CANARY"})
            assert "CANARY" not in f"{caught.value} {caught.value!r}"
            assert caught.value.__cause__ is None
            assert caught.value.__suppress_context__ or caught.value.__context__ is None

    assert "CANARY" not in caplog.text


async def test_tls_is_verified_with_what_the_operator_trusts():
    names = Names(feed_example=[["127.0.0.1"]])
    async with serving(reply(b"safe"), certificate="good.pem") as server:
        url = server.url("/", "feed.example", "https")

        assert (await door(resolve=names, ca=CERTIFICATES / "ca.pem").request("GET", url)).body == b"safe"
        with pytest.raises(Unreachable, match="no TLS with it: unable to get local issuer certificate") as caught:
            await door(resolve=names).request("GET", url)

    assert caught.value.reason == "tls"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("host", "certificate", "told"),
    [
        ("feed.example", "expired.pem", "certificate has expired"),
        ("other.example", "good.pem", "Hostname mismatch, certificate is not valid for 'other.example'"),
    ],
)
async def test_certificates_that_do_not_hold_are_refused(host, certificate, told):
    names = Names(feed_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
    async with serving(reply(b"unsafe"), certificate=certificate) as server:
        with pytest.raises(Unreachable, match=told):
            await door(resolve=names, ca=CERTIFICATES / "ca.pem").request("GET", server.url("/", host, "https"))

    assert server.requests == []


async def test_what_is_no_tls_is_told_as_such():
    async with serving(reply(), greeting=b"220 mail.example ESMTP\r\n") as server:
        with pytest.raises(Unreachable, match=r"no TLS with it: (wrong version number|record layer failure)"):
            await door().request("GET", server.url(scheme="https"))


async def test_a_handshake_that_stalls_has_a_deadline():
    async with serving(reply()) as server:
        error = await failure(door(), server.url(scheme="https"), Limits(connect=0.3))

    assert error.reason == "tls"
    assert str(error).endswith(": its TLS handshake took more than 0.3 s")


async def test_a_socket_is_connected_and_checked():
    async with serving(reply()) as server:
        with await door().connect("127.0.0.1", server.port) as connection:
            assert connection.getpeername() == ("127.0.0.1", server.port)
            assert connection.getblocking() is False
        with pytest.raises(Refused, match=r"^127\.128\.0\.1:25: its address 127\.128\.0\.1 is refused: loopback$"):
            await door().connect("127.128.0.1", 25)
        with pytest.raises(Unreachable, match=r"^mail\.example:25: Name or service not known$"):
            await door(resolve=Names()).connect("mail.example", 25)
        with pytest.raises(Unreachable, match=r"^127\.0\.0\.1:1: Connection refused$"):
            await door().connect("127.0.0.1", 1)


async def test_names_are_looked_up_as_the_system_does():
    async with serving(reply(b"local")) as server:
        assert (await door().request("GET", server.url(host="localhost"))).body == b"local"


async def test_a_name_without_addresses_is_an_error_of_its_own():
    for names in (Names(), Names(feed_example=[[]])):
        with pytest.raises(Unreachable) as caught:
            await door(resolve=names).request("GET", "http://feed.example/")

        assert caught.value.reason == "dns"


async def test_a_slow_lookup_has_a_deadline_and_holds_up_nobody():
    async def stuck(host, _):
        if host == "stuck.example":
            await asyncio.Event().wait()
        return ["127.0.0.1"]

    asking = door(resolve=stuck)
    async with serving(reply(b"quick")) as server, asyncio.TaskGroup() as tasks:
        limits = Limits(connect=0.5)
        slow = [tasks.create_task(failure(asking, "http://stuck.example/", limits)) for _ in range(50)]
        answer = await asking.request("GET", server.url(host="feed.example"))

        assert answer.body == b"quick"
        assert not any(task.done() for task in slow)

    assert {(type(task.result()), task.result().reason) for task in slow} == {(Unreachable, "dns")}


async def failure(asking, url, limits):
    with pytest.raises(Unreachable) as caught:
        await asking.request("GET", url, limits=limits)
    return caught.value


async def test_a_connection_that_is_never_accepted_has_a_deadline():
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, socket.socket() as first, socket.socket() as second:
        for waiting in (first, second):
            waiting.settimeout(0)
            waiting.connect_ex(full.getsockname())
        error = await failure(door(), f"http://127.0.0.1:{full.getsockname()[1]}/", Limits(connect=0.3))

    assert (error.reason, str(error).partition(": ")[2]) == ("connect", "could not be connected to within 0.3 s")


async def test_a_transport_may_be_given_for_tests():
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=request.url.path.encode()))

    assert (await Door(user_agent="m", transport=transport).request("GET", "http://feed.example/a")).body == b"/a"
