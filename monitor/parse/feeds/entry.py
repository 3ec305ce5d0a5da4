"""One entry of a feed to an item: what feedparser made of it, judged, taken apart and bounded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import regex

from monitor.model import Block, Byline, Dateline, Document, Item, Media, Paragraph, When
from monitor.parse.budget import (
    LONGEST_ID,
    LONGEST_SUMMARY,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_BYLINES,
    MOST_MEDIA,
    MOST_TAGS,
    Budget,
    joined,
)
from monitor.parse.dateline import lead_dateline
from monitor.parse.identity import item_id
from monitor.parse.links import without_trackers
from monitor.parse.markup import blocks_of, clean, has_markup, line, lines_of, plain
from monitor.parse.people import byline_of
from monitor.parse.times.dates import read_date

_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_NOT_TEXT = frozenset({"image", "audio", "video", "font"})

_WORTH = (
    "title id link links summary content published updated created authors author tags media_content "
    "feedburner_origlink itunes_title dc_identifier dcterms_abstract dcterms_changed media_caption"
)
_TELLING = _WORTH.split()
"""What an entry is worth an item for, in feedparser's words; an entry without any of it is wholly empty."""

Parsed = Mapping[str, Any]
"""What feedparser makes of an element. Read only through `_got`: its own `get` answers for keys that are not there."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What the entries of a feed share; `base` is what their relative links stand against."""

    document: Document
    atom: bool = False
    base: str | None = None
    language: str | None = None
    authors: Sequence[Parsed] = ()


def tells(entry: Parsed) -> bool:
    """Tell whether there is anything in an entry."""
    return any(_got(entry, key) for key in _TELLING)


def item_of(entry: Parsed, feed: Feed) -> Item:
    """Return the item that an entry is, however little there is in it.

    The body is the content, else the description; the summary is the other one, if it says something else.
    """
    budget = Budget()
    language = _language(entry, feed)
    headline = budget.take(_title(entry), "headline", LONGEST_TITLE) or None
    guid = budget.take(line(_text(entry, "id") or _text(entry, "dc_identifier")), "guid", LONGEST_ID) or None
    body, summary = _texts(entry, feed)
    dateline, body = _take_dateline(body, budget)
    if summary:
        above, rest = _take_dateline((Paragraph(summary),), budget)
        dateline, summary = dateline or above, " ".join(block.text for block in rest)
    published, updated = _times(entry, language, feed)
    summary = budget.take(summary, "summary", LONGEST_SUMMARY)
    bylines = tuple(_bylines(entry, feed, budget))
    tags = tuple(_tags(entry, budget))
    section = plain(_text(entry, "slash_section") or _text(entry, "prism_section"))
    section = budget.take(section, "section", LONGEST_TAG)
    url = _link(entry, feed.base, guid)
    blocks = tuple(budget.take_blocks(body))
    article = "\n".join([headline or "", dateline.text if dateline else "", *(block.text for block in blocks)])
    return Item(
        id=_id(entry, feed.document.source, guid, url, article.strip()),
        source=feed.document.source,
        url=url,
        guid=guid,
        language=language,
        headline=headline,
        dateline=dateline,
        body=blocks,
        section=section or None,
        published=published,
        updated=updated,
        fetched=feed.document.fetched,
        summary=summary or None,
        bylines=bylines,
        tags=tags,
        media=tuple(_media(entry, feed.base)),
        unsure=tuple(sorted(budget.unsure)),
    )


def _got(parsed: Parsed, key: str) -> Any:  # noqa: ANN401 - feedparser is not typed
    return dict.get(parsed, key) if isinstance(parsed, dict) else None


def _text(parsed: Parsed, key: str) -> str:
    value = _got(parsed, key)
    return value if isinstance(value, str) else ""


def _all(parsed: Parsed, key: str) -> list[Parsed]:
    value = _got(parsed, key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _id(entry: Parsed, source: str | None, *keys: str | None) -> str:
    """Return the id for these keys; the markup tells apart what has nothing else, pictures say."""
    contents = [_text(each, "value") for each in _all(entry, "content")]
    return item_id(source, [*keys, "\0".join([_text(entry, "title"), _text(entry, "summary"), *contents]).strip("\0")])


def _language(entry: Parsed, feed: Feed) -> str | None:
    """Return the language of an entry: its own, its body's, its title's, the feed's, the document's."""
    texts = [*_all(entry, "content"), _got(entry, "summary_detail"), _got(entry, "title_detail")]
    told = [_text(entry, "language"), *(_text(text, "language") for text in texts if text)]
    # Where texts inherit xml:lang, one without a language has said `xml:lang=""`: it is not the feed's.
    inherited = "" if feed.atom and any(text and "language" in text for text in texts) else feed.language or ""
    for tag in (*told, inherited, feed.document.language or ""):
        if _LANGUAGE.fullmatch(bare := tag.strip().replace("_", "-")):
            return bare
    return None


def _title(entry: Parsed) -> str:
    value = _text(entry, "title") or _text(entry, "itunes_title")
    is_plain = _text(_got(entry, "title_detail") or {}, "type") in {"", "text/plain"}
    return line(value) if is_plain and not has_markup(value) else plain(value)


def _texts(entry: Parsed, feed: Feed) -> tuple[tuple[Block, ...], str]:
    """Return the body and what besides it is a summary.

    In RSS a caption of a picture can pass for content, to feedparser: then the description is far longer.
    """
    contents = [each for each in _all(entry, "content") if _text(each, "type").split("/")[0] not in _NOT_TEXT]
    summary = {"value": _text(entry, "summary"), "type": _text(_got(entry, "summary_detail") or {}, "type")}
    values = [blocks for blocks in map(_blocks, [*contents, summary]) if blocks]
    values = values or [_blocks({"value": _text(entry, "dcterms_abstract") or _text(entry, "media_caption")})]
    body = values[0] if values else ()
    longest = max(values, key=lambda blocks: len(joined(blocks)), default=())
    if not feed.atom and len(joined(longest)) > 2 * len(joined(body)):
        body = longest
    besides = next((joined(blocks) for blocks in values if blocks != body), "")
    return body, "" if besides == joined(body) else besides


def _blocks(content: Parsed) -> tuple[Block, ...]:
    value = _text(content, "value")
    is_plain = _text(content, "type") == "text/plain" and not has_markup(value)
    return lines_of(value) if is_plain else blocks_of(value)


def _take_dateline(blocks: tuple[Block, ...], budget: Budget) -> tuple[Dateline | None, tuple[Block, ...]]:
    """Take the dateline that the first paragraph begins with; without any text below it, it is left there."""
    first = next((index for index, block in enumerate(blocks) if isinstance(block, Paragraph)), None)
    if first is None:
        return None, blocks
    text = blocks[first].text
    found = lead_dateline(text)
    rest = text[found.end :].lstrip() if found else ""
    if not found or not (rest or blocks[first + 1 :]):
        return None, blocks
    budget.unsure |= set() if found.sure else {"dateline"}
    budget.left -= len(found.dateline.text.encode())
    below = (Paragraph(rest),) if rest else ()
    return found.dateline, (*blocks[:first], *below, *blocks[first + 1 :])


def _times(entry: Parsed, language: str | None, feed: Feed) -> tuple[When | None, When | None]:
    """Return when an entry was published and updated; in RSS a lone `dc:date` says when it was published."""
    published, updated, created, printed, changed = (
        read_date(_text(entry, key), language=language, fetched=feed.document.fetched)
        for key in ("published", "updated", "created", "prism_publicationdate", "dcterms_changed")
    )
    published = published or created or printed
    if published is None and not feed.atom:
        return updated, changed
    return published, changed or updated


def _link(entry: Parsed, base: str | None, guid: str | None) -> str | None:
    """Return the address of an entry's page: before all others the one that a proxy of feeds has put aside."""
    link = _text(entry, "link")
    links = [_text(each, "href") for each in _all(entry, "links") if _got(each, "rel") in {None, "alternate"}]
    # Where a link has its address as its text, feedparser takes the last one for `link`, whatever it is to.
    candidates = (_text(entry, "feedburner_origlink"), *sorted(links, key=lambda each: each != link), link)
    address = next(filter(None, (address_in(raw, base) for raw in candidates if raw)), None)
    address = address or address_in(guid or "", None)
    return without_trackers(address) if address else None


def address_in(raw: str, base: str | None) -> str | None:
    """Return an absolute address, None unless it is one of http or https; relative ones stand against `base`."""
    bare = clean(raw).replace("\n", "").replace("\t", "").strip()
    if not bare or len(bare) > LONGEST_ID:
        return None
    try:
        joined = urljoin(base or "https:" if bare.startswith("//") else base or "", bare)
        parts = urlsplit(joined)
    except ValueError:  # brackets that hold no IPv6 address
        return None
    return joined.replace(" ", "%20") if parts.scheme in {"http", "https"} and parts.netloc else None


def _bylines(entry: Parsed, feed: Feed, budget: Budget) -> Iterator[Byline]:
    """Yield the authors: the entry's, else the feed's."""
    own = _all(entry, "authors")
    authors = own if any(own) else [{"name": _text(entry, "author")}] if _text(entry, "author") else feed.authors
    seen = set[Byline]()
    for author in authors[:MOST_BYLINES]:
        byline = byline_of(plain(_text(author, "name")), line(_text(author, "email"))[:LONGEST_TAG] or None)
        if byline and byline not in seen:
            seen.add(byline)
            yield replace(byline, name=budget.take(byline.name, "bylines"))


def _tags(entry: Parsed, budget: Budget) -> Iterator[str]:
    seen = set[str]()
    for tag in _all(entry, "tags")[:MOST_TAGS]:
        text = plain(_text(tag, "term") or _text(tag, "label"))
        if text and text not in seen:
            seen.add(text)
            yield budget.take(text, "tags", LONGEST_TAG)


def _media(entry: Parsed, base: str | None) -> Iterator[Media]:
    """Yield what is enclosed, each address once."""
    enclosed = [(each, "href", "length") for each in _all(entry, "links") if _got(each, "rel") == "enclosure"]
    enclosed += [(each, "url", "filesize") for each in _all(entry, "media_content")]
    enclosed = enclosed or [(each, "url", "filesize") for each in _all(entry, "media_thumbnail")]
    seen = set[str]()
    for each, where, size in enclosed[:MOST_MEDIA]:
        url = address_in(_text(each, where), base)
        if url and url not in seen:
            seen.add(url)
            length = _text(each, size).strip()
            kind = line(_text(each, "type"))[:LONGEST_TAG]
            yield Media(url, kind or None, int(length) if regex.fullmatch("[0-9]{1,15}", length) else None)
