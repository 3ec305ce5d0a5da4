"""The configuration: read from its files, merged, and validated whole.

Every problem is collected, each with its file, line, column and mend; a configuration with one is refused as a whole.
Secrets (`${NAME}`, `${file:PATH}`) are filled in here, and no message ever shows a value.
"""

import gc
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from monitor.catalog import CHANNELS
from monitor.config_files import Entry, Faults, File, locks_beside, read_files, sections
from monitor.deliver.channels import NOT_YET, Channel
from monitor.errors import ConfigError, Problem
from monitor.match.clause import Clause
from monitor.match.clauses.naming import Expand
from monitor.match.clauses.terms import has_words
from monitor.match.rule import Rule
from monitor.match.spelling.locked import Locked, LockFault, read_lock
from monitor.match.spelling.names import shipped
from monitor.match.written.tree import KEYS, Reader
from monitor.mends import Mend, mends, unknown_key
from monitor.over_time import OverTime
from monitor.rule_types import Keys, keys_over_time, model_of
from monitor.secret import fill_in
from monitor.settings import Config, RuleHead, Service, Source, Tests
from monitor.yaml12 import Null, Path, Value

_NO_TESTS = Tests()
"""What most rules have, once for all of them."""

_NOTHING: Mapping[str, object] = {}

_HEAD = frozenset(RuleHead.model_fields)
_TAKEN = _HEAD | {*KEYS}

_Model = TypeVar("_Model", bound=BaseModel)
_Made = TypeVar("_Made", bound="_Named")


def load(path: FilePath, *, pinned: bool = True) -> Config:
    """Return the configuration in a YAML file, or in the `*.yaml` files of a folder; not `pinned`: without its lock.

    Raises:
        ConfigError: it does not validate; with every problem that it has.
    """
    faults = Faults()
    with without_collecting():
        config = load_files(read_files(path, faults), faults, pinned=pinned)
    if problems := faults.problems():
        raise ConfigError(problems)
    return config


def load_files(files: Sequence[File], faults: Faults, *, pinned: bool = True) -> Config:
    """Return the configuration in these files; it is worth something only where no fault was noted."""
    return _Loader(files, faults, _expansion(files, faults) if pinned else shipped).config()


def _expansion(files: Iterable[File], faults: Faults) -> Expand:
    """Return how names and places are expanded: as the lock pins them, else as this version does."""
    for path in locks_beside(files):
        try:
            return Locked(read_lock(path.read_bytes()))
        except OSError as error:
            faults.placed.append(Problem(str(path), 1, 1, f"cannot be read: {error.strerror}"))
        except LockFault as error:
            faults.placed.append(Problem(str(path), 1, 1, str(error)))
    return shipped


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let nothing be looked for that could be thrown away.

    A configuration is kept, and to go through all of it again and again takes longer than to read it.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def service_alone() -> Service:
    """Return the service's settings by the environment only, for what needs no configuration.

    Raises:
        ConfigError: a variable does not validate.
    """
    faults = Faults()
    config = load_files((), faults)
    if problems := faults.problems():
        raise ConfigError(problems)
    return config.service


class _Named(Protocol):
    """What has an id of its own."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Written:
    """A rule as it is written: its head, its condition compiled, its references not yet looked up."""

    id: str
    head: RuleHead
    condition: Clause | None
    over_time: OverTime | None


@dataclass(slots=True)
class _Loader:
    """Makes one configuration of several files."""

    files: Sequence[File]
    faults: Faults
    expand: Expand
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    places: Collection[str] = ()

    def config(self) -> Config:
        """Return the configuration; it is worth something only where no fault was noted."""
        entry, service = self._service()
        defaults = self._defaults()
        sources = self._unique(self._each("sources", defaults.get("source"), self._source))
        channels: dict[str, tuple[Entry, Channel]] = self._unique(self._each("channels", None, self._channel))
        self.lists = self._lists()
        rules = self._unique(self._each("rules", defaults.get("rule"), self._written))
        named = self._named("channels", "id")
        for key in ("notify", "operators"):
            for index, message in _missing(getattr(service, key), named, "channel"):
                self._note_service(entry, Mend((key, index), message))
        for rule_entry, written in rules.values():
            for index, message in _missing(written.head.notify or (), named, "channel"):
                self.faults.note(rule_entry, ("notify", index), message)
        known = [source for _, source in sources.values()]
        self.places = (
            self._named("sources", "id")
            | self._named("sources", "tags")
            | {tag for source in known for tag in source.tags}
        )
        made = [self._rule(rule_entry, written, service.notify, known) for rule_entry, written in rules.values()]
        return Config(
            service=service,
            sources=tuple(_placed(entry, source) for entry, source in sources.values()),
            rules=tuple(rule for rule in made if rule),
            channels=tuple(channel for _, channel in channels.values()),
            tests={name: _placed_tests(entry, written.head.tests) for name, (entry, written) in rules.items()},
        )

    def _each(
        self, section: str, defaults: Entry | None, read: Callable[[Entry], _Made | None]
    ) -> Iterator[tuple[Entry, _Made]]:
        """Yield what `read` makes of each entry of a section, in the order of the files."""
        for whole in sections(self.files, section):
            if not isinstance(whole.value, list):
                self.faults.note(whole, (), f"`{section}` wants a list")
                continue
            for index, value in enumerate(whole.value):
                entry = Entry(whole.file, (section, index), value, defaults)
                if (made := read(entry)) is not None:
                    yield entry, made

    def _unique(self, made: Iterable[tuple[Entry, _Made]]) -> dict[str, tuple[Entry, _Made]]:
        """Return entries by their ids."""
        named: dict[str, tuple[Entry, _Made]] = {}
        for entry, model in made:
            if model.id in named:
                said = f"the id `{model.id}` is taken, in {named[model.id][0].file.name}; choose another"
                self.faults.note(entry, ("id",), said)
            named.setdefault(model.id, (entry, model))
        return named

    def _service(self) -> tuple[Entry, Service]:
        given = list(sections(self.files, "service"))
        for entry in given[1:]:
            self.faults.note(entry, (), f"`service` is given in {given[0].file.name} too; give it once", key=True)
        entry = given[0] if given else Entry(File("environment", FilePath(), "", {}), (), {})
        # The names of channels are told in messages, so no secrets are filled in there.
        service = self._validated(entry, Service, entry.merged().keys() - {"notify", "operators"})
        return entry, service or Service.model_construct()

    def _note_service(self, entry: Entry, mend: Mend) -> None:
        """Note a fault of the service where it comes from: the environment, or the file."""
        if no_json := re.match('error parsing value for field "(.*?)"', mend.message):
            said = f"MONITOR_{no_json[1].upper()}: wants JSON, as it stands for a list or a mapping"
            self.faults.placed.append(Problem("environment", 1, 1, said))
            return
        words = [str(part).upper() for part in mend.path]
        there = {name.upper() for name in os.environ}
        variables = ["MONITOR_" + "__".join(words[:length]) for length in range(len(words), 0, -1)]
        if variable := next((name for name in variables if name in there), None):
            self.faults.placed.append(Problem("environment", 1, 1, f"{variable}: {mend.message}"))
        else:
            self.faults.note(entry, mend.path, mend.message, key=mend.key)

    def _named(self, section: str, key: str) -> set[str]:
        """Return what the entries of a section say under a key, also those that have faults of their own."""
        names: set[str] = set()
        for whole in sections(self.files, section):
            for value in whole.value if isinstance(whole.value, list) else []:
                said = value.get(key) if isinstance(value, dict) else None
                names.update(name for name in (said if isinstance(said, list) else [said]) if isinstance(name, str))
        return names

    def _defaults(self) -> dict[str, Entry]:
        defaults: dict[str, Entry] = {}
        for whole in sections(self.files, "defaults"):
            if not isinstance(whole.value, dict):
                self.faults.note(whole, (), "`defaults` wants {source: {…}, rule: {…}}")
                continue
            for kind, value in whole.value.items():
                entry = Entry(whole.file, ("defaults", kind), value)
                if kind not in {"source", "rule"}:
                    self.faults.note(entry, (), unknown_key(kind, ("source", "rule")), key=True)
                elif kind in defaults:
                    self.faults.note(entry, (), f"`{kind}` has defaults in another file too; give them once", key=True)
                elif not isinstance(value, dict | Null):
                    self.faults.note(entry, (), f"the defaults of a {kind} are a mapping")
                else:
                    defaults[kind] = entry
        return defaults

    def _lists(self) -> Mapping[str, Sequence[str]]:
        lists: dict[str, Sequence[str]] = {}
        for whole in sections(self.files, "lists"):
            if not isinstance(whole.value, dict):
                self.faults.note(whole, (), "`lists` wants {name: [form, form]}")
                continue
            for name, forms in whole.value.items():
                if name in lists:
                    self.faults.note(whole, (name,), f"the list `{name}` is given twice; choose another name", key=True)
                given = forms if isinstance(forms, list) else []
                wrong = [at for at, form in enumerate(given) if not isinstance(form, str) or not has_words(form)]
                lists.setdefault(name, [str(form) for at, form in enumerate(given) if at not in wrong])
                for path in [(name, at) for at in wrong] if given else [(name,)]:
                    self.faults.note(whole, path, f"the list `{name}` wants words or phrases: [Xi, Xi Jinping]")
        return lists

    def _source(self, entry: Entry) -> Source | None:
        return self._validated(entry, Source, {"url", "headers", "auth"})

    def _channel(self, entry: Entry) -> Channel | None:
        kind = entry.merged().get("kind")
        if not isinstance(entry.value, dict):
            self.faults.note(entry, (), "a channel wants a mapping such as {id: log, kind: log}")
            return None
        if kind in NOT_YET:
            self.faults.note(entry, ("kind",), f"channels of kind `{kind}` are planned, but this version has none yet")
            return None
        if not isinstance(kind, str) or kind not in CHANNELS:
            self.faults.note(entry, ("kind",), f"a channel wants a `kind`, one of {', '.join(CHANNELS)}")
            return None
        channel: Channel | None = self._validated(entry, CHANNELS[kind], entry.merged().keys() - {"id", "kind"})
        return channel

    def _written(self, entry: Entry) -> _Written | None:
        """Return a rule as it is written; head and condition are each read, whatever is wrong with the other."""
        typed = keys_over_time(entry.merged(), _TAKEN)
        condition = _condition(entry, typed)
        head = self._validated(entry, RuleHead, left_out={*condition, *typed}, usual={"tests": _NO_TESTS})
        if not isinstance(entry.value, dict):
            return None
        reader = Reader(self.lists, expand=self.expand)
        clause = reader.condition(condition)
        for fault in reader.faults:
            self.faults.note(entry, fault.path, fault.message, key=fault.key, offset=fault.offset)
        over_time = self._over_time(entry, typed) if typed else None
        return _Written(head.id, head, clause, over_time) if head else None

    def _over_time(self, entry: Entry, typed: Collection[str]) -> OverTime | None:
        """Return the type of a rule over time; defaults that this type does not have are not for it."""
        written, merged = entry.value if isinstance(entry.value, dict) else {}, entry.merged()
        model = model_of(merged.get("type"), written)
        if isinstance(model, list):
            for mend in model:
                self.faults.note(entry, mend.path, mend.message, key=mend.key)
            return None
        others = {key for key in merged if key not in typed or not (key in written or key in model.model_fields)}
        keys: Keys | None = self._validated(entry, model, left_out=others)
        return keys.made() if keys else None

    def _rule(self, entry: Entry, written: _Written, notify: Sequence[str], sources: Sequence[Source]) -> Rule | None:
        head = written.head
        for index, message in _missing(head.sources, self.places, "source or tag"):
            self.faults.note(entry, ("sources", index), message)
        if written.condition is None:
            return None
        heard = {source.id for source in sources if {source.id, *source.tags} & {*head.sources}}
        rule = Rule(
            id=head.id,
            title=head.title or head.id,
            level=head.level,
            condition=written.condition,
            sources=frozenset(heard) if head.sources else None,
            notify=tuple(head.notify or notify),
            over_time=written.over_time,
        )
        return rule if head.enabled else None

    def _validated(
        self,
        entry: Entry,
        model: type[_Model],
        secret: Collection[str] = (),
        left_out: Collection[str] = (),
        usual: Mapping[str, object] = _NOTHING,
    ) -> _Model | None:
        """Return the model of an entry; `usual` is what it need not say, `secret` keys have their secrets filled in."""
        if not isinstance(entry.value, dict | Null):
            known = ", ".join(field.alias or name for name, field in model.model_fields.items())
            self.faults.note(entry, (), f"wants a mapping of {known}")
            return None
        whole = {key: value for key, value in entry.merged().items() if key not in left_out}
        unfilled: dict[Path, str] = {}
        values = {key: _filled(entry, (key,), value, unfilled, secret=key in secret) for key, value in whole.items()}
        for path, message in unfilled.items():
            self.faults.note(entry, path, message)
        try:
            return model.model_validate({**usual, **values})
        except ValidationError as error:
            for mend in mends(error, model):
                if any(mend.path[: len(path)] == path for path in unfilled):
                    continue  # A secret that is not there has no form either.
                if model is Service:
                    self._note_service(entry, mend)
                else:
                    self.faults.note(entry, mend.path, mend.message, key=mend.key)
        return None


def _filled(entry: Entry, path: Path, value: Value, unfilled: dict[Path, str], *, secret: bool) -> object:
    """Return a value with None for `null` and, where `secret`, with the secrets that it names; else say why not."""
    if isinstance(value, dict):
        return {key: _filled(entry, (*path, key), inner, unfilled, secret=secret) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(entry, (*path, at), inner, unfilled, secret=secret) for at, inner in enumerate(value)]
    if isinstance(value, Null):
        return None
    if not secret:
        return value
    try:
        return fill_in(value, entry.file.folder)
    except ValueError as error:
        unfilled[path] = str(error)
        return value


def _condition(entry: Entry, typed: Collection[str]) -> dict[str, Value]:
    """Return what a rule has besides its head and type: its condition, and what is neither, but no misspelt key."""
    return {
        key: value
        for key, value in entry.merged().items()
        if key not in _HEAD and key not in typed and (key in KEYS or not get_close_matches(key, _HEAD, n=1))
    }


def _missing(names: Iterable[str], known: Collection[str], what: str) -> Iterator[tuple[int, str]]:
    """Yield the names that nothing known has, by their index, with the mend."""
    for index, name in enumerate(names):
        if name not in known:
            yield index, f"there is no {what} `{name}`; there are: {', '.join(sorted(known)) or 'none'}"


def _placed(entry: Entry, source: Source) -> Source:
    """Return a source whose path stands against nothing any more."""
    return source.model_copy(update={"path": str(entry.file.folder / source.path)}) if source.path else source


def _placed_tests(entry: Entry, tests: Tests) -> Tests:
    if tests is _NO_TESTS:
        return tests

    def placed(case: str | dict[str, object]) -> str | dict[str, object]:
        path = case.get("file") if isinstance(case, dict) and len(case) == 1 else None
        return {"file": str(entry.file.folder / path)} if isinstance(path, str) else case

    return Tests(match=[placed(case) for case in tests.match], no_match=[placed(case) for case in tests.no_match])
