"""Rules are taken up where they were kept only if they are those of the configuration, and the file is ours."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config_files import without_rules
from monitor.errors import ConfigError
from monitor.kept_rules import FEWEST, load_to_run
from monitor.load import load
from monitor.match.spelling.locked import Lock, write_lock
from monitor.match.view import View
from monitor.model import Item

NOW = datetime(2026, 11, 26, tzinfo=UTC)
REST = """
service: {{database: 'sqlite:///{folder}/m.db'}}
sources: [{{id: wire, path: in, tags: [wires]}}]
channels: [{{id: desk, kind: log}}, {{id: log, kind: log}}]
"""


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in os.environ:
        if name.startswith("MONITOR_"):
            monkeypatch.delenv(name)


@pytest.fixture
def folder(tmp_path):
    """A configuration of as many rules as are kept."""
    (tmp_path / "a.yaml").write_text(REST.format(folder=tmp_path))
    write_rules(tmp_path, FEWEST)
    return tmp_path


def write_rules(folder: Path, count: int) -> None:
    lines = [f"  - {{id: r-{at}, all: [w{at}], sources: [wires]}}\n" for at in range(count)]
    (folder / "rules.yaml").write_text("rules:\n" + "".join(lines))


def found(loaded) -> list[str]:
    view = View(Item(id="a", headline="Over w1", source="wire"), NOW)
    return [match.rule for match in loaded.rules.match(view)]


def test_what_was_kept_is_taken_up(folder):
    load_to_run(folder).keep()

    again = load_to_run(folder)

    assert again.taken_up
    assert found(again) == ["r-1"]
    assert len(again.rules) == FEWEST
    assert list(again.rules) == list(load(folder).rules)
    assert [source.id for source in again.config.sources] == ["wire"]


def change_a_rule(folder):
    (folder / "rules.yaml").write_text((folder / "rules.yaml").read_text().replace("[w1]", "[w0]"))


def change_a_list(folder):
    (folder / "b.yaml").write_text("lists: {x: [Xi]}")


def lock_spellings(folder):
    (folder / "rules.lock").write_text(write_lock(Lock("1", {})))


def damage(folder):
    with (folder / "m.db.rules").open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\xff")


def let_others_write(folder):
    (folder / "m.db.rules").chmod(0o620)


def put_a_link_there(folder):
    (folder / "m.db.rules").rename(folder / "elsewhere")
    (folder / "m.db.rules").symlink_to(folder / "elsewhere")


def cut_short(folder):
    os.truncate(folder / "m.db.rules", 40)


@pytest.mark.parametrize(
    "change", [change_a_rule, change_a_list, lock_spellings, damage, let_others_write, put_a_link_there, cut_short]
)
def test_what_is_of_something_else_or_may_be_of_somebody_else_is_not_taken_up(folder, change):
    load_to_run(folder).keep()
    change(folder)

    assert not load_to_run(folder).taken_up


def test_who_is_told_by_default_is_a_part_of_the_rules(folder, monkeypatch):
    load_to_run(folder).keep()
    monkeypatch.setenv("MONITOR_NOTIFY", '["desk"]')

    again = load_to_run(folder)

    assert not again.taken_up
    assert again.rules["r-1"].notify == ("desk",)


def test_a_fault_besides_the_rules_is_told_at_its_place(folder):
    load_to_run(folder).keep()
    text = (folder / "rules.yaml").read_text()
    (folder / "rules.yaml").write_text(f"{text}channls: []\n")

    with pytest.raises(ConfigError) as caught:
        load_to_run(folder)

    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (FEWEST + 2, 1)


def test_a_lock_that_comes_between_is_not_taken_for_that_of_the_rules(folder):
    loaded = load_to_run(folder)
    lock_spellings(folder)
    loaded.keep()

    assert not load_to_run(folder).taken_up


def test_a_file_may_have_any_name(folder):
    (folder / "rules.yaml").rename(folder / "\udcffrules.yaml")
    load_to_run(folder).keep()

    assert load_to_run(folder).taken_up


def test_few_rules_are_not_kept(folder):
    write_rules(folder, FEWEST - 1)
    load_to_run(folder).keep()

    assert not (folder / "m.db.rules").exists()


def test_rules_that_the_rest_of_their_file_leans_on_are_not_kept(folder):
    text = (folder / "rules.yaml").read_text().replace("[w0]", "[w0], any: &forms [w0, w1]")
    (folder / "rules.yaml").write_text(f"{text}lists: {{x: *forms}}\n")
    load_to_run(folder).keep()

    assert not (folder / "m.db.rules").exists()
    assert not load_to_run(folder).taken_up


def test_what_is_kept_can_be_read_by_nobody_else(folder):
    load_to_run(folder).keep()

    assert (folder / "m.db.rules").stat().st_mode & 0o777 == 0o600
    assert not list(folder.glob("m.db.rules.*"))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("rules:\n  - a\nlists: {}\n", "lists: {}\n"),
        ("a: b\nrules:\n- x\n- y\n\n# z\n\nlists: {}", "a: b\nlists: {}"),
        ("rules: # all of them\r\n  - a\r\n\r\nb: c\r\n", "b: c\r\n"),
        ("rules:\n  - a", ""),
        ("rules: [a]\nb: c", "rules: [a]\nb: c"),
        ("lists:\n  rules:\n    - a\n", "lists:\n  rules:\n    - a\n"),
        ("rules:\nlists: {}", "lists: {}"),
    ],
)
def test_a_block_of_rules_is_cut_out(text, rest):
    assert without_rules(text) == rest
