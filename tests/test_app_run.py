"""`monitor run` as a process: how it starts, reloads, ends and refuses."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import anyio.to_thread
import pytest
import yaml

from monitor.net.door import Door
from tests.fakes.receiver import receiving
from tests.test_net_door import ALLOW

pytestmark = pytest.mark.anyio

TEXT = """Veerboot {} vaart weer
HARLINGEN (ANP) - De veerdienst naar Terschelling is hervat, meldt de reder.
"""
PATIENCE = 30.0
"""Seconds for what takes one or two, on a machine that has other things to do."""


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a configuration that watches the folder `news` in it, and no HTTP face."""
    (tmp_path / "news").mkdir()
    (tmp_path / "config").mkdir()
    configure(tmp_path)
    return tmp_path


def configure(folder, *, rule="veerboot", service=None, sources=None, channels=None, text=None):
    given = {
        "service": {
            "database": f"sqlite:///{folder}/monitor.db",
            "listen": None,
            "allow_networks": ["127.0.0.0/9"],
            **(service or {}),
        },
        "sources": sources or [{"id": "shelf", "path": str(folder / "news")}],
        "channels": channels or [{"id": "desk", "kind": "log"}],
        "rules": [{"id": "boats", "all": [rule], "notify": ["desk"]}],
    }
    path = folder / "config" / "monitor.yaml"
    path.with_suffix(".new").write_text(text or yaml.safe_dump(given))
    path.with_suffix(".new").chmod(0o600)
    path.with_suffix(".new").rename(path)


class Running:
    """A daemon; what it says on either side goes to files."""

    def __init__(self, folder, *options):
        self.folder = folder
        self.out, self.err = folder / "out", folder / "err"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
        with self.out.open("ab") as out, self.err.open("ab") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "monitor", "run", "--config", str(folder / "config"), *options],
                stdout=out,
                stderr=err,
                env=environment,
                cwd=Path(__file__).parents[1],
            )

    def alerts(self):
        """Return the headlines of the alerts on standard output."""
        bodies = map(json.loads, self.out.read_text().splitlines())
        return [item["headline"] for body in bodies for item in body["data"].get("items", [])]

    def events(self, name):
        """Return the events of a name in the log."""
        events = [json.loads(line) for line in self.err.read_text().splitlines() if line.startswith("{")]
        return [event for event in events if event["event"] == name]

    def until(self, holds):
        """Wait until something holds; fail with the log if it does not, or the daemon ends."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.err.read_text()
            assert self.process.poll() is None, self.err.read_text()
            time.sleep(0.05)

    def started(self):
        """Wait until it has started."""
        self.until(lambda: self.events("service.started"))
        return self

    def ends(self, seconds=PATIENCE):
        """Return the status that it ends with."""
        return self.process.wait(seconds)


@contextmanager
def running(folder, *options):
    daemon = Running(folder, *options)
    try:
        yield daemon
    finally:
        if daemon.process.poll() is None:
            daemon.process.kill()
        daemon.process.wait()


def publish(folder, name):
    """Put a wire text into the watched folder, in one piece."""
    (folder / f".{name}").write_text(TEXT.format(name))
    (folder / f".{name}").rename(folder / "news" / f"{name}.txt")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_a_file_in_a_watched_folder_alerts_within_seconds_once(folder):
    publish(folder, "een")
    with running(folder) as daemon:
        daemon.until(lambda: daemon.alerts() == ["Veerboot een vaart weer"])
        for name in ("twee", "drie"):
            publish(folder, name)
            published = time.monotonic()
            daemon.until(lambda name=name: f"Veerboot {name} vaart weer" in daemon.alerts())
            assert time.monotonic() - published < 10
        daemon.process.send_signal(signal.SIGTERM)

        assert daemon.ends() == 0

    with running(folder) as daemon:
        publish(folder, "vier")
        daemon.until(lambda: len(daemon.alerts()) > 3)

    assert daemon.alerts() == [f"Veerboot {name} vaart weer" for name in ("een", "twee", "drie", "vier")]


def test_a_killed_daemon_starts_again(folder):
    with running(folder) as daemon:
        daemon.started()
        daemon.process.kill()
        daemon.ends()
        publish(folder, "een")
    with running(folder) as daemon:
        daemon.until(lambda: daemon.alerts() == ["Veerboot een vaart weer"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_peace(folder, number):
    with running(folder) as daemon:
        daemon.started()
        daemon.process.send_signal(number)

        assert daemon.ends(15) == 0
    assert daemon.events("service.stopped")
    assert "Traceback" not in daemon.err.read_text()


async def test_it_ends_within_seconds_with_work_in_flight(folder):
    silent = []

    async def never(_, writer):
        silent.append(writer)
        await anyio.sleep_forever()

    async with receiving(never, never, never) as receiver:
        configure(
            folder,
            sources=[
                {"id": "shelf", "path": str(folder / "news")},
                {"id": "slow", "url": receiver.url("/feed")},
            ],
            channels=[{"id": "desk", "kind": "webhook", "url": receiver.url()}],
        )
        publish(folder, "een")
        with running(folder) as daemon:
            await anyio.to_thread.run_sync(daemon.until, lambda: len(silent) == 2)
            daemon.process.send_signal(signal.SIGTERM)
            began = time.monotonic()

            assert await anyio.to_thread.run_sync(daemon.ends) == 0
            assert time.monotonic() - began < 15


@pytest.mark.parametrize("how", ["change", "signal"])
def test_a_changed_configuration_is_followed(folder, how):
    with running(folder) as daemon:
        daemon.started()
        configure(folder, rule="dijk")
        if how == "signal":
            daemon.process.send_signal(signal.SIGHUP)
        daemon.until(lambda: daemon.events("config.loaded"))
        publish(folder, "dijk")
        publish(folder, "een")
        daemon.until(lambda: daemon.alerts() == ["Veerboot dijk vaart weer"])


def test_what_counts_from_a_restart_on_only_is_said(folder):
    with running(folder) as daemon:
        daemon.started()
        configure(folder, service={"listen": f"127.0.0.1:{free_port()}", "token": "sleutel"})
        daemon.until(lambda: daemon.events("config.loaded"))

    assert daemon.events("config.needs_restart")[0]["settings"] == ["listen", "token"]


def test_a_change_that_comes_while_the_database_is_away_is_followed_when_it_is_back(folder):
    with running(folder) as daemon:
        daemon.started()
        (folder / "monitor.db").rename(folder / "taken-away.db")
        configure(folder, rule="dijk")
        daemon.until(lambda: daemon.events("store.unavailable"))
        (folder / "taken-away.db").rename(folder / "monitor.db")
        daemon.until(lambda: daemon.events("config.loaded"))
        publish(folder, "dijk")
        daemon.until(lambda: daemon.alerts() == ["Veerboot dijk vaart weer"])


def test_a_source_that_is_added_is_watched(folder):
    with running(folder) as daemon:
        daemon.started()
        (folder / "more").mkdir()
        sources = [{"id": "shelf", "path": str(folder / "news")}, {"id": "more", "path": str(folder / "more/*.txt")}]
        configure(folder, sources=sources)
        daemon.until(lambda: daemon.events("config.loaded"))
        (folder / "more" / "een.txt").write_text(TEXT.format("een"))
        daemon.until(lambda: daemon.alerts() == ["Veerboot een vaart weer"])


def test_a_bad_configuration_is_refused_and_the_last_good_one_goes_on(folder):
    with running(folder) as daemon:
        daemon.started()
        configure(folder, text="rules: [{id: boats, all: [veerboot], oops: 1}]")
        daemon.until(lambda: daemon.events("config.refused"))
        publish(folder, "een")
        daemon.until(lambda: daemon.alerts() == ["Veerboot een vaart weer"])
        configure(folder, rule="dijk")
        daemon.until(lambda: daemon.events("config.loaded"))

    assert str(folder / "config" / "monitor.yaml") in daemon.events("config.refused")[0]["problems"][0]


def test_a_folder_that_appears_is_watched(folder):
    (folder / "news").rmdir()
    with running(folder) as daemon:
        daemon.until(lambda: daemon.events("source.failed"))
        time.sleep(3)  # Beyond the look that comes soon after the start.
        (folder / "news").mkdir()
        publish(folder, "een")
        daemon.until(lambda: daemon.alerts() == ["Veerboot een vaart weer"])
        shutil.rmtree(folder / "news")
        (folder / "news").mkdir()
        publish(folder, "twee")
        daemon.until(lambda: len(daemon.alerts()) == 2)


def test_a_second_instance_is_refused_and_names_the_lock(folder):
    with running(folder) as daemon:
        daemon.started()
        second = subprocess.run(
            [sys.executable, "-m", "monitor", "run", "--config", str(folder / "config")],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    assert second.returncode == 2
    assert f"another process ({daemon.process.pid}) holds {folder}/monitor.db.lock" in second.stderr.replace("\n", "")
    assert "Traceback" not in second.stderr


def test_a_port_that_is_taken_is_status_1_with_a_message(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        configure(folder, service={"listen": listen})
        with running(folder) as daemon:
            assert daemon.ends() == 1

    assert f"cannot listen on {listen}: Address already in use" in daemon.err.read_text()
    assert "Traceback" not in daemon.err.read_text()


def test_a_database_that_cannot_be_made_is_status_1_with_a_message(folder):
    (folder / "file").touch()
    configure(folder, service={"database": f"sqlite:///{folder}/file/monitor.db"})
    with running(folder) as daemon:
        assert daemon.ends() == 1

    assert f"{folder}/file/monitor.db.lock: " in daemon.err.read_text()
    assert "Traceback" not in daemon.err.read_text()


def test_a_bad_configuration_is_status_2(folder):
    configure(folder, text="rules: [{id: boats}]")
    with running(folder) as daemon:
        assert daemon.ends() == 2

    assert "monitor.yaml:1:" in daemon.err.read_text()


@pytest.mark.parametrize(("kind", "status"), [("log", 0), ("webhook", 1)])
def test_once_delivers_and_tells_by_its_status_whether_all_went_well(folder, kind, status):
    channel = {"id": "desk", "kind": kind, **({"url": f"http://127.0.0.1:{free_port()}/"} if kind == "webhook" else {})}
    configure(folder, channels=[channel])
    publish(folder, "een")
    with running(folder, "--once") as daemon:
        assert daemon.ends() == status

    assert daemon.alerts() == (["Veerboot een vaart weer"] if status == 0 else [])


def test_once_fails_when_a_source_does(folder):
    configure(folder, sources=[{"id": "gone", "path": str(folder / "nowhere")}])
    with running(folder, "--once") as daemon:
        assert daemon.ends() == 1

    assert daemon.events("source.failed")[0]["reason"] == f"{folder}/nowhere: No such file or directory"


async def test_its_face_tells_the_truth(folder):
    port = free_port()
    configure(folder, service={"listen": f"127.0.0.1:{port}", "token": "sleutel"})
    publish(folder, "een")
    door = Door(allow=ALLOW, user_agent="test")

    async def get(path, **headers):
        return await door.request("GET", f"http://127.0.0.1:{port}{path}", headers=headers)

    token = {"authorization": "Bearer sleutel"}
    with running(folder) as daemon:
        await anyio.to_thread.run_sync(daemon.until, daemon.alerts)
        assert (await get("/healthz")).status == 200
        ready = await get("/readyz", **token)
        assert (ready.status, set(json.loads(ready.body)["dependencies"].values())) == (200, {"ok"})
        assert (await get("/metrics")).status == 401
        metrics = (await get("/metrics", **token)).body.decode()
        assert 'monitor_deliveries_total{channel="desk",outcome="sent"} 1.0' in metrics
        assert 'monitor_outbox{channel="desk",state="waiting"} 0.0' in metrics
        assert "monitor_config_good 1.0" in metrics
        (folder / "monitor.db").rename(folder / "taken-away.db")
        publish(folder, "twee")
        await anyio.to_thread.run_sync(daemon.until, lambda: daemon.events("store.unavailable"))
        assert (await get("/readyz")).status == 503
        assert (await get("/healthz")).status == 200
        (folder / "taken-away.db").rename(folder / "monitor.db")
        await anyio.to_thread.run_sync(daemon.until, lambda: len(daemon.alerts()) == 2)
        assert (await get("/readyz")).status == 200
