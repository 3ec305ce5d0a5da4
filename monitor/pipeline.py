"""The one story that the shell tells: a source is polled, what it brings is matched and decided, alerts are sent.

    poll     fetch ─▶ parse ─▶ identify ─▶ match ─▶ cluster ─▶ decide ─▶ compose ─▶ one transaction
    deliver  lease ─▶ send ─▶ settle

Each step is idempotent: killed anywhere and begun again, it comes to the same.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Literal

from monitor.cluster.alone import story_of
from monitor.compose.message import addressed, fired, notice
from monitor.decide.alerts import decide
from monitor.decide.polls import after_failure, after_success, ask_whole
from monitor.decide.retries import next_try
from monitor.errors import DocumentError
from monitor.match.rule import Rule, match_rules
from monitor.model import (
    Decision,
    Delivery,
    Evidence,
    FileSeen,
    Message,
    Polled,
    RuleName,
    Seen,
    Source,
    SourceState,
)
from monitor.parse.identity import Identified, identify
from monitor.parse.reading import Reading
from monitor.ports import (
    Deferred,
    Fetched,
    Fetcher,
    FetchFailed,
    Gone,
    NotModified,
    Outcome,
    Parser,
    Refused,
    Sender,
    Sent,
    Store,
)

LEASE = timedelta(minutes=2)
"""How long a delivery is nobody else's while it is sent; longer than any sender may take."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What the pipeline works with: the ports, the rules, who hears of the service itself, the clock, chance."""

    store: Store
    fetcher: Fetcher
    parser: Parser
    sender: Sender
    rules: tuple[Rule, ...]
    operators: tuple[str, ...]
    clock: Callable[[], datetime]
    chance: Random


@dataclass(frozen=True, slots=True)
class Report:
    """What a poll came to: for the log and the metrics; `flaw` and `error` hold no secret."""

    source: str
    status: Literal["polled", "unchanged", "failed"]
    items: int = 0
    new: int = 0
    changed: int = 0
    matches: int = 0
    alerts: int = 0
    flaw: str | None = None
    error: str | None = None


async def poll(source: Source, outside: Outside) -> Report:
    """Poll a source once, and keep what it brought; never raises for what the other side does."""
    state = _about(source, await outside.store.state(source.id))
    if source.url is None:
        return await _poll_folder(source, state, outside)
    whole = ask_whole(state, outside.clock())
    answer = await outside.fetcher.fetch(source, state, whole=whole)
    match answer:
        case FetchFailed():
            return await _failed(source, state, outside, answer)
        case NotModified():
            etag, modified = answer.etag or state.etag, answer.last_modified or state.last_modified
            return await _unchanged(source, replace(state, etag=etag, last_modified=modified), outside)
        case Fetched():
            return await _take_answer(source, _asked(state, answer, outside.clock(), whole=whole), answer, outside)


def _about(source: Source, state: SourceState) -> SourceState:
    """Return a state that is about where the source is now: validators of another address mean nothing."""
    address = _digest((source.url or source.path or "").encode())
    if state.address == address:
        return state
    kept = replace(state, address=address, etag=None, last_modified=None, asked_whole=None, body=None)
    return replace(kept, moved_to=None, moves=0)


def _asked(state: SourceState, answer: Fetched, now: datetime, *, whole: bool) -> SourceState:
    moves = state.moves + 1 if answer.moved_to and answer.moved_to == state.moved_to else int(bool(answer.moved_to))
    asked = now if whole else state.asked_whole
    return replace(state, asked_whole=asked, moved_to=answer.moved_to, moves=moves)


async def _take_answer(source: Source, state: SourceState, answer: Fetched, outside: Outside) -> Report:
    """Take a document in; validators and body's hash are kept only of one that was read clean and whole."""
    digest = _digest(answer.document.body)
    validated = replace(state, etag=answer.etag, last_modified=answer.last_modified, body=digest)
    if digest == state.body:
        return await _unchanged(source, validated, outside)
    try:
        reading = await outside.parser.read(answer.document)
    except DocumentError as error:
        return await _failed(source, state, outside, FetchFailed(str(error)))
    if reading.flaw:
        validated = replace(state, etag=None, last_modified=None, body=None)
    return await _take(source, validated, reading, outside)


async def _poll_folder(source: Source, state: SourceState, outside: Outside) -> Report:
    """Take in every file of a folder that is new or changed, each in a transaction of its own."""
    total = Report(source.id, "unchanged")
    async for file, document in outside.fetcher.folder(source, await outside.store.files(source.id)):
        try:
            reading = await outside.parser.read(document)
        except DocumentError as error:
            reading = Reading((), flaw=f"{file.path}: {error}")
        report = await _take(source, state, reading, outside, file=file)
        total = replace(
            report,
            items=total.items + report.items,
            new=total.new + report.new,
            changed=total.changed + report.changed,
            matches=total.matches + report.matches,
            alerts=total.alerts + report.alerts,
            flaw=total.flaw or report.flaw,
        )
    if total.status == "unchanged":
        return await _unchanged(source, state, outside)
    return total


async def _take(
    source: Source, state: SourceState, reading: Reading, outside: Outside, file: FileSeen | None = None
) -> Report:
    """Match and decide what a document brought, and commit it all together."""
    found = identify(reading.items)
    fresh, known_again = await _novelties(source, found, outside)
    now = outside.clock()
    decided = await outside.store.decided([seen.item.id for seen in fresh])
    decisions: list[Decision] = []
    messages: list[Message] = []
    deliveries: list[Delivery] = []
    for seen in fresh:
        for match in match_rules(outside.rules, seen.item, now):
            if not match.matched or (seen.item.id, match.rule) in decided:
                continue
            decision = decide(match, source, first=not state.started, now=now)
            decisions.append(decision)
            if decision.alert:
                rule = next(rule for rule in outside.rules if rule.id == match.rule)
                message = _alert(rule, seen, decision, source)
                messages.append(message)
                deliveries += [addressed(message, channel) for channel in dict.fromkeys(rule.notify)]
        await asyncio.sleep(0)  # A slice: the loop has other things to do.
    new = sum(not seen.revision for seen in fresh)
    after = after_success(source, state, now, news=len(fresh), chance=outside.chance.random())
    await outside.store.commit(
        Polled(
            state=replace(after, started=True),
            seen=(*fresh, *known_again),
            decisions=tuple(decisions),
            alerts=tuple(messages),
            deliveries=tuple(deliveries),
            file=file,
        )
    )
    return Report(
        source.id,
        "polled",
        items=len(reading.items),
        new=new,
        changed=len(fresh) - new,
        matches=len(decisions),
        alerts=len(messages),
        flaw=reading.flaw,
    )


async def _novelties(source: Source, found: Sequence[Identified], outside: Outside) -> tuple[list[Seen], list[Seen]]:
    """Return what is new or changed, and what is known already but under a key that is new."""
    known = await outside.store.known(source.id, {key for one in found for key in one.keys})
    fresh, again = [], []
    for one in found:
        old = next((known[key] for key in one.keys if key in known), None)
        if old is None:
            fresh.append(Seen(one.item, one.keys, one.content))
        elif old.content != one.content:
            kind = "update" if one.item.kind == "new" else one.item.kind
            item = replace(one.item, id=old.item, kind=kind)
            fresh.append(Seen(item, one.keys, one.content, old.revision + 1))
        elif any(key not in known for key in one.keys):
            again.append(Seen(replace(one.item, id=old.item), one.keys, one.content, old.revision))
    return fresh, again


def _alert(rule: Rule, seen: Seen, decision: Decision, source: Source) -> Message:
    story = story_of(seen.item, source.publisher)
    named = RuleName(rule.id, rule.title, rule.level)
    return fired(named, story, (Evidence(seen.item, decision.spans),), decision.at)


async def _unchanged(source: Source, state: SourceState, outside: Outside) -> Report:
    now = outside.clock()
    await outside.store.save(after_success(source, state, now, news=0, chance=outside.chance.random()))
    return Report(source.id, "unchanged")


async def _failed(source: Source, state: SourceState, outside: Outside, failure: FetchFailed) -> Report:
    """Note an error; tell the operators when a source says that it is gone for good, the first time it does."""
    now = outside.clock()
    wait = max(failure.wait or timedelta(0), timedelta(days=1)) if failure.gone else failure.wait
    after = after_failure(source, state, now, reason=failure.reason, asked=wait, chance=outside.chance.random())
    await outside.store.save(after)
    if failure.gone and state.error != failure.reason:
        await tell(f"{source.id}: {failure.reason}; it is asked once a day from now on", outside)
    return Report(source.id, "failed", error=failure.reason)


async def tell(text: str, outside: Outside) -> None:
    """Queue a notice of the service's own for its operators' channels."""
    message = notice(text, outside.clock())
    await outside.store.queue([addressed(message, channel) for channel in dict.fromkeys(outside.operators)])


async def deliver(channel: str, outside: Outside, *, retry: bool) -> tuple[Delivery, Outcome] | None:
    """Send the next delivery of a channel that is due, and keep how it went; None if there is none."""
    now = outside.clock()
    token = f"{outside.chance.getrandbits(128):032x}"
    delivery = await outside.store.lease(channel, token, now, now + LEASE, retry=retry)
    if delivery is None:
        return None
    outcome = await outside.sender.send(delivery)
    await _settle(delivery, outcome, outside)
    return delivery, outcome


async def _settle(delivery: Delivery, outcome: Outcome, outside: Outside) -> None:
    store, now = outside.store, outside.clock()
    match outcome:
        case Sent():
            await store.sent(delivery, now, outcome.answer)
        case Gone():
            await tell(f"channel {delivery.channel} is disabled: {outcome.reason}", outside)
            await store.disable(delivery.channel, now, outcome.reason)
            await store.defer(delivery, now, outcome.reason)
        case Deferred() | Refused():
            again = next_try(delivery.attempts, delivery.created, now, outcome, outside.chance.random())
            if again is not None:
                await store.defer(delivery, again, outcome.reason)
            elif await store.bury(delivery, now, outcome.reason) and delivery.type != "monitor.notice":
                await tell(f"channel {delivery.channel}: {delivery.id} is a dead letter: {outcome.reason}", outside)


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()
