"""Addresses of the web as written, read once and strictly: what two parsers could read differently is refused."""

import re
from typing import Final

import httpx

from monitor.errors import Refused
from monitor.net.guard import parsed

LONGEST: Final = 8_192
"""Characters of a URL."""

_PORTS = {"http": 80, "https": 443}
_REAL_PORTS = range(1, 65_536)
_UNWRITTEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\]|%00")
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
_ENDS_IN_A_NUMBER = re.compile(r"(.*\.)?(0x[0-9a-f]*|[0-9]+)")


def read_url(written: str, said: str = "a URL") -> httpx.URL:
    """Return an http or https URL without its fragment, its host in ASCII, lower case and without a dot at its end.

    Args:
        written: the URL.
        said: what the message of an error calls it, for the URL itself may be a secret.

    Raises:
        Refused: another scheme; a user name, a backslash, a control character or `%00` in it; a host that is empty,
            no name, or an address in any form but the canonical one.
    """
    if len(written) > LONGEST:
        raise Refused(said, "url", f"is longer than {LONGEST} characters")
    if _UNWRITTEN.search(written):
        raise Refused(said, "url", "has a backslash or a control character in it")
    try:
        url = httpx.URL(written)
    except (httpx.InvalidURL, ValueError):
        raise Refused(said, "url", "cannot be read") from None
    if url.scheme not in _PORTS:
        raise Refused(said, "scheme", "is not http or https")
    if "@" in re.split(r"[/?#]", written.partition("//")[2])[0]:
        raise Refused(said, "url", "has a user name in it, which belongs into `auth`")
    if url.port not in _REAL_PORTS and url.port is not None:
        raise Refused(said, "url", "has a port that there is not")
    return url.copy_with(host=read_host(url.raw_host.decode(), said), fragment=None)


def redirected(url: httpx.URL, location: str, said: str) -> httpx.URL:
    """Return where a URL redirects to, read as strictly as any: `location` may be relative (RFC 9110 10.2.2)."""
    if len(location) > LONGEST or _UNWRITTEN.search(location):
        raise Refused(said, "url", "is too long, or has a backslash or a control character in it")
    try:
        joined = str(url.join(location))
    except (httpx.InvalidURL, ValueError):
        raise Refused(said, "url", "cannot be read") from None
    return read_url(joined, said)


def read_host(written: str, said: str = "a host") -> str:
    """Return a host name, or an address in its canonical form, as it is to be resolved and connected to.

    Raises:
        Refused: it is neither; `127.1`, `0x7f.0.0.1` and `2130706433` are addresses to some and names to others.
    """
    host = written.removesuffix(".")
    if ":" in host or _ENDS_IN_A_NUMBER.fullmatch(host):
        try:
            if "%" not in host:
                return str(parsed(host))
        except ValueError:
            pass
        raise Refused(said, "url", "has an address in a form that is not used for addresses")
    if not _NAME.fullmatch(host):
        raise Refused(said, "url", "has no host name that can be one")
    return host


def port_of(url: httpx.URL) -> int:
    """Return the port that is connected to."""
    return url.port or _PORTS[url.scheme]


def place_of(url: httpx.URL) -> str:
    """Return the origin of a URL, all of it that may be shown: no path, no query."""
    host = url.raw_host.decode()
    return f"{url.scheme}://{place_at(host, url.port)}"


def place_at(host: str, port: int | None) -> str:
    """Return a host, an IPv6 address in its brackets, with its port if it has one."""
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" if port else shown
