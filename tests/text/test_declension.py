"""The cases of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.declension import cases, polish_cases, with_prefixes

CASES = [
    ("Путин", "Путина Путину Путиным Путине"),
    ("Зеленский", "Зеленского Зеленскому Зеленским"),
    ("Зеленський", "Зеленського Зеленському Зеленським"),
    ("Меркель", "Меркеля Меркелем"),
    ("Москва", "Москвы Москве Москву Москвой Москви"),
    ("Россия", "России Россию Россией"),
    ("Київ", "Києва Києві Києву"),
    ("Харків", "Харкова Харкові"),
    ("Афины", "Афин Афинах Афинам"),
    ("Порошенко", "Порошенка Порошенку"),
    ("Нью-Йорк", "Нью-Йорка Нью-Йорке"),
    ("Тихановская", "Тихановской Тихановскую"),
    ("Домодедово", "Домодедова Домодедове"),
    ("Запорожье", "Запорожья Запорожью Запорожьем"),
    ("Μητσοτάκης", "Μητσοτάκη"),
    ("Γιώργος", "Γιώργου Γιώργο"),
]

POLISH = [
    ("Macron", "Macrona Macronowi Macronem"),
    ("Łukaszenka", "Łukaszenki Łukaszence Łukaszenkę Łukaszenką"),
    ("Zełenski", "Zełenskiego Zełenskim"),
    ("Moskwa", "Moskwy Moskwie Moskwę"),
    ("Praga", "Pragi Pradze"),
    ("Niemcy", "Niemiec Niemczech"),
    ("Wilno", "Wilna Wilnie"),
    ("Kosowo", "Kosowa Kosowie"),
    ("Niger", "Nigru Nigrze"),
    ("Pedro", "Pedra Pedrem"),
    ("Kagame", "Kagamego"),
    ("Zaporoże", "Zaporoża Zaporożu"),
    ("Wrocław", "Wrocławia Wrocławiu"),
    ("Katowice", "Katowic Katowicach"),
    ("Nowy Jork", "Nowym_Jorku Nowego_Jorku"),
    ("Korea Północna", "Korei_Północnej Koreę_Północną"),
]


@pytest.mark.parametrize(("name", "expected"), CASES)
def test_russian_ukrainian_and_greek_decline_names(name, expected):
    assert set(expected.split()) <= set(cases(name))


@pytest.mark.parametrize(("name", "expected"), POLISH)
def test_polish_declines_names(name, expected):
    assert {one.replace("_", " ") for one in expected.split()} <= set(polish_cases(name))


@pytest.mark.parametrize("name", ["", "Putin", "Баку", "Тбилиси", "Xi Jinping"])
def test_what_has_no_cases_has_none(name):
    assert cases(name) == ()


def test_arabic_and_hebrew_write_prepositions_onto_a_name():
    assert "بموسكو" in with_prefixes("موسكو")
    assert "للقاهرة" in with_prefixes("القاهرة")
    assert "במוסקבה" in with_prefixes("מוסקבה")
    assert with_prefixes("Moskou") == ()


@given(st.text(max_size=20))
def test_any_text_may_be_declined(text):
    assert text not in cases(text)
    assert text not in polish_cases(text)
