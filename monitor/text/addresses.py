"""Addresses of articles: whether one is at a host, under a path, or of a form."""

import re
from fnmatch import translate
from functools import lru_cache
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://|^//", re.IGNORECASE)


@lru_cache(maxsize=1024)
def bare_address(url: str) -> tuple[str, str]:
    """Return the host of an address and what stands behind it, comparable; the host is empty where it has none.

    Scheme, user, port, `www.` and fragment are left out; the host is in lower case and in ASCII (IDNA), the path has
    its %-signs resolved.
    """
    try:
        parts = urlsplit(_SCHEME.sub("//", url.strip()) if _SCHEME.match(url.strip()) else f"//{url.strip()}")
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    behind = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    return _ascii(host).removeprefix("www.").rstrip("."), behind.rstrip("/")


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return host


def is_at(url: str, place: str) -> bool:
    """Tell whether an address is at a host or a path of one, or of the form that `place` says with a `*`."""
    host, behind = bare_address(url)
    if not host:
        return False
    if "*" in place:
        return _form(place).match(host + behind) is not None
    wanted, path = bare_address(place)
    if host != wanted and not host.endswith(f".{wanted}"):
        return False
    return not path or behind == path or (behind.startswith(path) and behind[len(path)] in "/?&")


@lru_cache(maxsize=4096)
def _form(place: str) -> "re.Pattern[str]":
    bare = _SCHEME.sub("", place.strip()).removeprefix("www.").rstrip("/")
    host, slash, path = bare.partition("/")
    literal = (host.lower() + slash + path).replace("[", "[[]").replace("?", "[?]")
    return re.compile(translate(literal))
