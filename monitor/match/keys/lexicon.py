"""What keys an item has: its words, in each of the scopes that rules look into, and what its words are forms of.

Only what is asked for is made. What a word is a form of is worked out when the word is first met, and remembered.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from monitor.match.keys.facts import facts_of
from monitor.match.keys.forms import Mistakes, Regexes, Stems, Wildcards
from monitor.match.keys.tokens import Tokens
from monitor.match.view import USUAL_SCOPE, Scope, Text, View

_MOST_KNOWN = 300_000
"""Words of which is remembered what they are forms of; then it begins anew."""


@dataclass(slots=True)
class _Space:
    """What is asked for in the texts of a scope; `asked` counts it by kind."""

    name: str
    scope: Scope
    asked: dict[str, int] = field(default_factory=dict)
    wild: Wildcards = field(default_factory=Wildcards)
    fuzzy: Mistakes = field(default_factory=Mistakes)
    stem: Stems = field(default_factory=Stems)
    re: Regexes = field(default_factory=Regexes)
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of every word met."""
    forms: set[str] = field(default_factory=set)
    """The words met that have any."""

    def count(self, kind: str, by: int) -> None:
        """Note that so much more of a kind is asked for."""
        self.asked[kind] = self.asked.get(kind, 0) + by
        if not self.asked[kind]:
            del self.asked[kind]
        if kind in {"wild", "fuzzy"}:
            self.known.clear()
            self.forms.clear()

    def keys(self, tokens: Tokens, texts: list[Text]) -> Iterator[str]:
        """Yield the keys of texts and of the words in them."""
        words = tokens.words
        if "" in self.asked:
            yield from (f"{self.name}:{word}" for word in words)
        if "wild" in self.asked or "fuzzy" in self.asked:
            for word in words - self.known.keys():
                self._meet(word)
            for word in words & self.forms:
                yield from self.known[word]
        if "stem" in self.asked:
            found = self.stem.of(tokens.as_written(), texts[0].language if texts else None)
            yield from (f"{self.name}:stem:{word}" for word in found)
        if "re" in self.asked:
            yield from (f"{self.name}:re:{pattern}" for pattern in self.re.of(text.utf8 for text in texts))

    def _meet(self, word: str) -> None:
        if len(self.known) >= _MOST_KNOWN:
            self.known.clear()
            self.forms.clear()
        wild = [f"{self.name}:wild:{asked}" for asked in self.wild.of(word)]
        self.known[word] = (*wild, *(f"{self.name}:fuzzy:{asked}" for asked in self.fuzzy.of(word)))
        if self.known[word]:
            self.forms.add(word)


@dataclass(slots=True)
class Lexicon:
    """The keys that are asked for, besides plain words in the usual texts."""

    _spaces: dict[str, _Space] = field(default_factory=dict)
    _facts: int = 0

    def ask(self, key: str) -> None:
        """Make a key from now on."""
        if key[0] == "=":
            self._facts += 1
            return
        space, kind, asked = _parts(key)
        there = self._spaces.get(space)
        if there is None:
            scope = frozenset(space.split("+")) if space else USUAL_SCOPE
            there = self._spaces[space] = _Space(space, scope)
        there.count(kind, 1)
        if kind:
            getattr(there, kind).ask(asked)

    def forget(self, key: str) -> None:
        """Make a key no more."""
        if key[0] == "=":
            self._facts -= 1
            return
        space, kind, asked = _parts(key)
        there = self._spaces[space]
        there.count(kind, -1)
        if kind:
            getattr(there, kind).forget(asked)
        if not there.asked:
            del self._spaces[space]

    def keys_of(self, view: View) -> tuple[set[str], Callable[[], str]]:
        """Return the keys of an item, and what returns the words of its usual texts in a row."""
        texts = [text for text in view.texts if text.scopes & USUAL_SCOPE]
        usual = Tokens([text.text for text in texts])
        if not self._spaces and not self._facts:
            return usual.words, lambda: usual.line
        keys = set(usual.words)
        for space in self._spaces.values():
            if space.name:
                within = [text for text in view.texts if text.scopes & space.scope]
                keys.update(space.keys(Tokens([text.text for text in within]), within))
            else:
                keys.update(space.keys(usual, texts))
        if self._facts:
            keys.update(facts_of(view))
        return keys, lambda: usual.line


def _parts(key: str) -> tuple[str, str, str]:
    """Return the scopes that a key names, its kind (none for a word), and the rest."""
    space, _, rest = key.partition(":")
    kind, _, asked = rest.partition(":")
    return (space, kind, asked) if asked else (space, "", rest)
