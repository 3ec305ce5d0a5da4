"""An item as rules see it: its texts under the names of their fields, cut into words once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from monitor.model import Item, Paragraph, Span, Subhead, Teaser
from monitor.text.words import Word, words

SCOPES = (
    "headline",
    "dateline",
    "lead",
    "subheads",
    "body",
    "summary",
    "teasers",
    "related",
    "byline",
    "tags",
)
"""What `in:` may name. `lead` is the first paragraph, `body` all paragraphs, the lead included."""

USUAL_SCOPE = frozenset({"headline", "dateline", "lead", "subheads", "body", "summary"})
"""Where a clause looks that no `in:` stands around."""

Scope = frozenset[str]


@dataclass(frozen=True)
class Text:
    """One text of an item: `name` as spans call it, and the scopes that it belongs to."""

    name: str
    scopes: Scope
    text: str

    @cached_property
    def words(self) -> Sequence[Word]:
        """The words in order."""
        return tuple(words(self.text))

    @cached_property
    def positions(self) -> Mapping[str, Sequence[int]]:
        """Where each folded word stands, as indexes into `words`."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            found.setdefault(word.folded, []).append(index)
        return found

    @cached_property
    def shouts(self) -> bool:
        """Whether case tells nothing here: a headline or dateline that is all capitals."""
        return self.name.rpartition(".")[2] in {"headline", "dateline"} and self.text.isupper()

    def span(self, start: int, end: int) -> Span:
        """Return the evidence `text[start:end]`."""
        return Span(self.name, start, end, self.text[start:end])


@dataclass(frozen=True)
class View:
    """An item at a moment: `now` is when it is looked at, an aware UTC datetime."""

    item: Item
    now: datetime
    texts: Sequence[Text] = field(init=False)

    def __post_init__(self) -> None:
        """Lay out the texts."""
        object.__setattr__(self, "texts", tuple(_texts(self.item)))

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Where each field stands among the texts, for evidence in the order of the item."""
        return {text.name: index for index, text in enumerate(self.texts)}

    def within(self, scope: Scope) -> Iterator[Text]:
        """Yield the texts of a scope, in the order of the item."""
        return (text for text in self.texts if text.scopes & scope)

    def dateline(self) -> Iterator[Text]:
        """Yield the text of the item's own dateline, if it has one."""
        return self.within(frozenset({"dateline"}))


def _texts(item: Item) -> Iterator[Text]:
    if item.headline:
        yield Text("headline", frozenset({"headline"}), item.headline)
    if item.dateline:
        yield Text("dateline", frozenset({"dateline"}), item.dateline.text)
    yield from _blocks(item)
    if item.summary:
        yield Text("summary", frozenset({"summary"}), item.summary)
    yield from _around(item)


def _blocks(item: Item) -> Iterator[Text]:
    lead = next((index for index, block in enumerate(item.body) if isinstance(block, Paragraph)), None)
    for index, block in enumerate(item.body):
        match block:
            case Paragraph():
                scopes = {"body", "lead"} if index == lead else {"body"}
            case Subhead():
                scopes = {"subheads"}
            case Teaser():
                scopes = {"teasers"}
        yield Text(f"body.{index}", frozenset(scopes), block.text)


def _around(item: Item) -> Iterator[Text]:
    """Yield what stands around the article: the sidebar, who wrote it, its tags."""
    for index, entry in enumerate(item.related.items if item.related else ()):
        if entry.dateline:
            yield Text(f"related.{index}.dateline", frozenset({"related"}), entry.dateline.text)
        yield Text(f"related.{index}", frozenset({"related"}), entry.text)
    for index, byline in enumerate(item.bylines):
        yield Text(f"byline.{index}", frozenset({"byline"}), byline.name)
    for index, tag in enumerate(item.tags):
        yield Text(f"tags.{index}", frozenset({"tags"}), tag)
