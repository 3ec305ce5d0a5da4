"""Lists of feeds in OPML (opml.org/spec2), read however broken they are, and written so that every reader takes them.

Most lists that go round are not XML: their titles hold bare `&`, `<` and quotes. So outlines are found by their tags,
and a value ends at a quote that an attribute or the end of the tag follows.
"""

import codecs
import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

import regex
from lxml import etree

from monitor.errors import NotRecognized
from monitor.parse.markup import line
from monitor.parse.sniff import encoding_of, looks_like

MOST_OUTLINES = 10_000
"""Feeds of a list that are read, the first ones."""

_LONGEST = 8_192
_DEEPEST = 32
_NAME = r"[A-Za-z_:][\w:.-]{0,63}"
_OUTLINE = regex.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<end>/?)outline(?=[\s/>])(?P<rest>.*?)(?=<(?:/?(?:outline|body|head|opml)[\s/>]|!--)|\Z)",
    regex.DOTALL | regex.IGNORECASE,
)
_ATTRIBUTE = regex.compile(
    rf"(?P<name>{_NAME}+)\s*+=\s*+"
    rf"(?:(?P<quote>[\"'])(?P<value>.*?)(?P=quote)(?=\s*+(?:/?\s*+$|{_NAME}+\s*+=\s*+(?:[\"']|\w+:)))|(?P<bare>[^\s\"'<>]++))",
    regex.DOTALL,
)
_REFERENCE = regex.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_DECLARED = regex.compile(rb"\s*+<\?xml\s[^>]{0,200}?encoding\s*+=\s*+[\"']([A-Za-z][\w.-]{1,39})[\"']")
_FEED_SCHEME = regex.compile(r"feed:(?://)?(?=https?:)|feed(?=://)", regex.IGNORECASE)
_NOT_XML = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlOutline:
    """A feed of a list: its `url` as written, `folders` from the outermost to the one that it stands in.

    `page` is the site that it belongs to, `categories` are tags or paths of them (`/news/europe`).
    """

    url: str
    title: str | None = None
    page: str | None = None
    folders: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str | None = None
    description: str | None = None


def is_opml(body: bytes) -> bool:
    """Tell whether bytes are a list of feeds in OPML."""
    return regex.search(r"<opml[\s>]", _text_of(body), regex.IGNORECASE) is not None


def read_opml(body: bytes) -> tuple[OpmlOutline, ...]:
    """Return the feeds of a list, in its order; at most `MOST_OUTLINES`.

    Addresses are not judged here: one that nobody can fetch is for whoever takes the list over to name. Outlines
    without an address are folders; those that include another list are passed over.

    Raises:
        NotRecognized: it is no OPML.
    """
    text = _text_of(body)
    outlines = tuple(_outlines(text))
    if not outlines and not is_opml(body):
        raise NotRecognized(looks_like(body))
    return outlines[:MOST_OUTLINES]


def _text_of(body: bytes) -> str:
    """Return the text of a list: in the encoding of its first bytes, the declared one, UTF-8, else windows-1252."""
    declared = _DECLARED.match(body)
    names = (encoding_of(body), declared[1].decode() if declared else None, "utf-8")
    for name in filter(None, names):
        try:
            # Python's own encodings, `unicode_escape` say, are not for texts of others.
            if codecs.lookup(name)._is_text_encoding and "escape" not in name:  # noqa: SLF001 - the only way to ask
                return body.decode(name).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            continue
    return body.decode("cp1252", "replace")


def _outlines(text: str) -> Iterator[OpmlOutline]:
    """Yield the feeds; whatever is open above one is its folder."""
    above = list[str]()
    found = 0
    for tag in _OUTLINE.finditer(text):
        if tag["rest"] is None or found > MOST_OUTLINES:
            continue
        if tag["end"]:
            del above[-1:]
            continue
        written, _, _ = tag["rest"].rpartition(">")
        attributes = _attributes(written or tag["rest"])
        url = _FEED_SCHEME.sub(_scheme, attributes.get("xmlurl", ""), count=1).strip()
        name = attributes.get("title") or attributes.get("text", "")
        if url:
            found += 1
            yield _outline(url, name, tuple(filter(None, above)), attributes)
        if written and not written.rstrip().endswith("/"):
            above.append("" if url or len(above) >= _DEEPEST else attributes.get("text") or name)


def _scheme(found: regex.Match[str]) -> str:
    """Return what stands for `feed:`: nothing before an address, `http` in place of a scheme."""
    return "" if found[0].endswith((":", "//")) else "http"


def _outline(url: str, name: str, folders: tuple[str, ...], attributes: dict[str, str]) -> OpmlOutline:
    categories = (line(category) for category in attributes.get("category", "").split(","))
    return OpmlOutline(
        url=url,
        title=name if name != url and name else None,
        page=attributes.get("htmlurl") or None,
        folders=folders,
        categories=tuple(dict.fromkeys(filter(None, categories))),
        language=attributes.get("language") or None,
        description=attributes.get("description") or None,
    )


def _attributes(written: str) -> dict[str, str]:
    """Return the attributes of a tag, their names in lower case; the first of each name."""
    attributes = dict[str, str]()
    for found in _ATTRIBUTE.finditer(written):
        value = found["value"] if found["quote"] else found["bare"]
        told = _REFERENCE.sub(lambda reference: html.unescape(reference[0]), value[:_LONGEST])
        attributes.setdefault(found["name"].lower(), line(told))
    return attributes


def write_opml(outlines: Iterable[OpmlOutline], *, title: str, created: datetime | None = None) -> bytes:
    """Return a list of feeds as OPML 2.0 in UTF-8: folder by folder, in the order in which they come up.

    What XML cannot hold is left out of titles. `read_opml` gives the same feeds back.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _told(title)
    if created:
        etree.SubElement(head, "dateCreated").text = format_datetime(created.astimezone(UTC), usegmt=True)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], etree._Element] = {}
    for outline in outlines:
        parent = _folder(body, outline.folders, folders)
        told = {
            "type": "rss",
            "text": outline.title or outline.url,
            "title": outline.title,
            "xmlUrl": outline.url,
            "htmlUrl": outline.page,
            "category": ",".join(outline.categories),
            "language": outline.language,
            "description": outline.description,
        }
        etree.SubElement(parent, "outline", {name: _told(value) for name, value in told.items() if value})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _folder(
    body: etree._Element, path: Sequence[str], folders: dict[tuple[str, ...], etree._Element]
) -> etree._Element:
    """Return the element of a folder, made with those above it where it is not there yet."""
    parent = body
    for depth in range(1, len(path) + 1):
        key = tuple(path[:depth])
        if key not in folders:
            folders[key] = etree.SubElement(parent, "outline", text=_told(key[-1]))
        parent = folders[key]
    return parent


def _told(text: str) -> str:
    return line(_NOT_XML.sub("", text))
