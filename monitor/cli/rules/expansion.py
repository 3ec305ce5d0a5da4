"""`monitor rules expand` and `monitor rules lock`: every spelling that rules listen to, and pinning them."""

from typing import Annotated

import typer

from monitor import __version__
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, counted, fail, put, put_table, tell
from monitor.cli.rules.chosen import chosen
from monitor.config_files import LOCK
from monitor.match.spelling.locked import write_lock
from monitor.records import write_record
from monitor.rules.expansion import Spelling, lock_of, spellings


def expand(
    names: Annotated[list[str] | None, typer.Argument(metavar="[RULE]…", help="Ids of rules; default all.")] = None,
    config: ConfigPath = CONFIG,
    json: Json = False,
) -> None:
    """Print every spelling that rules listen to because they name a place, somebody or a list."""
    found = [one for rule in chosen(loaded(config), names or []) for one in spellings(rule)]
    if json:
        for one in found:
            put(write_record(_record(one)))
    else:
        heads = ("rule", "clause", "spelling", "counts", "from")
        put_table(heads, ((one.rule, one.clause, one.spelling, one.counts, one.source) for one in found))


def lock(config: ConfigPath = CONFIG) -> None:
    """Pin every spelling in rules.lock beside the configuration, so that an upgrade changes none unseen."""
    settings = loaded(config, pinned=False)  # A lock that is broken is mended by writing it anew.
    made = lock_of(settings.rules, __version__)
    file = (config if config.is_dir() else config.parent) / LOCK
    text = write_lock(made)
    try:
        as_before = file.exists() and file.read_bytes() == text.encode()
        if not as_before:
            file.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(1, f"{file}: {error.strerror}")
    tell(f"{file}: {counted(len(made.expansions), 'name')}{', as before' if as_before else ''}")


def _record(one: Spelling) -> dict[str, object]:
    return {
        "rule": one.rule,
        "clause": one.clause,
        "spelling": one.spelling,
        "counts": one.counts,
        "from": one.source,
    }
