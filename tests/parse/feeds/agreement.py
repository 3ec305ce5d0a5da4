"""Whether a feed read without the entries that were seen is what it is when it is read whole."""

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from monitor.errors import DocumentError
from monitor.model import Document, Item
from monitor.parse.feeds.entries import SIZE
from monitor.parse.feeds.feed import read_feed, read_whole
from monitor.parse.reading import Reading
from monitor.parse.sniff import as_markup, root_of

CORPORA = Path(__file__).parents[3] / ".." / "shared" / "corpora"
SUITES = ("silver", "dutch-inline", "gofeed", "feedsmith", "fastfeedparser", "feedparser", "feedvalidator")
URL = "https://example.org/nieuws/feed.xml"


def feeds(*suites: str) -> Iterator[tuple[str, Document]]:
    """Yield the feeds of other people's suites, by name."""
    for path in sorted(path for suite in suites for path in (CORPORA / suite / "files").rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            body = gzip.decompress(body) if path.suffix == ".gz" else body
            root = root_of(as_markup(body))
            if root and root.is_feed:
                yield str(path.relative_to(CORPORA)), Document("feed", body, url=URL)


def hashes(reading: Reading) -> list[bytes]:
    return [reading.entries[at : at + SIZE] for at in range(0, len(reading.entries), SIZE)]


def outcome(read: Callable[[Document], Reading], document: Document) -> Reading | str:
    try:
        return read(document)
    except DocumentError as error:
        return f"{type(error).__name__}: {error}"


def without(whole: Sequence[Item], read: Sequence[Item]) -> list[Item] | None:
    """Return what is in a whole reading besides some items; None if these are not in it, or in another order."""
    left, rest = list[Item](), iter(read)
    next_one = next(rest, None)
    for item in whole:
        if item == next_one:
            next_one = next(rest, None)
        else:
            left.append(item)
    return left if next_one is None else None


def disagreement(document: Document, known: Sequence[Item]) -> str | None:
    """Return in what a feed, read with some entries seen, is not the whole feed without those; None if it is.

    `known` are the items that the seen entries were: nothing else may be missing.
    """
    whole, read = outcome(read_whole, replace(document, seen=b"")), outcome(read_feed, document)
    if isinstance(whole, str) or isinstance(read, str):
        return None if whole == read else f"{whole} is not {read}"
    if whole.flaw != read.flaw or (read.flaw and read.entries):
        return f"its flaw is {whole.flaw} or {read.flaw}"
    left = without(whole.items, read.items)
    if left is None:
        return "items are not those of the whole feed"
    if len(left) != read.skipped or not all(item in known for item in left):
        return f"{len(left)} items are missing, {read.skipped} entries were skipped"
    return None


def seen_at_random(document: Document, chance: Random) -> tuple[Document, list[Item], int]:
    """Return a feed of which some entries are seen, the items that those are, and how many they are."""
    reading = read_feed(document)
    all_of_it = hashes(reading)
    chosen = chance.sample(all_of_it, chance.randint(0, len(all_of_it)))
    one_each = len(all_of_it) == len(reading.items)
    items = list(reading.items)
    known = [item for its, item in zip(all_of_it, items, strict=True) if its in chosen] if one_each else items
    return replace(document, seen=b"".join(chosen)), known, len(chosen)
