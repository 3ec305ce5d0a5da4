"""The shipped configuration, its samples and its reference hold what they say."""

import asyncio
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path

import jsonschema
import pytest
import yaml
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from typer.testing import CliRunner

from monitor.catalog import CHANNELS, READERS
from monitor.cli.main import program
from monitor.config_schema import config_schema
from monitor.daemon import serve_once
from monitor.load import load
from monitor.match.view import SCOPES, USUAL_SCOPE
from monitor.match.written.tree import KEYS, Reader
from monitor.model import Document
from monitor.parse.detect import read_document
from monitor.parse.wires.wire import read_wire, write_wire
from monitor.rules.test import run_tests
from monitor.settings import Auth, Config, Every, PerHost, RuleHead, Service, Source
from monitor.text.durations import write_duration
from monitor.yaml12 import read_yaml

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "config"
REFERENCE = (CONFIG / "README.md").read_text()
SAMPLES = sorted((CONFIG / "samples").glob("*.txt"))
SEEDS = ROOT / ".." / "shared" / "seeds"
NOW = datetime(2026, 2, 5, 10, 0, tzinfo=UTC)

PAGES = [ROOT / "README.md", CONFIG / "README.md"]


def blocks(language: str):
    return [
        pytest.param(block, id=f"{page.relative_to(ROOT)}-{number}")
        for page in PAGES
        for number, block in enumerate(re.findall(rf"```{language}\n(.*?)```", page.read_text(), re.DOTALL), start=1)
    ]


def table(header: str, after: str = "") -> list[list[str]]:
    """Return the rows, as bare texts, of the first table with this header behind the heading `after`."""
    lines = REFERENCE[REFERENCE.index(f"\n{after}\n") if after else 0 :].splitlines()
    rows = takewhile(lambda line: line.startswith("|"), lines[lines.index(header) + 2 :])
    return [[cell.strip() for cell in row.removeprefix("|").removesuffix("|").split("|")] for row in rows]


def bare(cell: str) -> str:
    return cell.strip("`")


def default_of(field: FieldInfo) -> str:
    return "required" if field.is_required() else written(field.default)


def written(default: object) -> str:
    """Return a default as people write it in YAML."""
    match default:
        case None | bool():
            return json.dumps(default)
        case timedelta():
            return write_duration(default)
        case SecretStr():
            return default.get_secret_value()
        case list():
            return f"[{', '.join(map(written, default))}]"
        case dict():
            return f"{{{', '.join(f'{key}: {written(value)}' for key, value in default.items())}}}"
        case BaseModel():
            return written(dict(default))
    return str(default)


def keys_of(model: type[BaseModel]) -> dict[str, str]:
    """Return the keys of a model as people write them, with their defaults."""
    return {field.alias or name: default_of(field) for name, field in model.model_fields.items()}


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("## service", Service),
        ("### per_host", PerHost),
        ("## sources", Source),
        ("### every", Every),
        ("### auth", Auth),
        ("## rules", RuleHead),
    ],
)
def test_the_reference_has_every_key_with_its_default(heading, model):
    rows = table("| key | type | default | meaning |", after=heading)

    assert {bare(key): bare(default) for key, _, default, _ in rows} == keys_of(model)
    assert all(meaning for *_, meaning in rows)


def test_the_reference_has_every_channel_with_its_keys():
    rows = table("| kind | key | type | default | meaning |", after="## channels")

    said = {(bare(kind), bare(key)): bare(default) for kind, key, _, default, _ in rows}
    common = {"id", "kind"}
    known = {
        (kind, key): default
        for kind, channel in CHANNELS.items()
        for key, default in (keys_of(channel) if keys_of(channel).keys() - common else {"": ""}).items()
        if key not in common
    }
    assert said == known


def test_the_reference_has_every_kind_of_document():
    assert {bare(kind) for kind, _ in table("| kind | is |")} == set(READERS)


def test_the_reference_has_every_operator_in_an_example_that_is_read():
    examples = [
        read_yaml("README.md", bare(cell)) for cell, _ in table("| write | means |", after="## The rule language")
    ]

    reader = Reader({"chinezen": ["Xi"]})
    for example in examples:
        assert reader.condition(
            {**example, "any": ["Xi"]} if isinstance(example, dict) and "in" in example else example
        )
    assert not reader.faults
    assert {key for example in examples if isinstance(example, dict) for key in example} == set(KEYS)


def test_the_reference_has_every_part_of_an_article():
    rows = table("| part | is | looked into by default |")

    assert [bare(part) for part, *_ in rows] == [*SCOPES]
    assert {bare(part) for part, _, usual in rows if usual == "yes"} == USUAL_SCOPE


def test_the_queries_of_the_reference_are_read():
    for query, _ in table("| write | means |", after="### One line"):
        assert Reader().condition({"query": bare(query)})


def test_the_levels_of_the_reference_are_those_there_are():
    meaning = next(
        row[-1] for row in table("| key | type | default | meaning |", after="## rules") if "level" in row[0]
    )

    for level in re.findall("`(.*?)`", meaning):
        assert RuleHead.model_validate({"id": "x", "level": level}).level == level


@pytest.mark.parametrize("block", blocks("yaml"))
def test_an_example_loads_and_passes_its_tests(block, tmp_path, monkeypatch):
    monkeypatch.setenv("DESK_SECRET", "whsec_" + "A" * 32)
    monkeypatch.setenv("PARTNER_TOKEN", "open sesame")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "smtp-password").write_text("open sesame\n")
    (tmp_path / "monitor.yaml").write_text(block)

    config = load(tmp_path)

    assert failures(config) == []


def failures(config: Config) -> list[str]:
    """Return the cases of all rules that did not come out as wanted."""
    runs = (run_tests(rule, config.tests[rule.id], read_items, NOW, config.service.language) for rule in config.rules)
    outcomes = (outcome for run in runs for outcome in run)
    return [f"{outcome.rule}: {outcome.title}" for outcome in outcomes if not outcome.passed]


def read_items(path: str):
    return read_document(Document(path, Path(path).read_bytes(), fetched=NOW)).items


@pytest.fixture
def shipped(monkeypatch):
    for name in Service.model_fields:
        monkeypatch.delenv(f"MONITOR_{name.upper()}", raising=False)
    return load(CONFIG)


def test_the_folder_loads_without_anything_in_the_environment(shipped):
    assert len(shipped.sources) > 12
    assert [channel.id for channel in shipped.channels] == shipped.service.notify == ["log"]


def test_the_channels_in_comments_only_want_their_secrets(tmp_path, monkeypatch):
    text = re.sub(r"^  # (?=- |  )", "  ", (CONFIG / "channels.yaml").read_text(), flags=re.MULTILINE)
    (tmp_path / "channels.yaml").write_text(text)
    monkeypatch.setenv("DESK_SECRET", "whsec_" + "A" * 32)
    monkeypatch.setenv("SLACK_WEBHOOK", "https://hooks.example.org/services/x")
    monkeypatch.setenv("SMTP_PASSWORD", "open-sesame")

    assert {channel.kind for channel in load(tmp_path).channels} == {"log", "webhook", "email", "slack"}


def test_every_shipped_rule_has_tests_both_ways_and_passes_them(shipped):
    assert all(shipped.tests[rule.id].match and shipped.tests[rule.id].no_match for rule in shipped.rules)
    assert failures(shipped) == []


def test_no_part_of_a_shipped_rule_can_go_without_a_test_failing(shipped):
    said = read((CONFIG / "rules.yaml").read_text())

    spared = []
    for rule in shipped.rules:
        whole = next(written for written in said["rules"] if written["id"] == rule.id)
        condition = {key: whole[key] for key in whole if key in KEYS}
        lists = {name: said["lists"][name] for name in said["lists"] if f"'list': '{name}'" in str(condition)}
        for gone, less in with_a_part_less({"condition": condition, "lists": lists}):
            made = Reader(less["lists"]).condition(less["condition"])
            if made and not failures(replace(shipped, rules=(replace(rule, condition=made),))):
                spared.append(f"{rule.id}: {gone}")
    assert spared == []


def read(text):
    return read_yaml("rules.yaml", text)


def with_a_part_less(value):
    """Yield where a part stood and what the value is without it, for every part at every depth."""
    keys = [] if isinstance(value, str) else [*value] if isinstance(value, dict) else [*range(len(value))]
    for key in keys:
        if len(keys) > 1 and key not in {"condition", "lists"}:
            yield str(key), replaced(value, key, [])
        for where, less in with_a_part_less(value[key]):
            yield f"{key}.{where}", replaced(value, key, [less])


def replaced(value, key, parts):
    """Return a list or mapping with `parts`, one or none, where `key` was."""
    if isinstance(value, list):
        return [*value[:key], *parts, *value[key + 1 :]]
    return {other: part for other in value for part in (parts if other == key else [value[other]])}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_surely_and_written_back_byte_for_byte(path):
    text = path.read_text()

    item = read_wire(text, fetched=NOW)

    assert item.unsure == ()
    assert item.body
    assert write_wire(item) == text


@pytest.mark.skipif(not SEEDS.is_dir(), reason="other people's material at ../shared is not here")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_has_no_nine_words_of_another_publisher(path):
    theirs = {words for seed in SEEDS.glob("*.txt") for words in nine_words(seed.read_text())}

    assert not theirs & nine_words(path.read_text())


def nine_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + 9]) for start in range(len(words) - 8)}


@pytest.mark.parametrize("path", sorted(CONFIG.glob("*.yaml")), ids=lambda path: path.name)
def test_a_shipped_file_is_what_the_schema_wants(path):
    jsonschema.validate(yaml.safe_load(path.read_text()), config_schema())


@pytest.mark.parametrize("block", blocks("console"))
def test_a_command_prints_what_the_page_says(block):
    command, _, said = block.partition("\n")

    ran = subprocess.run(
        [sys.executable, "-m", *command.removeprefix("$ ").split()],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )

    assert ran.stdout == said


@pytest.mark.parametrize(
    "command",
    sorted({named for page in PAGES for named in re.findall(r"`monitor ([a-z]+(?: [a-z]+)?)", page.read_text())}),
)
def test_a_command_that_a_page_names_is_there(command):
    ran = CliRunner().invoke(program(), [*command.split(), "--help"])

    assert ran.exit_code == 0


def test_the_rule_of_the_first_page_is_the_shipped_one():
    shown = read(re.findall(r"```yaml\n(.*?)```", PAGES[0].read_text(), re.DOTALL)[0])

    shipped = read((CONFIG / "rules.yaml").read_text())["rules"]
    assert shown["rules"] == [{key: shipped[0][key] for key in shipped[0] if key != "tests"}]


def test_the_layout_names_every_module_and_no_other():
    layout = (ROOT / "README.md").read_text().partition("## Layout")[2].partition("\n## ")[0]

    named = re.findall(r"^  (\w+(?:/|\.py)) +\S", layout, re.MULTILINE)
    modules = {path.name for path in (ROOT / "monitor").glob("[a-z]*.py")}
    packages = {f"{path.parent.name}/" for path in (ROOT / "monitor").glob("*/__init__.py")}
    assert sorted(named) == sorted(modules | packages)


def test_the_alert_of_the_first_page_is_the_one_that_its_rule_makes(tmp_path, monkeypatch):
    shown = json.loads(re.findall(r"```json\n(.*?)```", PAGES[0].read_text(), re.DOTALL)[0])
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path}/monitor.db")
    sources = (CONFIG / "sources.yaml").read_text()
    for name in ("rules", "channels", "monitor"):
        (tmp_path / f"{name}.yaml").write_bytes((CONFIG / f"{name}.yaml").read_bytes())
    only = [entry for entry in read(sources)["sources"] if "path" in entry]
    (tmp_path / "sources.yaml").write_text(yaml.safe_dump({"sources": only}))
    (tmp_path / "samples").symlink_to(CONFIG / "samples")
    written: list[str] = []

    asyncio.run(serve_once(tmp_path, write=written.append))

    made = [json.loads(line) for line in written]
    assert any(has(alert, {**shown, "timestamp": alert["timestamp"]}) for alert in made)


def has(whole, part):
    """Tell whether all that a part says is in the whole."""
    if isinstance(part, dict):
        return all(key in whole and has(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return len(whole) == len(part) and all(map(has, whole, part))
    return whole == part
