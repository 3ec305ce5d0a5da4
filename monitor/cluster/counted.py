"""The story that a rule over time tells: of several items, or of none at all."""

from collections.abc import Mapping, Sequence

from monitor.model import Item, Story


def story_of_count(headline: str, items: Sequence[Item], publishers: Mapping[str, str], count: int) -> Story:
    """Return the story of what a rule counted: `items` are those that are told, newest last, of `count` in all.

    Args:
        headline: what the story is called where no item is told.
        items: the newest of those that were counted.
        publishers: who publishes each of the items, by their ids.
        count: how many were counted.
    """
    agencies = [agency for item in items if item.dateline for agency in item.dateline.agencies]
    return Story(
        id=items[0].id if items else "",
        headline=(items[-1].headline if items else None) or headline,
        publishers=tuple(dict.fromkeys(publishers[item.id] for item in items)),
        agencies=tuple(dict.fromkeys(agencies)),
        items=count,
    )
