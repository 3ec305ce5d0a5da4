"""Folding: what is the same when case, accents and compatibility forms do not count."""

import tracemalloc
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.fold import composed, fold, without_invisible

SAME = [
    ("Zelensky", "Zelenský"),
    ("Erdogan", "Erdoğan"),
    ("strasse", "Straße"),
    ("STRASSE", "STRAẞE"),
    ("istanbul", "İSTANBUL"),
    ("Diyarbakir", "Diyarbakır"),
    ("ijmuiden", "ĲMUIDEN"),
    ("Walesa", "Wałęsa"),
    ("Odegard", "Ødegård"),
    ("Aelfred", "Ælfred"),
    ("Thor", "Þór"),
    ("Dokovic", "Đoković"),
    ("Xi", "Ｘｉ"),
    ("fiets", "ﬁets"),
    ("ёлка", "елка"),
    ("Οδυσσεύς", "ΟΔΥΣΣΕΥΣ"),
    ("שלום", "שָׁלוֹם"),
    ("محمد", "مُحَمَّد"),
    ("موسكو", "مـوسـكو"),
    ("أحمد", "احمد"),
    ("バイデン", "ﾊﾞｲﾃﾞﾝ"),
    ("beleid", "be\u00adleid"),
    ("习近平", "习近\ufe00平"),
]

DIFFERENT = [
    ("バ", "ハ"),
    ("क", "क्"),
    ("น้ำ", "นำ"),
    ("Koln", "Koeln"),
    ("oe", "ø"),
]

TEXTS = st.text(st.characters(codec=None) | st.sampled_from("ßİıﬁǅΣςéͅـﹱ가ᄀ\u00ad\u200d"), max_size=12)


@pytest.mark.parametrize(("plain", "written"), SAME)
def test_case_accents_and_forms_do_not_count(plain, written):
    assert fold(written) == fold(plain)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_makes_another_word_counts(one, other):
    assert fold(one) != fold(other)


@given(TEXTS)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_folding_twice_is_folding_once_for_every_character():
    odd = [char for char in map(chr, range(0x110000)) if fold(fold(char)) != fold(char)]

    assert odd == []


@given(TEXTS)
def test_how_a_text_is_composed_does_not_count(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_all_that_unicode_ignores_is_invisible():
    ignored = regex.compile(r"\p{Default_Ignorable_Code_Point}")
    notation = range(0x1BCA0, 0x1D17B)  # Shorthand and music: of no script that a word is written in.
    seen = [hex(code) for code in range(0x110000) if ignored.match(chr(code)) and without_invisible(chr(code))]

    assert [
        code for code in seen if int(code, 16) not in notation and unicodedata.category(chr(int(code, 16))) != "Cn"
    ] == []


def test_what_can_be_seen_stays():
    assert without_invisible("Xi\u00ad-be\u200dzoek, 习近平.") == "Xi-bezoek, 习近平."


def test_a_letter_has_no_more_marks_than_any_language_needs():
    virama, nukta, overlay = "\u094d", "\u093c", "\u0338"

    assert fold("क" + overlay * 90) == "क" + overlay * 30
    assert fold("क" + (virama + nukta) * 90) == fold(fold("क" + (virama + nukta) * 90))
    assert fold("é" + "\u0323" * 90) == "e"
    assert composed("e" + "\u0301\u0323" * 90) == composed("e" + "\u0301\u0323" * 15)


def test_long_texts_are_not_remembered():
    tracemalloc.start()
    for index in range(500):
        fold(f"é{index}" * 5_000)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept < 2_000_000  # Remembered they would be 15 MB and more.
