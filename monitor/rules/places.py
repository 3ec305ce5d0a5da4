"""Where in the files of a configuration a warning is about; they are read again, and only where there are warnings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path as FilePath

from monitor.config_files import Entry, Faults, File, read_files, sections
from monitor.errors import ConfigError, Problem
from monitor.match.clause import Clause
from monitor.rules.clauses import Path, Position, paths
from monitor.rules.lint import Warned
from monitor.settings import Config
from monitor.yaml12 import Value, places

Name = tuple[str, str]
"""A section and an id in it."""


def placed(warnings: Iterable[Warned], config: Config, path: FilePath) -> list[tuple[Warned, Problem]]:
    """Return warnings, each with its file, line and column, in the order of the files.

    What is not there any more, the files having changed since, is at the beginning of the first.
    """
    told = list(warnings)
    entries = entries_of(path, {warned.section for warned in told}) if told else {}
    rules = {rule.id: rule.condition for rule in config.rules}
    found = [(warned, _whereabouts(warned, rules, entries)) for warned in told]
    wanted: dict[str, dict[Path, tuple[int, int]]] = defaultdict(dict)
    texts = {where[0].name: where[0].text for _, where in found if where}
    for name, text in texts.items():
        asked = [where[1] for _, where in found if where and where[0].name == name]
        wanted[name] = {at: place.value for at, place in places(text, asked).items()}
    problems = [
        (warned, Problem(where[0].name, *wanted[where[0].name][where[1]], warned.doubt.message))
        if where
        else (warned, Problem(warned.id if warned.section == "lock" else str(path), 1, 1, warned.doubt.message))
        for warned, where in found
    ]
    return sorted(problems, key=lambda pair: pair[1])


def entries_of(path: FilePath, wanted: Collection[str]) -> Mapping[Name, Entry]:
    """Return the entries of some sections as they are written, by section and id, the defaults of rules beneath."""
    try:
        files = read_files(path, Faults())
    except ConfigError:
        return {}
    defaults = _defaults(files)
    found: dict[Name, Entry] = {}
    for section in wanted:
        for whole in sections(files, section):
            for at, value in enumerate(whole.value if isinstance(whole.value, list) else []):
                name = value.get("id") if isinstance(value, dict) else None
                if isinstance(name, str):
                    beneath = defaults if section == "rules" else None
                    found.setdefault((section, name), Entry(whole.file, (section, at), value, beneath))
    return found


def lists_of(path: FilePath) -> Mapping[str, Value]:
    """Return the lists of a configuration as they are written."""
    try:
        files = read_files(path, Faults())
    except ConfigError:
        return {}
    return {
        name: forms
        for whole in sections(files, "lists")
        if isinstance(whole.value, dict)
        for name, forms in whole.value.items()
    }


def _defaults(files: Iterable[File]) -> Entry | None:
    """Return the defaults of rules, where there are any."""
    for whole in sections(list(files), "defaults"):
        beneath = whole.value.get("rule") if isinstance(whole.value, dict) else None
        if isinstance(beneath, dict):
            return Entry(whole.file, ("defaults", "rule"), beneath)
    return None


def _whereabouts(
    warned: Warned, rules: Mapping[str, Clause], entries: Mapping[Name, Entry]
) -> tuple[File, Path] | None:
    entry = entries.get((warned.section, warned.id))
    if entry is None:
        return None
    within = warned.doubt.path
    if warned.doubt.position is not None:
        within = _nearest(entry, rules.get(warned.id), warned.doubt.position)
    if entry.defaults and within and isinstance(entry.value, dict) and within[0] not in entry.value:
        entry = entry.defaults
    return entry.file, (*entry.path, *within)


def _nearest(entry: Entry, condition: Clause | None, position: Position) -> Path:
    """Return the path of a clause as it is written, or of what is around it: a query's clauses have none."""
    found = paths(entry.merged(), condition) if condition else {}
    return next((found[position[:at]] for at in range(len(position), -1, -1) if position[:at] in found), ())
