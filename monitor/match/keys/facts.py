"""What is known of an item besides its texts, as keys: what an item has, and what clauses about it need.

Both sides stand here together, since they must make the same keys: `=lang:nl`, `=source:wire`.
"""

from collections.abc import Iterable, Iterator

from monitor.match.spelling.places import lookup_key, names_of
from monitor.match.view import View
from monitor.text.addresses import bare_address
from monitor.text.agencies import same_agency
from monitor.text.fold import fold

STORY = "=story:"
"""What an item has that belongs to a known story."""

_ADDRESS = "=url:"


def facts_of(view: View) -> Iterator[str]:
    """Yield the keys of what is known of an item."""
    item = view.item
    yield from sources([item.source or ""])
    yield from kinds([item.kind])
    yield from _said("section", [item.section])
    yield from _said("publisher", [view.publisher])
    yield from _said("tag", item.tags)
    if item.language:
        tag = _language(item.language)
        yield from (f"=lang:{tag[:at]}" for at, char in enumerate(tag) if char == "-")
    if item.dateline:
        yield from (f"=dateline:{lookup_key(place)}" for place in item.dateline.places)
        yield from agencies(item.dateline.agencies)
    if item.url and (host := bare_address(item.url)[0]):
        yield _ADDRESS
        labels = host.split(".")
        yield from (f"=host:{'.'.join(labels[at:])}" for at in range(len(labels)))
    if view.story:
        yield STORY


def sources(names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of sources."""
    return (f"=source:{name}" for name in names)


def kinds(names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of kinds."""
    return (f"=kind:{name}" for name in names)


def sections(names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of sections."""
    return _said("section", names)


def publishers(names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of publishers."""
    return _said("publisher", names)


def agencies(names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of agencies, whichever form of their names is written."""
    return (f"=agency:{same_agency(name)}" for name in names)


def languages(names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of languages; an item has those of which its own is a variety."""
    return (f"=lang:{_language(name)[:-1]}" for name in names)


def places(names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of places in a dateline, under each of their names."""
    return (f"=dateline:{lookup_key(name)}" for place in names for name in (place, *names_of(place)))


def tags(names: Iterable[str]) -> Iterator[str | None]:
    """Yield the keys of tags; None for one with a wildcard."""
    return (None if "*" in name or "?" in name else f"=tag:{name}" for name in map(_spaced, names))


def addresses(names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of hosts, of which an item has its own and those above; of a form, that there is an address."""
    return (_ADDRESS if "*" in name else f"=host:{bare_address(name)[0]}" for name in names)


def _said(fact: str, values: Iterable[str | None]) -> Iterator[str]:
    return (f"={fact}:{_spaced(value)}" for value in values if value)


def _language(tag: str) -> str:
    return f"{tag}-".replace("_", "-").casefold()


def _spaced(text: str) -> str:
    return " ".join(fold(text).split())
