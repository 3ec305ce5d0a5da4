"""The headline of a page: chosen among what it declares and shows, without the name of its site."""

from collections.abc import Iterator, Sequence

import regex

from monitor.parse.pages.tree import letters

_SEPARATOR = regex.compile(r"\s+(?:[|–—·•»«:]|-{1,2})\s+|\s*[|｜ㅣ]\s*")
_SHORTEST = 8
_SHORTEST_SITE = 3
_ARTICLE = regex.compile(r"(?:de|het|the|der|die|das|la|le|les|el|il|los)\s", regex.IGNORECASE)
_CUT = ("…", "...")


def headline_of(
    declared: Sequence[str], shown: Sequence[str], title: str, *, site: Sequence[str], section: str | None
) -> str | None:
    """Return the headline, None if there is nothing like one.

    What the page declares wins, for it is made for readers elsewhere; but not where it is cut off, or only put a word
    before what is shown.

    Args:
        declared: by the page, best first.
        shown: its main headings.
        title: what the window is titled.
        site: the names of its site, which are no part of a headline.
        section: nor is its section.
    """
    names = {letters(each) for each in site if letters(each)}
    bare = [_bare(each, names, section) for each in (*declared, *shown, title) if each]
    known = [each for each in bare if each and letters(each) not in names]
    if not known:
        return None
    best, others = known[0], known[1:]
    longer = _shown_alone(best, shown) or _whole(best, others) or _without_kicker(best, others, shown)
    return longer or best


def _bare(text: str, site: set[str], section: str | None) -> str:
    """Return a text without the site's name behind or before it, nor its section between."""
    bare, cut = text.strip(), False
    while separators := list(_SEPARATOR.finditer(bare)):
        first, last = separators[0], separators[-1]
        if _names(bare[last.end() :], site):
            bare, cut = bare[: last.start()], True
        elif letters(bare[: first.start()]) in site:
            bare = bare[first.end() :]
        elif cut and section and letters(bare[last.end() :]) == letters(section):
            bare = bare[: last.start()]
        else:
            break
    if cut and section and bare.endswith(f"-{section}"):
        bare = bare[: -len(section) - 1]
    return bare.strip()


def _names(text: str, site: set[str]) -> bool:
    """Tell whether a text names the site; `Politik - Stuttgarter Zeitung` and `Wochenblatt.cc` do too."""
    told = letters(text)
    bare = letters(_ARTICLE.sub("", text, count=1))
    return bool(told) and any(
        told == each
        or (len(each) > _SHORTEST_SITE and bare == each)
        or (len(each) >= _SHORTEST and each in told and 2 * len(each) > len(told))
        for each in site
    )


def _shown_alone(best: str, shown: Sequence[str]) -> str | None:
    """Return the heading that the best one begins with, if only what a separator sets apart follows it."""
    for each in shown:
        if len(letters(each)) >= _SHORTEST and best.startswith(each) and (found := _SEPARATOR.match(best, len(each))):
            return each if not _SEPARATOR.search(best, found.end()) and " " in each else None
    return None


def _whole(best: str, others: Sequence[str]) -> str | None:
    """Return what the best one is the beginning of, if it is cut off."""
    if not best.endswith(_CUT):
        return None
    begins = letters(best.rstrip(".…"))
    return next(
        (each for each in others if letters(each).startswith(begins) and len(letters(each)) > len(begins)), None
    )


def _without_kicker(best: str, others: Sequence[str], shown: Sequence[str]) -> str | None:
    """Return the best one without the words before it, where the page both declares and shows it without them."""
    headings = {letters(each) for each in shown}
    for each in _distinct(others):
        told = letters(each)
        if told in headings and len(told) >= _SHORTEST and letters(best) != told and letters(best).endswith(told):
            return each if sum(letters(other) == told for other in others) > 1 else None
    return None


def _distinct(texts: Sequence[str]) -> Iterator[str]:
    yield from dict.fromkeys(texts)
