"""URLs as people and attackers write them."""

import string
from contextlib import suppress

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.errors import Refused
from monitor.net.address import place_of, read_host, read_url, redirected

REFUSED = [
    "",
    "example.org",
    "//example.org/",
    "http:",
    "http:example.org",
    "http:/example.org",
    "http:///path",
    "http://",
    "http://:80/",
    "http://./",
    "http://../",
    "http://a..example/",
    "http://-a.example/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 130 + "example/",
    "file:///etc/passwd",
    "file:/etc/passwd",
    "FILE:///etc/passwd",
    "source:file:///etc/passwd",
    "gopher://example.org:6379/_INFO",
    "ftp://example.org/",
    "dict://example.org/",
    "data:text/xml,<rss/>",
    "javascript:alert(1)",
    "ws://example.org/",
    "https+unix://example.org/",
    "jar:http://example.org!/",
    " http://example.org/\n",
    "http://exam\tple.org/",
    "http://example.org/\r\nHost: 127.0.0.1",
    "http://example.org/\x00",
    "http://example.org/%00",
    "http://example.org/\x7f",
    "http://example.org/\x85",
    "http://example.com\\@127.0.0.1/",
    "http://INTERNAL:8888\\@example.org/",
    "http://example.org/\\evil",
    "http:\\\\example.org/",
    "http://user:password@example.org/",
    "http://user@example.org/",
    "http://@example.org/",
    "http://example.org@127.0.0.1/",
    "http://exa mple.org/",
    "http://exam%70le.org/",
    "http://127.0.0.1%2f@example.org/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0X7F.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://127.0.0.256/",
    "http://1.2.3.4.5/",
    "http://0/",
    "http://0x/",
    "http://a.1/",
    "http://①②⑦.0.0.1/",
    "http://ⓛocalhost/",
    "http://xn--/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[::1",
    "http://::1/",
    "http://[127.0.0.1]/",
    "http://[v1.x]/",
    "http://example.org:0/",
    "http://example.org:65536/",
    "http://example.org:-1/",
    "http://example.org:80:80/",
    "http://example.org:http/",
    "http://example.org/" + "x" * 8_200,
]

READ = [
    ("http://example.org", "http://example.org"),
    ("HTTPS://Example.ORG/Path?q=1#part", "https://example.org/Path?q=1"),
    ("http://example.org./feed", "http://example.org/feed"),
    ("http://example.org:80/", "http://example.org/"),
    ("http://example.org:8080/", "http://example.org:8080/"),
    ("http://example.org/a b", "http://example.org/a%20b"),
    ("http://example.org/a@b", "http://example.org/a@b"),
    ("http://example.org?to=a@b", "http://example.org?to=a@b"),
    ("http://bücher.example/é", "http://xn--bcher-kva.example/%C3%A9"),
    ("http://a_b.example/", "http://a_b.example/"),
    ("http://127.0.0.1/", "http://127.0.0.1/"),
    ("http://127.0.0.1./", "http://127.0.0.1/"),
    ("http://127。0。0。1/", "http://127.0.0.1/"),
    ("http://[::1]:8000/", "http://[::1]:8000/"),
    ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"),
    ("http://[::ffff:127.0.0.1]/", "http://127.0.0.1/"),
]


@pytest.mark.parametrize("written", REFUSED)
def test_what_could_be_read_in_two_ways_is_refused(written):
    with pytest.raises(Refused) as caught:
        read_url(written)

    assert caught.value.reason in ("url", "scheme")
    assert len(str(caught.value)) < 100  # It is told without being repeated.


@pytest.mark.parametrize(("written", "read"), READ)
def test_a_url_is_read(written, read):
    assert str(read_url(written)) == read


@given(st.text(st.sampled_from(string.ascii_letters[:6] + "0127.:/@?#[]%\\x- ü\n"), max_size=30).map("http://".__add__))
@example("http://1。1")
def test_reading_twice_changes_nothing(written):
    with suppress(Refused):
        once = read_url(written)

        assert read_url(str(once)) == once
        assert read_host(once.raw_host.decode()) == once.raw_host.decode()


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://example.org/b"),
        ("c?d", "https://example.org/a/c?d"),
        ("?d", "https://example.org/a/feed?d"),
        ("//other.example/e", "https://other.example/e"),
        ("http://other.example", "http://other.example"),
        ("../../../f", "https://example.org/f"),
        ("/caf\u00e9 1", "https://example.org/caf%C3%A9%201"),
        ("#part", "https://example.org/a/feed?q"),
    ],
)
def test_a_redirect_stands_against_the_url_that_it_came_from(location, url):
    assert str(redirected(httpx.URL("https://example.org/a/feed?q"), location, "it")) == url


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "http://[",
        "//user@other.example/",
        "/\\other.example/",
        "\t//x",
        "x" * 9_000,
        "http://127.1",
    ],
)
def test_a_redirect_is_read_as_strictly(location):
    with pytest.raises(Refused):
        redirected(httpx.URL("https://example.org/"), location, "it")


def test_a_place_tells_no_path_and_no_query():
    assert place_of(read_url("https://Example.org:8443/hooks/SECRET?sig=SECRET")) == "https://example.org:8443"
    assert place_of(read_url("http://[::1]:80/SECRET")) == "http://[::1]"
