"""An HTML page as a tree: decoded as browsers do, parsed by libxml2, within bounds."""

import codecs
from collections.abc import Iterator
from typing import TypeAlias

import regex
from lxml import etree, html
from lxml.etree import _Element

from monitor.errors import Malformed, NotRecognized
from monitor.parse.markup import line
from monitor.parse.sniff import encoding_of, looks_like
from monitor.text.fold import fold

LONGEST = 8 << 20
"""Bytes of a page; a longer one is refused."""

MOST_ELEMENTS = 10_000
"""Elements of a page, scripts and drawings aside; what extracts articles takes time in proportion to their square."""

MOST_NESTED = 250_000
"""Elements of a page, each counted as often as it is deep: the same of pages that are nested."""

Tree: TypeAlias = _Element
"""An element of a page, and all in it."""

_UNREAD = ("style", "svg", "math", "template", "iframe", "object", "canvas", "audio", "video")
_PROGRAMS = ("script", "noscript")
_CHARSET = regex.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", regex.IGNORECASE)
_FAR = 4_096
_NAMES = ("class", "id", "itemprop", "data-testid", "data-component")
_LONGEST_NAME = 200
_SLACK = 1_000
"""White space at the beginning of a text that is read besides."""
_WIDER = {  # What the Encoding Standard (WHATWG) reads such labels as.
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
_UNPRINTABLE = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = regex.compile(r"&#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,6}));?+")
_NOT_WORD = regex.compile(r"[^\p{L}\p{N}]+")


def decoded(body: bytes) -> str:
    """Return the text of a page.

    What is valid UTF-8 is UTF-8, whatever it says; else what it declares itself, else windows-1252 (HTML 13.2.3.2).
    """
    if encoding := encoding_of(body):
        return body.decode(encoding, "replace").removeprefix("\ufeff")
    found = _CHARSET.search(body, 0, _FAR)
    declared = _codec(found[1].decode("ascii")) if found else None
    if declared and declared.startswith("iso2022"):
        return body.decode(declared, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode(declared or "cp1252", "replace")


def page_tree(body: bytes) -> Tree:
    """Return the tree of a page; its scripts are still in it (`without_programs`).

    Raises:
        NotRecognized: there is nothing in it.
        Malformed: it is longer than `LONGEST`, or no parser makes anything of it.
    """
    if len(body) > LONGEST:
        msg = f"{looks_like(body)}, longer than {LONGEST >> 20} MB"
        raise Malformed(msg)
    if not body.strip():
        raise NotRecognized(looks_like(body))
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        # As bytes, so that libxml2 heeds no declaration of another encoding.
        root = html.document_fromstring(_printable(decoded(body)).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        msg = f"{looks_like(body)}, without anything that can be parsed"
        raise Malformed(msg) from error
    for child in list(root.iter(*_UNREAD)):
        drop(child)
    for broken in root.iter("br"):
        broken.tail = f" {broken.tail or ''}"
    return root


def _printable(text: str) -> str:
    """Return a text without what XML has no characters for, not even by number: a tree does not take it (2.2)."""
    return _REFERENCE.sub(_kept_reference, _UNPRINTABLE.sub("", text))


def _kept_reference(found: regex.Match[str]) -> str:
    code = int(found[1]) if found[1] else int(found[2], 16)
    return "" if code > 0x10FFFF or _UNPRINTABLE.match(chr(code)) else found[0]  # noqa: PLR2004 - Unicode's last


def without_programs(tree: Tree) -> Tree:
    """Take the scripts out of a tree, and return it.

    Raises:
        Malformed: it still has more than `MOST_ELEMENTS` elements, or more than `MOST_NESTED` by their depth.
    """
    for child in list(tree.iter(*_PROGRAMS)):
        drop(child)
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        msg = f"refused: an HTML page of more than {MOST_ELEMENTS} elements"
        raise Malformed(msg)
    if sum(1 for element in tree.iter() for _ in element.iterancestors()) > MOST_NESTED:
        msg = "refused: an HTML page of elements that are nested too deep"
        raise Malformed(msg)
    return tree


def drop(element: Tree) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = f"{before.tail or ''}{element.tail or ''}"
    else:
        parent.text = f"{parent.text or ''}{element.tail or ''}"
    parent.remove(element)


def text_of(element: Tree, most: int = 1 << 17) -> str:
    """Return the text in an element as one line, read up to about `most` characters of it."""
    pieces: list[str] = []
    for piece in element.itertext():
        pieces.append(str(piece)[: most + _SLACK])
        most -= len(piece.strip())
        if most < 0:
            break
    return line("".join(pieces))


def words_of(element: Tree) -> str:
    """Return the names that its maker gave an element: classes, id, what it is in terms of microdata."""
    return " ".join((element.get(name) or "")[:_LONGEST_NAME] for name in _NAMES)


def elements(tree: Tree, *names: str) -> Iterator[Tree]:
    """Yield the elements of these names, in the order of the page."""
    yield from tree.iter(*names)


def letters(text: str) -> str:
    """Return the letters and digits of a text, folded: what two spellings of the same words share."""
    return _NOT_WORD.sub("", fold(text))


def _codec(label: str) -> str | None:
    """Return Python's name of an encoding, the wider one where pages mean that; None if there is none."""
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name)
