"""What words are forms of: patterns with wildcards, words with mistakes, stems, and regular expressions for texts.

Each of these is asked for and forgotten one at a time, and tells of a word (or text) which of what is asked for it
fits, at a cost that does not grow with how much is asked for: by a hash of its beginning, of what is left of it when
letters are dropped, of its stem.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import translate

import re2
from rapidfuzz.distance import OSA

from monitor.text.stems import ALGORITHMS, primary, stem

_TOGETHER = 64
"""Regular expressions that are searched for in one go."""

LONGEST = 50
"""Longer words are not looked up by their mistakes: what is left of them is too much."""

_WILDCARD = re.compile(r"[*?]")
_NONE: Mapping[str, re.Pattern[str]] = {}


@dataclass(slots=True)
class Wildcards:
    """Words with wildcards, by their beginnings."""

    _by_beginning: dict[str, dict[str, re.Pattern[str]]] = field(default_factory=dict)
    _lengths: dict[int, int] = field(default_factory=dict)

    def ask(self, word: str) -> None:
        """Look for a word from now on."""
        beginning = _beginning(word)
        beginners = self._by_beginning.setdefault(beginning, {})
        if not beginners:
            self._lengths[len(beginning)] = self._lengths.get(len(beginning), 0) + 1
        beginners[word] = re.compile(translate(word))

    def forget(self, word: str) -> None:
        """Look for it no more."""
        beginning = _beginning(word)
        del self._by_beginning[beginning][word]
        if not self._by_beginning[beginning]:
            del self._by_beginning[beginning]
            self._lengths[len(beginning)] -= 1
            if not self._lengths[len(beginning)]:
                del self._lengths[len(beginning)]

    def of(self, word: str) -> Iterator[str]:
        """Yield the words with wildcards that stand for one."""
        for length in self._lengths:
            if length > len(word):
                continue
            for asked, pattern in self._by_beginning.get(word[:length], _NONE).items():
                if pattern.match(word):
                    yield asked


@dataclass(slots=True)
class Mistakes:
    """Words that may have mistakes, written `edits:word`, by what is left of them without some letters.

    Two words within `edits` edits of each other (optimal string alignment) have that in common when each drops at most
    as many letters (Garbe, SymSpell).
    """

    _by_rest: dict[str, list[str]] = field(default_factory=dict)
    _edits: dict[int, int] = field(default_factory=dict)
    _lengths: Counter[int] = field(default_factory=Counter)

    def ask(self, asked: str) -> None:
        """Look for a word from now on."""
        edits, word = int(asked[0]), asked[2:]
        self._edits[edits] = self._edits.get(edits, 0) + 1
        self._lengths.update(range(len(word) - edits, len(word) + edits + 1))
        for rest in _rests(word, edits):
            self._by_rest.setdefault(rest, []).append(asked)

    def forget(self, asked: str) -> None:
        """Look for it no more."""
        edits, word = int(asked[0]), asked[2:]
        self._lengths.subtract(range(len(word) - edits, len(word) + edits + 1))
        self._edits[edits] -= 1
        if not self._edits[edits]:
            del self._edits[edits]
        for rest in _rests(word, edits):
            _drop(self._by_rest, rest, asked)

    def may_have(self, length: int) -> bool:
        """Tell whether a word of this length may be near enough to any."""
        return self._lengths[length] > 0

    def of(self, word: str) -> Iterator[str]:
        """Yield the words that one of a text is near enough to."""
        if not self.may_have(len(word)):
            return
        near = {asked for rest in _rests(word, max(self._edits)) for asked in self._by_rest.get(rest, ())}
        for asked in near:
            edits = int(asked[0])
            if OSA.distance(asked[2:], word, processor=None, score_cutoff=edits) <= edits:
                yield asked


@dataclass(slots=True)
class Stems:
    """Words of which any form will do, by their stems, in each language that texts turn out to have."""

    _asked: dict[str, None] = field(default_factory=dict)
    _by_stem: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def ask(self, word: str) -> None:
        """Look for a word from now on."""
        self._asked[word] = None
        for language, stems in self._by_stem.items():
            stems.setdefault(stem(word, language), []).append(word)

    def forget(self, word: str) -> None:
        """Look for it no more."""
        del self._asked[word]
        for language, stems in self._by_stem.items():
            _drop(stems, stem(word, language), word)

    def of(self, written: Iterable[str], language: str | None) -> Iterator[str]:
        """Yield the words of which some of a text in a language are forms."""
        if not self._asked:
            return
        known = language if language and primary(language) in ALGORITHMS else ""
        tag = primary(known)
        stems = self._by_stem.get(tag)
        if stems is None:
            stems = self._by_stem[tag] = {}
            for word in self._asked:
                stems.setdefault(stem(word, tag), []).append(word)
        for found in stems.keys() & {stem(word, tag) for word in written}:
            yield from stems[found]


@dataclass(slots=True)
class Regexes:
    """Regular expressions, searched for together, as many in one go as `memory` bytes allow.

    Those that are too large for that are taken to be in every text; so are all of a search that ran out of memory
    (RE2 says nothing then): the last expression of each is found in every text, and is missing.
    """

    memory: int = 32 << 20
    _searches: list[tuple["re2.Set | None", list[str]]] = field(default_factory=list)
    _waiting: list[str] = field(default_factory=list)

    def ask(self, pattern: str) -> None:
        """Look for an expression from now on."""
        self._waiting.append(pattern)

    def forget(self, pattern: str) -> None:
        """Look for it no more; those that were searched for together with it are put together anew."""
        if pattern not in self._waiting:
            at = next(at for at, (_, patterns) in enumerate(self._searches) if pattern in patterns)
            self._waiting += self._searches.pop(at)[1]
        self._waiting.remove(pattern)

    def of(self, texts: Iterable[bytes]) -> Iterator[str]:
        """Yield the expressions that may be found in any of these texts."""
        while self._waiting:
            self._put_together(self._waiting[:_TOGETHER])
            del self._waiting[:_TOGETHER]
        if not self._searches:
            return
        for text in texts:
            for search, patterns in self._searches:
                found = search.Match(text) if search else ()
                if len(patterns) in found:
                    yield from (patterns[at] for at in found if at < len(patterns))
                else:
                    yield from patterns

    def _put_together(self, patterns: list[str]) -> None:
        options = re2.Options()
        options.log_errors = False
        options.never_capture = True
        options.max_mem = self.memory
        search = re2.Set.SearchSet(options)
        try:
            for pattern in patterns:
                search.Add(pattern.encode())
            search.Add(b"")
            search.Compile()
        except re2.error:
            if len(patterns) == 1:
                self._searches.append((None, patterns))
                return
            self._put_together(patterns[: len(patterns) // 2])
            self._put_together(patterns[len(patterns) // 2 :])
        else:
            self._searches.append((search, patterns))


def _beginning(word: str) -> str:
    return _WILDCARD.split(word, maxsplit=1)[0]


def _rests(word: str, edits: int) -> set[str]:
    """Return what is left of a word without up to `edits` of its letters."""
    rests = {word}
    for _ in range(edits):
        rests |= {rest[:at] + rest[at + 1 :] for rest in rests for at in range(len(rest))}
    return rests


def _drop(lists: dict[str, list[str]], key: str, value: str) -> None:
    lists[key].remove(value)
    if not lists[key]:
        del lists[key]
