"""Stems: which forms of a word are one, by language."""

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.fold import fold
from monitor.text.stems import ALGORITHMS, primary, stem

SAME = [
    ("nl", "bezoeken", "bezoekt"),
    ("nl", "SANCTIES", "sanctie"),
    ("en", "sanctions", "sanctioned"),
    ("de", "Häuser", "Haus"),
    ("de", "Straße", "STRASSEN"),
    ("fr", "étés", "été"),
    ("es", "elecciones", "elección"),
    ("ru", "Москве", "Москва"),
    ("pl", "Moskwy", "Moskwa"),
    ("cs", "Moskvy", "Moskva"),
    ("el", "Μόσχας", "Μόσχα"),
    ("tr", "İstanbul", "istanbul"),
    ("sv", "båtarna", "båt"),
    ("nl", "be\u00adzoeken", "bezoek"),
    ("en", "Zelensky\u0301", "Zelenský"),
]


@pytest.mark.parametrize(("language", "one", "other"), SAME)
def test_two_forms_have_one_stem(language, one, other):
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize("language", ["nl", "nl-BE", "nl_BE", "NL"])
def test_a_variety_has_the_stems_of_its_language(language):
    assert stem("bezoeken", language) == "bezoek"


@pytest.mark.parametrize("language", [None, "", "zh", "xx", "nederlands"])
def test_without_an_algorithm_a_word_is_only_folded(language):
    assert stem("Bezóeken", language) == "bezoeken"


def test_every_algorithm_is_there_and_all_of_the_library_are_of_a_language():
    assert {*ALGORITHMS.values()} == {*Stemmer.algorithms()} - {"porter", "dutch_porter"}
    assert all(len(code) == 2 and primary(code) == code for code in ALGORITHMS)


@given(st.text(min_size=1, max_size=20), st.sampled_from([*ALGORITHMS, None]))
def test_a_word_has_a_folded_stem(word, language):
    made = stem(word, language)

    assert made == fold(made)
    assert bool(made) == bool(fold(word)) or made == fold(word)


def test_a_word_of_a_thousand_letters_is_only_folded():
    assert stem("bezoeken" * 200, "nl") == "bezoeken" * 200
