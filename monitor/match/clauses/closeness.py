"""Clauses over how close things stand: near each other, in the same sentence, how often."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from monitor.match.clause import Clause, Wording
from monitor.match.clauses.wording import found
from monitor.match.view import Scope, Text, View
from monitor.model import Span, Verdict

Unit = Literal["sentence", "paragraph"]


@dataclass(frozen=True, slots=True)
class Near:
    """Two wordings with at most `within` words from the one to the other, in one text; neighbours are 1 apart.

    Each is a term, a wording such as `{stem: bezoeken}`, or a list of those, any of which counts. A phrase is as near
    as its nearest word. `ordered: true` wants the first before the second. Both must be places of their own: one word
    is not near itself. In scripts without spaces, and in Korean, characters count as words do.
    """

    left: tuple[Wording, ...]
    right: tuple[Wording, ...]
    within: int
    ordered: bool = False

    def __str__(self) -> str:
        order = ", ordered" if self.ordered else ""
        return f"near: {_named(self.left)} and {_named(self.right)}, within: {self.within}{order}"

    def find(self, text: Text) -> Iterable[Span]:
        """Return the places of either that have one of the other near."""
        left = _places(text, self.left)
        right = _places(text, self.right) if left else {}
        if not right:
            return ()
        before, after = (0, self.within) if self.ordered else (self.within, self.within)
        near = [*_with_a_neighbour(left, right, before, after), *_with_a_neighbour(right, left, after, before)]
        return sorted({*near}, key=lambda span: (span.start, span.end))

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where they stand near each other at least once."""
        return found(str(self), view, scope, self.find)


@dataclass(frozen=True, slots=True)
class Same:
    """What stands beside it in the mapping is true within one `sentence`, or one `paragraph` (a text of the item).

    Each sentence of the texts in scope is looked at alone; one that makes all of it true is enough, and all such are
    evidence. Conditions on fields, such as `lang`, are about the whole item here too.
    """

    unit: Unit
    clause: Clause

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the clause does in one sentence or paragraph; the verdict within is that of the first, or best."""
        spans: dict[Span, None] = {}
        best, holds = self.clause.judge(view.only(_NOTHING), scope), False
        for part in self._parts(view, scope):
            verdict = self.clause.judge(view.only(part), scope)
            if verdict.holds:
                spans.update(dict.fromkeys(verdict.spans))
            if (verdict.holds and not holds) or (not holds and _weight(verdict) >= _weight(best)):
                best = verdict
            holds = holds or verdict.holds
        return Verdict(f"same: {self.unit}", holds, tuple(spans), (best,))

    def _parts(self, view: View, scope: Scope) -> Iterator[Text]:
        for text in view.within(scope):
            yield from text.sentences if self.unit == "sentence" else (text,)


@dataclass(frozen=True, slots=True)
class Count:
    """A wording, or a list of them, stands at least `at_least` times in all the texts in scope together.

    Each place counts once, also where several of a list stand there.
    """

    terms: tuple[Wording, ...]
    at_least: int

    def __str__(self) -> str:
        return f"count: {_named(self.terms)}, at_least: {self.at_least}"

    def find(self, text: Text) -> Iterable[Span]:
        """Return the places, the longest where some overlap."""
        return _apart(span for term in self.terms for span in term.find(text))

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where there are enough places."""
        spans = tuple(span for text in view.within(scope) for span in self.find(text))
        holds = len(spans) >= self.at_least
        return Verdict(f"{self}, found: {len(spans)}", holds, spans if holds else ())


_NOTHING = Text("", frozenset(), "")


def _named(terms: Sequence[Wording]) -> str:
    return str(terms[0]) if len(terms) == 1 else f"[{', '.join(map(str, terms))}]"


def _weight(verdict: Verdict) -> int:
    """Return how many of the clauses without clauses within hold."""
    return sum(map(_weight, verdict.clauses)) if verdict.clauses else verdict.holds


def _places(text: Text, terms: Sequence[Wording]) -> dict[Span, tuple[int, int]]:
    """Return where any of the terms stands, each with its first and last word; what holds no word is left out."""
    spans = dict.fromkeys(span for term in terms for span in term.find(text))
    if not spans:
        return {}
    starts, ends = [word.start for word in text.words], [word.end for word in text.words]
    placed = {span: (bisect_right(ends, span.start), bisect_left(starts, span.end) - 1) for span in spans}
    return {span: (first, last) for span, (first, last) in placed.items() if first <= last}


def _with_a_neighbour(
    places: dict[Span, tuple[int, int]], others: dict[Span, tuple[int, int]], before: int, after: int
) -> Iterator[Span]:
    """Yield the places that one of the others ends at most `before` words before, or begins at most `after` behind."""
    firsts = sorted(first for first, _ in others.values())
    lasts = sorted(last for _, last in others.values())
    for span, (first, last) in places.items():
        following, preceding = bisect_right(firsts, last), bisect_left(lasts, first) - 1
        is_followed = following < len(firsts) and firsts[following] - last <= after
        if is_followed or (preceding >= 0 and first - lasts[preceding] <= before):
            yield span


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return spans of one text in order, of those that overlap the first and longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
