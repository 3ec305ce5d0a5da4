"""What the configurations of several channels have in common.

Addresses and tokens are secrets (a chat webhook's URL is all it takes to post): pydantic masks them wherever they are
shown.
"""

import base64
import binascii
import re
from email.errors import MessageError
from email.headerregistry import Address
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    TypeAdapter,
    WithJsonSchema,
)

_LEAST_SECRET_BYTES = 24
_ID = r"^[a-z0-9-]+$"
_MAILBOX = r"^[^@\s]+@[^@\s]+$"


def _id(written: str) -> str:
    if not re.fullmatch(_ID, written):
        msg = "wants lower-case letters, digits and hyphens, such as xi-moskou"
        raise ValueError(msg)
    return written


def _mailbox(written: str) -> str:
    try:
        sent = str(Address(addr_spec=written)) if written.isascii() and re.fullmatch(_MAILBOX, written) else None
    except (ValueError, MessageError):
        sent = None
    if sent != written:
        msg = "wants a mail address, such as desk@example.org"
        raise ValueError(msg)
    return written


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


Listed = BeforeValidator(_listed)
Id = Annotated[str, AfterValidator(_id), WithJsonSchema({"type": "string", "pattern": _ID})]
Name = Annotated[str, Field(min_length=1)]
Secret = Annotated[SecretStr, Field(min_length=1)]
SecretUrl = Annotated[SecretStr, AfterValidator(_http_url)]
SigningKey = Annotated[SecretStr, AfterValidator(_signing_key)]
Mailbox = Annotated[str, AfterValidator(_mailbox), WithJsonSchema({"type": "string", "pattern": _MAILBOX})]
Mailboxes = Annotated[list[Mailbox], Listed, Field(min_length=1)]


class Given(BaseModel):
    """What every channel has: an id that rules name in `notify`."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    id: Id
