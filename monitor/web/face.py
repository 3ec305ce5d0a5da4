"""What the daemon answers over HTTP: that it lives, that it can do its work, what it counted.

Without a token all of it is open, which the configuration allows on loopback only. With one, everything but `/healthz`
and `/readyz` wants `Authorization: Bearer …`, and `/readyz` names its dependencies to nobody else.
"""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request, Response, status
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

Ready = Callable[[], Awaitable[Mapping[str, str | None]]]
"""Returns, of each dependency, what is wrong with it, or None."""

Metrics = Callable[[], Awaitable[bytes]]
"""Returns what was counted, in the form of Prometheus."""

_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


def make_face(token: str | None, ready: Ready, metrics: Metrics) -> FastAPI:
    """Return the application.

    Args:
        token: what `Authorization: Bearer` must say; None lets everybody in.
        ready: asked at each `/readyz`.
        metrics: asked at each `/metrics`.
    """
    face = FastAPI(title="monitor", docs_url=None, redoc_url=None, openapi_url=None)

    def has_token(request: Request) -> bool:
        # Starlette reads headers as latin-1, which gives back the bytes that were sent.
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return token is None or (
            scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode("latin-1"), token.encode())
        )

    def wants_token(request: Request) -> None:
        if not has_token(request):
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, headers={"www-authenticate": "Bearer"})

    @face.middleware("http")
    async def harden(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await answer(request)
        response.headers.update(_HEADERS)
        return response

    @face.get("/healthz")
    async def healthz() -> PlainTextResponse:
        """Say that the process lives and its loop turns."""
        return PlainTextResponse("ok\n")

    @face.get("/readyz")
    async def readyz(shown: Annotated[bool, Depends(has_token)]) -> Response:
        """Say whether the work can be done; to who has the token, what stands in its way."""
        faults = await ready()
        fine = not any(faults.values())
        code = status.HTTP_200_OK if fine else status.HTTP_503_SERVICE_UNAVAILABLE
        told = {
            "ready": fine,
            **({"dependencies": {name: fault or "ok" for name, fault in faults.items()}} if shown else {}),
        }
        return JSONResponse(told, code)

    @face.get("/metrics", dependencies=[Depends(wants_token)])
    async def show_metrics() -> Response:
        """Show what was counted, for Prometheus."""
        return Response(await metrics(), media_type=CONTENT_TYPE_LATEST)

    return face
