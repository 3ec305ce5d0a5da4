"""What rules mean, said a second time and as plainly as can be: without an index, without care for speed.

Of `monitor.match` only the dataclasses are taken: nodes of rules, views of items. Texts are cut and folded here by
Unicode's own tables; where sentences end is asked of `monitor.text.sentences`, and forms of words of Snowball.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, product
from typing import Any

import Stemmer

from monitor.match.clause import Clause
from monitor.match.clauses import closeness, groups, naming, wording
from monitor.match.view import Text, View
from monitor.model import Paragraph, Subhead
from monitor.text.sentences import sentences
from monitor.text.stems import ALGORITHMS
from tests.match.naive_fields import FIELDS, Found
from tests.match.naive_words import cut, fold, gap_fits, is_korean, without_unseen


@dataclass(frozen=True)
class Piece:
    """A text, or a sentence of one: what stands from `start` to `end` of `text`."""

    name: str
    scopes: frozenset[str]
    text: str
    start: int
    end: int
    language: str | None

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """Where the words stand."""
        return [(start + self.start, end + self.start) for start, end in cut(self.text[self.start : self.end])]

    def slice(self, word: tuple[int, int]) -> str:
        """Return what stands there."""
        return self.text[word[0] : word[1]]


def judge(clause: Clause, view: View, scope: frozenset[str], pieces: list[Piece] | None = None) -> tuple[bool, Found]:
    """Return whether a clause holds in the texts of `scope`, and the places that are evidence."""
    looked_into = [piece for piece in (_pieces(view) if pieces is None else pieces) if piece.scopes & scope]
    if isinstance(clause, closeness.Same):
        return _same(clause, view, scope, looked_into)
    if isinstance(clause, groups.In):
        return judge(clause.clause, view, clause.scope, pieces)
    if isinstance(clause, groups.All | groups.Any | groups.Without | groups.Min):
        return _group(clause, [judge(inner, view, scope, pieces) for inner in clause.clauses])
    if type(clause) in FIELDS:
        return FIELDS[type(clause)](clause, view)
    if isinstance(clause, naming.Place | naming.Name):
        return _named(clause, view, looked_into)
    found = {(piece.name, *place) for piece in looked_into for place in places(clause, piece)}
    if isinstance(clause, closeness.Count) and len(found) < clause.at_least:
        return False, set()
    return bool(found), found


def _group(clause: Clause, said: list[tuple[bool, Found]]) -> tuple[bool, Found]:
    held = [found for holds, found in said if holds]
    if isinstance(clause, groups.Without):
        return not held, set()
    wanted = clause.k if isinstance(clause, groups.Min) else len(said) if isinstance(clause, groups.All) else 1
    return len(held) >= wanted, set().union(*held) if len(held) >= wanted else set()


def _pieces(view: View) -> list[Piece]:
    """Return the texts of an item, each with the scopes that it belongs to."""
    item, language = view.item, view.item.language or view.language
    texts = [("headline", {"headline"}, item.headline), ("summary", {"summary"}, item.summary)]
    texts.append(("dateline", {"dateline"}, item.dateline.text if item.dateline else None))
    paragraphs = [index for index, block in enumerate(item.body) if isinstance(block, Paragraph)]
    for index, block in enumerate(item.body):
        scope = "body" if isinstance(block, Paragraph) else "subheads" if isinstance(block, Subhead) else "teasers"
        texts.append((f"body.{index}", {scope, "lead"} if index in paragraphs[:1] else {scope}, block.text))
    for index, entry in enumerate(item.related.items if item.related else ()):
        texts.append((f"related.{index}", {"related"}, entry.text))
        texts.append((f"related.{index}.dateline", {"related"}, entry.dateline.text if entry.dateline else None))
    texts += [(f"byline.{index}", {"byline"}, byline.name) for index, byline in enumerate(item.bylines)]
    texts += [(f"tags.{index}", {"tags"}, tag) for index, tag in enumerate(item.tags)]
    return [Piece(name, frozenset(scopes), text, 0, len(text), language) for name, scopes, text in texts if text]


def _same(clause: closeness.Same, view: View, scope: frozenset[str], texts: list[Piece]) -> tuple[bool, Found]:
    parts = [
        replace(piece, start=piece.start + start, end=piece.start + end)
        for piece in texts
        for start, end in (
            sentences(piece.text)
            if clause.unit == "sentence" and piece.end - piece.start == len(piece.text)
            else [(0, piece.end - piece.start)]
        )
    ]
    held = [found for holds, found in (judge(clause.clause, view, scope, [part]) for part in parts) if holds]
    return bool(held), set().union(*held)


def places(clause: Clause, piece: Piece) -> set[tuple[int, int]]:
    """Return where a wording stands in a text."""
    return set(_PLACES[type(clause)](clause, piece))


def _row(
    term: str, piece: Piece, fits: Callable[[list[tuple[int, int]]], bool], spans: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield where as many words as `spans` has in `term` follow each other and fit; from left to right, apart."""
    gaps = [term[left[1] : right[0]] for left, right in pairwise(spans)]
    at = 0
    while spans and at + len(spans) <= len(piece.words):
        here = piece.words[at : at + len(spans)]
        between = [piece.text[left[1] : right[0]] for left, right in pairwise(here)]
        start = here[0][0]
        within = start > 0 and is_korean(piece.text[start]) and is_korean(piece.text[start - 1])
        if not within and fits(here) and all(map(gap_fits, between, gaps)):
            yield start, here[-1][1]
            at += len(spans)
        else:
            at += 1


def _term(term: str, piece: Piece, same: Callable[[str, str], bool]) -> Iterator[tuple[int, int]]:
    spans = cut(term)
    own = [term[start:end] for start, end in spans]
    return _row(
        term, piece, lambda here: all(same(piece.slice(word), one) for word, one in zip(here, own, strict=True)), spans
    )


def _folded(there: str, wanted: str) -> bool:
    return fold(there) == fold(wanted)


def _exactly(there: str, wanted: str) -> bool:
    bare = {unicodedata.normalize("NFC", without_unseen(word)) for word in (there, wanted)}
    return len(bare) == 1 and _folded(there, wanted)


def _of_cased(clause: wording.Cased, piece: Piece) -> Iterable[tuple[int, int]]:
    shouts = piece.name.endswith(("headline", "dateline")) and piece.text.isupper()
    return _term(clause.text, piece, _folded if shouts else _exactly)


def _of_wild(clause: wording.Wild, piece: Piece) -> Iterable[tuple[int, int]]:
    return _wild(clause.text, piece)


def _wild(term: str, piece: Piece) -> Iterator[tuple[int, int]]:
    """Take wildcards for letters of no script, cut, and put them back."""
    marked = term.replace("*", "\u16a0").replace("?", "\u16a1")
    spans = cut(marked)
    for start, end in cut(marked):
        core = marked[start:end].rstrip("\u16a1")
        glued = end < len(marked) and any(span[0] == end for span in spans)
        if not glued and not {*core} & {"\u16a0", "\u16a1"}:
            spans[spans.index((start, end))] = (start, start + len(core))
    spans = [span for span in spans if span[0] < span[1]]
    forms = [marked[start:end] for start, end in spans]

    def fits(here: list[tuple[int, int]]) -> bool:
        return all(_stands_for(form, fold(piece.slice(word))) for word, form in zip(here, forms, strict=True))

    return _row(term, piece, fits, spans)


def _stands_for(form: str, word: str) -> bool:
    pattern = "".join({"\u16a0": ".*", "\u16a1": "."}.get(char, re.escape(fold(char))) for char in form)
    return re.fullmatch(pattern, word) is not None


def _of_stem(clause: wording.Stem, piece: Piece) -> Iterable[tuple[int, int]]:
    algorithm = ALGORITHMS.get((piece.language or "").partition("-")[0])

    def stem(word: str) -> str:
        if algorithm is None:
            return fold(word)
        seen = unicodedata.normalize("NFC", without_unseen(word)).casefold()
        return fold(Stemmer.Stemmer(algorithm).stemWord(seen)) or fold(word)

    return _term(clause.text, piece, lambda there, wanted: stem(there) == stem(wanted))


def _of_fuzzy(clause: wording.Fuzzy, piece: Piece) -> Iterable[tuple[int, int]]:
    spans = cut(clause.text)
    own = [fold(clause.text[start:end]) for start, end in spans]

    def fits(here: list[tuple[int, int]]) -> bool:
        taken = [distance(fold(piece.slice(word)), one) for word, one in zip(here, own, strict=True)]
        return sum(taken) <= clause.edits and all(n <= len(one) // 3 for n, one in zip(taken, own, strict=True))

    return _row(clause.text, piece, fits, spans)


def distance(one: str, other: str) -> int:
    """Return how many letters to put in, leave out, replace or swap with the next make one word the other."""
    table = {(row, 0): row for row in range(len(one) + 1)} | {(0, column): column for column in range(len(other) + 1)}
    for row, column in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        same = one[row - 1] == other[column - 1]
        steps = [table[row - 1, column] + 1, table[row, column - 1] + 1, table[row - 1, column - 1] + (not same)]
        if row > 1 and column > 1 and one[row - 2 : row] == other[column - 2 : column][::-1]:
            steps.append(table[row - 2, column - 2] + 1)
        table[row, column] = min(steps)
    return table[len(one), len(other)]


def _of_re(clause: wording.Re, piece: Piece) -> Iterable[tuple[int, int]]:
    text = piece.text[piece.start : piece.end]
    pattern = re.sub(r"\$$", r"\\Z", clause.pattern)  # RE2's $ is the very end.
    return (
        (match.start() + piece.start, match.end() + piece.start) for match in re.finditer(pattern, text) if match[0]
    )


def _any_form(forms: Iterable[str], piece: Piece) -> set[tuple[int, int]]:
    return {place for form in forms for place in _wild(form, piece)}


def _longest(found: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the places that do not lie within another."""
    every = set(found)
    return {
        one for one in every if not any(other != one and other[0] <= one[0] and one[1] <= other[1] for other in every)
    }


def _of_listed(clause: naming.Listed, piece: Piece) -> Iterable[tuple[int, int]]:
    return _longest(_any_form(clause.forms, piece))


def _named(clause: naming.Place | naming.Name, view: View, looked_into: list[Piece]) -> tuple[bool, Found]:
    """Ask the clause itself: which spellings a name has, and when a surname is enough, is measured elsewhere."""
    verdicts = (clause.judge(view.only(_text(piece)), piece.scopes) for piece in looked_into)
    found = {(span.field, span.start, span.end) for verdict in verdicts for span in verdict.spans}
    return bool(found), found


def _of_name(clause: naming.Place | naming.Name, piece: Piece) -> Iterable[tuple[int, int]]:
    return ((span.start, span.end) for span in clause.find(_text(piece)))


def _text(piece: Piece) -> Text:
    return Text(piece.name, piece.scopes, piece.text, piece.language, piece.start, piece.end)


def _of_near(clause: closeness.Near, piece: Piece) -> Iterable[tuple[int, int]]:
    left, right = ({p for term in side for p in places(term, piece)} for side in (clause.left, clause.right))
    for one, other in product(left, right):
        here, there = _numbers(one, piece), _numbers(other, piece)
        if not here or not there:
            continue
        after = 0 < there[0] - here[-1] <= clause.within
        before = 0 < here[0] - there[-1] <= clause.within
        if after or (before and not clause.ordered):
            yield one
            yield other


def _numbers(place: tuple[int, int], piece: Piece) -> list[int]:
    """Return the numbers of the words that a place touches."""
    return [at for at, word in enumerate(piece.words) if word[0] < place[1] and place[0] < word[1]]


def _of_count(clause: closeness.Count, piece: Piece) -> Iterable[tuple[int, int]]:
    """Yield places from left to right, the longest first, none over another."""
    end = -1
    for place in sorted((p for term in clause.terms for p in places(term, piece)), key=lambda p: (p[0], -p[1])):
        if place[0] >= end:
            end = place[1]
            yield place


_PLACES: Mapping[type, Callable[[Any, Piece], Iterable[tuple[int, int]]]] = {
    wording.Term: lambda clause, piece: _term(clause.text, piece, _folded),
    wording.Wild: _of_wild,
    wording.Cased: _of_cased,
    wording.Stem: _of_stem,
    wording.Fuzzy: _of_fuzzy,
    wording.Re: _of_re,
    naming.Listed: _of_listed,
    naming.Place: _of_name,
    naming.Name: _of_name,
    closeness.Near: _of_near,
    closeness.Count: _of_count,
}
