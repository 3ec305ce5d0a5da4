"""What clauses over fields mean, said a second time (`tests.match.naive`)."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from monitor.match.clauses import fields, stories
from monitor.match.spelling.places import names_of
from monitor.match.view import View
from monitor.model import When
from monitor.text.agencies import same_agency
from tests.match.naive_words import cut, fold

Found = set[tuple[str, int, int]]
Said = tuple[bool, Found]


def plain(value: str) -> str:
    """Return a value of a field as it is compared."""
    return " ".join(fold(value).split())


def _value(known: str | None, names: Iterable[str]) -> Said:
    return known is not None and plain(known) in [plain(name) for name in names], set()


def _source(clause: fields.Source, view: View) -> Said:
    return view.item.source in clause.names, set()


def _kind(clause: fields.KindOf, view: View) -> Said:
    return view.item.kind in clause.names, set()


def _lang(clause: fields.Lang, view: View) -> Said:
    said = (view.item.language or "").lower().replace("_", "-")
    return any(said == name.lower() or said.startswith(f"{name.lower()}-") for name in clause.names), set()


def _age(clause: fields.Age, view: View) -> Said:
    when = view.item.published
    if when is None:
        return False, set()
    first, last = _bounds(when)
    young = clause.max is None or view.now - first <= clause.max
    return young and (clause.min is None or view.now - last >= clause.min), set()


def _bounds(when: When) -> tuple[datetime, datetime]:
    if isinstance(when, datetime):
        return when, when
    numbers = [int(part) for part in when.split("-")]
    year, month, day = numbers + [1] * (3 - len(numbers))
    first = datetime(year, month, day, tzinfo=UTC)
    if len(numbers) == 3:
        return first, first + timedelta(days=1)
    return first, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC) if len(numbers) == 2 else datetime(
        year + 1, 1, 1, tzinfo=UTC
    )


def _story(clause: stories.StoryIs, view: View) -> Said:
    if view.story is None:
        return False, set()
    said = {"agencies": len(view.story.agencies), "publishers": len(view.story.publishers), "items": view.story.items}
    for name, number in said.items():
        bound = getattr(clause, name)
        if bound and not _allows(bound, number):
            return False, set()
    recent = clause.within is None or (view.began is not None and view.began >= view.now - clause.within)
    return recent, set()


def _allows(bound: stories.Bound, number: int) -> bool:
    if number == bound.count:
        return "=" in bound.sign
    return (">" if number > bound.count else "<") in bound.sign


def _byline(clause: fields.Byline, view: View) -> Said:
    found = {
        (f"byline.{index}", *place)
        for index, byline in enumerate(view.item.bylines)
        for name in clause.names
        for place in _rows(byline.name, name)
    }
    return bool(found), found


def _rows(text: str, name: str) -> Iterable[tuple[int, int]]:
    """Yield where the words of a name, in which a * may stand, follow each other in another."""
    there, wanted = cut(text), name.split()
    for at in range(len(there) - len(wanted) + 1):
        here = there[at : at + len(wanted)]
        if all(like(fold(text[start:end]), fold(word)) for (start, end), word in zip(here, wanted, strict=True)):
            yield here[0][0], here[-1][1]


def like(value: str, form: str) -> bool:
    """Tell whether a value is of a form in which * stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, form.split("*"))), value, re.DOTALL) is not None


def _tag(clause: fields.Tag, view: View) -> Said:
    found = {
        (f"tags.{index}", 0, len(tag))
        for index, tag in enumerate(view.item.tags)
        if any(like(plain(tag), plain(name)) for name in clause.names)
    }
    return bool(found), found


def _url(clause: fields.Url, view: View) -> Said:
    if not view.item.url:
        return False, set()
    return any(_is_at(view.item.url, place) for place in clause.names), set()


def _is_at(url: str, place: str) -> bool:
    address = urlsplit(url)
    host = (address.hostname or "").removeprefix("www.")
    whole = host + unquote(address.path) + (f"?{address.query}" if address.query else "")
    if "*" in place:
        return like(whole, place)
    wanted, slash, path = place.removeprefix("www.").partition("/")
    wanted = wanted if wanted.isascii() else wanted.encode("idna").decode()
    if host != wanted and not host.endswith("." + wanted):
        return False
    rest = whole.removeprefix(host)
    return not slash or rest == f"/{path}" or rest.startswith((f"/{path}/", f"/{path}?", f"/{path}&"))


def _agency(clause: fields.Agency, view: View) -> Said:
    named = [name for name in _dateline(view, "agencies") if same_agency(name) in map(same_agency, clause.names)]
    return bool(named), {place for name in named for place in _in_dateline(view, name)[-1:]}


def _place(clause: fields.DatelinePlace, view: View) -> Said:
    wanted = {plain(form) for name in clause.names for form in (name, *names_of(name))}
    named = [name for name in _dateline(view, "places") if plain(name) in wanted]
    return bool(named), {place for name in named for place in _in_dateline(view, name)[:1]}


def _dateline(view: View, part: str) -> list[str]:
    return list(getattr(view.item.dateline, part)) if view.item.dateline else []


def _in_dateline(view: View, name: str) -> list[tuple[str, int, int]]:
    text = view.item.dateline.text if view.item.dateline else ""
    return [("dateline", *place) for place in _rows(text, name)]


FIELDS: Mapping[type, Callable[[Any, View], Said]] = {
    fields.Source: _source,
    fields.KindOf: _kind,
    fields.Lang: _lang,
    fields.Age: _age,
    fields.Section: lambda clause, view: _value(view.item.section, clause.names),
    fields.Publisher: lambda clause, view: _value(view.publisher, clause.names),
    fields.Byline: _byline,
    fields.Tag: _tag,
    fields.Url: _url,
    fields.Agency: _agency,
    fields.DatelinePlace: _place,
    stories.StoryIs: _story,
}
