"""What is found by the keys that it needs: a tree of keys, of which only the branches that are there are walked.

A path is a few keys, the rarest first; an owner may have several, any of which leads to it. Under its first key a path
stands together with others as long as they are few, told apart by their second keys, and else in a node of its own.
What an item has is a set of keys; whole branches are compared with it at once, in C. (Measured on a million paths:
going through a tuple of strings is thrice as fast as through a dict, since memory is what takes the time.)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Owner = TypeVar("Owner")

Path = tuple[str, ...]

MOST_TOGETHER = 40
"""More paths than this that share their keys so far are told apart by a node."""

END = ""
"""The key at which paths stand that have no more; an item has it."""

_Leaf = tuple[tuple[str, ...], tuple[int, ...]]
"""Paths that share their keys so far: the next key and the entry of each."""

_Node = dict[str, "int | list[int] | _Leaf | _Node"]
"""By key: the entry of one path, those of paths that end here, a leaf, or a node."""


@dataclass(slots=True)
class Paths(Generic[Owner]):
    """A tree of paths; each has an entry, a whole number that is used again, and leads to its owner."""

    _root: _Node = field(default_factory=dict)
    _keys: list[Path] = field(default_factory=list)
    _owners: list[Owner | None] = field(default_factory=list)
    _free: list[int] = field(default_factory=list)

    def add(self, path: Path, owner: Owner) -> int:
        """Let a path lead to `owner`; return its entry."""
        if self._free:
            entry = self._free.pop()
            self._keys[entry], self._owners[entry] = path, owner
        else:
            entry = len(self._keys)
            self._keys.append(path)
            self._owners.append(owner)
        self._put(self._root, entry, 0)
        return entry

    def state(self) -> tuple[object, ...]:
        """Return what makes an equal tree, as arguments."""
        return self._root, self._keys, self._owners, self._free

    def remove(self, entry: int) -> Path:
        """Forget an entry; return its path."""
        path = self._keys[entry]
        self._take(self._root, entry, 0)
        self._keys[entry], self._owners[entry] = (), None
        self._free.append(entry)
        return path

    def find(self, keys: set[str], line: Callable[[], str]) -> list[Owner]:
        """Return the owners of the paths of which everything is there, once for each path, in the order of entries.

        Args:
            keys: what an item has, `END` among it.
            line: the words of the item in order, for keys that begin with a space: these are parts of it.
        """
        found = []
        for entry in self._reached(keys):
            for key in self._keys[entry]:
                if key not in keys and (key[0] != " " or key not in line()):
                    break
            else:
                found.append(entry)
        return [owner for entry in sorted(found) if (owner := self._owners[entry]) is not None]

    def _reached(self, keys: set[str]) -> list[int]:
        """Return the entries that the tree leads to; some keys of their paths may not have been asked for."""
        found: list[int] = []
        nodes = [self._root]
        apart = keys.isdisjoint
        while nodes:
            node = nodes.pop()
            for key in node.keys() & keys:
                there = node[key]
                if type(there) is int:
                    found.append(there)
                elif type(there) is tuple:
                    if not apart(there[0]):
                        found += [entry for key, entry in zip(*there, strict=True) if key in keys]
                elif type(there) is list:
                    found += there
                elif not apart(there):  # type: ignore[arg-type]  # by its type it is a node
                    nodes.append(there)  # type: ignore[arg-type]  # the same
        return found

    def _key(self, entry: int, depth: int) -> str:
        path = self._keys[entry]
        return path[depth] if depth < len(path) and path[depth][0] != " " else END

    def _put(self, node: _Node, entry: int, depth: int) -> None:
        key = self._key(entry, depth)
        there = node.get(key)
        while isinstance(there, dict):
            node, depth = there, depth + 1
            key = self._key(entry, depth)
            there = node.get(key)
        if there is None:
            node[key] = entry
        elif isinstance(there, list):
            there.append(entry)
        elif key == END:
            node[key] = [*_entries(there), entry]
        else:
            node[key] = self._together((*_entries(there), entry), depth + 1)

    def _together(self, entries: tuple[int, ...], depth: int) -> "_Leaf | _Node":
        """Return what holds these entries, which share the keys before `depth`."""
        if len(entries) <= MOST_TOGETHER:
            return tuple([self._key(entry, depth) for entry in entries]), entries
        node: _Node = {}
        for entry in entries:
            self._put(node, entry, depth)
        return node

    def _take(self, node: _Node, entry: int, depth: int) -> None:
        key = self._key(entry, depth)
        there = node[key]
        if isinstance(there, dict):
            self._take(there, entry, depth + 1)
        elif isinstance(there, list):
            there.remove(entry)
        elif isinstance(there, tuple):
            left = tuple(other for other in there[1] if other != entry)
            node[key] = self._together(left, depth + 1) if len(left) > 1 else left[0]
        if isinstance(there, int) or not there:
            del node[key]


def _entries(there: "int | _Leaf | _Node | list[int]") -> tuple[int, ...]:
    return (there,) if isinstance(there, int) else there[1] if isinstance(there, tuple) else ()
