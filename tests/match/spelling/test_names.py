"""What names expand to, and how well they are found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.clauses.naming import Name, Place
from monitor.match.clauses.terms import cut_term
from monitor.match.spelling.names import expand_list, expand_name, shipped
from monitor.match.spelling.people import find_known, known, shipped_lists
from monitor.match.spelling.spelled import Asked
from monitor.text.words import words
from tests.match.spelling.names import entities, found_in, score

KNOWN = [
    ("Xi Jinping", "习近平 習近平 Си_Цзиньпин Xi_Jin-ping"),
    ("习近平", "Xi_Jinping Си_Цзиньпин"),
    ("Vladimir Poetin", "Путин Путина Putin Poutine Poetin 普京"),
    ("Poutine", "Путин Putin Poetin"),
    ("Loekasjenko", "Lukashenko Лукашенко Lukaschenko Loukachenko Łukaszenki"),
    ("WHO", "World_Health_Organization Wereldgezondheidsorganisatie ВОЗ WHO"),
]

BY_RULE = [
    ("Boris Nemtsov", "Nemzow Немцов Немцова Nemtsov Niemcow"),
    ("Rinat Achmetov", "Akhmetov Ахметов Ахметова Achmetow"),
    ("Anna Politkovskaja", "Politkovskaya Политковская Политковской Politkovskaia Politkowska"),
    ("Liu Xiaobo", "Liu_Xiao-Bo Лю_Сяобо"),
    ("Defne Aksener", "Аксенер"),
    ("Tamerlan Maxudov", "Максудов"),
    ("Lilia Kovalnaja", "Kowalna Ковальна"),
]

DECLINED = [
    ("Rosatom", "Rosatomem Rosatomu"),
    ("Interfax", "Interfaxem"),
    ("Mao Zedong", "Mao_Zedonga"),
    ("Wagner", "Группы_Вагнера Группой_Вагнера Grupy_Wagnera"),
    ("Europese Commissie", "Європейської_комісії Komisji_Europejskiej"),
    ("Wereldbank", "Всемирному_банку"),
    ("Amnesty International", "Міжнародній_амністії"),
]

NOBODY = ["", " ", "Bank van Lening te Amsterdam Noord", "x", "42", "…", "bank"]

ENOUGH = [("tuning", 0.95, 0.99), ("test", 0.95, 0.99), ("fresh", 0.86, 0.98)]
"""The least recall and precision; NAMES.md tells what was measured."""


@pytest.mark.parametrize(("name", "expected"), KNOWN)
def test_the_known_are_found_under_their_names_whichever_the_rule_says(name, expected):
    spelled = expand_name(name).spellings()

    assert {one.replace("_", " ") for one in expected.split()} <= set(spelled)


@pytest.mark.parametrize(("name", "expected"), BY_RULE)
def test_anybody_else_is_spelled_by_rule(name, expected):
    spelled = expand_name(name).spellings()

    assert {one.replace("_", " ") for one in expected.split()} <= set(spelled)


@pytest.mark.parametrize(("name", "expected"), DECLINED)
def test_the_known_are_declined_each_word_that_agrees_with_the_noun(name, expected):
    spelled = expand_name(name).spellings()

    assert {one.replace("_", " ") for one in expected.split()} <= set(spelled)


def test_an_abbreviation_in_latin_letters_is_not_declined():
    assert not {"NATOa", "NATOem", "NATOu"} & set(expand_name("NAVO").spellings())


@pytest.mark.parametrize("name", NOBODY)
def test_what_is_nobody_is_found_as_it_is_written(name):
    assert set(expand_name(name).spellings()) <= {name}


@given(st.text(max_size=30))
def test_any_text_may_be_expanded(name):
    assert len(expand_name(name).spellings()) < 3000


def test_a_surname_alone_tells_if_the_rule_says_so():
    assert not expand_name("Boris Nemtsov").alone
    assert shipped(Asked("name", "Boris Nemtsov", more=("surname",))).alone


@pytest.mark.parametrize("name", shipped_lists())
def test_every_member_of_a_shipped_list_is_known(name):
    members = expand_list(name).members

    assert members
    assert all(find_known(member) for member in members)


def test_an_unknown_list_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"there is no list `heads`; besides .* heads-of-state"):
        expand_list("heads")


@pytest.mark.parametrize("one", known(), ids=lambda one: one.title)
def test_whoever_is_known_is_found_by_the_title(one):
    found = find_known(one.title)

    assert found is one


def test_nobody_without_a_surname_of_their_own_is_found_by_a_single_word_that_others_are_called_by():
    bare = [form for one in known() if one.kind == "E" for form in one.forms if re.fullmatch(r"[A-Za-zА-Яа-я]+", form)]

    assert bare == []


@pytest.mark.parametrize("half", ["tuning", "test", "fresh"])
def test_exact_strings_find_few_of_the_names(half):
    assert score(half, exact=True).recall <= 0.6


@pytest.mark.parametrize(("half", "recall", "precision"), ENOUGH)
def test_names_are_found_in_any_spelling_and_others_are_not(half, recall, precision):
    found = score(half)

    assert found.recall >= recall
    assert found.precision >= precision


def test_two_hundred_names_are_asked_for_each_in_six_sentences_or_more():
    everybody = [*entities("tuning"), *entities("test")]

    assert len(everybody) >= 200
    assert min(len(entity.mentions) for entity in everybody) >= 6


def test_what_is_found_has_one_of_the_keys():
    for entity in (*entities("tuning"), *entities("test"), *entities("fresh")):
        clause = entity.clause()
        assert isinstance(clause, Name | Place)
        for said in entity.mentions:
            if found_in(clause, said):
                assert clause.keys() & {word.folded for word in words(said[1])}, (entity.name, said)


def test_keys_are_folded_words():
    keys = expand_name("Xi Jinping").needed

    assert all(cut_term(key).folded == (key,) for key in keys)
