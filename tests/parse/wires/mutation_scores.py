"""How well a reader does on mutants, by field and by mutation. Wrong and not marked `unsure` is the worst: `silent`."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monitor.model import Item
from tests.parse.wires.articles import Fields, item_fields

FLAGS = {
    "published": {"published"},
    "headline": {"headline", "dateline"},
    "dateline.places": {"dateline"},
    "dateline.agencies": {"dateline"},
    "body": {"body", "dateline", "related", "headline"},
    "subheads": {"body"},
    "teasers": {"body"},
}
"""Which names in `unsure` warn of a wrong field; for all the others it is `related`."""


@dataclass(slots=True)
class Score:
    """How often a field was found (`hits`) of `expected` and `got`; `silent`: wrong and not marked unsure."""

    expected: int = 0
    got: int = 0
    hits: int = 0
    wrong: int = 0
    silent: int = 0

    def add(self, expected: Sequence[str], got: Sequence[str], *, warned: bool) -> None:
        """Count one field of one text."""
        self.expected += len(expected)
        self.got += len(got)
        self.hits += sum((Counter(expected) & Counter(got)).values())
        if expected != got:
            self.wrong += 1
            self.silent += not warned

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hits / self.got if self.got else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.hits / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / (self.expected + self.got) if self.expected + self.got else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A field of a mutant that was read wrong, with what stands in the text and what was found."""

    mutations: str
    kind: str
    silent: bool
    expected: tuple[str, ...]
    got: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """The scores by field and by (mutation, field), and what was read wrong.

    `unlike` counts the texts that were not written back as they stood, `overcautious` those that were read
    right and nevertheless marked unsure.
    """

    fields: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    mutations: dict[str, dict[str, Score]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Score)))
    texts: int = 0
    right: int = 0
    overcautious: int = 0
    unlike: int = 0
    misses: list[Miss] = field(default_factory=list)

    def add(self, mutations: str, expected: Fields, item: Item) -> None:
        """Count one mutant."""
        got = item_fields(item)
        self.texts += 1
        self.right += got == expected
        self.overcautious += got == expected and bool(item.unsure)
        for kind, values in expected.items():
            warned = bool(FLAGS.get(kind, {"related"}) & {*item.unsure})
            for scores in (self.fields, *(self.mutations[name] for name in mutations.split(" + "))):
                scores[kind].add(values, got[kind], warned=warned)
            if values != got[kind]:
                self.misses.append(Miss(mutations, kind, not warned, values, got[kind]))

    @property
    def silent(self) -> int:
        """The number of fields that were wrong without a word."""
        return sum(score.silent for score in self.fields.values())

    def table(self) -> Iterator[str]:
        """Yield the lines of the report."""
        yield f"{'field':26}{'precision':>10}{'recall':>10}{'F1':>10}{'wrong':>8}{'silent':>8}"
        for kind, score in self.fields.items():
            figures = f"{score.precision:10.4f}{score.recall:10.4f}{score.f1:10.4f}"
            yield f"{kind:26}{figures}{score.wrong:8}{score.silent:8}"
        yield ""
        yield f"{'mutation':26}{'worst field':20}{'its F1':>10}{'wrong':>8}{'silent':>8}"
        for name, scores in sorted(self.mutations.items()):
            kind, worst = min(scores.items(), key=lambda pair: pair[1].f1)
            wrong, silent = (sum(getattr(score, what) for score in scores.values()) for what in ("wrong", "silent"))
            yield f"{name:26}{kind if wrong else '':20}{worst.f1:10.4f}{wrong:8}{silent:8}"
        yield ""
        yield f"{self.texts} texts: {self.right} read right, {self.overcautious} of these marked unsure;"
        yield f"{self.silent} fields wrong and not marked unsure; {self.texts - self.unlike} written back byte for byte"
