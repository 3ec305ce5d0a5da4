"""The text of a feed made safe for feedparser, and well-formed where only its ampersands are not.

Refused before any parser sees it: entities that may be bombs or ways out. Mended: what XML does not allow is taken
out, entities of HTML are written as their characters, a lone `&` is escaped, prefixes that are used and not declared
are declared. What feedparser confuses gets another name: captions of pictures, for it descriptions of the entry
(`media_caption`), `dcterms:modified`, for it a `dc:date` (`dcterms_changed`), a `uri` beside the text of a link, and
the `itunes:summary` of a channel, which changes how it reads the first entry.
All of it takes linear time.
"""

import re
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

_OPAQUE = r"<!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+(?:\]\]>)?+|<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->)?+"
"""A CDATA section or a comment, up to the end of the text where it has none."""
_IS_OPAQUE = re.compile(_OPAQUE)
_REFERENCE = re.compile(
    rf"{_OPAQUE}|&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:(?P<name>[^\W\d][\w.-]{0,63}+);|#(?P<decimal>[0-9]{1,7}+);|#[xX](?P<hex>[0-9a-fA-F]{1,6}+);)?+"
)
_NOT_XML = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (2.2)."""

_PREFIXED = re.compile(r"</?+([A-Za-z_][\w.-]{0,31}+):[A-Za-z_]", re.ASCII)
_PREFIXED_ATTRIBUTE = re.compile(r":[A-Za-z_][\w.-]{0,63}+\s*+=\s*+[\"']", re.ASCII)
_LONGEST_PREFIX = 32
_PREFIX = re.compile(r"\s([A-Za-z_][\w.-]{0,31}+)\Z", re.ASCII)
_DECLARED = regex.compile(r"\sxmlns:([\w.-]{1,64}+)\s*+=")
_MOST_UNDECLARED = 32
NAMESPACES: Mapping[str, str] = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "georss": "http://www.georss.org/georss",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://purl.org/rss/1.0/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xlink": "http://www.w3.org/1999/xlink",
}
"""What prefixes mean to everybody, and so in a document that uses and does not declare them."""
_DECLARATION = regex.compile(r"<\?xml\s++version\s*+=[^<>]{1,200}+>\s*+")
_CONTROLS = re.compile(r"[\x00-\x08\v\f\x10-\x1a\x1c-\x1f]")
"""What XML 1.0 does not allow and no encoding needs, as ISO 2022 needs the escape and the shifts."""

_MEDIA = regex.compile(
    r"<media:content\s[^<>]*+(?<!/)>(?:(?!</(?:[\w.-]{1,64}:)?(?:item|entry)[\s>]).){0,2048}?</media:content>",
    regex.DOTALL,
)
_FIRST_ENTRY = re.compile(r"<(?:[\w.-]++:)?+(?:item|entry)[\s>]")
_BASE = re.compile(r"\sxml:base\s*+=\s*+[\"'](https?://)?+")
_URI = re.compile(r"uri\s*+=")
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
    body = _CONTROLS.sub("", head + undeclared(text, root) + _base(text, root) + text[name:])
    if "media:description" in body:
        body = _MEDIA.sub(lambda found: found[0].replace("media:description", "media:caption"), body)
    body = body.replace("dcterms:modified", "dcterms:changed")
    if "itunes:summary" in body and (first := _FIRST_ENTRY.search(body)):
        body = body[: first.start()].replace("itunes:summary", "itunes:about") + body[first.start() :]
    if _URI.search(body):
        body = _LINK_URI.sub(r"\1at", body)
    return _REFERENCE.sub(partial(_mended, entities=entities), body)


def undeclared(text: str, root: Root) -> str:
    """Return the declarations, as attributes of the root, of the prefixes that a feed uses without one."""
    markup = _IS_OPAQUE.sub("", text[root.start + 1 + len(root.name) :])
    used = dict.fromkeys(_PREFIXED.findall(markup))
    for found in _PREFIXED_ATTRIBUTE.finditer(markup):
        at = found.start()
        if prefix := _PREFIX.search(markup, max(at - _LONGEST_PREFIX - 1, 0), at):
            used[prefix[1]] = None
    if not used:
        return ""
    missing = used.keys() - set(_DECLARED.findall(markup)) - {"xml", "xmlns"}
    named = [prefix for prefix in used if prefix in missing][:_MOST_UNDECLARED]
    return "".join(f' xmlns:{prefix}="{NAMESPACES.get(prefix.lower(), f"urn:prefix:{prefix}")}"' for prefix in named)


def _base(text: str, root: Root) -> str:
    """Return a base for the root of a feed in which only elements below it have one.

    Without it feedparser does not return from theirs, and links of one entry stand against the page of another. Nothing
    stands against a URN.
    """
    bases = _BASE.findall(text, root.start) if "xml:base" in text else []
    is_based = "xml:base" in text[root.start : text.find(">", root.start)]
    return ' xml:base="urn:none"' if bases and all(bases) and not is_based else ""


def _entities(doctype: str) -> Mapping[str, str]:
    """Return what the entities stand for that a document type declaration declares."""
    harmless = {declared["name"]: declared["value"] for declared in _ENTITY.finditer(doctype)}
    public = len(_PUBLIC_ENTITIES.findall(doctype))
    if doctype.count("<!ENTITY") - public > min(len(harmless), _MOST_ENTITIES):
        msg = "refused: its DOCTYPE declares entities"
        raise Malformed(msg)
    return harmless


def _mended(found: re.Match[str], entities: Mapping[str, str]) -> str:
    """Return a reference that every parser of XML reads; a comment or CDATA section is what it is."""
    name, decimal, hexadecimal = found["name"], found["decimal"], found["hex"]
    if found[0] == "&":
        return "&amp;"
    if name:
        characters = html5.get(f"{name};")
        written = "".join(f"&#{ord(character)};" for character in characters) if characters else f"&amp;{name};"
        return entities.get(name, written)
    if decimal or hexadecimal:
        code = int(decimal or hexadecimal, 10 if decimal else 16)
        return "" if code > 0x10FFFF or _NOT_XML.match(chr(code)) else found[0]  # noqa: PLR2004 - Unicode's last
    return found[0]
