"""YAML 1.2 core as configuration wants it: every scalar the text that stands there, every value's place known.

libyaml (through PyYAML, whose own constructors read YAML 1.1) cuts the text into events; what they mean is decided
here: `no`, `on`, `012` and `1e3` are words, and only a plain `null`, `~` or nothing is `Null`. Tags, duplicate keys,
keys that are no text and aliases that multiply are refused. Places are looked up when they are asked for, so that a
large file without faults pays nothing for them. (Of 100,000 rules, 10 MB, libyaml's events take three quarters of the
time. ruamel.yaml reads YAML 1.2 too, in pure Python, some twenty times slower; rapidyaml reads it six times faster, but
hands its tree to Python node by node, which takes as long again, or as JSON, in which `.5`, `~` and `nan` are no longer
what was written.)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from monitor.errors import ConfigError, Problem

Path = tuple[str | int, ...]
"""Where in a document a value stands: keys and indexes, from the outermost on."""

DEEPEST = 120
"""Levels of lists and mappings within each other; deeper ones are refused."""

_NULLS = {"", "~", "null", "Null", "NULL"}
_FREE_ALIASES = 100_000


_MENDS = (
    ("scanning a quoted scalar", True, "the quote that opens here is not closed"),
    ("parsing a quoted scalar", True, "between double quotes a backslash is written twice; or use single quotes"),
    ("scanning a directive", True, "put quotes around a text that begins with %"),
    ("maximum nesting depth", False, f"lists and mappings within each other more than {DEEPEST} deep"),
    ("scanning an alias", True, "put quotes around a text that begins with *"),
    ("scanning an anchor", True, "put quotes around a text that begins with &"),
    ("parsing a flow", True, "the bracket that opens here is not closed, or a comma is missing behind it"),
    ("block sequence entries", False, "a list begins on a line of its own, below its key"),
    ("scanning a simple key", True, "here stands neither a key with `: ` behind it nor, indented, the rest of a text"),
    ("mapping values", False, "check the indentation: keys of one mapping begin in the same column"),
    (
        "parsing a block",
        False,
        "check the indentation: keys of one mapping, or dashes of one list, stand in one column",
    ),
)
"""What libyaml says, whether the mend is where that opens (or where it ends), and the mend."""


class Null(str):
    """A plain `null`, as it is written: nothing, except where a rule looks for that very word."""

    __slots__ = ()


Value = str | list["Value"] | dict[str, "Value"]


class _Mark(Protocol):
    """A place as PyYAML and libyaml tell it: counted from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns, from 1: where a value's key stands (or the value, if it has none), and the value itself.

    `text` is the column of the value's first character, behind a quote if there is one; None where the value does not
    stand there letter for letter (over several lines, with escapes).
    """

    key: tuple[int, int]
    value: tuple[int, int]
    text: int | None


class _Fault(Exception):
    """Something this reader refuses, at an event."""


@dataclass(slots=True)
class _Level:
    """A list or mapping being read: `key` waits for its value, `size` counts the values within."""

    value: list[Value] | dict[str, Value]
    anchor: str | None
    key: str | None = None
    size: int = 1

    def take(self, value: Value, size: int) -> None:
        """Put in a value, or a key whose value comes next."""
        self.size += size
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.key is not None:
            self.value[self.key] = value
            self.key = None
        elif not isinstance(value, str):
            msg = "a key must be a text"
            raise _Fault(msg)
        elif value in self.value:
            msg = f"`{value}` is given twice; give it once"
            raise _Fault(msg)
        else:
            self.key = str(value) if type(value) is Null else value


@dataclass(slots=True)
class _Builder:
    """Makes values of events."""

    most: int
    levels: list[_Level] = field(default_factory=list)
    anchors: dict[str, tuple[Value, int] | None] = field(default_factory=dict)
    whole: Value | None = None

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            value: str = event.value
            if event.tag is not None:
                _refuse_tag(event.tag)
            if not event.style and value in _NULLS:  # libyaml says "" where PyYAML's own parser says None
                value = Null(value)
            if self.levels and event.anchor is None:
                self.levels[-1].take(value, 1)
            else:
                self._put(value, event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event, [] if isinstance(event, yaml.SequenceStartEvent) else {})
        elif isinstance(event, yaml.CollectionEndEvent):
            level = self.levels.pop()
            self._put(level.value, level.anchor, level.size)
        else:
            self._take_seldom(event)

    def _take_seldom(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._repeat(event.anchor)
        elif isinstance(event, yaml.DocumentStartEvent) and self.whole is not None:
            msg = "a second document in one file; split the file, or take the `---` away"
            raise _Fault(msg)

    def _open(self, event: yaml.CollectionStartEvent, value: list[Value] | dict[str, Value]) -> None:
        if event.tag is not None:
            _refuse_tag(event.tag)
        if len(self.levels) >= DEEPEST:
            msg = f"lists and mappings within each other more than {DEEPEST} deep"
            raise _Fault(msg)
        self.levels.append(_Level(value, event.anchor))
        if event.anchor:
            self.anchors[event.anchor] = None

    def _put(self, value: Value, anchor: str | None, size: int = 1) -> None:
        if anchor:
            self.anchors[anchor] = (value, size)
        if self.levels:
            self.levels[-1].take(value, size)
        else:
            self.whole = value

    def _repeat(self, anchor: str | None) -> None:
        meant = self.anchors.get(anchor or "")
        if meant is None:
            msg = f"`*{anchor}` repeats nothing that ends above it; put quotes around a text that begins with *"
            raise _Fault(msg)
        self._put(*meant[:1], None, meant[1])
        if self.levels and self.levels[-1].size > self.most:
            msg = "aliases that multiply to more than the file itself; write them out"
            raise _Fault(msg)


def _refuse_tag(tag: str) -> None:
    if tag not in {"!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}:
        tag = tag.replace("tag:yaml.org,2002:", "!!")
        msg = f"the tag {tag} is not read; take it away, or put quotes around a text that begins with !"
        raise _Fault(msg)


def read_yaml(file: str, text: str) -> Value:
    """Return the one document in a text; an empty text is an empty mapping. Equal values may be one object.

    Raises:
        ConfigError: it is no YAML, or YAML that is refused; `file` is how people know it.
    """
    builder = _Builder(most=len(text) + _FREE_ALIASES)
    event: yaml.Event | None = None
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            builder.take(event)
    except _Fault as fault:
        mark = event.start_mark if event else None
        raise ConfigError([_problem(file, mark, str(fault))]) from None
    except yaml.MarkedYAMLError as error:
        raise ConfigError([_problem(file, *_mend(error, text))]) from None
    except yaml.reader.ReaderError as error:
        above = text.encode()[: error.position].decode().split("\n")  # libyaml counts bytes
        said = f"YAML does not allow the character U+{error.character:04X}; take it away"
        raise ConfigError([Problem(file, len(above), len(above[-1]) + 1, said)]) from None
    return {} if builder.whole is None or isinstance(builder.whole, Null) else builder.whole


def _problem(file: str, mark: _Mark | None, message: str) -> Problem:
    return Problem(file, *_position(mark), message)


def _position(mark: _Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _mend(error: yaml.MarkedYAMLError, text: str) -> tuple[_Mark | None, str]:
    """Return where to mend what libyaml could not read, and how."""
    said = "; ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    column = mark.column if mark else 0
    before, char = line[:column], line[column : column + 1]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return mark, "YAML indents with spaces, not with tabs"
    if char in {"@", "`", "%"}:
        return mark, f"put quotes around a text that begins with {char}"
    if "mapping values" in said and ": " in before:
        return mark, "put quotes around a text that holds `: `"
    for words, opening, mend in _MENDS:
        if words in said:
            return (error.context_mark if opening else mark), mend
    return mark, said


def places(text: str, wanted: Iterable[Path]) -> Mapping[Path, Place]:
    """Return where the values at the wanted paths stand; of a path that leads nowhere, the last that is there."""
    nearest = {path: len(path) for path in wanted}
    prefixes = {path[:length] for path in nearest for length in range(len(path) + 1)}
    found = {path: place for path, place in _walk(text) if path in prefixes}
    top = found.get((), Place((1, 1), (1, 1), None))
    return {
        path: next((found[path[:length]] for length in range(len(path), 0, -1) if path[:length] in found), top)
        for path in nearest
    }


def _walk(text: str) -> Iterator[tuple[Path, Place]]:
    """Yield every value of a text that `read_yaml` reads, with its path and place."""
    path: list[str | int] = []
    keys: list[tuple[int, int] | None] = []
    waiting = False  # The next scalar is a key.
    kinds: list[bool] = []  # Of each level: is it a mapping?
    texts: dict[str | None, str] = {}  # What aliases that are keys may stand for.
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.ScalarEvent):
            texts[event.anchor] = event.value
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            kinds.pop()
            path.pop()
            keys.pop()
        elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent) and waiting:
            path[-1], keys[-1], waiting = texts[event.anchor], _position(event.start_mark), False
            continue
        elif isinstance(event, yaml.NodeEvent):
            if kinds and not kinds[-1]:
                path[-1] = int(path[-1]) + 1
            yield tuple(path), _place(event, keys[-1] if keys else None)
            if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                kinds.append(isinstance(event, yaml.MappingStartEvent))
                path.append("" if kinds[-1] else -1)
                keys.append(None)
        else:
            continue
        waiting = bool(kinds) and kinds[-1]


def _place(event: yaml.NodeEvent, key: tuple[int, int] | None) -> Place:
    line, column = _position(event.start_mark)
    text = None
    if isinstance(event, yaml.ScalarEvent):
        quoted = event.style in {"'", '"'}
        if _position(event.end_mark) == (line, column + len(event.value) + 2 * quoted):
            text = column + quoted
    return Place(key or (line, column), (line, column), text)
