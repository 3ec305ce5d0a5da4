"""Secrets come from the environment and from files, go where they are named, and are shown nowhere."""

import json
import os
import traceback
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config_schema import config_schema
from monitor.deliver.channels import CHANNELS
from monitor.errors import ConfigError
from monitor.load import load
from monitor.secret import LARGEST, fill_in
from monitor.settings import Config

CANARY = "hunter2hunter2hunter2hunter2"
KEY = "whsec_aHVudGVyMmh1bnRlcjJodW50ZXIyaHVudGVyMg=="

CHANNEL = {
    "webhook": "url: 'https://x.example.org/<canary>', secret: ['<key>']",
    "email": "from: a@example.org, to: b@example.org, host: smtp.example.org, user: a, password: '<canary>'",
    "slack": "url: 'https://x.example.org/<canary>'",
    "discord": "url: 'https://x.example.org/<canary>'",
}
SOURCE = {
    "url": "url: 'https://x.example.org/<canary>'",
    "user in url": "url: 'https://a:<canary>@x.example.org/'",
    "headers": "url: https://x.example.org/, headers: {X-Key: '<canary>'}",
    "password": "url: https://x.example.org/, auth: {user: a, password: '<canary>'}",
    "bearer": "url: https://x.example.org/, auth: {bearer: '<canary>'}",
}
SERVICE = {"database": "database: 'postgresql://a:<canary>@db.example.org/monitor'", "token": "token: '<canary>'"}
WHOLE = {
    **{kind: f"channels: [{{id: x, kind: {kind}, {rest}}}]" for kind, rest in CHANNEL.items()},
    **{f"source {key}": f"sources: [{{id: x, {rest}}}]" for key, rest in SOURCE.items()},
    **{f"service {key}": f"service: {{{rest}}}" for key, rest in SERVICE.items()},
}
BREAKS = {
    "another scheme": lambda text: text.replace("https://", "ftp://"),
    "no scheme": lambda text: text.replace("https://", "").replace("json://", "").replace("postgresql://", ""),
    "an unknown key": lambda text: text.replace("}]", ", <canary>: '<canary>'}]"),
    "a list for a text": lambda text: text.replace("'<canary>'", "['<canary>']").replace("['<key>']", "[[<key>]]"),
    "a line break": lambda text: text.replace("'", '"').replace("<canary>", "<canary>\\n<canary>"),
    "names of channels": lambda text: text + "\nservice: {notify: ['<canary>'], operators: ['<canary>']}",
    "an id": lambda text: text.replace("id: x", "id: '<canary>'"),
    "a mistake elsewhere": lambda text: text + "\nrules: [{id: x}]",
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in os.environ:
        if name.startswith("MONITOR_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CANARY", CANARY)
    monkeypatch.setenv("KEY", KEY)


@pytest.fixture
def written(tmp_path):
    """Write a configuration whose secrets are named as `${NAME}`, or as `${file:PATH}`; return its path."""
    (tmp_path / "canary").write_text(f"{CANARY}\n")
    (tmp_path / "key").write_text(f"{KEY}\r\n")

    def write(text, way="env"):
        named = ("${CANARY}", "${KEY}") if way == "env" else ("${file:canary}", "${file:key}")
        path = tmp_path / "monitor.yaml"
        path.write_text(text.replace("<canary>", named[0]).replace("<key>", named[1]))
        return path

    return write


def shows(text: str) -> bool:
    """Tell whether a text shows a secret, or a good part of one."""
    return any(secret[start : start + 8] in text for secret in (CANARY, KEY[6:]) for start in range(len(secret) - 7))


def everything_said_of(error: BaseException) -> str:
    return f"{error!r} {error} {vars(error)} " + "".join(traceback.format_exception(error))


def everything_that_comes_of(path: Path) -> str:
    try:
        return everything_shown_of(load(path))
    except ConfigError as error:
        return everything_said_of(error)


def everything_shown_of(config: Config) -> str:
    models = chain([config.service], config.sources, config.channels)
    return f"{config!r} {config}" + "".join(f"{model!r} {model} {model.model_dump_json()}" for model in models)


def values_of(config: Config) -> str:
    """Return every secret that the configuration holds, unmasked."""
    models = chain([config.service], config.sources, config.channels)
    return " ".join(map(str, chain.from_iterable(unmasked(model.model_dump()) for model in models)))


def unmasked(value):
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from unmasked(inner)
    else:
        yield value.get_secret_value() if hasattr(value, "get_secret_value") else value


def test_every_kind_of_channel_is_tried():
    assert {*CHANNEL} == CHANNELS.keys() - {"log"}


@pytest.mark.parametrize("way", ["env", "file"])
@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_a_secret_is_filled_in_and_shown_nowhere(written, text, way):
    config = load(written(text, way))

    assert CANARY in values_of(config)
    assert "${" not in values_of(config)
    assert not shows(everything_shown_of(config))


@pytest.mark.parametrize("way", ["env", "file"])
@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_a_secret_is_in_no_message_whatever_is_wrong(written, text, way, broken):
    assert not shows(everything_that_comes_of(written(broken(text), way)))


@pytest.mark.parametrize("field", ["DATABASE", "TOKEN", "NOTIFY", "PER_HOST", "LISTEN", "LANGUAGE", "PER_HOST__PAUSE"])
def test_a_variable_of_ours_is_in_no_message(written, monkeypatch, field):
    monkeypatch.setenv(f"MONITOR_{field}", CANARY)

    with pytest.raises(ConfigError) as caught:
        load(written("service: {listen: '0.0.0.0:1', time_zone: x}"))

    assert not shows(everything_said_of(caught.value))


def test_a_schema_holds_no_secret(written):
    load(written("service: {token: '<canary>'}"))

    assert not shows(json.dumps(config_schema()))


@pytest.mark.parametrize(
    "text",
    [
        "sources: [{id: x, path: '${CANARY}', name: '${CANARY}', publisher: '${CANARY}', tags: ['${CANARY}']}]",
        "lists: {x: ['${CANARY}']}\nrules: [{id: x, all: [{list: x}, '${CANARY}'], title: '${CANARY}'}]",
        "rules: [{id: x, all: [Xi], tests: {match: ['${CANARY} ${', {headline: '${NOT_SET}'}]}}]",
    ],
)
def test_elsewhere_a_name_is_a_text(written, text):
    config = load(written(text))

    assert not shows(repr(config))
    assert "${CANARY}" in repr(config)


def test_an_escape_is_a_text_where_secrets_are_filled_in(written):
    config = load(written("service: {user_agent: 'a $${CANARY} $ {x} $$ ${CANARY}'}"))

    assert config.service.user_agent == "a ${CANARY} $ {x} $$ " + CANARY


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", ""),
        ("$", "$"),
        ("$$", "$$"),
        ("{}", "{}"),
        ("a${CANARY}b${CANARY}", f"a{CANARY}b{CANARY}"),
        ("$${CANARY}", "${CANARY}"),
        ("$$${CANARY}", "$${CANARY}"),
        ("${file:canary}", CANARY),
        ("${file: canary }", CANARY),
        ("${file:sub/../canary}", CANARY),
        ("${NESTED}", "${CANARY}"),
    ],
)
def test_names_are_filled_in_once(written, monkeypatch, tmp_path, text, filled):
    written("")
    (tmp_path / "sub").mkdir()
    monkeypatch.setenv("NESTED", "${CANARY}")

    assert fill_in(text, tmp_path) == filled


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("${NOT_SET}", "there is no such variable in the environment; set NOT_SET, or use ${file:PATH}"),
        ("${}", "wants a name and a closing `}`; write `$${` for the characters themselves"),
        ("${CANARY", "wants a name and a closing `}`"),
        ("${CANARY ${CANARY}", "wants a name and a closing `}`"),
        ("${file:nowhere}", "nowhere: No such file or directory"),
        ("${file:}", "Is a directory"),
        ("${file:large}", "larger than 64 KB, which is no secret"),
        ("${file:latin}", "this is not UTF-8"),
    ],
)
def test_a_name_without_a_secret_is_told_with_its_mend(tmp_path, text, said):
    (tmp_path / "large").write_bytes(b"x" * (LARGEST + 1))
    (tmp_path / "latin").write_bytes(CANARY.encode() + b"\xe9")

    with pytest.raises(ValueError, match=r"\$\{") as caught:
        fill_in(text, tmp_path)

    assert said in str(caught.value)
    assert not shows(everything_said_of(caught.value))


@pytest.mark.parametrize(
    ("stored", "secret"), [("x", "x"), ("x\n", "x"), ("x\r\n", "x"), ("x\n\n", "x\n"), ("\nx ", "\nx "), ("", "")]
)
def test_a_file_loses_its_last_line_break_and_no_more(tmp_path, stored, secret):
    (tmp_path / "secret").write_bytes(stored.encode())

    assert fill_in("${file:secret}", tmp_path) == secret


@settings(deadline=None)
@given(st.text())
def test_a_text_whose_openings_are_escaped_comes_back(text):
    assert fill_in(text.replace("${", "$${"), Path()) == text
