import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.errors import AlreadyRunning, StoreUnavailable
from monitor.store.lock import lock

HOLDER = """
import sys
from monitor.store.lock import lock
with lock(sys.argv[1]):
    child = __import__("subprocess").Popen(["sleep", "600"])
    print(child.pid, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/var/monitor.db"


@pytest.fixture
def holder(url):
    """Return a process that holds the lock, and the pid of a child that it started meanwhile."""
    command = [sys.executable, "-c", HOLDER, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        yield process
        os.kill(child, signal.SIGKILL)
        process.kill()


def test_a_second_process_is_refused_and_told_who_holds_the_lock(url, tmp_path, holder):
    with pytest.raises(AlreadyRunning) as refusal, lock(url):
        pass

    assert str(refusal.value) == f"another process ({holder.pid}) holds {tmp_path}/var/monitor.db.lock"
    assert holder.poll() is None


def test_a_holder_that_was_killed_holds_nothing_even_if_its_children_live(url, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()

    with lock(url):
        pass


def test_who_is_done_lets_go(url):
    with lock(url):
        pass
    with lock(url), pytest.raises(AlreadyRunning), lock(url):
        pass


def test_a_lock_names_its_process_and_its_file_is_the_owners_alone(url, tmp_path):
    with lock(url):
        file = tmp_path / "var" / "monitor.db.lock"

        assert file.read_text() == f"{os.getpid()}\n"
        assert file.stat().st_mode & 0o777 == 0o600


def test_databases_beside_each_other_have_locks_of_their_own(url):
    with lock(url), lock(url + "2"):
        pass


def test_workers_on_postgresql_are_kept_apart_by_leases(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with lock("postgresql://host/db"), lock("postgresql://host/db"):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_lock_can_be_is_told_of(tmp_path):
    Path(tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable), lock(f"sqlite:///{tmp_path}/file/monitor.db"):
        pass
