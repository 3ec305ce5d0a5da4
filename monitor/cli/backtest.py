"""`monitor rules backtest`: what rules would have alerted."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from monitor import app
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, Most, counted, put, tell
from monitor.cli.past import AsFrom, Asked, Since, Until, look_at
from monitor.ports import Past
from monitor.records import write_record
from monitor.rules.backtest import Tally, replay_of
from monitor.rules.summary import tally_lines, tally_record, would_record
from monitor.settings import Config

Words = Annotated[
    list[str] | None, typer.Argument(metavar="[RULE]… [FILE]…", help="Ids of rules, default all; documents.")
]


def backtest(
    words: Words = None,
    config: ConfigPath = CONFIG,
    since: Since = "30d",  # type: ignore[assignment]  # Typer reads it
    until: Until = "0s",  # type: ignore[assignment]  # the same
    source: AsFrom = None,
    most: Most = 20,
    json: Json = False,
) -> None:
    """Say what rules would have alerted over the archive, or over documents.

    The archive is that of `service.database`, and only read. Documents count as of the day of their dates.
    """
    settings = loaded(config)
    rules, documents = told_apart(settings, words or [])
    zone = ZoneInfo(settings.service.time_zone)
    tallies = {rule.id: Tally(rule, most) for rule in settings.rules if not rules or rule.id in rules}
    replay = replay_of(settings, [tally.rule for tally in tallies.values()], apart=bool(documents))
    days: list[datetime] = [] if documents else [since, until]

    def take(past: Past) -> None:
        if documents:
            days[:] = [min([*days, past.at]), max([*days, past.at])]
        for would in replay.look(past):
            tallies[would.rule.id].add(would, zone)
            if json and would.decision.alert:
                put(write_record({"type": "alert", **would_record(would)}))

    looked = look_at(settings, Asked(documents, since, until, source), take)
    first, last = (moment.astimezone(zone).date() for moment in days or [app.now()] * 2)
    for tally in tallies.values():
        if json:
            put(write_record({"type": "rule", **tally_record(tally, first, last)}))
        else:
            put("\n".join(tally_lines(tally, first, last, zone)))
    alerts = sum(tally.alerts for tally in tallies.values())
    tell(f"{counted(looked.items, 'item')}, {counted(len(tallies), 'rule')}: {counted(alerts, 'alert')}")
    looked.end()


def told_apart(settings: Config, words: Sequence[str]) -> tuple[set[str], list[str]]:
    """Return which words are ids of rules and which name documents; neither is wrong usage."""
    ids = {rule.id for rule in settings.rules}
    documents = [word for word in words if word not in ids]
    if unknown := [word for word in documents if not Path(word).exists()]:
        there = ", ".join(sorted(ids)) or "none"
        msg = f"{', '.join(unknown)}: neither a file nor a rule; there are the rules {there}"
        raise typer.BadParameter(msg)
    return ids.intersection(words), documents
