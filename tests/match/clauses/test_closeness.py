"""Near each other, in the same sentence, how often: by table, and by property."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.clauses.closeness import Count, Near
from monitor.match.clauses.wording import Term
from monitor.match.view import Text
from monitor.model import Dateline, Item, Paragraph, Subhead, Teaser
from tests.match.reading import article, found, judged

NEAR = [
    (["Xi", "Moskou"], 1, "Xi Moskou", ["Xi", "Moskou"]),
    (["Xi", "Moskou"], 1, "Xi in Moskou", []),
    (["Xi", "Moskou"], 2, "Xi in Moskou", ["Xi", "Moskou"]),
    (["Xi", "Moskou"], 2, "Moskou, Xi", ["Moskou", "Xi"]),
    (["Xi", "Moskou"], 2, "Moskou. Xi", ["Moskou", "Xi"]),
    (["Wang Yi", "Moskou"], 1, "Wang Yi Moskou Wang Yi", ["Wang Yi", "Moskou", "Wang Yi"]),
    (["Wang Yi", "Moskou"], 2, "Moskou ziet Wang Yi", ["Moskou", "Wang Yi"]),
    (["Xi", "Xi"], 3, "Xi", []),
    (["Xi", "Xi"], 3, "Xi ziet Xi", ["Xi", "Xi"]),
    (["Xi Jinping", "Xi"], 9, "Xi Jinping komt", []),
    (["Xi Jinping", "Xi"], 9, "Xi Jinping komt, Xi gaat", ["Xi Jinping", "Xi"]),
    (["Xi", ["Moskou", "Kremlin"]], 2, "Xi in het Kremlin, Xi in Moskou", ["Kremlin", "Xi", "Moskou"]),
    (
        [["Xi", "Poetin"], ["Moskou", "Kremlin"]],
        1,
        "Xi Kremlin a b Poetin Moskou",
        ["Xi", "Kremlin", "Poetin", "Moskou"],
    ),
    (["Xi", "Moskou"], 2, "Xi a b c Xi in Moskou", ["Xi", "Moskou"]),
    ([{"stem": "bezoeken"}, "Xi"], 1, "Xi bezoekt Wang", ["Xi", "bezoekt"]),
    ([{"cased": "VS"}, "en"], 1, "vs en VS", ["en", "VS"]),
    (
        [{"list": "putin"}, {"place": "Moskou"}],
        2,
        "Путин в Москве, Poetin in Moscow",
        ["Путин", "Москве", "Poetin", "Moscow"],
    ),
    (["sanct*", {"fuzzy": "Jinping"}], 3, "Jingping wil sancties", ["Jingping", "sancties"]),
    ([{"re": "[0-9]+%"}, "groei"], 2, "een groei van 12% en 3%", ["groei", "12%"]),
    ([{"re": "[.]"}, "Xi"], 9, "Xi komt.", []),
    ([{"re": "omt. D"}, "Xi"], 1, "Xi komt. Daar", ["Xi", "omt. D"]),
    (["习近平", "莫斯科"], 4, "习近平在访问莫斯科", ["习近平", "莫斯科"]),
    (["习近平", "莫斯科"], 3, "习近平在访问莫斯科", []),
]

ORDERED = [
    (["Xi", "Moskou"], 2, "Xi in Moskou", ["Xi", "Moskou"]),
    (["Xi", "Moskou"], 2, "Moskou of Xi", []),
    (["Xi", "Moskou"], 2, "Moskou of Xi in Moskou", ["Xi", "Moskou"]),
    (["a", "b"], 1, "b a b a", ["a", "b"]),
    (["a", "a"], 2, "a b a", ["a", "a"]),
    ([["a", "c"], "b"], 1, "b c b b a", ["c", "b"]),
]

SAME = [
    ({"same": "sentence", "all": ["Xi", "Moskou"]}, "Xi komt in Moskou aan. Wang niet.", ["Xi", "Moskou"]),
    ({"same": "sentence", "all": ["Xi", "Moskou"]}, "Xi komt. Moskou wacht.", None),
    ({"same": "sentence", "all": ["Xi", "Moskou"]}, "Xi komt. Xi ziet Moskou. Moskou wacht.", ["Xi", "Moskou"]),
    ({"same": "sentence", "all": ["Smit", "Xi"]}, "Volgens dr. Smit en J. de Vries komt Xi niet.", ["Smit", "Xi"]),
    ({"same": "paragraph", "all": ["Xi", "Moskou"]}, "Xi komt. Moskou wacht.", ["Xi", "Moskou"]),
    ({"same": "sentence", "all": ["Xi"], "none": ["Biden"]}, "Xi ziet Biden. Xi gaat.", ["Xi"]),
    ({"same": "sentence", "all": ["Xi"], "none": ["Biden"]}, "Xi ziet Biden. Wang gaat.", None),
    ({"same": "sentence", "none": ["Biden"]}, "Xi ziet Biden. Wang gaat.", []),
    ({"same": "sentence", "none": ["Biden"]}, "Xi ziet Biden.", None),
    ({"same": "sentence", "any": ["Xi", "Wang"]}, "Xi komt. Niemand. Wang gaat.", ["Xi", "Wang"]),
    ({"same": "sentence", "min": {"k": "2", "of": ["a", "b", "c"]}}, "A of dan. B of c.", ["B", "c"]),
    ({"same": "sentence", "count": "Xi", "at_least": "2"}, "Xi en Wang. Xi ziet Xi.", ["Xi", "Xi"]),
    ({"same": "sentence", "count": "Xi", "at_least": "2"}, "Xi en Wang. Xi gaat.", None),
    ({"same": "sentence", "near": ["Xi", "Wang"], "within": "3"}, "Xi gaat. Wang komt.", None),
    ({"same": "sentence", "near": ["Xi", "Wang"], "within": "3"}, "Daar is Xi met Wang. Wang komt.", ["Xi", "Wang"]),
    ({"same": "sentence", "query": "Xi AND Wang"}, "Xi met Wang.", ["Xi", "Wang"]),
    ({"same": "sentence", "all": ["Xi", {"lang": "nl"}]}, "Xi met Wang.", ["Xi"]),
    ({"same": "sentence", "all": ["Xi", {"re": "^Daar"}]}, "Hij zag Xi. Daar is Xi.", ["Daar", "Xi"]),
    (
        {"same": "paragraph", "all": ["Moskou", {"same": "sentence", "all": ["Xi", "Wang"]}]},
        "Xi met Wang. In Moskou.",
        ["Xi", "Wang", "Moskou"],
    ),
    ({"same": "sentence", "all": ["Wang", {"same": "sentence", "all": ["Xi"]}]}, "Xi met Jan. Wang gaat.", None),
    ({"same": "sentence", "all": ["Wang", {"same": "paragraph", "all": ["Xi"]}]}, "Xi met Jan. Wang gaat.", None),
    ({"same": "sentence", "all": ["习近平", "莫斯科"]}, "习近平访问。莫斯科！", None),
    ({"same": "sentence", "all": ["习近平", "莫斯科"]}, "习近平访问莫斯科。好！", ["习近平", "莫斯科"]),
]

ITEM = Item(
    id="a",
    headline="Xi en Wang",
    dateline=Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",)),
    body=(
        Paragraph("Xi komt. Xi's plan."),
        Subhead("Xi"),
        Teaser("LEES OOK", "Xi Xi Xi"),
        Paragraph("Xi Jinping of XI."),
    ),
)

COUNTS = [
    ({"count": "Xi", "at_least": "6"}, 6),
    ({"count": "Xi", "at_least": "7"}, None),
    ({"count": ["Xi", "Xi Jinping"], "at_least": "6"}, 6),
    ({"count": ["Xi", "Xi Jinping"], "at_least": "7"}, None),
    ({"count": ["Xi", {"cased": "XI"}, {"fuzzy": "Jinping"}], "at_least": "7"}, 7),
    ({"count": ["Xi", "Wang"], "at_least": "1", "in": "headline"}, 2),
    ({"count": "Xi", "at_least": "3", "in": "teasers"}, 3),
    ({"count": {"place": "Moscow"}, "at_least": "1"}, 1),
]


@pytest.mark.parametrize(("sides", "within", "text", "expected"), NEAR)
def test_two_wordings_are_near_each_other(sides, within, text, expected):
    condition = {"near": sides, "within": str(within)}

    match = judged(condition, article(text, language="nl"), putin=["Poetin", "Путин"])
    assert [span.text for span in match.spans] == expected
    assert match.matched is bool(expected)


@pytest.mark.parametrize(("sides", "within", "text", "expected"), ORDERED)
def test_the_one_before_the_other(sides, within, text, expected):
    assert found({"near": sides, "within": str(within), "ordered": "true"}, text) == expected


def test_nothing_is_near_what_stands_in_another_text():
    item = article("Xi", "Moskou", headline="Xi")

    assert not judged({"near": ["Xi", "Moskou"], "within": "1000"}, item).matched


@pytest.mark.parametrize(("condition", "text", "expected"), SAME)
def test_what_holds_within_one_sentence_or_paragraph(condition, text, expected):
    match = judged(condition, article(text, language="nl"))

    assert match.matched is (expected is not None)
    assert [span.text for span in match.spans] == (expected or [])
    assert all(text[span.start : span.end] == span.text for span in match.spans)


def test_sentences_are_those_of_the_scope_around():
    item = article("Xi met Wang.", headline="Biden met Wang")
    within = {"same": "sentence", "all": ["Wang", "Xi"]}

    assert judged({"in": "lead", **within}, item).matched
    assert not judged({"in": "headline", **within}, item).matched
    assert not judged({"same": "sentence", "none": ["Wang"], "in": "tags"}, item).matched


@pytest.mark.parametrize(("headline", "matched"), [("DE VS WACHT. XI KOMT.", True), ("DE VS WACHT. Xi komt.", False)])
def test_whether_case_tells_something_is_asked_of_the_whole_headline(headline, matched):
    item = article("Niets.", headline=headline)

    assert judged({"same": "sentence", "all": [{"cased": "Vs"}]}, item).matched is matched


def test_the_verdict_shows_the_sentence_that_came_closest():
    condition = {"same": "sentence", "all": ["Xi", "Wang", "Moskou"]}

    verdict = judged(condition, article("Xi komt. Xi ziet Wang. Moskou wacht.")).verdict
    assert (verdict.clause, verdict.holds) == ("same: sentence", False)
    assert [inner.holds for inner in verdict.clauses[0].clauses] == [True, True, False]
    assert judged(condition, Item(id="a")).verdict.clauses[0].holds is False


@pytest.mark.parametrize(("condition", "count"), COUNTS)
def test_places_are_counted_in_all_texts_together_each_once(condition, count):
    match = judged(condition, ITEM)

    assert len(match.spans) == (count or 0)
    assert match.matched is (count is not None)


def test_the_verdict_tells_how_many_were_found():
    verdict = judged({"count": ["Xi", "Wang"], "at_least": "9"}, ITEM).verdict

    assert verdict.clause == "count: [Xi, Wang], at_least: 9, found: 7"
    assert verdict.spans == ()


LABELS = [
    (Near((Term("a"),), (Term("b"), Term("c")), 3, ordered=True), "near: a and [b, c], within: 3, ordered"),
    (Near((Term("a"),), (Term("b"),), 1), "near: a and b, within: 1"),
    (Count((Term("a"),), 2), "count: a, at_least: 2"),
]


@pytest.mark.parametrize(("clause", "label"), LABELS)
def test_a_clause_is_named_with_its_parts(clause, label):
    assert str(clause) == label


WORDS = st.lists(st.sampled_from("abcx"), max_size=20)


@given(WORDS, st.integers(1, 6), st.booleans())
def test_near_is_what_counting_positions_says(words, within, ordered):
    text = Text("body.0", frozenset({"body"}), " ".join(words))
    pairs = [
        (here, there)
        for here, one in enumerate(words)
        for there, other in enumerate(words)
        if (one, other) == ("a", "b") and abs(here - there) <= within and (here < there or not ordered)
    ]

    spans = Near((Term("a"),), (Term("b"),), within, ordered).find(text)
    assert [span.start // 2 for span in spans] == sorted({at for pair in pairs for at in pair})


@pytest.mark.parametrize(
    "condition",
    [
        {"near": ["a", "b"], "within": "1000"},
        {"near": [["a", "a a", "a*"], ["b", "a b a"]], "within": "1", "ordered": "true"},
        {"count": ["a", "b", "a b", "b a"], "at_least": "9000"},
        {"same": "sentence", "all": ["a", "b", "c"]},
    ],
)
@pytest.mark.parametrize("piece", ["a b ", "a ", "a. B. ", "a" + " " * 99, "b. "])
def test_closeness_takes_time_in_proportion_to_the_text(condition, piece):
    item = article(piece * (65_536 // len(piece)))
    began = perf_counter()
    judged(condition, item)

    assert perf_counter() - began < 10  # Measured: at most 1.2 s.


def test_a_paragraph_without_a_text_is_none():
    assert not judged({"same": "paragraph", "none": ["Xi"]}, article("", "Xi wacht.")).matched
