"""Who wrote an article, out of what its page says: names one by one; the house only where no person is named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from monitor.model import Byline
from monitor.parse.markup import line
from monitor.parse.pages.tree import Tree, letters, text_of, words_of
from monitor.parse.people import byline_of

MOST = 16
"""Authors of an article that are kept."""

_BEFORE = regex.compile(
    r"(?:written |text |texte |geschrieben )?(?:by|von|door|par|por|di|av|af|oleh|przez|autor(?:in|es)?|author"
    r"|auteur)(?:\s*:\s*|\s+)(?=[\p{Lu}\p{Lo}])",
    regex.IGNORECASE,
)
_BEHIND = regex.compile(r"\s(?:기자|특파원)$|\s*\((?:dpa|AFP|AP|Reuters|ANP)\)$")
_BETWEEN = regex.compile(r"\s*(?:[,;·•|]|\s(?:and|en|und|et|e|y|og|och|i)\s|\s&\s|\s/\s|(?<=\p{L})/(?=\p{Lu}))\s*")
_PERSON = regex.compile(
    r"\p{Lu}[\p{L}\p{M}.'’-]*(?:\s(?:van|von|der|den|de|di|da|del|la|le|ten|ter|el|al|bin|zu|dos|du|af|av)){0,3}"
    r"(?:\s\p{Lu}[\p{L}\p{M}.'’-]*){1,3}"
)
_HOUSE = regex.compile(
    r"(?:de |die |la |the |onze |our )?(?:(?:web|online|nieuws|eind)?redacti(?:e|on)|redaktion|redacción"
    r"|redazione|rédaction|newsroom"
    r"|news ?desk|staff(?: (?:writer|reporter)s?)?|editors?|editorial(?: team| staff)?|admin|administrator"
    r"|web ?master"
    r"|onze (?:redactie|verslaggevers?|correspondent)|van onze .{2,40}|nieuws|news|nachrichten|developer)",
    regex.IGNORECASE,
)
_NAMED = regex.compile(
    r"author-?name|byline-?name|\bp-author\b|author__name|\bauthor\b|\bbyline\b|\bauteur\b|\bautor\b", regex.IGNORECASE
)
_LONGEST = 120
_MOST_LOOKED_AT = 400


def bylines_of(declared: Sequence[Sequence[str]], shown: Sequence[str], site: Sequence[str]) -> tuple[Byline, ...]:
    """Return the authors.

    Args:
        declared: what the page declares, a list a place, the best place first.
        shown: what it shows as its byline.
        site: the names of its site, which is its own author only where nobody else is named.
    """
    names = {letters(each) for each in site}
    places = [list(_bylines(place)) for place in (*declared, shown)]
    for place in places:
        if people := [each for each in place if not _is_house(each.name, names)]:
            return tuple(dict.fromkeys(people))[:MOST]
    return next((tuple(dict.fromkeys(place))[:MOST] for place in places if place), ())


def shown_authors(tree: Tree) -> list[str]:
    """Return the texts that a page marks as the names of its authors."""
    found = []
    for element in list(tree.iter("a", "span", "div", "p", "address", "strong", "li"))[:_MOST_LOOKED_AT]:
        marked = "author" in (element.get("rel") or "").split() or "author" in (element.get("itemprop") or "").split()
        if marked or (len(element) <= 1 and _NAMED.search(words_of(element))):
            text = text_of(element, _LONGEST)
            if 0 < len(text) <= _LONGEST and (_PERSON.fullmatch(_bare(text)) or marked):
                found.append(text)
    return found


def names_people(text: str) -> bool:
    """Tell whether a text is the names of persons, and nothing else."""
    return (
        len(text) <= _LONGEST
        and all(map(_PERSON.fullmatch, filter(None, _BETWEEN.split(_bare(text)))))
        and len(text) > 0
    )


def _bylines(texts: Sequence[str]) -> Iterator[Byline]:
    for text in texts[:MOST]:
        bare = line(text)
        if bare and not bare.startswith(("http://", "https://", "@", "//")):
            for name in _names(bare):
                if byline := byline_of(name):
                    yield replace(byline, name=_bare(byline.name))


def _names(text: str) -> list[str]:
    """Return the names in a text: apart where all are persons; before a description, the first person alone."""
    bare = _bare(text)
    parts = [part for part in _BETWEEN.split(bare) if part]
    if all(_PERSON.fullmatch(part) for part in parts):
        return parts
    first, comma, _ = bare.partition(", ")
    if comma and all(_PERSON.fullmatch(part) for part in _BETWEEN.split(first)):
        return _BETWEEN.split(first)
    return [bare]


def _bare(text: str) -> str:
    return _BEHIND.sub("", _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text).strip(" :,|")


def _is_house(name: str, site: set[str]) -> bool:
    return letters(name) in site or _HOUSE.fullmatch(name) is not None or ("." in name.rstrip(".") and " " not in name)
