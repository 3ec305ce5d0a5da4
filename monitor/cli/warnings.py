"""What a configuration is warned of, and how that is written."""

from collections.abc import Sequence
from pathlib import Path

from monitor.config_files import LOCK
from monitor.errors import Problem
from monitor.match.spelling.locked import read_lock
from monitor.records import Record
from monitor.rules.lint import Warned, lint
from monitor.settings import Config


def warnings_of(config: Config, path: Path) -> Sequence[Warned]:
    """Return what a configuration is warned of without looking at any document, its lock included."""
    file = (path if path.is_dir() else path.parent) / LOCK
    lock = read_lock(file.read_text(encoding="utf-8")) if file.is_file() else None
    return [*lint(config, lock, str(file))]


def warning_line(warned: Warned, problem: Problem) -> str:
    """Return a warning as compilers write theirs, with the name of its check behind it."""
    place = f"{problem.file}:{problem.line}:{problem.column}"
    return f"{place}: warning: {problem.message} [{warned.check}]"


def warning_record(warned: Warned, problem: Problem) -> Record:
    """Return a warning as JSON values."""
    place: Record = {"file": problem.file, "line": problem.line, "column": problem.column}
    return {"check": warned.check, warned.section.removesuffix("s"): warned.id, **place, "message": problem.message}
