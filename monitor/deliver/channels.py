"""What each kind of channel wants to be told: validated here, used by the module that will send through it.

Addresses and tokens are secrets (a chat webhook's URL is all it takes to post): pydantic masks them wherever they are
shown.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, SecretStr, TypeAdapter

_LEAST_SECRET_BYTES = 24


def _http_url(secret: SecretStr) -> SecretStr:
    try:
        TypeAdapter(HttpUrl).validate_python(secret.get_secret_value())
    except ValueError:
        msg = "wants an http:// or https:// address"
        raise ValueError(msg) from None  # from None: the cause carries the secret
    return secret


def _signing_key(secret: SecretStr) -> SecretStr:
    written = secret.get_secret_value()
    try:
        key = base64.b64decode(written.removeprefix("whsec_"), validate=True) if written.startswith("whsec_") else b""
    except binascii.Error:
        key = b""
    if len(key) < _LEAST_SECRET_BYTES:
        msg = f"wants whsec_ and the base64 of at least {_LEAST_SECRET_BYTES} random bytes (Standard Webhooks)"
        raise ValueError(msg)
    return secret


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


SecretUrl = Annotated[SecretStr, AfterValidator(_http_url)]
SigningKey = Annotated[SecretStr, AfterValidator(_signing_key)]
Addresses = Annotated[
    list[Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]], BeforeValidator(_listed), Field(min_length=1)
]


class _Channel(BaseModel):
    """What every channel has: an id that rules name in `notify`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]


class Webhook(_Channel):
    """A POST in the form of the Standard Webhooks specification; two secrets while they are rotated."""

    kind: Literal["webhook"]
    url: SecretUrl
    secret: Annotated[list[SigningKey], BeforeValidator(_listed), Field(min_length=1)] | None = None


class Email(_Channel):
    """A mail through an SMTP server."""

    kind: Literal["email"]
    to: Addresses
    from_: Annotated[str, Field(alias="from", pattern=r"^[^@\s]+@[^@\s]+$")]
    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str | None = None
    password: SecretStr | None = None


class Slack(_Channel):
    """An incoming webhook of Slack."""

    kind: Literal["slack"]
    url: SecretUrl


class Discord(_Channel):
    """A webhook of Discord."""

    kind: Literal["discord"]
    url: SecretUrl


class Teams(_Channel):
    """A workflow webhook of Microsoft Teams."""

    kind: Literal["teams"]
    url: SecretUrl


class Mattermost(_Channel):
    """An incoming webhook of Mattermost."""

    kind: Literal["mattermost"]
    url: SecretUrl


class Ntfy(_Channel):
    """A topic of an ntfy server."""

    kind: Literal["ntfy"]
    url: SecretUrl


class Telegram(_Channel):
    """A bot of Telegram; `url` is the base of its API, for bots behind one's own server."""

    kind: Literal["telegram"]
    token: SecretStr
    chat: str
    url: SecretUrl = SecretStr("https://api.telegram.org")


class Matrix(_Channel):
    """A room on a Matrix server."""

    kind: Literal["matrix"]
    url: SecretUrl
    token: SecretStr
    room: str


class Apprise(_Channel):
    """Whatever Apprise can reach, by its URL."""

    kind: Literal["apprise"]
    url: SecretStr


class Exec(_Channel):
    """A program of the operator's own; wants `service.allow_exec`."""

    kind: Literal["exec"]
    command: Annotated[list[str], BeforeValidator(_listed), Field(min_length=1)]


class Log(_Channel):
    """The webhook body on standard output, one line an alert."""

    kind: Literal["log"]


Channel = Webhook | Email | Slack | Discord | Teams | Mattermost | Ntfy | Telegram | Matrix | Apprise | Exec | Log

CHANNELS: Mapping[str, type[Channel]] = {
    "webhook": Webhook,
    "email": Email,
    "slack": Slack,
    "discord": Discord,
    "teams": Teams,
    "telegram": Telegram,
    "mattermost": Mattermost,
    "matrix": Matrix,
    "ntfy": Ntfy,
    "apprise": Apprise,
    "exec": Exec,
    "log": Log,
}
"""Every kind of channel, in the order in which people are told of them."""
