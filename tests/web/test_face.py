"""The HTTP face: who gets to see what, and that it tells the truth."""

from contextlib import asynccontextmanager

import httpx
import pytest

from monitor.web.face import make_face

pytestmark = pytest.mark.anyio

TOKEN = "sleutel-één"  # noqa: S105 - a test's
OPEN = {"/healthz", "/readyz"}


@pytest.fixture
def anyio_backend():
    return "asyncio"


@asynccontextmanager
async def asking(token=None, **faults):
    """Return a client of a face; `faults` are what stands in the way."""

    async def ready():
        return {"database": None, "schedule": None, **faults}

    async def metrics():
        return b"monitor_polls_total 1.0\n"

    face = make_face(token, ready, metrics)
    transport = httpx.ASGITransport(face)
    async with httpx.AsyncClient(transport=transport, base_url="http://monitor.example", trust_env=False) as client:
        yield client, face


def bearing(token, scheme="Bearer"):
    return {"authorization": f"{scheme} {token}".encode()}


async def test_the_process_lives():
    async with asking() as (client, _):
        answer = await client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_ready_names_its_dependencies_where_there_is_no_token():
    async with asking() as (client, _):
        answer = await client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "dependencies": {"database": "ok", "schedule": "ok"}},
    )


async def test_not_ready_is_503_and_says_why():
    async with asking(database="disk full") as (client, _):
        answer = await client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "dependencies": {"database": "disk full", "schedule": "ok"}},
    )


@pytest.mark.parametrize(("fault", "status"), [(None, 200), ("disk full", 503)])
async def test_ready_tells_who_has_no_token_nothing_but_whether(fault, status):
    async with asking(TOKEN, database=fault) as (client, _):
        stranger = await client.get("/readyz", headers=bearing("other"))
        friend = await client.get("/readyz", headers=bearing(TOKEN))

    assert (stranger.status_code, stranger.json()) == (status, {"ready": fault is None})
    assert friend.json()["dependencies"]["database"] == (fault or "ok")


async def test_every_route_but_two_wants_the_token():
    async with asking(TOKEN) as (client, face):
        paths = {route.path for route in face.routes}
        for path in paths:
            nothing: dict[str, bytes] = {}
            for headers in (nothing, bearing("other"), bearing(TOKEN, "Basic"), bearing(""), bearing(f"{TOKEN}x")):
                answer = await client.get(path, headers=headers)
                assert answer.status_code == (200 if path in OPEN else 401), (path, headers)

    assert paths > OPEN


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_who_has_the_token_sees_the_metrics(scheme):
    async with asking(TOKEN) as (client, _):
        answer = await client.get("/metrics", headers=bearing(TOKEN, scheme))

    assert (answer.status_code, answer.text) == (200, "monitor_polls_total 1.0\n")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/nowhere"])
async def test_every_answer_is_hardened(path):
    async with asking() as (client, _):
        headers = (await client.get(path)).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert "server" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_nothing_can_be_changed(method):
    async with asking() as (client, face):
        for route in face.routes:
            assert (await client.request(method, route.path)).status_code == 405
