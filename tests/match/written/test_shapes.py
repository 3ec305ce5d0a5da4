"""The forms of values: what is read of them, beyond what the faults of whole conditions show (test_tree)."""

from datetime import timedelta

import pytest

from monitor.match.clauses.stories import Bound
from monitor.match.written.shapes import (
    ADDRESSES,
    FLAG,
    SIDES,
    STORY,
    TEXT,
    WILD_TERMS,
    WITHIN,
    WORDINGS,
    Part,
    chosen_of,
    parts_of,
)

READ = [
    (TEXT, "Wat nu?", "Wat nu?"),
    (WILD_TERMS, ["Sm*", "Noor Smit"], ("Sm*", "Noor Smit")),
    (WITHIN, "8", 8),
    (WITHIN, 8, 8),
    (FLAG, "true", True),
    (FLAG, "false", False),
    (FLAG, True, True),
    (FLAG, False, False),
    (chosen_of(("a", "b")), ["b", "a"], ("b", "a")),
    (chosen_of(("a", "b")), "a", ("a",)),
    (ADDRESSES, "https://nos.nl/artikel", ("https://nos.nl/artikel",)),
    (ADDRESSES, ["*.gov/*", "*xi*", "nl", "münchen.de"], ("*.gov/*", "*xi*", "nl", "münchen.de")),
    (STORY, {"agencies": ">= 2", "within": "1d"}, {"agencies": Bound(">=", 2), "within": timedelta(days=1)}),
    (STORY, {"items": 3, "publishers": "<10"}, {"items": Bound("=", 3), "publishers": Bound("<", 10)}),
    (WORDINGS, "Xi", (Part((), "Xi"),)),
    (WORDINGS, ["Xi", {"stem": "a"}], (Part((0,), "Xi"), Part((1,), {"stem": "a"}))),
    (SIDES, ["Xi", ["a", "b"]], ((Part((0,), "Xi"),), (Part((1, 0), "a"), Part((1, 1), "b")))),
]

REFUSED = [
    (WITHIN, "08.5"),
    (WITHIN, "٨"),
    (WITHIN, True),
    (WITHIN, "9" * 5000),
    (WITHIN, None),
    (FLAG, "yes"),
    (FLAG, 1),
    (FLAG, 0),
    (FLAG, None),
    (ADDRESSES, "*"),
    (ADDRESSES, "*.*/*"),
    (ADDRESSES, "/artikel"),
    (ADDRESSES, "https://"),
    (STORY, {"items": "٢"}),
    (STORY, {"items": "> = 2"}),
    (STORY, {"items": 2.5}),
    (STORY, {"items": None}),
    (SIDES, ["Xi", "a", "b"]),
    (SIDES, {"Xi": "a"}),
    (WORDINGS, [["Xi"]]),
]


@pytest.mark.parametrize(("shape", "value", "expected"), READ)
def test_a_value_is_read(shape, value, expected):
    assert shape.read(value) == expected


@pytest.mark.parametrize(("shape", "value"), REFUSED)
def test_another_value_is_refused_with_what_is_wanted(shape, value):
    with pytest.raises(ValueError, match=r"wants|never holds"):
        shape.read(value)


def test_the_parts_of_a_value_are_read_in_their_places():
    value = SIDES.read(["a", ["b", {"stem": "c"}]])

    assert parts_of(value, lambda part: (part.path, part.value)) == (
        (((0,), "a"),),
        (((1, 0), "b"), ((1, 1), {"stem": "c"})),
    )
