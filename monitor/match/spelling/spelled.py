"""Where a name stands in a text, under any of its spellings, and where the same words are somebody else's."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import regex
from rapidfuzz.distance import OSA

from monitor.match.clauses.terms import cut_term, find_term, find_terms
from monitor.match.spelling.beside import Row, is_no_place, is_torn, may_be_middle, may_follow, stands_alone
from monitor.match.spelling.people import name_words
from monitor.match.view import Text
from monitor.model import Span
from monitor.text.fold import fold

LEAST_FOR_A_SLIP = 6
"""Letters that a word must have to be recognised with one of them wrong."""


_ARTICLE = 3
_ONE_WORD = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that a rule wants expanded.

    `country` is what stands beside `country:` (empty: nothing does), `more` the opt-ins beside `with:`, sorted.
    """

    kind: Literal["place", "name", "list"]
    name: str
    country: str = ""
    more: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it as a rule would write it, which is its key in a lock."""
        options = [f"country: {self.country}"] if self.country else []
        options += [f"with: [{', '.join(self.more)}]"] if self.more else []
        return ", ".join([f"{self.kind}: {self.name}", *options])


@dataclass(frozen=True, slots=True)
class Expansion:
    """Every spelling that a name is found under; each is a term, folded like any other.

    Args:
        loose: forms that count in any case.
        forms: forms that count where they have a capital; in scripts without case, as they stand.
        cased: forms that count letter for letter (WHO), and not in a headline of capitals only.
        given: given names; with one of `family` behind or before them they are the name in full.
        family: surnames; without a given name they count if `alone`, or where the item has the name in full.
        alone: whether a surname tells whose it is, unless another's given name stands before it (`Melania Trump`).
        slips: those of `forms` that count with one letter wrong too.
        near_given: given names that do so before a surname without one.
        near_family: surnames that do so behind a given name without one.
        doubtful: forms that count as surnames do, where the item has one of `evidence` somewhere, or the name in full.
        evidence: what makes doubtful forms certain.
        rivals: names of others; what lies within one of them is not found (Guinea in Guinea-Bissau).
        is_place: whether it is a place, which a single word behind a given name is not (`Jack London`).
        by_rule: whether that is one that the gazetteer does not know, nor the longer names that hold it.
        members: of a list, the names that it is made of, each with an expansion of its own.
        needed: folded words of which an item in which the name stands has at least one, whole: the longest word of
            each form, and of what may have a letter wrong two words, since only one of them is wrong.
    """

    loose: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    alone: bool = False
    slips: tuple[str, ...] = ()
    near_given: tuple[str, ...] = ()
    near_family: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    is_place: bool = False
    by_rule: bool = False
    members: tuple[str, ...] = ()
    needed: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out what is needed, once."""
        object.__setattr__(self, "needed", self._needed())

    def spellings(self) -> tuple[str, ...]:
        """Return every form there is to find, rivals and evidence aside, each once."""
        forms = (*self.loose, *self.forms, *self.cased, *self.given, *self.family, *self.doubtful)
        return tuple(dict.fromkeys(forms))

    def _needed(self) -> frozenset[str]:
        # A given name is such a word too, since a surname with a slip is only recognised behind one.
        whole = (*self.loose, *self.forms, *self.cased, *self.doubtful, *self.family, *self.given)
        first = {word for form in whole for word in _longest_word(form)}
        second = {word for form in self.slips for word in sorted(cut_term(form).folded, key=len)[-2:-1]}
        return frozenset(first | second)


def _longest_word(form: str) -> tuple[str, ...]:
    """Return the longest word of a form, if it has any; that of a single word is found without cutting it."""
    if _ONE_WORD.fullmatch(form):
        return (fold(form),)
    folded = cut_term(form).folded
    return (max(folded, key=len),) if folded else ()


def find_spelled(text: Text, name: Expansion, *, certain: bool) -> list[Span]:
    """Return where a name stands in a text, in order, the longest where several forms do.

    Args:
        text: where to look.
        name: what to look for.
        certain: the item has the name in full, or evidence of it, somewhere.
    """
    if name.needed.isdisjoint(text.positions):
        return []
    sure = [*find_sure(text, name), *_slips(text, name.slips)]
    doubtful = (*name.doubtful, *(() if name.alone else name.family))
    if certain or sure or (doubtful and is_evident(text, name)):
        sure += _alone(text, doubtful, name.given)
    if name.alone:
        sure += _alone(text, name.family, name.given)
    if name.is_place:
        known = not name.by_rule and (bool(name.evidence) or len(name.forms) > 1)
        sure = [span for span in sure if not is_no_place(_row(text, span), known=known)]
    rivals = longest(find_terms(text, name.rivals)) if sure and name.rivals else []
    return [span for span in longest(sure) if not _is_held(span, rivals) and not is_torn(span, text)]


def find_sure(text: Text, name: Expansion) -> list[Span]:
    """Return where a form stands that tells by itself whose it is."""
    spans = list(find_terms(text, name.loose))
    spans += (span for span in find_terms(text, name.forms) if _has_capital(span))
    if not text.shouts:
        spans += (span for form in name.cased for span in find_term(text, form, cased=True))
    return spans + list(_in_full(text, name)) if name.given else spans


def _has_capital(span: Span) -> bool:
    """Tell whether a name has a capital besides that of an article that begins a sentence (`La haye`)."""
    article, _, rest = span.text.partition(" ")
    return not (rest if rest and len(article) <= _ARTICLE else span.text).islower()


def is_evident(text: Text, name: Expansion) -> bool:
    """Tell whether a text has the name in full, or evidence of it."""
    return bool(find_sure(text, name)) or any(not span.text.islower() for span in find_terms(text, name.evidence))


def longest(spans: Iterable[Span]) -> list[Span]:
    """Return the spans of one text in order, without those that lie within another (New York in New York City)."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def _is_held(span: Span, rivals: Sequence[Span]) -> bool:
    """Tell whether a longer one of the rivals, of which none lies within another, holds a span."""
    at = bisect_right(rivals, span.start, key=lambda rival: rival.start) - 1
    return at >= 0 and span.end <= rivals[at].end and len(rivals[at].text) > len(span.text)


def _rows(text: Text, terms: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of words that are one of the terms and have a capital."""
    for span in find_terms(text, terms):
        if not span.text.islower():
            yield _row(text, span)


def _row(text: Text, span: Span) -> Row:
    first, end = (bisect_left(text.words, place, key=lambda word: word.start) for place in (span.start, span.end))
    return Row(text, first, end)


def _alone(text: Text, terms: tuple[str, ...], given: tuple[str, ...]) -> Iterator[Span]:
    own = _last_words(given)
    return (row.span for row in _rows(text, terms) if stands_alone(row, own))


def _in_full(text: Text, name: Expansion) -> Iterator[Span]:
    """Yield where a given name and a surname stand together, in either order, one of them perhaps with a slip."""
    givens = list(_rows(text, name.given))
    ending, beginning = defaultdict[int, list[Row]](list), defaultdict[int, list[Row]](list)
    for row in givens:
        ending[row.end].append(row)
        beginning[row.first].append(row)
    for surname in _rows(text, name.family):
        before = ending[surname.first] + ending[surname.first - 1]
        yield from (row.to(surname) for row in before if _are_one(row, surname))
        yield from (surname.to(row) for row in beginning[surname.end] if may_follow(surname, row))
        if slip := _nearly(surname.before(), name.near_given):
            yield slip.to(surname)
    for row in givens:
        if slip := _nearly(row.after(), name.near_family):
            yield row.to(slip)


def _are_one(given: Row, surname: Row) -> bool:
    """Tell whether a surname stands right behind a given name, or with one more name or initial in between."""
    if given.touches(surname):
        return True
    middle = Row(given.text, given.end, surname.first)
    return (
        given.end + 1 == surname.first and may_be_middle(middle) and given.touches(middle) and middle.touches(surname)
    )


def _nearly(row: Row | None, names: tuple[str, ...]) -> Row | None:
    """Return a row of one word that is nearly one of the names, and no other name that is known."""
    if row is None or row.span.text.islower():
        return None
    word = row.text.words[row.first].folded
    return row if len(word) >= LEAST_FOR_A_SLIP - 1 and word not in name_words() and _near(word, names) else None


@lru_cache(maxsize=65_536)
def _near(word: str, names: tuple[str, ...]) -> bool:
    return any(_differ_by_one(word, name) for name in _single(names))


def _differ_by_one(word: str, name: str) -> bool:
    """Tell whether a letter within a word is wrong; at its ends it mostly makes another name (Kasparova, Micheli)."""
    ends = word[0] == name[0] and word[-1] == name[-1] and abs(len(name) - len(word)) <= 1
    return ends and OSA.distance(name, word, score_cutoff=1) == 1


@lru_cache(maxsize=4096)
def _single(names: tuple[str, ...]) -> tuple[str, ...]:
    cut = (cut_term(name).folded for name in names)
    return tuple({words[0] for words in cut if len(words) == 1 and len(words[0]) >= LEAST_FOR_A_SLIP})


@lru_cache(maxsize=4096)
def _last_words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(cut_term(name).folded[-1] for name in names if cut_term(name).folded)


def _slips(text: Text, forms: tuple[str, ...]) -> Iterator[Span]:
    """Yield where all words of a form follow each other, one long one of them with a letter wrong."""
    for anchor, wanted, at in _anchored(forms):
        for place in text.positions.get(anchor, ()):
            row = Row(text, place - at, place - at + len(wanted))
            if row.first >= 0 and row.end <= len(text.words) and row.is_close() and _is_slip(row, wanted):
                yield row.span


@lru_cache(maxsize=4096)
def _anchored(forms: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...], int], ...]:
    """Return for each of the two longest words of each form: the word, all words, and which of them it is."""
    cut = (cut_term(form).folded for form in forms)
    return tuple(
        (words[at], words, at) for words in cut for at in sorted(range(len(words)), key=lambda i: -len(words[i]))[:2]
    )


def _is_slip(row: Row, wanted: tuple[str, ...]) -> bool:
    there = [word.folded for word in row.text.words[row.first : row.end]]
    wrong = [(word, name) for word, name in zip(there, wanted, strict=True) if word != name]
    if len(wrong) != 1 or row.span.text.islower():
        return False
    word, name = wrong[0]
    return len(name) >= LEAST_FOR_A_SLIP and word not in name_words() and _differ_by_one(word, name)
