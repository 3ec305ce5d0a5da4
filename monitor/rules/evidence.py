"""Evidence for people: the text in which something was found, with the places marked beneath it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len

from monitor.match.view import Text, View
from monitor.model import Item, Span

WIDEST = 100
"""Characters of a text that are shown around what was found in it."""

_AROUND = 30
_LONGEST_TITLE = 100


def title_of(item: Item) -> str:
    """Return the headline of an item, or how it begins, in one line."""
    text = item.headline or next((block.text for block in item.body), "") or item.url or item.id
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1].rstrip()}…"


def in_short(spans: Iterable[Span]) -> str:
    """Return spans in one line: each field with what stands there, and how often."""
    fields: dict[str, Counter[str]] = {}
    for span in spans:
        fields.setdefault(span.field, Counter())[" ".join(span.text.split())] += 1
    return "; ".join(
        f"{field} {', '.join(f'`{text}`' + (f' {count} ×' if count > 1 else '') for text, count in found.items())}"
        for field, found in fields.items()
    )


def shown(view: View, spans: Sequence[Span]) -> Iterator[str]:
    """Yield each text in which something was found, in the order of the item, with a line of marks beneath.

    Of a long text only what is around the first place; what of it cannot be seen there is counted.
    """
    texts = {text.name: text for text in view.texts}
    ordered = sorted(spans, key=lambda span: (view.order.get(span.field, -1), span.start, span.end))
    for name, found in groupby(ordered, key=lambda span: span.field):
        if name in texts:
            yield from _marked(texts[name], list(found))


def _marked(text: Text, spans: Sequence[Span]) -> Iterator[str]:
    start = 0 if len(text.text) <= WIDEST else max(0, spans[0].start - _AROUND)
    end = min(len(text.text), start + WIDEST)
    before, after = "…" if start else "", "…" if end < len(text.text) else ""
    head = f"{text.name}: {before}"
    line = text.text[start:end].translate(_AS_SPACE)
    yield f"{head}{line}{after}".rstrip()
    seen = [span for span in spans if span.start < end]
    marked = {at for span in seen for at in range(span.start - start, min(span.end, end) - start)}
    marks = "".join(("^" if at in marked else " ") * cell_len(char) for at, char in enumerate(line)).rstrip()
    hidden = len(spans) - len(seen)
    yield f"{' ' * cell_len(head)}{marks}" + (f" and {hidden} more" if hidden else "")


_AS_SPACE = dict.fromkeys((9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029), " ")
