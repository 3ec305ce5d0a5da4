"""What can be configured, as pydantic models: the service, its sources, what a rule has besides its condition.

`service` settings can each be given in the environment as `MONITOR_…` (pydantic-settings), which wins.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    PlainSerializer,
    SecretStr,
    TypeAdapter,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from monitor.catalog import READERS
from monitor.deliver.channels import Channel, Id, Name, Secret
from monitor.match.rule import Rule
from monitor.model import Level
from monitor.parse.pages.listing import selectors_of
from monitor.text.durations import PATTERN, read_duration, write_duration

_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_HIGHEST_PORT = 65535
_SHORTEST_EVERY = timedelta(seconds=1)


def _duration(written: object) -> timedelta:
    return written if isinstance(written, timedelta) else read_duration(str(written))


def _boolean(written: object) -> object:
    """Return a boolean of YAML 1.2 core; `yes`, `no`, `on` and `off` are words there."""
    if isinstance(written, str):
        if written not in {"true", "True", "TRUE", "false", "False", "FALSE"}:
            msg = "wants true or false"
            raise ValueError(msg)
        return written.lower() == "true"
    return written


def _language(tag: str) -> str:
    if not re.fullmatch(_LANGUAGE, tag):
        msg = "wants a language by its code, such as nl or nl-BE (BCP 47)"
        raise ValueError(msg)
    return tag


def _zone(name: str) -> str:
    if name not in available_timezones():
        msg = "wants a time zone by its IANA name, such as Europe/Amsterdam"
        raise ValueError(msg)
    return name


def _http_address(address: str) -> str:
    try:
        TypeAdapter(HttpUrl).validate_python(address)
    except ValueError:
        msg = "wants an http:// or https:// address"
        raise ValueError(msg) from None
    return address


def _header_value(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\t\x20-\x7e]+", secret.get_secret_value()):
        msg = "wants one line of ASCII, as HTTP headers are"
        raise ValueError(msg)
    return secret


def _header_name(written: str) -> str:
    if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", written):  # RFC 9110 5.6.2, token
        msg = "wants the name of an HTTP header, such as X-Api-Key"
        raise ValueError(msg)
    return written


def _backfill(written: object) -> object:
    if written == "all":
        return written
    try:
        return _duration(written)
    except ValueError:
        msg = "wants a duration such as 1d, or all"
        raise ValueError(msg) from None


def _case(written: object) -> object:
    if not isinstance(written, str | dict):
        msg = "wants cases that are texts, or mappings of an item's fields"
        raise ValueError(msg)  # noqa: TRY004 - pydantic collects ValueErrors
    return written


def _listed(value: object) -> object:
    return value if isinstance(value, list) or value is None else [value]


_DURATION = {"type": "string", "pattern": PATTERN, "examples": ["5m"]}
Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    PlainSerializer(write_duration, when_used="json"),
    WithJsonSchema(_DURATION),
]
Boolean = Annotated[bool, BeforeValidator(_boolean)]
Language = Annotated[str, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": _LANGUAGE})]
Address = Annotated[str, AfterValidator(_http_address)]
HeaderName = Annotated[str, AfterValidator(_header_name)]
HeaderValue = Annotated[SecretStr, AfterValidator(_header_value)]
Texts = Annotated[
    list[str],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PerHost(_Strict):
    """Politeness to one host: a name or an address with its port."""

    connections: Annotated[int, Field(ge=1, le=100)] = 2
    pause: Duration = timedelta(0)


class Service(BaseSettings):
    """The service itself."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        env_prefix="MONITOR_",
        env_nested_delimiter="__",
        env_parse_none_str="null",
        hide_input_in_errors=True,
    )
    database: Annotated[SecretStr, Field(description="sqlite:///path or postgresql://…; may hold a password")] = (
        SecretStr("sqlite:///var/monitor.db")
    )
    listen: Annotated[str, Field(description="address and port of the HTTP face; null for none")] | None = (
        "127.0.0.1:8080"
    )
    token: Secret | None = None
    public_url: Address | None = None
    allow_networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
    language: Language = "nl"
    time_zone: Annotated[str, AfterValidator(_zone)] = "Europe/Amsterdam"
    per_host: PerHost = PerHost()
    user_agent: str | None = None
    notify: list[str] = []
    operators: list[str] = []
    retention: Duration = timedelta(days=90)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings calls with these names
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file."""
        return (env_settings, init_settings)

    @field_validator("database")
    @classmethod
    def _known_database(cls, database: SecretStr) -> SecretStr:
        if not re.match(r"(sqlite:///.|postgres(ql)?://.)", database.get_secret_value()):
            msg = "wants sqlite:///path or postgresql://user@host/name"
            raise ValueError(msg)
        return database

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str | None) -> str | None:
        form = r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):([0-9]{1,5})"
        if listen is not None and not ((found := re.fullmatch(form, listen)) and int(found[2]) <= _HIGHEST_PORT):
            msg = "wants address:port, such as 127.0.0.1:8080, or null"
            raise ValueError(msg)
        return listen

    @model_validator(mode="after")
    def _guarded(self) -> Self:
        host = (self.listen or "localhost:0").rpartition(":")[0].strip("[]")
        try:
            loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            loopback = False
        if not loopback and self.token is None:
            msg = "`listen` beyond loopback wants a `token`"
            raise ValueError(msg)
        return self


class Every(_Strict):
    """How often to look: between `min` and `max`; equal for a fixed pace."""

    min: Duration
    max: Duration

    @model_validator(mode="before")
    @classmethod
    def _fixed(cls, written: object) -> object:
        return dict.fromkeys(["min", "max"], read_duration(written)) if isinstance(written, str) else written

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not _SHORTEST_EVERY <= self.min <= self.max:
            msg = "wants at least 1s, and `min` no longer than `max`"
            raise ValueError(msg)
        return self


_EVERY = {
    "anyOf": [
        _DURATION,
        {
            "type": "object",
            "properties": {"min": _DURATION, "max": _DURATION},
            "required": ["min", "max"],
            "additionalProperties": False,
        },
    ]
}


_SELECT = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("entry", "title", "link", "date", "summary")},
    "required": ["entry"],
    "additionalProperties": False,
}


def _selectors(given: dict[str, str]) -> dict[str, str]:
    selectors_of(given)
    return given


class Auth(_Strict):
    """What a source asks before it answers: user and password, or a bearer token."""

    user: str | None = None
    password: SecretStr | None = None
    bearer: HeaderValue | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.bearer is None) == (self.user is None) or (self.password is not None and self.user is None):
            msg = "wants {user: …, password: …} or {bearer: …}"
            raise ValueError(msg)
        return self


class Source(_Strict):
    """Where news comes from: a `url` that is polled or a `path` (folder or glob) that is watched."""

    id: Id
    url: SecretStr | None = None
    path: Name | None = None
    kind: Literal[tuple(READERS)] | None = None  # type: ignore[valid-type]  # the table is the list of kinds
    every: Annotated[Every, WithJsonSchema(_EVERY)] | None = None
    name: str | None = None
    publisher: str | None = None
    language: Language | None = None
    tags: Texts = []
    headers: dict[HeaderName, HeaderValue] = {}
    auth: Auth | None = None
    full_text: Boolean = False
    select: Annotated[dict[str, str], AfterValidator(_selectors), WithJsonSchema(_SELECT)] | None = None
    backfill: Annotated[
        timedelta | Literal["all"],
        BeforeValidator(_backfill),
        PlainSerializer(lambda backfill: backfill if backfill == "all" else write_duration(backfill), when_used="json"),
        WithJsonSchema({"anyOf": [{"const": "all"}, _DURATION]}),
    ] = timedelta(0)
    enabled: Boolean = True

    @field_validator("url")
    @classmethod
    def _web_address(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None:
            _http_address(url.get_secret_value())
        return url

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.url is None) == (self.path is None):
            msg = "a source has a `url` or a `path`, one of the two"
            raise ValueError(msg)
        if self.select and self.kind != "listing":
            msg = "`select` is for listings: it wants `kind: listing`"
            raise ValueError(msg)
        return self


class FileTest(_Strict):
    """A test case in a file of its own."""

    file: str


Case = Annotated[str | dict[str, object], BeforeValidator(_case)]


class Tests(_Strict):
    """What a rule must match and what it must not.

    A text with a line break is a wire text, another text a sentence, `{file: x.txt}` a document, another mapping the
    fields of an item.
    """

    match: list[Case] = []
    no_match: list[Case] = []


class RuleHead(_Strict):
    """What a rule has besides its condition."""

    id: Id
    title: str | None = None
    level: Level = "medium"
    sources: Texts = []
    notify: list[str] | None = None
    tests: Tests = Tests()
    enabled: Boolean = True


@dataclass(frozen=True, slots=True)
class Config:
    """A whole configuration, validated: rules compiled, references checked, paths absolute.

    `tests` go by the ids of the rules. A rule that is not enabled is left out.
    """

    service: Service
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    channels: tuple[Channel, ...]
    tests: Mapping[str, Tests]
