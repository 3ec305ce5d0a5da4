"""A page that lists articles, for sites without feeds: its entries to items, by selectors or by their likeness."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import regex
from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from monitor.errors import Malformed, NotRecognized
from monitor.model import Document, Item, Paragraph
from monitor.parse.draft import Draft, item_from
from monitor.parse.feeds.entry import address_in
from monitor.parse.links import without_trackers
from monitor.parse.pages.refusal import stands_in
from monitor.parse.pages.tree import Tree, letters, page_tree, text_of, without_programs, words_of
from monitor.parse.reading import Reading
from monitor.parse.sniff import as_markup, is_page, looks_like, root_of
from monitor.parse.times.dates import read_date

MOST_ENTRIES = 500
"""Entries of a page that are read, the first ones; a page of more has a flaw."""

_FEWEST = 3
_MOST_LINKS = 4_000
_TITLE = (18, 260)
_SHORTEST_IN_LETTERS = 8
_FEWEST_WORDS = 3
_SHORTEST_SUMMARY = 40
_LONGEST_SUMMARY = 1_000
_LONGEST_DATE = 60
_MOST_DATES = 12
_LEVELS = 5
_NEAR = 3
_SHARE = 0.25
_ASIDE = frozenset({"nav", "footer", "aside", "form", "select", "label", "menu"})
_ASIDE_NAMED = regex.compile(
    r"\b(?:nav|navigation|menu|footer|breadcrumb|cookie|consent|most-?read|meest-?gelezen|sidebar)", regex.IGNORECASE
)
_SHORT = ("span", "div", "p", "small", "abbr", "li", "td", "dt", "dd", "b", "strong", "i", "em")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_DIGITS = regex.compile(r"\d+")
_DATED = regex.compile(r"date|datum|time|publi|age\b|ago\b", regex.IGNORECASE)
_PREMIUM = regex.compile(r"\s*(?:\(\+\)|\[\+\])$")
_IDEOGRAPHS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]")


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors (level 3): of each `entry` on a page, and of what it tells within it; None: found as elsewhere."""

    entry: str
    title: str | None = None
    link: str | None = None
    date: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list: the element that holds it, its link and its title."""

    holder: Tree
    url: str
    title: str


def selectors_of(given: Mapping[str, str]) -> Selectors:
    """Return the selectors that a configuration gives.

    Raises:
        ValueError: there is no `entry`, another name, or what is no selector; the message says which.
    """
    names = [each.name for each in fields(Selectors)]
    if unknown := sorted(given.keys() - set(names)):
        msg = f"unknown {', '.join(unknown)}; there are {', '.join(names)}"
        raise ValueError(msg)
    if not given.get("entry"):
        msg = "`entry` is missing: the selector of one entry of the list"
        raise ValueError(msg)
    for name, selector in given.items():
        try:
            CSSSelector(selector, translator="html")
        except (SelectorError, NotImplementedError) as error:
            msg = f"`{name}`: `{selector}` is no CSS selector: {error}"
            raise ValueError(msg) from error
    return Selectors(**given)


def read_listing(document: Document) -> Reading:
    """Return the articles that a page links to as items, in its order, each address once.

    Where the document does not `select` them, its entries are links of one make with texts like headlines, three or
    more of them. An entry has the date (or age) and the text that stand beside its link, and what it does not tell
    stays unknown.

    Raises:
        NotRecognized: it is no page, one that stands in the place of one, or there is no list of links on it.
        Malformed: it is too large to be read, or has nothing that the selectors select.
    """
    selectors = selectors_of(document.select) if document.select else None
    text = as_markup(document.body)
    root = root_of(text)
    if root is None or not is_page(text, root):
        raise NotRecognized(looks_like(document.body))
    tree = page_tree(document.body)
    title = next((text_of(each) for each in tree.iter("title")), "")
    if instead := stands_in(tree, title):
        msg = f"{looks_like(document.body)}, {instead}"
        raise NotRecognized(msg)
    base = _base(without_programs(tree), document.url)
    entries = list(_selected(tree, selectors, base) if selectors else _alike(tree, base))
    if not entries and selectors:
        msg = f"{looks_like(document.body)}, without a linked entry that `{selectors.entry}` selects"
        raise Malformed(msg)
    if not entries:
        msg = f"{looks_like(document.body)}, without a list of links to articles"
        raise NotRecognized(msg)
    language = tree.getroottree().getroot().get("lang") or document.language or ""
    beside = _side_of_dates(entries, language, document)
    items = [_item(entry, selectors, beside, language, document) for entry in entries[:MOST_ENTRIES]]
    return Reading(tuple(items), f"more than {MOST_ENTRIES} entries" if len(entries) > MOST_ENTRIES else None)


def _base(tree: Tree, url: str | None) -> str | None:
    declared = next((each.get("href") for each in tree.iter("base") if each.get("href")), None)
    return address_in(declared, url) if declared else url


def _selected(tree: Tree, selectors: Selectors, base: str | None) -> Iterator[_Entry]:
    seen = set[str]()
    for holder in _found(tree, selectors.entry):
        title = _first(holder, selectors.title)
        link = _first(holder, selectors.link)
        if link is None:
            link = (
                holder
                if holder.tag == "a"
                else next(iter([*(title.iter("a") if title is not None else ()), *holder.iter("a")]), None)
            )
        url = _address(link, base) if link is not None else None
        named = text_of(title if title is not None else _heading(holder, link))
        if url and named and url not in seen:
            seen.add(url)
            yield _Entry(holder, url, named)


def _found(tree: Tree, selector: str) -> list[Tree]:
    found = CSSSelector(selector, translator="html")(tree)
    return [each for each in found if isinstance(each, Tree)] if isinstance(found, list) else []


def _first(holder: Tree, selector: str | None) -> Tree | None:
    return next(iter(_found(holder, selector)), None) if selector else None


def _heading(holder: Tree, link: Tree | None) -> Tree:
    """Return what names an entry: a heading in it, else its link."""
    return next(holder.iter(*_HEADINGS), link if link is not None else holder)


def _address(link: Tree, base: str | None) -> str | None:
    address = address_in(link.get("href") or "", base)
    return without_trackers(address.partition("#")[0]) if address else None


def _alike(tree: Tree, base: str | None) -> Iterator[_Entry]:
    """Yield the entries of the lists on a page.

    They are the best group of links of the same make, those nearly as good, and others to addresses of the same shape,
    above the lists say. Without any, links such as `Lees verder` are named by the one heading that stands with them.
    """
    aside = {each for each in tree.iter() if each.tag in _ASIDE or _is_named_aside(each)}
    links = list[tuple[Tree, str]]()
    for link in list(tree.iter("a"))[:_MOST_LINKS]:
        url = _address(link, base)
        if url and url != base and aside.isdisjoint(link.iterancestors()):
            links.append((link, url))
    if not (chosen := _chosen([(link, url, title) for link, url in links if (title := _link_title(link))])):
        headings = _headings_within(tree)
        chosen = _chosen([(link, url, title) for link, url in links if (title := _title_beside(link, headings))])
    yield from _held(chosen)


def _chosen(links: Sequence[tuple[Tree, str, str]]) -> list[tuple[Tree, str, str]]:
    groups: dict[tuple[str, ...], dict[Tree, tuple[str, str]]] = {}
    for link, url, title in links:
        groups.setdefault(_make(link), {})[link] = (url, title)
    scored = [(_score(group), group) for group in groups.values()]
    best = max((score for score, _ in scored), default=0.0)
    chosen = {link: url for score, group in scored if score > _SHARE * best for link, (url, _) in group.items()}
    shapes = Counter(map(_shape, set(chosen.values())))
    return [told for told in links if told[0] in chosen or shapes[_shape(told[1])] >= _FEWEST]


def _shape(url: str) -> str:
    """Return what addresses of articles of one site have in common: all but numbers and the last part of the path."""
    above, _, last = url.partition("?")[0].rstrip("/").rpartition("/")
    return f"{_DIGITS.sub('#', above)}/{'-' in last}{_DIGITS.search(last) is not None}"


def _headings_within(tree: Tree) -> Mapping[Tree, list[str]]:
    """Return the headings that stand within elements, a few levels above them."""
    within: dict[Tree, list[str]] = {}
    for heading in tree.iter(*_HEADINGS):
        for ancestor in list(heading.iterancestors())[:_NEAR]:
            within.setdefault(ancestor, []).append(text_of(heading, _TITLE[1] + 1))
    return within


def _title_beside(link: Tree, headings: Mapping[Tree, list[str]]) -> str | None:
    """Return what a link is called that has no headline for a text: by its label, by the one heading beside it."""
    near = next((headings[each] for each in list(link.iterancestors())[:_NEAR] if each in headings), [])
    return _as_title(link.get("aria-label") or "") or (_as_title(near[0]) if len(near) == 1 else None)


def _held(listed: Sequence[tuple[Tree, str, str]]) -> Iterator[_Entry]:
    """Yield each address once, with the largest element that holds no other entry."""
    addresses: dict[Tree, set[str]] = {}
    for link, url, _ in listed:
        for ancestor in link.iterancestors():
            addresses.setdefault(ancestor, set()).add(url)
    seen = set[str]()
    for link, url, title in listed:
        holder = link
        for ancestor in link.iterancestors():
            if len(addresses[ancestor]) > 1:
                break
            holder = ancestor
        if url not in seen:
            seen.add(url)
            yield _Entry(holder, url, title)


def _link_title(link: Tree) -> str | None:
    """Return the text of a link if it may be a headline, that of a heading in it first."""
    heading = next(link.iter(*_HEADINGS), None)
    return _as_title(text_of(link if heading is None else heading, _TITLE[1] + 1))


def _as_title(text: str) -> str | None:
    if _IDEOGRAPHS.search(text):
        return text if _SHORTEST_IN_LETTERS <= len(text) <= _TITLE[1] else None
    return text if _TITLE[0] <= len(text) <= _TITLE[1] and len(text.split()) >= _FEWEST_WORDS else None


def _is_named_aside(element: Tree) -> bool:
    return element.tag not in {"body", "html", "main"} and _ASIDE_NAMED.search(words_of(element)) is not None


def _make(link: Tree) -> tuple[str, ...]:
    """Return how a link is made: the names and first classes of what it stands in, numbers aside."""
    above = [link, *list(link.iterancestors())[:_LEVELS]]
    return tuple(_DIGITS.sub("", f"{each.tag}.{(each.get('class') or '').partition(' ')[0]}") for each in above)


def _score(links: Mapping[Tree, tuple[str, str]]) -> float:
    """Return how much a group of links is like a page's list: many, long, in headings; less than three are none."""
    distinct = {url: (link, title) for link, (url, title) in links.items()}
    if len(distinct) < _FEWEST:
        return 0.0
    repeated = max(Counter(title for _, title in distinct.values()).values())
    headed = sum(_is_headed(link) for link, _ in distinct.values())
    length = sum(min(len(title), 100) for _, title in distinct.values())
    return 0.0 if 2 * repeated > len(distinct) else length * (1 + headed / len(distinct))


def _is_headed(link: Tree) -> bool:
    inside = next(link.iter(*_HEADINGS), None) is not None
    return inside or any(each.tag in _HEADINGS for each in list(link.iterancestors())[:2])


def _item(entry: _Entry, selectors: Selectors | None, beside: int, language: str, document: Document) -> Item:
    title = _PREMIUM.sub("", entry.title)
    summary = _summary(entry, _first(entry.holder, selectors.summary) if selectors else None)
    draft = Draft(
        url=entry.url,
        language=language,
        headline=title,
        body=(Paragraph(summary),) if summary else (),
        published=_date(entry, _first(entry.holder, selectors.date) if selectors else None, beside, language, document),
    )
    return replace(item_from(draft, document), premium=title != entry.title)


def _date(entry: _Entry, chosen: Tree | None, beside: int, language: str, document: Document) -> str:
    """Return the first text of an entry that is a date: what was selected, its `time`, what is named for it.

    Else what is nothing but a date, in it or on the side of it where dates stand: a cell, `<dt>`, `<b>`.
    """
    if chosen is not None:
        offered = [chosen]
    else:
        short = list(entry.holder.iter(*_SHORT))
        named = [each for each in short if _DATED.search(words_of(each))]
        leaves = [each for each in short if not len(each)]
        offered = [*entry.holder.iter("time"), *named, *leaves][:_MOST_DATES]
        offered += [each for each in [_neighbour(entry.holder, beside)] if each is not None]
    return next(filter(None, (_dated(each, language, document) for each in offered)), "")


def _dated(element: Tree, language: str, document: Document) -> str:
    texts = (element.get("datetime") or "", element.get("content") or "", text_of(element, _LONGEST_DATE))
    return next((text for text in texts if text and read_date(text, language=language, fetched=document.fetched)), "")


def _neighbour(holder: Tree, side: int) -> Tree | None:
    """Return the element on this side of an entry, -1 before it and 1 behind it, if no `<br>` and no link is there."""
    found = (holder.getprevious() if side < 0 else holder.getnext()) if side else None
    return None if found is None or found.tag in {"br", "hr"} or next(found.iter("a"), None) is not None else found


def _side_of_dates(entries: Sequence[_Entry], language: str, document: Document) -> int:
    """Return on which side of the entries of a list their dates stand, as the first of them has it; 0: on neither."""
    for side in (-1, 1) if entries else ():
        element = _neighbour(entries[0].holder, side)
        if element is not None and _dated(element, language, document):
            return side
    return 0


def _summary(entry: _Entry, chosen: Tree | None) -> str:
    """Return the text that stands with an entry: what was selected, else its longest paragraph, if it says more."""
    if chosen is not None:
        return text_of(chosen)[:_LONGEST_SUMMARY]
    title = letters(entry.title)
    texts = (
        text_of(each, _LONGEST_SUMMARY)
        for each in entry.holder.iter("p", "div", "span")
        if not len(each) or each.tag == "p"
    )
    told = [text for text in texts if _SHORTEST_SUMMARY <= len(text) <= _LONGEST_SUMMARY and letters(text) not in title]
    longest = max(told, key=len, default="")
    return "" if letters(longest) == title or longest in entry.title else longest
