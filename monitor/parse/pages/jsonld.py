"""JSON-LD in a page: the object that describes the article, and its values as texts (schema.org, in many shapes)."""

import html
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import regex

from monitor.parse.markup import has_tags, line, plain
from monitor.parse.pages.tree import Tree, elements, letters

Node = Mapping[str, Any]
"""One object of JSON-LD."""

_LONGEST = 4 << 20
_MOST_NODES = 5_000
_DEEPEST = 12
_MOST_TEXTS = 64
_LONGEST_TEXT = 16_384
_ARTICLE = regex.compile(r"(?:Article|Posting|Report|Review|Column|BackgroundNews)$")
_PAGE = regex.compile(r"(?:Page|VideoObject|Event)$")
_WRAPPING = regex.compile(
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*$"
)
_TRAILING = regex.compile(r",(?=\s*[}\]])")


@dataclass(frozen=True, slots=True)
class Described:
    """What a page's JSON-LD says: the object about the `article`, one about the `page`, all by their `@id`."""

    article: Node = field(default_factory=dict)
    page: Node = field(default_factory=dict)
    by_id: Mapping[str, Node] = field(default_factory=dict)

    def texts(self, node: Node, *keys: str) -> Iterator[str]:
        """Yield the texts that a node has under these keys: its strings, and the names of its objects, each a line."""
        for key in keys:
            yield from list(self._texts(node.get(key), 0))[:_MOST_TEXTS]

    def text(self, node: Node, *keys: str) -> str:
        """Return the first of them, empty if there is none."""
        return next(self.texts(node, *keys), "")

    def _texts(self, value: object, depth: int) -> Iterator[str]:
        if isinstance(value, str) and (text := as_line(value)):
            yield text
        elif isinstance(value, list) and depth < _DEEPEST:
            for each in value[:_MOST_TEXTS]:
                yield from self._texts(each, depth + 1)
        elif isinstance(value, dict) and depth < _DEEPEST:
            whole = {**self.by_id.get(str(value.get("@id")), {}), **value}
            named = next((whole[key] for key in ("name", "byline", "url", "@value") if whole.get(key)), None)
            yield from self._texts(named, depth + 1)


def described(tree: Tree, url: str | None, title: str) -> Described:
    """Return what a page's JSON-LD says of its article.

    Of several articles (a page lists others too) it is the one with this address, else with this title, else the first.
    """
    nodes = list(_nodes(tree))
    by_id = {str(node["@id"]): node for node in reversed(nodes) if node.get("@id") and len(node) > 1}
    articles = [node for node in nodes if _is(node, _ARTICLE)]
    pages = [node for node in nodes if _is(node, _PAGE)]
    tests: tuple[Callable[[Node], bool], ...] = (
        lambda node: bool(url) and url in _addresses(node),
        lambda node: bool(node.get("headline")) and _alike(str(node["headline"]), title),
        lambda node: bool(node.get("headline")),
        lambda _: True,
    )
    article = next((node for test in tests for node in articles if test(node)), {})
    return Described(article, next(iter(pages), {}), by_id)


def as_line(value: str) -> str:
    """Return a value as one line of plain text: many pages declare theirs as HTML, escaped once or twice."""
    text = html.unescape(value[:_LONGEST_TEXT]) if "&" in value else value[:_LONGEST_TEXT]
    return plain(text) if has_tags(text) else line(html.unescape(text))


def is_false(value: object) -> bool:
    """Tell whether a value means no: `false`, `"False"`, `"https://schema.org/False"`."""
    return value is False or (isinstance(value, str) and value.rpartition("/")[2].casefold() == "false")


def objects_of(value: object) -> list[Node]:
    """Return the objects that a value is: one, or those of a list."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]


def _nodes(tree: Tree) -> Iterator[Node]:
    """Yield the objects of all scripts that may describe the page, the outer ones first."""
    room = _MOST_NODES
    for script in elements(tree, "script"):
        if "ld+json" in (script.get("type") or "").casefold():
            for node in _within(_loaded(script.text or "")):
                room -= 1
                if not room:
                    return
                yield node


def _loaded(text: str) -> object:
    """Return what a script's JSON says; mended where only comments around it or commas too many break it."""
    bare = _WRAPPING.sub("", _WRAPPING.sub("", text[:_LONGEST].strip())).strip().rstrip(";")
    for mend in (str, _without_trailing_commas, html.unescape):
        try:
            return json.loads(mend(bare), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _without_trailing_commas(text: str) -> str:
    return _TRAILING.sub("", text)


def _within(value: object) -> Iterator[Node]:
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        each, depth = waiting.pop(0)
        if depth > _DEEPEST:
            continue
        if isinstance(each, list):
            waiting[:0] = [(one, depth + 1) for one in each[:_MOST_NODES]]
        elif isinstance(each, dict):
            yield each
            waiting += [(each[key], depth + 1) for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in each]


def _is(node: Node, kinds: regex.Pattern[str]) -> bool:
    types = node.get("@type")
    return any(isinstance(each, str) and kinds.search(each) for each in (types if isinstance(types, list) else [types]))


def _addresses(node: Node) -> set[str]:
    main = node.get("mainEntityOfPage")
    inner = main.get("@id") or main.get("url") if isinstance(main, dict) else main
    return {each for each in (node.get("url"), node.get("@id"), inner) if isinstance(each, str)}


def _alike(one: str, other: str) -> bool:
    first, second = letters(html.unescape(one)), letters(other)
    return bool(first) and bool(second) and (first.startswith(second) or second.startswith(first))
