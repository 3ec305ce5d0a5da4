"""How near an item came to a clause that it does not fulfil: the word in another form or place, another value."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rapidfuzz.distance import OSA

from monitor.match.clause import Clause
from monitor.match.clauses.closeness import Count, Near, Same
from monitor.match.clauses.fields import (
    Age,
    Agency,
    Byline,
    DatelinePlace,
    KindOf,
    Lang,
    Publisher,
    Section,
    Source,
    Tag,
    Url,
)
from monitor.match.clauses.stories import StoryIs
from monitor.match.clauses.wording import Cased, Term
from monitor.match.view import SCOPES, Text, View
from monitor.model import Span
from monitor.rules.clauses import field_names, parts, words_of
from monitor.rules.judging import Judged, Missed, leaves
from monitor.text.words import words

MOST = 3
"""Places that are told of one clause."""

_EVERYWHERE = frozenset(SCOPES)
_SHORTEST_PART = 3
_MOST_OF = 0.5
_ROOT = 0.7
_LETTERS_AN_EDIT = 4


@dataclass(frozen=True, slots=True)
class Hint:
    """What there is instead of what a clause wants, in words, and where."""

    told: str
    spans: tuple[Span, ...] = ()


def nearest(missed: Missed, view: View) -> Hint | None:
    """Return how near an item came to a clause that stood in the way; None where nothing is like it."""
    if missed.judged is None:
        return Hint(f"its source is {view.item.source or 'not known'}")
    if missed.judged.holds:
        return Hint("it is there", tuple(missed.judged.verdict.spans)[:MOST])
    hints = (_hint(leaf, view) for leaf in leaves(missed.judged))
    return next((hint for hint in hints if hint), None)


def _hint(judged: Judged, view: View) -> Hint | None:
    clause = judged.placed.clause
    match clause:
        case Same(unit, inner):
            holds = inner.judge(view, judged.placed.scope)
            return Hint(f"it holds, but not within one {unit}", tuple(holds.spans)[:MOST]) if holds.holds else None
        case Near() | Count():
            return _partly(clause, judged, view)
    if value := _VALUES.get(type(clause)):
        said = [str(one) for one in value(view) if one]
        return Hint(f"the item has {', '.join(said)}" if said else "the item does not say")
    return _elsewhere(clause, view) or _otherwise(clause, view)


def _partly(clause: Clause, judged: Judged, view: View) -> Hint | None:
    """Return what of several words is there."""
    there = [(part, part.judge(view, judged.placed.scope).spans) for part in parts(clause)]
    found = {words_of(part): len(spans) for part, spans in there if spans}
    if not found:
        return _elsewhere(clause, view)
    said = ", ".join(f"`{name}` {count} ×" for name, count in islice(found.items(), MOST))
    return Hint(f"there is {said}", tuple(span for _, spans in there for span in spans)[:MOST])


def _elsewhere(clause: Clause, view: View) -> Hint | None:
    """Return where a clause stands outside of its scope, or in another case."""
    if found := clause.judge(view, _EVERYWHERE).spans:
        return Hint("it stands elsewhere", tuple(found)[:MOST])
    if isinstance(clause, Cased) and (found := Term(clause.text).judge(view, _EVERYWHERE).spans):
        return Hint("it stands in another case", tuple(found)[:MOST])
    return None


def _otherwise(clause: Clause, view: View) -> Hint | None:
    """Return words of the item that are like one that a clause looks for."""
    wanted = {word.folded for text in _texts_of(clause) for word in words(text)}
    alike = (span for text in view.texts for span in _alike(text, wanted))
    spans = tuple(islice(dict.fromkeys(alike), MOST))
    return Hint("it has another form", spans) if spans else None


def _texts_of(clause: Clause) -> Iterator[str]:
    """Yield the words and phrases that a clause holds, in whatever field; of names every spelling."""
    if forms := getattr(clause, "forms", ()):
        yield from forms
        return
    for name in field_names(type(clause)):
        value = getattr(clause, name)
        yield from [value] if isinstance(value, str) else value if _is_texts(value) else ()


def _is_texts(value: object) -> bool:
    return isinstance(value, tuple | frozenset) and all(isinstance(one, str) for one in value)


def _alike(text: Text, wanted: Iterable[str]) -> Iterator[Span]:
    for word in text.words:
        if any(_is_alike(word.folded, one) for one in wanted):
            yield text.span(word.start, word.end)


def _is_alike(word: str, wanted: str) -> bool:
    """Tell whether a word holds another, begins like it for the most part, or is a slip of it: a letter in four."""
    if min(len(word), len(wanted)) < _SHORTEST_PART:
        return len(wanted) > 1 and word.startswith(wanted)
    if wanted in word or (word in wanted and len(word) >= _MOST_OF * len(wanted)):
        return True
    root = wanted[: max(_LETTERS_AN_EDIT, round(_ROOT * len(wanted)))]
    return word.startswith(root) or OSA.distance(word, wanted) <= min(len(word), len(wanted)) // _LETTERS_AN_EDIT


def _dateline(view: View, name: str) -> Iterable[str]:
    return getattr(view.item.dateline, name) if view.item.dateline else ()


def _story(view: View) -> Iterable[str]:
    story = view.story
    if story is None:
        return ()
    return (
        f"{story.items} in its story, {len(story.agencies)} agencies and {len(story.publishers)} publishers behind it",
    )


_VALUES: Mapping[type, Callable[[View], Iterable[object]]] = {
    DatelinePlace: lambda view: _dateline(view, "places"),
    Agency: lambda view: _dateline(view, "agencies"),
    Source: lambda view: [view.item.source],
    Publisher: lambda view: [view.publisher],
    Lang: lambda view: [view.item.language],
    Section: lambda view: [view.item.section],
    KindOf: lambda view: [view.item.kind],
    Byline: lambda view: [byline.name for byline in view.item.bylines],
    Url: lambda view: [view.item.url],
    Tag: lambda view: view.item.tags,
    Age: lambda view: [view.item.published],
    StoryIs: _story,
}
"""What an item has of what a clause asks, by the clause."""
