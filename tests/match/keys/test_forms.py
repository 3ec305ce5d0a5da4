"""What a word is a form of is told exactly, whatever is asked for and forgotten meanwhile."""

import re
from fnmatch import translate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from monitor.match.keys.forms import LONGEST, Mistakes, Regexes, Stems, Wildcards
from monitor.text.stems import stem

WORDS = st.text("abcé习", min_size=1, max_size=8)
PATTERNS = st.text("ab*?", min_size=1, max_size=6).filter(lambda word: "*" in word or "?" in word)
ASKED = st.tuples(st.sampled_from("12"), st.text("abc", min_size=3, max_size=8)).map(":".join)


@given(st.sets(PATTERNS, max_size=8), st.text("ab", max_size=6), st.data())
def test_words_with_wildcards_stand_for_what_they_say(patterns, word, data):
    wild = Wildcards()
    for pattern in patterns:
        wild.ask(pattern)
    gone = data.draw(st.sets(st.sampled_from(sorted(patterns)))) if patterns else set()
    for pattern in gone:
        wild.forget(pattern)

    assert sorted(wild.of(word)) == sorted(one for one in patterns - gone if re.match(translate(one), word))


@given(st.sets(ASKED, max_size=8), st.text("abc", min_size=1, max_size=9), st.data())
def test_words_with_mistakes_are_as_near_as_they_may_be(asked, word, data):
    mistakes = Mistakes()
    for one in asked:
        mistakes.ask(one)
    gone = data.draw(st.sets(st.sampled_from(sorted(asked)))) if asked else set()
    for one in gone:
        mistakes.forget(one)

    assert sorted(mistakes.of(word)) == sorted(
        one for one in asked - gone if OSA.distance(one[2:], word) <= int(one[0])
    )


def test_the_longest_word_that_may_have_mistakes_is_found_with_two_letters_more():
    mistakes = Mistakes()
    mistakes.ask(f"2:{'a' * LONGEST}")

    assert list(mistakes.of("a" * (LONGEST + 2))) == [f"2:{'a' * LONGEST}"]


def test_words_of_other_lengths_are_not_taken_apart():
    mistakes = Mistakes()
    mistakes.ask("2:bezoeken")
    mistakes.ask("1:minister")
    mistakes.forget("2:bezoeken")

    assert [length for length in range(60) if mistakes.may_have(length)] == [7, 8, 9]


@pytest.mark.parametrize(
    ("language", "written", "found"),
    [
        ("nl", ["bezoekt"], ["bezoeken"]),
        ("nl-BE", ["bezoek"], ["bezoeken"]),
        ("en", ["bezoekt"], []),
        ("xx", ["BEZOEKEN"], ["bezoeken"]),
        (None, ["bezoeken"], ["bezoeken"]),
        ("fr", ["été"], ["été"]),
    ],
)
def test_stems_are_those_of_the_language(language, written, found):
    stems = Stems()
    stems.ask("bezoeken")
    list(stems.of([], language))
    stems.ask("été")

    assert list(stems.of(written, language)) == found


@given(
    st.lists(st.sampled_from(["bezoeken", "bezoek", "boys", "été"]), unique=True), st.sampled_from(["nl", "en", None])
)
def test_stems_that_were_forgotten_are_not_found(asked, language):
    stems = Stems()
    for word in asked:
        stems.ask(word)
    list(stems.of(["boy"], language))
    for word in asked[::2]:
        stems.forget(word)

    for word in ["bezoekt", "boy", "été"]:
        expected = [one for one in asked[1::2] if stem(one, language) == stem(word, language)]
        assert sorted(stems.of([word], language)) == sorted(expected)


def test_expressions_are_found_in_any_text():
    regexes = Regexes()
    for pattern in ["Xi", "^Wang", "é+", "[0-9]{3}"]:
        regexes.ask(pattern)

    assert set(regexes.of([b"zag Xi", "Wang één".encode()])) == {"Xi", "^Wang", "é+"}


@pytest.mark.parametrize("forgotten", ["p0", "p70", "p149"])
def test_an_expression_that_was_forgotten_is_not_found_and_others_are(forgotten):
    regexes = Regexes()
    for number in range(150):
        regexes.ask(f"p{number}")
    list(regexes.of([b"-"]))
    regexes.ask("later")
    regexes.forget(forgotten)

    found = set(regexes.of([b" ".join(f"p{number}".encode() for number in range(150)), b"later"]))

    assert found == {*(f"p{number}" for number in range(150)), "later"} - {forgotten}


def test_expressions_that_are_too_large_together_are_searched_for_apart():
    regexes = Regexes(memory=1 << 15)
    for letter in "abcdefghij":
        regexes.ask(f"{letter}x{{60}}y")

    assert set(regexes.of([b"c" + b"x" * 60 + b"y"])) == {"cx{60}y"}


def test_an_expression_that_is_too_large_by_itself_may_be_anywhere():
    regexes = Regexes(memory=1 << 14)
    regexes.ask("a(x|y){500}b")
    regexes.ask("Xi")

    assert set(regexes.of([b"Poetin"])) == {"a(x|y){500}b"}
