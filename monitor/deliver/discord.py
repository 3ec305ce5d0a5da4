"""Discord, by a webhook.

Limits are those of https://discord.com/developers/docs/resources/message#embed-object-embed-limits: 2,000 characters
of content; of an embed 256 of title, 4,096 of description, 2,048 of footer; 10 embeds, 6,000 characters in all.
"""

import json
import re
from datetime import timedelta
from typing import Final, Literal

from pydantic import BaseModel, Field, ValidationError

from monitor.compose.cut import cut, units
from monitor.compose.letter import Entry, Letter, letter
from monitor.compose.written import read_message
from monitor.deliver.given import Given, SecretUrl
from monitor.deliver.means import Means
from monitor.deliver.posting import GONE_CHAT, Dialect, post
from monitor.model import Delivery, Level
from monitor.net.door import Answer
from monitor.ports import Outcome

CONTENT: Final = 2_000
TITLE: Final = 256
DESCRIPTION: Final = 4_096
EMBEDS: Final = 10
IN_ALL: Final = 6_000
SUMMARY: Final = 300

COLOURS: Final[dict[Level, int]] = {"low": 0x8A8F98, "medium": 0x2F6FEB, "high": 0xE08A00, "critical": 0xC62828}

_MARKUP = re.compile(r"([\\*_~`|>#\[\]()<@]|^[-+])")


class Discord(Given):
    """A webhook of Discord."""

    kind: Literal["discord"]
    url: SecretUrl


class _Refusal(BaseModel):
    """What Discord says in the body of an answer that is not good."""

    code: int | None = None
    retry_after: float | None = Field(default=None, ge=0, le=86_400, allow_inf_nan=False)


async def send(channel: Discord, delivery: Delivery, means: Means) -> Outcome:
    """Post a message of embeds."""
    written = letter(read_message(delivery.body), means.language, means.zone)
    content = json.dumps(payload(written)).encode()
    return await post(means, channel.url, content, dialect=Dialect(GONE_CHAT, _code, _asked))


def payload(letter: Letter) -> dict[str, object]:
    """Return a message; whatever others wrote is escaped, and nobody is mentioned."""
    shown = letter.entries[:EMBEDS]
    embeds = [_embed(entry, IN_ALL // len(shown)) for entry in shown]
    if letter.text:
        embeds.append({"description": _fit(letter.text, DESCRIPTION)})
    rest = letter.rest + len(letter.entries) - len(shown)
    more = f" ({letter.more.format(rest)})" if rest else ""
    return {"content": _fit(letter.subject, SUMMARY) + more, "embeds": embeds, "allowed_mentions": {"parse": []}}


def _embed(entry: Entry, room: int) -> dict[str, object]:
    """Return an alert as an embed of so many characters, besides its link."""
    title = _fit(entry.headline, min(TITLE, room // 3))
    left = min(DESCRIPTION, room - units(title)) - len("\n\n")
    facts = _fit("\n".join(f"{name}: {told}" for name, told in entry.facts), left // 2)
    text = _fit(entry.text, left - units(facts))
    embed: dict[str, object] = {
        "title": title,
        "description": f"{text}\n\n{facts}" if text else facts,
        "color": COLOURS[entry.level],
    }
    return {**embed, "url": entry.link} if entry.link else embed


def _fit(text: str, most: int) -> str:
    """Return a text that is cut to so many characters as they are sent, escaped."""
    return _escape(cut(text, most, lambda part: units(_escape(part))))


def _escape(text: str) -> str:
    """Return a text with a backslash before whatever Discord would read as markup, a mention or an emoji."""
    return _MARKUP.sub(r"\\\1", text)


def _refusal(answer: Answer) -> _Refusal:
    try:
        return _Refusal.model_validate_json(answer.body)
    except ValidationError:
        return _Refusal()


def _code(answer: Answer) -> str | None:
    code = _refusal(answer).code
    return f"(code {code})" if code is not None and 0 <= code < 10**7 else None


def _asked(answer: Answer) -> timedelta | None:
    seconds = _refusal(answer).retry_after
    return timedelta(seconds=seconds) if seconds else None
