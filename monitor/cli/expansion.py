"""`monitor rules expand` and `monitor rules lock`: every spelling that rules listen to, and pinning them."""

from collections.abc import Sequence
from typing import Annotated

import typer

from monitor import __version__
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, counted, put, put_table, tell
from monitor.load import LOCK
from monitor.match.rule import Rule
from monitor.match.spelling.locked import write_lock
from monitor.records import write_record
from monitor.rules.expansion import Spelling, lock_of, spellings
from monitor.settings import Config


def expand(
    names: Annotated[list[str] | None, typer.Argument(metavar="[RULE]…", help="Ids of rules; default all.")] = None,
    config: ConfigPath = CONFIG,
    json: Json = False,
) -> None:
    """Print every spelling that rules listen to because they name a place, somebody or a list."""
    found = [one for rule in _chosen(loaded(config), names or []) for one in spellings(rule)]
    if json:
        for one in found:
            put(write_record(_record(one)))
    else:
        heads = ("rule", "clause", "spelling", "counts", "from")
        put_table(heads, ((one.rule, one.clause, one.spelling, one.counts, one.source) for one in found))


def lock(config: ConfigPath = CONFIG) -> None:
    """Pin every spelling in rules.lock beside the configuration, so that an upgrade changes none unseen."""
    settings = loaded(config)
    made = lock_of(settings.rules, __version__)
    file = (config if config.is_dir() else config.parent) / LOCK
    text = write_lock(made)
    if file.exists() and file.read_text(encoding="utf-8") == text:
        tell(f"{file}: {counted(len(made.expansions), 'name')}, as before")
        return
    file.write_text(text, encoding="utf-8")
    tell(f"{file}: {counted(len(made.expansions), 'name')}")


def _chosen(settings: Config, names: Sequence[str]) -> list[Rule]:
    there = [rule.id for rule in settings.rules]
    if unknown := [name for name in names if name not in there]:
        msg = f"there is no rule {', '.join(unknown)}; there are: {', '.join(there) or 'none'}"
        raise typer.BadParameter(msg)
    return [rule for rule in settings.rules if not names or rule.id in names]


def _record(one: Spelling) -> dict[str, object]:
    return {
        "rule": one.rule,
        "clause": one.clause,
        "spelling": one.spelling,
        "counts": one.counts,
        "from": one.source,
    }
