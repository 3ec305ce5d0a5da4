"""What a configuration should be warned of, and where."""

import pytest

from monitor.load import load
from monitor.rules.lint import OF_A_RULE, OF_ALL, OF_TESTS, lint
from monitor.rules.places import placed

TESTS = "tests: {match: [Xi]}"

WARNED = [
    ("{id: x, none: [Xi], %s}", "only-excludes", "{id: x", "only says what must not be there"),
    ("{id: x, any: [{none: [Xi]}, gas], %s}", "only-excludes", "{id: x", "fires on nearly everything"),
    ("{id: x, min: {k: 1, of: [{none: [Xi]}, gas]}, %s}", "only-excludes", "{id: x", "fires on nearly everything"),
    ("{id: x, all: [gas, {any: [olie, {none: [Xi]}]}], %s}", "none-in-any", "[Xi]", "put it beside the `any`"),
    ("{id: x, all: [gas, VS], %s}", "short-word", "VS", "did you mean {cased: VS}?"),
    ("{id: x, all: [WHO], %s}", "short-word", "WHO", "as `who` too"),
    ("{id: x, all: [gas, eu], %s}", "short-word", "eu", "as `EU` too"),
    ("{id: x, all: [gas, {list: kort}], %s}", "short-word", "kort}", "`VN` in the list `kort`"),
    ("{id: x, near: [gas, VS], within: 3, %s}", "short-word", "[gas", "{cased: VS}"),
    ("{id: x, all: [gas, 'gas OR VS'], query: 'gas AND VS', %s}", "short-word", "gas AND VS", "{cased: VS}"),
    ("{id: x, any: [san*, gas], %s}", "early-wildcard", "san*", "fewer than 4 letters"),
    ("{id: x, any: ['*sancties', gas], %s}", "early-wildcard", "*sancties", "fewer than 4 letters"),
    ("{id: x, near: [gas, olie], within: 26, %s}", "wide-near", "[gas", "at most 25"),
    ("{id: x, all: [Xi Jinping], none: [{any: [Xi]}], %s}", "contradiction", "Xi]}", "`x` never fires"),
    ("{id: x, any: [olie, dure olie], %s}", "repetition", "dure olie", "changes nothing beside `olie`"),
    ("{id: x, all: [{place: Atlantisdorp}], %s}", "unknown-place", "Atlantisdorp", "no place named `Atlantisdorp`"),
    ("{id: x, all: [{agency: XQZ}], %s}", "unknown-agency", "XQZ", "no agency named `XQZ`"),
    ("{id: x, all: [gas]}", "no-tests", "{id: x", "has no tests"),
    ("{id: x, all: [gas], tests: {match: [{headlin: gas}]}}", "broken-case", "gas}]}", "did you mean `headline`?"),
    ("{id: x, age: {max: 6h}, %s}", "unkeyed", "{id: x", "`x`: every item has to be looked at"),
]

QUIET = [
    "{id: x, all: [Xi, {cased: VS}], %s}",
    "{id: x, all: [gas, Bo], none: [olie], %s}",
    "{id: x, all: [sanctie*, 'b?y'], %s}",
    "{id: x, near: [gas, olie], within: 25, %s}",
    "{id: x, all: [习], %s}",
    "{id: x, all: [gas, {none: [Xi]}], %s}",
    "{id: x, all: [{place: Moskou}, {agency: ANP}], %s}",
]


@pytest.fixture
def linted(tmp_path, monkeypatch):
    """Return the warnings about a rule, each with the text that stands at its place."""
    monkeypatch.delenv("MONITOR_NOTIFY", raising=False)

    def warnings(rule, rest=""):
        path = tmp_path / "monitor.yaml"
        path.write_text(f"lists: {{kort: [VN, gasprijs]}}\n{rest}\nrules:\n  - {rule.replace('%s', TESTS)}\n")
        config = load(path)
        lines = path.read_text().splitlines()
        return [
            (warned.check, lines[problem.line - 1][problem.column - 1 :].lstrip("'"), problem.message)
            for warned, problem in placed(lint(config), config, path)
        ]

    return warnings


@pytest.mark.parametrize(("rule", "check", "place", "said"), WARNED)
def test_a_slip_is_told_with_its_place_and_its_mend(linted, rule, check, place, said):
    found = [(text, message) for name, text, message in linted(rule) if name == check]

    assert found
    assert found[0][0].startswith(place)
    assert said in found[0][1]


@pytest.mark.parametrize("rule", QUIET)
def test_what_is_meant_is_not_warned_of(linted, rule):
    assert linted(rule) == []


def test_a_channel_that_nothing_reaches_is_told_where_it_stands(linted):
    channels = "channels: [{id: desk, kind: log}, {id: ops, kind: log}, {id: lost, kind: log}, {id: all, kind: log}]"
    service = "service: {operators: [ops], notify: [all]}"

    ((check, place, said),) = linted("{id: x, all: [gas], notify: [desk], %s}", f"{channels}\n{service}")

    assert (check, place.split(",")[0]) == ("unreached-channel", "{id: lost")
    assert said.startswith("nothing reaches the channel `lost`; ")


def test_a_warning_about_what_defaults_say_is_told_in_the_defaults(linted):
    ((check, place, _),) = linted("{id: x, all: [gas], %s}", "defaults: {rule: {none: [VS]}}")

    assert (check, place) == ("short-word", "VS]}}")


def test_a_file_that_was_taken_away_meanwhile_is_told_of_as_a_whole(tmp_path):
    path = tmp_path / "monitor.yaml"
    path.write_text("rules: [{id: x, all: [gas]}]")
    config = load(path)
    path.unlink()

    ((_, problem),) = placed(lint(config), config, path)

    assert str(problem).startswith(f"{path}:1:1: `x` has no tests")


def test_every_check_has_a_case_here():
    checked = {check for _, check, *_ in WARNED} | {"unreached-channel"}

    assert checked == OF_A_RULE.keys() | OF_TESTS.keys() | OF_ALL.keys()
