"""E-mail (RFC 5322, MIME), in which smaller agencies, press offices and desks deliver: a message, a report.

    From: Redactie Noord <noord@example.org>     byline
    Date: Thu, 05 Feb 2026 11:00:00 +0100        published
    Message-ID: <17@example.org>                 guid
    Subject: Brug bij Kampen dicht               headline

    KAMPEN (ANP) - De brug …                     the first text, else the first HTML; a wire text is read as one

Parsed with the standard library under `compat32`: its newer policies take headers apart by a grammar of their own,
which raises on some that are wrong and takes time in proportion to the square of others.
"""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from itertools import repeat
from urllib.parse import quote

import regex

from monitor.errors import Malformed, NotRecognized
from monitor.model import Block, Document, Media, Paragraph
from monitor.parse.agencies.form import form_draft
from monitor.parse.draft import Draft, is_told, reading_of
from monitor.parse.markup import blocks_of, line, lines_of
from monitor.parse.reading import Reading
from monitor.parse.sniff import looks_like
from monitor.parse.wires.wire import read_wire

LONGEST = 8_388_608
"""Bytes of a message that are read; texts stand before pictures."""

_LONGEST_TEXT = 262_144
_LONGEST_HEADER = 8_192
_MOST_PARTS = 100
_MOST_MULTIPARTS = 50
"""Each costs every line below it a comparison, where they lie in each other."""
_HEADER = regex.compile(rb"[!-9;-~]{1,76}:(?:[^\r\n]*+(?:\r?\n[ \t])?+)*+(?:\r?\n|$)")
_FAR = 65_536
_OUR_NAMES = frozenset({b"date", b"message-id", b"received", b"mime-version", b"return-path", b"delivered-to"})
_LEAST = 2
_SIGNATURE = regex.compile(r"^-- ?$", regex.MULTILINE)
_SOFT = regex.compile(r" \n")
_PAUSE = regex.compile(r"\n[^\S\n]*\n\s*")


def is_mail(body: bytes) -> bool:
    """Tell whether bytes begin with the header of a message: fields one after the other, `From` and two more of it."""
    names = set[bytes]()
    window = body[:_FAR].lstrip()
    at = 0
    while found := _HEADER.match(window, at):
        names.add(found[0].partition(b":")[0].lower())
        at = found.end()
    ended = at >= len(window) or window[at : at + 1] in b"\r\n"
    return ended and b"from" in names and len(names & _OUR_NAMES) >= _LEAST


def read_mail(document: Document) -> Reading:
    """Return the one item that a message is.

    What it encloses is media without content, at the address that RFC 2392 gives a part of a message. What is said to
    be in an encoding that we do not know, or is not, is read as windows-1252.

    Raises:
        NotRecognized: it does not begin with the header of a message.
        Malformed: its parts lie in each other too deep, or there is nothing in it.
    """
    if not is_mail(document.body):
        raise NotRecognized(looks_like(document.body))
    if document.body[:LONGEST].lower().count(b"multipart/") > _MOST_MULTIPARTS:
        msg = f"refused: more than {_MOST_MULTIPARTS} parts that have parts"
        raise Malformed(msg)
    try:
        message = message_from_bytes(document.body[:LONGEST].lstrip(), policy=policy.compat32)
    except RecursionError:
        msg = "refused: parts that lie in each other too deep"
        raise Malformed(msg) from None
    draft = _draft(message, document)
    if not is_told(draft):
        msg = "a message with nothing in it"
        raise Malformed(msg)
    return reading_of([draft], document, f"longer than {LONGEST} bytes" if len(document.body) > LONGEST else None)


def _draft(message: Message, document: Document) -> Draft:
    parts = list(_parts(message))
    text = next(filter(None, map(_text, parts, repeat("text/plain"))), "")
    html = next(filter(None, map(_text, parts, repeat("text/html"))), "")
    guid = _header(message, "message-id")
    told = Draft(
        guid=guid,
        language=_header(message, "content-language").partition(",")[0],
        headline=_header(message, "subject"),
        published=_header(message, "date"),
        bylines=list(_senders(message)),
        media=list(_media(parts, guid.strip("<>"))),
    )
    return form_draft(text, told) or _with_body(told, text, html, document)


def _with_body(told: Draft, text: str, html: str, document: Document) -> Draft:
    """Return a draft with the body that a text or HTML is; a wire text has its own headline, and a sidebar."""
    joined = "\n".join(line(part) for part in _PAUSE.split(text)) if _PAUSE.search(text.strip()) else text
    wire = read_wire(joined, fetched=document.fetched, language=document.language)
    if wire.dateline is None or not wire.dateline.agencies or "dateline" in wire.unsure:
        return replace(told, body=lines_of(text) if text else blocks_of(html))
    body = list[Block](wire.body)
    lead = next((index for index, block in enumerate(body) if isinstance(block, Paragraph)), 0)
    body[lead : lead + 1] = [Paragraph(wire.dateline.text + block.text) for block in body[lead : lead + 1]]
    headline = wire.headline or told.headline
    return replace(told, headline=headline, body=body, section=wire.section or "", related=wire.related)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts that have no parts, in their order; those beyond the first hundred are not looked at."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        payload = part.get_payload()
        if isinstance(payload, list):
            waiting += [each for each in reversed(payload) if isinstance(each, Message)]
        else:
            yield part


def _is_enclosed(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"


def _text(part: Message, kind: str) -> str:
    """Return the text of a part of a kind, its soft line breaks (RFC 3676) and its signature taken out."""
    if part.get_content_type() != kind or _is_enclosed(part):
        return ""
    content = part.get_payload(decode=True)
    told = content[:_LONGEST_TEXT] if isinstance(content, bytes) else b""
    text = _decoded(told, part.get_content_charset()).replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text/plain":
        text = _SIGNATURE.split(text, maxsplit=1)[0]
        if str(part.get_param("format", "")).casefold() == "flowed":
            deleted = str(part.get_param("delsp", "")).casefold() == "yes"
            text = _SOFT.sub("" if deleted else " ", text)
    return text.strip()


def _decoded(content: bytes, charset: str | None) -> str:
    for name in (charset or "utf-8", "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _senders(message: Message) -> Iterator[str]:
    """Yield who sent it; names are decoded behind the grammar of addresses, as `Jansen, Piet` may be one of them."""
    for name, address in getaddresses([_raw(message, "from").decode("latin-1")]):
        yield f"{_words(name.encode('latin-1'))} <{address}>" if address else name


def _header(message: Message, name: str) -> str:
    return _words(_raw(message, name))


def _raw(message: Message, name: str) -> bytes:
    """Return a field of the header as it came, the first of its name; empty if there is none."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return raw.encode("ascii", "surrogateescape")[:_LONGEST_HEADER]


def _words(told: bytes) -> str:
    """Return a text of a header, its encoded words (RFC 2047) decoded; bytes that have no place in it are UTF-8."""
    try:
        words = decode_header(told.decode("latin-1"))
    except (HeaderParseError, ValueError):
        words = [(told, None)]
    pieces = []
    for word, charset in words:
        content = word.encode("latin-1") if isinstance(word, str) else word
        pieces.append(_decoded(content, charset if told.isascii() or not _is_utf8(content) else None))
    return line("".join(pieces))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _media(parts: list[Message], guid: str) -> Iterator[Media]:
    for part in parts:
        name = line(_header(part, "content-id").strip("<> ") or str(part.get_filename() or ""))[:200]
        if name and _is_enclosed(part):
            address = f"mid:{quote(guid, safe='@')}/{quote(name, safe='@')}" if guid else f"cid:{quote(name, safe='@')}"
            size = str(part.get_param("size", "", header="content-disposition"))
            yield Media(address, part.get_content_type(), int(size) if regex.fullmatch("[0-9]{1,15}", size) else None)
