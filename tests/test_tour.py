"""The tour in the reference does what it says: every block is run, in its order, in an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "config" / "README.md"
_BLOCK = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def section(page: str) -> str:
    """Return the section of the tour."""
    found = re.search(r"^## A tour\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, "there is no section `## A tour` in config/README.md"
    return found[1]


def steps(section: str):
    """Yield what the blocks of a section say: a file with its text, or a command with what it prints."""
    for kind, name, text in _BLOCK.findall(section):
        if name:
            yield "file", name, text
            continue
        assert kind == "shell-session", f"a block of `{kind}` without the name of a file cannot be run"
        for command, printed in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
            yield "command", command, printed


def run(command: str, folder: Path) -> str:
    """Return what a command prints in a folder, to either stream; `monitor` is this one."""
    path = f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}"
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
    ran = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**bare, "PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return ran.stdout


def is_as_told(printed: str, told: str) -> bool:
    """Tell whether a command printed what the page says, where `…` stands for anything in a line."""
    pattern = re.escape(told).replace("…", ".*")
    return re.fullmatch(pattern, printed) is not None


@pytest.fixture
def folder(tmp_path):
    shim = tmp_path / ".bin" / "monitor"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m monitor "$@"\n')
    shim.chmod(0o755)
    return tmp_path


def test_the_tour_can_be_taken(folder):
    taken = 0
    for kind, what, text in steps(section(PAGE.read_text(encoding="utf-8"))):
        if kind == "file":
            (folder / what).parent.mkdir(exist_ok=True)
            (folder / what).write_text(text, encoding="utf-8")
            continue
        taken += 1
        printed = run(what, folder)
        assert is_as_told(printed, text), f"$ {what}\n{printed}\n--- but the page says ---\n{text}"

    assert taken > 5


@pytest.mark.parametrize(
    ("printed", "told", "so"),
    [
        ("a 12 b\n", "a … b\n", True),
        ("a 12 b\n", "a 12 b\n", True),
        ("a\nb\n", "a…b\n", False),
        ("a (b)\n", "a (b)\n", True),
        ("a\n", "a\nb\n", False),
    ],
)
def test_dots_stand_for_anything_in_a_line(printed, told, so):
    assert is_as_told(printed, told) is so


def test_blocks_are_files_or_commands():
    page = "## A tour\n```yml a.yaml\nx: 1\n```\ntext\n```shell-session\n$ one\n$ two\nsaid\n\nmore\n```\n## Next\n"

    assert [*steps(section(page))] == [
        ("file", "a.yaml", "x: 1\n"),
        ("command", "one", ""),
        ("command", "two", "said\n\nmore\n"),
    ]
