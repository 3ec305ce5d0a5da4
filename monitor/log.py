"""How the log is written: structlog events, as JSON lines or for a console, on standard error, without secrets.

Every event is redacted before it is written: addresses lose what stands behind their host, and what looks like a
token loses itself; exceptions too, whose messages and sources may carry either.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import Processor

QUIET = ("apscheduler", "httpcore", "httpx", "uvicorn", "watchfiles")
"""Libraries of which only errors are told: they tell addresses, or what is told by events of our own."""

_NAMED = r"authorization|cookie|password|passwd|secret|token|api[_-]?key|access[_-]?key|apikey|signature|sig"
_SECRETS = (
    # A user and a password in an address, up to the last @ before its path.
    (re.compile(r"(?P<kept>\b[a-zA-Z][\w+.-]*://)[^/\s\"'<>]*@"), r"\g<kept>…@"),
    # All of a web address behind its host.
    (re.compile(r"(?P<kept>\bhttps?://[^/?#\s\"'<>]+[/?#])[^\s\"'<>]+", re.IGNORECASE), r"\g<kept>…"),
    (re.compile(r"(?P<kept>\bbot)\d+:[\w-]+"), r"\g<kept>…"),
    (re.compile(r"\bwhsec_[\w+/=-]+"), "whsec_…"),
    (re.compile(r"(?P<kept>\b(?:Bearer|Basic)\s+)[\w+/=.~-]+", re.IGNORECASE), r"\g<kept>…"),
    (
        re.compile(
            rf"(?P<kept>(?:{_NAMED})[\w-]*[\"']?\s*[:=,]\s*b?)(?P<quote>[\"']?)(?!(?:Bearer|Basic)\s)[^\s,;&\"')}}\]]+",
            re.IGNORECASE,
        ),
        r"\g<kept>\g<quote>…",
    ),
)


def redacted(text: str) -> str:
    """Return a text without what may be secret in it."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


def configure(style: Literal["json", "console"], stream: TextIO | None = None) -> None:
    """Let every event be written to a stream (default standard error), warnings of libraries included."""
    out = stream or sys.stderr
    render: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if style == "console":
        render = structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback)
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact,
    ]
    structlog.configure(
        processors=[*before, render],
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
            foreign_pre_chain=before,
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for library in QUIET:
        logging.getLogger(library).setLevel(logging.ERROR)


def _redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: _without_secrets(value) for key, value in event.items()}


def _without_secrets(value: object) -> object:
    """Return a value of an event redacted, whatever it is made of; lines of one text stay one line."""
    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, Mapping):
        return {str(key): _without_secrets(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_without_secrets(one) for one in value]
    return redacted(str(value))
