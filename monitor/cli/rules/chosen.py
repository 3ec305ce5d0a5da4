"""The rules that the command line names."""

from collections.abc import Sequence

import typer

from monitor.match.rule import Rule
from monitor.settings import Config


def chosen(settings: Config, names: Sequence[str]) -> list[Rule]:
    """Return the rules of these ids, all if there are none; another id is wrong usage."""
    there = [rule.id for rule in settings.rules]
    if unknown := [name for name in names if name not in there]:
        msg = f"there is no rule {', '.join(unknown)}; there are: {', '.join(there) or 'none'}"
        raise typer.BadParameter(msg)
    return [rule for rule in settings.rules if not names or rule.id in names]
