"""The text of a feed made safe for feedparser, and well-formed where only its ampersands are not.

Refused before any parser sees it: entities that may be bombs or ways out. Mended: what XML does not allow is taken
out, entities of HTML are written as their characters, a lone `&` is escaped, prefixes that are used and not declared
are declared. What feedparser confuses gets another name: captions of pictures, for it descriptions of the entry
(`media_caption`), `dcterms:modified`, for it a `dc:date` (`dcterms_changed`), and a `uri` beside the text of a link.
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

_PREFIXED = regex.compile(r"[<\s/]([A-Za-z_][\w.-]{0,31}+):[A-Za-z_][\w.-]{0,63}+(?=[\s/>=])", regex.ASCII)
_DECLARED = regex.compile(r"\sxmlns:([\w.-]{1,64}+)\s*+=")
_MOST_UNDECLARED = 32
_NAMESPACES: Mapping[str, str] = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://purl.org/rss/1.0/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
"""What a prefix means that a document does not declare."""
_DECLARATION = regex.compile(r"<\?xml\s++version\s*+=[^<>]{1,200}+>\s*+")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(16, 27), 28, 29, 30, 31])
"""What XML 1.0 does not allow and no encoding needs, as ISO 2022 needs the escape and the shifts."""

_MEDIA = regex.compile(r"<media:content\s[^<>]*+(?<!/)>.{0,2048}?</media:content>", regex.DOTALL)
_LINK_URI = regex.compile(r"(<link(?:\s[^<>]{0,200}?)?\s)uri(?=\s*+=)")


def disarmed(text: str, root: Root, *, decoded: bool) -> str:
    """Return the text of a feed for feedparser, without its DOCTYPE and what stands before its XML.

    Args:
        text, root: as `monitor.parse.sniff` gives them.
        decoded: the text is in characters, so that its XML declaration no longer tells the encoding; else it is in
            bytes, as Latin-1.

    Raises:
        Malformed: it declares entities that may be a bomb.
    """
    start, end = root.doctype
    entities = _entities(text[start:end])
    name = root.start + 1 + len(root.name)
    head = text[root.junk : start] + text[end:name]
    # Blank lines or a comment stand before it in many feeds, and nothing may.
    declared = _DECLARATION.search(head)
    declaration = declared[0] if declared and not decoded else ""
    head = declaration + _DECLARATION.sub("", head)
    body = (head + _undeclared(text[name:]) + text[name:]).translate(_CONTROLS)
    if "media:description" in body:
        body = _MEDIA.sub(lambda found: found[0].replace("media:description", "media:caption"), body)
    body = _LINK_URI.sub(r"\1at", body.replace("dcterms:modified", "dcterms:changed"))
    return _REFERENCE.sub(partial(_mended, entities=entities), body)


def _undeclared(text: str) -> str:
    """Return the declarations, as attributes, of the prefixes that stand in a text without one."""
    used = dict.fromkeys(_PREFIXED.findall(text))
    if not used:
        return ""
    missing = used.keys() - set(_DECLARED.findall(text)) - {"xml", "xmlns"}
    named = [prefix for prefix in used if prefix in missing][:_MOST_UNDECLARED]
    return "".join(f' xmlns:{prefix}="{_NAMESPACES.get(prefix.lower(), f"urn:prefix:{prefix}")}"' for prefix in named)


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
