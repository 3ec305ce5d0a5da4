"""Regular expressions of RE2: where they match, in code points."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.patterns import LARGEST, MOST_PLACES, compiled, fault_of_pattern, find_pattern

BOTH = ["[Xx]i", "é+", "习.", "a|b", "🚀", "[^a]b", "(a+)(b?)"]


@given(st.text("aXxié习🚀b ", max_size=40), st.sampled_from(BOTH))
def test_places_are_those_of_python_where_both_read_a_pattern_alike(text, pattern):
    expected = [match.span() for match in re.finditer(pattern, text)]

    assert list(find_pattern(pattern, text.encode())) == expected


def test_no_more_places_are_told_than_anybody_looks_at():
    assert len(list(find_pattern("a", b"a" * 5000))) == MOST_PLACES


def test_places_without_a_character_are_none():
    assert list(find_pattern("a*", b"b aa b")) == [(2, 4)]


@pytest.mark.parametrize(
    "pattern", [r"(\pL+ ){4}z", r"(?i)sancti(e|on)s?", r"\p{Greek}+", r"(?<name>a)", r"\d{1,3}%", "^Xi$"]
)
def test_what_people_write_is_small_enough(pattern):
    assert fault_of_pattern(pattern) is None
    assert compiled(pattern).programsize <= LARGEST
