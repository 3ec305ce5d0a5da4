"""What Slack and Discord get: within their limits to the character, and inert whatever a headline says."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.compose.cut import units
from monitor.compose.letter import Letter, letter
from monitor.compose.message import notice
from monitor.deliver import discord, slack
from monitor.model import Alert, Dateline, Digest, Evidence, Message, Paragraph, RuleName, Span, Story
from tests.deliver.hostile import headlines
from tests.deliver.sending import AT, ITEM, ZONE, send
from tests.fakes.receiver import receiving

LINK = "https://news.example/nieuws/xi?a=1&b=2"


@pytest.fixture
def anyio_backend():
    return "asyncio"


def slack_payload(one: Letter) -> dict[str, Any]:
    sent: dict[str, Any] = json.loads(json.dumps(slack.payload(one)))
    return sent


def discord_payload(one: Letter) -> dict[str, Any]:
    sent: dict[str, Any] = json.loads(json.dumps(discord.payload(one)))
    return sent


def alert(headline: str, lead: str, title: str = "Xi naar Moskou", url: str = LINK) -> Alert:
    item = replace(ITEM, headline=headline, body=(Paragraph(lead),), url=url, dateline=Dateline(""))
    spans = tuple(Span("headline", 0, 1, headline[:1]) for _ in range(3))
    rule = RuleName("xi", title, "critical")
    return Alert("1", rule, Story("s", headline, (headline,), (), 3), (Evidence(item, spans),))


def written(*alerts: Alert) -> Letter:
    if len(alerts) == 1:
        return letter(Message("alert.fired", AT, alerts[0]), "nl", ZONE)
    return letter(Message("alert.digest", AT, Digest(alerts)), "nl", ZONE)


def texts(payload: object) -> Iterator[dict[str, Any]]:
    """Yield the text objects of a Slack message."""
    if isinstance(payload, dict):
        if payload.get("type") in ("plain_text", "mrkdwn"):
            yield payload
        for value in payload.values():
            yield from texts(value)
    if isinstance(payload, list):
        for value in payload:
            yield from texts(value)


def check_slack(payload: dict[str, Any]) -> None:
    """Assert that Slack takes a message, and that nothing in it but our link is active."""
    blocks = payload["blocks"]
    assert 0 < len(blocks) <= 50
    assert units(payload["text"]) <= 40_000
    assert sum(units(part["text"]) for part in texts(blocks)) + units(payload["text"]) <= 13_200
    for block in blocks:
        assert 0 < units(block["text"]["text"]) <= (150 if block["type"] == "header" else 3_000)
    for part in [*texts(blocks), {"type": "text", "text": payload["text"]}]:
        if part["type"] == "mrkdwn":
            assert re.fullmatch(r"<https?://[^<>|\s]+\|[^<>|&]+>", part["text"])
        else:
            assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", part["text"])
    assert payload["mrkdwn"] is False
    assert payload["link_names"] is False


def check_discord(payload: dict[str, Any]) -> None:
    """Assert that Discord takes a message, and that nothing in it is active."""
    embeds = payload["embeds"]
    shown = [payload["content"], *(text for embed in embeds for text in (embed.get("title", ""), embed["description"]))]
    assert payload["allowed_mentions"] == {"parse": []}
    assert 0 < units(payload["content"]) <= 2_000
    assert len(embeds) <= 10
    assert sum(units(text) for text in shown[1:]) <= 6_000
    for embed in embeds:
        assert units(embed.get("title", "")) <= 256
        assert 0 < units(embed["description"]) <= 4_096
        assert len(embed.get("url", "")) <= 2_048
    for text in shown:
        assert not re.search(
            r"[*_~`|>#\[\]()<@]", re.sub(r"\\[!-/:-@\[-`{-~]", "", text).replace(" (en ", "").rstrip(")")
        )


@pytest.mark.parametrize("title", headlines(200), ids=range(200))
def test_hostile_headlines_are_inert(title):
    one = written(alert(title, title, title))

    check_slack(slack_payload(one))
    check_discord(discord_payload(one))


@settings(deadline=None, max_examples=50)
@given(st.text(), st.text(), st.text(), st.integers(1, 6_000))
def test_any_text_at_any_length_is_within_the_limits(headline, lead, title, times):
    one = written(alert(headline, lead * times, title * times))

    check_slack(slack_payload(one))
    check_discord(discord_payload(one))


@pytest.mark.parametrize("sign", ["a", "&", "*", "👍🏽", "é", "ש", "e\u0301", "👩‍👩‍👧‍👦", "习"])
@pytest.mark.parametrize("limit", [150, 256, 2_000, 3_000, 4_096])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_at_the_limits_and_one_beside_them(sign, limit, more):
    text = (sign * limit)[: limit + more].ljust(limit + more, "a")
    one = written(alert(text, text))

    check_slack(slack_payload(one))
    check_discord(discord_payload(one))


@pytest.mark.parametrize(("length", "whole"), [(149, True), (150, True), (151, False)])
def test_a_headline_that_fits_slacks_header_is_not_cut(length, whole):
    header = slack_payload(written(alert("k" * length, "lead")))["blocks"][0]["text"]["text"]

    assert len(header) == min(length, 150)
    assert header.endswith("k" if whole else "…")


@pytest.mark.parametrize(("length", "whole"), [(255, True), (256, True), (257, False)])
def test_a_headline_that_fits_discords_title_is_not_cut(length, whole):
    title = discord_payload(written(alert("k" * length, "lead")))["embeds"][0]["title"]

    assert len(title) == min(length, 256)
    assert title.endswith("k" if whole else "…")


def test_five_megabytes_of_headline_leave_the_link_whole():
    one = written(alert("é" * 5_000_000, "👍🏽" * 100_000))

    assert f"<{slack.escape(LINK)}|Lees het bericht>" in [part["text"] for part in texts(slack_payload(one))]
    assert discord_payload(one)["embeds"][0]["url"] == LINK


@pytest.mark.parametrize("number", [2, 9, 10, 11, 60, 500])
def test_a_digest_of_any_size_is_within_the_limits_and_says_what_it_leaves_out(number):
    many = written(*(alert(f"Kop {index} " + "k" * 300, "Lead. " * 900) for index in range(number)))
    said = f"en {number - 10} meer"

    check_slack(slack_payload(many))
    check_discord(discord_payload(many))
    assert (said in json.dumps(slack_payload(many))) == (number > 10)
    assert (said in json.dumps(discord_payload(many))) == (number > 10)


def test_a_notice_is_a_message_too():
    one = letter(notice("kanaal desk is uitgeschakeld:\n410 <!channel> @everyone", AT), "nl", ZONE)

    check_slack(slack_payload(one))
    check_discord(discord_payload(one))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a.example/|x>", "data:text/html,x", "http://", "x" * 9]
)
def test_what_is_no_address_of_the_web_is_no_link(url):
    one = written(alert("kop", "lead", url=url))

    assert not [part for part in texts(slack_payload(one)) if part["type"] == "mrkdwn"] or "|x" not in url
    assert "url" not in discord_payload(one)["embeds"][0]


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["slack", "discord"])
async def test_a_message_arrives_as_json_that_people_can_read(kind):
    async with receiving() as receiver:
        await send(kind, url=receiver.url())

    receipt = receiver.ledger[0]
    said = json.dumps(receipt.json, ensure_ascii=False).replace("\\\\", "")
    assert receipt.headers["content-type"] == "application/json"
    for part in ("Xi reist naar Moskou voor overleg", "PEKING (ANP/RTR) - Xi vertrekt", "Regel: Xi naar Moskou (hoog)"):
        assert part in said
    assert "Gevonden: “Xi” (kop), “Moskou” (alinea 1)" in said
    assert "2026-02-05 11:00 CET" in said
