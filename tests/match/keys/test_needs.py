"""What an item must have for a clause to hold: every operator says it, or says that it cannot."""

import pytest
from hypothesis import given, settings

from monitor.match.keys.covering import MOST_PATHS, Rarity, paths_of
from monitor.match.keys.needs import NEVER, AtLeast, at_least, need_of, some, why_always
from monitor.match.operators import OPERATORS
from tests.match.generated import LISTS, rules
from tests.match.reading import compiled


@pytest.mark.parametrize(
    ("condition", "need"),
    [
        ("Xi", "xi"),
        ("Zelenský", "zelensky"),
        ("Wang Yi", AtLeast(3, ("wang", "yi", " wang yi "))),
        ("习平", AtLeast(3, ("习", "平", " 习 平 "))),
        ({"cased": "VS"}, "vs"),
        ({"all": ["Xi", "Poetin"]}, AtLeast(2, ("xi", "poetin"))),
        ({"any": ["Xi", "Poetin"]}, AtLeast(1, ("xi", "poetin"))),
        ({"min": {"k": "2", "of": ["Xi", "Poetin", "Biden"]}}, AtLeast(2, ("xi", "poetin", "biden"))),
        ({"min": {"k": "2", "of": ["Xi", "Poetin", {"none": ["Biden"]}]}}, AtLeast(1, ("xi", "poetin"))),
        ({"all": ["Xi"], "none": ["Biden"]}, "xi"),
        ({"all": ["Xi"], "in": ["headline"]}, "headline:xi"),
        ({"all": ["Xi"], "in": ["headline", "dateline"]}, "dateline+headline:xi"),
        ({"all": ["Xi"], "in": ["body", "headline"]}, "xi"),
        ("sanctie*", ":wild:sanctie*"),
        ("Wang * Xi", AtLeast(2, ("wang", "xi"))),
        ({"stem": "bezoeken"}, ":stem:bezoeken"),
        ({"fuzzy": "Jinping"}, ":fuzzy:1:jinping"),
        ({"fuzzy": "Xi Jinping", "edits": "2"}, AtLeast(2, ("xi", ":fuzzy:2:jinping"))),
        ({"re": "[Xx]i"}, ":re:[Xx]i"),
        ({"re": "[Xx]i", "same": "paragraph", "all": ["Wang"]}, "wang"),
        ({"near": ["Xi", ["Moskou", "Kremlin"]], "within": "8"}, AtLeast(2, ("xi", AtLeast(1, ("moskou", "kremlin"))))),
        ({"count": "Xi", "at_least": "3"}, "xi"),
        ({"list": "leaders"}, need_of(compiled({"list": "leaders"}, **LISTS))),
        ({"lang": "nl-BE"}, "=lang:nl-be"),
        ({"source": ["wire", "desk"]}, AtLeast(1, ("=source:wire", "=source:desk"))),
        ({"url": "www.nos.nl/artikel"}, "=host:nos.nl"),
        ({"url": "*.gov/*"}, "=url:"),
        ({"tag": ["China", "sanct*"]}, None),
        ({"byline": "Noor"}, "byline:noor"),
        ({"story": {"items": ">=2"}}, "=story:"),
        ({"age": {"max": "6h"}}, None),
        ({"none": ["Xi"]}, None),
        ({"any": ["Xi", {"none": ["Biden"]}]}, None),
    ],
)
def test_what_an_item_must_have(condition, need):
    assert need_of(compiled(condition, **LISTS)) == need


SAMPLES = {
    "cased": {"cased": "Xi"},
    "stem": {"stem": "Xi"},
    "fuzzy": {"fuzzy": "Jinping"},
    "re": {"re": "Xi"},
    "near": {"near": ["Xi", "Wang"], "within": "3"},
    "count": {"count": "Xi", "at_least": "2"},
    "place": {"place": "Moskou"},
    "name": {"name": "Xi Jinping"},
    "dateline.place": {"dateline.place": "Moskou"},
    "agency": {"agency": "ANP"},
    "source": {"source": "wire"},
    "publisher": {"publisher": "nos"},
    "lang": {"lang": "nl"},
    "section": {"section": "Sport"},
    "kind": {"kind": "new"},
    "byline": {"byline": "Noor"},
    "url": {"url": "nos.nl"},
    "tag": {"tag": "China"},
    "age": {"age": {"max": "1h"}},
    "story": {"story": {"items": "2"}},
}
EVERY_ITEM = {"age"}


@pytest.mark.parametrize("operator", [*OPERATORS])
def test_every_operator_but_an_age_needs_something(operator):
    need = need_of(compiled(SAMPLES[operator]))

    assert (need is None) == (operator in EVERY_ITEM)


@pytest.mark.parametrize("condition", [{"none": ["Xi"]}, {"age": {"max": "1h"}}, {"any": ["Xi", {"none": ["Wang"]}]}])
def test_a_rule_that_needs_nothing_says_so(condition):
    assert "every item has to be looked at" in (why_always(compiled(condition)) or "")


def test_a_rule_that_needs_something_says_nothing():
    assert why_always(compiled({"all": ["Xi", {"none": ["Wang"]}]})) is None


def test_what_never_holds_has_no_path():
    assert paths_of(NEVER, Rarity(), str) == []
    assert paths_of(AtLeast(2, ("xi", NEVER)), Rarity(), str) == []


def test_common_words_come_last_and_phrases_after_them():
    need = need_of(compiled({"all": ["de", "van de", "terschelling"]}))

    assert need is not None
    assert paths_of(need, Rarity(), str) == [("terschelling", "de", "van", " van de ")]


def test_where_two_of_three_are_wanted_the_commonest_needs_no_path():
    need = AtLeast(2, ("terschelling", "de", "vlieland"))

    assert paths_of(need, Rarity(), str) == [("terschelling",), ("vlieland",)]


def test_many_alternatives_are_one_key():
    need = AtLeast(2, ("xi", some(f"w{number}" for number in range(MOST_PATHS + 1)) or ""))

    (path,) = paths_of(need, Rarity(), lambda _: "=group:1")

    assert sorted(path) == ["=group:1", "xi"]


def test_few_alternatives_are_told_apart_together_with_the_rest():
    need = AtLeast(3, (AtLeast(1, ("a1", "b1")), AtLeast(1, ("a2", "b2")), "xi"))

    assert {frozenset(path) for path in paths_of(need, Rarity(), str)} == {
        frozenset({one, other, "xi"}) for one in ("a1", "b1") for other in ("a2", "b2")
    }


def test_what_any_item_meets_counts_as_met():
    assert at_least(2, ["xi", None]) == "xi"
    assert at_least(1, ["xi", None]) is None


def met(need, keys) -> bool:
    if isinstance(need, str):
        return need in keys
    return bool(sum(met(inner, keys) for inner in need.needs) >= need.k)


def keys_of(need) -> set[str]:
    return {need} if isinstance(need, str) else {key for inner in need.needs for key in keys_of(inner)}


@settings(deadline=None)
@given(rules())
def test_whoever_meets_a_need_has_one_of_its_paths(clause):
    need = need_of(clause)
    if need is None:
        return
    paths, asked = paths_of(need, Rarity()), sorted(keys_of(need))

    for left_out in [
        set(),
        *({key} for key in asked),
        *(set(asked[at::2]) for at in (0, 1)),
        *({*asked} - {key} for key in asked),
    ]:
        having = {*asked} - left_out
        if met(need, having):
            assert any(having.issuperset(path) for path in paths)
