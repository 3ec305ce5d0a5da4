"""The entries of a feed that were seen before, left out before anything parses it.

A feed that can be cut consists of a head, entries with nothing but white space and comments between them, and a tail.
What is the same to the byte, under a head and a tail that mean the same, is the same entry and need not be parsed
again. It is left out only where what the others become cannot depend on it:

- The text is followed as XML defines it, as far as entries, comments and CDATA sections go. Entries that are not whole,
  stand within others, or have the root of a feed in them, and instructions below the root, are not cut (`cut`).
- A hash is given out only by a document that was parsed clean, and stands for an entry that is well-formed under that
  head. So what is left is well-formed if, and only if, the whole is.
- feedparser may carry on to the next entry what one has left behind: an `xml:base`, a language, an element that it
  believes to be open. A probe stands before, between and after the entries that are parsed. Where they do not all come
  out the same, entries depend on their neighbours (`Probed`).
- The same goes for prefixes, which it remembers: an entry declares none that mean something else elsewhere
  (`declares_alike`).
- Encodings, limits and undeclared prefixes are judged over the whole document by whoever reads it.

In doubt everything is parsed, and no hash is given out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from monitor.parse.feeds.disarm import NAMESPACES

SIZE = 8
"""Bytes of a hash: among a thousand million entries of a source, two alike are as likely as one in forty."""

_TAG = re.compile(
    r"<(?:!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+(?:\]\]>)?+"
    r"|!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->)?+"
    r"|(?P<end>/?)(?P<prefix>[\w.-]++:)?+(?P<name>(?i:item|entry|rss|feed|channel|rdf))(?=[\s/>])[^<>]*+>)"
)
_ENTRIES = frozenset({"item", "entry"})
_COMMENT = r"<!--(?:[\t\n\r\x20-\x2c\x2e-\x7e]++|-(?!-))*+-->"
"""A comment that is well-formed, whatever is declared of the encoding."""
_GAP = re.compile(rf"[ \t\r\n]*+(?:{_COMMENT}[ \t\r\n]*+)*+")
_CDATA = re.compile(r"<!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+")
_CHANGING = re.compile(
    rf"{_COMMENT}"
    r"|<(lastBuildDate|pubDate|updated|modified|dc:date|openSearch:totalResults)>[\w\s,:.+-]{0,64}+</\1>"
    r"|<rdf:li\s++(?:rdf:)?resource=(?:\"(?:[!#-%'-;=-~]|&amp;)*+\"|'(?:[!-%(-;=-~]|&amp;)*+')\s*+(?:/>|></rdf:li>)",
    re.ASCII,
)
"""What changes in the head and the tail of a feed with every entry or every minute, and means nothing to entries."""
_DECLARATION = re.compile(r"\sxmlns(?::([\w.-]++))?+\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_VERSIONS = frozenset(
    {"http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "http://www.w3.org/2005/atom"}
)
"""Namespaces by which feedparser tells what kind of feed it reads, where the root element did not say."""


def hashes_of(entries: Iterable[str], context: str) -> list[bytes]:
    """Return the hashes of entries that depend on nothing but themselves and their context."""
    key = blake2b(context.encode("utf-8", "replace"), digest_size=32).digest()
    return [blake2b(entry.encode("utf-8", "replace"), digest_size=SIZE, key=key).digest() for entry in entries]


def unseen(hashes: Sequence[bytes], seen: bytes) -> list[int]:
    """Return which entries are not among those seen, by their places."""
    known = {seen[at : at + SIZE] for at in range(0, len(seen), SIZE)}
    return [at for at, its in enumerate(hashes) if its not in known]


def together(hashes: Iterable[bytes]) -> bytes:
    """Return hashes as one text, each once, in their order."""
    return b"".join(dict.fromkeys(hashes))


@dataclass(frozen=True, slots=True)
class Pieces:
    """Where the entries of a text start and end, in its order, and their hashes."""

    text: str
    spans: Sequence[tuple[int, int]]
    hashes: Sequence[bytes]

    def only(self, kept: Iterable[int]) -> str:
        """Return the text without all entries but these."""
        left, last = list[str](), 0
        keep = set(kept)
        for at, (start, end) in enumerate(self.spans):
            if at not in keep:
                left.append(self.text[last:start])
                last = end
        return "".join([*left, self.text[last:]])


@dataclass(frozen=True, slots=True)
class Probed:
    """A text with a probe before, between and after its entries, to be parsed."""

    text: str
    count: int

    def entries(self, parsed: Sequence[Any]) -> Sequence[Any] | None:
        """Return the entries of what was parsed, without the probes; None if they have left something behind."""
        expected = 2 * self.count + 1 if self.count else 0
        if len(parsed) != expected or any(probe != parsed[0] for probe in parsed[::2]):
            return None
        return parsed[1::2]


def cut(text: str, start: int, context: str = "") -> Pieces | None:
    """Return the pieces of a feed, None if it has no entries or cannot be cut.

    Args:
        text: the feed, as `monitor.parse.sniff` gives it.
        start: where its root element starts.
        context: what else its entries depend on.
    """
    spans = _spans(text, start)
    if not spans or text.find("?>", start) >= 0:  # Of an instruction; or feedparser takes it for the declaration's.
        return None
    head, tail = text[: spans[0][0]], text[spans[-1][1] :]
    around = "\0".join([_CHANGING.sub("", head), _CHANGING.sub("", tail), context])
    return Pieces(text, spans, hashes_of((text[begin:end] for begin, end in spans), around))


def _spans(text: str, start: int) -> list[tuple[int, int]] | None:
    """Return where entries start and end; None where they are not whole, within each other, or not side by side."""
    spans = list[tuple[int, int]]()
    within: re.Match[str] | None = None
    for tag in _TAG.finditer(text, start):
        name = tag["name"]
        if name and within and name.lower() not in _ENTRIES:
            return None
        if not name or name.lower() not in _ENTRIES:
            continue
        if within:
            if not tag["end"] or (tag["prefix"], name) != (within["prefix"], within["name"]):
                return None
            spans.append((within.start(), tag.end()))
            within = None
        elif tag["end"] or (spans and not _GAP.fullmatch(text, spans[-1][1], tag.start())):
            return None
        elif tag[0].endswith("/>"):
            spans.append(tag.span())
        else:
            within = tag
    return None if within else spans


def with_probes(text: str, start: int) -> Probed:
    """Return a text with probes around its entries; with none if it has none, or cannot be cut."""
    spans = _spans(text, start)
    first = _TAG.match(text, spans[0][0]) if spans else None
    if not spans or first is None:
        return Probed(text, 0)
    probe = _probe(first["prefix"] or "", first["name"])
    pieces, last = list[str](), 0
    for begin, end in spans:
        pieces += [text[last:begin], probe, text[begin:end]]
        last = end
    return Probed("".join([*pieces, probe, text[last:]]), len(spans))


def _probe(prefix: str, name: str) -> str:
    """Return an entry that shows what feedparser may be left with by others: a base, a language, an open element.

    Its second description becomes content only where none came before, not even in the head.
    """
    inside = "".join(f"<{prefix}{each}>0</{prefix}{each}>" for each in ("title", "description", "description"))
    return f"<{prefix}{name}>{inside}</{prefix}{name}>"


def declares_alike(pieces: Pieces, kept: Iterable[int]) -> bool:
    """Tell whether prefixes that entries declare mean what they mean in all others, whichever they are.

    They do if the head declares the same, or nothing of them and they are those that everybody uses.
    """
    head = set(_declared(pieces.text[: pieces.spans[0][0]]))
    taken = {prefix for prefix, _ in head}
    for start, end in (pieces.spans[at] for at in kept):
        if pieces.text.find("xmlns", start, end) < 0:
            continue
        for prefix, uri in _declared(_CDATA.sub("", pieces.text[start:end])):
            usual = uri.lower() not in _VERSIONS and (not prefix or NAMESPACES.get(prefix) == uri)
            if (prefix, uri) not in head and (not usual or (prefix and prefix in taken)):
                return False
    return True


def _declared(text: str) -> list[tuple[str, str]]:
    return [(prefix, double or single) for prefix, double, single in _DECLARATION.findall(text)]
