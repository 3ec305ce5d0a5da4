"""Wire texts changed in the ways in which others write them, with what a reader should still find in them.

    python -m tests.parse.wires.mutations 10000

mutates the seeds (or, where they are not there, articles of our own), and prints how well the reader does, by
field and by mutation.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from monitor.parse.wires.wire import read_wire, write_wire
from tests.parse.wires import mutation_blocks, mutation_datelines, mutation_sidebars, mutation_writing
from tests.parse.wires.articles import FETCHED, Draft, Fields
from tests.parse.wires.mutation_drafts import OURS, drafts_of_seeds, seeds
from tests.parse.wires.mutation_scores import Report
from tests.parse.wires.mutation_writing import with_other_ends

Mutation = Callable[[Draft, Random], bool]
"""Changes a draft in place; false if there is nothing in it to change."""

MUTATIONS: Mapping[str, Mutation] = {
    **mutation_blocks.MUTATIONS,
    **mutation_sidebars.MUTATIONS,
    **mutation_datelines.MUTATIONS,
    **mutation_writing.MUTATIONS,
}
"""In the order in which they are applied: what stands there first, then how it is written."""

_AGAINST = {
    frozenset(pair)
    for pair in (
        ("no agencies", "tight dash"),  # `MOSKOU-De` could be any word …
        ("no agencies", "no dash"),  # … and `MOSKOU De` begin any sentence.
        ("no agencies", "no ages"),  # Without agencies and ages nothing tells an entry from a paragraph …
        ("no heading", "no ages"),  # … nor, with one alone, which of the two ends the article.
        ("unknown heading", "no ages"),
        ("no heading", "short sidebar"),
        ("no sidebar", "short sidebar"),
        ("no agencies", "dateline case"),
        ("no agencies", "whole case"),
        ("no agencies", "no heading"),
        ("no agencies", "unknown heading"),
        ("no agencies", "age on line"),
    )
}
"""What is not tried together; `tests/parse/wires/test_wire_sidebar.py` says what becomes of some of them."""


def mutants(drafts: Sequence[Draft], count: int, seed: int) -> Iterator[tuple[str, Fields, str]]:
    """Yield `count` mutated texts, each with what stands in its fields and the names of its mutations.

    Args:
        drafts: the articles.
        count: how many to yield; the same ones for the same `seed`.
        seed: of the random choices.
    """
    chance = Random(seed)  # noqa: S311 - nobody guards anything with it
    names = list(MUTATIONS)
    done = 0
    while done < count:
        draft = chance.choice(drafts).copy()
        if draft.entries and chance.random() < 0.3:  # the sidebar of another article
            draft.entries = chance.choice([other for other in drafts if other.entries]).copy().entries
        chosen = sorted(chance.sample(names, chance.choice((1, 1, 2, 3))), key=names.index)
        clash = any(frozenset((one, two)) in _AGAINST for one in chosen for two in chosen if one != two)
        if clash or not all(MUTATIONS[name](draft, chance) for name in chosen):
            continue
        text, ends = with_other_ends(draft.printed(), chance)
        yield text, draft.fields(), " + ".join([*chosen, *([ends] if ends else [])])
        done += 1


def measure(drafts: Sequence[Draft], count: int, seed: int) -> Report:
    """Return how the reader does on `count` mutants."""
    report = Report()
    for text, expected, name in mutants(drafts, count, seed):
        item = read_wire(text, fetched=FETCHED)
        report.add(name, expected, item)
        report.unlike += write_wire(item) != text
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of the reader on mutated wire texts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="how many texts (10000)")
    parser.add_argument("--seed", type=int, default=1, help="of the random choices (1)")
    parser.add_argument("--wrong", type=int, default=0, help="also print so many of the fields that were wrong")
    parser.add_argument("--ours", action="store_true", help="mutate articles of our own instead of the seeds")
    options = parser.parse_args(arguments)
    drafts = OURS if options.ours or not seeds() else drafts_of_seeds()
    report = measure(drafts, options.count, options.seed)
    sys.stdout.writelines(f"{line}\n" for line in report.table())
    for miss in report.misses[: options.wrong]:
        sys.stdout.write(f"\n{miss.kind}{', silent' if miss.silent else ''}: {miss.mutations}\n")
        sys.stdout.writelines(f"  expected {text}\n" for text in miss.expected if text not in miss.got)
        sys.stdout.writelines(f"  found    {text}\n" for text in miss.got if text not in miss.expected)
    return 0


if __name__ == "__main__":
    sys.exit(main())
