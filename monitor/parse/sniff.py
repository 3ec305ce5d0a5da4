"""What bytes are, judged by the bytes alone: never by a name, an ending or a label."""

import codecs
from dataclasses import dataclass

import regex

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

_NAME = regex.compile(r"<([\p{L}_][\p{L}\p{N}_.:-]{0,99})(?=[\s/>]|$)")
_FAR = 4_096
_BELOW_JUNK = regex.compile(r"<(?:\?xml\s|rss[\s>]|feed[\s>]|rdf:RDF[\s>])")


@dataclass(frozen=True, slots=True)
class Root:
    """The root element of a text with markup: its name as written, where it stands, and the DOCTYPE before it."""

    name: str
    start: int
    doctype: str = ""
    junk: int = 0

    @property
    def is_feed(self) -> bool:
        """Tell whether it is one that feeds have."""
        return self.name.rpartition(":")[2].casefold() in _FEEDS


def encoding_of(body: bytes) -> str | None:
    """Return the encoding that a byte order mark or the spacing of its first `<` gives away, if either does."""
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return encoding
    bare = body[:64].lstrip(b" \t\r\n")
    return next((encoding for mark, encoding in _UNMARKED if bare.startswith(mark)), None)


def as_markup(body: bytes) -> str:
    """Return a text in which the ASCII characters of a document stand, whatever its encoding makes of the rest."""
    return body.decode(encoding_of(body) or "latin-1", "replace").removeprefix("\ufeff").removeprefix("ï»¿")


def root_of(text: str) -> Root | None:
    """Return the root element of a document, if its text is markup or has XML within its first lines."""
    start = len(text) - len(text.lstrip("\ufeff\0 \t\r\n"))
    if not text.startswith("<", start):
        found = _BELOW_JUNK.search(text, start, start + _FAR)
        return _first_element(text, found.start(), junk=found.start()) if found else None
    return _first_element(text, start, junk=0)


def _first_element(text: str, start: int, junk: int) -> Root | None:
    """Return the first element from `start` on: what may stand before it is white space and what has `<!` or `<?`."""
    doctype = ""
    while 0 <= start < len(text):
        if found := _NAME.match(text, start):
            return Root(found[1], start, doctype, junk)
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
        elif text.startswith("<?", start):
            end = text.find(">", start)
        elif text.startswith("<!", start):
            end = _doctype_end(text, start)
            doctype = doctype or text[start : end + 1]
        else:
            return None
        start = -1 if end < 0 else text.find("<", end)
    return Root("", start, doctype, junk) if doctype else None


def _doctype_end(text: str, start: int) -> int:
    """Return where a declaration ends: at its `>`, behind the `]>` of its internal subset if it has one."""
    end = text.find(">", start)
    subset = text.find("[", start, end if end >= 0 else None)
    if subset < 0:
        return end
    close = regex.compile(r"\]\s*+>").search(text, subset)
    return close.end() - 1 if close else -1


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
_HTML = {"html", "head", "body", "title", "meta", "div", "p", "script", "style", "table", "br", "span", "a", "center"}
_CONTROLS = bytes({*range(9), 11, *range(14, 32), 127})
_MOST_CONTROLS = 0.1


def is_binary(body: bytes) -> bool:
    """Tell whether bytes cannot be a text: NUL among them, or more than one in ten a control character."""
    return b"\0" in body or len(body) - len(body.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(body)


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
    return "binary data" if is_binary(body) else "plain text"


def _markup_named(text: str, root: Root) -> str:
    if root.name.casefold() in _HTML or root.doctype[:14].casefold() == "<!doctype html":
        title = regex.search(r"(?i)<title[^>]{0,200}>([^<]{1,200})", text)
        named = " ".join(title[1].split()) if title else ""
        return f"an HTML page titled “{named}”" if named else "an HTML page without a title"
    return f"XML whose root is <{root.name}>" if root.name else "XML without a root element"
