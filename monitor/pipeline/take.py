"""What a document brought is taken in: completed, matched, decided, and committed all together."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.cluster.alone import story_of
from monitor.compose.message import addressed, fired, told
from monitor.decide.alerts import decide, is_withdrawn, oldest_first, was_there
from monitor.decide.floods import flood, what_happened
from monitor.decide.polls import after_success
from monitor.match.asking import asks_for_kind
from monitor.match.possible import may_match
from monitor.match.rule import Rule
from monitor.match.view import View
from monitor.model import (
    Decision,
    Delivery,
    Evidence,
    Item,
    Match,
    Message,
    Polled,
    RuleName,
    Seen,
    Source,
    SourceState,
)
from monitor.parse.changes import compared
from monitor.parse.identity import Brought, recognize
from monitor.pipeline.counting import Counter
from monitor.pipeline.outside import Outside
from monitor.pipeline.report import Report
from monitor.reasons import GIVES_WAY

LONGEST_COMPLETION = timedelta(seconds=60)
"""How long is waited for the articles of a document's new items; well within what a poll may take."""

MOST_COMPLETED = 100
"""Of more new items than this in one document, the articles of these only are asked for."""


@dataclass(slots=True)
class _Decided:
    """What was made of a document's items: each (item, rule) once, and the alerts with the rules that they are of."""

    decisions: list[Decision] = field(default_factory=list)
    alerts: list[tuple[Rule, Message]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Matched:
    """An item that rules matched; `unasked`: it was withdrawn before anybody was told of it."""

    item: Item
    matches: Sequence[Match]
    unasked: bool


async def take(source: Source, state: SourceState, brought: Brought, outside: Outside) -> Report:
    """Match and decide what a document brought, and commit it all together."""
    first = brought.first
    fresh, again = recognize(brought.found, brought.known)
    watched = source.url is not None and not first
    held = flood(fresh, brought.total, state.succeeded, known_before=brought.before) if watched else frozenset()
    missed = watched and brought.apart and not held
    if source.full_text and not (first and source.url is not None and source.backfill == timedelta(0)):
        fresh = await _completed(source, fresh, held, outside)
    before = await outside.store.archived([seen.item.id for seen in fresh if seen.revision])
    fresh = compared(_unseen_as_new(fresh, brought, before), before)
    now = outside.clock()
    matched = await _matched(source, oldest_first(fresh), before, outside, now)
    counts = any(outside.rules[match.rule].over_time for one in matched for match in one.matches)
    async with outside.turn if counts else nullcontext():
        counter = Counter(outside, now)
        decided = await _decide(source, matched, held, counter, first=first)
        notice = what_happened(source.id, held, brought.total, decided.decisions) if held else None
        after = after_success(source, state, now, news=len(fresh), missed=missed, chance=outside.chance.random())
        polled = _polled(source, replace(after, started=True), brought, (*fresh, *again), now)
        notices = told(notice, f"flood of {source.id}", now, outside.operators) if notice else ()
        await outside.store.commit(
            replace(
                polled,
                decisions=tuple(decided.decisions),
                alerts=tuple(message for _, message in decided.alerts),
                deliveries=(*(each for alert in decided.alerts for each in to_all(*alert)), *notices),
                occurrences=tuple(counter.occurrences),
                firings=tuple(counter.firings),
            )
        )
    new = sum(not seen.revision for seen in fresh)
    return Report(
        source.id,
        "polled",
        items=brought.total,
        new=new,
        changed=len(fresh) - new,
        matches=len(decided.decisions),
        alerts=len(decided.alerts),
        held=len(held),
        first=first,
        missed=missed,
        flaw=brought.reading.flaw,
        notice=notice,
    )


def to_all(rule: Rule, message: Message) -> list[Delivery]:
    """Return the deliveries of a rule's message, one for each channel that it tells."""
    return [addressed(message, channel) for channel in dict.fromkeys(rule.notify)]


def _polled(source: Source, state: SourceState, brought: Brought, seen: tuple[Seen, ...], now: datetime) -> Polled:
    """Return what a document brought, but for what was decided of it.

    A file with items that must not be published yet is not noted as read, as it need not change for that to be over.
    """
    reading, file = brought.reading, brought.file
    clean = source.url is not None and not reading.flaw
    whole = clean and brought.whole
    embargoed = reading.flaw is not None and any(item.pubstatus == "withheld" for item in reading.items)
    return Polled(
        state=replace(state, read_whole=now if whole else state.read_whole),
        seen=seen,
        file=None if embargoed else file,
        document=file.path if file else source.id,
        entries=reading.entries if clean else b"",
        there=tuple(key for one in brought.found for key in one.keys) if whole else (),
    )


def _unseen_as_new(fresh: Sequence[Seen], brought: Brought, before: Mapping[str, Item]) -> list[Seen]:
    """Return items with the kind that the document gives them where what they revise was never published."""
    own = {one.keys: one.item.kind for one in brought.found}
    return [
        replace(seen, item=replace(seen.item, kind=own[seen.keys]))
        if seen.item.id in before and before[seen.item.id].pubstatus == "withheld"
        else seen
        for seen in fresh
    ]


async def _completed(source: Source, fresh: Sequence[Seen], held: Collection[str], outside: Outside) -> list[Seen]:
    """Return new and changed items with their articles' text, as far as it comes in time; the rest as they were.

    Only those articles are asked for with which a rule may match. What is known of the items stays that of the
    document: the same entry is the same item at the next poll.
    """
    now = outside.clock()
    wanted: list[Item] = []
    for item in (seen.item for seen in fresh if seen.item.id not in held):
        if len(wanted) == MOST_COMPLETED:
            break
        view = _view(item, source, now)
        if any(may_match(rule, view) for rule in outside.rules):
            wanted.append(item)
        await asyncio.sleep(0)  # A slice: where no rule may match, all of them were asked.
    asked = {item.id: asyncio.create_task(outside.fetcher.complete(item, source)) for item in wanted}
    try:
        if asked:
            await asyncio.wait(asked.values(), timeout=LONGEST_COMPLETION.total_seconds())
    finally:
        for task in asked.values():
            task.cancel()
        await asyncio.gather(*asked.values(), return_exceptions=True)
    came = {name: task.result() for name, task in asked.items() if not task.cancelled()}
    return [replace(seen, item=came.get(seen.item.id, seen.item)) for seen in fresh]


def _view(item: Item, source: Source, now: datetime) -> View:
    return View(item, now, source.language, source.publisher, story_of(item, source.publisher))


async def _matched(
    source: Source, fresh: Sequence[Seen], before: Mapping[str, Item], outside: Outside, now: datetime
) -> list[_Matched]:
    """Return the items that rules matched for the first time, in order, with the matches by the ids of their rules."""
    decided = await outside.store.decided([seen.item.id for seen in fresh])
    found = []
    for seen in fresh:
        item = seen.item
        matches = [
            match for match in outside.rules.match(_view(item, source, now)) if (item.id, match.rule) not in decided
        ]
        earlier = before.get(item.id)
        untold = not seen.revision or (earlier is not None and not was_there(earlier))
        if matches:
            unasked = untold and is_withdrawn(item)
            found.append(_Matched(item, sorted(matches, key=lambda match: match.rule), unasked))
        await asyncio.sleep(0)  # A slice: the loop has other things to do.
    return found


async def _decide(
    source: Source, matched: Sequence[_Matched], held: Collection[str], counter: Counter, *, first: bool
) -> _Decided:
    """Return what is made of the items that rules matched, the oldest first."""
    made = _Decided()
    for one in matched:
        for match in one.matches:
            item, rule = one.item, counter.outside.rules[match.rule]
            unasked = one.unasked and not asks_for_kind(rule, "withdrawn")
            decision = decide(match, source, first=first, held=item.id in held, unasked=unasked, now=counter.now)
            message = None
            if rule.over_time and decision.reason not in GIVES_WAY:
                decision, message = await counter.take(rule, rule.over_time, item, decision)
            elif decision.alert:
                named = RuleName(rule.id, rule.title, rule.level)
                evidence = (Evidence(item, decision.spans),)
                message = fired(named, story_of(item, source.publisher), evidence, counter.now)
            made.decisions.append(decision)
            if message:
                made.alerts.append((rule, message))
        await asyncio.sleep(0)
    return made
