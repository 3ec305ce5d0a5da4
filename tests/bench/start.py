"""What the start costs with many rules: `python -m tests.bench.start`; times are those of the process, once each."""

import argparse
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

from monitor.kept_rules import Loaded, load_to_run
from monitor.match.clauses.groups import All
from monitor.match.clauses.wording import Term
from monitor.yaml12 import read_yaml
from tests.bench.match import Workload

Made = TypeVar("Made")


def timed(name: str, work: Callable[[], Made]) -> Made:
    """Print what some work takes; return what it makes."""
    began = process_time()
    made = work()
    sys.stdout.write(f"  {name:40}{process_time() - began:8.2f} s\n")
    return made


def configuration(folder: Path, count: int) -> Path:
    """Write a configuration of so many rules; return its folder."""
    lines = ["rules:\n"]
    for rule in islice(Workload(Random(4)).rules(fitting=True), count):  # noqa: S311 - repeatable, not secret
        assert isinstance(rule.condition, All)
        terms = ", ".join(f"'{term.text}'" for term in rule.condition.clauses if isinstance(term, Term))
        lines.append(f"  - id: {rule.id}\n    title: A rule about {terms[1:9]}\n    level: low\n    all: [{terms}]\n")
    (folder / "rules.yaml").write_text("".join(lines))
    (folder / "service.yaml").write_text(f"service: {{database: 'sqlite:///{folder}/monitor.db'}}\n")
    return folder


def main() -> None:
    """Start without and with what was kept."""
    arguments = argparse.ArgumentParser(prog="python -m tests.bench.start")
    arguments.add_argument("--rules", type=int, default=100_000)
    given = arguments.parse_args()
    with TemporaryDirectory() as made:
        folder = configuration(Path(made), given.rules)
        text = (folder / "rules.yaml").read_text()
        sys.stdout.write(f"{given.rules} rules, {len(text) / 1e6:.1f} MB of YAML\n")
        timed("YAML alone", lambda: read_yaml("rules.yaml", text))
        loaded: Loaded = timed("read, compiled, in an index", lambda: load_to_run(folder))
        timed("kept", loaded.keep)
        del loaded
        timed("taken up", lambda: load_to_run(folder))


if __name__ == "__main__":
    main()
