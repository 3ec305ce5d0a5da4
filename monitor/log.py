"""How the log is written: structlog events, as JSON lines or for a console, on standard error, without secrets.

Every event is redacted before it is written: addresses lose what stands behind their host, and what looks like a
token loses itself; exceptions too, whose messages and sources may carry either.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import Processor

_SECRETS = (
    (re.compile(r"(?P<kept>\b[a-z][a-z0-9+.-]*://)[^/\s@\"']*@"), r"\g<kept>…@"),
    (re.compile(r"(?P<kept>\bhttps?://[^/\s\"'<>]+/)[^\s\"'<>]+"), r"\g<kept>…"),
    (re.compile(r"(?P<kept>\bbot)\d+:[\w-]+"), r"\g<kept>…"),
    (re.compile(r"\bwhsec_[\w+/=-]+"), "whsec_…"),
    (
        re.compile(r"(?P<kept>(?i:authorization|cookie|token|password|secret|sig)[\"']?\s*[:=]\s*)[^\s,;}]+"),
        r"\g<kept>…",
    ),
)


def redacted(text: str) -> str:
    """Return a text without what may be secret in it."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


def _redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redacted(value) if isinstance(value, str) else value for key, value in event.items()}


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
