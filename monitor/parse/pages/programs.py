"""What a page's own program would draw: the longest piece of HTML among the values that its scripts hold."""

import json

import regex

from monitor.parse.pages.tree import Tree

_STRING = regex.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', regex.DOTALL)
"""A string; one without an end takes all that is left, so that nothing is looked at twice."""
_LENGTHS = range(400, 400_000)
_PARAGRAPHS = regex.compile(r"(?:<|\\u003[cC]|&lt;)p[\s>\\&]")
_LEAST_PARAGRAPHS = 3
_LONGEST = 4 << 20


def drawn_by(tree: Tree) -> str:
    """Return the HTML that a script of a page holds, which is most likely its article; empty if there is none.

    Pages that are drawn in the browser carry their articles as values of JSON in a script.
    """
    best, most = "", _LEAST_PARAGRAPHS - 1
    room = _LONGEST
    for script in tree.iter("script"):
        text = (script.text or "")[:room]
        room -= len(text)
        if "ld+json" in (script.get("type") or ""):
            continue
        for found in _STRING.finditer(text):
            paragraphs = len(_PARAGRAPHS.findall(found[1])) if len(found[1]) in _LENGTHS else 0
            if paragraphs > most:
                best, most = found[1], paragraphs
    return _unescaped(best)


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return ""
