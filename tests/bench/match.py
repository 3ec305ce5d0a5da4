"""What an article costs as rules become many: `python -m tests.bench.match`, on one core.

Articles are 400 words of a vocabulary in which the n-th word is n times as rare as the first (Zipf); rules ask for two
or three terms of it, one in ten of them a phrase, common words among them, but rare ones more often than articles have
them. Most rules fit no article, since their words never meet in one; those that do are as many at each size, so that
hits stay the same while rules become more. `--hits` lets rules fit as they come.

Times are those of the process (others may use the machine), each the best of several rounds for an article.
"""

import argparse
import gc
import math
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from random import Random
from time import process_time

from monitor.match.clauses.groups import All
from monitor.match.clauses.wording import Term
from monitor.match.index import RuleIndex
from monitor.match.rule import Rule
from monitor.match.view import View
from monitor.model import Item, Paragraph

NOW = datetime(2026, 11, 26, tzinfo=UTC)
VOCABULARY = 50_000
ARTICLES = 200
WORDS = 400
PARAGRAPH = 50
ROUNDS = 5
FITTING = 1000
"""So many of the rules fit articles as they come."""

READERS = 0.55
"""The exponent by which rules prefer common words; of articles it is 1."""


@dataclass
class Workload:
    """Articles and rules, made from a seed."""

    random: Random
    articles: list[list[str]] = field(init=False)
    words: list[str] = field(init=False)
    having: dict[str, int] = field(default_factory=dict)
    """The articles that have a word, or a pair of neighbours, as bits."""

    def __post_init__(self) -> None:
        """Make words and articles."""
        letters = "etaoinshrdlucmfwygpb"
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            made["".join(self.random.choices(letters, k=self.random.randint(3, 10)))] = None
        self.words = list(made)
        self.articles = [self._drawn(WORDS, 1.0) for _ in range(ARTICLES)]
        for number, article in enumerate(self.articles):
            for key in {*article, *(f"{one} {other}" for one, other in pairwise(article))}:
                self.having[key] = self.having.get(key, 0) | 1 << number

    def _drawn(self, count: int, exponent: float) -> list[str]:
        weights = list(accumulate((rank + 1) ** -exponent for rank in range(VOCABULARY)))
        return self.random.choices(self.words, cum_weights=weights, k=count)

    def views(self) -> list[View]:
        """Return the articles, each as it is looked at first."""
        return [View(_item(article), NOW) for article in self.articles]

    def rules(self, *, fitting: bool) -> Iterator[Rule]:
        """Yield rules without end; those that fit an article end with the first `FITTING`, unless all may."""
        number = 0
        while True:
            drawn = iter(self._drawn(100_000, READERS))
            for first in drawn:
                terms = [first, *(next(drawn, "de") for _ in range(self.random.randint(1, 2)))]
                if self.random.random() < 0.1 * len(terms):
                    terms[0] = f"{terms[0]} {next(drawn, 'de')}"
                if fitting or number < FITTING or not self._fits(terms):
                    yield Rule(f"r-{number}", "", "low", All(tuple(map(Term, terms))))
                    number += 1

    def _fits(self, terms: Sequence[str]) -> bool:
        together = -1
        for term in terms:
            together &= self.having.get(term, 0)
        return together != 0


def _item(words: Sequence[str]) -> Item:
    texts = [" ".join(words[at : at + PARAGRAPH]).capitalize() for at in range(0, len(words), PARAGRAPH)]
    return Item(id="a", headline=" ".join(words[:8]).title(), body=tuple(Paragraph(f"{text}.") for text in texts))


def measured(views: Callable[[], list[View]], work: Callable[[View], object]) -> list[float]:
    """Return what each article takes, in seconds, the best of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for view in views():
            began = process_time()
            work(view)
            times.append(process_time() - began)
        rounds.append(times)
    return [min(times) for times in zip(*rounds, strict=True)]


def _resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Measure at each size, in one index that grows."""
    arguments = argparse.ArgumentParser(prog="python -m tests.bench.match")
    arguments.add_argument("--hits", action="store_true", help="let rules fit articles as they come")
    arguments.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000, 100_000, 1_000_000])
    given = arguments.parse_args()
    workload = Workload(Random(4))  # noqa: S311 - repeatable, not secret
    rules, index = workload.rules(fitting=given.hits), RuleIndex()
    sys.stdout.write(
        "   rules  articles/s  with spans/s   p50 ms   p99 ms   hits/article  candidates/hit  add µs  bytes/rule\n"
    )
    costs = []
    for size in given.sizes:
        more = [next(rules) for _ in range(size - len(index))]
        gc.collect()
        gc.freeze()
        before, began = _resident(), process_time()
        for rule in more:
            index.add(rule)
        added, grown = (process_time() - began) / len(more), (_resident() - before) / len(more)
        found = measured(workload.views, index.candidates)
        whole = measured(workload.views, index.match)
        candidates = sum(len(index.candidates(view)) for view in workload.views())
        hits = sum(len(index.match(view)) for view in workload.views())
        costs.append((size, sum(found)))
        ranked = sorted(whole)
        sys.stdout.write(
            f"{size:8}{ARTICLES / sum(found):12.0f}{ARTICLES / sum(whole):14.0f}"
            f"{ranked[ARTICLES // 2] * 1e3:9.2f}{ranked[ARTICLES * 99 // 100] * 1e3:9.2f}"
            f"{hits / ARTICLES:15.1f}{candidates / max(hits, 1):16.2f}{added * 1e6:8.1f}{grown:12.0f}\n"
        )
    for (size, cost), (larger, more_cost) in pairwise(costs):
        slope = math.log(more_cost / cost) / math.log(larger / size)
        sys.stdout.write(f"slope of cost against rules, {size} to {larger}: {slope:.2f}\n")


if __name__ == "__main__":
    main()
