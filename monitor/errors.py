"""Every exception, sorted by what the caller does next.

    MonitorError
    ├── ConfigError          show the problems; refuse the configuration, keep the last good one     (exit 2)
    ├── DocumentError        this document gives no items: say so, go on with the others             (exit 1)
    │   ├── NotRecognized    its bytes are of no kind we read
    │   ├── Malformed        its kind is known, its contents are broken or refused
    │   └── ParserKilled     its parser took too much time or memory and was killed
    ├── NoAnswer             the other side gave nothing to go on with; what was asked for stays due
    │   ├── Refused          we do not go there: a setting to mend, or an attack; trying again soon is no use
    │   ├── Unreachable      it did not answer, or broke off: back off and try again
    │   └── TooMuch          it answered more than anybody wants: back off, and show it as a fault of the other side
    ├── StoreUnavailable     the database cannot be used now: stop polling, say so, try again                (exit 1)
    └── StoreRefused         what is asked of the database must not be done as it stands: a person decides   (exit 2)
        ├── AlreadyRunning   another process runs on it
        └── WrongSchema      it was made by a newer program, or waits for `monitor db upgrade`

Wrong arguments on the command line are Typer's own errors (exit 2); anything else is a bug.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class MonitorError(Exception):
    """What this program can foresee going wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong at one place of a configuration; lines and columns count from 1."""

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


class NoAnswer(MonitorError):
    """No answer over the network, or none that is wanted.

    `place` is where we asked, as `scheme://host:port`, never with a path or query, which may be secrets; `reason` is
    one word of a fixed few, for metrics.
    """

    def __init__(self, place: str, reason: str, told: str) -> None:
        """Keep the place and the reason; the message is the place and what is told of it."""
        self.place = place
        self.reason = reason
        super().__init__(f"{place}: {told}")


class Refused(NoAnswer):
    """We do not go there: its address, scheme or spelling is not allowed."""


class Unreachable(NoAnswer):
    """It could not be reached, was too slow, or broke off in the middle."""


class TooMuch(NoAnswer):
    """What it answered exceeds a limit: in size, in headers, in redirects or in ways to pack it."""


class StoreUnavailable(MonitorError):
    """The database cannot be used now: locked for too long, a full or failing disk, read-only, moved away."""


class StoreRefused(MonitorError):
    """What is asked of the database must not be done as it stands; the message says what would be in the way."""


class AlreadyRunning(StoreRefused):
    """Another process runs on this database; the message names the lock's file and, where known, who holds it."""


class WrongSchema(StoreRefused):
    """The tables are not those of this program."""
