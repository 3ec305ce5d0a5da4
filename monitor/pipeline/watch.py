"""Rules over time while nothing matches: silences and slumps."""

from collections.abc import Mapping

from monitor.decide.over_time import count_of, on_tick, reach
from monitor.match.rule import Rule
from monitor.model import Message
from monitor.over_time import Firing, OverTime, Tally
from monitor.pipeline.counting import Cause, fired
from monitor.pipeline.outside import Outside
from monitor.pipeline.take import to_all


async def watch(rule: Rule, outside: Outside) -> list[Message]:
    """Let a rule over time fire for what did not come; return the messages, which are committed with their deliveries.

    It is idempotent: killed anywhere and begun again, the same silence makes the same alert, once. A rule whose past
    is not counted yet (`count_past`) is left alone.
    """
    over_time = rule.over_time
    if over_time is None:
        return []
    async with outside.turn:
        now, store = outside.clock(), outside.store
        counting = (await store.counting()).get(rule.id)
        if counting is None:
            return []
        tallies = await store.tallies(rule.id, now - reach(over_time))
        messages, firings = list[Message](), list[Firing]()
        for term, tally in _terms(over_time, tallies).items():
            count = count_of(over_time, tally, counting.since)
            found = on_tick(over_time, count, now)
            if found is None:
                continue
            last = count.last or count.since
            # The same silence is told again each time that the rule has rested: what it rested from tells them apart.
            cause = Cause(term, (last.isoformat(), count.fired.at.isoformat() if count.fired else ""), found)
            messages.append(await fired(rule, cause, outside, brought={}, now=now))
            firings.append(Firing(rule.id, term, now, last))
        if firings:
            deliveries = [each for message in messages for each in to_all(rule, message)]
            await store.fire(firings, messages, deliveries)
        return messages


def _terms(over_time: OverTime, tallies: Mapping[str, Tally]) -> Mapping[str, Tally]:
    """Return what was counted by term; a rule without `query_key` has its one term also where nothing ever matched."""
    return {"": Tally(), **tallies} if getattr(over_time, "query_key", None) is None else tallies
