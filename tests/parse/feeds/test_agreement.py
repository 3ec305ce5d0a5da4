"""Reading only what is new, and reading everything: on other people's feeds, and on feeds that were broken."""

from random import Random

import pytest

from monitor.errors import DocumentError
from monitor.model import Document
from monitor.parse.feeds.feed import read_feed
from tests.parse.feeds.agreement import CORPORA, SUITES, disagreement, feeds, seen_at_random
from tests.parse.feeds.mutations import originals, own, run

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="other people's test material is not at ../shared")
ROUNDS = 4


def agree(name: str, document: Document) -> int:
    """Return how many entries were skipped in a feed that is read with some of its entries seen."""
    chance = Random(name)  # noqa: S311 - the same at every run
    skipped = 0
    for _ in range(ROUNDS):
        try:
            seen, known, _ = seen_at_random(document, chance)
        except DocumentError:
            return 0

        assert disagreement(seen, known) is None, name
        skipped += read_feed(seen).skipped
    return skipped


@needs_corpora
def test_both_roads_agree_on_some_of_other_peoples_feeds():
    some = [*feeds("silver", "dutch-inline", "gofeed", "feedvalidator")][::30]

    skipped = [agree(name, document) for name, document in some]

    assert sum(map(bool, skipped)) > len(some) / 3


@pytest.mark.slow
@needs_corpora
def test_both_roads_agree_on_all_feeds_of_other_people():
    skipped = [agree(name, document) for name, document in feeds(*SUITES)]

    assert sum(map(bool, skipped)) > len(skipped) / 3


@pytest.mark.parametrize("seed", range(3))
def test_both_roads_agree_on_feeds_that_were_broken(seed):
    counts, wrong = run(40, seed, own())

    assert not wrong
    assert counts["agreed, entries skipped"] > 2
    assert counts["agreed by the full road"] > 2


@pytest.mark.slow
def test_both_roads_agree_on_ten_thousand_broken_feeds():
    _, wrong = run(10_000, 0, originals())

    assert not wrong
