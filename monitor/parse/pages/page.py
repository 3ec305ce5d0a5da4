"""An HTML page to the article on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import regex

from monitor.errors import NotRecognized
from monitor.model import Document, Item, Media, Paragraph, When
from monitor.parse.draft import Draft, item_from
from monitor.parse.feeds.entry import address_in
from monitor.parse.pages.article import Article, article_in, article_of
from monitor.parse.pages.authors import bylines_of, shown_authors
from monitor.parse.pages.declared import Declared, declared_by
from monitor.parse.pages.headline import headline_of
from monitor.parse.pages.programs import drawn_by
from monitor.parse.pages.refusal import lacks, stands_in
from monitor.parse.pages.tree import letters, page_tree, text_of, without_programs
from monitor.parse.reading import Reading
from monitor.parse.sniff import as_markup, is_page, looks_like, root_of
from monitor.parse.times.dates import read_date

_LONGEST_HEADLINE = 1_024
_MOST_MEDIA = 8
_SHORTEST_SUMMARY = 30
_ENOUGH = 250
_LEAST = 60
_FAR_MORE = 1.5
_SHORT = 1_000
_ALIKE = 100
"""Letters by which a summary is known to be the beginning of the body, the first few of them aside (`_BYLINE`)."""
_BYLINE = 24
_ONE_PIECE = 8_000
_UNLABELLED = regex.compile(r"^[^\d]{0,40}?(?=(?:\p{L}{2,9}\.?,?\s)?(?:\p{L}+\s)?\d)")
_ELLIPSIS = regex.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")


def read_page(document: Document) -> Reading:
    """Return the one article that a page is about.

    Its title, date and authors are those that it declares (JSON-LD, OpenGraph, `meta`, microdata), before those that it
    shows; what was guessed is marked `unsure`. A date is never invented, nor is a time that it does not tell.

    Raises:
        NotRecognized: it is no page, or one that stands in an article's place: a challenge, a login, an error, an empty
            shell, an overview. The message says what.
        Malformed: it is too large to be read.
    """
    text = as_markup(document.body)
    root = root_of(text)
    if root is None or not is_page(text, root):
        raise NotRecognized(looks_like(document.body))
    tree = page_tree(document.body)
    declared = declared_by(tree, document.url, document.fetched)
    instead = stands_in(tree, declared.title)
    missing = lacks(tree)
    drawn = drawn_by(tree)
    if instead:
        _refuse(document, instead)
    without_programs(tree)
    headings = [text_of(heading) for heading in tree.iter("h1")]
    named = shown_authors(tree)
    found = article_in(tree, [*declared.headlines, declared.title, *headings], declared.descriptions)
    article, guessed = _mended(found, declared, drawn)
    if not _is_article(article, declared):
        _refuse(document, missing)
    headline = headline_of(declared.headlines, headings, declared.title, site=declared.site, section=declared.section)
    if declared.published is None and (shown := _shown_date(article, declared, document)):
        declared = replace(declared, published=shown, guessed=declared.guessed | {"published"})
    item = _item(document, declared, article, headline, named)
    return Reading((replace(item, unsure=tuple(sorted({*item.unsure, *guessed, *declared.guessed}))),))


def _shown_date(article: Article, declared: Declared, document: Document) -> When | None:
    """Return the date that stands above an article, behind a word such as `Gepubliceerd` or not."""
    for label in article.labels:
        bare = _UNLABELLED.sub("", label, count=1)
        for text in (label, bare):
            if any(char.isdigit() for char in text):
                when = read_date(text, language=declared.language, fetched=document.fetched)
                if when is not None:
                    return when
    return None


def _refuse(document: Document, told: str) -> None:
    msg = f"{looks_like(document.body)}, {told}"
    raise NotRecognized(msg)


def _mended(found: Article, declared: Declared, drawn: str) -> tuple[Article, set[str]]:
    """Return the article, from elsewhere on the page where hardly anything of it was found in its elements."""
    length, whole = len(found.text), article_of(declared.body)
    lumped = len(found.blocks) == 1 and length > _ONE_PIECE
    more = _FAR_MORE if length < _SHORT else 2 * _FAR_MORE
    if whole.blocks and (len(whole.text) > more * length or lumped):
        return replace(found, blocks=whole.blocks), set()
    if length < _ENOUGH and drawn:
        from_program = article_of(drawn)
        if len(from_program.text) > max(_ENOUGH, _FAR_MORE * length):
            return replace(found, blocks=from_program.blocks), {"body"}
    return found, set()


def _is_article(article: Article, declared: Declared) -> bool:
    """Tell whether there is an article: running text, more of it where nothing on the page says that it is one."""
    running = sum(len(block.text) for block in article.blocks if isinstance(block, Paragraph))
    return running >= (_LEAST if declared.is_article or article.walled else _ENOUGH)


def _item(document: Document, declared: Declared, article: Article, headline: str | None, named: Sequence[str]) -> Item:
    url = document.url or declared.canonical or ""
    draft = Draft(
        url=url,
        language=declared.language or "",
        headline=(headline or "")[:_LONGEST_HEADLINE],
        body=article.blocks,
        summary=_summary(article, declared),
        section=declared.section or "",
        tags=declared.tags,
        media=_media(declared.images, url or None),
    )
    return replace(
        item_from(draft, document),
        published=declared.published,
        updated=_updated(declared.published, declared.updated),
        bylines=bylines_of(declared.authors, [*named, *article.bylines], declared.site),
        premium=declared.premium or article.walled,
    )


def _summary(article: Article, declared: Declared) -> str:
    """Return what the page says in short, unless its body says the same."""
    body = letters(article.text)
    for each in (article.summary, *declared.descriptions):
        said = letters(_ELLIPSIS.sub("", each))
        if len(each) >= _SHORTEST_SUMMARY and said[:_ALIKE] not in body and said[_BYLINE:_ALIKE] not in body:
            return each
    return ""


def _updated(published: When | None, updated: When | None) -> When | None:
    """Return when it was updated, if that is another time than when it was published."""
    if isinstance(published, datetime) and isinstance(updated, datetime) and updated <= published:
        return None
    return None if updated == published else updated


def _media(images: Sequence[str], base: str | None) -> Iterator[Media]:
    addresses = (address_in(each, base) for each in images[: 2 * _MOST_MEDIA])
    for url in list(dict.fromkeys(filter(None, addresses)))[:_MOST_MEDIA]:
        yield Media(url, "image/jpeg" if url.partition("?")[0].casefold().endswith((".jpg", ".jpeg")) else None)
