"""Rules written as YAML: they read back as they were, and no text becomes a number."""

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.match.written.writing import Plain, as_value
from monitor.rules.importing.rules_yaml import write_rules
from monitor.yaml12 import Null, read_yaml
from tests.match.reading import compiled
from tests.match.written.test_writing import CONDITIONS, LISTS
from tests.rules.test_importing import rules_of

MISREAD = ["no", "on", "null", "~", "true", "TRUE", "1e3", "0o14", "0x1F", "012", "-1", "+.5", ".inf", ".NaN", "12:30"]
TEXTS = st.sampled_from(
    [*MISREAD, "", "- a", "a: b", "a #b", "@a", "*a", "&a", "!a", "%a", "'", '"', "a\nb", " a ", "[a]"]
)
TEXTS |= st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(st.sampled_from(["all", "any", "in", "near", "url"]), inner, min_size=1, max_size=3)
    ),
    max_leaves=20,
)


def written(value):
    return write_rules([{"id": "r", "all": value}], "Imported.")


def texts(value):
    """Yield the texts in a value."""
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


@settings(deadline=None)
@given(VALUES)
def test_what_is_written_reads_back(value):
    read = read_yaml("rules.yaml", written(value))

    assert read == {"rules": [{"id": "r", "all": value}]}
    assert not [text for text in texts(read) if isinstance(text, Null)]


@settings(deadline=None)
@given(CONDITIONS)
def test_every_rule_reads_back_from_its_yaml_as_the_same_tree(condition):
    clause = compiled(condition, **LISTS)
    (rule,) = rules_of(written(as_value(clause)))

    assert compiled(rule["all"], **LISTS) == clause


@pytest.mark.parametrize("text", MISREAD)
def test_a_text_that_yaml_would_misread_is_quoted(text):
    assert re.search(rf"all: ['\"]{re.escape(text)}['\"]$", written(text), re.MULTILINE)


@pytest.mark.parametrize("text", ["Xi", "Wang Yi", "习近平", "l'épidémie", "sanctie", "b?y"])
def test_a_plain_text_is_not_quoted_without_need(text):
    assert written([text]).splitlines()[-1].strip() in {f"all: [{text}]", f"all: ['{text}']"}
    assert yaml.safe_load(written([text]))["rules"][0]["all"] == [text]


def test_numbers_and_truths_that_are_no_texts_are_plain():
    value = {"near": ["Xi", "8"], "within": Plain(8), "ordered": Plain("true")}

    assert "all: {near: [Xi, '8'], within: 8, ordered: true}" in written(value)


def test_short_lists_stand_in_one_line_and_long_ones_in_several():
    short, long = ["Xi", "Wang"], [f"een langere term {number}" for number in range(9)]

    assert "all: [Xi, Wang]\n" in written(short)
    assert "    all:\n      - een langere term 0\n" in written(long)
    assert max(map(len, written([short, {"any": long}]).splitlines())) <= 120


def test_a_rule_looks_like_those_of_the_shipped_configuration():
    condition = {"all": ["Xi", {"place": "Moskou"}], "none": [{"any": ["oefening", "herdenking"], "in": "headline"}]}
    value: Any = as_value(compiled(condition))

    assert write_rules([{"id": "xi", "title": "Xi in Moskou", **value}], "Imported from nowhere.") == (
        "# Imported from nowhere.\n"
        "rules:\n"
        "  - id: xi\n"
        "    title: Xi in Moskou\n"
        "    all: [Xi, {place: Moskou}]\n"
        "    none: [{any: [oefening, herdenking], in: headline}]\n"
    )
