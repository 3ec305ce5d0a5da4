"""YAML 1.2 core, as configuration wants it: words stay words, places are known, what could harm is refused."""

import time
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monitor.errors import ConfigError
from monitor.yaml12 import DEEPEST, Null, Path, Value, places, read_yaml

# What YAML can write in some style; libyaml takes U+0085, U+2028 and U+2029 for line breaks, as YAML 1.1 did.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"))
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20
)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "default_style": st.sampled_from([None, '"', "'"]),
        "indent": st.integers(2, 6),
        "width": st.integers(20, 200),
        "allow_unicode": st.booleans(),
    }
)


def refusal(text: str) -> str:
    """Return what is said of a text that is refused."""
    with pytest.raises(ConfigError) as caught:
        read_yaml("x.yaml", text)
    return str(caught.value)


@pytest.mark.parametrize(
    "word",
    [
        *("yes", "no", "on", "off", "NO", "y", "n", "true", "false", "True"),
        *("012", "0o14", "0x1F", "1e3", "1_000", "12:30:45", "190:20:30", ".5", ".inf", ".nan", "+1", "0"),
        *("2026-02-05", "2026-02-05T10:00:00Z", "=", "<<", "~x", "nul", "NIL", "none"),
    ],
)
def test_a_plain_scalar_is_the_word_that_stands_there(word):
    value = read_yaml("x.yaml", f"a: {word}\n")

    assert value == {"a": word}
    assert not isinstance(value["a"], Null)


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_a_plain_null_is_null_and_a_quoted_one_a_word(written):
    value = read_yaml("x.yaml", f"plain: {written}\nsingle: '{written}'\ndouble: \"{written}\"\n")

    assert value == dict.fromkeys(["plain", "single", "double"], written)
    assert [isinstance(each, Null) for each in value.values()] == [True, False, False]


@pytest.mark.parametrize("text", ["", "\n", "# nothing but a comment\n", "---\n", "--- ~\n", "null"])
def test_a_text_without_a_value_is_an_empty_mapping(text):
    assert read_yaml("x.yaml", text) == {}


@settings(deadline=None)
@given(VALUES)
def test_any_text_that_is_quoted_comes_back(value):
    written = yaml.safe_dump(value, default_style='"', allow_unicode=True, sort_keys=False)

    assert read_yaml("x.yaml", written) == value


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_character_that_is_escaped_comes_back(text):
    assert read_yaml("x.yaml", yaml.safe_dump([text], default_style='"')) == [text]


@settings(deadline=None)
@given(VALUES, STYLES)
def test_any_value_in_any_style_comes_back(value, style):
    assume(isinstance(value, list | dict))  # A top that is a plain null is an empty mapping.

    assert read_yaml("x.yaml", yaml.safe_dump(value, sort_keys=False, **style)) == value


@settings(deadline=None)
@given(VALUES, STYLES)
def test_places_are_where_the_parser_of_pyyaml_finds_them(value, style):
    text = yaml.safe_dump(value, sort_keys=False, **style)
    naive = naive_places(text)

    found = places(text, naive)

    assert {path: (place.key, place.value) for path, place in found.items()} == naive


def naive_places(text: str) -> dict[Path, tuple]:
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    assert node
    return dict(walked(node))


def walked(node: yaml.Node, path: Path = (), key: yaml.Node | None = None) -> Iterator[tuple]:
    """Yield the paths of all values below a node, each with the places of its key and of itself."""
    yield path, (place_of(key or node), place_of(node))
    if isinstance(node, yaml.SequenceNode):
        for index, inner in enumerate(node.value):
            yield from walked(inner, (*path, index))
    if isinstance(node, yaml.MappingNode):
        for name, inner in node.value:
            yield from walked(inner, (*path, name.value), name)


def place_of(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


@settings(deadline=None)
@given(VALUES, STYLES)
def test_a_text_that_stands_letter_for_letter_is_at_its_column(value, style):
    text = yaml.safe_dump(value, sort_keys=False, **style)
    naive = naive_places(text)

    for path, place in places(text, naive).items():
        if place.text is not None:
            meant = at(value, path)
            line = text.split("\n")[place.value[0] - 1]
            assert line[place.text - 1 : place.text - 1 + len(meant)] == meant


def at(value: Value, path: Path) -> str:
    for part in path:
        value = value[part]  # type: ignore[index]  # the path was walked over this value
    return str(value)


@pytest.mark.parametrize(
    ("text", "path", "column"),
    [
        ("a: Xi AND", ("a",), 4),
        ("a: 'Xi AND'", ("a",), 5),
        ('a: "Xi AND"', ("a",), 5),
        ("[één, 'x']", (1,), 8),
        ("a: 'it''s'", ("a",), None),
        ('a: "\\u0058i"', ("a",), None),
        ("a: |\n  Xi\n", ("a",), None),
        ("a: Xi\n  AND", ("a",), None),
        ("a: {b: c}", ("a",), None),
    ],
)
def test_the_column_of_a_text_is_told_only_where_it_can_be_counted_on(text, path, column):
    assert places(text, [path])[path].text == column


def test_a_path_that_leads_nowhere_is_at_the_last_that_is_there():
    text = "a:\n  - b: 1\nc: &x {d: 2}\ne: *x\n"

    found = places(text, [("a", 0, "z"), ("a", 7), ("z",), ("e", "d")])

    assert found["a", 0, "z"].value == (2, 5)
    assert found["a", 7].value == (2, 3)
    assert found["z",].value == (1, 1)
    assert found["e", "d"].value == (4, 4)


def test_an_alias_may_be_a_key():
    text = "a: &name Xi\n*name : x\nlast: y\n"

    assert read_yaml("x.yaml", text) == {"a": "Xi", "Xi": "x", "last": "y"}
    assert places(text, [("Xi",), ("last",)])["last",].value == (3, 7)


def test_an_alias_is_the_value_again():
    assert read_yaml("x.yaml", "a: &x [Xi]\nb: *x\nc: [*x, *x]\n") == {"a": ["Xi"], "b": ["Xi"], "c": [["Xi"], ["Xi"]]}


def test_a_merge_key_is_a_key_like_others():
    assert read_yaml("x.yaml", "a: &x {b: c}\nd: {<<: *x}\n") == {"a": {"b": "c"}, "d": {"<<": {"b": "c"}}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: {a: 1, a: 2}", "x.yaml:2:11: `a` is given twice; give it once"),
        ("a: 1\n'a': 2", "x.yaml:2:1: `a` is given twice; give it once"),
        ("é: 'é\x07'", "x.yaml:1:6: YAML does not allow the character U+0007; take it away"),
        ("a: \ufffe", "x.yaml:1:4: YAML does not allow the character U+FFFE; take it away"),
        ("é" * 3000 + "\n\x00", "x.yaml:2:1: YAML does not allow the character U+0000; take it away"),
        ("a: !!python/name:os.system", "x.yaml:1:4: the tag !!python/name:os.system is not read; take it away, or"),
        ("a: !<tag:example.org,2026:x> b", "x.yaml:1:4: the tag tag:example.org,2026:x is not read; take it away"),
        ("a: !!binary aGk=", "x.yaml:1:4: the tag !!binary is not read; take it away"),
        ("a: !!set {b, c}", "x.yaml:1:4: the tag !!set is not read; take it away"),
        ("a: *b", "x.yaml:1:4: `*b` repeats nothing that ends above it; put quotes around a text that begins with *"),
        ("{a: b}: c", "x.yaml:1:6: a key must be a text"),
        ("a: - b", "x.yaml:1:4: a list begins on a line of its own, below its key"),
        ("a:\n  - b\n c: d", "x.yaml:3:2: check the indentation: keys of one mapping, or dashes of one list"),
        ("a: [b, {c: d]\n", "x.yaml:1:8: the bracket that opens here is not closed, or a comma is missing behind it"),
        ("a: 'b\nc: d", "x.yaml:1:4: the quote that opens here is not closed"),
        (r'a: "C:\Temp"', "x.yaml:1:4: between double quotes a backslash is written twice; or use single quotes"),
        ("a: &\n", "x.yaml:1:4: put quotes around a text that begins with &"),
        ("a: |\n x\ny\n", "x.yaml:3:1: here stands neither a key with `: ` behind it nor, indented, the rest"),
        ("%x", "x.yaml:1:1: put quotes around a text that begins with %"),
    ],
)
def test_what_cannot_be_read_is_told_where_it_is_and_how_to_mend_it(text, said):
    assert refusal(text).startswith(said)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_or_refused_at_a_place_within_it(text):
    try:
        read_yaml("x.yaml", text)
    except ConfigError as error:
        (problem,) = error.problems
        assert 1 <= problem.line <= len(text.splitlines()) + 1
        assert problem.column >= 1


@settings(deadline=None)
@given(st.text(st.sampled_from("ab: -[]{},&*!|>'\"#%@`~?\n\t")))
def test_any_text_of_signs_is_read_or_refused_and_places_agree(text):
    try:
        value = read_yaml("x.yaml", text)
    except ConfigError:
        return

    paths = [*paths_of(value)]
    assert places(text, paths).keys() == {*paths}


def paths_of(value: Value, path: Path = ()) -> Iterator[Path]:
    yield path
    if len(path) < 10:
        pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for part, inner in pairs:
            yield from paths_of(inner, (*path, part))


def test_lists_within_lists_are_read_to_a_depth_and_no_further():
    assert read_yaml("x.yaml", "[" * DEEPEST + "]" * DEEPEST)
    assert f"more than {DEEPEST} deep" in refusal("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert f"more than {DEEPEST} deep" in refusal("[" * 100_000)
    assert f"more than {DEEPEST} deep" in refusal("a: {" * 50_000)


@pytest.mark.parametrize("opening", ["[x, x, x, x, x, x, x, x, x]", "{a: x, b: x, c: x, d: x, e: x, f: x, g: x, h: x}"])
def test_aliases_that_multiply_are_refused_before_they_cost_anything(opening):
    lines = [f"a0: &a0 {opening}"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 40)]

    started = time.process_time()
    said = refusal("\n".join(lines))

    assert "aliases that multiply to more than the file itself" in said
    assert time.process_time() - started < 1


def test_aliases_of_a_size_that_people_write_are_read():
    text = "lists:\n  xi: &xi [Xi, 习近平]\nrules:\n" + "  - {any: *xi}\n" * 10_000

    value = read_yaml("x.yaml", text)

    assert isinstance(value, dict)
    assert len(value["rules"]) == 10_000
