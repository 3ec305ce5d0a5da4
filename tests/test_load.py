"""A configuration is refused whole, with every mistake in it, its place and its mend.

`data/configs/broken` holds one file a kind of mistake, named after it; the comments it begins with say what is told of
it, as `# line:column: message` (` …` at the end stands for a list of all there is). `python -m tests.test_load` prints
them all.
"""

import os
import re
import sys
from pathlib import Path

import pytest

from monitor.config_files import LARGEST
from monitor.errors import ConfigError
from monitor.load import load
from monitor.match.clauses.naming import read_place
from monitor.match.spelling.locked import Lock, Locked, read_lock, write_lock
from monitor.match.spelling.spelled import Expansion

CONFIGS = Path(__file__).parent / "data" / "configs"
BROKEN = sorted((CONFIGS / "broken").glob("*.yaml"))
VALID = sorted((CONFIGS / "valid").iterdir())
HEAD = re.compile(r"# (\d+:\d+: .+)")
KEY = "whsec_" + "A" * 32


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in os.environ:
        if name.startswith("MONITOR_"):
            monkeypatch.delenv(name)


@pytest.fixture
def written(tmp_path):
    """Write files into a folder of their own; return it."""

    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text)
        return tmp_path

    return write


def said_of(path: Path) -> list[str]:
    """Return what is wrong with a configuration, `file:line:column: message` each, the folder left out."""
    with pytest.raises(ConfigError) as caught:
        load(path)
    folder = path if path.is_dir() else path.parent
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def expected_of(path: Path) -> list[str]:
    """Return what the file itself says is wrong with it."""
    heads = (HEAD.fullmatch(line) for line in path.read_text().splitlines())
    return [f"{path.name}:{head[1]}" for head in heads if head]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_told_at_its_place_with_its_mend(path):
    expected = expected_of(path)

    said = said_of(path)

    assert len(said) == len(expected) > 0
    for told, wanted in zip(said, expected, strict=True):
        assert told == wanted or (wanted.endswith(" …") and told.startswith(wanted.removesuffix("…")))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_configuration_loads(path, monkeypatch):
    monkeypatch.setenv("DESK_SECRET", KEY)

    config = load(path)

    assert config.rules
    assert config.sources


def test_all_problems_of_all_files_are_told_in_their_order(written):
    folder = written(
        a="rules: [{id: A, level: urgent, all: [{palce: Moskou}], notify: [nobody]}]",
        b="service: {listen: here}\nchannels: [{id: desk, kind: log, url: x}]",
    )

    assert said_of(folder) == [
        "a.yaml:1:14: `id` wants lower-case letters, digits and hyphens, such as xi-moskou",
        "a.yaml:1:24: `level` wants one of low, medium, high or critical",
        "a.yaml:1:39: unknown key `palce`; did you mean `place`?",
        "b.yaml:1:19: `listen` wants address:port, such as 127.0.0.1:8080, or null",
        "b.yaml:2:34: unknown key `url`; there are id, kind",
    ]


def test_a_rule_with_a_broken_condition_has_its_references_checked_too(written):
    folder = written(a="rules: [{id: xi, all: [{palce: x}], notify: [nobody], sources: [nowhere]}]")

    assert said_of(folder) == [
        "a.yaml:1:25: unknown key `palce`; did you mean `place`?",
        "a.yaml:1:46: there is no channel `nobody`; there are: none",
        "a.yaml:1:65: there is no source or tag `nowhere`; there are: none",
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "sources: [{id: wire, path: in, tags: [wires], every: often}]\nrules: [{id: xi, all: [Xi], sources: [wire]}]",
        "sources: [{id: wire, path: in, tags: [wires], every: often}]\nrules: [{id: xi, all: [Xi], sources: [wires]}]",
        "channels: [{id: desk, kind: slack}]\nrules: [{id: xi, all: [Xi], notify: [desk]}]",
        "channels: [{id: desk, kind: slack}]\nservice: {notify: [desk]}",
        "channels: [{id: siren, kind: exec, command: [siren]}]\nrules: [{id: xi, all: [Xi], notify: [siren]}]",
        "service: {token: '${NOT_SET_ANYWHERE}'}",
        "lists: {xi: Xi}\nrules: [{id: xi, all: [{list: xi}]}]",
    ],
)
def test_one_mistake_is_told_once(written, rest):
    assert len(said_of(written(a=rest))) == 1


def test_a_mistake_in_the_defaults_is_told_there_and_once(written):
    folder = written(
        a="defaults: {rule: {notify: [nobody]}}", b="rules: [{id: xi, all: [Xi]}, {id: wang, all: [Wang]}]"
    )

    assert said_of(folder) == ["a.yaml:1:28: there is no channel `nobody`; there are: none"]


def test_files_of_a_folder_are_merged_and_hidden_files_are_not(written, tmp_path):
    written(a="rules: [{id: xi, all: [Xi]}]", b="rules: [{id: wang, all: [Wang]}]\nlists: {x: [Xi]}")
    (tmp_path / ".#b.yaml").symlink_to("editor@host.1234")
    (tmp_path / "notes.yml").write_text("{")

    assert [rule.id for rule in load(tmp_path).rules] == ["xi", "wang"]


@pytest.mark.parametrize(
    ("files", "problems"),
    [
        ({}, [":1:1: there is no *.yaml file in this folder"]),
        (
            {"a": "service: {}", "b": "\nservice: {language: nl}"},
            ["b.yaml:2:1: `service` is given in a.yaml too; give it once"],
        ),
        (
            {"a": "rules: [{id: xi, all: [Xi]}]", "b": "rules: [{id: xi, all: [Xi]}]"},
            ["b.yaml:1:14: the id `xi` is taken, in a.yaml; choose another"],
        ),
        (
            {"a": "channels: [{id: x, kind: log}]", "b": "channels: [{id: x, kind: log}]"},
            ["b.yaml:1:17: the id `x` is taken, in a.yaml; choose another"],
        ),
        (
            {"a": "lists: {xi: [Xi]}", "b": "lists: {xi: [Xi]}"},
            ["b.yaml:1:9: the list `xi` is given twice; choose another name"],
        ),
        (
            {"a": "defaults: {source: {}}", "b": "defaults: {source: {}}"},
            ["b.yaml:1:12: `source` has defaults in another file too; give them once"],
        ),
    ],
)
def test_what_only_several_files_can_get_wrong(written, files, problems):
    folder = written(**files)

    assert [said.removeprefix(str(folder)) for said in said_of(folder)] == problems


def test_a_file_that_everybody_can_write_to_is_refused(written):
    folder = written(a="rules: [{id: xi, all: [Xi]}]")
    (folder / "a.yaml").chmod(0o666)

    assert said_of(folder) == ["a.yaml:1:1: everybody can write to this file; take that away: chmod o-w a.yaml"]


def test_a_file_that_is_not_utf_8_is_refused_at_the_place(written):
    folder = written()
    (folder / "a.yaml").write_bytes("# één\nlists: {x: [één]}\n".encode() + b"# \xe9\n")

    assert said_of(folder) == ["a.yaml:3:3: this is not UTF-8; save the file as UTF-8"]


def test_a_byte_order_mark_is_left_out(written):
    folder = written(a="\ufeffservice: {langauge: nl}")

    assert said_of(folder) == ["a.yaml:1:11: unknown key `langauge`; did you mean `language`?"]


def test_a_file_that_is_too_large_is_refused_unread(written):
    folder = written(a="")
    with (folder / "a.yaml").open("r+b") as file:
        file.truncate(LARGEST + 20 * 1024 * 1024)

    assert said_of(folder) == ["a.yaml:1:1: larger than 32 MB; split it over several files of a folder"]


@pytest.mark.parametrize("name", ["nowhere", "nowhere.yaml"])
def test_a_configuration_that_is_not_there_is_told(tmp_path, name):
    assert said_of(tmp_path / name) == [
        f"{name}:1:1: cannot be read: No such file or directory; name a file or folder with --config"
    ]


def test_a_folder_named_like_a_file_is_told(written):
    folder = written(b="rules: []")
    (folder / "a.yaml").mkdir()

    assert said_of(folder) == ["a.yaml:1:1: cannot be read: Is a directory; name a file or folder with --config"]


def test_a_file_that_fails_while_it_is_read_is_told(written):
    folder = written(b="rules: []")
    (folder / "a.yaml").symlink_to("/proc/self/mem")  # Opens, and fails at its first byte.

    assert said_of(folder) == ["a.yaml:1:1: cannot be read: Input/output error; name a file or folder with --config"]


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("MONITOR_LISTEN", "8080", "MONITOR_LISTEN: `listen` wants address:port, such as 127.0.0.1:8080, or null"),
        ("MONITOR_TOKEN", "", "MONITOR_TOKEN: `token` wants a text that is not empty"),
        ("MONITOR_NOTIFY", "desk", "MONITOR_NOTIFY: wants JSON, as it stands for a list or a mapping"),
        ("MONITOR_NOTIFY", '["desk"]', "MONITOR_NOTIFY: there is no channel `desk`; there are: none"),
        ("MONITOR_PER_HOST", "5", "MONITOR_PER_HOST: `per_host` wants a mapping of connections, pause"),
        ("MONITOR_PER_HOST", '{"pause": "1"}', "MONITOR_PER_HOST: `pause` wants a duration, a whole number and a unit"),
        ("MONITOR_PER_HOST__CONNECTIONS", "0", "MONITOR_PER_HOST__CONNECTIONS: `connections` wants at least 1"),
        ("MONITOR_PER_HOST__CONECTIONS", "1", "MONITOR_PER_HOST__CONECTIONS: unknown key `conections`; did you mean"),
        ("monitor_retention", "long", "MONITOR_RETENTION: `retention` wants a duration, a whole number and a unit"),
    ],
)
def test_a_broken_variable_is_told_as_such(written, monkeypatch, variable, value, problem):
    monkeypatch.setenv(variable, value)

    (said,) = said_of(written(a="service: {per_host: {pause: 1s}}"))

    assert said.startswith(f"environment:1:1: {problem}")


@pytest.mark.parametrize("variable", ["MONITOR_CONFIG", "MONITOR_LISTENER", "MONITOR_"])
def test_another_variable_takes_no_blame(written, monkeypatch, variable):
    monkeypatch.setenv(variable, "x")

    assert said_of(written(a="service: {listen: '0.0.0.0:80'}")) == [
        "a.yaml:1:10: `listen` beyond loopback wants a `token`"
    ]


def test_the_environment_wins(written, monkeypatch):
    monkeypatch.setenv("MONITOR_LISTEN", "null")
    monkeypatch.setenv("MONITOR_NOTIFY", '["log"]')
    monkeypatch.setenv("MONITOR_PER_HOST__PAUSE", "2s")
    monkeypatch.setenv("MONITOR_DATABASE", "sqlite:///elsewhere.db")

    service = load(
        written(a="service: {listen: '[::1]:80', per_host: {connections: 3}}\nchannels: [{id: log, kind: log}]")
    ).service

    assert service.listen is None
    assert service.notify == ["log"]
    assert (service.per_host.connections, service.per_host.pause.total_seconds()) == (3, 2)
    assert service.database.get_secret_value() == "sqlite:///elsewhere.db"


def test_a_null_is_nothing_and_a_quoted_null_is_a_word(written):
    config = load(written(a='service: {listen: null}\nrules: [{id: x, title: ~, all: ["null"], notify: }]'))

    assert config.service.listen is None
    assert config.rules[0].title == "x"


def test_relative_paths_stand_against_the_file_that_names_them(written, tmp_path, monkeypatch):
    folder = written(
        a="sources: [{id: in, path: in/*.txt}]\nrules: [{id: x, all: [X], tests: {match: [{file: x.txt}]}}]"
    )
    monkeypatch.chdir(tmp_path.parent)

    config = load(Path(folder.name))

    assert config.sources[0].path == str(folder / "in/*.txt")
    assert config.tests["x"].match == [{"file": str(folder / "x.txt")}]


def test_defaults_are_beneath_what_is_given(written):
    config = load(
        written(
            a="defaults: {source: {every: 5m, tags: [wires]}, rule: {level: high, in: headline}}",
            b="sources: [{id: a, path: a}, {id: b, path: b, every: 1m, tags: []}]\n"
            "rules: [{id: x, all: [X], sources: [wires]}, {id: y, all: [Y], level: low}]",
        )
    )

    assert [every.min.total_seconds() for source in config.sources if (every := source.every)] == [300, 60]
    assert [rule.level for rule in config.rules] == ["high", "low"]
    assert config.rules[0].sources == frozenset({"a"})


def test_a_lock_beside_the_files_pins_their_spellings(written, tmp_path):
    folder = written(a="rules:\n  - {id: x, place: Moskou}")
    (tmp_path / "rules.lock").write_text(
        write_lock(Lock("1", {"place: Moskou": Expansion(forms=("Moskou", "Moskva"), is_place=True)}))
    )

    (rule,) = load(folder).rules

    assert rule.condition == read_place(("Moskou",), expand=Locked(read_lock((tmp_path / "rules.lock").read_text())))


@pytest.mark.parametrize("content", [b"no lock", b"\xbc\x00", b"[]"])
def test_a_lock_that_cannot_be_read_refuses(written, tmp_path, content):
    folder = written(a="rules:\n  - {id: x, all: [Xi]}")
    (tmp_path / "rules.lock").write_bytes(content)

    (said,) = said_of(folder)

    assert said.startswith("rules.lock:1:1: is no lock")
    assert "monitor rules lock" in said


if __name__ == "__main__":
    for each in BROKEN:
        sys.stdout.write("".join(f"{line}\n" for line in expected_of(each)))
