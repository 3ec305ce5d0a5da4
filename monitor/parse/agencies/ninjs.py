"""ninjs 1.x, 2.x and 3.x: news in JSON, by the IPTC; one item or a list of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from monitor.errors import Malformed, NotRecognized
from monitor.model import Block, Document, Media
from monitor.parse.agencies.ninjs_model import Ninjs, Rendition, Role
from monitor.parse.draft import MOST_ITEMS, Draft, reading_of
from monitor.parse.feeds.entry import address_in
from monitor.parse.markup import blocks_of, has_tags, lines_of
from monitor.parse.reading import Reading
from monitor.parse.sniff import encoding_of

_RICH = ("xhtml", "html", "html5", "richtext", "richhtml5", "main", "text")
"""What bodies are for, those with paragraphs first."""

_SUMMARIES = ("summary", "abstract", "teaser", "text", "caption", "main")
_MOST_TOLD = 200


def read_ninjs(document: Document) -> Reading:
    """Return the items that a ninjs document is: one, or those of a list.

    A document of an agency's own standard (`standard.name` is not `ninjs`, or it has `guid` for `uri`, as Superdesk's)
    may have properties that ninjs does not know.

    Raises:
        NotRecognized: it is JSON, and neither an object nor a list of them.
        Malformed: it is no JSON, or not valid in any version of ninjs; the message says what is wrong, and where.
    """
    told = json_of(document)
    if not isinstance(told, dict | list) or not told:
        msg = "JSON without an object in it"
        raise NotRecognized(msg)
    entries = told if isinstance(told, list) else [told]
    flaw = f"more than {MOST_ITEMS} items" if len(entries) > MOST_ITEMS else None
    drafts = list[Draft]()
    fault: Malformed | None = None
    for entry in entries[:MOST_ITEMS]:
        try:
            drafts.append(_draft(_valid(entry), document.url))
        except Malformed as error:
            fault = fault or error
    if fault and not drafts:
        raise fault
    return reading_of(drafts, document, str(fault) if fault else flaw)


def json_of(document: Document) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return what a document of JSON holds.

    Raises:
        Malformed: it is none, in no Unicode encoding, or nested too deep.
    """
    try:
        return json.loads(document.body.decode(encoding_of(document.body) or "utf-8").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        msg = f"not JSON: {str(error)[:200]}"
        raise Malformed(msg) from error


def _valid(entry: Any) -> Ninjs:  # noqa: ANN401 - JSON may be anything
    own = isinstance(entry, dict) and ("uri" not in entry and isinstance(entry.get("guid"), str))
    if own:
        entry = {"uri": entry["guid"], **entry}
    try:
        return Ninjs.model_validate(entry, extra="ignore" if own or _is_dialect(entry) else None)
    except ValidationError as error:
        msg = f"not valid ninjs: {told_of(error)}"
        raise Malformed(msg[:_MOST_TOLD]) from None


def told_of(error: ValidationError) -> str:
    """Return what is wrong, and where: of several faults the innermost, as one of two models fails at once."""
    fault = max(error.errors(include_url=False, include_input=False), key=lambda each: len(each["loc"]))
    where = ".".join(str(part) for part in fault["loc"] if "[" not in str(part))
    return f"{where or 'the document'}: {fault['msg']}"


def _is_dialect(entry: Any) -> bool:  # noqa: ANN401 - JSON may be anything
    standard = entry.get("standard") if isinstance(entry, dict) else None
    name = standard.get("name") if isinstance(standard, dict) else None
    return isinstance(name, str) and "ninjs" in name.casefold() and name.casefold() not in {"ninjs", "iptc ninjs"}


def _draft(ninjs: Ninjs, base: str | None) -> Draft:
    pictures = ninjs.associations.values() if isinstance(ninjs.associations, dict) else ninjs.associations
    return Draft(
        guid=ninjs.uri,
        language=ninjs.language or "",
        headline=_headline(ninjs),
        place=ninjs.located or "",
        body=_body(ninjs),
        summary=_summary(ninjs),
        published=ninjs.firstcreated or ninjs.contentcreated or "",
        updated=ninjs.versioncreated or "",
        embargoed=ninjs.embargoed or "",
        bylines=[text for text in (ninjs.byline or ninjs.by,) if text],
        tags=[name for subject in (*ninjs.subject, *ninjs.subjects) if (name := subject.name or subject.literal)],
        media=[medium for each in (ninjs, *pictures) for medium in _media(each.renditions, base)],
        slugline=ninjs.slugline or "",
        urgency=str(ninjs.urgency or ""),
        pubstatus=ninjs.pubstatus or "",
        version=ninjs.version or "",
    )


def _texts(ninjs: Ninjs, kind: str, roles: Sequence[Role]) -> Mapping[str, str]:
    """Return the texts of a kind by what they are for: of 1.x's properties, or of the lists of later versions."""
    old = {name.removeprefix(f"{kind}_"): text for name, text in ninjs.texts.items() if name.startswith(f"{kind}_")}
    new = {role.role or "main": role.value for role in reversed(roles) if role.value}
    return {name: text for name, text in {**old, **new}.items() if text.strip()}


def _first(texts: Mapping[str, str], names: Sequence[str]) -> str:
    """Return the text of the first of the names that there is, else any."""
    return next((texts[name] for name in names if name in texts), next(iter(texts.values()), ""))


def _plain(text: str) -> str:
    return " ".join(block.text for block in _blocks(text))


def _blocks(text: str) -> tuple[Block, ...]:
    return blocks_of(text) if has_tags(text) else lines_of(text)


def _headline(ninjs: Ninjs) -> str:
    headline = ninjs.headline or _first(_texts(ninjs, "headline", ninjs.headlines), ("main", "text"))
    return _plain(headline or ninjs.title or "")


def _summary(ninjs: Ninjs) -> str:
    return _plain(_first(_texts(ninjs, "description", ninjs.descriptions), _SUMMARIES))


def _body(ninjs: Ninjs) -> tuple[Block, ...]:
    """Return the blocks of the body; of several that say the same, those of one with paragraphs."""
    return _blocks(_first(_texts(ninjs, "body", ninjs.bodies), _RICH))


def _media(renditions: Mapping[str, Rendition] | Sequence[Rendition], base: str | None) -> Iterator[Media]:
    """Yield the largest rendition of each type: the others are the same picture, smaller."""
    each = renditions.values() if isinstance(renditions, Mapping) else renditions
    best: dict[str, Rendition] = {}
    for rendition in sorted(each, key=lambda one: -(one.sizeinbytes or 0)):
        best.setdefault(rendition.mimetype or rendition.contenttype or "", rendition)
    for kind, rendition in best.items():
        if url := address_in(rendition.href or "", base):
            yield Media(url, kind or None, int(rendition.sizeinbytes) if rendition.sizeinbytes else None)
