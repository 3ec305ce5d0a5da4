"""`monitor alerts …`, `monitor items search` and `monitor why`: what was read, decided and sent."""

from datetime import datetime
from typing import Annotated

import typer

from monitor.cli.asking import with_database
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, Most, fail, moment, put, put_table
from monitor.match.rule import match_rules
from monitor.records import Record, item_record, spans_record, write_record
from monitor.store.archive import ArchivedItem, find_alert, find_decision, find_items, latest_alerts, search_items

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
    rules = tuple(one for one in settings.rules if one.id == rule)
    if not rules:
        fail(1, f"there is no rule {rule}, and nothing was decided for one; `monitor rules list` lists them")
    seen = found[0]
    if seen.item is None:
        fail(1, f"the item {seen.id} is known, but its text is no longer kept; no rule {rule} had matched it")
    match = match_rules(rules, seen.item, seen.first_seen)[0]
    if match.matched:
        text = "the rule matches now, but did not when the item was read: it was written or changed later"
        return _answer(
            seen, rule, {"alert": False, "reason": "rule_is_newer", "text": text}, seen.first_seen, json=json
        )
    text = "the rule does not match; `monitor match --explain` shows every clause"
    return _answer(seen, rule, {"alert": False, "reason": "no_match", "text": text}, seen.first_seen, json=json)


def _answer(seen: ArchivedItem, rule: str, told: Record, at: datetime, *, json: bool) -> None:
    if json:
        put(write_record({"item": seen.id, "rule": rule, **told, "at": at.isoformat()}))
        return
    headline = seen.item.headline if seen.item else None
    fired = "an alert" if told["alert"] else "no alert"
    put(f"{seen.id} {headline or '(without a headline)'}\n{rule}: {fired}: {told['text']} ({moment(at)})")


def _headline(message: Record) -> str:
    data = message.get("data")
    story = data.get("story") if isinstance(data, dict) else None
    return str(story.get("headline") or "") if isinstance(story, dict) else ""
