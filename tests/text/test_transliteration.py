"""Cyrillic names in Latin letters, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.transliteration import (
    MOST_SPELLINGS,
    cyrillic,
    greek_consonants,
    in_ukrainian,
    latin_consonants,
    romanised,
)

SPELLED = [
    ("Лукашенко", "loekasjenko lukashenko lukaschenko loukachenko lukaszenko lukasjenko lukasenko"),
    ("Путин", "poetin putin poutine"),
    ("Навальный", "navalny navalni nawalny navalnyj"),
    ("Горбачёв", "gorbatsjov gorbachev gorbatschow gorbatchev gorbachov gorbaczow gorbacev"),
    ("Жириновский", "zjirinovski zhirinovsky schirinowski jirinovski zyrinowski zirinovskij"),
    ("Солженицын", "solzjenitsyn solzhenitsyn solschenizyn soljenitsyne solzenicyn"),
    ("Хрущёв", "chroesjtsjov khrushchev chruschtschow khrouchtchev chruszczow"),
    ("Єрмак", "jermak yermak"),
    ("Зеленський", "zelensky zelenskyi"),
    ("Юрий", "joeri yuri iouri"),
]

READ = [
    ("Loekasjenko", "лукашенко"),
    ("Lukashenko", "лукашенко"),
    ("Loukachenko", "лукашенко"),
    ("Navalny", "навальный"),
    ("Nemtsov", "немцов"),
    ("Prigozjin", "пригожин"),
    ("Chodorkovski", "ходорковский"),
    ("Politkovskaja", "политковская"),
    ("Politkovskaja", "політковська"),
    ("Tymosjenko", "тимошенко"),
    ("Skripal", "скрипаль"),
]

GREEK = [("Φρίντριχ", "Friedrich"), ("Βλαντίμιρ", "Vladimir"), ("Ντόναλντ", "Donald"), ("Κυριάκου", "Kyriakos")]

UKRAINIAN = [
    ("навальная", "навальна"),
    ("гиркин", "гіркін"),
    ("навальный", "навальний"),
    ("зеленский", "зеленський"),
    ("жилин", "жилін"),
]


@pytest.mark.parametrize(("word", "spelled"), SPELLED)
def test_a_name_is_spelled_as_the_papers_of_each_language_do(word, spelled):
    assert set(spelled.split()) <= set(romanised(word))


@pytest.mark.parametrize(("word", "read"), READ)
def test_a_spelling_is_read_back(word, read):
    assert read in cyrillic(word)


@pytest.mark.parametrize(("russian", "ukrainian"), UKRAINIAN)
def test_a_russian_surname_is_written_in_ukrainian(russian, ukrainian):
    assert in_ukrainian(russian) == ukrainian


@pytest.mark.parametrize("word", ["", "習近平", "Naval'ny", "Wang Yi", "42"])
def test_what_is_no_latin_word_has_no_readings(word):
    assert cyrillic(word) == ()


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ", min_size=1, max_size=12))
def test_spellings_are_folded_latin_and_bounded(word):
    spelled = romanised(word)

    assert all(one.isascii() for one in spelled)
    assert len(spelled) <= 2 * 8 * MOST_SPELLINGS


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=40))
def test_readings_are_cyrillic_and_bounded(word):
    readings = cyrillic(word)

    assert all("а" <= letter <= "ґ" for one in readings for letter in one)
    assert len(readings) <= MOST_SPELLINGS


@pytest.mark.parametrize(("greek", "latin"), GREEK)
def test_a_greek_name_sounds_like_the_latin_one(greek, latin):
    assert latin_consonants(latin) in greek_consonants(greek)


def test_another_greek_name_does_not():
    assert latin_consonants("Donald") not in greek_consonants("Μελάνια")


@given(st.text(max_size=40))
def test_any_text_has_few_greek_readings(text):
    assert len(greek_consonants(text)) <= 2 * MOST_SPELLINGS
