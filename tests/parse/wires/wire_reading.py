"""How the tests of the wire text form read: a few sentences, and what a text is read as."""

from monitor.model import Item, RelatedItem
from monitor.parse.wires.wire import read_wire, write_wire
from tests.parse.wires.articles import FETCHED

LEAD = "De regering trekt volgend jaar meer geld uit voor dijken en duinen, zei de minister."
MORE = "Volgens haar is dat nodig, omdat het water sneller stijgt dan eerder was berekend."
LONG = f"{LEAD} {MORE} {LEAD}"


def read(text: str) -> Item:
    """Read a text that was captured at `FETCHED`, and prove that it is written back as it stood."""
    item = read_wire(text, fetched=FETCHED)
    assert write_wire(item) == text
    return item


def kinds(item: Item) -> str:
    """Return the first letters of the blocks' kinds."""
    return "".join(block.type[0] for block in item.body)


def texts(item: Item) -> list[str]:
    """Return the texts of the blocks."""
    return [block.text for block in item.body]


def entries(item: Item) -> list[RelatedItem]:
    """Return the entries of the sidebar."""
    return [*item.related.items] if item.related else []
