"""Words, by table and by property."""

from time import perf_counter

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.fold import fold
from monitor.text.words import ends_sentence, is_within_word, words

CUT = [
    ("", []),
    ("Xi's Xi’s Xiʼs Xi`s Xi´s", ["Xi", "s"] * 5),
    ("Xi-bezoek Xi‑bezoek Xi–Poetin", ["Xi", "bezoek", "Xi", "bezoek", "Xi", "Poetin"]),
    ("Axios, taxi; #Xi @xi_moskou", ["Axios", "taxi", "Xi", "xi", "moskou"]),
    ("be\u00adleid X\u200bi X\u2060i", ["be\u00adleid", "X\u200bi", "X\u2060i"]),
    ("\u200fXi\u200f \u202aXi\u202c \ufeffXi", ["Xi", "Xi", "Xi"]),
    ("O'Neill L’Aquila ’s-Gravenhage", ["O", "Neill", "L", "Aquila", "s", "Gravenhage"]),
    ("Hawaiʻi Baʿath Купʼянськ", ["Hawai", "i", "Ba", "ath", "Куп", "янськ"]),
    ("5G F-35 1.000 20e COVID-19", ["5G", "F", "35", "1", "000", "20e", "COVID", "19"]),
    ("习近平", ["习", "近", "平"]),
    ("Xi习Jinping", ["Xi", "习", "Jinping"]),
    ("プーチン", ["プ", "ー", "チ", "ン"]),
    ("ﾊﾞｲﾃﾞﾝ", ["ﾊﾞ", "ｲ", "ﾃﾞ", "ﾝ"]),
    ("เตียน", ["เ", "ตี", "ย", "น"]),
    ("시진핑", ["시", "진", "핑"]),
    ("\u1109\u1175\u110c\u1175\u11ab", ["\u1109\u1175", "\u110c\u1175\u11ab"]),
    ("राष्ट्रपति मोदी", ["राष्ट्रपति", "मोदी"]),
    ("الرئيس شي، في موسكو", ["الرئيس", "شي", "في", "موسكو"]),
    ("Zelensky\u0301", ["Zelensky\u0301"]),
    ("❤️ 👩\u200d🚀 \u0301", []),
    ("Xi\ufe0f", ["Xi"]),
    ("can't U.S. 3.5 1,000 a_b EU:s naïve", ["can", "t", "U", "S", "3", "5", "1", "000", "a", "b", "EU", "s", "naïve"]),
    ("Noord-Korea-expert oud-president", ["Noord", "Korea", "expert", "oud", "president"]),
    ("\u2160\u2164 Ⅺ x² ½", ["\u2160\u2164", "Ⅺ", "x²", "½"]),
    ("ǅungla Σίσυφος ЁЖ", ["ǅungla", "Σίσυφος", "ЁЖ"]),
    ("Путин🚀Moscow✈", ["Путин", "Moscow"]),
    ("১২৩ १२ ٣", ["১২৩", "१२", "٣"]),
]

ALIKE = "Xi Jinping (习) sprak, Zelenský en Путин: Straße 42 «né» ǅungla שלום العربية हिन्दी Ελλάδα"


ENDS = [
    ". ",
    "! ",
    "? ",
    "…",
    ".",
    ": ",
    "; ",
    '." ',
    ".” ",
    "。",
    "؟ ",
    "। ",
    "\n\n",
    "\n \t\n",
    "\u2029",
    ".) ",
    ".“ ",
    ".— ",
    ".» ",
]
GOES_ON = [" ", ", ", "\n", "\r\n", " - ", "' ", "/", '" ', ".x", ".-", " (", "·", "、", "，"]

HOSTILE = ["a", "\u00ad", "a\u00ad", "á", "\u0301", "\u1100", "习", "가", "a ", "ﾞ", "\ufe0f", "'"]


def cut(text):
    return [text[word.start : word.end] for word in words(text)]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_a_text_is_cut_into_words(text, expected):
    assert cut(text) == expected


def test_the_words_of_unicode_are_words_here():
    found = regex.split(r"\b", ALIKE, flags=regex.WORD | regex.V1)

    assert cut(ALIKE) == [part for part in found if regex.search(r"[\p{L}\p{N}]", part)]


@given(st.text(st.characters(codec=None) | st.sampled_from("ab习ก가ァ'-\u00ad\u0301 \n"), max_size=40))
def test_words_stand_in_order_and_fold_to_their_form(text):
    found = list(words(text))

    marks = [mark for word in found for mark in (word.start, word.end)]
    assert marks == sorted(marks)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(word.folded == fold(text[word.start : word.end]) != "" for word in found)


@given(st.lists(st.text("abcdéß1", min_size=1, max_size=6), min_size=1), st.sampled_from([" ", "-", "’", ", ", "\n"]))
def test_letters_stay_together_and_signs_part_them(parts, sign):
    assert cut(sign.join(parts)) == parts


@given(st.text("abcdéß", min_size=1, max_size=6), st.text("\u00ad\u200b\u200d\u2060\ufe0f", min_size=1))
def test_what_cannot_be_seen_does_not_part_a_word(word, unseen):
    assert [found.folded for found in words(unseen.join(word))] == [fold(word)]


@given(st.text(st.characters(max_codepoint=127)), st.integers(0, 9), st.integers(0, 9))
def test_a_text_of_ascii_is_cut_like_any_other(text, skipped, left):
    end = max(len(text) - left, skipped)

    assert list(words(text)) == list(words(f"{text} é"))[:-1]
    assert list(words(text, skipped, end)) == list(words(f"{text} é", skipped, min(end, len(text))))


@pytest.mark.parametrize("gap", ENDS)
def test_a_gap_ends_a_sentence(gap):
    assert ends_sentence(gap)


@pytest.mark.parametrize("gap", GOES_ON)
def test_a_gap_does_not_end_a_sentence(gap):
    assert not ends_sentence(gap)


def test_korean_syllables_stand_within_a_word():
    assert [is_within_word("해파리 파리", at) for at in range(6)] == [False, True, True, False, False, True]


@pytest.mark.parametrize("piece", HOSTILE)
def test_cutting_takes_time_in_proportion_to_the_length(piece):
    text = piece * (65_536 // len(piece))
    began = perf_counter()
    list(words(text))
    ends_sentence(text)

    assert perf_counter() - began < 5  # Measured: .02 to .2 s; a quadratic pattern takes minutes.
