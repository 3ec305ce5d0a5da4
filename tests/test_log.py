"""The log: one event a line, and no secret in it, wherever it was."""

import io
import json
import logging

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from monitor.log import QUIET, configure, redacted

CANARY = "k4n4rie"
SHOWN = "https://hooks.example/…"


@pytest.fixture
def lines():
    """Configure the log to be written into memory; return how to read it."""
    out = io.StringIO()
    before = logging.getLogger().handlers[:], logging.getLogger().level
    configure("json", out)
    yield lambda: out.getvalue().splitlines()
    structlog.reset_defaults()
    logging.getLogger().handlers[:], level = before
    logging.getLogger().setLevel(level)
    for library in QUIET:
        logging.getLogger(library).setLevel(logging.NOTSET)


def told(lines):
    return [json.loads(line) for line in lines()]


SECRETS = [
    "https://hooks.example/services/T0/{}",
    "https://hooks.example?key={}",
    "https://hooks.example#{}",
    "HTTPS://hooks.example/{}",
    "https://user:{}@hooks.example/",
    "https://user:pass@{}@hooks.example/",
    "https://{}@hooks.example",
    "https://[::1]:8080/{}",
    "postgresql://monitor:{}@db.example/monitor",
    "bot123456:{}",
    "whsec_{}",
    "authorization: Bearer {}",
    "Authorization: Basic {}==",
    "{{'authorization': 'Bearer {}'}}",
    "[(b'authorization', b'Bearer {}')]",
    '{{"Authorization": "token-{}"}}',
    "bearer {}",
    "cookie: session={}",
    "x-api-key: {}",
    "api_key={}&page=2",
    "access_token={}",
    "password={}",
    'password="{}"',
    "sig={}",
    "client_secret={}",
    "token: {}",
    "url = 'https://a.example/b?sig={}' and more",
]


@pytest.mark.parametrize("written", SECRETS)
def test_secrets_are_redacted(written):
    shown = redacted(f"before {written.format(CANARY)} after")

    assert CANARY not in shown
    assert shown.startswith("before ")
    assert "…" in shown


@pytest.mark.parametrize(
    "text",
    [
        "https://hooks.example:8080 answered 503",
        "https://hooks.example/",
        "Veerboot vaart weer, meldt de reder.",
        "config/rules.yaml:3:5: unknown key wordz",
        "5 items, 3 new",
        "monitor@example.org",
        "the signal 9",
        "",
    ],
)
def test_what_is_no_secret_stays(text):
    assert redacted(text) == text


@given(st.text())
def test_any_text_can_be_redacted_and_again_is_the_same(text):
    assert redacted(redacted(text)) == redacted(text)


def test_an_event_is_one_line_of_json_with_its_context(lines):
    with structlog.contextvars.bound_contextvars(source="wire"):
        structlog.get_logger().info("source.polled", items=3, headline="Één\nregel\x1b[2J", ms=12)

    assert len(lines()) == 1
    event = told(lines)[0]
    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "source.polled",
        "level": "info",
        "source": "wire",
        "items": 3,
        "headline": "Één\nregel\x1b[2J",
        "ms": 12,
    }
    assert "Één" in lines()[0]


def test_no_secret_gets_out_of_any_part_of_an_event(lines):
    url = f"https://hooks.example/{CANARY}"
    structlog.get_logger().warning(
        f"event {url}", text=url, listed=[url, (url, {url})], mapped={"a": {"b": url}}, error=ValueError(url)
    )

    assert CANARY not in "".join(lines())
    assert told(lines)[0]["listed"] == [SHOWN, [SHOWN, [SHOWN]]]


def test_no_secret_gets_out_of_an_exception(lines):
    def fail(url: str) -> None:
        request = httpx.Request("POST", url, headers={"authorization": f"Bearer {CANARY}"})
        told = f"{request.url} {request.headers.raw}"
        raise httpx.ConnectError(told, request=request)

    try:
        fail(f"https://hooks.example/{CANARY}?sig={CANARY}")
    except httpx.ConnectError:
        structlog.get_logger().exception("source.crashed")

    assert CANARY not in "".join(lines())
    assert "ConnectError" in told(lines)[0]["exception"]
    assert len(lines()) == 1


def test_what_libraries_warn_of_is_redacted_too(lines):
    logging.getLogger("other.package").warning("could not reach https://hooks.example/%s", CANARY)
    try:
        raise ValueError(CANARY and f"https://hooks.example/{CANARY}")  # noqa: TRY301 - it is what is told
    except ValueError:
        logging.getLogger("other.package").exception("crashed")

    assert CANARY not in "".join(lines())
    assert [event["level"] for event in told(lines)] == ["warning", "error"]


# Not `uvicorn.access`: uvicorn cuts that one off itself, for the whole process, wherever a face was made before.
@pytest.mark.parametrize("library", ["httpx", "httpcore.connection", "uvicorn.error", "apscheduler.x"])
def test_libraries_that_tell_too_much_are_quiet_but_for_errors(lines, library):
    logging.getLogger(library).info("GET https://hooks.example/")
    logging.getLogger(library).warning("skipped")
    logging.getLogger(library).error("crashed")

    assert [event["event"] for event in told(lines)] == ["crashed"]


def test_a_console_gets_lines_for_people(lines):
    out = io.StringIO()
    configure("console", out)
    structlog.get_logger().info("source.polled", items=3, url=f"https://hooks.example/{CANARY}")

    assert lines() == []
    assert "source.polled" in out.getvalue()
    assert "items=3" in out.getvalue()
    assert CANARY not in out.getvalue()
