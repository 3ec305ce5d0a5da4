"""The cases of a rule's tests that are mappings: the fields of an item as people write them in YAML.

The names are those of the item (CONTRACT 4). Where the item wants a structure, a text will do: `body: one paragraph`
(or several, a line each), `dateline: MOSKOU (ANP)`, `bylines: [A name]`, `related: [An entry]`. Three keys are none of
the item's: `lead`, the first paragraph; `age`, how long before `fetched` it was published; and `story`, what it belongs
to: `{agencies: [ANP, RTR], publishers: [a, b], items: 3, age: 30m}`, the age being that of the story's first item.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal, Self

import regex
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError, model_validator

from monitor.match.clauses.fields import last_moment
from monitor.mends import mends
from monitor.model import (
    Block,
    Byline,
    Dateline,
    Item,
    Kind,
    Media,
    Paragraph,
    PartialDate,
    Related,
    RelatedItem,
    Story,
    Subhead,
    Teaser,
    When,
)
from monitor.parse.dateline import dateline_at
from monitor.settings import Boolean, Duration, Texts

_PARTIAL = regex.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_OTHERWISE = {"lead", "age", "story", "tags", "unsure", "dateline", "body", "related", "bylines", "media"}
"""Keys whose values are not those of the item's fields."""


class CaseFault(ValueError):
    """A mapping that makes no item; `faults` holds what is wrong at which path of it, each with its mend."""

    def __init__(self, faults: Iterable[tuple[tuple[str | int, ...], str]]) -> None:
        """Keep the faults; the message is all of them."""
        self.faults = tuple(faults)
        super().__init__("; ".join(message for _, message in self.faults))


def read_fields(case: Mapping[str, object], now: datetime) -> Item:
    """Return the item that a mapping describes, as fetched at `now` where it does not say.

    Raises:
        CaseFault: a key is unknown or a value of the wrong form.
    """
    if "file" in case:
        raise CaseFault([(("file",), "`file` stands alone, with a path: {file: x.txt}")])
    try:
        return Fields.model_validate(dict(case)).item(now)
    except ValidationError as error:
        faults = ((tuple(part for part in mend.path if part != ""), mend.message) for mend in mends(error, Fields))
        raise CaseFault(faults) from None


def moment_of(item: Item, now: datetime) -> datetime:
    """Return when an item was news: published or updated, the later (of a bare month, its end); `now` if undated."""
    told = [last_moment(when) for when in (item.published, item.updated) if when is not None]
    return max(told, default=now)


def read_story(case: Mapping[str, object]) -> tuple[Story, timedelta] | None:
    """Return the story that a case `read_fields` reads belongs to, and how long before that began; None without one."""
    story = Fields.model_validate(dict(case)).story
    return (story.made(), story.age) if story else None


def _listed(value: object) -> object:
    return value if value is None or isinstance(value, list) else [value]


def _paragraphs(value: object) -> object:
    """Take texts of several lines apart: a paragraph a line, none for a blank one."""
    blocks = value if isinstance(value, list) else [value]
    lines = (block.splitlines() if isinstance(block, str) else [block] for block in blocks)
    return [line for several in lines for line in several if not isinstance(line, str) or line.strip()]


def _entries(value: object) -> object:
    return value if value is None or isinstance(value, dict) else {"items": _listed(value)}


def _when(value: object) -> When | None:
    if value is None:
        return None
    if partly := _PARTIAL.fullmatch(str(value)):
        date(*(int(part or 1) for part in partly.groups()))
        return PartialDate(str(value))
    return _moment(value)


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        when = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        when = None
    if when is None or when.tzinfo is None:
        msg = "wants a time with its zone, such as 2026-02-05T10:00:00Z"
        raise ValueError(msg)
    return when.astimezone(UTC)


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class _FromText(_Given):
    text: str

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, written: object) -> object:
        return {"text": written} if isinstance(written, str) else written


class _Dateline(_FromText):
    places: Texts = []
    agencies: Texts = []

    @model_validator(mode="before")
    @classmethod
    def _taken_apart(cls, written: object) -> object:
        if not isinstance(written, str):
            return written
        bare = written.strip()
        found = dateline_at(bare) or dateline_at(f"{bare.rstrip(' -–—')} - De", loose=True)
        if found is None or found.end < len(bare):
            msg = "is no dateline; write MOSKOU (ANP/RTR), or {text: …, places: […], agencies: […]}"
            raise ValueError(msg)
        return {"text": written, "places": [*found.dateline.places], "agencies": [*found.dateline.agencies]}

    def made(self) -> Dateline:
        return Dateline(self.text, tuple(self.places), tuple(self.agencies))


class _Block(_FromText):
    type: Literal["paragraph", "subhead", "teaser"] = "paragraph"
    label: str | None = None
    premium: Boolean = False

    @model_validator(mode="after")
    def _labelled(self) -> Self:
        if self.type != "teaser" and (self.label is not None or self.premium):
            msg = "only a teaser has `label` and `premium`"
            raise ValueError(msg)
        return self

    def made(self) -> Block:
        if self.type == "teaser":
            return Teaser(self.label or "", self.text, self.premium)
        return Subhead(self.text) if self.type == "subhead" else Paragraph(self.text)


class _Entry(_FromText):
    dateline: _Dateline | None = None
    age: str | None = None
    published: Annotated[When | None, PlainValidator(_when)] = None

    def made(self) -> RelatedItem:
        return RelatedItem(self.text, self.dateline.made() if self.dateline else None, self.age, self.published)


class _Related(_Given):
    heading: str | None = None
    items: list[_Entry] = []

    def made(self) -> Related:
        return Related(self.heading, tuple(entry.made() for entry in self.items))


class _Byline(_Given):
    name: str
    email: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, written: object) -> object:
        return {"name": written} if isinstance(written, str) else written


class _Media(_Given):
    url: str
    type: str | None = None
    length: int | None = None


class _Story(_Given):
    agencies: Texts = []
    publishers: Texts = []
    items: Annotated[int, Field(ge=1)] = 1
    age: Duration = timedelta(0)

    def made(self) -> Story:
        return Story("case", None, tuple(self.publishers), tuple(self.agencies), self.items)


class Fields(_Given):
    """What a mapping among the tests of a rule may say."""

    source: str | None = None
    url: str | None = None
    guid: str | None = None
    kind: Kind = "new"
    language: str | None = None
    headline: str | None = None
    dateline: _Dateline | None = None
    lead: str | None = None
    body: Annotated[list[_Block], BeforeValidator(_paragraphs)] = []
    section: str | None = None
    related: Annotated[_Related | None, BeforeValidator(_entries)] = None
    age: Duration | None = None
    published: Annotated[When | None, PlainValidator(_when)] = None
    updated: Annotated[When | None, PlainValidator(_when)] = None
    fetched: Annotated[datetime | None, PlainValidator(_moment)] = None
    summary: str | None = None
    bylines: Annotated[list[_Byline], BeforeValidator(_listed)] = []
    tags: Texts = []
    media: Annotated[list[_Media], BeforeValidator(_listed)] = []
    slugline: str | None = None
    urgency: int | None = None
    pubstatus: Literal["usable", "withheld", "canceled"] = "usable"
    premium: Boolean = False
    unsure: Texts = []
    story: _Story | None = None

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.age is not None and self.published is not None:
            msg = "`age` and `published` say the same; write one of them"
            raise ValueError(msg)
        if not self.model_fields_set:
            msg = "says nothing of an item"
            raise ValueError(msg)
        return self

    def item(self, now: datetime) -> Item:
        """Return the item, fetched at `now` where it does not say."""
        fetched = self.fetched or now
        lead = [] if self.lead is None else [Paragraph(self.lead)]
        plain = self.model_dump(include=self.model_fields_set - _OTHERWISE)
        dated = plain if self.age is None else {**plain, "published": fetched - self.age}
        return Item(
            **{"id": "case", **dated, "fetched": fetched},
            dateline=self.dateline.made() if self.dateline else None,
            body=(*lead, *(block.made() for block in self.body)),
            related=self.related.made() if self.related else None,
            bylines=tuple(Byline(byline.name, byline.email) for byline in self.bylines),
            tags=tuple(self.tags),
            media=tuple(Media(media.url, media.type, media.length) for media in self.media),
            unsure=tuple(self.unsure),
        )
