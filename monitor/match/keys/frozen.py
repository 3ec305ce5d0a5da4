"""Rules as bytes, to be kept and taken up again in a fraction of the time that reading them takes.

Only what comes from this program itself may be thawed; nothing else than the dataclasses of rules is made of it.
"""

import pickle
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

from monitor.match.rule import Rule
from monitor.match.spelling.spelled import Expansion

_PROTOCOL = 5


class Freezer:
    """Makes bytes of rules; what names expand to is long and shared by many, and stands once in `shared`."""

    def __init__(self) -> None:
        """Begin with nothing shared."""
        self.shared: list[bytes] = []
        self._numbers: dict[Expansion, int] = {}

    def freeze(self, rule: Rule) -> bytes:
        """Return a rule as bytes."""
        buffer = BytesIO()
        _Pickler(buffer, self).dump(rule)
        return buffer.getvalue()

    def number(self, expansion: Expansion) -> int:
        """Return where an expansion stands among what is shared."""
        number = self._numbers.setdefault(expansion, len(self.shared))
        if number == len(self.shared):
            self.shared.append(pickle.dumps(expansion, _PROTOCOL))
        return number


class Thawer:
    """Makes rules of bytes."""

    def __init__(self, shared: Sequence[bytes] = ()) -> None:
        """Take what rules share."""
        self._shared: list[bytes | Expansion] = [*shared]

    def thaw(self, frozen: bytes) -> Rule:
        """Return the rule that these bytes were made of.

        Raises:
            pickle.UnpicklingError: they say something else than a rule.
        """
        rule = _Unpickler(BytesIO(frozen), self).load()
        if not isinstance(rule, Rule):
            msg = "no rule"
            raise pickle.UnpicklingError(msg)
        return rule

    def expansion(self, number: int) -> Expansion:
        """Return an expansion that rules share."""
        there = self._shared[number]
        if isinstance(there, bytes):
            there = self._shared[number] = _Unpickler(BytesIO(there), self).load()
        return there


class _Pickler(pickle.Pickler):
    def __init__(self, buffer: BytesIO, freezer: Freezer) -> None:
        super().__init__(buffer, _PROTOCOL)
        self._freezer = freezer

    def persistent_id(self, obj: object) -> int | None:
        return self._freezer.number(obj) if isinstance(obj, Expansion) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, buffer: BytesIO, thawer: Thawer) -> None:
        super().__init__(buffer)
        self._thawer = thawer

    def persistent_load(self, pid: int) -> Expansion:
        return self._thawer.expansion(pid)

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("datetime", "timedelta"):
            return timedelta
        ours = module.startswith("monitor.match.") or module == "monitor.over_time"
        if ours or (module, name) == ("monitor.yaml12", "Null"):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        msg = f"{module}.{name} is no part of a rule"
        raise pickle.UnpicklingError(msg)
