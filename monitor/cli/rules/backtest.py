"""`monitor rules backtest`: what rules would have alerted."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from monitor import app
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, Most, counted, put, tell
from monitor.cli.rules.past import AsFrom, Asked, Since, Until, look_at
from monitor.ports import Past
from monitor.records import write_record
from monitor.rules.backtest import Tally, replay_of
from monitor.rules.summary import tally_lines, tally_record, would_record
from monitor.rules.would import Would
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
    start = None if documents else since
    replay = replay_of(settings, [tally.rule for tally in tallies.values()], apart=bool(documents), start=start)

    def tell_of(found: Iterable[Would]) -> None:
        for would in found:
            tallies[would.rule.id].add(would, zone)
            if json and would.decision.alert:
                put(write_record({"type": "alert", **would_record(would)}))

    def take(past: Past) -> None:
        tell_of(replay.look(past))

    looked = look_at(settings, Asked(documents, since, until, source, replay.reach), take)
    tell_of(replay.end(None if documents else until, looked.began))
    began, ended = replay.first or app.now(), replay.last or app.now()
    if not documents:
        began, ended = since if looked.began or not replay.first else max(replay.first, since), until
    first, last = (moment.astimezone(zone).date() for moment in (began, ended))
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
