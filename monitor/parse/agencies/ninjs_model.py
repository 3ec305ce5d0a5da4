"""The model of ninjs 1.0 to 3.1 (IPTC): what a document must be to be one.

The IPTC publishes a JSON Schema for each version; no maintained package carries them. The model is of all versions at
once, with names in lower case: 3.x writes `versionCreated` where 1.x and 2.x write `versioncreated`, and where 1.x has
`place` and `body_html` later ones have lists, `places` and `bodies`. A document need not say its version, so that what
was right in any version is right; what was right in none is refused.
"""

from typing import Annotated, Any, Literal, Self

import regex
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

_TEXT = regex.compile(r"(?:headline|description|body)_[A-Za-z0-9_]")
"""Names of texts in 1.x, whose ends are free."""

_Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+([Zz]|[+-][0-9:]+)?)?)?)?$")]
"""A date that may be cut off behind the year or month."""

_Urgency = Annotated[int, Field(ge=1, le=9)]
_Shape = Literal[
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
    "Feature",
    "FeatureCollection",
]


class _Object(BaseModel):
    """An object of which only what stands here is looked at."""

    model_config = ConfigDict(strict=True, frozen=True, extra="allow")

    @model_validator(mode="before")
    @classmethod
    def _in_lower_case(cls, value: Any) -> Any:  # noqa: ANN401 - JSON may be anything
        return {key.lower(): each for key, each in value.items()} if isinstance(value, dict) else value


class Standard(_Object):
    """Which standard and version a document says it follows."""

    name: str | None = None
    version: str | None = None


class GeoJson(_Object):
    """A place on the map (RFC 7946)."""

    type: _Shape


class Concept(_Object):
    """Somebody or something: a person, place, organisation, subject or genre."""

    name: str | None = None
    rel: str | None = None
    scheme: str | None = None
    code: str | None = None
    uri: str | None = None
    literal: str | None = None
    geojson: GeoJson | None = None


class Role(_Object):
    """A headline, description or body of ninjs 2 and 3: its text, and what it is for."""

    role: str | None = None
    contenttype: str | None = None
    value: str | None = None


class Rendition(_Object):
    """Where a picture, video or sound is, in one of its sizes."""

    href: str | None = None
    mimetype: str | None = None
    contenttype: str | None = None
    sizeinbytes: int | float | None = None


class RightsInfo(_Object):
    """What may be done with an item: in a language of rights, or where that is told."""

    model_config = ConfigDict(extra="forbid")

    langid: str | None = None
    linkedrights: str | None = None
    encodedrights: str | None = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.linkedrights is not None and self.encodedrights is not None:
            msg = "it has both linkedrights and encodedrights"
            raise ValueError(msg)
        return self


class Code(_Object):
    """A term of a vocabulary."""

    code: str


class Advice(_Object):
    """How important an item is, and for how long."""

    importance: Code | None = None
    lifetime: Code | None = None


class EventDates(_Object):
    """When an event begins: at a time that is set, or expected."""

    startdate: str | None = None
    expectedstartdate: _Day | None = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.startdate is not None and self.expectedstartdate is not None:
            msg = "it has both startDate and expectedStartDate"
            raise ValueError(msg)
        return self


class EventDetails(_Object):
    """An event."""

    dates: EventDates | None = None


class Coverage(_Object):
    """A report that is planned."""

    urgency: _Urgency | None = None


Concepts = list[Concept]


class Ninjs(_Object):
    """A news item. `texts` are its properties `headline_…`, `description_…` and `body_…`."""

    model_config = ConfigDict(extra="forbid")

    uri: str
    type: (
        Literal["text", "audio", "video", "picture", "graphic", "composite", "component", "object", "event", "planning"]
        | None
    ) = None
    standard: Standard | None = None
    mimetype: str | None = None
    representationtype: Literal["complete", "incomplete", "associated", "full", "partial"] | None = None
    profile: str | None = None
    version: str | None = None
    firstcreated: str | None = None
    versioncreated: str | None = None
    contentcreated: str | None = None
    embargoed: str | None = None
    expires: str | None = None
    pubstatus: Literal["usable", "withheld", "canceled"] | None = None
    urgency: _Urgency | None = None
    copyrightholder: str | None = None
    copyrightnotice: str | None = None
    usageterms: str | None = None
    rightsinfo: RightsInfo | None = None
    ednote: str | None = None
    language: str | None = None
    title: str | None = None
    headline: str | None = None
    headlines: list[Role] = []
    by: str | None = None
    byline: str | None = None
    slugline: str | None = None
    located: str | None = None
    charcount: int | None = None
    wordcount: int | None = None
    descriptions: list[Role] = []
    bodies: list[Role] = []
    texts: dict[str, str] = {}
    person: Concepts = []
    people: Concepts = []
    organisation: Concepts = []
    organisations: Concepts = []
    place: Concepts = []
    places: Concepts = []
    subject: Concepts = []
    subjects: Concepts = []
    event: Concepts = []
    events: Concepts = []
    object: Concepts = []
    objects: Concepts = []
    infosource: Concepts = []
    infosources: Concepts = []
    genre: Concepts = []
    genres: Concepts = []
    trustindicator: Concepts = []
    trustindicators: Concepts = []
    digitalsourcetype: Concept | None = None
    altids: dict[str, Any] | list[dict[str, Any]] = []
    advices: list[Advice] = []
    eventdetails: EventDetails | None = None
    plannedcoverage: list[Coverage] = []
    renditions: dict[str, Rendition] | list[Rendition] = []
    associations: "dict[str, Ninjs] | list[Association]" = []

    @model_validator(mode="before")
    @classmethod
    def _with_texts(cls, value: Any) -> Any:  # noqa: ANN401 - JSON may be anything
        if not isinstance(value, dict):
            return value
        texts = {name: each for name, each in value.items() if _TEXT.match(name)}
        rest = {name.removeprefix("$"): each for name, each in value.items() if name not in texts}
        return {**rest, "texts": texts} if texts else rest


class Association(Ninjs):
    """An item that another one names: the picture of an article, say."""

    name: str
