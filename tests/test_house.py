"""The house keeps its own rules: sizes, names, reasons, fences, what it depends on."""

import ast
import io
import re
import shutil
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "monitor").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "manager", "service_base"}
EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore|mypy:|ruff:|pragma)", re.IGNORECASE)
REASONED = re.compile(r"# (noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)* - |type: ignore\[[a-z, -]+\] +(# |- ))\S")
PARTS = {"pydantic-core": "pydantic"}
"""Packages that another one pins to a version: its other half."""
FLOORS = {"h11"}
"""Packages that are named for the least version that is safe, and imported by others."""
LAYERS = "Dependencies point down only, and siblings do not know each other"
PURE = "The core is pure: no clock, no chance, no network, no files, no processes, no log"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def comments(path: Path) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_no_file_is_longer_than_people_read():
    long = {
        named(path): lines for path in SOURCES + TESTS if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }

    assert long == {}


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{named(path)}:{node.name}": lines
        for path in SOURCES + TESTS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }

    assert long == {}


def test_nothing_is_mocked_and_nothing_patched():
    forbidden = re.compile(r"unittest\.mock|import mock|MagicMock|monkeypatch\.(setattr|setitem|delattr)|mocker")

    found = [named(path) for path in TESTS if path != Path(__file__) and forbidden.search(path.read_text())]

    assert found == []


def test_no_module_is_named_for_nothing_in_particular():
    names = [path.relative_to(ROOT) for path in SOURCES + TESTS]

    assert [str(name) for name in names if {part.removesuffix(".py") for part in name.parts} & NO_NAMES] == []


def test_nothing_is_put_off_in_a_comment():
    put_off = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

    found = [
        f"{named(path)}:{line}"
        for path in SOURCES + TESTS
        for line, comment in comments(path)
        if put_off.search(comment)
    ]

    assert found == []


def test_every_excuse_has_its_code_and_its_reason():
    bare = [
        f"{named(path)}:{line}: {comment}"
        for path in SOURCES + TESTS
        for line, comment in comments(path)
        if EXCUSE.match(comment) and not REASONED.match(comment)
    ]

    assert bare == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the package with its configuration, to break."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "monitor", folder / "monitor", ignore=shutil.ignore_patterns("__pycache__", "*.gz"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def broken(copy):
    """Append lines to modules of the copy, new ones or old; take them away afterwards."""
    before: dict[Path, str | None] = {}

    def add(module, line):
        path = copy / module
        before[path] = path.read_text() if path.exists() else None
        path.write_text((before[path] or '"""New."""\n') + line + "\n")
        return copy

    yield add
    for path, text in before.items():
        path.unlink() if text is None else path.write_text(text)


def linted(folder: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Return what a linter says of the copy."""
    command = [str(Path(sys.executable).with_name(program)), *words]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": "200", "PATH": "", "HOME": str(folder)},
    )


def test_the_fences_hold_where_nothing_is_broken(copy):
    said = linted(copy, "lint-imports", "--no-cache")

    assert said.returncode == 0, said.stdout
    assert f"{LAYERS} KEPT" in said.stdout
    assert f"{PURE} KEPT" in said.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("monitor/text/fold.py", "import os", PURE),
        ("monitor/match/rule.py", "import asyncio", PURE),
        ("monitor/parse/wires/text.py", "import httpx", PURE),
        ("monitor/records.py", "from pathlib import Path", PURE),
        ("monitor/text/words.py", "import monitor.match.rule", LAYERS),
        ("monitor/settings.py", "import monitor.rules.lint", LAYERS),
        ("monitor/parse/times/ages.py", "import monitor.match.rule", LAYERS),
        ("monitor/deliver/channels.py", "import monitor.fetch", LAYERS),
        ("monitor/model.py", "from monitor import text", LAYERS),
        ("monitor/anywhere.py", "", LAYERS),
    ],
)
def test_a_broken_fence_is_told_by_its_name(broken, module, line, contract):
    said = linted(broken(module, line), "lint-imports", "--no-cache")

    assert said.returncode == 1
    assert f"{contract} BROKEN" in said.stdout or ("anywhere" in module and "anywhere" in said.stdout)


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import UTC, datetime\nNOW = datetime.now(UTC)",
        "from datetime import date\nTODAY = date.today()",
        "import time\nNOW = time.time()",
        "import random\nCHANCE = random.random()",
    ],
)
def test_only_one_module_asks_the_machine_for_time_or_chance(broken, line):
    words = ["check", "--no-cache", "--config", "pyproject.toml", "--select", "TID251", "monitor"]

    said = linted(broken("monitor/text/clock.py", line), "ruff", *words)

    assert said.returncode == 1
    assert said.stdout.count("TID251") == 1
    assert "only app.py asks the machine" in said.stdout or "chance is an argument" in said.stdout


def imported() -> Mapping[str, set[str]]:
    """Return the top-level packages that modules of ours import, each with the modules."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(named(path))
    return {name: paths for name, paths in found.items() if name not in sys.stdlib_module_names and name != "monitor"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in project["dependencies"]}


def test_what_is_imported_is_what_is_required():
    packages = packages_distributions()

    used = {normal(packages[name][0]): sorted(paths) for name, paths in imported().items()}
    for part, whole in PARTS.items():
        assert whole in required()
        used.pop(part, None)

    assert {name: paths[0] for name, paths in used.items() if name not in required()} == {}
    assert required() - used.keys() == FLOORS


def pinned(name: str) -> dict[str, str]:
    """Return what a lock pins, by name; every line of it is a pin, a hash, a comment or blank."""
    pins: dict[str, str] = {}
    hashes = 0
    for line in (ROOT / name).read_text().splitlines():
        if pin := re.fullmatch(r"([A-Za-z0-9._-]+)==(\S+)( ; .+)? \\", line):
            assert not pins or hashes
            pins[normal(pin[1])], hashes = pin[2], 0
        else:
            hashes += bool(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line))
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?|\s*(#.*)?", line)
    return pins


def test_the_locks_pin_by_hash_and_agree():
    needed, whole = pinned("requirements.lock"), pinned("requirements-dev.lock")

    assert required() <= needed.keys()
    assert {name: (version, whole.get(name)) for name, version in needed.items() if whole.get(name) != version} == {}


def test_the_locks_name_no_index():
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / name).read_text()
