"""Clauses over what is known about an item besides its texts. An unknown value makes each of them false.

So `none: [{lang: nl}]` holds for an item that does not say its language: it is not known to be Dutch.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import translate
from functools import lru_cache

from monitor.match.clauses.terms import find_term, find_terms
from monitor.match.spelling.places import lookup_key, names_of
from monitor.match.view import Scope, View
from monitor.model import PartialDate, Span, Verdict, When
from monitor.text.addresses import is_at
from monitor.text.agencies import same_agency
from monitor.text.durations import write_duration
from monitor.text.fold import fold

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DatelinePlace:
    """The dateline names one of these places, under any of its names."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where a place of the dateline has a name of one of these; it is the evidence."""
        dateline = view.item.dateline
        wanted = frozenset().union(*map(_keys, self.names))
        named = [place for place in dateline.places if lookup_key(place) in wanted] if dateline else []
        return Verdict(_clause("dateline.place", self.names), bool(named), tuple(_first(view, named)))


@dataclass(frozen=True, slots=True)
class Agency:
    """The dateline names one of these agencies, by code or by name (RTR, Reuters)."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where an agency of the dateline is one of these; it is the evidence."""
        dateline = view.item.dateline
        wanted = {same_agency(name) for name in self.names}
        named = [agency for agency in dateline.agencies if same_agency(agency) in wanted] if dateline else []
        return Verdict(_clause("agency", self.names), bool(named), tuple(_last(view, named)))


@dataclass(frozen=True, slots=True)
class Source:
    """The item came from one of these sources (ids)."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the source's id is one of these."""
        return Verdict(_clause("source", self.names), view.item.source in self.names)


@dataclass(frozen=True, slots=True)
class Publisher:
    """One of these publishers is behind the source of the item; case and accents do not matter."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the publisher is one of these, as a whole."""
        holds = view.publisher is not None and _spaced(view.publisher) in map(_spaced, self.names)
        return Verdict(_clause("publisher", self.names), holds)


@dataclass(frozen=True, slots=True)
class Lang:
    """The item is in one of these languages; `nl` holds for `nl-BE` too (RFC 4647, basic filtering)."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the item's language is one of these or a variety of one."""
        said = _tag(view.item.language or "")
        return Verdict(_clause("lang", self.names), any(said.startswith(_tag(name)) for name in self.names))


@dataclass(frozen=True, slots=True)
class Section:
    """The item stands in one of these sections; case and accents do not matter."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the section is one of these, as a whole."""
        section = view.item.section
        holds = section is not None and _spaced(section) in map(_spaced, self.names)
        return Verdict(_clause("section", self.names), holds)


@dataclass(frozen=True, slots=True)
class Byline:
    """One of these names, or whole words of a name, stands among those who wrote it; wildcards may stand in it."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where a byline has one of these; each place is evidence."""
        spans = tuple(
            dict.fromkeys(span for text in view.of("byline") for span in sorted(find_terms(text, self.names)))
        )
        return Verdict(_clause("byline", self.names), bool(spans), spans)


@dataclass(frozen=True, slots=True)
class Tag:
    """The item bears one of these tags, each as a whole; case and accents do not matter, wildcards may stand in it."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where a tag is one of these; it is the evidence."""
        fits = [_whole(name) for name in self.names]
        spans = tuple(
            text.span(0, len(text.text))
            for text in view.of("tags")
            if text.text and any(fit(_spaced(text.text)) for fit in fits)
        )
        return Verdict(_clause("tag", self.names), bool(spans), spans)


@dataclass(frozen=True, slots=True)
class Url:
    """The item's address is at one of these hosts, or begins with one of these hosts and paths.

    `nos.nl` is *nos.nl* and every host under it (*www.nos.nl*), `nos.nl/artikel` what stands under that path. With a
    `*`, for any characters, it is the form of the whole address without its scheme: `*.gov/press/*`. Case counts in
    paths only; `www.`, the scheme and the port do not.
    """

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the item has an address and it is one of these."""
        url = view.item.url
        holds = url is not None and any(is_at(url, name) for name in self.names)
        return Verdict(_clause("url", self.names), holds)


@dataclass(frozen=True, slots=True)
class KindOf:
    """The item is of one of these kinds: new, update, correction, withdrawn."""

    names: tuple[str, ...]

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the kind is one of these."""
        return Verdict(_clause("kind", self.names), view.item.kind in self.names)


@dataclass(frozen=True, slots=True)
class Age:
    """How long before now the item was published, at most `max` and at least `min`.

    A bare day, month or year counts only where every moment of it would do. Unknown: false. A date yet to come is no
    older than any `max`, and false for `min`.
    """

    max: timedelta | None = None
    min: timedelta | None = None

    def judge(self, view: View, scope: Scope) -> Verdict:
        """Hold where the age is known and within both bounds."""
        bounds = {"max": self.max, "min": self.min}
        clause = ", ".join(f"{name}: {write_duration(bound)}" for name, bound in bounds.items() if bound is not None)
        published = view.item.published
        return Verdict(f"age: {clause}", published is not None and self._holds(published, view.now))

    def _holds(self, published: When, now: datetime) -> bool:
        oldest, youngest = now - first_moment(published), now - last_moment(published)
        return (self.max is None or oldest <= self.max) and (self.min is None or youngest >= self.min)


def first_moment(when: When) -> datetime:
    """Return the first moment that `when` may mean."""
    if isinstance(when, datetime):
        return when
    year, month, day = _parts(when)
    return datetime(year, month or 1, day or 1, tzinfo=UTC)


def last_moment(when: When) -> datetime:
    """Return the last moment that `when` may mean: where the next day, month or year begins."""
    if isinstance(when, datetime):
        return when
    year, month, day = _parts(when)
    try:
        if day:
            return first_moment(when) + timedelta(days=1)
        months = 12 * year + (month or 12)
        return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    except (OverflowError, ValueError):
        return _LAST


def _parts(when: PartialDate) -> tuple[int, int, int]:
    """Return year, month and day, 0 for what is not said."""
    year, month, day = (*map(int, when.split("-")), 0, 0)[:3]
    return year, month, day


def _clause(key: str, names: Iterable[str]) -> str:
    return f"{key}: {', '.join(names)}"


def _tag(language: str) -> str:
    return f"{language}-".replace("_", "-").casefold()


def _spaced(text: str) -> str:
    """Return a value of a field, comparable."""
    return " ".join(fold(text).split())


@lru_cache(maxsize=4096)
def _whole(name: str) -> Callable[[str], object]:
    """Return what tells whether a comparable value is `name`, in which `*` and `?` are wildcards."""
    return re.compile(translate(_spaced(name).replace("[", "[[]"))).match


@lru_cache(maxsize=4096)
def _keys(place: str) -> frozenset[str]:
    """Return every form under which a dateline may name the place, comparable."""
    return frozenset(lookup_key(name) for name in (place, *names_of(place)))


def _first(view: View, named: Iterable[str]) -> Iterable[Span]:
    """Yield where each name stands first in the dateline: places come before agencies (PARIJS (ANP/PARIJS) …)."""
    for text in view.of("dateline"):
        yield from dict.fromkeys(span for name in named for span in [*find_term(text, name)][:1])


def _last(view: View, named: Iterable[str]) -> Iterable[Span]:
    """Yield where each name stands last in the dateline."""
    for text in view.of("dateline"):
        yield from dict.fromkeys(span for name in named for span in [*find_term(text, name)][-1:])
