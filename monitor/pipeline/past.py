"""The archive counted for rules over time that are new or were changed: they know what was before them."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from monitor.cluster.alone import story_of
from monitor.decide.over_time import happened, is_counted, reach, terms_of
from monitor.match.index import RuleIndex
from monitor.match.rule import Rule
from monitor.match.view import View
from monitor.over_time import Counting, Occurrence, OverTime
from monitor.pipeline.outside import Outside
from monitor.ports import Past

_SLICE = 20
"""Items that are looked at before the loop may do other things."""

_OUT_OF_ORDER = timedelta(minutes=1)
"""By as much an item may have been seen before one that was committed before it."""


async def count_past(outside: Outside) -> list[str]:
    """Count in the archive what rules over time would have counted that are new or were changed; return their ids.

    What is known of rules that are gone is forgotten. Counted is from each rule's reach ago: in each item the first
    revision that matches, at the moment at which it happened. Nothing fires for it. That a rule fired before it was
    changed stays known: it rests on. Meanwhile polls neither count for these rules nor make them fire; what they bring
    until the last look, for which they wait, is found in the archive.
    """
    store = outside.store
    there = await store.counting()
    wanted = {rule.id: _definition(rule) for rule in outside.over_time}
    as_it_was = {name for name, one in there.items() if one.definition == wanted.get(name)}
    fresh = [rule for rule in outside.over_time if rule.id not in as_it_was]
    await store.uncount([name for name in there if name not in wanted], fired=True)
    await store.uncount([rule.id for rule in fresh], fired=False)
    if not fresh:
        return []
    now, began = outside.clock(), await store.began()
    reaches = {rule.id: reach(rule.over_time) for rule in fresh if rule.over_time}
    index = RuleIndex(fresh)
    upto = await _count_from(now - max(reaches.values()), index, outside)
    async with outside.turn:
        await _count_from(upto - _OUT_OF_ORDER, index, outside)
        for rule in fresh:
            since = max(now - reaches[rule.id], min(began or now, now))
            await store.count(Counting(rule.id, wanted[rule.id], since))
    return list(reaches)


async def _count_from(since: datetime, index: RuleIndex, outside: Outside) -> datetime:
    """Count what rules match in the archive, of the items that were first seen since then; return when the last was."""
    items, behind = await outside.store.past((since, ""))
    while items:
        counted: dict[tuple[str, str], list[Occurrence]] = {}
        for number, past in enumerate(items):
            for rule, over_time in _over_time(index, past, outside):
                counted.setdefault((rule.id, past.item.id), _occurrences(rule, over_time, past, outside))
            if number % _SLICE == 0:
                await asyncio.sleep(0)
        await outside.store.add_occurrences([one for ones in counted.values() for one in ones])
        items, behind = await outside.store.past(behind)
    return behind[0]


def _over_time(index: RuleIndex, past: Past, outside: Outside) -> Iterable[tuple[Rule, OverTime]]:
    item, publisher = past.item, outside.publisher_of(past.item)
    view = View(item, past.at, outside.language_of(item), publisher, story_of(item, publisher))
    rules = [index[match.rule] for match in index.match(view)] if item.pubstatus != "withheld" else []
    return [(rule, rule.over_time) for rule in rules if rule.over_time]


def _occurrences(rule: Rule, over_time: OverTime, past: Past, outside: Outside) -> list[Occurrence]:
    """Return what a match of the past is counted as."""
    if past.first and not is_counted(over_time, past.item, past.at):
        return []
    at = happened(past.item, past.at)
    terms = terms_of(over_time, past.item, outside.publisher_of(past.item))
    return [Occurrence(rule.id, term, past.item.id, at) for term in terms]


def _definition(rule: Rule) -> str:
    """Return a hash of all that decides what a rule counts."""
    told = _plain((rule.condition, rule.over_time, rule.sources))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(part: object) -> str:
    """Return a value in words that are the same in every process: sets have no order of their own."""
    if is_dataclass(part) and not isinstance(part, type):
        return f"{type(part).__name__}({', '.join(_plain(getattr(part, field.name)) for field in fields(part))})"
    if isinstance(part, set | frozenset):
        return f"{{{', '.join(sorted(map(_plain, part)))}}}"
    if isinstance(part, tuple | list):
        return f"[{', '.join(map(_plain, part))}]"
    if isinstance(part, Mapping):
        return f"{{{', '.join(sorted(f'{_plain(key)}: {_plain(value)}' for key, value in part.items()))}}}"
    return repr(part)
