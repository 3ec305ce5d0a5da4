"""The words of texts for the index are those of `monitor.text.words`, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.keys.tokens import Tokens
from monitor.text.words import words
from tests.match.generated import SIGNS, WORDS

PIECES = st.sampled_from(
    [*WORDS, *SIGNS, "\u00ad", "\u200d", "\u0301", "\ufe0f", "ʼ", "½", "ß", "İ", "ﬁ", "\x1c", "_", "\u2028"]
)
TEXTS = st.text(max_size=30) | st.lists(PIECES, max_size=12).map("".join)


def folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


@given(TEXTS)
def test_the_words_of_a_text_are_those_that_rules_look_for(text):
    assert Tokens([text]).words == set(folded(text))


@given(st.lists(TEXTS, max_size=4))
def test_the_words_of_several_texts_are_those_of_each(texts):
    assert Tokens(texts).words == {word for text in texts for word in folded(text)}


@given(st.lists(TEXTS, max_size=4))
def test_the_line_has_all_words_in_their_order(texts):
    assert Tokens(texts).line.split() == [word for text in texts for word in folded(text)]


@given(TEXTS)
def test_words_as_written_fold_to_the_words(text):
    written = list(Tokens([text]).as_written())

    assert {word for each in written for word in folded(each)} == set(folded(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xi's bezoek", {"xi", "s", "bezoek"}),
        ("Xi’s bezoek", {"xi", "s", "bezoek"}),
        ("Pius XI in een taxi", {"pius", "xi", "in", "een", "taxi"}),
        ("Zelenský, Straße", {"zelensky", "strasse"}),
        ("习近平", {"习", "近", "平"}),
        ("snake_case", {"snake", "case"}),
        ("half a \ud800 pair", {"half", "a", "pair"}),
        ("", set()),
    ],
)
def test_words_of_a_text(text, expected):
    assert Tokens([text]).words == expected
