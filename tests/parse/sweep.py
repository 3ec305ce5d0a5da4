"""`python -m tests.parse.sweep [FOLDER…]`: every file of other people's material, read; what came of it, by folder.

A document may be read, or be refused with its reason: a crash, and more time than a worker gives, are defects. A
reading without items, flaw or error is right for a feed without entries only. The others are listed.
"""

import gzip
import signal
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import regex

from monitor.errors import DocumentError
from monitor.model import Document
from monitor.parse.detect import read_document
from monitor.parse.sniff import as_markup

CORPORA = Path(__file__).parents[2] / ".." / "shared" / "corpora"
SECONDS = 2.0
"""CPU time that a worker gives a document."""

_COMMENT = regex.compile(r"<!--.*?-->", regex.DOTALL)
_ENTRY = regex.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>/]|<url>\s*<loc", regex.IGNORECASE)
_GZIP = b"\x1f\x8b"
_DATA = regex.compile(r"“.*”|<[^>]*>|'[^']*'|\d[\d,.]*|: .*")
"""What is of one document in a reason, not of its kind."""

DEFECTS = frozenset({"crash", "over time"})

Found = tuple[str, str, Path]
"""What came of a file: `read`, `read with a flaw`, `refused`, `silent`, `crash` or `over time`; and why."""


class OverTime(BaseException):
    """Passes through parsers that swallow every Exception."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise OverTime

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def files(*folders: str) -> Iterator[Path]:
    """Yield all files of these folders, or of all."""
    for folder in sorted(CORPORA.iterdir()):
        if not folders or folder.name in folders:
            yield from sorted(path for path in folder.glob("*/**/*") if path.is_file())


def body_of(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if body.startswith(_GZIP) else body


def has_entries(path: Path) -> bool:
    """Tell whether an element of a file looks like an entry, its comments aside: then nothing is no right answer."""
    return _ENTRY.search(_COMMENT.sub("", as_markup(body_of(path)))) is not None


def read_one(path: Path) -> tuple[str, str]:
    """Return what comes of a file, and the reason in general words."""
    body = body_of(path)
    try:
        with within(SECONDS), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reading = read_document(Document(path.name, body, url="https://example.org/feed.xml"))
    except DocumentError as error:
        return "refused", f"{type(error).__name__}: {_DATA.sub('…', str(error))[:70]}"
    except OverTime:
        return "over time", f"more than {SECONDS:g} s"
    except Exception as error:  # noqa: BLE001 - what is looked for
        return "crash", f"{type(error).__name__}: {error}"
    if reading.flaw:
        return "read with a flaw", _DATA.sub("…", reading.flaw)[:70]
    return ("read", "") if reading.items else ("silent", "")


def sweep(paths: Iterable[Path]) -> list[Found]:
    """Return what came of each file."""
    return [(*read_one(path), path) for path in paths]


def main(*folders: str) -> int:
    """Print the tables; return how many crashed or took too long."""
    found = sweep(files(*folders))
    outcomes = ("read", "read with a flaw", "refused", "silent", "crash", "over time")
    table = Counter((path.relative_to(CORPORA).parts[0], outcome) for outcome, _, path in found)
    sys.stdout.write(f"{'':20}" + "".join(f"{outcome:>18}" for outcome in outcomes) + "\n")
    for folder in [*sorted({folder for folder, _ in table}), "all"]:
        counts = (
            sum(n for (f, o), n in table.items() if o == outcome and folder in {f, "all"}) for outcome in outcomes
        )
        sys.stdout.write(f"{folder:20}" + "".join(f"{count:18,}" for count in counts) + "\n")
    for (outcome, reason), count in Counter((outcome, reason) for outcome, reason, _ in found if reason).most_common():
        sys.stdout.write(f"{count:6,} {outcome}: {reason}\n")
    for outcome, reason, path in found:
        if outcome in DEFECTS or (outcome == "silent" and has_entries(path)):
            sys.stdout.write(f"{outcome} {reason} {path.relative_to(CORPORA)}\n")
    return sum(outcome in DEFECTS for outcome, _, _ in found)


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
