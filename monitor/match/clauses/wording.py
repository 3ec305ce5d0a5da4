"""Clauses over the wording of an item: what stands in its texts. Every place where it stands is evidence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from monitor.match.clauses.fuzzy import find_fuzzy
from monitor.match.clauses.rows import in_a_row
from monitor.match.clauses.terms import cut_term, fault_of, find_term
from monitor.match.clauses.wild import find_wild, is_wild
from monitor.match.view import Scope, Text, View
from monitor.model import Span, Verdict
from monitor.text.patterns import find_pattern
from monitor.text.stems import stem


@dataclass(frozen=True, slots=True)
class Term:
    """A whole word, or a phrase where there is a space; case and accents do not matter.

    A possessive or hyphenated part counts (`Xi's`, `Xi-bezoek`), a part of a word does not (`Axios`). In scripts
    without spaces (习近平) it is a substring, in Korean the beginning of a word.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    def find(self, text: Text) -> Iterable[Span]:
        """Return where the term stands."""
        return find_term(text, self.text)

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the term stands at least once."""
        return found(str(self), view, scope, self.find)


@dataclass(frozen=True, slots=True)
class Wild:
    """A word or phrase with `*` for any letters of a word, also none, or `?` for exactly one.

    `sanctie*` is *sancties* and *sanctiebeleid*; a `*` alone is one whole word (`Wang * Lavrov`). A `?` at the end of
    a word is punctuation (`Wat nu?`), unless another wildcard stands before it in the word.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    def find(self, text: Text) -> Iterable[Span]:
        """Return where such words stand."""
        return find_wild(text, self.text)

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where such words stand at least once."""
        return found(str(self), view, scope, self.find)


def read_wording(text: str) -> Term | Wild:
    """Return the clause that a term as written says.

    Raises:
        ValueError: it cannot be looked for; the message says the mend.
    """
    if text.isascii() and text.isalnum():  # Most are, and need no closer look.
        return Term(text)
    if fault := fault_of(text):
        raise ValueError(fault)
    return Wild(text) if is_wild(text) else Term(text)


@dataclass(frozen=True, slots=True)
class Cased:
    """A word or phrase, letter for letter; in a headline or dateline of capitals only, as if uncased."""

    text: str

    def __str__(self) -> str:
        return f"cased: {self.text}"

    def find(self, text: Text) -> Iterable[Span]:
        """Return where the term stands in this case."""
        return find_term(text, self.text, cased=True)

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the term stands at least once in this case."""
        return found(str(self), view, scope, self.find)


@dataclass(frozen=True, slots=True)
class Stem:
    """A word or phrase in any of its forms: `bezoeken` is *bezoekt* and *bezoek* too (stems of Snowball 3).

    Forms are those of the item's language, else of `service.language`; in a language without stems the word itself
    counts. Each word of a phrase may have any form. Irregular forms (*bezocht*) are words of their own.
    """

    text: str

    def __str__(self) -> str:
        return f"stem: {self.text}"

    def find(self, text: Text) -> Iterable[Span]:
        """Return where forms of the words follow each other."""
        cut = cut_term(self.text)
        places = [text.stems.get(stem(word, text.language), ()) for word in cut.written]
        sets = [frozenset(one) for one in places]
        return in_a_row(text, places[0], cut.gaps, partial(_each_in, sets)) if places else ()

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where such forms stand at least once."""
        return found(str(self), view, scope, self.find)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word or phrase with at most `edits` letters wrong, missing, too many, or swapped with the next one.

    Letters are compared without case and accents (Damerau-Levenshtein, optimal string alignment). `edits` is 1 or 2,
    1 if nothing is said, and counts for a whole phrase together; in one word at most a third of its letters may be
    wrong, so that short words (*Xi*) must stand as they are.
    """

    text: str
    edits: int = 1

    def __str__(self) -> str:
        return f"fuzzy: {self.text}, edits: {self.edits}"

    def find(self, text: Text) -> Iterable[Span]:
        """Return where words that are nearly these follow each other."""
        return find_fuzzy(text, self.text, self.edits)

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where such words stand at least once."""
        return found(str(self), view, scope, self.find)


@dataclass(frozen=True, slots=True)
class Re:
    r"""A regular expression in the syntax of RE2, anywhere in a text as it is written; each text is searched by itself.

    Case and accents count; `(?i)` at its beginning lets case go. `\b` and `\w` know plain letters only, as RE2 has it:
    `\pL` is any letter. RE2 has no lookahead, lookbehind or backreferences. An expression that can match nothing at
    all is refused.
    """

    pattern: str

    def __str__(self) -> str:
        return f"re: {self.pattern}"

    def find(self, text: Text) -> Iterable[Span]:
        """Return where it matches, the first thousand places of a text."""
        return (text.span(text.start + start, text.start + end) for start, end in find_pattern(self.pattern, text.utf8))

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where it matches at least once."""
        return found(str(self), view, scope, self.find)


def found(clause: str, view: View, scope: Scope, find: Callable[[Text], Iterable[Span]]) -> Verdict:
    """Return whether `find` finds anything in the texts of `scope`, with every place as evidence."""
    spans = tuple(span for text in view.within(scope) for span in find(text))
    return Verdict(clause, bool(spans), spans)


def _each_in(sets: list[frozenset[int]], first: int) -> bool:
    return all(first + at in own for at, own in enumerate(sets))
