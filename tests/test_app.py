"""The parts put together: polled once, or served until told to stop."""

import asyncio
import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path

import jsonschema
import pytest

from monitor.app import now
from monitor.daemon import serve, serve_once
from monitor.errors import AlreadyRunning, ConfigError
from monitor.over_time import Counting
from monitor.records import message_schema
from monitor.store.archive import ArchivedItem, find_items, search_items
from monitor.store.database import open_database
from monitor.store.lock import lock
from monitor.store.sql import open_store

SCHEMA = jsonschema.Draft202012Validator(message_schema())
WIRE = "{0} komt naar Moskou\nMOSKOU (ANP) - Het vliegtuig van {0} is vandaag in Moskou geland.\n"
CONFIG = """
service: {database: "sqlite:///DATABASE", listen: null, notify: [log]}
sources: [{id: telex, path: in}]
rules:
  - {id: xi, all: [Xi]}
channels: [{id: log, kind: log}]
"""


@pytest.fixture
def config(tmp_path, monkeypatch):
    """Return the path of a configuration that listens to a folder with one article."""
    for name in os.environ:
        if name.startswith("MONITOR_"):
            monkeypatch.delenv(name)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "xi.txt").write_text(WIRE.format("Xi"))
    old = now().timestamp() - 60
    os.utime(tmp_path / "in" / "xi.txt", (old, old))
    path = tmp_path / "monitor.yaml"
    path.write_text(CONFIG.replace("DATABASE", str(tmp_path / "monitor.db")))
    return path


def once(config: Path) -> tuple[bool, list[dict]]:
    """Return how polling once went, and the messages on the log channel."""
    written: list[str] = []
    fine = asyncio.run(serve_once(config, write=written.append))
    return fine, [json.loads(line) for line in written]


def test_now_is_this_moment_in_utc():
    assert now().tzinfo is UTC
    assert timedelta(0) <= now() - now() + timedelta(seconds=1) <= timedelta(seconds=2)


def test_a_poll_alerts_once_and_never_again(config):
    first, second = once(config), once(config)

    fine, messages = first
    assert fine
    assert [message["type"] for message in messages] == ["alert.fired"]
    assert messages[0]["data"]["rule"]["id"] == "xi"
    SCHEMA.validate(messages[0])
    assert second == (True, [])


def test_a_document_that_cannot_be_read_costs_the_others_nothing(config, tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    old = now().timestamp() - 60
    os.utime(tmp_path / "bad" / "picture.png", (old, old))
    config.write_text(config.read_text().replace("sources: [", "sources: [{id: bad, path: bad}, "))

    _, messages = once(config)

    assert [message["data"]["rule"]["id"] for message in messages] == ["xi"]


def test_a_configuration_that_does_not_validate_starts_nothing(config, tmp_path):
    config.write_text("rules: [{id: xi}]")

    with pytest.raises(ConfigError):
        once(config)

    assert not (tmp_path / "monitor.db").exists()


def test_a_second_process_on_the_same_database_is_refused(config, tmp_path):
    with lock(f"sqlite:///{tmp_path / 'monitor.db'}"), pytest.raises(AlreadyRunning):
        once(config)


def test_it_serves_reloads_and_keeps_the_last_good_configuration_until_it_is_stopped(config, tmp_path):
    heard = asyncio.run(_session(config, tmp_path / "in"))

    assert heard == [("xi", "Xi"), ("wang", "Wang"), ("wang", "Wang")]


async def _session(config: Path, folder: Path) -> list[tuple[str, str]]:
    """Serve; add a rule, then break the configuration; drop an article after each; return what alerted."""
    written: list[str] = []
    stop, reload = asyncio.Event(), asyncio.Event()
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(serve(config, stop, reload, write=written.append))
        await _until(lambda: len(written) == 1)
        for text, name in ((_with_another_rule(config), "Wang"), ("rules: [{id: xi}]", "Wang Yi")):
            before = len(written)
            _put(config, text)
            reload.set()
            await _until(lambda: not reload.is_set())
            _put(folder / f"{name}.txt", WIRE.format(name))
            await _until(partial(_longer, written, before))
        reload.set()  # As SIGHUP does, while nothing has changed.
        await _until(lambda: not reload.is_set())
        await asyncio.sleep(0.5)
        assert not stop.is_set()
        stop.set()
    alerts = [json.loads(line)["data"] for line in written]
    return [(alert["rule"]["id"], alert["items"][0]["spans"][0]["text"]) for alert in alerts]


def _with_another_rule(config: Path) -> str:
    return config.read_text().replace("{id: xi, all: [Xi]}", "{id: wang, all: [Wang]}")


def _longer(written: list[str], before: int) -> bool:
    return len(written) > before


def _put(path: Path, text: str) -> None:
    path.write_text(text)


async def _until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - nobody sets an event for what a list holds
        await asyncio.sleep(0.05)


def test_a_stop_does_not_wait_until_the_past_of_rules_is_counted(config, tmp_path):
    over_time = "{id: xi, all: [Xi], type: flatline, threshold: 1, timeframe: 1h}"
    config.write_text(config.read_text().replace("{id: xi, all: [Xi]}", over_time))

    assert asyncio.run(_counted_at_a_start_that_is_stopped(config, f"sqlite:///{tmp_path / 'monitor.db'}")) == {}


async def _counted_at_a_start_that_is_stopped(config: Path, url: str) -> Mapping[str, Counting]:
    """Serve, and stop at once; return the rules whose past is counted then."""
    stop = asyncio.Event()
    stop.set()
    async with asyncio.timeout(60):
        await serve(config, stop, asyncio.Event(), write=str)
        async with open_store(url) as store:
            return await store.counting()


def test_what_is_older_than_the_retention_is_let_go(config, tmp_path):
    config.write_text(config.read_text().replace("listen: null", "listen: null, retention: 1s"))
    once(config)

    kept = asyncio.run(_served_until_let_go(config, f"sqlite:///{tmp_path / 'monitor.db'}"))

    assert [archived.item for archived in kept] == [None]


async def _served_until_let_go(config: Path, url: str) -> Sequence[ArchivedItem]:
    """Serve until the one item of the archive is let go; return what is kept of it."""
    stop = asyncio.Event()
    await asyncio.sleep(1)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks, open_database(url) as database:
        name = (await search_items(database, "Xi"))[0].id
        tasks.create_task(serve(config, stop, asyncio.Event(), write=str))
        while await search_items(database, "Xi"):  # noqa: ASYNC110 - nobody sets an event for what is let go
            await asyncio.sleep(0.05)
        stop.set()
        return await find_items(database, name)
