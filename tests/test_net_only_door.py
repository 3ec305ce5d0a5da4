"""Nothing but `monitor/net/` opens a connection: read off the imports and calls of every module."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]

EXCEPTIONS = {
    "monitor/deliver/email.py": {"aiosmtplib", "ssl"},  # speaks SMTP over a socket that the door connected
    "monitor/web/server.py": {"socket"},  # listens; nothing goes out
}
"""Modules that may, each with what it may use, and why."""

LIBRARIES = {
    *("socket", "ssl", "socketserver", "http.client", "http.server", "urllib.request", "xmlrpc", "ftplib", "imaplib"),
    *("poplib", "smtplib", "nntplib", "telnetlib", "asyncore", "multiprocessing.connection", "anyio", "trio"),
    *("httpx", "httpcore", "h11", "requests", "urllib3", "aiohttp", "aiosmtplib", "websockets", "apprise", "paramiko"),
}
CALLS = {
    *("open_connection", "open_unix_connection", "create_connection", "create_unix_connection"),
    *("create_datagram_endpoint", "sock_connect", "connect_tcp", "connect_unix_socket", "getaddrinfo", "urlopen"),
    *("urlretrieve", "getnameinfo", "sock_sendto"),
}


def opened(source):
    """Yield the names of libraries and calls in a source that could open a connection."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            imported = []
        for name in imported:
            parts = name.split(".")
            yield from LIBRARIES & {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
            yield from CALLS & {parts[-1]}
        if isinstance(node, ast.Attribute) and node.attr in CALLS:
            yield node.attr


MODULES = [path.relative_to(PROJECT) for path in sorted((PROJECT / "monitor").rglob("*.py"))]
INSIDE = [path for path in MODULES if path.is_relative_to("monitor/net")]


@pytest.mark.parametrize("path", [path for path in MODULES if path not in INSIDE], ids=str)
def test_no_other_module_opens_a_connection(path):
    assert set(opened((PROJECT / path).read_text())) <= EXCEPTIONS.get(str(path), set())


def test_there_is_a_door():
    assert {"httpx", "httpcore", "socket", "ssl"} <= {
        name for path in INSIDE for name in opened((PROJECT / path).read_text())
    }


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import socket", "socket"),
        ("import json, ssl as tls", "ssl"),
        ("from socket import create_connection as c", "socket"),
        ("from http import client", "http.client"),
        ("import http.client", "http.client"),
        ("from urllib.request import urlopen", "urllib.request"),
        ("def later():\n    import httpx._client", "httpx"),
        ("from asyncio import open_connection", "open_connection"),
        ("import asyncio\nasyncio.open_connection('a', 1)", "open_connection"),
        ("async def f(loop): await loop.sock_connect(s, a)", "sock_connect"),
    ],
)
def test_ways_to_open_one_are_found(source, found):
    assert found in set(opened(source))


@pytest.mark.parametrize("source", ["import urllib.parse", "from http import HTTPStatus", "import socketless"])
def test_what_opens_none_is_not(source):
    assert not set(opened(source))
