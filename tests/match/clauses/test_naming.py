"""Where names stand: places, people and organisations, and what only looks like them."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.clauses.naming import Listed, Name, Place, read_name, read_place, read_shipped
from monitor.match.spelling.spelled import Asked, Expansion
from monitor.match.view import Text
from tests.match.reading import article, compiled, found, judged

FOUND = [
    ({"place": "Moskou"}, "Тысячи людей вышли в Москве.", ["Москве"]),
    ({"place": "Moskou"}, "وصل بموسكو أمس", ["بموسكو"]),
    ({"place": "Nieuw-Zeeland"}, "In Nieuw-Zeeland is het stil.", ["Nieuw-Zeeland"]),
    ({"place": "Paris", "country": "US"}, "A storm hit Paris, Texas, on Sunday.", ["Paris"]),
    ({"place": "Georgia", "country": "Verenigde Staten"}, "Voters in Atlanta, Georgia, queued.", ["Georgia"]),
    ({"place": "Georgië"}, "Protesters in Georgia met in Tbilisi.", ["Georgia"]),
    ({"place": "Rusland", "with": "demonym"}, "De Russische minister en drie Russen.", ["Russische", "Russen"]),
    ({"place": "Rusland", "with": "demonym"}, "Die russische Armee; l'armée russe.", ["russische", "russe"]),
    ({"place": "Oekraïne", "with": "capital"}, "Er viel regen in Kyiv.", ["Kyiv"]),
    ({"place": "Iran", "with": "cities"}, "Protest in Isfahan.", ["Isfahan"]),
    ({"name": "Xi Jinping"}, "习近平周二抵达。", ["习近平"]),
    ({"name": "Xi Jinping"}, "Xi Jingping sprak.", ["Xi Jingping"]),
    ({"name": "Poetin"}, "Слова Владимира Путина.", ["Владимира Путина"]),
    ({"name": "Poetin"}, "Volgens Poetin is dat zo.", ["Poetin"]),
    ({"name": "Volodymyr Zelensky"}, "Zelensky, Volodymyr (president)", ["Zelensky, Volodymyr"]),
    ({"name": "Donald Trump"}, "Donald J. Trump won.", ["Donald J. Trump"]),
    ({"name": "Donald Trump"}, "Trump, Donald Tusk and others.", ["Trump"]),
    ({"name": "Emmanuel Macron"}, "Selon M. Macron, non.", ["Macron"]),
    ({"name": "Loekasjenko"}, "Rozmowa z Łukaszenką.", ["Łukaszenką"]),
    ({"name": "Viktor Orbán"}, "Orbán Viktor nem nyilatkozott.", ["Orbán Viktor"]),
    ({"name": "Aleksej Navalny"}, "Alexei Navalny died. Navalny was 47.", ["Alexei Navalny", "Navalny"]),
    ({"name": "Aleksej Navalny"}, "Alexei Nvalny died.", ["Alexei Nvalny"]),
    ({"name": "WHO"}, "The WHO said so.", ["WHO"]),
    ({"name": "WHO"}, "По данным ВОЗ, это так.", ["ВОЗ"]),
    ({"list": "heads-of-state"}, "Macron ontving Poetin.", ["Macron", "Poetin"]),
    ({"name": "Poetin"}, "У Путина вчера был гость.", ["Путина"]),
    ({"name": "Donald Tusk"}, "O Tusku mówi cały Sejm.", ["Tusku"]),
    ({"name": "Giorgia Meloni"}, "A Meloni piace il mare.", ["Meloni"]),
    ({"name": "Emmanuel Macron"}, "Χθες ο Εμανουέλ Μακρόν έφυγε.", ["Μακρόν"]),
    ({"name": "Kyriakos Mitsotakis"}, "Η απάντηση του Μητσοτάκη ήρθε αργά.", ["Μητσοτάκη"]),
    ({"name": "Taliban"}, "Боевики талибов отступили.", ["талибов"]),
    ({"name": "Sanae Takaichi"}, "De reis van Takaichi naar Delft.", ["Takaichi"]),
    ({"name": "Hamas"}, "Rozmowy z Hamasem trwają.", ["Hamasem"]),
    ({"place": "Krakau"}, "Pociąg stanął w Krakowie.", ["Krakowie"]),
    ({"place": "Łódź"}, "Tramwaje w Łodzi stoją.", ["Łodzi"]),
    ({"place": "Wrocław"}, "Most we Wrocławiu zamknięto.", ["Wrocławiu"]),
    ({"place": "Bukavu"}, "De weg naar Bukavu is dicht.", ["Bukavu"]),
    ({"place": "Koroptsjino"}, "Shells fell on Koropchino.", ["Koropchino"]),
    ({"place": "Koroptsjino"}, "Обстрел Коропчина продолжается.", ["Коропчина"]),
    ({"place": "Bila Rosjtsja"}, "Der Ort Bila Roschtscha ist leer.", ["Bila Roschtscha"]),
    ({"place": "Beijing"}, "他昨天到北京。", ["北京"]),
    ({"place": "Khartoem"}, "هدوء في الخرطوم", ["الخرطوم"]),
]

NOT_FOUND = [
    ({"place": "Nice"}, "It was a nice day."),
    ({"place": "Guinee"}, "In Guinea-Bissau is het stil."),
    ({"place": "Soedan"}, "South Sudan is at peace."),
    ({"place": "Rusland"}, "In Wit-Rusland is het stil."),
    ({"place": "Parijs"}, "Paris Hilton attended."),
    ({"place": "Parijs"}, "A storm hit Paris, Texas, on Sunday."),
    ({"place": "Londen"}, "Jack London wrote it."),
    ({"place": "Georgië"}, "Voters in Atlanta, Georgia, queued."),
    ({"place": "Paris", "country": "US"}, "Macron spoke in Paris."),
    ({"place": "Rusland", "with": "demonym"}, "De Pruisische koning."),
    ({"name": "Xi Jinping"}, "Xi'an ligt in China; Pius XI was paus."),
    ({"name": "Xi Jinping"}, "Xi sprak."),
    ({"name": "Donald Trump"}, "Melania Trump sprak."),
    ({"name": "Donald Trump"}, "Spades are trump."),
    ({"name": "Donald Trump"}, "Trump Tower is in New York."),
    ({"name": "Kim Jong-un"}, "Kim Jong-il is dood."),
    ({"name": "George W. Bush"}, "George H. W. Bush was his father."),
    ({"name": "Aleksej Navalny"}, "Navalny sprak."),
    ({"name": "Garri Kasparov"}, "Gari Kasparova sprak."),
    ({"name": "WHO"}, "The man who won."),
    ({"name": "Witte Huis"}, "He lives in a white house."),
    ({"list": "heads-of-state"}, "Melania Trump was er ook."),
    ({"name": "Donald Trump"}, "E. Trump spoke."),
    ({"name": "Donald Trump"}, "They met E Trump there."),
    ({"name": "Emmanuel Macron"}, "Χθες η Μπριζίτ Μακρόν έφυγε."),
    ({"name": "Sanae Takaichi"}, "Takaichi Kobayashi paints."),
    ({"name": "Angela Merkel"}, "Irene Kasner, née Merkel, is dood."),
    ({"name": "Angela Merkel"}, "Irene Kasner, geb. Merkel, ist tot."),
    ({"name": "Huawei"}, "中华为什么重要"),
    ({"name": "Gazprom"}, "Акции «Газпром нефти» выросли."),
    ({"name": "Hezbollah"}, "Kataib Hezbollah denied it."),
    ({"place": "Beijing"}, "西北京剧节开幕"),
    ({"place": "Khartoem"}, "خرطوم الحديقة طويل"),
    ({"place": "Seoul"}, "Soul and jazz all night."),
    ({"place": "Kyiv"}, "Dynamo Kyiv lost."),
    ({"place": "Vilnius"}, "Rzeźby robi Jan Wilno."),
    ({"place": "Moer"}, "Mur runął wczoraj."),
    ({"place": "Xyzzya"}, "North Xyzzya is quiet."),
]

REFUSED = [
    ({"place": "Moskou", "country": "Xyzzy"}, "there is no country `Xyzzy`"),
    ({"place": "Moskou", "country": "CN"}, "`Moskou` is no place in CN"),
    ({"place": "Moskou", "with": ["demonym"]}, "`Moskou` is no country"),
    ({"place": "Xyzzy", "with": ["capital"]}, "`Xyzzy` is no country"),
]


@pytest.mark.parametrize(("rule", "text", "expected"), FOUND)
def test_a_name_is_found_in_any_spelling(rule, text, expected):
    assert found(rule, text) == expected


@pytest.mark.parametrize(("rule", "text"), NOT_FOUND)
def test_what_only_looks_like_a_name_is_not_found(rule, text):
    assert found(rule, text) == []


@pytest.mark.parametrize(("rule", "message"), REFUSED)
def test_what_there_is_none_of_is_refused_with_the_mend(rule, message):
    options = {"country": rule.get("country", ""), "with": tuple(rule.get("with", ()))}

    with pytest.raises(ValueError, match=message):
        read_place((rule["place"],), **options)


def test_a_surname_in_the_headline_is_certain_by_the_name_in_the_text():
    item = article("Xi Jinping is in Moskou.", headline="Xi in Moskou")

    assert judged({"name": "Xi Jinping", "in": "headline"}, item).spans[0].text == "Xi"


def test_a_country_in_the_text_makes_the_lesser_namesake_certain():
    item = article("The mayor of Paris resigned.", "Texas has many towns.")

    assert [span.text for span in judged({"place": "Paris", "country": "US"}, item).spans] == ["Paris"]


def test_the_rule_may_say_that_a_surname_tells():
    assert found({"name": "Boris Nemtsov", "with": "surname"}, "Немцов погиб.") == ["Немцов"]


def test_nobody_stands_in_capitals_that_tell_nothing():
    item = article("x", headline="THE MAN WHO WON")

    assert not judged({"name": "WHO", "in": "headline"}, item).matched


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (Place(("Moskou", "Parijs")), "place: Moskou, Parijs"),
        (read_place(("Paris",), country="US"), "place: Paris, country: US"),
        (Name(("Boris Nemtsov",), ("surname",)), "name: Boris Nemtsov, with: [surname]"),
        (Name(("Xi Jinping",)), "name: Xi Jinping"),
        (read_shipped("agencies"), "list: agencies"),
    ],
)
def test_a_clause_is_called_as_it_is_written(clause, said):
    assert str(clause) == said


def test_another_way_of_expanding_is_asked_for_each_name():
    asked = []

    def expand(one):
        asked.append(str(one))
        return Expansion(forms=("Mokum",))

    clause = read_place(("Amsterdam", "Diemen"), expand=expand)

    assert asked == ["place: Amsterdam", "place: Diemen"]
    assert clause.forms == ("Mokum",)


def test_a_clause_without_expansions_has_the_shipped_ones():
    assert Place(("Moskou",)) == read_place(("Moskou",))
    assert Name(("Poetin",)) == read_name(("Poetin",))
    assert Listed("x", ("y",)).forms == ("y",)


@given(st.sampled_from(FOUND))
def test_a_document_with_a_name_has_one_of_its_keys(case):
    rule, text, _ = case
    clause = compiled(rule)

    assert isinstance(clause, Listed | Name | Place)
    assert clause.keys() & Text("body.0", frozenset({"body"}), text).positions.keys()


HOSTILE = [
    ({"name": "Donald Trump"}, "Donald Trump "),
    ({"name": "Donald Trump"}, "Trump Donald, "),
    ({"list": "heads-of-state"}, "Trump "),
    ({"place": "New York"}, "New York Times "),
    ({"same": "sentence", "all": [{"name": "Aleksej Navalny"}]}, "Navalny. "),
    ({"same": "sentence", "all": [{"place": "Paris", "country": "US"}]}, "Paris. "),
]


@pytest.mark.parametrize(("condition", "piece"), HOSTILE)
def test_names_are_found_in_time_in_proportion_to_the_length(condition, piece):
    item = article(piece * (65_536 // len(piece)))
    began = perf_counter()
    judged(condition, item)

    assert perf_counter() - began < 15  # Measured: at most 1.1 s; pairs of names compared each with each took a minute.


def test_what_is_asked_for_reads_as_a_rule():
    assert (
        str(Asked("place", "Paris", "US", ("capital", "demonym")))
        == "place: Paris, country: US, with: [capital, demonym]"
    )
