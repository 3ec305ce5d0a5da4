"""`monitor alerts …`, `monitor items search` and `monitor why`: what was read, decided and sent."""

import re
from datetime import datetime
from typing import Annotated

import typer

from monitor import app
from monitor.cli.asking import with_database
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, Most, counted, fail, moment, put, put_table, tell
from monitor.cluster.alone import story_of
from monitor.compose.message import addressed, fired
from monitor.match.rule import Rule, match_rule
from monitor.match.view import View
from monitor.model import Evidence, Item, RuleName
from monitor.parse.changes import Change, changes
from monitor.parse.wires.wire import write_wire
from monitor.records import Record, item_record, spans_record, write_record
from monitor.rules.publishers import publisher_of, publishers_of
from monitor.rules.report import near_miss
from monitor.settings import Config
from monitor.store.archive import (
    ArchivedDecision,
    ArchivedItem,
    Version,
    find_alert,
    find_decision,
    find_items,
    find_versions,
    latest_alerts,
    search_items,
)
from monitor.store.database import Database
from monitor.store.held import held_alerts, release

_BESIDE = 6
"""Words that are shown beside a change."""

HeldOf = Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="Of one source; default all.")]

alerts = typer.Typer(help="What fired.", no_args_is_help=True)
items = typer.Typer(help="What was read.", no_args_is_help=True)


@alerts.command("list")
def list_alerts(
    config: ConfigPath = CONFIG,
    rule: Annotated[str | None, typer.Option(help="Of one rule.")] = None,
    most: Most = 100,
    json: Json = False,
) -> None:
    """List alerts, newest first."""
    found = with_database(loaded(config), lambda database: latest_alerts(database, rule=rule, most=most))
    if json:
        for alert in found:
            put(write_record(alert.message))
        return
    rows = [(moment(alert.fired), alert.rule, _headline(alert.message), alert.id) for alert in found]
    put_table(("fired", "rule", "story", "alert"), rows)


@alerts.command()
def show(alert: Annotated[str, typer.Argument(help="Its id.")], config: ConfigPath = CONFIG) -> None:
    """Show an alert: the body of its webhook."""
    found = with_database(loaded(config), lambda database: find_alert(database, alert))
    if found is None:
        fail(1, f"there is no alert {alert}; `monitor alerts list` lists them")
    put(write_record(found.message))


@alerts.command()
def held(source: HeldOf = None, config: ConfigPath = CONFIG, json: Json = False) -> None:
    """List the alerts that were held back as a flood of old items, those to be told first first."""
    found = with_database(loaded(config), lambda database: held_alerts(database, source))
    if json:
        for one in found:
            put(write_record(_held_record(one)))
        return
    rows = [(moment(one.at), one.item.source, one.rule, _title(one.item), one.item.id) for one in found]
    put_table(("held", "source", "rule", "headline", "item"), rows)


@alerts.command("release")
def release_alerts(source: HeldOf = None, config: ConfigPath = CONFIG) -> None:
    """Let the alerts fire that were held back as a flood, and send them."""
    settings = loaded(config)
    released, left = with_database(settings, lambda database: _release(database, settings, source))
    known = {one.id for one in settings.sources}
    if source and source not in known and not (released or left):
        fail(1, f"there is no source {source}; there are: {', '.join(sorted(known)) or 'none'}")
    if left:
        tell(f"{counted(left, 'alert')} not released: the rule, or the item's text, is no longer there")
    tell(f"{counted(released, 'alert')} released")


@items.command("show")
def show_item(
    item: Annotated[str, typer.Argument(help="Its id or URL.")], config: ConfigPath = CONFIG, json: Json = False
) -> None:
    """Show an item and what it said before, with what changed from one version to the next."""
    settings = loaded(config)
    found = with_database(settings, lambda database: find_items(database, item, most=1))
    if not found:
        fail(1, f"there is no item {item} in the archive; `monitor items search` finds items by their words")
    kept = with_database(settings, lambda database: find_versions(database, found[0].id))
    if not kept:
        fail(1, f"the item {found[0].id} is known, but its text is no longer kept")
    told = [_version_record(one, before) for one, before in zip(kept, (None, *kept), strict=False)]
    if json:
        put(write_record({"item": item_record(kept[-1].item), "versions": told}))
        return
    put(write_wire(kept[-1].item), end="")
    for one, before in zip(kept, (None, *kept), strict=False):
        put(f"\n{_version_head(one, before)}")
        for change in changes(before.item, one.item) if before else ():
            put(f"  {change.field}: {_marked(change)}")


@items.command()
def search(
    query: Annotated[list[str], typer.Argument(help="Words that must all be there, in any case and accents.")],
    config: ConfigPath = CONFIG,
    most: Most = 100,
    json: Json = False,
) -> None:
    """Search the archive for items, newest first."""
    found = with_database(loaded(config), lambda database: search_items(database, " ".join(query), most=most))
    read = [(one, one.item) for one in found if one.item]
    if json:
        for one, item in read:
            put(write_record({**item_record(item), "first_seen": one.first_seen.isoformat()}))
        return
    rows = [(moment(one.first_seen), one.source, item.headline or "", one.id) for one, item in read]
    put_table(("seen", "source", "headline", "item"), rows)


def why(
    item: Annotated[str, typer.Argument(help="The id or URL of an item.")],
    rule: Annotated[str, typer.Argument(help="The id of a rule.")],
    config: ConfigPath = CONFIG,
    json: Json = False,
) -> None:
    """Say why an item did or did not become an alert of a rule: the one reason."""
    settings = loaded(config)
    decision = with_database(settings, lambda database: find_decision(database, item, rule))
    if decision is not None:
        told: Record = {"alert": decision.alert, "reason": decision.reason.name.lower(), "text": str(decision.reason)}
        told["spans"] = spans_record(decision.spans)
        return _answer(decision.item, rule, told, decision.at, json=json)
    found = with_database(settings, lambda database: find_items(database, item))
    if not found:
        fail(1, f"there is no item {item} in the archive; `monitor items search` finds items by their words")
    there = next((one for one in settings.rules if one.id == rule), None)
    if there is None:
        fail(1, f"there is no rule {rule}, and nothing was decided for one; `monitor rules list` lists them")
    seen = found[0]
    if seen.item is None:
        fail(1, f"the item {seen.id} is known, but its text is no longer kept; no rule {rule} had matched it")
    told = _undecided(there, _view(settings, seen, seen.item))
    return _answer(seen, rule, told, seen.first_seen, json=json)


def _undecided(rule: Rule, view: View) -> Record:
    """Return why nothing was decided of an item."""
    if match_rule(rule, view).matched:
        text = "the rule matches now, but did not when the item was read: it was written or changed later"
        return {"alert": False, "reason": "rule_is_newer", "text": text}
    missed = near_miss(rule, view) or "`monitor match --explain` shows every clause"
    return {"alert": False, "reason": "no_match", "text": f"the rule does not match; {missed}"}


def _view(settings: Config, seen: ArchivedItem, item: Item) -> View:
    """Return an item as it was looked at when it came."""
    source = next((one for one in settings.sources if one.id == seen.source), None)
    publisher = publisher_of(source) if source else seen.source
    language = (source.language if source else None) or settings.service.language
    return View(item, seen.first_seen, language, publisher, story_of(item, publisher))


def _answer(seen: ArchivedItem, rule: str, told: Record, at: datetime, *, json: bool) -> None:
    if json:
        put(write_record({"item": seen.id, "rule": rule, **told, "at": at.isoformat()}))
        return
    headline = seen.item.headline if seen.item else None
    fired = "an alert" if told["alert"] else "no alert"
    put(f"{seen.id} {headline or '(without a headline)'}\n{rule}: {fired}: {told['text']} ({moment(at)})")


async def _release(database: Database, settings: Config, source: str | None) -> tuple[int, int]:
    """Release what is held back; return how many alerts were, and how many could not be."""
    rules = {rule.id: rule for rule in settings.rules}
    publishers = publishers_of(settings)
    released = left = 0
    for decision in await held_alerts(database, source):
        rule, item = rules.get(decision.rule), decision.item.item
        if rule is None or item is None:
            left += 1
            continue
        story = story_of(item, publishers.get(decision.item.source, decision.item.source))
        name = RuleName(rule.id, rule.title, rule.level)
        alert = fired(name, story, (Evidence(item, decision.spans),), app.now())
        deliveries = [addressed(alert, channel) for channel in dict.fromkeys(rule.notify)]
        released += await release(database, decision, alert, deliveries)
    return released, left


def _held_record(one: ArchivedDecision) -> Record:
    named: Record = {"item": one.item.id, "source": one.item.source, "rule": one.rule, "headline": _title(one.item)}
    return {**named, "spans": spans_record(one.spans), "at": one.at.isoformat()}


def _title(seen: ArchivedItem) -> str:
    return (seen.item.headline if seen.item else None) or ""


def _version_record(one: Version, before: Version | None) -> Record:
    between = changes(before.item, one.item) if before else []
    return {
        "revision": one.revision,
        "seen": one.seen.isoformat(),
        "document": one.document,
        "changed": list(one.changed),
        "changes": [
            {
                "field": change.field,
                "before": change.before,
                "after": change.after,
                "words": [{"kind": piece.kind, "text": piece.text} for piece in change.pieces],
            }
            for change in between
        ],
    }


def _version_head(one: Version, before: Version | None) -> str:
    missing = one.revision - before.revision - 1 if before else 0
    gap = f" ({counted(missing, 'version')} before it not kept)" if missing > 0 else ""
    said = f": {', '.join(one.changed)}" if one.changed else ""
    return f"version {one.revision}, {moment(one.seen)}, from {one.document or '(not known)'}{said}{gap}"


def _marked(change: Change) -> str:
    """Return a change as `wdiff` writes it, line breaks as ¶: [-gone-] {+new+}; of what stayed, what is beside it."""
    pieces = change.pieces
    written = [
        {"gone": f"[-{piece.text}-]", "new": f"{{+{piece.text}+}}"}.get(piece.kind)
        or _beside(piece.text, first=index == 0, last=index == len(pieces) - 1)
        for index, piece in enumerate(pieces)
    ]
    return re.sub(r" *\n *", " ¶ ", " ".join(written))


def _beside(text: str, *, first: bool, last: bool) -> str:
    """Return a text that stayed, without what is far from a change."""
    words = text.split(" ")
    if len(words) <= 2 * _BESIDE + 1:
        return text
    before = [] if first else words[:_BESIDE]
    after = [] if last else words[-_BESIDE:]
    return " ".join([*before, "…", *after])


def _headline(message: Record) -> str:
    data = message.get("data")
    story = data.get("story") if isinstance(data, dict) else None
    return str(story.get("headline") or "") if isinstance(story, dict) else ""
