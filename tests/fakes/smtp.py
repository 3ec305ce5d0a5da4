"""A mail server on loopback: aiosmtpd, in the loop of the test, with answers that a script gives."""

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from tests.fakes.wire import CERTIFICATES

USER, PASSWORD = "monitor", "zeer-geheim-wachtwoord"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was taken: from whom and to whom the envelope says, and its content."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    encrypted: bool

    def read(self) -> EmailMessage:
        """Return the mail as a mail program reads it."""
        return message_from_bytes(self.content, policy=policy.default)


@dataclass(slots=True)
class MailServer:
    """Answers by a script; what it has taken is in `mails`.

    `said` answers DATA, one after the other, and then always `250 OK`; `recipients` answers RCPT by address. `talk` is
    which of the two came in.
    """

    port: int = 0
    said: list[str] = field(default_factory=list)
    recipients: Mapping[str, str] = field(default_factory=dict)
    mails: list[Mail] = field(default_factory=list)
    talk: list[str] = field(default_factory=list)

    async def handle_RCPT(self, _server, _session, envelope: Envelope, address: str, _options):  # noqa: N802 - aiosmtpd's
        """Answer as the script says for this recipient."""
        self.talk.append("RCPT")
        answer = self.recipients.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session, envelope: Envelope):  # noqa: N802 - aiosmtpd's
        """Keep the mail if the script takes it."""
        self.talk.append("DATA")
        answer = self.said.pop(0) if self.said else "250 OK"
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            sender, recipients = envelope.mail_from or "", tuple(envelope.rcpt_tos)
            encrypted = bool(server.transport and server.transport.get_extra_info("sslcontext"))
            self.mails.append(Mail(sender, recipients, envelope.content, encrypted))
        return answer


@asynccontextmanager
async def mail_server(
    *said: str,
    recipients: Mapping[str, str] | None = None,
    tls: str | None = None,
    certificate: str = "good.pem",
    login: bool = False,
) -> AsyncIterator[MailServer]:
    """Run a mail server until the end of the block.

    `tls` is how: `tls` from the first byte, `starttls`, or None, not at all; `login`: it wants `USER` and `PASSWORD`.
    """
    server = MailServer(said=list(said), recipients=recipients or {})
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / certificate)
    loop = asyncio.get_running_loop()

    def meet() -> SMTP:
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # Of a login without TLS: it is the point.
            return SMTP(
                server,
                hostname="mail.example",
                loop=loop,
                tls_context=context if tls == "starttls" else None,
                authenticator=_authenticate if login else None,
                auth_required=login,
                auth_require_tls=tls == "starttls",
            )

    listening = await loop.create_server(meet, "127.0.0.1", 0, ssl=context if tls == "tls" else None)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await listening.wait_closed()


def _authenticate(_server, _session, _envelope, _mechanism: str, given: LoginPassword) -> AuthResult:
    good = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)
