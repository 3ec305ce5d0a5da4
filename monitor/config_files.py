"""The files of a configuration: read with care, their sections laid out, and faults placed in them."""

import os
import re
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path as FilePath

from monitor.errors import ConfigError, Problem
from monitor.mends import unknown_key
from monitor.yaml12 import Null, Path, Value, places, read_yaml

LARGEST = 32 * 1024 * 1024
"""Bytes of a configuration file; larger ones are refused."""

LOCK = "rules.lock"
"""The file beside a configuration that pins the spellings of names and places."""

_RULES = re.compile(
    r"^rules:[ \t]*+(?:#[^\n]*+)?\r?\n(?:(?:[ \t#-][^\n]*+|\r)?+\n)*+(?:[ \t#-][^\n]*+)?+", re.MULTILINE
)

SECTIONS = ("service", "sources", "defaults", "lists", "rules", "channels")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a file: a section, a source, a rule; `path` leads to it. `defaults` is where its other keys stand."""

    file: "File"
    path: Path
    value: Value
    defaults: "Entry | None" = None

    def merged(self) -> dict[str, Value]:
        """Return the mapping that this is, with the defaults beneath; empty if it is none."""
        beneath = self.defaults.merged() if self.defaults else {}
        return {**beneath, **(self.value if isinstance(self.value, dict) else {})}


@dataclass(frozen=True, slots=True)
class File:
    """A configuration file: how people know it, where relative paths stand against, what it says."""

    name: str
    folder: FilePath
    text: str
    sections: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class _Fault:
    path: Path
    message: str
    key: bool
    offset: int


@dataclass(slots=True)
class Faults:
    """What is wrong, gathered first and placed last: places cost a second look at the file."""

    noted: dict[str, list[_Fault]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, str] = field(default_factory=dict)
    placed: list[Problem] = field(default_factory=list)

    def note(self, entry: Entry, path: Path, message: str, *, key: bool = False, offset: int = 0) -> None:
        """Note a fault at a path within an entry: of its `key`, or of its value `offset` characters on."""
        if entry.defaults and path and isinstance(entry.value, dict) and path[0] not in entry.value:
            entry = entry.defaults
        self.texts[entry.file.name] = entry.file.text
        self.noted[entry.file.name].append(_Fault((*entry.path, *path), message, key, offset))

    def problems(self) -> list[Problem]:
        """Return all problems, in the order of the files."""
        problems = set(self.placed)
        for name, noted in self.noted.items():
            found = places(self.texts[name], [fault.path for fault in noted])
            for fault in noted:
                place = found[fault.path]
                line, column = place.key if fault.key else place.value
                if fault.offset and place.text:
                    column = place.text + fault.offset
                problems.add(Problem(name, line, column, fault.message))
        return sorted(problems)


def read_files(path: FilePath, faults: Faults, *, rules: bool = True) -> Sequence[File]:
    """Return a configuration file, or the `*.yaml` files of a folder by their names; what is wrong goes to `faults`.

    Without `rules`, sections of that name that stand as a block are not read; faults are not where they are said to be.
    """
    return [
        file for name in _files(path) if (file := _read(name, faults, (lambda text: text) if rules else without_rules))
    ]


def without_rules(text: str) -> str:
    """Return the text of a file without its block of rules, as far as that can be told by the beginnings of lines."""
    return _RULES.sub("", text, count=1)


def locks_beside(files: Iterable[File]) -> list[FilePath]:
    """Return the lock beside the files of a configuration, if there is one."""
    return [lock for folder in {file.folder for file in files} if (lock := folder / LOCK).exists()]


def sections(files: Sequence[File], name: str) -> Iterator[Entry]:
    """Yield a section of each file that has it."""
    for file in files:
        if not isinstance(file.sections.get(name, Null()), Null):
            yield Entry(file, (name,), file.sections[name])


def _files(path: FilePath) -> Sequence[FilePath]:
    if not path.is_dir():
        return [path]
    # A dot before the name is an editor's, for a file that is being written.
    if found := sorted(file for file in path.glob("*.yaml") if not file.name.startswith(".")):
        return found
    raise ConfigError([Problem(str(path), 1, 1, "there is no *.yaml file in this folder")])


def _read(path: FilePath, faults: Faults, cut: Callable[[str], str]) -> File | None:
    try:
        text = _text(path)
        sections = read_yaml(str(path), cut(text))
    except ConfigError as error:
        faults.placed += error.problems
        return None
    except OSError as error:
        said = f"cannot be read: {error.strerror}; name a file or folder with --config"
        faults.placed.append(Problem(str(path), 1, 1, said))
        return None
    if not isinstance(sections, dict):
        faults.placed.append(Problem(str(path), 1, 1, f"a configuration is a mapping of {', '.join(SECTIONS)}"))
        return None
    file = File(str(path), path.resolve().parent, text, sections)
    for name in sections.keys() - set(SECTIONS):
        faults.note(Entry(file, (), sections), (name,), unknown_key(name, SECTIONS), key=True)
    return file


def _text(path: FilePath) -> str:
    """Return what a configuration file says, if it may be trusted and is of bearable size."""
    fault = partial(Problem, str(path))
    with path.open("rb") as opened:
        if os.fstat(opened.fileno()).st_mode & stat.S_IWOTH:
            raise ConfigError([fault(1, 1, f"everybody can write to this file; take that away: chmod o-w {path}")])
        body = opened.read(LARGEST + 1)
    if len(body) > LARGEST:
        said = f"larger than {LARGEST // 1024**2} MB; split it over several files of a folder"
        raise ConfigError([fault(1, 1, said)])
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        above = body[: error.start].split(b"\n")
        said = "this is not UTF-8; save the file as UTF-8"
        raise ConfigError([fault(len(above), len(above[-1]) + 1, said)]) from None
