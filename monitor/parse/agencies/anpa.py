"""ANPA 1312 (1979 to 1989), the wire format of American agencies: one message, or several one after the other.

SYN SYN SOH  V4644 US -----                  service and number, routing
r a DC3 DC1  BC-LT--Keyword  11-13 0466      priority, category, format, keyword, date, words
STX ^BC-LT--Keyword, 1st Ld-Writethru,466<   keyword in full, with which version it is
    ^Headline<
    ^By JANE DOE= ^Associated Press=
        BUENOS AIRES, Argentina (AP) _ …     text, its paragraphs indented
ETX AP-WF-11-13-13 1509GMT<
EOT
"""

from collections.abc import Iterator, Sequence

import regex

from monitor.model import Block, Document, Paragraph, Subhead
from monitor.parse.agencies.signals import signals_in
from monitor.parse.agencies.telegraph import read_messages, spelled
from monitor.parse.draft import Draft
from monitor.parse.markup import line
from monitor.parse.reading import Reading

_KEYWORD_LINE = regex.compile(
    r"(?P<priority>[a-z])\s(?P<category>[a-z])\s?[\x13\x14][\x11\x12]\s?(?P<keyword>\S{1,24}).*?"
    r"(?:(?P<month>\d{1,2})-(?P<day>\d{1,2}))?(?:\s+(?P<words>\d{1,5}))?\s*$",
    regex.IGNORECASE | regex.MULTILINE,
)
_IS_ANPA = regex.compile(rb"\x01[^\x02]{0,200}(?:\x1f|[\x13\x14][\x11\x12])")
_NUMBER = regex.compile(r"\s*(?P<service>[A-Za-z]{1,3})(?P<number>\d{3,5})")
_CYCLE = regex.compile(r"(?:AM|PM|BC|AP)-(?:[A-Z]{2}--)?")
"""Morning, afternoon, both cycles; then the region, of two letters."""

_ENDED = regex.compile(r"\S*?(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<year>\d{2})\s+(?P<time>\d{4})(?P<zone>[A-Z]{3})?")
_CODES = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
_URGENCIES = {"f": "1", "b": "2", "u": "3", "r": "4", "d": "5"}
"""Flash, bulletin, urgent, regular, deferred; Sunday's and advances have none."""

_LONGEST_KEYWORD = 24
_NOT_HEADLINE = regex.compile(r"(?:AP Photo|Eds:|EDITOR|By |[A-Z]{2}-)")


def is_anpa(body: bytes) -> bool:
    """Tell whether a message is one of ANPA 1312 rather than of IPTC 7901."""
    return _IS_ANPA.search(body[:1_000]) is not None


def read_anpa(document: Document) -> Reading:
    """Return the messages of an ANPA 1312 document as items.

    Raises:
        NotRecognized: there is no message in it.
    """
    return read_messages(document, _draft)


def _draft(head: str, text: str, end: str) -> Draft:
    header = _KEYWORD_LINE.search(head)
    rows = [(row[:1], spelled(_CODES.sub(" ", row[1:])).strip(" <=^")) for row in _rows(text)]
    above = [row for _, (mark, row) in zip(range(_body_at(rows)), rows, strict=False) if row and mark == "^"]
    version = above[0] if above else ""
    bylines = [row for row in above if row.startswith("By ")]
    headline = next((row for row in above[1:] if not _NOT_HEADLINE.match(row)), "")
    summary = next(
        (row for row in above[1:] if row != headline and not _NOT_HEADLINE.match(row) and row[-1] in ".!?”"), ""
    )
    return Draft(
        guid=_guid(head, end),
        headline=headline,
        body=tuple(_blocks(rows[_body_at(rows) :])),
        summary=summary,
        section=header["category"] if header else "",
        published=_ended(end),
        bylines=bylines,
        slugline=_slugline(header["keyword"] if header else "", version),
        urgency=_URGENCIES.get(header["priority"].casefold(), "") if header else "",
        signals=list(signals_in(version.partition(",")[2] or version)),
    )


def _rows(text: str) -> Iterator[str]:
    """Yield the lines of a text: each begins with `^` for a heading, a tab for a paragraph, BS for a row of a table."""
    for row in text.split("\n"):
        first, *others = row.split("< ^") if row.startswith("^") else [row]
        yield first
        yield from (f"^{other}" for other in others)


def _body_at(rows: Sequence[tuple[str, str]]) -> int:
    """Return where the text begins, behind the headings; without any text it is all headings, those are the text."""
    first = next((index for index, (mark, row) in enumerate(rows) if row and mark != "^"), None)
    return min(2, len(rows)) if first is None else first


def _blocks(rows: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """Yield the blocks: indented rows begin paragraphs, others go on with them; headings are subheads."""
    paragraph = ""
    only_headings = not any(row and mark != "^" for mark, row in rows)
    for mark, row in rows:
        if paragraph and (mark in "^\t\b" or not row):
            yield Paragraph(line(paragraph))
            paragraph = ""
        if row and mark == "^" and not only_headings:
            yield Subhead(line(row))
        elif row.strip("_ "):
            paragraph = f"{paragraph} {row}" if mark in "\t^\b" else f"{paragraph} {mark}{row}"
    if paragraph:
        yield Paragraph(line(paragraph))


def _slugline(keyword: str, version: str) -> str:
    """Return the keyword of the header, without cycle and region.

    It is the keyword in full without its blanks, cut to 24 characters; a word that was cut in it is left out.
    """
    words = regex.split(r"[\s,]+", version)
    joined = ""
    for word in words:
        if len(joined + word) > _LONGEST_KEYWORD:
            break
        joined += word
    whole = joined if len(keyword) == _LONGEST_KEYWORD and joined and keyword.startswith(joined) else keyword
    return _CYCLE.sub("", whole, count=1)


def _guid(head: str, end: str) -> str:
    """Return what tells a message from all others: its service, its number in the cycle, and when it was sent."""
    number, ended = _NUMBER.match(head), _ENDED.search(end)
    return f"{number[0].strip()}:{ended[0]}".casefold() if number and ended else ""


def _ended(end: str) -> str:
    found = _ENDED.search(end)
    if not found:
        return ""
    zone = found["zone"] or ""
    return f"20{found['year']}-{found['month']}-{found['day']} {found['time'][:2]}:{found['time'][2:]} {zone}".strip()
