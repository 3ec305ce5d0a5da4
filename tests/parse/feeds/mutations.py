"""`python -m tests.parse.feeds.mutations 10000`: feeds broken in so many ways, read whole and without what was seen.

The ways are those in which one entry can change how another is parsed. A seed (the second argument) replays a run.
"""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import regex

from monitor.errors import DocumentError
from monitor.model import Document
from monitor.parse.feeds.feed import read_feed
from tests.parse.feeds.agreement import SUITES, URL, disagreement, feeds, seen_at_random

LARGEST = 40_000
"""Bytes of a feed that is mutated; larger ones only take longer."""

_ENTRY = regex.compile(rb"<((?:[\w.-]+:)?(?:item|entry))(?=[\s>]).*?</\1\s*>", regex.DOTALL)
_TAG = regex.compile(rb"<[^<>]*>")
_DATE = regex.compile(rb"\d\d:\d\d:\d\d")
TITLES = "".join(f"<{{0}}><title>Kop {at}</title><link>{at}</link><id>nr-{at}</id></{{0}}>" for at in range(4))
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    f"<channel><title>Kust</title></channel>{TITLES.format('item')}</rdf:RDF>"
)
RSS = f"<rss version='2.0'><channel><title>Kust</title>{TITLES.format('item')}</channel></rss>"
ATOM = f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='nl'><title>Kust</title>{TITLES.format('entry')}</feed>"
BITS = """
<![CDATA[
]]>
<!--
-->
<item>
</item>
<entry>
</entry>
<item/>
<?php ?>
<?
&
&#0;
</title>
<title>
<title/>
<description>a</description>
<summary>a</summary>
<content>a</content>
<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a<title>b</title></div></content>
<content type='html'><div xml:lang='fr'>a</div></content>
<description><div>a</div></description>
<summary type='xhtml'><p>a<title>b</title></p></summary>
<content type='xhtml'><summary>a</summary><svg><title>b</title></svg></content>
<link xml:base='https://elders.example/x/' href='y'/>
<a xml:base='x/'/>
<source url='https://a.example/'>a
<language>fr</language>
<rss version='0.91'/>
<channel/>
<feed xml:lang='fr'/>
<dc:date>2020</dc:date>
<a xmlns:dc='urn:x'/>
<media:title xmlns:media='urn:x'>a</media:title>
<x:y xmlns:x='urn:x' z='1'>a</x:y>
<prism:publicationDate xmlns:prism='urn:p'>2020-01-01</prism:publicationDate>
<dc:title>a</dc:title>
<p:publicationDate xmlns:p='urn:p'>2020-01-01</p:publicationDate>
<author>Jan
<author/>
<image><title>a
<media:content url='https://a.example/1.jpg'>
</media:content>
<media:description>a</media:description>
<a xmlns='http://purl.org/rss/1.0/'/>
<item xmlns='urn:x'/>
é
<textInput><name>a
<itunes:summary>a</itunes:summary>
<a uri='x'/>
</channel>
</feed>
encoding='utf-16' ?>
<guid isPermaLink='false'>x</guid>
<rdf:li rdf:resource='x'/>
<itunes:owner>
"""
STRANGE = ("\ufffd", "\x00", "\x1f", " ", "<category/>" * 80, "<b>" * 120)

Mutation = Callable[[bytes, Random], bytes]


def _somewhere(body: bytes, chance: Random) -> int:
    return chance.randrange(len(body) + 1)


def _between_tags(body: bytes, chance: Random) -> int:
    return chance.choice([match.end() for match in _TAG.finditer(body)] or [0])


def flip(body: bytes, chance: Random) -> bytes:
    at = _somewhere(body, chance)
    return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]


def cut_off(body: bytes, chance: Random) -> bytes:
    return body[: _somewhere(body, chance)]


def cut_out(body: bytes, chance: Random) -> bytes:
    at = _somewhere(body, chance)
    return body[:at] + body[at + chance.randrange(200) :]


def lose_a_tag(body: bytes, chance: Random) -> bytes:
    tag = chance.choice([match.span() for match in _TAG.finditer(body)] or [(0, 0)])
    return body[: tag[0]] + body[tag[1] :]


def insert(body: bytes, chance: Random) -> bytes:
    at = (_between_tags if chance.random() < 0.8 else _somewhere)(body, chance)
    return body[:at] + chance.choice([*BITS.strip().split("\n"), *STRANGE]).encode() + body[at:]


def shuffle(body: bytes, chance: Random) -> bytes:
    """Swap, double or drop entries; they stay side by side."""
    entries = [match.span() for match in _ENTRY.finditer(body)]
    if not entries:
        return body
    order = [body[slice(*each)] for each in chance.choices(entries, k=chance.randint(1, len(entries) + 2))]
    return body[: entries[0][0]] + b"\n".join(order) + body[entries[-1][1] :]


def add(body: bytes, chance: Random) -> bytes:
    """Add an entry before, between or after the others: what a feed does."""
    entries = [match.span() for match in _ENTRY.finditer(body)]
    if not entries:
        return body
    start, end = chance.choice(entries)
    new = body[start:end].replace(b"<title>", b"<title>Nieuw: ", 1).replace(b"</id>", b"-nieuw</id>", 1)
    at = chance.choice([entries[0][0], start, end, entries[-1][1]])
    return body[:at] + new + body[at:]


def another_minute(body: bytes, chance: Random) -> bytes:
    """Change a time, in the head mostly: what many feeds do at every request."""
    return _DATE.sub(f"{chance.randrange(24):02}:{chance.randrange(60):02}:00".encode(), body, count=1)


def tag_differently(body: bytes, chance: Random) -> bytes:
    """Give an entry an attribute that may hold for others."""
    attribute = chance.choice(
        ["xml:base='https://elders.example/'", "xml:lang='fr'", "base='x/'", "lang=''", "xmlns=''"]
    )
    entries = [match.end(1) for match in _ENTRY.finditer(body)] or [len(body)]
    at = chance.choice(entries)
    return body[:at] + b" " + attribute.encode() + body[at:]


MUTATIONS: Sequence[tuple[Mutation, int]] = (
    (flip, 1),
    (cut_off, 1),
    (cut_out, 1),
    (lose_a_tag, 1),
    (insert, 5),
    (tag_differently, 2),
    (shuffle, 3),
    (add, 7),
    (another_minute, 3),
)
"""How feeds are mutated, and how often each way is taken."""


def own() -> list[Document]:
    """Return feeds of our own."""
    return [Document("feed", feed.encode(), url=URL) for feed in (RSS, RDF, ATOM)]


def originals() -> list[Document]:
    """Return our own feeds, and those of other people where they are."""
    return own() + [document for _, document in feeds(*SUITES) if len(document.body) < LARGEST]


def mutated(document: Document, chance: Random) -> Document:
    body = document.body
    ways, weights = zip(*MUTATIONS, strict=True)
    for mutate in chance.choices(ways, weights, k=chance.choice([1, 1, 2, 3])):
        body = mutate(body, chance)
    return replace(document, body=body)


def _road(document: Document) -> str:
    try:
        reading = read_feed(document)
    except DocumentError:
        return "refused on either road"
    if not reading.entries:
        return "agreed by the full road"
    return "agreed, entries skipped" if reading.skipped else "agreed, none of them seen"


def run(count: int, seed: int, documents: Sequence[Document]) -> tuple[Counter[str], list[tuple[Document, str]]]:
    """Return how many mutated feeds were read with entries skipped, whole, or refused; and those that disagree."""
    counts, wrong = Counter[str](), list[tuple[Document, str]]()
    chance = Random(seed)  # noqa: S311 - to be replayed, not to be secret
    weights = [min(len(_ENTRY.findall(document.body)), 10) + 0.1 for document in documents]
    while counts.total() < count:
        try:
            # Once mutated it is the feed that was read before; then it changes again.
            (before,) = chance.choices(documents, weights)
            before = mutated(before, chance) if chance.random() < 0.3 else before
            document, known, _ = seen_at_random(before, chance)
        except DocumentError:
            continue
        document = mutated(document, chance)
        if differs := disagreement(document, known):
            wrong.append((document, differs))
        counts["disagreed" if differs else _road(document)] += 1
    return counts, wrong


def main(count: int = 1_000, seed: int = 0) -> int:
    """Print the counts, and what disagrees; return how much does."""
    counts, wrong = run(count, seed, originals())
    for name, many in sorted(counts.items()):
        sys.stdout.write(f"{many:8,} {name}\n")
    for document, differs in wrong[:20]:
        sys.stdout.write(f"\n{differs}\nseen {document.seen.hex()}\n{document.body!r}\n")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
