"""What a configuration should be warned of: what may be meant, and mostly is a slip. One line each in a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.match.rule import Rule
from monitor.match.spelling.locked import Lock, Locked
from monitor.rules import doubts
from monitor.rules.cases import CaseFault, read_fields
from monitor.rules.clauses import within
from monitor.rules.doubts import Clauses, Doubt
from monitor.rules.expansion import asked_in
from monitor.rules.expansion import doubts as lock_doubts
from monitor.settings import Config, Tests

_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning: of which check, and about which entry of which section of the configuration."""

    check: str
    section: str
    id: str
    doubt: Doubt


OF_A_RULE: Mapping[str, Callable[[Rule, Clauses], Iterator[Doubt]]] = {
    "only-excludes": doubts.only_excludes,
    "unkeyed": doubts.unkeyed,
    "none-in-any": doubts.none_in_any,
    "short-word": doubts.short_words,
    "early-wildcard": doubts.early_wildcards,
    "wide-near": doubts.wide_near,
    "contradiction": doubts.contradicts,
    "repetition": doubts.repeats,
    "unknown-place": doubts.unknown_places,
    "unknown-agency": doubts.unknown_agencies,
}
"""Checks of a rule by itself."""


def lint(config: Config, lock: Lock | None = None, lock_file: str = "rules.lock") -> Iterator[Warned]:
    """Yield what a configuration should be warned of, rule by rule, without looking at any document.

    Args:
        config: what was read.
        lock: what its names are pinned to, if they are.
        lock_file: what people know that by.
    """
    for rule in config.rules:
        for check, doubt in _of_a_rule(rule, config.tests[rule.id]):
            yield Warned(check, "rules", rule.id, doubt)
    for check, of_all in OF_ALL.items():
        yield from (Warned(check, section, name, doubt) for section, name, doubt in of_all(config))
    if lock is not None:
        yield from (Warned("lock", "lock", lock_file, Doubt(told)) for told in _outdated(config, lock))


def _outdated(config: Config, lock: Lock) -> Iterator[str]:
    locked = Locked(lock)
    for asked in asked_in(config.rules):
        locked(asked)
    return lock_doubts(locked)


def _of_a_rule(rule: Rule, tests: Tests) -> Iterator[tuple[str, Doubt]]:
    clauses = [*within(rule.condition)]
    for check, of_rule in OF_A_RULE.items():
        yield from ((check, doubt) for doubt in of_rule(rule, clauses))
    for check, of_tests in OF_TESTS.items():
        yield from ((check, doubt) for doubt in of_tests(rule, tests))


def _no_tests(rule: Rule, tests: Tests) -> Iterator[Doubt]:
    if not tests.match and not tests.no_match:
        yield Doubt(f"`{rule.id}` has no tests; give it a case or two under `tests: {{match: [], no_match: []}}`")


def _broken_cases(_: Rule, tests: Tests) -> Iterator[Doubt]:
    for key, cases in (("match", tests.match), ("no_match", tests.no_match)):
        for index, case in enumerate(cases):
            if isinstance(case, str) or case.keys() == {"file"}:
                continue
            try:
                read_fields(case, _ANY_MOMENT)
            except CaseFault as fault:
                for path, message in fault.faults:
                    yield Doubt(message, path=("tests", key, index, *path))


OF_TESTS: Mapping[str, Callable[[Rule, Tests], Iterator[Doubt]]] = {
    "no-tests": _no_tests,
    "broken-case": _broken_cases,
}
"""Checks of the tests of a rule."""


def _unreached_channels(config: Config) -> Iterable[tuple[str, str, Doubt]]:
    """Yield channels that nothing is ever sent to."""
    told = {*config.service.notify, *config.service.operators, *(name for rule in config.rules for name in rule.notify)}
    mend = "name it under `notify` of a rule, or under `notify` or `operators` of the service"
    for channel in config.channels:
        if channel.id not in told:
            yield "channels", channel.id, Doubt(f"nothing reaches the channel `{channel.id}`; {mend}")


OF_ALL: Mapping[str, Callable[[Config], Iterable[tuple[str, str, Doubt]]]] = {
    "unreached-channel": _unreached_channels,
}
"""Checks of a configuration as a whole."""
