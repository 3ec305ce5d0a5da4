"""What the formats of the teleprinter age share: messages between control characters, in bytes."""

from collections.abc import Callable, Iterable, Sequence

import regex

from monitor.errors import NotRecognized
from monitor.model import Block, Document, Paragraph
from monitor.parse.draft import MOST_ITEMS, Draft, reading_of
from monitor.parse.markup import line
from monitor.parse.reading import Reading
from monitor.parse.sniff import looks_like

_MESSAGE = regex.compile(rb"\x01[^\x01\x02\x04]{5,999}\x02[^\x01\x04]*")
"""SOH, the header, STX, the text, ETX, the end, up to EOT or the next message."""

_LONGEST = 131_072
"""Bytes of a message that are read; an item has half of them."""
_LONGEST_END = 200
_PAUSE = regex.compile(r"\n[^\S\n]*\n\s*")
_SPELLED = {"``": "“", "''": "”", " _ ": " — "}


def is_telegraph(body: bytes) -> bool:
    """Tell whether bytes begin with a message: SOH before anything else but fill, and STX behind it."""
    return _MESSAGE.match(body.lstrip(b"\x00\x16\x7f\r\n \t"), 0) is not None


def read_messages(document: Document, read: Callable[[str, str, str], Draft]) -> Reading:
    """Return the messages of a document as items.

    A message that is broken off, without ETX, gives what is there of it, and the document a flaw. What is not UTF-8 is
    windows-1252.

    Args:
        document: bytes as they came over the line.
        read: makes a draft of the header, the text and the end of a message, with newlines between lines.

    Raises:
        NotRecognized: there is no message in it.
    """
    messages = _MESSAGE.findall(document.body)
    if not messages:
        raise NotRecognized(looks_like(document.body))
    flaw = f"more than {MOST_ITEMS} messages" if len(messages) > MOST_ITEMS else None
    drafts = []
    for message in messages[:MOST_ITEMS]:
        head, _, rest = message[1:].partition(b"\x02")
        text, ended, end = rest.partition(b"\x03")
        flaw = flaw if ended else "broken off within a message"
        drafts.append(read(_decoded(head), _decoded(text[:_LONGEST]), _decoded(end[:_LONGEST_END])))
        flaw = flaw if len(text) <= _LONGEST else f"a message longer than {_LONGEST} bytes"
    return reading_of(drafts, document, flaw)


def paragraphs(rows: Iterable[str]) -> Sequence[Block]:
    """Return the blocks of rows that were wrapped to the width of a line; an empty one parts paragraphs."""
    return tuple(Paragraph(text) for part in _PAUSE.split("\n".join(rows)) if (text := line(part)))


def spelled(text: str) -> str:
    """Return a text with the signs that teleprinters had no keys for: quotes and dashes."""
    for keys, sign in _SPELLED.items():
        text = text.replace(keys, sign)
    return text


def _decoded(part: bytes) -> str:
    try:
        text = part.decode()
    except UnicodeDecodeError:
        text = part.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
