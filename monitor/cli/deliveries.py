"""`monitor deliveries …` and `monitor channels …`: what waits, what is dead, and what answers."""

import asyncio
from functools import partial
from typing import Annotated

import typer

from monitor import app
from monitor.cli.asking import with_database
from monitor.cli.configured import CONFIG, ConfigPath, loaded
from monitor.cli.output import Json, Most, counted, fail, moment, put, put_table, tell
from monitor.ports import Sent
from monitor.records import write_record
from monitor.store.admin import DeliveryState, Post, channel_states, enable, posts, replay

deliveries = typer.Typer(help="The outbox, and the dead letters.", no_args_is_help=True)
channels = typer.Typer(help="The channels, and whether they answer.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="ID", help="The id of a channel.")]


@deliveries.command("list")
def list_deliveries(
    config: ConfigPath = CONFIG,
    dead: Annotated[bool, typer.Option("--dead", help="Dead letters only.")] = False,
    channel: Annotated[str | None, typer.Option(help="Of one channel.")] = None,
    most: Most = 100,
    json: Json = False,
) -> None:
    """List deliveries, newest first."""
    state: DeliveryState | None = "dead" if dead else None
    found = with_database(loaded(config), lambda database: posts(database, state=state, channel=channel, most=most))
    if json:
        for post in found:
            put(write_record(_record(post)))
        return
    rows = [
        (moment(post.created), post.channel, post.state, str(post.attempts), post.rule, post.answer or "", post.id)
        for post in found
    ]
    put_table(("created", "channel", "state", "attempts", "rule", "answer", "delivery"), rows)


@deliveries.command("replay")
def replay_deliveries(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="Dead letters; default all.")] = None,
    config: ConfigPath = CONFIG,
) -> None:
    """Send dead letters again, under their own ids."""
    count = with_database(loaded(config), lambda database: replay(database, app.now(), ids))
    if ids and count < len(set(ids)):
        fail(1, f"{count} of {counted(len(set(ids)), 'delivery')} waits again: the others are no dead letters")
    tell(f"{counted(count, 'dead letter')} waiting again")


@channels.command("list")
def list_channels(config: ConfigPath = CONFIG, json: Json = False) -> None:
    """List the channels, with what waits for them."""
    settings = loaded(config)
    states = {state.id: state for state in with_database(settings, channel_states)}
    rows = []
    for channel in settings.channels:
        state = states.get(channel.id)
        waiting, dead = (state.waiting, state.dead) if state else (0, 0)
        fault = f"disabled since {moment(state.disabled)}: {state.reason}" if state and state.disabled else ""
        if json:
            shown = {
                "id": channel.id,
                "kind": channel.kind,
                "waiting": waiting,
                "dead": dead,
                "disabled": fault or None,
            }
            put(write_record(shown))
        rows.append((channel.id, channel.kind, str(waiting), str(dead), fault))
    if not json:
        put_table(("channel", "kind", "waiting", "dead", "disabled"), rows)


@channels.command("enable")
def enable_channel(name: Name, config: ConfigPath = CONFIG) -> None:
    """Send again through a channel that had been disabled."""
    if not with_database(loaded(config), lambda database: enable(database, name)):
        fail(1, f"the channel {name} is not disabled; `monitor channels list` lists them")
    tell(f"{name} is enabled; what waited for it is sent first")


@channels.command("test")
def test_channel(name: Name, config: ConfigPath = CONFIG) -> None:
    """Send a message that is marked as a test, and print what the other side answered."""
    settings = loaded(config)
    if name not in {channel.id for channel in settings.channels}:
        there = ", ".join(channel.id for channel in settings.channels) or "none"
        fail(2, f"there is no channel {name}; there are: {there}")
    outcome = asyncio.run(app.send_test(settings, name, write=partial(put, end="")))
    if not isinstance(outcome, Sent):
        fail(1, f"{name}: {type(outcome).__name__.lower()}: {outcome.reason}")
    tell(f"{name}: sent: {outcome.answer}")


def _record(post: Post) -> dict[str, object]:
    return {
        "id": post.id,
        "channel": post.channel,
        "rule": post.rule,
        "alert": post.alert,
        "type": post.type,
        "state": post.state,
        "attempts": post.attempts,
        "created": post.created.isoformat(),
        "next_try": post.next_try.isoformat() if post.state == "waiting" else None,
        "settled": post.settled.isoformat() if post.settled else None,
        "answer": post.answer,
    }
