"""A store of each kind, and a database to look at one's own."""

import pytest

from monitor.store.database import open_database
from monitor.store.schema import upgrade
from monitor.store.sql import SqlStore, open_store
from tests.fakes.store import FakeStore


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def url(tmp_path):
    """Return the URL of a new database."""
    address = f"sqlite:///{tmp_path}/monitor.db"
    upgrade(address)
    return address


@pytest.fixture(params=["fake", "sqlite"])
async def store(request):
    """Return a store of each kind in turn, with the source `wire` registered."""
    if request.param == "fake":
        yield FakeStore()
        return
    async with open_store(request.getfixturevalue("url")) as opened:
        yield opened


@pytest.fixture
async def database(url):
    async with open_database(url) as opened:
        yield opened


@pytest.fixture
def sql_store(database):
    return SqlStore(database)
