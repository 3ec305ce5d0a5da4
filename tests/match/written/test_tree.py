"""Reading rules from YAML values: every fault is told, with its place and its mend."""

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.clauses.closeness import Count, Near, Same
from monitor.match.clauses.groups import All, In
from monitor.match.clauses.wording import Cased, Fuzzy, Stem, Term, Wild
from monitor.match.operators import OPERATORS, OWNERS
from monitor.match.written.tree import DEEPEST, KEYS, WORDINGS, Reader
from tests.match.reading import article, compiled, faults_of, judged

FAULTS = [
    ("…", (), "no letter or digit"),
    ("习*", (), "in a script without spaces is found within words anyway; leave the * out"),
    (["Xi"], (), "a list needs a group"),
    (5, (), "wants a word, a phrase or a mapping"),
    (None, (), "wants a word, a phrase or a mapping"),
    ({}, (), "says nothing to look for"),
    ({"in": ["lead"]}, (), "says nothing to look for"),
    ({"same": "sentence"}, (), "says nothing to look for; one of all, any, none, min, list"),
    ({"al": ["Xi"]}, ("al",), "did you mean `all`?"),
    ({"plac": "Gent"}, ("plac",), "did you mean `place`?"),
    ({"fuzy": "Gent"}, ("fuzy",), "did you mean `fuzzy`?"),
    ({"qqq": "Gent"}, ("qqq",), "unknown key `qqq`; there are all, any, none, min, in, same, list, query, cased"),
    ({7: "Gent"}, (7,), "unknown key `7`"),
    ({"all": "Xi"}, ("all",), "`all` wants a list of conditions, at least one"),
    ({"any": []}, ("any",), "`any` wants a list of conditions, at least one"),
    ({"all": ["Xi", {"any": ["…"]}]}, ("all", 1, "any", 0), "no letter or digit"),
    ({"all": ["Xi"], "in": ["kop"]}, ("in",), "`in` knows no kop; there are headline, dateline, lead"),
    ({"all": ["Xi"], "in": []}, ("in",), "`in` wants one of headline"),
    ({"all": ["Xi"], "in": {"lead": "Xi"}}, ("in",), "`in` knows no {'lead': 'Xi'}"),
    ({"all": ["Xi"], "same": "line"}, ("same",), "`same` wants sentence or paragraph"),
    ({"all": ["Xi"], "same": ["sentence"]}, ("same",), "`same` wants sentence or paragraph"),
    ({"min": ["Xi"]}, ("min",), "`min` wants {k: 2, of: [...]}"),
    ({"min": {"k": "1", "of": []}}, ("min", "of"), "`of` wants a list of conditions"),
    ({"min": {"k": "0", "of": ["Xi"]}}, ("min", "k"), "from 1 to 1"),
    ({"min": {"k": "3", "of": ["Xi", "Wang"]}}, ("min", "k"), "from 1 to 2, as many as `of` has"),
    ({"min": {"k": "1.0", "of": ["Xi"]}}, ("min", "k"), "a whole number"),
    ({"min": {"k": "9" * 5000, "of": ["Xi"]}}, ("min", "k"), "a whole number"),
    ({"min": {"k": "٢", "of": ["Xi", "Wang"]}}, ("min", "k"), "a whole number"),
    ({"min": {"k": True, "of": ["Xi"]}}, ("min", "k"), "a whole number"),
    (
        {"list": "poetin"},
        ("list",),
        "there is no list `poetin`; under `lists:` there are: putin, glued; besides them heads-of-state",
    ),
    ({"list": ["putin"]}, ("list",), "there is no list"),
    ({"list": "glued"}, ("list",), "the list `glued` cannot be looked for: `习*`"),
    ({"cased": ["VS"]}, ("cased",), "`cased` wants a word or a phrase"),
    ({"cased": "V*"}, ("cased",), "`cased` takes no wildcards: `V*`; they belong in terms"),
    ({"stem": "bezoek*"}, ("stem",), "`stem` takes no wildcards"),
    ({"fuzzy": "Xi"}, ("fuzzy",), "no word of it has the three letters that one edit wants"),
    ({"fuzzy": "习近平"}, ("fuzzy",), "write the term without `fuzzy`"),
    ({"fuzzy": "Putin", "edits": "2"}, ("fuzzy",), "too short for 2 edits, one for every three letters of a word"),
    ({"fuzzy": "Poetin", "edits": "3"}, ("edits",), "`edits` wants a whole number from 1 to 2"),
    ({"fuzzy": "Poetin", "edits": "0"}, ("edits",), "`edits` wants a whole number from 1 to 2"),
    ({"edits": "1"}, ("edits",), "`edits` belongs beside `fuzzy`, as in {fuzzy: Jinping, edits: 1}"),
    ({"all": ["Xi"], "edits": "1"}, ("edits",), "`edits` belongs beside `fuzzy`"),
    ({"near": ["Xi", "Gent"]}, ("near",), "`near` wants `within` beside it, as in {near: [Xi, "),
    ({"near": ["Xi"], "within": "8"}, ("near",), "`near` wants two sides, [Xi, Moskou]"),
    ({"near": "Xi", "within": "8"}, ("near",), "`near` wants two sides"),
    ({"near": ["Xi", []], "within": "8"}, ("near",), "or a list of those, on its second side"),
    ({"near": ["Xi", "…"], "within": "8"}, ("near", 1), "no letter or digit"),
    ({"near": ["Xi", ["Gent", {"stem": "*"}]], "within": "8"}, ("near", 1, 1, "stem"), "`stem` takes no wildcards"),
    ({"near": ["Xi", {"all": ["Wang"]}], "within": "8"}, ("near", 1), "`near` looks for words: a term, or one of list"),
    ({"near": ["Xi", {"lang": "nl"}], "within": "8"}, ("near", 1), "conditions go beside it, in `all:`"),
    ({"near": ["Xi", {"stem": "a", "in": "lead"}], "within": "8"}, ("near", 1), "`near` looks for words"),
    ({"near": ["Xi", "Gent"], "within": "0"}, ("within",), "`within` wants a whole number from 1 to 1000"),
    ({"near": ["Xi", "Gent"], "within": "8 words"}, ("within",), "`within` wants a whole number from 1 to 1000"),
    ({"near": ["Xi", "Gent"], "within": "8", "ordered": "yes"}, ("ordered",), "`ordered` wants true or false"),
    ({"ordered": "true", "any": ["Xi"]}, ("ordered",), "`ordered` belongs beside `near`"),
    ({"within": "2"}, ("within",), "`within` belongs beside `near`"),
    ({"count": "Xi"}, ("count",), "`count` wants `at_least` beside it, as in {count: Xi, at_least: 3}"),
    ({"count": "Xi", "at_least": "0"}, ("at_least",), "`at_least` wants a whole number from 1"),
    ({"count": [], "at_least": "2"}, ("count",), "`count` wants a term, a wording such as {stem: reizen}, or a list"),
    ({"count": {"any": ["Xi"]}, "at_least": "2"}, ("count",), "`count` looks for words"),
    ({"at_least": "2"}, ("at_least",), "`at_least` belongs beside `count`"),
    ({"re": ""}, ("re",), "`re` wants a regular expression of RE2"),
    ({"re": "(?=Xi)"}, ("re",), "RE2 has no lookahead or lookbehind; say the other part in `all:` or `none:`"),
    ({"place": []}, ("place",), "`place` wants a value or a list of values"),
    ({"place": ["Gent", "-"]}, ("place",), "no letter or digit"),
    ({"place": "Mosk*"}, ("place",), "takes no wildcards"),
    ({"place": {"name": "Gent"}}, ("place",), "`place` wants a value or a list of values"),
    (
        {"place": "Gent", "with": "everything"},
        ("with",),
        "`with` knows no everything; there are capital, cities, demonym",
    ),
    ({"name": "Xi Jinping", "with": ["capital"]}, ("with",), "`with` knows no capital; there are surname"),
    ({"with": "capital"}, ("with",), "`with` belongs beside `place` or `name`, as in {place: Georgië"),
    ({"lang": "Dutch"}, ("lang",), "by their codes, such as nl or nl-BE; not Dutch"),
    ({"kind": "nieuw"}, ("kind",), "`kind` knows no nieuw; there are new, update, correction, withdrawn"),
    ({"byline": "*"}, ("byline",), "no letter or digit"),
    ({"tag": "*"}, ("tag",), "`tag` wants something besides wildcards, not *"),
    ({"url": "*"}, ("url",), "`url` wants a host, a host with a path, or an address with a *"),
    ({"url": "nos nl"}, ("url",), "not nos nl"),
    ({"age": "6h"}, ("age",), "`age` wants {max: 6h}, {min: 1h} or both"),
    ({"age": {"max": "6"}}, ("age",), "wants a duration, a whole number and a unit"),
    ({"age": {"maximum": "6h"}}, ("age",), "`age` wants {max: 6h}"),
    ({"age": {"min": "6h", "max": "1h"}}, ("age",), "never holds"),
    ({"story": {}}, ("story",), "`story` wants {agencies: '>=2', publishers: '>=3', items: '>=2', within: 2h}"),
    ({"story": {"agency": "2"}}, ("story",), "`story` wants {agencies: '>=2'"),
    ({"story": {"agencies": "2+"}}, ("story",), "a number or a bound for `agencies`, such as '>=2', '<5' or 3; not 2+"),
    ({"story": {"items": "=>2"}}, ("story",), "a bound for `items`"),
    ({"story": {"items": True}}, ("story",), "a bound for `items`"),
    ({"story": {"items": "<0"}}, ("story",), "never holds: no story has fewer than 0 items"),
    ({"story": {"items": ">=0"}}, ("story",), "always holds: every story has at least 0 items; leave `items` out"),
    ({"story": {"within": "0h"}}, ("story",), "never holds: `within` is 0"),
    ({"story": {"within": "2"}}, ("story",), "wants a duration"),
    ({"query": ["Xi"]}, ("query",), "`query` wants one line of text"),
    ({"type": "frequency", "all": ["Xi"]}, ("type",), "unknown key `type`"),
]

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["Xi", "6h", "lead", "putin", "2", "sentence"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "k", "of", "max"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(("condition", "path", "said"), FAULTS)
def test_a_fault_says_where_and_what_would_mend_it(condition, path, said):
    (fault,) = faults_of(condition, putin=["Poetin", "Putin"], glued=["习*"])

    assert fault.path == path
    assert said in fault.message


def test_every_fault_is_told():
    condition = {
        "all": ["…", {"plaats": "Gent"}, {"min": {"k": "9", "of": ["Xi"]}}],
        "near": ["Xi", "…"],
        "within": "0",
        "edits": "1",
        "in": ["kop"],
    }

    assert [fault.path for fault in faults_of(condition)] == [
        ("all", 0),
        ("all", 1, "plaats"),
        ("all", 2, "min", "k"),
        ("near", 1),
        ("within",),
        ("edits",),
        ("in",),
    ]


def test_a_fault_in_a_query_says_at_which_character():
    (fault,) = faults_of({"all": ["Gent", {"query": "Xi Moskou"}]})

    assert fault.path == ("all", 1, "query")
    assert fault.offset == 3
    assert fault.message.startswith("column 4 of the query: ")


TREES = [
    ("sanctie*", Wild("sanctie*")),
    ("Wat nu?", Term("Wat nu?")),
    ({"fuzzy": "Jinping"}, Fuzzy("Jinping", 1)),
    ({"fuzzy": "Jinping", "edits": "2"}, Fuzzy("Jinping", 2)),
    (
        {"near": ["Xi", ["b?y", {"stem": "reizen"}]], "within": "8", "ordered": "true"},
        Near((Term("Xi"),), (Wild("b?y"), Stem("reizen")), 8, ordered=True),
    ),
    ({"near": [{"cased": "VS"}, ["Xi"]], "within": 1}, Near((Cased("VS"),), (Term("Xi"),), 1, ordered=False)),
    (
        {"count": ["Xi", {"fuzzy": "Jinping", "edits": "2"}], "at_least": "3"},
        Count((Term("Xi"), Fuzzy("Jinping", 2)), 3),
    ),
    ({"same": "sentence", "all": ["Xi", "Wang"]}, Same("sentence", All((Term("Xi"), Term("Wang"))))),
    (
        {"in": "lead", "same": "paragraph", "all": ["Xi"], "count": "Yi", "at_least": "2"},
        In(frozenset({"lead"}), Same("paragraph", All((All((Term("Xi"),)), Count((Term("Yi"),), 2))))),
    ),
]


@pytest.mark.parametrize(("condition", "tree"), TREES)
def test_a_condition_is_a_tree(condition, tree):
    assert compiled(condition) == tree


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


@pytest.mark.parametrize("name", OPERATORS)
def test_every_operator_is_documented_compiles_and_is_named_in_its_verdict(name):
    operator = OPERATORS[name]
    clause = compiled(operator.example)

    assert operator.example.keys() == {name, *operator.options}
    assert operator.meaning.strip()
    assert compiled(operator.example) == clause
    assert judged(operator.example, article("Niets.")).verdict.clause.startswith(f"{name}: ")


@pytest.mark.parametrize("name", WORDINGS)
def test_what_looks_for_words_may_stand_within_near_and_count(name):
    wording = OPERATORS[name].example if name in OPERATORS else {"list": "x"}

    assert compiled({"near": ["Xi", wording], "within": "2"}, x=["Xi"])
    assert compiled({"count": [wording, "Xi"], "at_least": "2"}, x=["Xi"])


SHAPES = {name: operator.shape for name, operator in OPERATORS.items()} | {
    option: OPERATORS[owners[0]].options[option].shape for option, owners in OWNERS.items()
}


def example_of(name):
    return next(operator.example for operator in OPERATORS.values() if name in operator.example)


def valid(value, name):
    """Tell whether the schema of an operator or option takes a value; wordings within it are texts here."""
    wording = {"wording": {"type": "string"}}
    return jsonschema.Draft202012Validator({**SHAPES[name].schema, "$defs": wording}).is_valid(value)


@pytest.mark.parametrize("name", SHAPES)
def test_the_schema_of_an_operator_takes_what_it_reads(name):
    assert valid(example_of(name)[name], name)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("value", [[], {}, None, [None], {"x": "y"}])
def test_the_schema_of_an_operator_refuses_what_it_cannot_read(name, value):
    assert faults_of({**example_of(name), name: value})
    assert not valid(value, name)
