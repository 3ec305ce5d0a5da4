"""Rules over time that may fire although nothing matches, each looked at in its own pace."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from monitor.decide.over_time import pace
from monitor.errors import StoreUnavailable
from monitor.match.rule import Rule
from monitor.pipeline.outside import Outside
from monitor.pipeline.watch import watch
from monitor.schedule.measures import Measures

LATEST_WATCH = timedelta(minutes=5)
"""What did not come is looked for when nothing is due to be polled, or after so long whatever is."""

log = structlog.get_logger()


@dataclass(slots=True)
class Silences:
    """When each rule was last looked at, and the task that looks now.

    After a start, or a sleep of the machine, everything is due: silences are judged once that was polled.
    """

    measures: Measures
    task: asyncio.Task[tuple[int, bool]] | None = None
    looks: dict[str, float] = field(default_factory=dict)
    idle: float | None = None

    def look(self, outside: Outside, *, idle: bool) -> asyncio.Task[tuple[int, bool]] | None:
        """Begin to look at the rules whose turn it is, unless what they miss may just not be polled yet.

        Returns:
            The task that looks at them, as `watch_all`; None where there is nothing to look at, or somebody looks.
        """
        clock = asyncio.get_running_loop().time()
        self.idle = clock if idle or self.idle is None else self.idle
        if self.task or not (idle or clock - self.idle > LATEST_WATCH.total_seconds()):
            return None
        due = [rule for rule, every in _paces(outside) if clock - self.looks.get(rule.id, -every) >= every]
        if not due:
            return None
        self.looks |= dict.fromkeys((rule.id for rule in due), clock)
        self.task = asyncio.create_task(self.watch_all(outside, due))
        self.task.add_done_callback(self._done)
        return self.task

    async def watch_all(self, outside: Outside, rules: Sequence[Rule] | None = None) -> tuple[int, bool]:
        """Look at rules, or at all that there are; return how many alerts they fired, and whether all went well."""
        alerts, fine = 0, True
        for rule in [rule for rule, _ in _paces(outside)] if rules is None else rules:
            try:
                messages = await watch(rule, outside)
            except StoreUnavailable as error:
                self.measures.store_failed(str(error))
                log.warning("store.unavailable", reason=str(error))
                return alerts, False
            except Exception:
                log.exception("rule.crashed", rule=rule.id)
                fine = False
                continue
            if messages:
                alerts += len(messages)
                self.measures.fired(len(messages))
                log.info("rule.fired", rule=rule.id, alerts=len(messages))
        return alerts, fine

    def _done(self, _: asyncio.Task[tuple[int, bool]]) -> None:
        self.task = None


def _paces(outside: Outside) -> list[tuple[Rule, float]]:
    """Return the rules that may fire although nothing matches, each with how many seconds apart it is looked at."""
    paces = ((rule, pace(rule.over_time)) for rule in outside.over_time if rule.over_time)
    return [(rule, every.total_seconds()) for rule, every in paces if every]
