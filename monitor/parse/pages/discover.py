"""Where a site has its news: what its page says of feeds, sitemaps and hubs, best first. Nothing is asked for here.

A page is parsed in a worker, which gives back items and nothing else: `read_candidates` and `read_index` are readers
whose items are candidates, `candidates_in` makes candidates of them again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import regex

from monitor.errors import DocumentError, NotRecognized
from monitor.model import Document, Item
from monitor.parse.feeds import sitemap
from monitor.parse.feeds.entry import address_in
from monitor.parse.markup import line
from monitor.parse.pages.listing import read_listing
from monitor.parse.pages.tree import Tree, page_tree, text_of
from monitor.parse.reading import Reading
from monitor.parse.sniff import as_markup, is_page, root_of

MOST = 100
"""Candidates that are named."""

_LONGEST_ROBOTS = 512 << 10
_MOST_LINKS = 4_000
_FEED_TYPES = ("rss+xml", "atom+xml", "rdf+xml", "feed+json")
_MAYBE_FEED_TYPES = ("application/xml", "text/xml", "application/json")
_FEED_PATH = regex.compile(
    r"(?:^|[/._-])(?:rss|atom|feed|feeds|rdf)(?:$|[/._?=&-]|\d)|\.(?:rss|atom|rdf)$", regex.IGNORECASE
)
_SITEMAP_PATH = regex.compile(r"sitemap[^/]*\.xml(?:\.gz)?$", regex.IGNORECASE)
_COMMENTS = regex.compile(r"comment|reactie|kommentar|commentaire|replies", regex.IGNORECASE)
_SITEMAP_LINE = regex.compile(rb"^[ \t]*sitemaps?[ \t]*:[ \t]*(\S{1,2000})", regex.IGNORECASE | regex.MULTILINE)
_LINK_VALUE = regex.compile(r"<\s*([^<>]{1,2000})\s*>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s,;\"]+))?)*)")
_REL = regex.compile(r"\brel\s*=\s*(?:\"([^\"]*)\"|([^\s,;\"]+))", regex.IGNORECASE)
_USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feeds", "/news-sitemap.xml", "/sitemap.xml")

CandidateKind = Literal["feed", "sitemap", "hub", "listing"]
_KINDS: tuple[CandidateKind, ...] = ("feed", "sitemap", "listing", "hub")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a source, or the hub of one; `sure`: the site says so, else it is a guess to be tried."""

    kind: CandidateKind
    url: str
    title: str = ""
    sure: bool = True


def read_candidates(document: Document) -> Reading:
    """Return where a site may have its news, by one of its pages, as items that only `candidates_in` understands.

    Args:
        document: a page, or a feed; of anything else there are only the usual addresses. Its `url` is where it came
            from in the end.
    """
    return _reading(discover(document.body, document.url or ""))


def read_index(document: Document) -> Reading:
    """Return the sitemaps that a sitemap index names, those that changed last first, as `read_candidates` does.

    Raises:
        NotRecognized: it is no index, or names none.
        Malformed: it declares entities, or is broken before its first entry ends.
    """
    named = sitemap.sitemaps_in(document)[:MOST]
    if not named:
        msg = "no index of sitemaps"
        raise NotRecognized(msg)
    return _reading([Candidate("sitemap", one.url, f"of {one.modified}" if one.modified else "") for one in named])


def _reading(found: Sequence[Candidate]) -> Reading:
    return Reading(
        tuple(
            Item(id=str(at), url=one.url, headline=one.title, section=one.kind, unsure=() if one.sure else ("url",))
            for at, one in enumerate(found)
        )
    )


def candidates_in(reading: Reading, *, link_header: str = "", url: str = "") -> tuple[Candidate, ...]:
    """Return the candidates that `read_candidates` found, and those of the answer's header.

    Args:
        reading: what came back from the worker.
        link_header: the values of the `Link` header (RFC 8288), in which hubs stand (WebSub 4).
        url: where the page came from, against which these stand.
    """
    found = [
        Candidate(kind, item.url, item.headline or "", sure=not item.unsure)
        for item in reading.items
        for kind in _KINDS
        if kind == item.section and item.url
    ]
    return _ranked([*found, *_in_header(link_header, url)])


def discover(body: bytes, url: str) -> tuple[Candidate, ...]:
    """Return where a site may have its news, what it declares before what is guessed, each address once.

    Args:
        body: what `url` answered: a page, or a feed.
        url: where that came from in the end.
    """
    text = as_markup(body)
    root = root_of(text)
    found: list[Candidate] = []
    if root and root.is_feed:
        found += [Candidate("feed", url), *_hubs_in_feed(text, url)]
    elif root and is_page(text, root):
        try:
            tree = page_tree(body)
        except DocumentError:
            tree = None
        if tree is not None:
            found += [*_declared(tree, url), *_linked(tree, url), *_listed(body, url)]
    return _ranked([*found, *_usual(url)])


def sitemaps_in(robots: bytes, url: str) -> tuple[Candidate, ...]:
    """Return the sitemaps that a robots.txt names; those of news, by their names, first.

    Args:
        robots: the file; what is beyond 512 KiB is not read (RFC 9309 2.5).
        url: where it came from.
    """
    named = (each.decode("utf-8", "replace") for each in _SITEMAP_LINE.findall(robots[:_LONGEST_ROBOTS]))
    addresses = filter(None, (address_in(each, url) for each in named))
    return _ranked([Candidate("sitemap", address) for address in addresses])


def _ranked(found: list[Candidate]) -> tuple[Candidate, ...]:
    """Return each address of a kind once: feeds, sitemaps, listings and hubs, sure ones before guesses."""
    distinct: dict[tuple[str, str], Candidate] = {}
    for each in found:
        distinct.setdefault((each.kind, each.url), each)
    order = sorted(distinct.values(), key=lambda each: (not each.sure, _KINDS.index(each.kind), _is_lesser(each)))
    return tuple(order[:MOST])


def _is_lesser(candidate: Candidate) -> bool:
    """Tell whether there is a better one of its kind as a rule: feeds of comments, sitemaps that are not of news."""
    if candidate.kind == "sitemap":
        return "news" not in candidate.url.casefold()
    return _COMMENTS.search(f"{candidate.title} {candidate.url}") is not None


def _declared(tree: Tree, url: str) -> Iterator[Candidate]:
    """Yield what the `link` elements of a page declare."""
    for link in tree.iter("link"):
        address = address_in(link.get("href") or "", url)
        relations = (link.get("rel") or "").casefold().split()
        offered = (link.get("type") or "").casefold()
        title = line(link.get("title") or "")[:200]
        if address and "hub" in relations:
            yield Candidate("hub", address)
        elif address and "sitemap" in relations:
            yield Candidate("sitemap", address, title)
        elif address and {"alternate", "feed"} & {*relations} and _is_feed_type(offered, address):
            yield Candidate("feed", address, title)


def _is_feed_type(offered: str, address: str) -> bool:
    """Tell whether a media type is that of feeds, or a wider one at an address that reads like theirs."""
    named = offered in _MAYBE_FEED_TYPES and _FEED_PATH.search(urlsplit(address).path) is not None
    return offered.endswith(_FEED_TYPES) or named


def _linked(tree: Tree, url: str) -> Iterator[Candidate]:
    """Yield the links of a page whose addresses read like those of feeds or sitemaps."""
    for link in list(tree.iter("a"))[:_MOST_LINKS]:
        address = address_in(link.get("href") or "", url)
        if not address:
            continue
        path = urlsplit(address).path
        if _SITEMAP_PATH.search(path):
            yield Candidate("sitemap", address, text_of(link, 200), sure=False)
        elif _FEED_PATH.search(path):
            yield Candidate("feed", address, text_of(link, 200), sure=False)


def _listed(body: bytes, url: str) -> Iterator[Candidate]:
    """Yield the page itself if there is a list of articles on it."""
    try:
        entries = read_listing(Document(url, body, url=url)).items
    except DocumentError:
        return
    yield Candidate("listing", url, f"{len(entries)} links", sure=False)


def _hubs_in_feed(text: str, url: str) -> Iterator[Candidate]:
    for found in regex.finditer(r"<(?:[\w-]{1,32}:)?link\s([^<>]{1,2000})>", text):
        hub = regex.search(r"\brel\s*=\s*[\"']hub[\"']", found[1])
        href = regex.search(r"\bhref\s*=\s*[\"']([^\"']{1,2000})", found[1])
        if hub and href and (address := address_in(href[1], url)):
            yield Candidate("hub", address)


def _in_header(header: str, url: str) -> Iterator[Candidate]:
    """Yield what a `Link` header declares."""
    for target, parameters in _LINK_VALUE.findall(header[:8_192]):
        relation = _REL.search(parameters)
        relations = (relation[1] or relation[2] or "").casefold().split() if relation else []
        address = address_in(target, url)
        if address and "hub" in relations:
            yield Candidate("hub", address)
        elif address and "alternate" in relations and any(kind in parameters.casefold() for kind in _FEED_TYPES):
            yield Candidate("feed", address)


def _usual(url: str) -> Iterator[Candidate]:
    """Yield the addresses that many sites have."""
    for path in _USUAL:
        if address := address_in(path, url):
            yield Candidate("sitemap" if "sitemap" in path else "feed", address, sure=False)
