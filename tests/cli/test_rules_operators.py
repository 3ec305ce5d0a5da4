"""`monitor rules operators` tells what rules can say."""

import pytest

from monitor.match.written.language import PAGES
from tests.cli.running import records
from tests.cli.running import run as run_program


def run(*arguments):
    return run_program("rules", "operators", *arguments)


def test_all_that_rules_can_say_is_a_line_each():
    lines = run().stdout.splitlines()

    assert len(lines) == len(PAGES) + 1
    assert next(line for line in lines if line.startswith("{near:")).rstrip().endswith(PAGES["near"].short)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "near",
            ["{near: [Xi, [Moskou, Kremlin]], within: 8, ordered: true}", "neighbours are 1 apart", "Must be said."],
        ),
        ("edits", ["fuzzy", "{fuzzy: Jinping, edits: 1}"]),
        ("with", ["place", "name", "demonym"]),
        ("a wildcard", ["sanctie*"]),
        ("re", [r"\pL"]),
    ],
)
def test_a_page_tells_all_of_one_key(name, said):
    page = run(name).stdout

    assert all(part in page for part in said)


def test_tools_read_it_as_json():
    told = records(run("--json"))

    assert [record["key"] for record in told] == [*PAGES]
    near = next(record for record in told if record["key"] == "near")
    assert near["options"]["within"]["needed"] is True
    assert near["schema"]["maxItems"] == 2


def test_a_name_that_is_not_there_is_told_with_the_one_that_may_be_meant():
    ran = run("neer")

    assert ran.exit_code == 2
    assert "did you mean `near`" in ran.stderr
