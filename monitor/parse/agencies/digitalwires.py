"""digitalwires: the JSON in which dpa delivers its wires, and those of the agencies that it carries."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from monitor.errors import Malformed
from monitor.model import Document, Media
from monitor.parse.agencies.ninjs import json_of, told_of
from monitor.parse.draft import Draft, counted, reading_of
from monitor.parse.feeds.entry import address_in
from monitor.parse.markup import blocks_of
from monitor.parse.reading import Reading

FORMAT = "digitalwires@"
"""How the property `format` begins; its version stands behind."""


def _listed(value: Any) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return a list without what is null in it; null as the empty one."""
    return [each for each in value if each is not None] if isinstance(value, list) else [] if value is None else value


Names = Annotated[list[str], BeforeValidator(_listed)]


class _Object(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class _Rendition(_Object):
    url: str | None = None
    mimetype: str | None = None
    size: int | None = None


class _Association(_Object):
    renditions: Annotated[list[_Rendition], BeforeValidator(_listed)] = []


class _Description(_Object):
    role: str | None = None
    description: str | None = None


class _Report(_Object):
    """A report. What else dpa may add is passed over: it has added properties within a version."""

    format: str
    urn: str
    version: int | None = None
    version_created: str | None = None
    content_created: str | None = None
    embargoed: str | None = None
    pubstatus: str | None = None
    signal: str | None = None
    language: str | None = None
    urgency: int | None = None
    headline: str | None = None
    teaser: str | None = None
    byline: str | None = None
    dateline: str | None = None
    article_html: str | None = None
    descriptions: Annotated[list[_Description], BeforeValidator(_listed)] = []
    associations: Annotated[list[_Association], BeforeValidator(_listed)] = []
    rubric_names: Names = []
    dpasubject_names: Names = []
    keyword_names: Names = []
    desk_names: Names = []


def read_digitalwires(document: Document) -> Reading:
    """Return the one item that a document of digitalwires is.

    Raises:
        Malformed: it is no JSON, of another format, or lacks what makes it a report; the message says what is wrong.
    """
    try:
        report = _Report.model_validate(json_of(document))
    except ValidationError as error:
        msg = f"not valid digitalwires: {told_of(error)}"
        raise Malformed(msg[:200]) from None
    if not report.format.startswith(FORMAT):
        msg = f"not valid digitalwires: format: it is {report.format[:40]!r}"
        raise Malformed(msg)
    return reading_of([_draft(report, document.url)], document)


def _draft(report: _Report, base: str | None) -> Draft:
    version = str(report.version or "")
    created = report.version_created or ""
    captions = [each.description for each in report.descriptions if each.description]
    return Draft(
        guid=report.urn,
        language=report.language or "",
        headline=report.headline or "",
        dateline=report.dateline or "",
        body=blocks_of(report.article_html or ""),
        summary=report.teaser or next(iter(captions), ""),
        section=next(iter(report.rubric_names or report.desk_names), ""),
        published=report.content_created or (created if counted(version) == 1 else ""),
        updated=created,
        embargoed=report.embargoed or "",
        bylines=[report.byline] if report.byline else [],
        tags=report.keyword_names or report.dpasubject_names,
        media=list(_media(report, base)),
        urgency=str(report.urgency or ""),
        pubstatus=report.pubstatus or "",
        signals=[report.signal] if report.signal else [],
        version=version,
    )


def _media(report: _Report, base: str | None) -> Iterator[Media]:
    """Yield the largest rendition of each picture, video or sound; its `size` is in pixels, not bytes."""
    for association in report.associations:
        for rendition in sorted(association.renditions, key=lambda each: -(each.size or 0))[:1]:
            if url := address_in(rendition.url or "", base):
                yield Media(url, rendition.mimetype)
