"""How much of an item is kept, whatever kind of document it came in: lengths, numbers, and all texts together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from monitor.model import Block, Teaser

LONGEST = 65_536
"""Bytes of UTF-8 of all texts of an item together."""

LONGEST_TITLE = 8_192
LONGEST_SUMMARY = 16_384
LONGEST_ID = 8_192
LONGEST_TAG = 256
MOST_TAGS = 64
MOST_BYLINES = 16
MOST_MEDIA = 32


@dataclass(slots=True)
class Budget:
    """Cuts texts so that all of them together stay within `LONGEST`, and notes which it cut."""

    left: int = LONGEST
    unsure: set[str] = field(default_factory=set)

    def take(self, text: str, name: str, most: int = LONGEST) -> str:
        """Return the text, cut at a character's boundary to what is left, and to `most` bytes at most."""
        cut = text.encode("utf-8", "replace")[: min(most, self.left)].decode(errors="ignore")
        self.unsure |= {name} if len(cut) < len(text) else set()
        self.left -= len(cut.encode())
        return cut.rstrip()

    def take_blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield the blocks with what is left for their texts; those that nothing is left for are gone."""
        for block in blocks:
            label = self.take(block.label, "body") if isinstance(block, Teaser) else ""
            if text := self.take(block.text, "body"):
                yield replace(block, text=text, label=label) if isinstance(block, Teaser) else replace(block, text=text)


def joined(blocks: Iterable[Block]) -> str:
    """Return the texts of blocks as one."""
    return " ".join(block.text for block in blocks)
