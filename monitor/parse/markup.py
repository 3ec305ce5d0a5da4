"""HTML, as feeds carry it, to plain text: blocks for a body, one line for a title.

The parser is libxml2's, driven by events: it builds no tree, so that nesting costs nothing.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from lxml import etree

from monitor.model import Block, Paragraph, Subhead, Teaser
from monitor.parse.lines import TEASER
from monitor.parse.wires.wire import read_wire

LONGEST = 2_097_152
"""Characters of markup that are read; a body has far fewer, inlined pictures aside."""

_LONGEST_TEXT = 131_072
"""Characters of text after which no more markup is read; an item keeps 64 KiB."""

_PIECE = 65_536
_NOT_TEXT = "script style noscript template head title iframe svg math select textarea button nav form"
_HIDDEN = frozenset(_NOT_TEXT.split())
_BLOCKS = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody tfoot thead tr ul"
)
_BREAKING = frozenset(_BLOCKS.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_CELLS = frozenset({"td", "th"})
_LONGEST_SUBHEAD = 70
_LONGEST_TEASER = 300

_ELEMENTS = (
    "a|abbr|b|big|blockquote|body|br|center|cite|code|dd|div|dl|dt|em|embed|figcaption|figure|font|h[1-6]|head|hr|html"
    "|i|iframe|img|li|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|title"
    "|tr|tt|u|ul|video|audio"
)
_TAG = regex.compile(rf"</?(?:{_ELEMENTS})(?:\s[^<>]*+)?/?>|<!--", regex.IGNORECASE)
_ENTITY = regex.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_NOT_DISPLAYED = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.IGNORECASE)
_BREAKS = regex.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = regex.compile(r"[\p{Cs}\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Cc}")
"""Controls, lone surrogates, non-characters, marks that turn the direction of writing around (CVE-2021-42574)."""
_ENDS_PROSE = regex.compile(r"[.,;:!?…][\"'”’»)\]]*$")
_BLANK_LINE = regex.compile(r"\n[^\S\n]*\n\s*")


def clean(text: str) -> str:
    """Return a text without what nobody should see: see `_UNSEEN`; its line breaks are newlines."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def line(text: str) -> str:
    """Return a plain text as one line: clean, white space of every kind collapsed."""
    return " ".join(clean(text).split())


def has_tags(text: str) -> bool:
    """Tell whether there is a tag of HTML in a text; `5 < 6` and `<jan@example.org>` are none."""
    return _TAG.search(text) is not None


def has_markup(text: str) -> bool:
    """Tell whether a text that says it is plain has tags or entities of HTML all the same, as many do."""
    return has_tags(text) or _ENTITY.search(text) is not None


def plain(markup: str) -> str:
    """Return the text of a fragment of HTML as one line."""
    return " ".join(block.text for block in _blocks(markup))


def blocks_of(markup: str) -> tuple[Block, ...]:
    """Return the paragraphs, subheads and teasers of a fragment of HTML, in their order.

    A paragraph is what its elements or two `<br>` set apart; a row of a table is one, and so is each entry of a list.
    A heading is a subhead, and so is a short paragraph that is bold throughout, if a paragraph follows. The lines of
    a text without any tag are paragraphs.
    """
    return tuple(_teaser(block.text) or block for block in _blocks(markup))


def lines_of(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of a plain text: its lines, or what its blank lines set apart where it has some."""
    return tuple(_teaser(paragraph) or Paragraph(paragraph) for paragraph in _lines(text))


def _blocks(markup: str) -> list[Paragraph | Subhead]:
    """Return the blocks of a fragment; teasers are paragraphs still."""
    text = clean(markup[:LONGEST]).replace("<![CDATA[", "").replace("]]>", "")
    if not has_tags(text):
        # Escaped twice: what was unescaped once by the feed's own parser is markup only now.
        unescaped = html.unescape(text)
        if not has_tags(unescaped):
            return [Paragraph(paragraph) for paragraph in _lines(html.unescape(unescaped))]
        text = unescaped
    return _subheads(_parsed(text))


def _parsed(text: str) -> "list[_Run]":
    reader = _Reader()
    parser = etree.HTMLParser(
        target=reader, encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    body = text.encode()
    try:
        for start in range(0, len(body), _PIECE):
            if reader.length > _LONGEST_TEXT:
                break
            parser.feed(body[start : start + _PIECE])
        parser.close()
    except etree.XMLSyntaxError:  # nothing in it at all, a comment say
        return []
    return reader.runs


def _subheads(runs: "list[_Run]") -> list[Paragraph | Subhead]:
    """Return runs as blocks; a bold one is a subhead only if a paragraph stands below it."""
    blocks: list[Paragraph | Subhead] = []
    led = False
    for run in reversed(runs):
        heads = run.heading or (run.bold and led and len(run.text) <= _LONGEST_SUBHEAD and not _prose(run.text))
        blocks.append(Subhead(run.text) if heads else Paragraph(run.text))
        led = led or not heads
    return blocks[::-1]


def _prose(text: str) -> bool:
    return _ENDS_PROSE.search(text) is not None


def _lines(text: str) -> Iterator[str]:
    """Yield the paragraphs of a plain text; a line that goes on in lower case was only wrapped."""
    broken = clean(text).strip()
    if _BLANK_LINE.search(broken):
        yield from filter(None, map(line, _BLANK_LINE.split(broken)))
        return
    paragraph = ""
    for each in filter(None, map(line, broken.split("\n"))):
        if paragraph and not each[0].islower():
            yield paragraph
            paragraph = ""
        paragraph = f"{paragraph} {each}".lstrip()
    if paragraph:
        yield paragraph


def _teaser(text: str) -> Teaser | None:
    """Return the teaser that a paragraph is, by the rules of the wire text."""
    if len(text) > _LONGEST_TEASER or not TEASER.match(text):
        return None
    read = read_wire(text).body
    return read[0] if len(read) == 1 and isinstance(read[0], Teaser) else None


@dataclass(frozen=True, slots=True)
class _Run:
    """A block as it comes out of the markup: in a heading, or bold throughout."""

    text: str
    heading: bool
    bold: bool


@dataclass(slots=True)
class _Reader:
    """Takes libxml2's events; gathers the runs of text between elements that break the flow."""

    runs: list[_Run] = field(default_factory=list)
    pieces: list[tuple[bool, str]] = field(default_factory=list)
    depth: int = 0
    hidden: int | None = None
    bold: int = 0
    heading: bool = False
    breaks: int = 0
    length: int = 0

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        """Open an element; what it hides, it hides up to its end."""
        self.depth += 1
        if self.hidden is not None:
            return
        if tag in _HIDDEN or "hidden" in attrib or _NOT_DISPLAYED.search(str(attrib.get("style", ""))):
            self.hidden = self.depth
        elif tag == "br":
            self._break_line()
        elif tag in _BREAKING:
            self.flush()
            self.heading = tag in _HEADINGS
        elif tag in _CELLS:
            self.pieces.append((True, " "))
        elif tag in _BOLD:
            self.bold += 1
        elif tag == "q":
            self.pieces.append((self.bold > 0, "“"))

    def end(self, tag: str | bytes) -> None:
        """Close an element."""
        self.depth -= 1
        if self.hidden is not None:
            self.hidden = None if self.depth < self.hidden else self.hidden
        elif tag in _BREAKING:
            self.flush()
            self.heading = False
        elif tag in _BOLD:
            self.bold = max(self.bold - 1, 0)
        elif tag == "q":
            self.pieces.append((self.bold > 0, "”"))

    def data(self, data: str | bytes) -> None:
        """Take text; `&nbsp;` alone does not part two `<br>`."""
        if self.hidden is None:
            self.pieces.append((self.bold > 0, str(data)))
            self.length += len(data)
            self.breaks = 0 if data.strip() else self.breaks

    def comment(self, text: str | bytes) -> None:
        """Pass over a comment."""

    def close(self) -> None:
        """End the fragment."""
        self.flush()

    def flush(self) -> None:
        """End the block, if there is any text in it."""
        if text := line(_unescaped("".join(piece for _, piece in self.pieces))):
            bold = all(bold for bold, piece in self.pieces if piece.strip())
            self.runs.append(_Run(text, self.heading, bold))
        self.pieces.clear()
        self.breaks = 0

    def _break_line(self) -> None:
        self.breaks += 1
        if self.breaks > 1:
            self.flush()
        self.pieces.append((True, " "))


def _unescaped(text: str) -> str:
    """Return a text without the entities that are left in it where it was escaped once too often."""
    return html.unescape(text) if _ENTITY.search(text) else text
