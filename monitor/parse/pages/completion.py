"""An item of a feed completed by the article that it links to."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.model import Block, Item, Teaser
from monitor.parse.pages.tree import letters

_LONGEST_SUMMARY = 16_384
_LONGER = 1.1
"""By how much an article must be longer than what the feed has of it, to be more than that."""


def completed(item: Item, page: Item) -> Item:
    """Return an item with the body of its article, and what else the feed did not tell.

    What the feed says stays as it is: headline, dates, authors, id. Its own text becomes the summary, unless the item
    has one or the article says the same. A page with less text than the feed (a paywall's) adds none.

    Args:
        item: from a feed, a sitemap or a listing.
        page: the article at its address, as `monitor.parse.pages.page` reads it.
    """
    own, more = _text(item.body), _text(page.body)
    longer = len(more) > _LONGER * len(own)
    body: Sequence[Block] = page.body if longer else item.body
    dateline = (page.dateline or item.dateline) if longer else item.dateline
    summary = item.summary or (_besides(own, more) if longer else "") or page.summary
    adopted = {"body", "dateline"} if longer else set()
    adopted |= {name for name in ("headline", "published", "bylines") if not getattr(item, name)}
    kept = (set(item.unsure) - adopted) | (set(page.unsure) & adopted)
    return replace(
        item,
        language=item.language or page.language,
        headline=item.headline or page.headline,
        dateline=dateline,
        body=tuple(body),
        section=item.section or page.section,
        published=item.published or page.published,
        updated=item.updated or page.updated,
        summary=summary[:_LONGEST_SUMMARY] if summary else None,
        bylines=item.bylines or page.bylines,
        tags=item.tags or page.tags,
        media=item.media or page.media,
        premium=item.premium or page.premium,
        unsure=tuple(sorted(kept)),
    )


def needs_article(item: Item) -> bool:
    """Tell whether an item may be completed: it has an address, and was not withdrawn."""
    return item.url is not None and item.kind != "withdrawn"


def _text(blocks: Sequence[Block]) -> str:
    return " ".join(block.text for block in blocks if not isinstance(block, Teaser))


def _besides(own: str, article: str) -> str:
    """Return the feed's own text if the article does not say the same; cut off at its end, it does."""
    said = letters(own.rstrip(" .…[]"))
    return "" if not said or said in letters(article) else own
