"""Articles as others would write them: what the reader still finds, and where it says that it guessed."""

import pytest

from monitor.parse.wires.wire import read_wire
from tests.parse.wires.articles import Draft, draft_of, item_fields
from tests.parse.wires.mutation_drafts import OURS, drafts_of_seeds, seeds
from tests.parse.wires.mutation_scores import Report
from tests.parse.wires.mutations import MUTATIONS, main, measure, mutants

COUNT = 1_000
SEED = 20_260_205

PLAIN = {
    *(
        "other heading",
        "quotes",
        "date",
        "blank lines",
        "indented",
        "heading case",
        "age case",
        "brackets",
        "decomposed",
    ),
    *("crlf", "cr", "mixed ends", "trailing blanks", "final newline"),
}
"""Mutations that leave nothing to guess."""

LEAST_F1 = {"seeds": 0.99, "ours": 0.98}
"""Of ours one writes places as in running text, which leaves more to guess: regions, agencies nobody knows."""

MOST_SILENT = 20
"""Of 130,000 fields. What is left is what nobody could tell: `NETANYA` from `net` and `ANYA`, all in capitals."""

needs_seeds = pytest.mark.skipif(not seeds(), reason="the seeds are not beside this checkout")
OF_SEEDS = pytest.param("seeds", marks=needs_seeds)


def drafts(origin: str) -> list[Draft]:
    """Return the articles to mutate."""
    return drafts_of_seeds() if origin == "seeds" else [*OURS]


def weak(report: Report, origin: str) -> dict[str, float]:
    """Return the fields that are found too seldom, with their F1."""
    scores = {kind: score.f1 for kind, score in report.fields.items()}
    return {kind: score for kind, score in scores.items() if score < LEAST_F1[origin]}


@pytest.fixture(scope="module", params=["ours", OF_SEEDS])
def origin(request: pytest.FixtureRequest) -> str:
    """Return whose articles are mutated."""
    return str(request.param)


@pytest.fixture(scope="module")
def report(origin: str) -> Report:
    """Measure one run of the mutants."""
    return measure(drafts(origin), COUNT, SEED)


@needs_seeds
def test_a_seed_that_is_not_mutated_is_drafted_as_it_stands() -> None:
    for text in seeds():
        assert draft_of(read_wire(text)).printed() == text


@pytest.mark.parametrize("draft", OURS)
def test_our_own_articles_are_read_as_they_were_meant(draft: Draft) -> None:
    assert draft_of(read_wire(draft.printed())).printed() == draft.printed()


def test_every_field_is_found_in_the_mutants(report: Report, origin: str) -> None:
    assert weak(report, origin) == {}


def test_a_wrong_field_is_marked_unsure(report: Report) -> None:
    silent = [miss for miss in report.misses if miss.silent]

    assert len(silent) <= 2, silent


def test_every_mutant_is_written_back_as_it_stood(report: Report) -> None:
    assert report.unlike == 0


@pytest.mark.slow
def test_of_ten_thousand_mutants_hardly_a_field_is_wrong_without_a_word(origin: str) -> None:
    report = measure(drafts(origin), 10_000, SEED + 1)

    assert weak(report, origin) == {}
    assert report.silent <= MOST_SILENT, [miss for miss in report.misses if miss.silent]
    assert report.unlike == 0


def test_every_mutation_is_tried(report: Report) -> None:
    assert MUTATIONS.keys() <= report.mutations.keys()


def test_the_same_seed_makes_the_same_mutants() -> None:
    first, second = (list(mutants(OURS, 20, SEED)) for _ in range(2))

    assert first == second


def test_what_is_plain_is_not_marked_unsure(origin: str) -> None:
    plain = [
        (read_wire(text), expected, name)
        for text, expected, name in mutants(drafts(origin), 2 * COUNT, SEED + 2)
        if {*name.split(" + ")} <= PLAIN
    ]

    assert len(plain) > COUNT / 100
    for item, expected, name in plain:
        assert item_fields(item)["body"] == expected["body"], name
        assert item.unsure == (), name


@pytest.mark.parametrize("chosen", [["--ours"], []])
def test_the_report_has_a_line_for_every_field(chosen: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["40", "--wrong", "3", *chosen]) == 0

    printed = capsys.readouterr().out
    assert "dateline.places" in printed
    assert "40 texts" in printed
    assert "40 written back byte for byte" in printed


def test_the_report_shows_what_was_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["400", "--wrong", "1", "--ours"]) == 0

    shown = capsys.readouterr().out.rpartition("byte for byte")[2]
    assert "expected " in shown or "found " in shown
