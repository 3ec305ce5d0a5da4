"""Each item its own story."""

from monitor.model import Item, Story


def story_of(item: Item, publisher: str) -> Story:
    """Return the story that an item tells by itself."""
    agencies = item.dateline.agencies if item.dateline else ()
    return Story(item.id, item.headline, (publisher,), tuple(dict.fromkeys(agencies)), items=1)
