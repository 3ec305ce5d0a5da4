"""The text of a feed made safe for feedparser, and well-formed where only its ampersands are not.

Refused before any parser sees it: entities that may be bombs or ways out, tags that are bombs. Mended: what XML does
not allow is taken out, entities of HTML are written as their characters, a lone `&` is escaped, long authors are cut.
All of it takes linear time.
"""

from collections.abc import Mapping
from functools import partial
from html.entities import html5

import regex

from monitor.errors import Malformed
from monitor.parse.sniff import Root

_MOST_ENTITIES = 300
_ENTITY = regex.compile(
    r"""<!ENTITY\s++(?P<name>[\p{L}_][\w.-]{0,63}+)\s++(?P<quote>["'])(?P<value>[^"'<&%]{0,64}+|&\#\w{1,8}+;)"""
    r"(?P=quote)\s*+>"
)
"""The declaration of a character or a few: `<!ENTITY euro "&#8364;">`. Anything else may be a bomb or a way out."""
_PUBLIC_ENTITIES = regex.compile(
    r"""<!ENTITY\s++%\s++[\w.-]{1,64}+\s++PUBLIC\s++(["'])-//W3C//ENTITIES [^"'<>]{1,80}+\1"""
    r"""\s++(["'])[^"'<>]{1,200}+\2\s*+>"""
)
"""The characters of HTML as RSS 1.0 declares them, by their public name. Nothing is fetched: we know them."""

_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_REFERENCE = regex.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|&(?:(?P<name>[\p{L}_][\w.-]{0,63}+);|#(?P<decimal>[0-9]{1,7}+);|#[xX](?P<hex>[0-9a-fA-F]{1,6}+);)?",
    regex.DOTALL,
)
_NOT_XML = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (2.2)."""

_LONGEST_AUTHOR = 512
_LONGEST_AUTHOR_MARKUP = 4_096
_AUTHORS = r"(?:[\w-]{1,32}:)?(?:author|creator|managingEditor|webMaster|name|email|publisher|contributor|owner)"
_LONG_AUTHOR = regex.compile(
    rf"(<{_AUTHORS}\b[^<>]{{0,999}}+>\s*+(?:<!\[CDATA\[)?+(?:&#?\w{{1,10}}+;|[^<&]){{{_LONGEST_AUTHOR}}}"
    r"[^\x00-\x7f]*+)"  # Never within a character: the text may be bytes of UTF-8, each as a character of Latin-1.
    r"(?:[^<\]]|\](?!\]>))++",
    regex.IGNORECASE,
)
_AUTHOR_TAG = regex.compile(
    rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|<(?P<end>/?)(?P<name>{_AUTHORS})(?=[\s/>])[^<>]*+>", regex.DOTALL | regex.IGNORECASE
)
_LONGEST_TAG = 16_384
_MOST_ATTRIBUTES = 1_000
_HUGE_TAG = regex.compile(rf"<[A-Za-z][^<>]{{{_LONGEST_TAG},}}+")
_ATTRIBUTE = regex.compile(r"=\s*+[\"']")
_DECLARATION = regex.compile(r"\A\s*+<\?xml\s[^>]*+>")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(16, 27), 28, 29, 30, 31])
"""What XML 1.0 does not allow and no encoding needs, as ISO 2022 needs the escape and the shifts."""


def disarmed(text: str, root: Root, *, decoded: bool) -> str:
    """Return the text of a feed for feedparser, without its DOCTYPE and what stands before its XML.

    Args:
        text, root: as `monitor.parse.sniff` gives them.
        decoded: the text is in characters, so that its XML declaration no longer tells the encoding; else it is in
            bytes, as Latin-1.

    Raises:
        Malformed: it declares entities that may be a bomb, or has a tag that is one.
    """
    start, end = root.doctype
    entities = _entities(text[start:end])
    body = (text[root.junk : start] + text[end:]).translate(_CONTROLS)
    if any(len(_ATTRIBUTE.findall(tag[0])) > _MOST_ATTRIBUTES for tag in _HUGE_TAG.finditer(body)):
        msg = f"refused: a tag with more than {_MOST_ATTRIBUTES} attributes"
        raise Malformed(msg)
    if decoded:
        body = _DECLARATION.sub("", body)
    return _without_long_authors(_REFERENCE.sub(partial(_mended, entities=entities), body))


def _entities(doctype: str) -> Mapping[str, str]:
    """Return what the entities stand for that a document type declaration declares."""
    harmless = {declared["name"]: declared["value"] for declared in _ENTITY.finditer(doctype)}
    public = len(_PUBLIC_ENTITIES.findall(doctype))
    if doctype.count("<!ENTITY") - public > min(len(harmless), _MOST_ENTITIES):
        msg = "refused: its DOCTYPE declares entities"
        raise Malformed(msg)
    return harmless


def _mended(found: regex.Match[str], entities: Mapping[str, str]) -> str:
    """Return a reference that every parser of XML reads; a comment or CDATA section is what it is."""
    name, decimal, hexadecimal = found["name"], found["decimal"], found["hex"]
    if found[0] == "&":
        return "&amp;"
    if name and name not in _XML:
        characters = html5.get(f"{name};")
        written = "".join(f"&#{ord(character)};" for character in characters) if characters else f"&amp;{name};"
        return entities.get(name, written)
    if decimal or hexadecimal:
        code = int(decimal or hexadecimal, 10 if decimal else 16)
        return "" if code > 0x10FFFF or _NOT_XML.match(chr(code)) else found[0]  # noqa: PLR2004 - Unicode's last
    return found[0]


def _without_long_authors(text: str) -> str:
    """Return a text whose authors are short: feedparser takes quadratic time over them (its issue 562)."""
    kept, opened, last = list[str](), dict[str, int](), 0
    text = _LONG_AUTHOR.sub(r"\1", text)
    for tag in _AUTHOR_TAG.finditer(text):
        name = tag["name"]
        if name and not tag["end"]:
            opened[name] = tag.end()
        elif name and tag.start() - opened.get(name, tag.start()) > _LONGEST_AUTHOR_MARKUP and opened[name] >= last:
            kept.append(text[last : opened[name]])
            last = tag.start()
    return "".join([*kept, text[last:]])
