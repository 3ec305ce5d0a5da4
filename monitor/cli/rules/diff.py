"""`monitor rules diff`: what two versions of the rules would have alerted differently."""

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer

from monitor.cli.asking import database_url
from monitor.cli.output import Most, fail, put, tell
from monitor.cli.rules.past import AsFrom, Asked, Since, Until, look_at
from monitor.errors import ConfigError
from monitor.records import write_record
from monitor.rules import diff_pages
from monitor.rules.diff import Comparison, Version, read_version
from monitor.store.history import has_history

_A_VERSION = "A configuration: a path, or REV:PATH of a git repository, from its top (REV:./PATH from here)."
Format = Annotated[Literal["text", "json", "markdown"], typer.Option("--format", help="How to write it.")]


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=_A_VERSION)],
    after: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    documents: Annotated[list[str] | None, typer.Argument(metavar="[FILE]…", help="Instead of B's archive.")] = None,
    since: Since = "30d",  # type: ignore[assignment]  # Typer reads it
    until: Until = "0s",  # type: ignore[assignment]  # the same
    source: AsFrom = None,
    most: Most = 20,
    form: Format = "text",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 if they differ.")] = False,
) -> None:
    """Say what two versions of the rules have not alike, and which alerts only one of them would have sent."""
    earlier, later = _version(before), _version(after)
    comparison = Comparison(earlier, later, most, apart=bool(documents), start=None if documents else since)
    looked = None
    if documents or has_history(database_url(later.config)):
        looked = look_at(later.config, Asked(documents or [], since, until, source, comparison.reach), comparison.look)
    found = (
        comparison.diff(looked.items, None if documents else until, looked.began) if looked else comparison.diff(None)
    )
    zone = ZoneInfo(later.config.service.time_zone)
    if form == "json":
        for record in diff_pages.records(found):
            put(write_record(record))
    elif form == "markdown":
        put(diff_pages.markdown(found, zone), end="")
    else:
        for line in diff_pages.text(found, zone):
            put(line)
    tell(diff_pages.summary(found))
    if looked:
        looked.end()
    if exit_code and found.differences:
        raise typer.Exit(1)


def _version(name: str) -> Version:
    if ":" not in name or Path(name).exists():
        try:
            return read_version(name, Path(name))
        except ConfigError as error:
            fail(2, str(error))
    with TemporaryDirectory(prefix="monitor-") as folder, _checked_out(name, Path(folder)) as path:
        try:
            return read_version(name, path)
        except ConfigError as error:
            fail(2, str(error).replace(str(path), name))


@contextmanager
def _checked_out(name: str, folder: Path) -> Iterator[Path]:
    """Put what git has under a name into a folder, and give the path of that: a file, or a folder."""
    kind = _git("cat-file", "-t", name).decode().strip()
    if kind == "tree":
        with tarfile.open(fileobj=BytesIO(_git("archive", "--format=tar", name))) as archive:
            archive.extractall(folder, filter="data")
        yield folder
        return
    path = folder / Path(name.partition(":")[2]).name
    path.write_bytes(_git("cat-file", "blob", name))
    path.chmod(0o600)
    yield path


def _git(*words: str) -> bytes:
    try:
        return subprocess.run(["git", *words], capture_output=True, check=True).stdout  # noqa: S603, S607 - the user's own git
    except FileNotFoundError:
        fail(2, "git is not installed, so there are no versions to be had of it; give two paths")
    except subprocess.CalledProcessError as error:
        fail(2, f"{words[-1]}: {error.stderr.decode(errors='replace').strip()}")
