"""Terms with typing mistakes: words within an edit distance of those of a term."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from monitor.match.clauses.rows import in_a_row
from monitor.match.clauses.terms import cut_term, fault_of
from monitor.match.view import Text
from monitor.model import Span

MOST_EDITS = 2


def edits_within(word: str, edits: int) -> int:
    """Return how many of `edits` a folded word may have: at most one for every three letters."""
    return min(edits, len(word) // 3)


def fault_of_fuzzy(term: str, edits: int) -> str | None:
    """Return why a term cannot have so many edits, with the mend; None if it can."""
    if fault := fault_of(term):
        return fault
    if not 1 <= edits <= MOST_EDITS:
        return f"wants `edits` from 1 to {MOST_EDITS}, not {edits}"
    most = sum(edits_within(word, MOST_EDITS) for word in cut_term(term).folded)
    if most == 0:
        return f"`{term}`: no word of it has the three letters that one edit wants; write the term without `fuzzy`"
    if edits > most:
        return f"`{term}` is too short for {edits} edits, one for every three letters of a word; write `edits: {most}`"
    return None


def find_fuzzy(text: Text, term: str, edits: int) -> Iterator[Span]:
    """Yield where words at most `edits` edits from those of `term` follow each other; places do not overlap."""
    cut = cut_term(term)
    near = []
    for word in cut.folded:
        near.append(_near(text, word, edits_within(word, edits)))
        if not near[-1]:
            return iter(())
    starts = sorted(index for form in near[0] for index in text.positions[form])
    return in_a_row(text, starts, cut.gaps, partial(_stands_at, text, near, edits))


def _near(text: Text, word: str, edits: int) -> Mapping[str, int]:
    """Return the words of a text that are near to one, each with how many edits it takes."""
    if not edits:
        return {word: 0} if word in text.positions else {}
    return {
        form: taken
        for form, taken, _ in extract(
            word, text.alphabet, scorer=OSA.distance, processor=None, score_cutoff=edits, limit=None
        )
    }


def _stands_at(text: Text, near: Sequence[Mapping[str, int]], edits: int, first: int) -> bool:
    taken = 0
    for at, forms in enumerate(near):
        taken += forms.get(text.words[first + at].folded, edits + 1)
    return taken <= edits
