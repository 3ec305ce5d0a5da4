"""A message as people read it, in their language and time: what every channel that is not for machines is made from.

Everything of others in it is on one line and without controls; escaping and cutting are each channel's own.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from monitor.compose.cut import cut, one_line
from monitor.compose.labels import LABELS, Labels, Language
from monitor.model import Alert, Digest, Evidence, Item, Level, Message, Notice, Paragraph, Span, When

LONGEST_LINK = 2_000
"""Characters of a link; a longer one is left out, for a link that is cut leads elsewhere."""

LONGEST_HEADLINE = 500
LONGEST_TEXT = 5_000
LONGEST_FACT = 1_000
"""Characters; what is longer is cut: more is not read, and no channel shows more."""

MOST_FOUND = 8
"""Pieces of evidence that are told one by one."""

MOST_ENTRIES = 100
"""Alerts of a digest that are told; of the others, how many there are."""


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

    `rest` is how many entries are left out; `read` is what a link to an article says, `more` that there are `{}` more.
    """

    subject: str
    text: str
    entries: tuple[Entry, ...]
    rest: int
    read: str
    more: str


def letter(message: Message, language: Language, zone: tzinfo) -> Letter:
    """Return a message as people read it, in a language, with times as in a time zone."""
    labels = LABELS[language]
    kind = labels.types[message.type]
    entries: tuple[Entry, ...] = ()
    text, rest = "", 0
    match message.data:
        case Alert() as alert:
            entries = (_entry(alert, labels, zone),)
            headline = entries[0].headline
            subject = f"{entries[0].rule}: {headline}" if alert.items else headline
        case Digest(alerts):
            entries = tuple(_entry(alert, labels, zone) for alert in alerts[:MOST_ENTRIES])
            rest = len(alerts) - len(entries)
            kind = kind.format(len(alerts))
            subject = ", ".join(dict.fromkeys(entry.rule for entry in entries))
        case Notice(said):
            text = "\n".join(map(one_line, said[:LONGEST_TEXT].splitlines()))
            subject = text.partition("\n")[0]
    return Letter(f"{kind}: {subject}" if kind else subject, text, entries, rest, labels.read, labels.more)


def plain(letter: Letter) -> str:
    """Return a letter as plain text: paragraphs, each fact on a line of its own."""
    parts = [letter.text] if letter.text else []
    for entry in letter.entries:
        facts = "\n".join(f"{name}: {told}" for name, told in entry.facts)
        parts += [part for part in (entry.headline, entry.text, entry.link, facts) if part]
    if letter.rest:
        parts.append(letter.more.format(letter.rest))
    return "\n\n".join(parts) + "\n"


def _entry(alert: Alert, labels: Labels, zone: tzinfo) -> Entry:
    """Return an alert by its newest item; one that has none, of a rule that misses something, by its story alone."""
    evidence = alert.items[-1] if alert.items else None
    item = evidence.item if evidence else Item(id="")
    rule = _short(alert.rule.title, LONGEST_HEADLINE) or alert.rule.id
    facts = (
        (labels.rule, f"{rule} ({labels.levels[alert.rule.level]})"),
        (labels.found, _found(evidence, labels) if evidence else ""),
        (labels.source, item.source or ""),
        (labels.publishers, ", ".join(alert.story.publishers)),
        (labels.agencies, ", ".join(alert.story.agencies)),
        (labels.published, _when(item.published, zone)),
        (labels.story, str(alert.story.items) if alert.story.items > 1 else ""),
    )
    short = ((name, _short(told, LONGEST_FACT)) for name, told in facts)
    headlines = (_short(text, LONGEST_HEADLINE) for text in (item.headline, alert.story.headline) if text)
    return Entry(
        headline=next(filter(None, headlines), labels.untitled),
        text=_text(item),
        link=_link(item.url),
        rule=rule,
        level=alert.rule.level,
        facts=tuple((name, told) for name, told in short if told),
    )


def _short(text: str, most: int) -> str:
    """Return a text on one line, cut; what is far beyond it is not even looked at."""
    return cut(one_line(text[: 4 * most]), most)


def _text(item: Item) -> str:
    """Return dateline and lead; where there is no body, the summary."""
    dateline = item.dateline.text if item.dateline else ""
    lead = next((block.text for block in item.body if isinstance(block, Paragraph)), item.summary or "")
    return _short(f"{dateline}{lead}", LONGEST_TEXT)


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
    counted = Counter(
        (_short(span.text, LONGEST_FACT // MOST_FOUND), _place(span, evidence.item, labels)) for span in evidence.spans
    )
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


def _when(when: When | None, zone: tzinfo) -> str:
    """Return a time as a clock in `zone` shows it; a bare date as it is."""
    if not isinstance(when, datetime):
        return when or ""
    try:
        return f"{when.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    except OverflowError:  # Feeds date articles to the last day of 9999, which is over there.
        return f"{when:%Y-%m-%d %H:%M %Z}"
