"""Reading rules from YAML values: every fault is told, with its place and its mend."""

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.operators import NOT_YET, OPERATORS
from monitor.match.tree import DEEPEST, KEYS, Reader
from tests.match.reading import article, compiled, faults_of, judged

FAULTS = [
    ("…", (), "no letter or digit"),
    ("sanctie*", (), "wildcards * and ? are not read yet"),
    (["Xi"], (), "a list needs a group"),
    (5, (), "wants a word, a phrase or a mapping"),
    (None, (), "wants a word, a phrase or a mapping"),
    ({}, (), "says nothing to look for"),
    ({"in": ["lead"]}, (), "says nothing to look for"),
    ({"al": ["Xi"]}, ("al",), "did you mean `all`?"),
    ({"plac": "Gent"}, ("plac",), "did you mean `place`?"),
    ({"qqq": "Gent"}, ("qqq",), "unknown key `qqq`; there are all, any, none, min, in, list, query, cased"),
    ({7: "Gent"}, (7,), "unknown key `7`"),
    ({"all": "Xi"}, ("all",), "`all` wants a list of conditions, at least one"),
    ({"any": []}, ("any",), "`any` wants a list of conditions, at least one"),
    ({"all": ["Xi", {"any": ["…"]}]}, ("all", 1, "any", 0), "no letter or digit"),
    ({"all": ["Xi"], "in": ["kop"]}, ("in",), "`in` knows no kop; there are headline, dateline, lead"),
    ({"all": ["Xi"], "in": []}, ("in",), "`in` wants one of headline"),
    ({"all": ["Xi"], "in": {"lead": "Xi"}}, ("in",), "`in` knows no {'lead': 'Xi'}"),
    ({"min": ["Xi"]}, ("min",), "`min` wants {k: 2, of: [...]}"),
    ({"min": {"k": "1", "of": []}}, ("min", "of"), "`of` wants a list of conditions"),
    ({"min": {"k": "0", "of": ["Xi"]}}, ("min", "k"), "from 1 to 1"),
    ({"min": {"k": "3", "of": ["Xi", "Wang"]}}, ("min", "k"), "from 1 to 2, as many as `of` has"),
    ({"min": {"k": "1.0", "of": ["Xi"]}}, ("min", "k"), "a whole number"),
    ({"min": {"k": "9" * 5000, "of": ["Xi"]}}, ("min", "k"), "a whole number"),
    ({"min": {"k": "٢", "of": ["Xi", "Wang"]}}, ("min", "k"), "a whole number"),
    ({"min": {"k": True, "of": ["Xi"]}}, ("min", "k"), "a whole number"),
    ({"list": "poetin"}, ("list",), "there is no list `poetin`; under `lists:` there are: putin, wild"),
    ({"list": ["putin"]}, ("list",), "there is no list"),
    ({"list": "wild"}, ("list",), "the list `wild` cannot be looked for: `sanctie*`"),
    ({"cased": ["VS"]}, ("cased",), "`cased` wants a word or a phrase"),
    ({"cased": "V*"}, ("cased",), "not read yet"),
    ({"place": []}, ("place",), "`place` wants a value or a list of values"),
    ({"place": ["Gent", "-"]}, ("place",), "no letter or digit"),
    ({"place": {"name": "Gent"}}, ("place",), "`place` wants a value or a list of values"),
    ({"lang": "Dutch"}, ("lang",), "by their codes, such as nl or nl-BE; not Dutch"),
    ({"kind": "nieuw"}, ("kind",), "`kind` knows no nieuw; there are new, update, correction, withdrawn"),
    ({"age": "6h"}, ("age",), "`age` wants {max: 6h}, {min: 1h} or both"),
    ({"age": {"max": "6"}}, ("age",), "wants a duration, a whole number and a unit"),
    ({"age": {"maximum": "6h"}}, ("age",), "`age` wants {max: 6h}"),
    ({"age": {"min": "6h", "max": "1h"}}, ("age",), "never holds"),
    ({"query": ["Xi"]}, ("query",), "`query` wants one line of text"),
    ({"type": "frequency", "all": ["Xi"]}, ("type",), "unknown key `type`"),
]

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["Xi", "6h", "lead", "putin"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, *NOT_YET[:3], "k", "of", "max"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(("condition", "path", "said"), FAULTS)
def test_a_fault_says_where_and_what_would_mend_it(condition, path, said):
    (fault,) = faults_of(condition, putin=["Poetin", "Putin"], wild=["sanctie*"])

    assert fault.path == path
    assert said in fault.message


def test_every_fault_is_told():
    condition = {"all": ["…", {"plaats": "Gent"}, {"min": {"k": "9", "of": ["Xi"]}}], "in": ["kop"]}

    assert [fault.path for fault in faults_of(condition)] == [
        ("all", 0),
        ("all", 1, "plaats"),
        ("all", 2, "min", "k"),
        ("in",),
    ]


@pytest.mark.parametrize("key", NOT_YET)
def test_a_key_of_the_language_to_come_is_refused_as_such(key):
    (fault,) = faults_of({key: "Xi"})

    assert fault.message == f"`{key}` belongs to the rule language, but this version does not read it yet"
    assert key not in KEYS


def test_a_fault_in_a_query_says_at_which_character():
    (fault,) = faults_of({"all": ["Gent", {"query": "Xi Moskou"}]})

    assert fault.path == ("all", 1, "query")
    assert fault.offset == 3
    assert fault.message.startswith("column 4 of the query: ")


def nested(depth, innermost="Xi"):
    for _ in range(depth):
        innermost = {"any": [innermost], "in": ["lead"]}
    return innermost


def test_groups_nest_to_a_depth_that_can_be_judged():
    query = "NOT (title:(" * 25 + "Xi" + "))" * 25

    assert judged(nested(DEEPEST), article("Xi komt.")).matched
    assert judged(nested(DEEPEST - 1, {"query": query}), article("Xi komt.")).verdict


def test_deeper_groups_are_refused():
    (fault,) = faults_of(nested(DEEPEST + 1))

    assert "more than 50 deep" in fault.message


def test_very_deep_groups_are_refused_too():
    assert faults_of(nested(400))


def test_several_keys_must_all_hold():
    both = {"all": ["Xi"], "place": "Gent"}

    assert judged(both, article("Xi in Gand")).matched
    assert not judged(both, article("Xi in Luik")).matched


def test_a_term_is_its_text_as_written():
    assert judged("no", article("Nee: no.")).matched
    assert judged("007", article("Agent 007")).matched
    assert judged("Wat nu?", article("Wat nu, Poetin")).matched


@given(VALUES)
def test_any_value_is_a_clause_or_has_faults(value):
    reader = Reader({"putin": ["Poetin"]})
    clause = reader.condition(value)

    assert (clause is None) == bool(reader.faults)
    assert all(fault.message and fault.offset >= 0 for fault in reader.faults)


SAMPLES = {
    "cased": "VS",
    "place": ["Gent", "Luik"],
    "dateline.place": "Gent",
    "agency": ["ANP", "RTR"],
    "source": "wire",
    "lang": ["nl", "fr-BE"],
    "section": "Sport",
    "kind": ["new", "update"],
    "age": {"max": "6h", "min": "1m"},
}


@pytest.mark.parametrize("name", OPERATORS)
def test_every_operator_is_documented_compiles_and_is_named_in_its_verdict(name):
    clause = compiled({name: SAMPLES[name]})

    assert OPERATORS[name].meaning.strip()
    assert compiled({name: SAMPLES[name]}) == clause
    assert judged({name: SAMPLES[name]}, article("Niets.")).verdict.clause.startswith(f"{name}: ")


@pytest.mark.parametrize("name", OPERATORS)
def test_the_schema_of_an_operator_takes_what_it_reads(name):
    jsonschema.validate(SAMPLES[name], dict(OPERATORS[name].shape.schema))


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("value", [[], {}, None, [None], {"x": "y"}])
def test_the_schema_of_an_operator_refuses_what_it_cannot_read(name, value):
    with pytest.raises(ValueError, match=r"\w"):
        OPERATORS[name].shape.read(value)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, dict(OPERATORS[name].shape.schema))
