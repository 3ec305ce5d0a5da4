"""Spellings pinned: what names expanded to when the lock was written, whatever a newer version would make of them.

A lock is JSON, sorted, one spelling a line, so that a change of it can be read in a diff.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from monitor.match.clauses.naming import Expand
from monitor.match.spelling.names import shipped
from monitor.match.spelling.spelled import Asked, Expansion

FORMAT = 1
"""The version of the format that is written, and the only one that is read."""

_KNOWN = {one.name for one in fields(Expansion) if one.init}
_FLAGS = {"alone", "is_place", "by_rule"}


@dataclass(frozen=True, slots=True)
class Lock:
    """What each name that was asked for expanded to, by `str(Asked)`; `program` is the version that wrote it."""

    program: str
    expansions: Mapping[str, Expansion]


class LockFault(ValueError):
    """A lock that cannot be read; the message says the mend."""


@dataclass(slots=True)
class Locked:
    """Expands by a lock, and by another way what is not in it; remembers what it was asked for."""

    lock: Lock
    otherwise: Expand = shipped
    asked: dict[str, Asked] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Expansion:
        """Return the pinned spellings of a name, else those of today."""
        key = str(asked)
        self.asked[key] = asked
        pinned = self.lock.expansions.get(key)
        return self.otherwise(asked) if pinned is None else pinned

    def unused(self) -> list[str]:
        """Return the keys of the lock that nobody has asked for, sorted."""
        return sorted(self.lock.expansions.keys() - self.asked.keys())

    def missing(self) -> list[str]:
        """Return the keys that were asked for and are not in the lock, sorted."""
        return sorted(self.asked.keys() - self.lock.expansions.keys())

    def changed(self) -> list[str]:
        """Return the keys whose spellings would be others without the lock, sorted."""
        pinned = ((key, asked, self.lock.expansions.get(key)) for key, asked in self.asked.items())
        return sorted(key for key, asked, was in pinned if was is not None and self._differs(asked, was))

    def _differs(self, asked: Asked, was: Expansion) -> bool:
        try:
            return _written(self.otherwise(asked)) != _written(was)
        except ValueError:
            return True


def write_lock(lock: Lock) -> str:
    """Return a lock as the text of its file."""
    names = {key: _written(expansion) for key, expansion in lock.expansions.items()}
    whole = {"format": FORMAT, "program": lock.program, "names": names}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_lock(text: str | bytes) -> Lock:
    """Return the lock that a file's text is; of bytes, in UTF-8.

    Raises:
        LockFault: it is none, or one of another format.
    """
    try:
        whole = json.loads(text)
        if whole["format"] != FORMAT:
            msg = f"is of format {whole['format']}, and this version reads {FORMAT}; write it anew: monitor rules lock"
            raise LockFault(msg)
        return Lock(str(whole["program"]), {key: _read(value) for key, value in whole["names"].items()})
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        msg = f"is no lock ({error}); take it away, or write it anew: monitor rules lock"
        raise LockFault(msg) from error


def _written(expansion: Expansion) -> dict[str, object]:
    """Return an expansion without what is empty; spellings sorted, since their order tells nothing."""
    said = ((one, getattr(expansion, one)) for one in _KNOWN)
    return {key: value if key in _FLAGS else sorted(value) for key, value in said if value}


def _read(value: Mapping[str, object]) -> Expansion:
    if unknown := value.keys() - _KNOWN:
        msg = f"unknown {', '.join(sorted(unknown))}"
        raise KeyError(msg)
    return Expansion(**{key: bool(said) if key in _FLAGS else _texts(said) for key, said in value.items()})  # type: ignore[arg-type]  # flags are booleans, all else texts


def _texts(said: object) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(text, str) for text in said):
        msg = "spellings are texts"
        raise TypeError(msg)
    return tuple(said)
