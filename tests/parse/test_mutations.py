"""Seeds as others would write them: what the reader still finds, and where it says that it guessed."""

import pytest

from monitor.parse.wire import read_wire, write_wire
from tests.parse.articles import draft_of, item_fields
from tests.parse.mutations import Report, main, measure, mutants, seeds

COUNT = 1_000
SEED = 20_260_205

pytestmark = pytest.mark.skipif(not seeds(), reason="the seeds are not beside this checkout")


@pytest.fixture(scope="module")
def report() -> Report:
    """Measure one run of the mutants."""
    return measure(seeds(), COUNT, SEED)


def test_a_seed_that_is_not_mutated_is_drafted_as_it_stands() -> None:
    for text in seeds():
        draft = draft_of(read_wire(text))

        assert draft.printed() == text


def test_every_field_is_found_in_the_mutants(report: Report) -> None:
    scores = {kind: score.f1 for kind, score in report.fields.items()}

    assert {kind: score for kind, score in scores.items() if score < 0.99} == {}


def test_a_wrong_field_is_marked_unsure(report: Report) -> None:
    silent = sum(score.silent for score in report.fields.values())

    assert silent <= 2


def test_every_mutant_is_written_back_as_it_stood() -> None:
    for text, _, name in mutants(seeds(), COUNT // 4, SEED + 1):
        assert write_wire(read_wire(text)) == text, name


def test_the_same_seed_makes_the_same_mutants() -> None:
    first, second = (list(mutants(seeds(), 20, SEED)) for _ in range(2))

    assert first == second


def test_what_is_plain_is_not_marked_unsure() -> None:
    plain = {
        "other heading",
        "quotes",
        "date",
        "blank lines",
        "crlf",
        "final newline",
        "heading case",
        "age case",
    }
    for text, expected, name in mutants(seeds(), COUNT, SEED + 2):
        item = read_wire(text)
        if {*name.split(" + ")} <= plain and item.headline is not None:
            assert item_fields(item)["body"] == expected["body"]
            assert item.unsure == (), name


def test_the_full_run_prints_a_line_for_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "40", "--wrong", "3"]) == 0

    printed = capsys.readouterr().out
    assert "dateline.places" in printed
    assert "40 texts" in printed
