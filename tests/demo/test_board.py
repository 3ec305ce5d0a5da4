import io

import pytest
from rich.console import Console

from monitor.demo.board import Board, Health, Line, shown_on, where, why_not
from monitor.model import Span, Verdict
from tests.demo.moment import NOW

ALERT = Line(NOW, "alert", "persdienst", "Xi in Moskou [1]", "signature right")
NO = Line(NOW, "no", "omroep", "Storm", "lacks Xi")


def shown(lines, *, terminal):
    stream = io.StringIO()
    board = Board("demo", [Health("persdienst", 7, 3, 2, None), Health("kustpost", 2, 0, 0, "Connection refused")])
    console = Console(file=stream, force_terminal=terminal, width=140)
    with shown_on(console, board) as refresh:
        board.add(lines)
        refresh(lines)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (
            Verdict("all", holds=False, clauses=(Verdict("Xi", holds=True), Verdict("place: Moskou", holds=False))),
            "has Xi, lacks place: Moskou",
        ),
        (Verdict("Xi", holds=False), "lacks Xi"),
    ],
)
def test_why_not_names_what_is_there_and_what_is_not(verdict, told):
    assert why_not(verdict) == told


def test_evidence_is_told_once_with_where_it_stands_first():
    spans = [Span("headline", 0, 2, "Xi"), Span("body.0", 4, 6, "Xi"), Span("dateline", 0, 6, "MOSKOU")]

    assert where(spans) == "Xi in headline, MOSKOU in dateline"


def test_in_a_pipe_every_line_stands_for_itself():
    lines = shown([ALERT, NO], terminal=False).splitlines()

    assert lines == [
        "demo",
        "10:00:00  alert  persdienst  Xi in Moskou [1]  [signature right]",
        "10:00:00  no     omroep      Storm  [lacks Xi]",
        "9 polls, 3 of them 304 · 1 items judged: 1 did not match, 0 held back, 0 fired · 1 alerts received",
    ]


def test_where_nothing_happens_nothing_is_said():
    assert len(shown([], terminal=False).splitlines()) == 2


def test_a_terminal_shows_how_the_outlets_are():
    screen = shown([ALERT], terminal=True)

    assert "Connection refused" in screen
    assert "Xi in Moskou [1]" in screen
