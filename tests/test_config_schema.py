"""The schema of the configuration lets an editor underline what it can know, and nothing that is right."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from monitor.config_schema import config_schema
from monitor.match.written.language import KEYS as TOLD
from monitor.match.written.language import PAGES
from monitor.match.written.tree import KEYS

ROOT = Path(__file__).parents[1]
CONFIGS = Path(__file__).parent / "data" / "configs"
VALID = [*sorted((ROOT / "config").glob("*.yaml")), *sorted((CONFIGS / "valid").rglob("*.yaml"))]
BROKEN = sorted((CONFIGS / "broken").glob("*.yaml"))
SCHEMA = jsonschema.Draft202012Validator(config_schema())

UNKNOWN_TO_EDITORS = {
    "what another entry or file says": {
        *("channel-id-twice", "rule-id-twice", "source-id-twice", "rule-list-unknown"),
        *("rule-notify-unknown", "rule-source-unknown", "service-notify-unknown"),
    },
    "what a secret holds": {
        *("channel-webhook-secret-not-base64", "channel-webhook-secret-too-short", "channel-webhook-variable-not-set"),
        *("source-header-with-line-break", "source-secret-file-missing"),
        *("source-variable-not-closed", "source-variable-not-set"),
    },
    "an address, which a secret may complete": {
        *("channel-webhook-url-without-scheme", "service-database-unknown", "service-public-url-without-scheme"),
        *("service-network-with-host-bits", "service-listen-port-too-high", "source-url-of-file"),
    },
    "what one key says of another": {
        *("rule-age-min-above-max", "rule-min-of-too-few", "service-listen-without-token", "source-auth-without-user"),
        *("source-every-min-above-max", "source-select-without-listing", "source-with-url-and-path"),
        *("source-without-url-or-path", "rule-type-forgets-without-key"),
    },
    "a rule that is split between itself and the defaults": {
        *("rule-in-alone", "rule-without-condition", "rule-type-without-condition"),
        *("rule-type-missing", "rule-type-key-missing", "rule-type-keys-missing"),
    },
    "how long a duration is": {"rule-type-timeframe-zero"},
    "the language of queries, words and selectors": {
        "source-select-not-a-selector",
        *("rule-query-field-unknown", "rule-query-not-closed", "rule-query-over-lines"),
        *("rule-query-without-operator", "rule-term-without-letters", "rule-cased-wildcard"),
        *("rule-wildcard-alone", "rule-wildcard-glued", "rule-wildcard-too-many"),
        *("rule-fuzzy-too-short", "rule-fuzzy-edits-beyond-word", "rule-tag-of-wildcards", "rule-story-never"),
    },
    "regular expressions": {
        *("rule-re-backreference", "rule-re-lookahead", "rule-re-not-closed", "rule-re-of-nothing"),
        *("rule-re-repeats-too-often", "rule-re-too-large"),
    },
    "a name out of a long list": {"service-time-zone-unknown", "source-header-name-with-space"},
    "what YAML 1.1 reads otherwise": {"rule-near-ordered-in-words", "source-full-text-no", "yaml-key-twice"},
}


def seen(path: Path) -> object:
    """Return what an editor sees that reads YAML 1.1: `no` is False, `012` is 10, a date is a date."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text()), default=date.isoformat))


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(config_schema())


@pytest.mark.parametrize("path", VALID, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_accepts_what_is_valid(path):
    SCHEMA.validate(seen(path))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_it_refuses_what_is_broken_where_an_editor_can_know(path):
    try:
        value = seen(path)
    except (yaml.YAMLError, TypeError, ValueError):
        return  # Whatever reads YAML refuses it by itself.

    unknown = set().union(*UNKNOWN_TO_EDITORS.values())
    assert SCHEMA.is_valid(value) == (path.stem in unknown)


def test_what_editors_do_not_know_is_the_name_of_a_file():
    assert set().union(*UNKNOWN_TO_EDITORS.values()) <= {path.stem for path in BROKEN}


@pytest.mark.parametrize("kind", ["Rule", "condition"])
def test_every_key_of_a_condition_is_there_with_its_meaning(kind):
    schema = config_schema()["$defs"][kind]

    keys = schema["properties"] if kind == "Rule" else schema["anyOf"][-1]["properties"]
    assert {*KEYS} <= keys.keys()
    assert all(keys[key]["description"] for key in KEYS)


@pytest.mark.parametrize("key", TOLD)
def test_a_key_is_described_as_its_page_begins_and_has_an_example(key):
    keys = config_schema()["$defs"]["condition"]["anyOf"][-1]["properties"]

    assert keys[key]["description"] == TOLD[key].short
    assert keys[key]["examples"]


@pytest.mark.parametrize("name", PAGES)
def test_the_examples_of_the_language_are_right_to_an_editor(name):
    for example in PAGES[name].examples:
        SCHEMA.validate({"rules": [{"id": "x", "all": [example]}]})


@pytest.mark.parametrize(
    "condition",
    [
        {"near": ["Xi", ["b?y", {"stem": "reizen"}, {"place": "Paris", "country": "US"}]], "within": 8},
        {"count": [{"fuzzy": "Jinping", "edits": 2}, {"list": "x"}], "at_least": 2},
        {"same": "sentence", "near": ["Xi", "Yi"], "within": 3, "ordered": False},
        {"story": {"agencies": ">=2", "items": 3}},
        {"place": "Rusland", "with": ["capital", "cities"]},
    ],
)
def test_it_accepts_options_beside_their_operators(condition):
    SCHEMA.validate({"rules": [{"id": "x", "all": [condition]}, {"id": "y", **condition}]})


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"near": ["Xi", "Yi"]},
        {"near": ["Xi"], "within": 3},
        {"near": ["Xi", {"all": ["Yi"]}], "within": 3},
        {"near": ["Xi", {"stem": "a", "edits": 1}], "within": 3},
        {"count": "Xi"},
        {"count": {"near": ["a", "b"], "within": 2}, "at_least": 2},
        {"all": ["Xi"], "edits": 1},
        {"all": ["Xi"], "country": "US"},
        {"within": 3},
        {"same": "sentence"},
        {"in": "lead"},
        {"fuzzy": "Jinping", "edits": 3},
        {"place": "Gent", "with": "surname to be"},
        {"story": {"agencies": "2+"}},
        {"re": ""},
    ],
)
def test_it_refuses_options_without_their_operators_and_operators_without_what_they_need(condition):
    assert not SCHEMA.is_valid({"rules": [{"id": "x", "all": [condition]}]})


@pytest.mark.parametrize(
    "value",
    [
        {"sources": [{"id": 2024, "path": "in", "name": 2024, "tags": [2024, True]}]},
        {"sources": [{"id": "x", "path": "in", "tags": "wires", "every": "5m"}]},
        {"rules": [{"id": False, "all": [2024, False, {"cased": 12}]}]},
        {"channels": [{"id": "x", "kind": "email", "from": "a@b", "to": "a@b", "host": "h", "password": 12345}]},
        {"channels": [{"id": "x", "kind": "webhook", "url": "https://x", "secret": "${KEY}"}]},
        {"channels": [{"id": "x", "kind": "webhook", "url": "https://x", "secret": ["${OLD}", "${NEW}"]}]},
        {"service": {"listen": None, "token": 12345, "language": False}},
    ],
)
def test_it_accepts_what_yaml_1_1_takes_for_something_else(value):
    SCHEMA.validate(value)


@pytest.mark.parametrize(
    "value",
    [
        {"sources": [{"id": "x", "path": "in", "every": 5}]},
        {"sources": [{"id": "x", "path": "in", "backfill": 5}]},
        {"service": {"retention": 90}},
        {"service": {"per_host": {"connections": "2"}}},
        {"rules": [{"id": "x", "all": [{"age": {"max": 6}}]}]},
        {"rules": [{"id": "x", "all": [{"all": []}]}]},
        {"channels": [{"id": "x", "kind": "email", "from": "a@b", "to": [], "host": "h"}]},
    ],
)
def test_it_refuses_a_number_where_a_unit_is_wanted_and_an_empty_list(value):
    assert not SCHEMA.is_valid(value)
