"""What a page declares of itself: JSON-LD, OpenGraph, the many names of `meta`, microdata and `time`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import regex

from monitor.model import When
from monitor.parse.pages.jsonld import Described, as_line, described, is_false, objects_of
from monitor.parse.pages.tree import Tree, elements, text_of, words_of
from monitor.parse.times.dates import read_date

_LONGEST_META = 4_096
_MOST_METAS = 500
_LONGEST_DATE = 80
_MOST_DATES = 40
_PUBLISHED_NAMES = (
    "article:published_time article:published og:published_time og:article:published_time published_time "
    "datepublished publish-date publish_date publication_date pubdate parsely-pub-date sailthru.date "
    "cxenseparse:recs:publishtime dc.date.issued dcterms.issued dcterms.created dc.date.created date.available "
    "date.created dc.date dcterms.date citation_publication_date article.published bt:pubdate date"
)
_PUBLISHED = _PUBLISHED_NAMES.split()
_UPDATED_NAMES = (
    "article:modified_time og:updated_time article:modified og:modified_time datemodified last-modified "
    "dcterms.modified date.modified lastmod"
)
_UPDATED = _UPDATED_NAMES.split()
_AUTHOR_NAMES = (
    "author article:author byl parsely-author sailthru.author dc.creator dcterms.creator citation_author "
    "cxenseparse:author dc.contributor article.author"
)
_AUTHORS = _AUTHOR_NAMES.split()
_KEYWORDS = ("news_keywords", "article:tag", "parsely-tags", "keywords", "sailthru.tags", "og:article:tag")
_SECTIONS = ("article:section", "og:article:section", "parsely-section", "cxenseparse:section", "content_category")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")
_HEADLINES = ("headline", "og:title", "parsely-title", "twitter:title", "sailthru.title", "dc.title", "title")
_TIERS = {"locked", "premium", "paid", "subscriber", "plus"}
_PAID = regex.compile(r"(?:^|[_:.-])(?:is_?)?(?:premium|paywall(?:ed)?|paid-?content)$", regex.IGNORECASE)
_DATED = regex.compile(r"publi|date|datum|time(?!line)|fecha|data(?:ora)?\b|posted", regex.IGNORECASE)
_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_COMMA = regex.compile(r"\s*[,;|]\s*")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page says of itself, each list best first; `site` are the names of its site, `guessed` what is unsure.

    `is_article`: it says that it is one, in JSON-LD, OpenGraph or microdata.
    """

    headlines: Sequence[str] = ()
    title: str = ""
    descriptions: Sequence[str] = ()
    published: When | None = None
    updated: When | None = None
    authors: Sequence[Sequence[str]] = ()
    section: str | None = None
    language: str | None = None
    tags: Sequence[str] = ()
    images: Sequence[str] = ()
    site: Sequence[str] = ()
    body: str = ""
    premium: bool = False
    is_article: bool = False
    canonical: str | None = None
    guessed: frozenset[str] = field(default_factory=frozenset)


def declared_by(tree: Tree, url: str | None, fetched: datetime | None = None) -> Declared:
    """Return what a page declares of itself; scripts must still be in its tree.

    Args:
        tree: as `monitor.parse.tree.page_tree` gives it.
        url: where it came from.
        fetched: capture time, from which an age in place of a date counts back.
    """
    metas = _metas(tree)
    title = next((text_of(each) for each in elements(tree, "title")), "")
    told = described(tree, url, _first(metas, "og:title") or title)
    article = told.article
    language = _language(tree, metas, told)
    published, guessed = _published(tree, metas, told, language, fetched)
    updated = _when([told.text(article, "dateModified"), *_all(metas, _UPDATED)], language, fetched)
    return Declared(
        headlines=[*told.texts(article, "headline"), *_all(metas, _HEADLINES), *_marked_headlines(tree)],
        title=title,
        descriptions=[*told.texts(article, "description"), *_all(metas, _DESCRIPTIONS)],
        published=published,
        updated=updated,
        authors=[list(told.texts(article, "author", "creator")), *(metas.get(key, []) for key in _AUTHORS)],
        section=next(iter([*_all(metas, _SECTIONS), *told.texts(article, "articleSection")]), None),
        language=language,
        tags=_tags(metas, told),
        images=[*_all(metas, ("og:image", "og:image:url", "twitter:image")), *_images(article)],
        site=_site(metas, told, url),
        body=str(article.get("articleBody") or "") if isinstance(article.get("articleBody"), str) else "",
        premium=_is_premium(metas, told),
        is_article=bool(article) or _first(metas, "og:type").casefold() == "article" or _is_marked(tree),
        canonical=_canonical(tree, metas),
        guessed=guessed,
    )


def _metas(tree: Tree) -> Mapping[str, list[str]]:
    """Return the values of each name that `meta` elements have, in the order of the page; names in lower case."""
    metas: dict[str, list[str]] = {}
    for meta in list(elements(tree, "meta"))[:_MOST_METAS]:
        value = as_line((meta.get("content") or "")[:_LONGEST_META])
        for key in {meta.get("property"), meta.get("name"), meta.get("itemprop")} - {None}:
            if value:
                metas.setdefault(str(key).strip().casefold(), []).append(value)
    return metas


def _all(metas: Mapping[str, list[str]], keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        yield from metas.get(key, ())


def _first(metas: Mapping[str, list[str]], *keys: str) -> str:
    return next(_all(metas, keys), "")


def _language(tree: Tree, metas: Mapping[str, list[str]], told: Described) -> str | None:
    root = tree.getroottree().getroot()
    offered = [root.get("lang") or "", root.get("xml:lang") or "", *_all(metas, ("language", "dc.language"))]
    offered += [_first(metas, "og:locale"), told.text(told.article, "inLanguage")]
    tags = (each.strip().replace("_", "-") for each in offered)
    return next((tag for tag in tags if _LANGUAGE.fullmatch(tag)), None)


def _when(raw: Sequence[str], language: str | None, fetched: datetime | None) -> When | None:
    """Return the first date among texts that can be read; a moment of the same day says more than its bare day."""
    read = [read_date(each, language=language, fetched=fetched) for each in raw[:_MOST_DATES]]
    known = [when for when in read if when is not None]
    first = next(iter(known), None)
    if first is None or isinstance(first, datetime):
        return first
    return next((when for when in known if isinstance(when, datetime) and f"{when:%Y-%m-%d}" == first), first)


def _published(
    tree: Tree, metas: Mapping[str, list[str]], told: Described, language: str | None, fetched: datetime | None
) -> tuple[When | None, frozenset[str]]:
    """Return when it says it was published; what only stands somewhere on the page is a guess."""
    said = [*told.texts(told.article, "datePublished", "dateCreated", "uploadDate"), *_all(metas, _PUBLISHED)]
    said += [*told.texts(told.page, "datePublished"), *_marked_dates(tree)]
    if found := _when(said, language, fetched):
        return found, frozenset()
    shown = _when(list(_shown_dates(tree)), language, fetched)
    return shown, frozenset({"published"} if shown else ())


def _marked_headlines(tree: Tree) -> Iterator[str]:
    """Yield what microdata marks as the headline, if it marks one only: a page of many is a list."""
    marked = [text_of(each) for each in elements(tree, "h1", "h2", "h3", "div", "span") if _is_headline(each)]
    yield from marked if len(marked) == 1 else ()


def _is_headline(element: Tree) -> bool:
    return "headline" in (element.get("itemprop") or "").split()


def _marked_dates(tree: Tree) -> Iterator[str]:
    for element in elements(tree, "time", "span", "div", "abbr", "p"):
        if "datePublished" in (element.get("itemprop") or "") or (element.tag == "time" and element.get("pubdate")):
            yield element.get("datetime") or element.get("content") or text_of(element)


def _shown_dates(tree: Tree) -> Iterator[str]:
    """Yield what may be the article's date to whoever reads the page: the first of its times and short dated texts."""
    heads = [each for name in ("article", "main") for each in elements(tree, name)][:1]
    for element in elements(heads[0] if heads else tree, "time", "span", "div", "p", "li"):
        if element.tag == "time":
            yield element.get("datetime") or ""
            yield text_of(element)[:_LONGEST_DATE]
        elif not len(element) and _DATED.search(words_of(element)):
            text = text_of(element)
            yield text[:_LONGEST_DATE]
            yield text.partition(":")[2][:_LONGEST_DATE]


def _tags(metas: Mapping[str, list[str]], told: Described) -> list[str]:
    """Return the keywords; JSON-LD's if it has some, else those of the first `meta` that has."""
    sources = [list(told.texts(told.article, "keywords")), *(metas.get(key, []) for key in _KEYWORDS)]
    raw: Sequence[str] = next((source for source in sources if source), [])
    single = raw if len(raw) > 1 else [part for each in raw for part in _COMMA.split(each)]
    return list(dict.fromkeys(filter(None, (each.removeprefix("#").strip() for each in single))))


def _images(article: Mapping[str, object]) -> Iterator[str]:
    value = article.get("image")
    for each in value if isinstance(value, list) else [value]:
        address = each.get("url") if isinstance(each, dict) else each
        if isinstance(address, str):
            yield address


def _site(metas: Mapping[str, list[str]], told: Described, url: str | None) -> list[str]:
    """Return the names of the site: as it says, and as the host's labels spell it."""
    said = [*_all(metas, ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher"))]
    said += told.texts(told.article, "publisher")
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        host = ""
    labels = [label for label in host.removeprefix("www.").split(".")[:-1] if len(label) > 2]  # noqa: PLR2004 - co.uk
    return [*said, host.removeprefix("www."), *labels]


def _is_premium(metas: Mapping[str, list[str]], told: Described) -> bool:
    """Tell whether it says that one has to pay to read it."""
    nodes = [told.article, *objects_of(told.article.get("hasPart"))]
    if any(is_false(node.get("isAccessibleForFree")) for node in nodes):
        return True
    if _first(metas, "article:content_tier").casefold() in _TIERS:
        return True
    marks = (value for key, values in metas.items() if _PAID.search(key) for value in values)
    return any(mark.casefold() in {"true", "1", "yes", "locked", "premium"} for mark in marks)


def _is_marked(tree: Tree) -> bool:
    return any(
        "Article" in (each.get("itemtype") or "") or each.get("itemprop") == "articleBody"
        for each in elements(tree, "article", "div", "section", "main", "body", "html")
    )


def _canonical(tree: Tree, metas: Mapping[str, list[str]]) -> str | None:
    linked = (each.get("href") for each in elements(tree, "link") if "canonical" in (each.get("rel") or "").split())
    return next(filter(None, linked), None) or _first(metas, "og:url") or None
