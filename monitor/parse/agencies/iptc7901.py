"""IPTC 7901 (1979 to 1995), the telegraph format of European agencies: one message, or several one after the other.

SOH  eca062 4 i 211 ccccb   dpa 061      service and number, priority, category, words, the rest as agencies like
     Germany-politics/                   keywords
STX  1ST LEAD                            what kind of report it is, if it is not a new one
     Coalition talks could fail =        headline, then the byline; the last line of both ends in `=`
        Berlin (dpa) - Negotiations …    text, its paragraphs indented or parted by empty lines
ETX  131137 GMT Nov 13                   day and time, month and year
EOT
"""

from collections.abc import Sequence

import regex

from monitor.model import Document
from monitor.parse.agencies.signals import signals_in
from monitor.parse.agencies.telegraph import paragraphs, read_messages, spelled
from monitor.parse.draft import Draft
from monitor.parse.markup import line
from monitor.parse.reading import Reading

_HEADER = regex.compile(
    r"\s*(?P<service>\p{L}{1,4})\s?(?P<number>\d{1,5})\s+(?P<priority>\d)\s+(?P<category>[\p{L}]{1,4})\b"
)
_ENDED = regex.compile(
    r"\s*(?P<day>\d{2})\s?(?P<time>\d{4})(?:\s+(?P<zone>\p{L}{1,5}))??\s+(?P<month>\p{L}{3,9})\.?\s+(?P<year>\d{2}|\d{4})\b"
)
_BYLINE = regex.compile(r"(?:By|Von|Door|Par|Por|Di|Av|Af)\s+\p{Lu}?")
_NOT_PUBLISHED = regex.compile(
    r"\s*(?:#{1,3}\s*(?:\p{L}+\s+)?(?:notebook|notizblock)\b|\*\s\*\s\*\s\*)", regex.IGNORECASE
)
"""Where the notes for editors begin, which are not for publication."""

_MOST_HEAD = 6


def read_iptc7901(document: Document) -> Reading:
    """Return the messages of an IPTC 7901 document as items.

    Raises:
        NotRecognized: there is no message in it.
    """
    return read_messages(document, _draft)


def _draft(head: str, text: str, end: str) -> Draft:
    header = _HEADER.match(head)
    above, rows = _headed(text.split("\n"))
    keywords = [row.strip().strip("/= ") for row in head.strip().split("\n")[1:] if row.strip()]
    byline = above.pop() if len(above) > 1 and _BYLINE.match(above[-1]) else ""
    headline = above.pop() if above else ""
    return Draft(
        guid=_guid(header, end),
        headline=spelled(headline),
        body=paragraphs(map(spelled, rows)),
        section=header["category"] if header else "",
        published=_ended(end),
        bylines=[byline] if byline else [],
        tags=[tag for keyword in keywords for tag in keyword.split("/") if tag],
        slugline=next(iter(keywords), ""),
        urgency=header["priority"] if header else "",
        signals=[signal for each in above for signal in signals_in(each)],
    )


def _headed(rows: Sequence[str]) -> tuple[list[str], Sequence[str]]:
    """Return the lines above the text, up to the one that ends in `=`, and the text without the notes below it.

    Without a `=` the headline is what stands above the first empty line.
    """
    marked = next((index for index, row in enumerate(rows[:_MOST_HEAD]) if row.rstrip().endswith("=")), None)
    empty = next((index for index, row in enumerate(rows[:_MOST_HEAD]) if index and not row.strip()), 0)
    last = marked + 1 if marked is not None else empty
    notes = next((index for index, row in enumerate(rows) if index >= last and _NOT_PUBLISHED.match(row)), len(rows))
    return [bare for row in rows[:last] if (bare := line(row).rstrip("= "))], rows[last:notes]


def _guid(header: regex.Match[str] | None, end: str) -> str:
    """Return what tells a message from all others: its service, its number of that day, and when it was sent."""
    found = _ENDED.match(end)
    if not header or not found:
        return ""
    sent = f"{found['year']}-{found['month']}-{found['day']}T{found['time']}"
    return f"{header['service']}{header['number']}:{sent}".casefold()


def _ended(end: str) -> str:
    found = _ENDED.match(end)
    if not found:
        return ""
    zone = found["zone"] or ""
    return f"{found['day']} {found['month']} {found['year']} {found['time'][:2]}:{found['time'][2:]} {zone}".strip()
