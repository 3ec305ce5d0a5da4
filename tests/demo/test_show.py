"""The demonstration as people see it: the command, in a pipe, on a terminal, and ended by ^C."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

import pytest

COMMAND = [sys.executable, "-m", "monitor", "demo"]


def quiet_environment(**more):
    return {**{name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}, **more}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return a finished demonstration; a setting of the environment would lead it to a database of somebody's."""
    folder = tmp_path_factory.mktemp("demo")
    environment = quiet_environment(
        MONITOR_DATABASE=f"sqlite:///{folder}/mine.db", TMPDIR=str(folder), HTTP_PROXY="http://127.0.0.1:9"
    )
    ended = subprocess.run(
        [*COMMAND, "--seconds", "9", "--seed", "4"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=folder,
    )
    return ended, folder


def test_it_ends_well(shown):
    ended, _ = shown

    assert (ended.returncode, ended.stderr) == (0, "")


def test_alerts_are_received_and_the_rest_has_its_reason(shown):
    ended, _ = shown

    marks = re.findall(r"^\d\d:\d\d:\d\d  (\w+)", ended.stdout, re.MULTILINE)

    assert {"alert", "match", "held", "no"} <= set(marks)
    assert "archived at the first poll of its source" in ended.stdout
    assert "has Xi, lacks place: Moskou" in ended.stdout or "lacks Xi, has place: Moskou" in ended.stdout
    assert 0 <= marks.count("match") - marks.count("alert") <= 6  # what fired as it ended waits in the outbox


def test_nothing_but_matches_alerts(shown):
    ended, _ = shown
    alerted = [line for line in ended.stdout.splitlines() if re.match(r"\S+  alert", line)]

    assert alerted
    assert all(re.search(r"\bXi\b", line) for line in alerted)


def test_nothing_is_left_behind(shown):
    _, folder = shown

    assert list(folder.iterdir()) == []


def test_it_is_plain_where_nothing_can_be_redrawn(shown):
    ended, _ = shown

    assert "\x1b" not in ended.stdout


def test_on_a_terminal_it_is_redrawn_until_interrupted():
    master, slave = pty.openpty()
    demo = subprocess.Popen(
        COMMAND, stdin=slave, stdout=slave, stderr=slave, env=quiet_environment(TERM="xterm-256color", COLUMNS="140")
    )
    os.close(slave)
    try:
        seen = read_until(master, b"signature right", seconds=60)
        demo.send_signal(signal.SIGINT)
        seen += read_until(master, b"never", seconds=20)
        status = demo.wait(20)
    finally:
        demo.kill()
        os.close(master)

    assert status == 0
    assert b"De Persdienst" in seen or b"persdienst" in seen
    assert b"\x1b[" in seen
    assert b"Traceback" not in seen


def test_it_ends_once_nobody_reads_it_any_more():
    ended = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m monitor demo | head -n 1"],
        capture_output=True,
        text=True,
        check=False,
        env=quiet_environment(),
        timeout=60,
    )

    assert ended.stdout.startswith("monitor demo · ")
    assert ended.stderr == ""


def read_until(descriptor, wanted, *, seconds):
    """Return what a terminal shows until something wanted, its end, or so much later."""
    seen, end = b"", time.monotonic() + seconds
    while wanted not in seen and time.monotonic() < end:
        if select.select([descriptor], [], [], 0.5)[0]:
            try:
                seen += os.read(descriptor, 1 << 16)
            except OSError:  # The other side has closed it.
                break
    return seen
