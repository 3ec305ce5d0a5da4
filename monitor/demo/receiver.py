"""A receiver of webhooks on loopback: checks each signature, keeps each message once."""

import json
from dataclasses import dataclass, field

from fastapi import FastAPI, Request, Response, status
from standardwebhooks import Webhook, WebhookVerificationError

from monitor.records import Record
from monitor.web.server import Server, face_server


@dataclass(slots=True)
class Receiver:
    """Takes webhooks signed with `secret`.

    `taken` are the messages by their webhook ids; `again` counts those that came once more, `forged` those that were
    refused for their signature.
    """

    secret: str
    taken: dict[str, Record] = field(default_factory=dict)
    forged: int = 0
    again: int = 0

    def open(self) -> tuple[Server, str]:
        """Return a server, which listens already, and the address to send to."""
        face = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        verifier = Webhook(self.secret)

        @face.post("/hook")
        async def hook(request: Request) -> Response:
            body = await request.body()
            try:
                verifier.verify(body, dict(request.headers))
            except WebhookVerificationError:
                self.forged += 1
                return Response(status_code=status.HTTP_401_UNAUTHORIZED)
            name = request.headers["webhook-id"]
            self.again += name in self.taken
            self.taken.setdefault(name, json.loads(body))
            return Response(status_code=status.HTTP_204_NO_CONTENT)

        server = face_server(face, "127.0.0.1:0")
        host, port = server.taken.getsockname()
        return server, f"http://{host}:{port}/hook"
