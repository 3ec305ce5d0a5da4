"""What it costs to read a feed of which one entry is new, beside reading it whole: by feed, in CPU time."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import process_time

from monitor.errors import DocumentError
from monitor.model import Document
from monitor.parse.feeds.entries import SIZE
from monitor.parse.feeds.feed import read_feed, read_whole
from monitor.parse.reading import Reading
from tests.parse.feeds.agreement import feeds

ROUNDS = 5
ITEM = (
    "<item><title>Haven dicht na storm {0}</title><guid>id-{0}</guid><link>https://nieuws.example/{0}</link>"
    "<pubDate>Thu, 26 Nov 2026 10:00:00 +0100</pubDate><category>Kust</category><description>{1}</description></item>"
)
ENTRY = (
    "<entry><title>Haven dicht na storm {0}</title><id>urn:id:{0}</id><link href='https://nieuws.example/{0}'/>"
    "<updated>2026-11-26T10:00:00+01:00</updated><author><name>Jan Jansen</name></author>"
    "<content type='html'>{1}</content></entry>"
)
TEXT = "&lt;p&gt;VLISSINGEN (ANP) - De haven is dicht. Schepen wachten op zee.&lt;/p&gt;"


def own() -> Iterator[tuple[str, Document]]:
    """Yield two feeds of the kinds that news has: short entries, and whole articles."""
    short = "".join(ITEM.format(number, TEXT) for number in range(50))
    yield "RSS, 50 short entries", _document(f"<rss version='2.0'><channel><title>Kust</title>{short}</channel></rss>")
    long = "".join(ENTRY.format(number, TEXT * 40) for number in range(100))
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Kust</title>{long}</feed>"
    yield "Atom, 100 entries of 4 KB", _document(atom)


def _document(feed: str) -> Document:
    return Document("feed", feed.encode())


def _best(read: Callable[[Document], Reading], document: Document) -> float:
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        read(document)
        times.append(process_time() - began)
    return min(times)


def show() -> None:
    """Print a line a feed: read whole, with its hashes, with one entry new, with none; and the ratios to whole."""
    columns = f"{'whole':>12}{'with hashes':>18}{'one new':>18}{'none new':>18}"
    sys.stdout.write(f"{'a feed, in ms of CPU time':42}{'entries':>8}{columns}\n")
    gains = []
    for name, document in [*own(), *feeds("silver")]:
        try:
            hashes = read_feed(document).entries
        except DocumentError:
            continue
        if len(hashes) < 2 * SIZE:
            sys.stdout.write(f"{name[-41:]:42}       no hashes: always read whole\n")
            continue
        whole = _best(read_whole, document)
        others = [_best(read_feed, replace(document, seen=seen)) for seen in (b"", hashes[SIZE:], hashes)]
        gains.append(whole / others[1])
        told = "".join(f"{other * 1e3:9.2f} {whole / other:7.1f}×" for other in others)
        sys.stdout.write(f"{name[-41:]:42}{len(hashes) // SIZE:8}{whole * 1e3:12.2f}{told}\n")
    gains.sort()
    middle = gains[len(gains) // 2]
    sys.stdout.write(
        f"one new, of {len(gains)} feeds: {gains[0]:.1f}× to {gains[-1]:.1f}×, half of them over {middle:.1f}×\n"
    )


if __name__ == "__main__":
    show()
