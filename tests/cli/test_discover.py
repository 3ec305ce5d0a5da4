import asyncio
import json
import threading
from contextlib import contextmanager

import pytest
import yaml

from tests.cli.running import records, run
from tests.fakes.wire import serving

FEED = b"""<rss version="2.0"><channel><title>De Bode</title><language>nl</language><item>
<title>Veerdienst hervat</title><link>https://bode.example/1</link></item></channel></rss>"""
PAGE = b"""<html><head><title>De Bode</title>
<link rel="alternate" type="application/rss+xml" title="Alles" href="/alles.xml"></head>
<body><p>Welkom.</p></body></html>"""
INDEX = b"""<sitemapindex><sitemap><loc>/2025.xml</loc><lastmod>2025-12-31</lastmod></sitemap>
<sitemap><loc>/2026.xml</loc><lastmod>2026-02-05</lastmod></sitemap></sitemapindex>"""
PATHS = {
    "/sitemap.xml": INDEX,
    "/": PAGE,
    "/alles.xml": FEED,
    "/feed": FEED,
    "/robots.txt": b"Sitemap: http://127.0.0.1/kaart.xml",
}


async def site(head, writer):
    body = PATHS.get(head.split(b" ")[1].decode())
    status = b"200 OK" if body is not None else b"404 Not Found"
    body = body or b""
    writer.write(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))


@contextmanager
def a_site():
    """Serve a small site from a thread of its own, as the command line has its own loop."""
    began, ended, served = threading.Event(), asyncio.Event(), []

    async def serve():
        async with serving(site) as server:
            served.append((server, asyncio.get_running_loop()))
            began.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    began.wait()
    try:
        yield served[0][0]
    finally:
        served[0][1].call_soon_threadsafe(ended.set)
        thread.join()


@pytest.fixture(autouse=True)
def _loopback_is_allowed(monkeypatch):
    monkeypatch.setenv("MONITOR_ALLOW_NETWORKS", json.dumps(["127.0.0.0/8"]))


def test_what_a_site_declares_comes_before_what_was_guessed_and_is_there():
    with a_site() as server:
        found = records(run("sources", "discover", server.url("/"), "--json"))

    addresses = [one["url"] for one in found]
    assert addresses[0] == server.url("/alles.xml")
    assert found[0] == {"kind": "feed", "url": server.url("/alles.xml"), "title": "Alles"}
    assert server.url("/feed") in addresses
    assert "http://127.0.0.1/kaart.xml" in addresses
    assert server.url("/sitemap.xml") in addresses
    assert server.url("/rss") not in addresses


def test_a_feed_is_added_with_what_it_reads(tmp_path):
    (tmp_path / "monitor.yaml").write_text("sources: [{id: '127-0-0-1', path: x}]")
    with a_site() as server:
        ended = run("sources", "add", server.url("/alles.xml"), "--config", tmp_path / "monitor.yaml")

    assert yaml.safe_load(ended.stdout) == {
        "sources": [{"id": "127-0-0-1-2", "url": server.url("/alles.xml"), "language": "nl"}]
    }
    assert "Veerdienst hervat" in ended.stderr
    assert "1 item" in ended.stderr


def test_a_page_is_not_added_but_says_where_its_feeds_are(tmp_path):
    (tmp_path / "monitor.yaml").write_text("")
    with a_site() as server:
        ended = run("sources", "add", server.url("/"), "--config", tmp_path / "monitor.yaml")

    assert (ended.exit_code, ended.stdout) == (1, "")
    assert server.url("/alles.xml") in ended.stderr


def test_an_index_of_sitemaps_is_not_added_but_says_which_they_are(tmp_path):
    (tmp_path / "monitor.yaml").write_text("")
    with a_site() as server:
        ended = run("sources", "add", server.url("/sitemap.xml"), "--config", tmp_path / "monitor.yaml")

    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr.index(server.url("/2026.xml")) < ended.stderr.index(server.url("/2025.xml"))


def test_what_does_not_answer_is_said():
    ended = run("sources", "discover", "http://127.0.0.1:1/")

    assert (ended.exit_code, ended.stdout) == (1, "")
    assert "127.0.0.1:1" in ended.stderr
