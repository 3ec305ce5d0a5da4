"""A document of plain text: one wire text."""

from dataclasses import replace

from monitor.errors import NotRecognized
from monitor.model import Document
from monitor.parse.reading import Reading
from monitor.parse.sniff import is_binary
from monitor.parse.wires.wire import LONGEST, read_wire


def read_text(document: Document) -> Reading:
    """Return the one item that a wire text is.

    What is not UTF-8 is read as windows-1252, as older desks write it, and marked unsure of headline and body.

    Raises:
        NotRecognized: it is empty, or no text at all.
    """
    if not document.body.strip():
        msg = "nothing: the document is empty"
        raise NotRecognized(msg)
    if is_binary(document.body):
        msg = "binary data"
        raise NotRecognized(msg)
    try:
        text, guessed = document.body.decode(), False
    except UnicodeDecodeError:
        text, guessed = document.body.decode("cp1252", "replace"), True
    item = read_wire(
        text, fetched=document.fetched, source=document.source, url=document.url, language=document.language
    )
    flaw = f"longer than {LONGEST} bytes" if len(text.encode()) > LONGEST else None
    if guessed:
        item = replace(item, unsure=tuple(sorted({*item.unsure, "headline", "body"})))
        flaw = flaw or "not UTF-8: read as windows-1252"
    return Reading((item,), flaw)
