"""Ledgers: what a server saw and said, a line of JSON each, on disk before the next; and its words to the harness."""

import json
import os
import sys
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class Ledger:
    """Appends rows to a file."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)

    def write(self, row: Row) -> None:
        """Append a row; it is on disk when this returns."""
        self._file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Write no more."""
        self._file.close()


def tell(said: object) -> None:
    """Tell the harness something: a line of JSON on standard output."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def rows(path: Path) -> list[Row]:
    """Return the rows of a ledger, of one that is being written those that are whole."""
    whole, _, _ = path.read_bytes().rpartition(b"\n") if path.exists() else (b"", b"", b"")
    return [json.loads(line) for line in whole.splitlines()]
