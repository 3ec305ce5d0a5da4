"""The program as a process: its streams, its encoding, its end, and what it leaves alone."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from monitor import __version__
from tests.cli.running import run

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "config" / "samples").glob("*.txt"))
XI = ROOT / "config" / "samples" / "xi-staatsbezoek.txt"
SEEN = "\N{HEAVY EXCLAMATION MARK SYMBOL} opened"
COMMANDS = [["read", str(XI)], ["match", str(XI)], ["check"], ["schema", "config"], ["rules", "test"]]
WATCH = f"""
import sys
def watch(event, arguments):
    if event in {{"socket.connect", "socket.bind", "socket.getaddrinfo", "sqlite3.connect"}}:
        family = getattr(arguments[0], "family", None)
        if event.startswith("sqlite3") or family is None or family.name != "AF_UNIX":
            print({SEEN!r}, event, *arguments[1:], file=sys.stderr)
sys.addaudithook(watch)
"""


def program(*words: object, program=("-m", "monitor"), **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Return how the program ended and what it wrote, run in the folder of the project."""
    command = [sys.executable, *program, *map(str, words)]
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("MONITOR_", "PYTHON", "LC_"))}
    return subprocess.run(
        command,
        env={**bare, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
        cwd=ROOT,
        timeout=60,
    )


def test_output_is_utf_8_whatever_the_locale(tmp_path):
    (tmp_path / "rules.yaml").write_text("rules: [{id: x, title: 习近平, all: [Oekraïne], tests: {match: [習近平]}}]")
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}

    tested = program("rules", "test", "--config", tmp_path, **plain)
    listed = program("rules", "list", "--config", tmp_path, **plain)

    assert "習近平" in tested.stdout.decode()
    assert "习近平" in listed.stdout.decode()


def test_a_pipe_that_is_closed_ends_it_without_a_word():
    words = " ".join(map(str, SAMPLES))

    ended = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m monitor read {words} | head -n 1"],
        capture_output=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )

    assert len(ended.stdout.splitlines()) == 1
    assert ended.stderr == b""


def test_a_pipe_closed_at_once_ends_it_without_a_word():
    ended = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m monitor schema config | true; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )

    assert ended.stderr == b""
    assert ended.stdout in {b"0\n", b"1\n"}  # It may have written all before anybody hung up.


def test_no_network_and_no_database_is_opened():
    runs = (
        WATCH
        + f"""
from monitor.cli.main import program
for words in {COMMANDS!r}:
    program(words)(words, standalone_mode=False)
"""
    )

    ended = program(program=("-c", runs))

    assert ended.returncode == 0
    assert SEEN not in ended.stderr.decode()


def test_the_watch_that_shows_that_would_see_one():
    opens = (
        "import socket, sqlite3\nsqlite3.connect(':memory:').close()\nsocket.socket().connect_ex(('127.0.0.1', 9))\n"
    )

    ended = program(program=("-c", WATCH + opens))

    assert ended.stderr.decode().count(SEEN) == 2


def test_a_broken_configuration_ends_it_with_2(tmp_path):
    assert program("check", MONITOR_CONFIG=str(tmp_path)).returncode == 2


def test_a_file_whose_name_is_not_utf_8_is_read(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_bytes(XI.read_bytes())

    ended = program("read", os.fsdecode(path))

    assert ended.returncode == 0
    assert os.fsencode(json.loads(ended.stdout)["document"]) == path


def test_the_version_names_python_the_database_and_libraries():
    result = run("--version")

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == f"monitor {__version__}"
    assert [line.split()[0] for line in lines[1:3]] == ["Python", "SQLite"]
    assert all(re.fullmatch(r"\S+ [0-9][0-9.a-z+]*", line) for line in lines)


@pytest.mark.parametrize(
    "words",
    [[], ["read"], ["match"], ["check"], ["schema"], ["rules"], ["rules", "test"], ["rules", "list"]],
    ids=" ".join,
)
def test_every_command_has_help(words):
    result = run(*words, "--help")

    assert result.exit_code == 0
    assert " ".join(["Usage: ", *words]).split()[-1] in result.stdout
    assert len(result.stdout.splitlines()) > 5


def test_no_command_at_all_shows_the_help():
    result = run()

    assert result.exit_code == 2
    assert "Usage:" in result.stdout + result.stderr


def test_a_full_disk_is_told_of(tmp_path):
    (tmp_path / "x.txt").write_text("Xi in Moskou\nMOSKOU (ANP) - Het bericht staat hier.\n")

    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "monitor", "read", tmp_path / "x.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (ended.returncode, ended.stderr) == (1, "standard output: No space left on device\n")
