"""A store of each kind, and a database to look at one's own."""

import shutil

import pytest

from monitor.ports import Store
from monitor.store.database import open_database
from monitor.store.schema import upgrade
from monitor.store.sql import SqlStore, open_store
from tests.fakes.store import FakeStore


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="session")
def new_database(tmp_path_factory):
    """Return a file that `upgrade` made, to copy: the migrations take longer than most tests."""
    file = tmp_path_factory.mktemp("store") / "new.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def url(tmp_path, new_database):
    """Return the URL of a new database."""
    shutil.copy(new_database, tmp_path / "monitor.db")
    return f"sqlite:///{tmp_path}/monitor.db"


KINDS: dict[str, type[Store]] = {"fake": FakeStore, "sqlite": SqlStore}


@pytest.fixture(params=KINDS)
async def store(request):
    """Return a new store of each kind in turn."""
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
