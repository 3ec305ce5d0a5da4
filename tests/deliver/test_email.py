"""What a mail says, and what becomes of it with a real server at the other end."""

import base64
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.compose.cut import one_line, units
from monitor.compose.letter import letter
from monitor.compose.message import addressed, notice
from monitor.compose.written import read_message
from monitor.deliver.channels import CHANNELS, Email
from monitor.deliver.email import mail
from monitor.model import Delivery, Paragraph
from monitor.ports import Deferred, Outcome, Refused, Sent
from tests.deliver.hostile import headlines
from tests.deliver.sending import AT, ITEM, ZONE, delivery, send
from tests.fakes.smtp import PASSWORD, USER, mail_server
from tests.fakes.wire import drip, serving

GIVEN: dict[str, object] = {"to": ["desk@example.org", "nacht@example.org"], "from_": "monitor@example.org"}
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted"]
STRUCTURE = ["MIME-Version", "Content-Type"]


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def hand(one: Delivery | None, **given: object) -> Outcome:
    """Return how it went to send a mail to our recipients."""
    return await send("email", one or delivery("email"), **{"host": "127.0.0.1", **GIVEN, **given})


def made(one: Delivery) -> EmailMessage:
    """Return a mail as it is read back from the bytes that are sent."""
    channel = CHANNELS["email"].model_validate(
        {"id": "email", "kind": "email", "host": "mail.example", "to": GIVEN["to"], "from": GIVEN["from_"]}
    )
    assert isinstance(channel, Email)
    content = mail(channel, one, letter(read_message(one.body), "nl", ZONE), "nl").as_bytes()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert content.isascii()
    return message_from_bytes(content, policy=policy.default)


def text_of(one: EmailMessage, kind: str) -> str:
    part = one.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def check_envelope(one: EmailMessage) -> None:
    """Assert that a mail has exactly our headers, and goes to exactly our recipients."""
    assert sorted(one.keys()) == sorted(HEADERS + STRUCTURE)
    assert [address.addr_spec for address in one["To"].addresses] == GIVEN["to"]
    assert [address.addr_spec for address in one["From"].addresses] == [GIVEN["from_"]]
    assert [part.get_content_type() for part in one.iter_parts()] == ["text/plain", "text/html"]
    assert not [part for part in one.iter_parts() if set(part.keys()) - {*STRUCTURE, "Content-Transfer-Encoding"}]


@pytest.mark.parametrize("title", headlines(200), ids=range(200))
def test_no_headline_adds_a_header_or_a_recipient(title):
    item = replace(ITEM, headline=title, body=(Paragraph(title),))
    one = made(delivery("email", item, title=title))

    check_envelope(one)
    assert units(one["Subject"]) <= 200


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=150))
def test_a_subject_is_read_as_it_was_written(headline):
    one = made(delivery("email", replace(ITEM, headline=headline), title="Xi"))
    shown = one_line(headline).replace("=?", "= ?") or "(zonder kop)"

    check_envelope(one)
    assert str(one["Subject"]) == f"Xi: {shown}"


@pytest.mark.parametrize(
    "word", ["=?utf-8?q?a=0ABcc:_v=40x?=", "=?utf-8?b?QmNjOiB2QHg=?=", "=?x?q?=0D=0AX-Evil:_1?= é"]
)
def test_an_encoded_word_in_a_headline_is_shown_and_not_decoded(word):
    one = made(delivery("email", replace(ITEM, headline=word), title="Xi"))

    check_envelope(one)
    assert str(one["Subject"]) == f"Xi: {word.replace('=?', '= ?')}"


def test_five_megabytes_of_headline_are_one_mail():
    one = made(delivery("email", replace(ITEM, headline="é" * 5_000_000)))

    check_envelope(one)
    assert str(one["Subject"]).endswith("…")


def test_a_mail_says_what_was_found_and_where():
    text = text_of(made(delivery("email")), "plain")

    assert text == (
        "Xi reist naar Moskou voor overleg\n\n"
        "PEKING (ANP/RTR) - Xi vertrekt maandag naar Moskou, meldt het ministerie.\n\n"
        "https://news.example/nieuws/xi?a=1&b=2\n\n"
        "Regel: Xi naar Moskou (hoog)\nGevonden: “Xi” (kop), “Moskou” (alinea 1)\nBron: wire\nUitgever: example\n"
        "Persbureau: ANP, RTR\nGepubliceerd: 2026-02-05 11:00 CET\n"
    )


def test_html_is_escaped():
    one = made(delivery("email", replace(ITEM, headline="<script>alert(1)</script> & <img src=x>")))
    html = text_of(one, "html")

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;img src=x&gt;" in html
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="https://news.example/nieuws/xi?a=1&amp;b=2"' in html


def test_every_attempt_is_the_same_mail():
    first, second = made(delivery("email")), made(delivery("email", attempts=7))

    assert first["Message-ID"] == second["Message-ID"] == f"<{delivery('email').id}@example.org>"
    assert first["Date"] == second["Date"] == "Thu, 05 Feb 2026 10:00:00 +0000"
    assert first["Auto-Submitted"] == "auto-generated"


def test_what_follows_on_an_alert_is_of_its_conversation():
    first = delivery("email")
    second = replace(first, id="msg_2", revision=1, type="alert.updated")

    assert made(first)["References"] == made(second)["References"] == made(second)["In-Reply-To"]
    assert made(first)["Message-ID"] != made(second)["Message-ID"]


def test_a_notice_is_of_no_conversation():
    one = made(addressed(notice("kanaal desk is uitgeschakeld\n410", AT), "email"))

    assert set(HEADERS) - set(one.keys()) == {"In-Reply-To", "References"}
    assert text_of(one, "plain").split("\n") == ["kanaal desk is uitgeschakeld", "410", ""]
    assert one["Subject"] == "Van monitor zelf: kanaal desk is uitgeschakeld"


@pytest.mark.anyio
@pytest.mark.parametrize("tls", ["tls", "starttls", None])
@pytest.mark.parametrize("login", [True, False])
async def test_a_mail_is_handed_over(tls, login):
    who: dict[str, object] = {"user": USER, "password": PASSWORD} if login else {}
    async with mail_server(tls=tls, login=login) as server:
        outcome = await hand(None, port=server.port, security=tls or "none", **who)

    assert outcome == Sent(f"127.0.0.1:{server.port} answered 250")
    [taken] = server.mails
    assert taken.sender == GIVEN["from_"]
    assert list(taken.recipients) == GIVEN["to"]
    assert taken.encrypted == bool(tls)
    check_envelope(taken.read())


async def handed(*said: str, attempts: int = 1, **refused: str) -> tuple[Outcome, list[tuple[str, ...]]]:
    """Return how it went with a server that says this to DATA, and that of the recipients; and who got the mail."""
    recipients = {f"{name}@example.org": answer for name, answer in refused.items()}
    one = delivery("email", attempts=attempts)
    async with mail_server(*said, recipients=recipients) as server:
        outcome = await hand(one, port=server.port, security="none")
    return outcome, [taken.recipients for taken in server.mails]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("451 4.7.1 greylisted", Deferred),
        ("421 4.3.2 shutting down", Deferred),
        ("452 4.2.2 full", Deferred),
        ("552 5.3.4 too big", Refused),
        ("550 5.7.1 spam", Refused),
        ("554 5.6.0 no", Refused),
    ],
)
async def test_what_a_server_says_to_the_mail_is_sorted(said, expected):
    outcome, mails = await handed(said)

    assert isinstance(outcome, expected)
    assert not mails
    assert not isinstance(outcome, Deferred) or outcome.wait == timedelta(minutes=5)


@pytest.mark.anyio
async def test_after_a_greylisting_the_mail_is_taken():
    async with mail_server("451 later") as server:
        outcomes = [await hand(None, port=server.port, security="none") for _ in range(2)]

    assert isinstance(outcomes[0], Deferred)
    assert isinstance(outcomes[1], Sent)
    assert len(server.mails) == 1


@pytest.mark.anyio
async def test_a_recipient_who_is_refused_for_good_does_not_stop_the_others():
    outcome, mails = await handed(desk="550 5.1.1 left the paper")

    assert isinstance(outcome, Sent)
    assert outcome.answer.endswith("without 1 of 2 recipients")
    assert mails == [("nacht@example.org",)]


@pytest.mark.anyio
@pytest.mark.parametrize(("attempts", "taken"), [(1, []), (2, []), (3, [("nacht@example.org",)])])
async def test_a_recipient_who_is_put_off_is_waited_for_a_while(attempts, taken):
    outcome, mails = await handed(desk="450 4.2.0 later", attempts=attempts)

    assert isinstance(outcome, Sent if taken else Deferred)
    assert mails == taken


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("answers", "expected"),
    [(("550 no", "550 no"), Refused), (("450 later", "550 no"), Deferred), (("450 later", "451 later"), Deferred)],
)
async def test_without_recipients_there_is_no_mail(answers, expected):
    outcome, mails = await handed(desk=answers[0], nacht=answers[1], attempts=9)

    assert isinstance(outcome, expected)
    assert not mails


@pytest.mark.anyio
@pytest.mark.parametrize("tls", ["tls", "starttls", None])
async def test_a_failed_login_is_refused_and_tells_no_password(tls):
    wrong = "een-fout-wachtwoord"
    async with mail_server(tls=tls, login=True) as server:
        outcome = await hand(None, port=server.port, security=tls or "none", user=USER, password=wrong)

    assert outcome == Refused(f"127.0.0.1:{server.port} answered 535")
    assert not server.mails


@pytest.mark.anyio
@pytest.mark.parametrize("login", [True, False])
async def test_without_starttls_on_offer_nothing_is_said_in_the_clear(login):
    who: dict[str, object] = {"user": USER, "password": PASSWORD} if login else {}
    async with mail_server(tls=None, login=login) as server:
        outcome = await hand(None, port=server.port, security="starttls", **who)

    assert isinstance(outcome, Deferred)
    assert not server.talk


@pytest.mark.anyio
@pytest.mark.parametrize("tls", ["tls", "starttls"])
@pytest.mark.parametrize(("certificate", "host"), [("expired.pem", "feed.example"), ("good.pem", "mail.example")])
async def test_a_certificate_that_does_not_hold_stops_the_mail(tls, certificate, host):
    async with mail_server(tls=tls, certificate=certificate) as server:
        outcome = await hand(None, host=host, port=server.port, security=tls)

    assert isinstance(outcome, Deferred)
    assert "no TLS with it" in outcome.reason
    assert not server.talk


@pytest.mark.anyio
@pytest.mark.parametrize("tls", ["tls", "starttls"])
async def test_a_name_is_verified_and_not_its_address(tls):
    async with mail_server(tls=tls) as server:
        outcome = await hand(None, host="feed.example", port=server.port, security=tls)

    assert outcome == Sent(f"feed.example:{server.port} answered 250")


SECRETS = (PASSWORD, base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode(), "geheim")


@pytest.mark.anyio
@pytest.mark.parametrize(
    "greeting",
    [
        pytest.param(b"421 geheim\r\n", id="421"),
        pytest.param(b"554 geheim\r\n", id="554"),
        pytest.param(b"HTTP/1.1 400 geheim\r\n", id="HTTP"),
        pytest.param(b"220 " + b"geheim" * 10_000 + b"\r\n", id="too long"),
    ],
)
async def test_what_is_no_mail_server_of_ours_is_sorted_and_not_repeated(greeting):
    async with serving(drip(b"", b"", 9), greeting=greeting) as server:
        outcome = await hand(None, port=server.port, security="none")

    assert isinstance(outcome, Refused if greeting.startswith(b"554") else Deferred)
    assert not [secret for secret in SECRETS if secret in repr(outcome)]


@pytest.mark.anyio
@pytest.mark.parametrize("host", ["127.200.0.1", "10.0.0.1", "a b", "-"])
async def test_hosts_that_are_refused_are_not_connected_to(host):
    assert isinstance(await hand(None, host=host, port=25, security="none"), Refused)


@pytest.mark.parametrize(
    "given",
    [
        {"to": "desk@example.org, baas@example.org"},
        {"to": ["<desk@example.org>"]},
        {"to": ["desk@example.org\nBcc: x@example.org"]},
        {"to": []},
        {"from": "monitor"},
        {"user": "monitor"},
        {"password": "x"},
        {"security": "maybe"},
        {"port": 0},
    ],
    ids=str,
)
def test_what_could_not_be_sent_is_not_configured(given):
    whole = {"id": "mail", "kind": "email", "host": "mail.example", "to": "a@b.example", "from": "m@b.example"}

    with pytest.raises(ValueError, match="Email"):
        CHANNELS["email"].model_validate(whole | given)
