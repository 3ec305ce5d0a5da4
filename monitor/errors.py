"""Every exception, sorted by what the caller does next.

    MonitorError
    ├── ConfigError          show the problems; refuse the configuration, keep the last good one     (exit 2)
    └── DocumentError        this document gives no items: say so, go on with the others             (exit 1)
        ├── NotRecognized    its bytes are of no kind we read
        ├── Malformed        its kind is known, its contents are broken or refused
        └── ParserKilled     its parser took too much time or memory and was killed

Wrong arguments on the command line are Typer's own errors (exit 2); anything else is a bug.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class MonitorError(Exception):
    """What this program can foresee going wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong at one place of a configuration; lines and columns count from 1, 0 means the whole file."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """Return `file:line:column: message`, as compilers write it and editors read it."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ConfigError(MonitorError):
    """The configuration does not validate; `problems` holds every reason, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems; the message is all of them, a line each."""
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


class DocumentError(MonitorError):
    """A document could not be read into items."""


class NotRecognized(DocumentError):
    """The bytes are of no kind that we read; the message says what they look like."""


class Malformed(DocumentError):
    """The kind is known, but the contents are broken, empty or refused."""


class ParserKilled(DocumentError):
    """The parser exceeded its time or memory and was killed."""
