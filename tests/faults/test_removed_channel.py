"""What waits for a channel that the configuration has no more: said at start, listed, and kept."""

import asyncio
import os

import pytest
from structlog.testing import capture_logs

from monitor.daemon import serve
from monitor.store.schema import upgrade
from monitor.store.sql import open_store
from tests.cli.running import records, run
from tests.store.news import a_delivery

CONFIG = """
service: {{database: "sqlite:///{folder}/monitor.db", listen: null}}
channels: [{{id: log, kind: log}}]
"""


@pytest.fixture
def config(tmp_path, monkeypatch):
    """Return a configuration whose database has deliveries for a channel that it has not, and for one that it has."""
    for name in os.environ:
        if name.startswith("MONITOR_"):
            monkeypatch.delenv(name)
    upgrade(f"sqlite:///{tmp_path}/monitor.db")
    path = tmp_path / "monitor.yaml"
    path.write_text(CONFIG.format(folder=tmp_path))
    path.chmod(0o600)

    async def queue():
        async with open_store(f"sqlite:///{tmp_path}/monitor.db") as store:
            await store.queue([a_delivery("a", "removed"), a_delivery("b", "removed"), a_delivery("c", "log")])

    asyncio.run(queue())
    return path


def test_what_waits_for_a_removed_channel_is_told_of_once_and_listed(config):
    async def session():
        stop, sent = asyncio.Event(), list[str]()
        async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
            tasks.create_task(serve(config, stop, asyncio.Event(), write=sent.append))
            while not sent:  # noqa: ASYNC110 - nobody sets an event for what a list holds
                await asyncio.sleep(0.05)
            stop.set()

    with capture_logs() as logs:
        asyncio.run(session())

    told = [(line["channel"], line["waiting"]) for line in logs if line["event"] == "channel.removed"]
    listed = records(run("deliveries", "list", "--config", config, "--json"))
    assert told == [("removed", 2)]
    assert sorted((one["channel"], one["state"]) for one in listed) == [
        ("log", "sent"),
        ("removed", "waiting"),
        ("removed", "waiting"),
    ]
