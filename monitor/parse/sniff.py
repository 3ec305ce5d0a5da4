"""What bytes are, judged by the bytes alone: never by a name, an ending or a label."""

import codecs
import json
from dataclasses import dataclass, replace

import regex

from monitor.parse.markup import has_tags, plain

BOMS = (  # The longer first: UTF-32 little-endian begins like UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = (  # `<` and what may follow it, without a byte order mark: XML 1.0, appendix F.
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_FEEDS = {"rss", "rdf", "feed", "channel"}
"""Root elements of RSS 0.9x and 2.0, RSS 0.90 and 1.0, Atom, CDF; in lower case, without their prefixes."""

_NEWSML = frozenset(
    {"newsml", "newsmessage", "newsitem", "packageitem", "planningitem", "conceptitem", "knowledgeitem", "catalogitem"}
)
_AGENCIES = {"nitf": "nitf", "rbnews": "ritzau"}
_HTML = frozenset({"html", "head", "body", "title", "meta", "div", "p", "script", "style", "table", "br", "span", "a"})
_NAME = regex.compile(r"<([\p{L}_][\p{L}\p{N}_.:-]{0,99})(?=[\s/>]|$)")
_CLOSES = regex.compile(r"</[\p{L}_]|/>")
_DOCTYPE = regex.compile(
    r"<!DOCTYPE(?:\"[^\"]*+\"|'[^']*+'|[^\[\"'<>])*+"
    r"(?:\[(?:\"[^\"]*+\"|'[^']*+'|<!--.*?-->|<\?.*?\?>|[^\]\"'])*+\]\s*+)?+>",
    regex.DOTALL | regex.IGNORECASE,
)
"""A document type declaration (XML 1.0, 28); what stands in its quotes and comments does not end it."""
_PLAIN_DOCTYPE = regex.compile(r"<![^\[<>]*+>")
_FAR = 4_096
_BELOW_JUNK = regex.compile(r"<(?:\?xml\s|rss[\s>]|feed[\s>]|rdf:RDF[\s>])")


@dataclass(frozen=True, slots=True)
class Root:
    """The root element of a text with markup: its name as written, and where it stands.

    `doctype` is where the document type declaration before it starts and ends, `junk` how much stands before the XML.
    """

    name: str
    start: int
    doctype: tuple[int, int]
    junk: int = 0

    @property
    def is_feed(self) -> bool:
        """Tell whether it is one that feeds have."""
        return self.name.rpartition(":")[2].casefold() in _FEEDS

    @property
    def agency_kind(self) -> str | None:
        """Return which kind of agencies' documents has such a root, if any has."""
        name = self.name.rpartition(":")[2].casefold()
        return _AGENCIES.get(name, "newsml" if name in _NEWSML else None)


def encoding_of(body: bytes) -> str | None:
    """Return the encoding that a byte order mark or the spacing of its first `<` gives away, if either does."""
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return encoding
    bare = body[:64].lstrip(b" \t\r\n")
    return next((encoding for mark, encoding in _UNMARKED if bare.startswith(mark)), None)


def as_markup(body: bytes) -> str:
    """Return a text in which the ASCII characters of a document stand.

    Where `encoding_of` knows the encoding it is the whole text, without its mark; else it is Latin-1, from which
    `encode("latin-1")` makes the same bytes again.
    """
    return body.decode(encoding_of(body) or "latin-1", "replace").removeprefix("\ufeff")


def root_of(text: str) -> Root | None:
    """Return the root element of a document, if its text is markup or has XML within its first lines."""
    start = len(text) - len(text.lstrip("\ufeff\0 \t\r\n"))
    if text.startswith("<", start):
        return _first_element(text, start)
    found = _BELOW_JUNK.search(text, start, start + _FAR)
    root = _first_element(text, found.start()) if found else None
    return replace(root, junk=found.start()) if root and found else None


def _first_element(text: str, start: int) -> Root | None:
    """Return the first element from `start` on: only white space and what begins with `<!` or `<?` stands before it.

    Its name is empty if there are such things and no element; None if it is no markup at all.
    """
    doctype, begins = (start, start), start
    while 0 <= start < len(text):
        if found := _NAME.match(text, start):
            root = Root(found[1], start, doctype)
            sure = start > begins or root.is_feed or root.name.casefold() in _HTML or _CLOSES.search(text, start)
            return root if sure else None
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
        elif text.startswith("<?", start):
            end = text.find(">", start)
        elif text.startswith("<!", start):
            declared = _DOCTYPE.match(text, start) or _PLAIN_DOCTYPE.match(text, start)
            end = declared.end() - 1 if declared else -1
            doctype = doctype if doctype[0] < doctype[1] else (start, end + 1)
        else:
            break
        start = -1 if end < 0 else text.find("<", end)
    return Root("", len(text), doctype) if text.startswith(("<!", "<?"), begins) else None


_MAGIC = (
    (b"\x1f\x8b", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file"),
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
)
_JSON = regex.compile(r'\s*+(?:\{\s*+(?:"|\}\s*+$)|\[\s*+(?:[{\["]|\]\s*+$))')
_CONTROLS = bytes({*range(9), 11, *range(14, 32), 127})
_TITLE = regex.compile(r"<title[^<>]{0,200}>([^<]{1,200})", regex.IGNORECASE)
_MOST_CONTROLS = 0.1


_BRACKET = regex.compile(rb"\s*+[{\[]")
_MEMBER = regex.compile(r'"(?:uri|guid|urn|api_version)"\s*+:')


def agency_json(body: bytes) -> str | None:
    """Return which kind of agencies' JSON bytes are: `ninjs` has `uri` or `guid`, `digitalwires` says that it is that.

    AP's answers, `ap`, have their items under `data`. What is broken is judged by its first lines.
    """
    encoding = encoding_of(body)
    if encoding is None and not _BRACKET.match(body):
        return None
    try:
        text = body.decode(encoding or "utf-8", "replace").removeprefix("\ufeff")
        if not _JSON.match(text) or not _MEMBER.search(text):
            return None
        told = json.loads(text)
    except (ValueError, RecursionError):
        return "ninjs" if _MEMBER.search(text, 0, _FAR) else None
    first = told[0] if isinstance(told, list) and told else told
    if not isinstance(first, dict):
        return None
    if str(first.get("format")).startswith("digitalwires@"):
        return "digitalwires"
    data = first.get("data")
    if isinstance(data, dict) and "api_version" in first and ("item" in data or "items" in data):
        return "ap"
    return "ninjs" if "uri" in first or "guid" in first else None


def is_binary(body: bytes) -> bool:
    """Tell whether bytes cannot be a text: NUL among them, or more than one in ten a control character."""
    return b"\0" in body or len(body) - len(body.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(body)


PLAIN_TEXT = "plain text"


def looks_like(body: bytes) -> str:
    """Return in a few words what a document seems to be, to say why it is not read."""
    if not body.strip():
        return "nothing: the document is empty"
    if magic := next((name for mark, name in _MAGIC if body.startswith(mark)), None):
        return magic
    text = as_markup(body)
    if root := root_of(text):
        return _markup_named(text, root)
    if _JSON.match(text):
        return "a JSON document"
    if is_binary(body):
        return "binary data"
    return "a text with markup in it" if has_tags(text) else PLAIN_TEXT


def _as_utf8(text: str) -> str:
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def is_page(text: str, root: Root) -> bool:
    """Tell whether markup is a page of HTML: by its root, or by its document type."""
    return root.name.casefold() in _HTML or text[slice(*root.doctype)][:14].casefold() == "<!doctype html"


def _markup_named(text: str, root: Root) -> str:
    if is_page(text, root):
        title = _TITLE.search(text)
        named = plain(_as_utf8(title[1])) if title else ""
        return f"an HTML page titled “{named}”" if named else "an HTML page without a title"
    return f"XML whose root is <{root.name}>" if root.name else "XML without a root element"
