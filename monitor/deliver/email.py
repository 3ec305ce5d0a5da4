"""Mail, by an SMTP server: over TLS from the first byte, or from STARTTLS on, or without where that is asked for."""

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime
from typing import Annotated, Final, Literal, Self

from aiosmtplib import SMTP, SMTPException, SMTPRecipientRefused, SMTPResponseException
from pydantic import Field, SecretStr, model_validator

from monitor.compose.cut import cut
from monitor.compose.html import html
from monitor.compose.labels import Language
from monitor.compose.letter import Letter, letter, plain
from monitor.compose.written import read_message
from monitor.deliver.given import Given, Mailbox, Mailboxes, Name
from monitor.deliver.means import Means
from monitor.errors import NoAnswer, Unreachable
from monitor.model import Delivery
from monitor.ports import Deferred, Outcome, Refused, Sent

GREYLISTED: Final = timedelta(minutes=5)
"""A server that puts off a sender it does not know takes nothing sooner (postgrey's delay is 300 s)."""

PATIENCE: Final = 2
"""So many attempts wait for recipients that are put off; then those go ahead who are accepted."""

SECONDS: Final = 90
"""All of it; less than the lease of a delivery."""

STEP: Final = 30
"""Seconds for each answer of the server."""

SUBJECT: Final = 200
"""Characters; a mail program shows no more."""

_LINES = compat32.clone(linesep="\r\n")
_QUOTED = Charset("utf-8")
_QUOTED.body_encoding = QP

_TEMPORARY = range(400, 500)
_PERMANENT = range(500, 600)


class Email(Given):
    """A mail through an SMTP server."""

    kind: Literal["email"]
    to: Mailboxes
    from_: Annotated[Mailbox, Field(alias="from")]
    host: Name
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str | None = None
    password: SecretStr | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.user is None) != (self.password is None):
            msg = "`user` and `password` go together"
            raise ValueError(msg)
        return self


async def send(channel: Email, delivery: Delivery, means: Means) -> Outcome:
    """Send one mail to all recipients, in one connection.

    Never without the TLS that was asked for: a server that does not offer it is tried again later, for somebody on the
    way may have taken the offer out.
    """
    written = letter(read_message(delivery.body), means.language, means.zone)
    content = mail(channel, delivery, written, means.language).as_bytes()
    place = f"{channel.host}:{channel.port}"
    try:
        async with asyncio.timeout(SECONDS):
            connection = await means.door.connect(channel.host, channel.port)
            client = SMTP(
                hostname=channel.host,
                sock=connection,
                use_tls=channel.security == "tls",
                start_tls=channel.security == "starttls",
                tls_context=means.tls,
                local_hostname=_greeting(connection.getsockname()[0]),
                username=channel.user,
                password=channel.password.get_secret_value() if channel.password else None,
                timeout=STEP,
            )
            return await _talk(channel, content, delivery.attempts, client)
    except SMTPResponseException as error:
        return _sorted_out(place, error.code)
    except Unreachable as error:
        return Deferred(str(error))
    except NoAnswer as error:
        return Refused(str(error))
    # From here on the class of the error is told and not its words, in which a server may repeat what it was sent.
    except TimeoutError:
        return Deferred(f"{place}: took too long")
    except (SMTPException, OSError) as error:
        return Deferred(f"{place}: {_broken(error)}")


def mail(channel: Email, delivery: Delivery, letter: Letter, language: Language) -> MIMEMultipart:
    """Return a mail, as plain text and as HTML; the same delivery has the same Message-ID and Date on every attempt.

    Mails about one alert refer to one id, which is no mail's: mail programs show them as one conversation.
    """
    domain = channel.from_.rpartition("@")[2]
    made = MIMEMultipart("alternative", policy=_LINES)
    made["From"] = channel.from_
    made["To"] = ", ".join(channel.to)
    made["Subject"] = _subject(letter.subject)  # type: ignore[assignment] # compat32 takes a Header and folds it
    made["Date"] = format_datetime(delivery.created)
    made["Message-ID"] = f"<{delivery.id}@{domain}>"
    if letter.entries:
        made["In-Reply-To"] = made["References"] = f"<alert.{delivery.alert}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made.attach(_part(plain(letter), "plain"))
    made.attach(_part(html(letter, language), "html"))
    return made


def _part(text: str, subtype: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", subtype, charset="utf-8", policy=_LINES)
    part.set_payload(text, _QUOTED)
    return part


def _subject(text: str) -> Header:
    """Return a subject encoded as a whole, unless it is plain ASCII, and in which nothing reads as an encoded word.

    `EmailMessage` is not used: it decodes the encoded words in a header that it is given, writes the line breaks in
    them as they are (CVE-2024-6923, before Python 3.11.10: a headline adds recipients), and adds spaces of its own.
    """
    shown = cut(text.replace("=?", "= ?"), SUBJECT)
    return Header(shown, "us-ascii" if shown.isascii() else "utf-8", header_name="Subject")


def _greeting(address: str) -> str:
    """Return what we greet with: our address as a literal (RFC 5321 4.1.3), since we need not have a name.

    Without one, aiosmtplib would look up the machine's, past the door.
    """
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


async def _talk(channel: Email, content: bytes, attempts: int, client: SMTP) -> Outcome:
    """Hand a mail over.

    Recipients who are refused for good are left out, if there are others. Where some are put off, the mail waits for
    them a while, since who has it already would get it again.
    """
    place = f"{channel.host}:{channel.port}"
    try:
        await client.connect()
        await client.mail(channel.from_)
        codes = await _refusals(client, channel.to)
        put_off = [code for code in codes if code not in _PERMANENT]
        if len(codes) == len(channel.to) or (put_off and attempts <= PATIENCE):
            return _sorted_out(place, (put_off or codes)[0])
        answer = await client.data(content)
        with suppress(SMTPException, OSError, TimeoutError):
            await client.quit(timeout=1)
    finally:
        client.close()
    missed = f", without {len(codes)} of {len(channel.to)} recipients" if codes else ""
    return Sent(f"{place} answered {answer.code}{missed}")


async def _refusals(client: SMTP, recipients: Sequence[str]) -> list[int]:
    """Return the codes with which recipients were refused."""
    codes = []
    for recipient in recipients:
        try:
            await client.rcpt(recipient)
        except SMTPRecipientRefused as error:
            codes.append(error.code)
    return codes


def _sorted_out(place: str, code: int) -> Outcome:
    """Return what a refusal means (RFC 5321 4.2.1); a failed login is a refusal like any other."""
    if code in _PERMANENT:
        return Refused(f"{place} answered {code}")
    if code in _TEMPORARY:
        return Deferred(f"{place} answered {code}", GREYLISTED)
    return Deferred(f"{place} answered what is not SMTP")


def _broken(error: Exception) -> str:
    """Return what went wrong with a connection, in words of our own."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"no TLS with it: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return "no TLS with it"
        cause = cause.__cause__
    return "the connection broke off" if isinstance(error, OSError) else "does not offer what is asked for"
