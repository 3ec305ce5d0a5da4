"""AP's Media API (1.1 and up): its answers in JSON, about one item of content or a list of them.

{"data": {"item": {…}}} and {"data": {"items": [{"item": {…}}]}}; an item is much like one of ninjs 1, and has more. Its
text is a rendition, to be fetched by who has a key; where an answer holds it, it is `body_nitf` or `body_html`.
"""

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


def _listed(value: Any) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return a list without what is null in it; null as the empty one."""
    return [each for each in value if each is not None] if isinstance(value, list) else [] if value is None else value


class _Object(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class _Ids(_Object):
    itemid: str | None = None


class _Place(_Object):
    city: str | None = None


class _By(_Object):
    by: str | None = None
    name: str | None = None


class _Subject(_Object):
    name: str | None = None
    creator: str | None = None
    rels: Annotated[list[str], BeforeValidator(_listed)] = []


class _Rendition(_Object):
    href: str | None = None
    mimetype: str | None = None
    sizeinbytes: int | None = None


class _Item(_Object):
    """An item of content. What else AP may tell is passed over."""

    altids: _Ids = _Ids()
    uri: str | None = None
    version: int | None = None
    type: str | None = None
    language: str | None = None
    headline: str | None = None
    title: str | None = None
    slugline: str | None = None
    description_summary: str | None = None
    description_caption: str | None = None
    body_nitf: str | None = None
    body_html: str | None = None
    firstcreated: str | None = None
    versioncreated: str | None = None
    embargoed: str | None = None
    urgency: int | None = None
    pubstatus: str | None = None
    datelinelocation: _Place | None = None
    bylines: Annotated[list[_By], BeforeValidator(_listed)] = []
    photographer: _By | None = None
    editorialtypes: Annotated[list[str], BeforeValidator(_listed)] = []
    signals: Annotated[list[str], BeforeValidator(_listed)] = []
    subject: Annotated[list[_Subject], BeforeValidator(_listed)] = []
    renditions: dict[str, _Rendition] = {}


class _Entry(_Object):
    item: _Item


class _Found(_Object):
    item: _Item | None = None
    items: Annotated[list[_Entry], BeforeValidator(_listed)] = []


class _Answer(_Object):
    data: _Found


def read_ap(document: Document) -> Reading:
    """Return the items that an answer of AP's is about.

    Raises:
        Malformed: it is no JSON, or no such answer; the message says what is wrong, and where.
    """
    try:
        found = _Answer.model_validate(json_of(document)).data
    except ValidationError as error:
        msg = f"not valid JSON of AP's: {told_of(error)}"
        raise Malformed(msg[:200]) from None
    items = [found.item] if found.item else [entry.item for entry in found.items]
    return reading_of((_draft(item, document.url) for item in items), document)


def _draft(item: _Item, base: str | None) -> Draft:
    sections = [each.name for each in item.subject if "category" in each.rels and each.name]
    created = item.versioncreated or ""
    return Draft(
        guid=item.altids.itemid or item.uri or "",
        language=item.language or "",
        headline=item.headline or item.title or "",
        place=(item.datelinelocation.city or "") if item.datelinelocation else "",
        body=blocks_of(item.body_nitf or item.body_html or ""),
        summary=item.description_summary or item.description_caption or "",
        section=next(iter(sections), ""),
        published=item.firstcreated or (created if counted(str(item.version)) == 1 else ""),
        updated=created,
        embargoed=item.embargoed or "",
        bylines=[name for by in (*item.bylines, item.photographer) if by and (name := by.by or by.name)],
        tags=[each.name for each in item.subject if each.name and each.creator == "Editorial"],
        media=list(_media(item, base)),
        slugline=item.slugline or "",
        urgency=str(item.urgency or ""),
        pubstatus=item.pubstatus or "",
        signals=[*item.editorialtypes, *item.signals],
        # AP counts versions from 0.
        version=str((item.version or 0) + 1),
    )


def _media(item: _Item, base: str | None) -> Iterator[Media]:
    """Yield the largest rendition of a picture, video, sound or graphic: the others are the same, smaller."""
    shown = [each for each in item.renditions.values() if (each.mimetype or "").startswith(("image", "video", "audio"))]
    for rendition in sorted(shown, key=lambda each: -(each.sizeinbytes or 0))[:1]:
        if url := address_in(rendition.href or "", base):
            yield Media(url, rendition.mimetype, rendition.sizeinbytes)
