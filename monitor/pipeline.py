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
from monitor.compose.message import addressed, delivery_id, fired, notice
from monitor.decide.alerts import decide, oldest_first
from monitor.decide.polls import after_failure, after_redirects, after_success, ask_whole
from monitor.decide.retries import next_try
from monitor.errors import DocumentError, Malformed, NotRecognized, StoreUnavailable
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
from monitor.parse.identity import identify, recognize
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
"""How long a delivery is nobody else's while it is sent."""

LONGEST_SEND = timedelta(seconds=90)
"""What a sender may take on the clock, whatever it does; shorter than the lease."""

GONE_WAIT = timedelta(days=1)
"""A source that says that it is gone for good is asked as seldom as this: it may come back."""

LONGEST_COMPLETION = timedelta(seconds=60)
"""How long is waited for the articles of a document's new items; well within what a poll may take."""

MOST_COMPLETED = 100
"""Of more new items than this in one document, the articles of these only are asked for."""

_STORE_REST = 0.5


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
    """What a poll came to: for the log and the metrics; no text in it holds a secret.

    `flaw`: why a document was not clean and whole; `notice`: what the operators are told.
    """

    source: str
    status: Literal["polled", "unchanged", "failed", "paused"]
    items: int = 0
    new: int = 0
    changed: int = 0
    matches: int = 0
    alerts: int = 0
    flaw: str | None = None
    error: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """How it went to send a delivery; `notice`: what the operators are told."""

    delivery: Delivery
    outcome: Outcome
    notice: str | None = None


async def poll(source: Source, outside: Outside) -> Report:
    """Poll a source once, and keep what it brought; never raises for what the other side does."""
    state = _about(source, await outside.store.state(source.id))
    if state.paused:
        return Report(source.id, "paused")
    if source.url is None:
        return await _poll_folder(source, state, outside)
    whole = ask_whole(state, outside.clock())
    answer = await outside.fetcher.fetch(source, state, whole=whole)
    match answer:
        case FetchFailed():
            return await _failed(source, state, answer, outside)
        case NotModified():
            etag, modified = answer.etag or state.etag, answer.last_modified or state.last_modified
            asked = after_redirects(source, state, answer.moved_to, whole=whole)
            return await _unchanged(source, replace(asked, etag=etag, last_modified=modified), outside)
        case Fetched():
            return await _take_answer(source, state, answer, outside, whole=whole)


async def give_up(source: Source, reason: str, outside: Outside) -> Report:
    """Note that a poll ended in an error of ours, so that it is not begun again at once."""
    state = _about(source, await outside.store.state(source.id))
    return await _failed(source, state, FetchFailed(reason), outside)


def _about(source: Source, state: SourceState) -> SourceState:
    """Return a state that is about where the source is now: what was remembered of another place means nothing."""
    address = _digest((source.url or source.path or "").encode())
    if state.address == address:
        return state
    kept = replace(state, address=address, started=False, asked_whole=None, moved_to=None, moves=0)
    return replace(kept, etag=None, last_modified=None, body=None)


async def _take_answer(source: Source, state: SourceState, answer: Fetched, outside: Outside, *, whole: bool) -> Report:
    """Take a document in; validators and body's hash are kept only of one that was read clean and whole."""
    digest = _digest(answer.document.body)
    taken = after_redirects(source, state, answer.moved_to, whole=whole)
    taken = replace(taken, asked_whole=outside.clock() if whole else state.asked_whole)
    validated = replace(taken, etag=answer.etag, last_modified=answer.last_modified, body=digest)
    if digest == state.body:
        return await _unchanged(source, validated, outside)
    try:
        reading = await outside.parser.read(answer.document)
    except DocumentError as error:
        return await _failed(source, state, FetchFailed(str(error)), outside)
    if reading.flaw:
        validated = replace(taken, etag=None, last_modified=None, body=None)
    return await _take(source, validated, reading, outside)


async def _poll_folder(source: Source, state: SourceState, outside: Outside) -> Report:
    """Take in every file of a folder that is new or changed, each in a transaction of its own.

    A file that cannot be read for what is in it is not looked at again before it changes; one whose parser was killed
    or could not be started is, for that may have been the machine's fault.
    """
    total = Report(source.id, "unchanged")
    try:
        async for file, document in outside.fetcher.folder(source, await outside.store.files(source.id)):
            try:
                reading = await outside.parser.read(document)
            except (NotRecognized, Malformed) as error:
                reading = Reading((), flaw=f"{file.path}: {error}")
            except DocumentError as error:
                total = replace(total, error=total.error or str(error))
                continue
            total = _added(total, await _take(source, state, reading, outside, file=file))
            state = replace(state, started=True)
    except OSError as error:
        total = replace(total, error=f"{error.filename or source.path}: {error.strerror}")
    if total.error:
        await _failed(source, state, FetchFailed(total.error), outside)
        return replace(total, status="failed")
    return total if total.status == "polled" else await _unchanged(source, state, outside)


def _added(total: Report, report: Report) -> Report:
    return replace(
        report,
        items=total.items + report.items,
        new=total.new + report.new,
        changed=total.changed + report.changed,
        matches=total.matches + report.matches,
        alerts=total.alerts + report.alerts,
        flaw=total.flaw or report.flaw,
        error=total.error,
    )


async def _take(
    source: Source, state: SourceState, reading: Reading, outside: Outside, file: FileSeen | None = None
) -> Report:
    """Match and decide what a document brought, and commit it all together."""
    found = await asyncio.to_thread(identify, reading.items)  # Of thousands it takes tenths of a second.
    known = await outside.store.known(source.id, {key for one in found for key in one.keys})
    fresh, again = recognize(found, known)
    # A source that was given another address begins anew, unless the same items are there.
    first = not state.started and not (state.succeeded and known)
    held_back = first and source.url is not None and source.backfill == timedelta(0)
    if source.full_text and not held_back:
        fresh = await _completed(source, fresh, outside)
    now = outside.clock()
    decisions, alerts = await _decide(source, oldest_first(fresh), outside, first=first, now=now)
    new = sum(not seen.revision for seen in fresh)
    after = after_success(source, state, now, news=len(fresh), chance=outside.chance.random())
    await outside.store.commit(
        Polled(
            state=replace(after, started=True),
            seen=(*fresh, *again),
            decisions=tuple(decisions),
            alerts=tuple(message for _, message in alerts),
            deliveries=tuple(
                addressed(message, name) for rule, message in alerts for name in dict.fromkeys(rule.notify)
            ),
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
        alerts=len(alerts),
        flaw=reading.flaw,
    )


async def _completed(source: Source, fresh: Sequence[Seen], outside: Outside) -> list[Seen]:
    """Return new and changed items with their articles' text, as far as it comes in time; the rest as they were.

    What is known of them stays that of the document: the same entry is the same item at the next poll.
    """
    asked = [asyncio.create_task(outside.fetcher.complete(seen.item, source)) for seen in fresh[:MOST_COMPLETED]]
    if asked:
        _, late = await asyncio.wait(asked, timeout=LONGEST_COMPLETION.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    came = [task.result() if not task.cancelled() else seen.item for task, seen in zip(asked, fresh, strict=False)]
    return [replace(seen, item=item) for seen, item in zip(fresh, came, strict=False)] + list(fresh[len(came) :])


async def _decide(
    source: Source, fresh: Sequence[Seen], outside: Outside, *, first: bool, now: datetime
) -> tuple[list[Decision], list[tuple[Rule, Message]]]:
    """Return what the rules and we made of new and changed items, each (item, rule) once, and the alerts."""
    before = await outside.store.decided([seen.item.id for seen in fresh])
    decisions: list[Decision] = []
    alerts: list[tuple[Rule, Message]] = []
    for seen in fresh:
        for rule, match in zip(outside.rules, match_rules(outside.rules, seen.item, now), strict=True):
            if not match.matched or (seen.item.id, rule.id) in before:
                continue
            decision = decide(match, source, first=first, now=now)
            decisions.append(decision)
            if decision.alert:
                named = RuleName(rule.id, rule.title, rule.level)
                evidence = (Evidence(seen.item, decision.spans),)
                alerts.append((rule, fired(named, story_of(seen.item, source.publisher), evidence, now)))
        await asyncio.sleep(0)  # A slice: the loop has other things to do.
    return decisions, alerts


async def _unchanged(source: Source, state: SourceState, outside: Outside) -> Report:
    now = outside.clock()
    await outside.store.save(after_success(source, state, now, news=0, chance=outside.chance.random()))
    return Report(source.id, "unchanged")


async def _failed(source: Source, state: SourceState, failure: FetchFailed, outside: Outside) -> Report:
    """Note an error; tell the operators when a source says that it is gone for good, the first time it does."""
    now = outside.clock()
    wait = max(failure.wait or GONE_WAIT, GONE_WAIT) if failure.gone else failure.wait
    after = after_failure(source, state, now, reason=failure.reason, asked=wait, chance=outside.chance.random())
    told = None
    if failure.gone and state.error != failure.reason:
        told = f"{source.id}: {failure.reason}; it is asked once a day from now on"
    await outside.store.commit(Polled(after, deliveries=_notices(told, source.id, outside) if told else ()))
    return Report(source.id, "failed", error=failure.reason, notice=told)


def _notices(text: str, cause: str, outside: Outside) -> tuple[Delivery, ...]:
    """Return a notice to the operators; who tells of the same cause again within the hour, tells it once."""
    now = outside.clock()
    message = notice(text, now)
    about = _digest(f"{cause} {now:%Y-%m-%dT%H}".encode())[:32]
    return tuple(
        replace(addressed(message, channel), id=delivery_id("", channel, about, 0), alert=about)
        for channel in dict.fromkeys(outside.operators)
    )


async def deliver(channel: str, outside: Outside, *, retry: bool) -> Attempt | None:
    """Send the next delivery of a channel that is due, and keep how it went; None if there is none.

    Once it was sent, this lasts until the store has taken that in: what is not noted is sent again.
    """
    now = outside.clock()
    token = f"{outside.chance.getrandbits(128):032x}"
    delivery = await outside.store.lease(channel, token, now, now + LEASE, retry=retry)
    if delivery is None:
        return None
    outcome: Outcome
    try:
        async with asyncio.timeout(LONGEST_SEND.total_seconds()):
            outcome = await outside.sender.send(delivery)
    except TimeoutError:
        outcome = Deferred(f"not done within {LONGEST_SEND.total_seconds():g} s")
    while True:
        try:
            return Attempt(delivery, outcome, await _settle(delivery, outcome, outside))
        except StoreUnavailable:
            await asyncio.sleep(_STORE_REST)


async def _settle(delivery: Delivery, outcome: Outcome, outside: Outside) -> str | None:
    """Keep how it went; return what the operators are told, which is kept first: it bears being kept again."""
    store, now = outside.store, outside.clock()
    told = None
    match outcome:
        case Sent():
            await store.sent(delivery, now, outcome.answer)
        case Gone():
            told = f"channel {delivery.channel} is disabled: {outcome.reason}"
            await store.queue(_notices(told, f"channel {delivery.channel}", outside))
            await store.disable(delivery.channel, now, outcome.reason)
            await store.defer(delivery, now, outcome.reason)
        case Deferred() | Refused():
            first = delivery.tried or delivery.created
            again = next_try(delivery.attempts, first, now, outcome, outside.chance.random())
            if again is not None:
                await store.defer(delivery, again, outcome.reason)
                return None
            if delivery.type != "monitor.notice":
                told = f"channel {delivery.channel}: {delivery.id} is a dead letter: {outcome.reason}"
                await store.queue(_notices(told, f"dead letters of {delivery.channel}", outside))
            await store.bury(delivery, now, outcome.reason)
    return told


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()
