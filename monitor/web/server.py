"""Serves the HTTP face beside the daemon's own work, in the same loop."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI


class Server(uvicorn.Server):
    """uvicorn as a guest of a loop: signals are the host's business."""

    taken: socket.socket

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield

    async def serve_until(self, stop: asyncio.Event) -> None:
        """Serve until told to stop."""
        serving = asyncio.create_task(self.serve(sockets=[self.taken]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        self.should_exit = True
        await serving


def face_server(face: FastAPI, listen: str) -> Server:
    """Return a server of a face, listening at `address:port` already.

    Raises:
        OSError: the address is taken, or none of this machine.
    """
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    config = uvicorn.Config(
        face,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        limit_concurrency=100,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = Server(config)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        server.taken = socket.create_server((host, int(port)), family=family)
    except OSError as error:
        msg = f"cannot listen on {listen}: {os.strerror(error.errno) if error.errno else error}"
        raise OSError(msg) from error
    return server
