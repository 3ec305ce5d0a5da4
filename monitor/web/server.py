"""Serves the HTTP face beside the daemon's own work, in the same loop."""

import asyncio
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
    config = uvicorn.Config(
        face,
        host=host.strip("[]"),
        port=int(port),
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
    try:
        server.taken = config.bind_socket()
    except SystemExit:  # uvicorn's way to say so.
        msg = f"cannot listen on {listen}: the address is taken, or none of this machine"
        raise OSError(msg) from None
    return server
