"""The server beside the daemon's own work: it listens, ends, and does not crash where it cannot listen."""

import asyncio
import socket

import pytest
from fastapi import FastAPI

from monitor.net.door import Door
from monitor.web.server import face_server
from tests.test_net_door import ALLOW

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


def port_of(server):
    return server.taken.getsockname()[1]


async def test_it_listens_until_it_is_told_to_stop():
    stop = asyncio.Event()
    face = FastAPI()
    face.get("/healthz")(lambda: "ok")
    server = face_server(face, "127.0.0.1:0")
    serving = asyncio.create_task(server.serve_until(stop))
    answer = await Door(allow=ALLOW, user_agent="test").request("GET", f"http://127.0.0.1:{port_of(server)}/healthz")
    stop.set()
    async with asyncio.timeout(5):
        await serving

    assert answer.status == 200


async def test_a_client_that_hangs_does_not_hold_up_its_end():
    stop = asyncio.Event()
    server = face_server(FastAPI(), "127.0.0.1:0")
    serving = asyncio.create_task(server.serve_until(stop))
    _, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
    writer.write(b"GET / HTTP/1.1\r\nhost: ")
    await writer.drain()
    stop.set()
    async with asyncio.timeout(5):
        await serving
    writer.close()


def test_an_address_that_is_taken_is_an_error_that_names_it():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(OSError, match=f"cannot listen on {listen}: Address already in use"):
            face_server(FastAPI(), listen)


def test_an_address_of_another_machine_is_an_error():
    with pytest.raises(OSError, match="Cannot assign requested address"):
        face_server(FastAPI(), "192.0.2.1:8080")
