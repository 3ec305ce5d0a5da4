"""A configuration with its rules ready to be matched, taken up where they were left as long as nothing changed.

A hundred thousand rules take seconds to read, and tenths of a second to take up again from where they are kept: in a
file beside a SQLite database, known by a hash of all that they were made of, this program included. It holds no
secrets: services, sources and channels are read from the configuration each time.

What is in that file is believed, so it must be ours: owned by us, writable by nobody else, whole.
"""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import regex

from monitor.config_files import Faults, File, locks_beside, read_files, without_rules
from monitor.errors import ConfigError
from monitor.load import load_files, without_collecting
from monitor.match.index import RuleIndex
from monitor.settings import Config
from monitor.store.engine import file_of
from monitor.yaml12 import read_yaml

FEWEST = 2_000
"""Fewer rules are not kept: to read them takes no time."""

_DIGEST = sha256().digest_size


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration and its rules. Where they were taken up, `config.rules` is empty; `rules` has them either way."""

    config: Config
    rules: RuleIndex
    files: Sequence[File]
    locks: Sequence[str]
    taken_up: bool

    def keep(self) -> None:
        """Keep many rules for the next start; takes some seconds, and does nothing where they were taken up or are few.

        Raises:
            OSError: the file cannot be written.
        """
        file = _file_of(self.config)
        if self.taken_up or file is None or len(self.rules) < FEWEST or not all(map(_can_be_cut, self.files)):
            return
        body = self.rules.frozen()
        with NamedTemporaryFile(dir=file.parent, prefix=f"{file.name}.", delete=False) as written:
            try:
                written.writelines((_key(self.files, self.locks, self.config), sha256(body).digest(), body))
                written.close()
                Path(written.name).replace(file)
            except BaseException:
                Path(written.name).unlink()
                raise


def load_to_run(path: Path) -> Loaded:
    """Return the configuration in a file or folder with its rules in an index.

    Raises:
        ConfigError: it does not validate; with every problem that it has.
    """
    with without_collecting():
        if there := _taken_up(path):
            return there
        faults = Faults()
        files = read_files(path, faults)
        locks = _locks(files)
        config = load_files(files, faults)
        if problems := faults.problems():
            raise ConfigError(problems)
        return Loaded(config, RuleIndex(config.rules), files, locks, taken_up=False)


def _taken_up(path: Path) -> Loaded | None:
    """Return what was kept, if it is of this configuration; faults are left to who reads all of it."""
    faults = Faults()
    files = read_files(path, faults, rules=False)
    if any("rules" in file.sections for file in files):
        return None
    locks = _locks(files)
    config = load_files(files, faults)
    file = None if faults.problems() else _file_of(config)
    body = _read(file, _key(files, locks, config)) if file else None
    return Loaded(config, RuleIndex.thawed(body), files, locks, taken_up=True) if body is not None else None


def _file_of(config: Config) -> Path | None:
    """Return the file in which rules are kept: beside the database, if that is one of SQLite."""
    database = file_of(config.service.database.get_secret_value())
    return database.with_name(f"{database.name}.rules") if database else None


def _locks(files: Sequence[File]) -> Sequence[str]:
    """Return what the locks beside the files say; what cannot be read is a fault, noted by who reads them for use."""
    try:
        return [lock.read_text(encoding="utf-8", errors="surrogateescape") for lock in locks_beside(files)]
    except OSError:
        return []


def _key(files: Sequence[File], locks: Sequence[str], config: Config) -> bytes:
    """Return the hash of all that rules are made of: their files, who is told by default, the program itself."""
    digest = sha256(_program())
    parts = [part for file in files for part in (file.name, file.text)]
    for part in (*parts, *locks, *config.service.notify):
        digest.update(sha256(part.encode("utf-8", "surrogatepass")).digest())
    return digest.digest()


@lru_cache(maxsize=1)
def _program() -> bytes:
    """Return the hash of this program's files, and of what else the form of kept rules rests on."""
    digest = sha256(f"{sys.version} {regex.__version__}".encode())
    for file in sorted(_files_of_the_program()):
        digest.update(sha256(file.read_bytes()).digest())
    return digest.digest()


def _files_of_the_program() -> Iterator[Path]:
    return (file for file in Path(__file__).parent.rglob("*") if file.suffix in {".py", ".txt", ".gz", ".tsv"})


def _read(path: Path, key: bytes) -> bytes | None:
    """Return what is kept under a key, if it is whole and only we can have written it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        there = os.fstat(descriptor)
        if there.st_uid != os.getuid() or there.st_mode & (stat.S_IWGRP | stat.S_IWOTH) or file.read(_DIGEST) != key:
            return None
        digest, body = file.read(_DIGEST), file.read()
    return body if sha256(body).digest() == digest else None


def _can_be_cut(file: File) -> bool:
    """Tell whether a file says the same without its rules as it does besides them."""
    rest = {name: value for name, value in file.sections.items() if name != "rules"}
    try:
        return read_yaml(file.name, without_rules(file.text)) == rest
    except ConfigError:
        return False
