"""A message as people read it, in their language and time: what every channel that is not for machines is made from.

Everything of others in it is on one line and without controls; escaping and cutting are each channel's own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from monitor.compose.cut import one_line
from monitor.compose.labels import LABELS, Labels, Language
from monitor.model import Alert, Digest, Evidence, Item, Level, Message, Notice, Paragraph, Span, When

LONGEST_LINK = 2_000
"""Characters of a link; a longer one is left out, for a link that is cut leads elsewhere."""

MOST_FOUND = 8
"""Pieces of evidence that are told one by one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An alert as people read it; `facts` are labelled: rule, evidence, source and so on."""

    headline: str
    text: str
    link: str | None
    rule: str
    level: Level
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as people read it: a notice is a `subject` and a `text`, whatever else has entries.

    `read` is what a link to an article says.
    """

    subject: str
    text: str
    entries: tuple[Entry, ...]
    read: str
    more: str


def letter(message: Message, language: Language, zone: tzinfo) -> Letter:
    """Return a message as people read it, in a language, with times as in a time zone."""
    labels = LABELS[language]
    kind = labels.types[message.type]
    entries: tuple[Entry, ...] = ()
    match message.data:
        case Alert() as alert:
            entries = (_entry(alert, labels, zone),)
            subject, text = f"{entries[0].rule}: {entries[0].headline}", ""
        case Digest(alerts):
            entries = tuple(_entry(alert, labels, zone) for alert in alerts)
            kind = kind.format(len(entries))
            subject, text = ", ".join(dict.fromkeys(entry.rule for entry in entries)), ""
        case Notice(text):
            text = "\n".join(map(one_line, text.splitlines()))
            subject = text.partition("\n")[0]
    subject = f"{kind}: {subject}" if kind else subject
    return Letter(subject, text, entries, labels.read, labels.more)


def plain(letter: Letter) -> str:
    """Return a letter as plain text: paragraphs, each fact on a line of its own."""
    parts = [letter.text] if letter.text else []
    for entry in letter.entries:
        facts = "\n".join(f"{name}: {told}" for name, told in entry.facts)
        parts += [part for part in (entry.headline, entry.text, entry.link, facts) if part]
    return "\n\n".join(parts) + "\n"


def _entry(alert: Alert, labels: Labels, zone: tzinfo) -> Entry:
    evidence = alert.items[-1]
    item = evidence.item
    rule = one_line(alert.rule.title) or alert.rule.id
    published = _when(item.published, zone)
    facts = (
        (labels.rule, f"{rule} ({labels.levels[alert.rule.level]})"),
        (labels.found, _found(evidence, labels)),
        (labels.source, one_line(item.source or "")),
        (labels.publishers, _listed(alert.story.publishers)),
        (labels.agencies, _listed(alert.story.agencies)),
        (labels.published, published),
        (labels.story, str(alert.story.items) if alert.story.items > 1 else ""),
    )
    headline = one_line(item.headline or "") or one_line(alert.story.headline or "") or labels.untitled
    known = tuple((name, told) for name, told in facts if told)
    return Entry(headline, _text(item), _link(item.url), rule, alert.rule.level, known)


def _text(item: Item) -> str:
    """Return dateline and lead; where there is no body, the summary."""
    dateline = item.dateline.text if item.dateline else ""
    lead = next((block.text for block in item.body if isinstance(block, Paragraph)), item.summary or "")
    return one_line(f"{dateline}{lead}")


def _link(url: str | None) -> str | None:
    """Return an address that may be linked to: http or https, whole, without what would end it early."""
    if not url or len(url) > LONGEST_LINK or not url.isprintable() or any(sign in url for sign in " <>\"'`\\"):
        return None
    try:
        scheme, host = urlsplit(url).scheme, urlsplit(url).hostname
    except ValueError:
        return None
    return url if host and scheme in ("http", "https") else None


def _found(evidence: Evidence, labels: Labels) -> str:
    """Return in words which words were found where: `“Xi” (kop), “Moskou” (alinea 1, 2×)`."""
    counted = Counter((one_line(span.text), _place(span, evidence.item, labels)) for span in evidence.spans)
    told = [f"“{text}” ({place}{f', {times}×' if times > 1 else ''})" for (text, place), times in counted.items()]
    rest = len(told) - MOST_FOUND
    return ", ".join(told[:MOST_FOUND]) + (f", {labels.more.format(rest)}" if rest > 0 else "")


def _place(span: Span, item: Item, labels: Labels) -> str:
    """Return where a span is, in words; paragraphs count from 1, whatever else stands between them."""
    field, _, number = span.field.partition(".")
    if field != "body":
        return labels.places.get(field, field)
    blocks = item.body[: int(number) + 1]
    return labels.places[blocks[-1].type].format(sum(isinstance(block, Paragraph) for block in blocks))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(one_line, names))


def _when(when: When | None, zone: tzinfo) -> str:
    """Return a time as a clock in `zone` shows it; a bare date as it is."""
    if not isinstance(when, datetime):
        return when or ""
    try:
        return f"{when.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    except OverflowError:  # Feeds date articles to the last day of 9999, which is over there.
        return f"{when:%Y-%m-%d %H:%M %Z}"
