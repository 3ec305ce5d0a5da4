"""Slack, by an incoming webhook.

Limits are those of https://docs.slack.dev/reference/block-kit/blocks: 150 characters of a header, 3,000 of a section,
50 blocks; and in practice some 13,200 in all, beyond which Slack answers `msg_blocks_too_long`.
"""

import json
from typing import Final, Literal

from monitor.compose.cut import cut, units
from monitor.compose.letter import Entry, Letter, letter
from monitor.compose.written import read_message
from monitor.deliver.given import Given, SecretUrl
from monitor.deliver.means import Means
from monitor.deliver.posting import GONE_CHAT, Dialect, post
from monitor.model import Delivery
from monitor.net.door import Answer
from monitor.ports import Outcome

HEADER: Final = 150
SECTION: Final = 3_000
IN_ALL: Final = 12_500
ENTRIES: Final = 10
"""Alerts of a digest that are shown: a share of `IN_ALL` each, and 4 of 50 blocks."""

SUMMARY: Final = 300
"""Characters of what a notification shows."""

ERRORS: Final = frozenset(
    {
        *("action_prohibited", "channel_is_archived", "channel_not_found", "invalid_blocks", "invalid_payload"),
        *("invalid_token", "msg_blocks_too_long", "no_active_hooks", "no_service", "no_service_id", "no_team"),
        *("no_text", "posting_to_general_channel_denied", "rate_limited", "team_disabled", "user_not_found"),
    }
)
"""What Slack says in the body of an answer that is not good; anything else in it is not repeated."""

_Block = dict[str, object]


class Slack(Given):
    """An incoming webhook of Slack."""

    kind: Literal["slack"]
    url: SecretUrl


async def send(channel: Slack, delivery: Delivery, means: Means) -> Outcome:
    """Post a message of blocks."""
    written = letter(read_message(delivery.body), means.language, means.zone)
    content = json.dumps(payload(written)).encode()
    return await post(means, channel.url, content, dialect=Dialect(GONE_CHAT, _error))


def payload(letter: Letter) -> dict[str, object]:
    """Return a message; whatever others wrote stands in `plain_text`, where no markup counts, and is escaped besides.

    `text` is for notifications; `mrkdwn` and `link_names` keep it plain, so that nobody is called by a headline.
    """
    shown = letter.entries[:ENTRIES]
    blocks = [block for entry in shown for block in _entry(entry, letter.read, IN_ALL // len(shown))]
    if letter.text:
        blocks.append(_section(letter.text, SECTION))
    if rest := letter.rest + len(letter.entries) - len(shown):
        blocks.append(_section(letter.more.format(rest), SECTION))
    return {
        "text": _fit(letter.subject, SUMMARY),
        "mrkdwn": False,
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": blocks,
    }


def _entry(entry: Entry, read: str, room: int) -> list[_Block]:
    """Return an alert as up to four blocks of so many characters in all; its link is there whole, or not at all."""
    blocks: list[_Block] = [{"type": "header", "text": _plain(entry.headline, HEADER)}]
    link = f"<{escape(entry.link)}|{escape(read)}>" if entry.link else ""
    if units(link) > min(SECTION, room // 2):
        link = ""
    left = room - HEADER - units(link)
    if entry.text:
        blocks.append(_section(entry.text, min(SECTION, left // 2)))
    if link:
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": link, "verbatim": True}})
    facts = "\n".join(f"{name}: {told}" for name, told in entry.facts)
    blocks.append(_section(facts, min(SECTION, left // 2)))
    return blocks


def _section(text: str, most: int) -> _Block:
    return {"type": "section", "text": _plain(text, most)}


def _plain(text: str, most: int) -> dict[str, object]:
    return {"type": "plain_text", "text": _fit(text, most), "emoji": False}


def _fit(text: str, most: int) -> str:
    """Return a text that is cut to so many characters as they are sent, escaped."""
    return escape(cut(text, most, lambda part: units(escape(part))))


def escape(text: str) -> str:
    """Return a text with what Slack would read as a link, a mention or an entity written out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _error(answer: Answer) -> str | None:
    word = answer.body[:64].decode("ascii", "replace").strip()
    return word if word in ERRORS else None
