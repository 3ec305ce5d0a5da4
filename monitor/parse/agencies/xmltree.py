"""XML documents to trees without namespaces, made safe first: for the formats that agencies deliver."""

from collections.abc import Iterator
from html import escape

import regex
from lxml import etree

from monitor.errors import Malformed, NotRecognized
from monitor.model import Block, Document
from monitor.parse.feeds.disarm import disarmed
from monitor.parse.markup import blocks_of, line, lines_of
from monitor.parse.sniff import as_markup, encoding_of, looks_like, root_of

LONGEST = 524_288
"""Characters of markup of a body that are read, or a few more; an item has an eighth of them."""

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute `xml:lang`."""

_DECLARED = regex.compile(r"\A\s*+<\?xml\s[^>]*?\sencoding\s*+=\s*+[\"']([A-Za-z][\w.-]{0,39})[\"']")
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
_DEEPEST = 100
_INDENTED = regex.compile(r"[ \t\xa0]{2,}\S")
_PARAGRAPH = regex.compile(r"\n(?=[ \t\xa0]{2,}\S)|\n\s*\n")


def tree_of(document: Document) -> tuple[etree._Element, str | None]:
    """Return the root of an XML document, and its flaw, if it has one.

    Names are without their namespaces: agencies declare them in many ways, or not at all. Comments and processing
    instructions are left out. What is declared to be ISO 8859-1 is windows-1252, as in HTML; what is not in the
    declared encoding is read as windows-1252 too, and flawed.

    Raises:
        NotRecognized: it is no XML.
        Malformed: it is not well-formed, is nested deeper than 100 elements, or declares entities that may be a bomb.
    """
    if (found := root_of(as_markup(document.body))) is None or not found.name:
        raise NotRecognized(looks_like(document.body))
    text, flaw = _decoded(document.body)
    root = root_of(text) or found
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(disarmed(text, root, decoded=True).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        msg = f"not well-formed: {line(str(error))[:200]}"
        raise Malformed(msg) from error
    _strip(tree)
    return tree, "something stands before the XML" if root.junk else flaw


def _decoded(body: bytes) -> tuple[str, str | None]:
    """Return the text of a document, and a flaw if it is not in the encoding that it declares."""
    if known := encoding_of(body):
        return body.decode(known, "replace").removeprefix("\ufeff"), None
    declared = _DECLARED.match(body[:200].decode("latin-1"))
    encoding = declared[1].casefold() if declared else "utf-8"
    try:
        return body.decode("cp1252" if encoding in _LATIN else encoding), None
    except (LookupError, UnicodeDecodeError):
        flaw = None if encoding in _LATIN else f"not in {encoding}, as it says: read as windows-1252"
        return body.decode("cp1252", "replace"), flaw


def _strip(tree: etree._Element) -> None:
    """Take the namespaces off all names of a tree, if it is not too deep."""
    depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            msg = f"refused: elements nested deeper than {_DEEPEST}"
            raise Malformed(msg)
        if event == "start":
            element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(tree)


def text_at(element: etree._Element, *paths: str) -> str:
    """Return the text of the first element at any of the paths that has some, as one line; else the empty text."""
    return next((text for path in paths for found in element.iterfind(path) if (text := text_in(found))), "")


def text_in(element: etree._Element) -> str:
    """Return all text within an element, as one line."""
    return line("".join(map(str, element.itertext())))


def texts_at(element: etree._Element, path: str) -> Iterator[str]:
    """Yield the texts of the elements at a path that have some."""
    return filter(None, map(text_in, element.iterfind(path)))


def attribute_at(element: etree._Element, path: str, name: str) -> str:
    """Return the attribute of the first element at a path that has it with a value, else the empty text."""
    values = (line(str(found.get(name) or "")) for found in element.iterfind(path))
    return next(filter(None, values), "")


def blocks_in(element: etree._Element) -> tuple[Block, ...]:
    """Return the blocks of the HTML or NITF within an element.

    Wire copy may stand in one `p`, as it came over the wire: a line that is indented begins a paragraph there, if
    others are not indented. In `pre` the lines are paragraphs.
    """
    pieces, length = [escape((element.text or "")[:LONGEST], quote=False)], 0
    for child in element:
        for found in list(child.iter("p", "pre")):
            if len(found) == 0 and found.text:
                _unfold(found, found.text)
        pieces.append(etree.tostring(child, method="html", encoding="unicode"))
        length += len(pieces[-1])
        if length > LONGEST:
            break
    return blocks_of("".join(pieces))


def _unfold(element: etree._Element, text: str) -> None:
    """Part the paragraphs of a plain text that stands in one element."""
    rows = text.strip().splitlines()
    indented = any(map(_INDENTED.match, rows[1:]))
    flush = any(row.strip() and not _INDENTED.match(row) for row in rows[1:])
    if element.tag == "pre":
        paragraphs = [block.text for block in lines_of(text)]
    elif indented and flush:
        paragraphs = _PARAGRAPH.split(text.strip())
    else:
        return
    element.tag, element.text = "div", None
    for paragraph in paragraphs:
        etree.SubElement(element, "p").text = paragraph


def without(element: etree._Element, *names: str) -> etree._Element:
    """Return an element without those of these names in it; what follows them stays."""
    etree.strip_elements(element, *names, with_tail=False)
    return element
