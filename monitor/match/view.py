"""An item as rules see it: its texts under the names of their fields, cut into words once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import regex

from monitor.model import Item, Paragraph, Span, Story, Subhead, Teaser
from monitor.text.sentences import sentences
from monitor.text.stems import stem
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

_LONG_WORD = regex.compile(r"(\p{L})\p{L}{3,}")
_FEW_WORDS = 6
_MOSTLY = 0.8


@dataclass(frozen=True)
class Text:
    """One text of an item, or the part of it between `start` and `end`.

    `name` is how spans call it, `scopes` are those that it belongs to, `language` is what it is written in, if known.
    """

    name: str
    scopes: Scope
    text: str
    language: str | None = None
    start: int = 0
    end: int | None = None

    @cached_property
    def words(self) -> Sequence[Word]:
        """The words in order."""
        return tuple(words(self.text, self.start, self.end))

    @cached_property
    def positions(self) -> Mapping[str, Sequence[int]]:
        """Where each folded word stands, as indexes into `words`."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            found.setdefault(word.folded, []).append(index)
        return found

    @cached_property
    def alphabet(self) -> Sequence[str]:
        """The folded words there are, each once, sorted by code points."""
        return sorted(self.positions)

    @cached_property
    def stems(self) -> Mapping[str, Sequence[int]]:
        """Where the words of each stem stand, as indexes into `words`; stems are those of the text's language."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            found.setdefault(stem(self.text[word.start : word.end], self.language), []).append(index)
        return found

    @cached_property
    def utf8(self) -> bytes:
        """The text in bytes; half of a surrogate pair, which has none, is a question mark."""
        return self.text[self.start : self.end].encode("utf-8", "replace")

    @cached_property
    def sentences(self) -> Sequence["Text"]:
        """The sentences in order, each a part of the same text; a part has only itself."""
        if self.end is not None:
            return (self,)
        return tuple(replace(self, start=start, end=end) for start, end in sentences(self.text))

    @cached_property
    def is_upper(self) -> bool:
        """Whether all letters are capitals."""
        return self.text.isupper()

    @cached_property
    def is_titled(self) -> bool:
        """Whether most of the longer words have a capital, as in English headlines; not told of fewer than 6."""
        long = _LONG_WORD.findall(self.text)
        return len(long) >= _FEW_WORDS and sum(map(str.isupper, long)) >= _MOSTLY * len(long)

    @cached_property
    def shouts(self) -> bool:
        """Whether case tells nothing here: a headline or dateline that is all capitals."""
        return self.name.rpartition(".")[2] in {"headline", "dateline"} and self.is_upper

    def span(self, start: int, end: int) -> Span:
        """Return the evidence `text[start:end]`."""
        return Span(self.name, start, end, self.text[start:end])


@dataclass(frozen=True)
class View:
    """An item at a moment: `now` is when it is looked at, an aware UTC datetime.

    `language` holds for an item that does not say; `publisher` is who is behind its source; `story` is what it
    belongs to, and `began` when the first item of that was published. `part`: the only text that is looked into.
    `evident` remembers which doubtful names the item makes certain, for all its parts.
    """

    item: Item
    now: datetime
    language: str | None = None
    publisher: str | None = None
    story: Story | None = None
    began: datetime | None = None
    texts: Sequence[Text] = ()
    part: Text | None = None
    evident: dict[object, bool] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay out the texts; one without a character is none."""
        if not self.texts:
            texts = _texts(self.item, self.item.language or self.language)
            object.__setattr__(self, "texts", tuple(text for text in texts if text.text))

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Where each field stands among the texts, for evidence in the order of the item."""
        return {text.name: index for index, text in enumerate(self.texts)}

    def within(self, scope: Scope) -> Iterator[Text]:
        """Yield the texts of a scope, in the order of the item."""
        return (text for text in ((self.part,) if self.part else self.texts) if text.scopes & scope)

    def of(self, scope: str) -> Iterator[Text]:
        """Yield the texts of one scope, whichever is looked into."""
        return (text for text in self.texts if scope in text.scopes)

    def only(self, part: Text) -> "View":
        """Return the same item, of which only that part is looked into."""
        return replace(self, part=part)


_NAMED = {scope: frozenset({scope}) for scope in SCOPES}
_LEAD = frozenset({"body", "lead"})


def _texts(item: Item, language: str | None) -> Iterator[Text]:
    if item.headline:
        yield Text("headline", _NAMED["headline"], item.headline, language)
    if item.dateline:
        yield Text("dateline", _NAMED["dateline"], item.dateline.text, language)
    yield from _blocks(item, language)
    if item.summary:
        yield Text("summary", _NAMED["summary"], item.summary, language)
    yield from _around(item, language)


def _blocks(item: Item, language: str | None) -> Iterator[Text]:
    lead = next((index for index, block in enumerate(item.body) if isinstance(block, Paragraph)), None)
    for index, block in enumerate(item.body):
        match block:
            case Paragraph():
                scopes = _LEAD if index == lead else _NAMED["body"]
            case Subhead():
                scopes = _NAMED["subheads"]
            case Teaser():
                scopes = _NAMED["teasers"]
        yield Text(f"body.{index}", scopes, block.text, language)


def _around(item: Item, language: str | None) -> Iterator[Text]:
    """Yield what stands around the article: the sidebar, who wrote it, its tags."""
    for index, entry in enumerate(item.related.items if item.related else ()):
        if entry.dateline:
            yield Text(f"related.{index}.dateline", _NAMED["related"], entry.dateline.text, language)
        yield Text(f"related.{index}", _NAMED["related"], entry.text, language)
    for index, byline in enumerate(item.bylines):
        yield Text(f"byline.{index}", _NAMED["byline"], byline.name, language)
    for index, tag in enumerate(item.tags):
        yield Text(f"tags.{index}", _NAMED["tags"], tag, language)
