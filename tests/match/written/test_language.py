"""The pages of the rule language: one for every key, of which the examples are read."""

import pytest

from monitor.match.operators import OWNERS
from monitor.match.written.language import KEYS, PAGES, TERMS, flow, options
from monitor.match.written.tree import KEYS as READ
from monitor.match.written.tree import Reader
from monitor.yaml12 import read_yaml


def test_there_is_a_page_for_every_key_that_is_read_and_no_other():
    assert {*KEYS, *OWNERS} == {*READ}
    assert {name for name, *_ in options()} == {*OWNERS}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_tells_its_meaning_in_sentences_the_first_of_them_short(name):
    page = PAGES[name]

    assert page.short[0].isupper()
    assert page.meaning.endswith(".") or name == "query"
    assert len(page.short) < 160
    assert all(option.meaning.endswith(".") for option in page.options.values())


def read(line):
    whole = read_yaml("rules.yaml", f"read: {line}")
    assert isinstance(whole, dict)
    return whole["read"]


@pytest.mark.parametrize("name", PAGES)
def test_the_examples_of_a_page_are_read_as_they_are_printed(name):
    reader = Reader({"chinezen": ["Xi"]})

    for example in PAGES[name].examples:
        clause = reader.condition(example)
        assert clause is not None, reader.faults
        assert reader.condition(read(flow(example))) == clause
        assert name in TERMS or name in read(flow(example))


WRITTEN = [
    ("Wang Yi", "Wang Yi"),
    ("b?y", "b?y"),
    ("*.gov", "'*.gov'"),
    (">=2", "'>=2'"),
    ("it's: so", "'it''s: so'"),
    ({"a": [1, True, "x"]}, "{a: [1, true, x]}"),
    ("12:30", "12:30"),
    ("a, b", "'a, b'"),
]


@pytest.mark.parametrize(("value", "expected"), WRITTEN)
def test_a_condition_is_written_in_one_line_of_yaml(value, expected):
    assert flow(value) == expected
    assert read(flow(value)) == (value if isinstance(value, str) else {"a": ["1", "true", "x"]})
