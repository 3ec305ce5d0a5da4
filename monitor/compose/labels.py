"""The words that messages are made of besides those of the news, in every language that there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from monitor.model import Level, MessageType

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What things are called in one language; `{}` is a number, `places` are the fields that a span may be of."""

    types: Mapping[MessageType, str]
    levels: Mapping[Level, str]
    places: Mapping[str, str]
    rule: str
    found: str
    source: str
    publishers: str
    agencies: str
    published: str
    read: str
    story: str
    more: str
    untitled: str


LABELS: Mapping[Language, Labels] = {
    "nl": Labels(
        types={
            "alert.fired": "",
            "alert.updated": "Vervolg",
            "alert.corrected": "Rectificatie",
            "alert.digest": "{} meldingen",
            "alert.test": "",
            "monitor.notice": "Van monitor zelf",
        },
        levels={"low": "laag", "medium": "middel", "high": "hoog", "critical": "kritiek"},
        places={
            "headline": "kop",
            "dateline": "plaatsregel",
            "paragraph": "alinea {}",
            "subhead": "tussenkop",
            "teaser": "verwijzing",
            "summary": "samenvatting",
            "related": "zijbalk",
            "byline": "auteur",
            "tags": "trefwoord",
        },
        rule="Regel",
        found="Gevonden",
        source="Bron",
        publishers="Uitgever",
        agencies="Persbureau",
        published="Gepubliceerd",
        read="Lees het bericht",
        story="Berichten in dit verhaal",
        more="en {} meer",
        untitled="(zonder kop)",
    ),
    "en": Labels(
        types={
            "alert.fired": "",
            "alert.updated": "Update",
            "alert.corrected": "Correction",
            "alert.digest": "{} alerts",
            "alert.test": "",
            "monitor.notice": "From monitor itself",
        },
        levels={"low": "low", "medium": "medium", "high": "high", "critical": "critical"},
        places={
            "headline": "headline",
            "dateline": "dateline",
            "paragraph": "paragraph {}",
            "subhead": "subhead",
            "teaser": "pointer",
            "summary": "summary",
            "related": "sidebar",
            "byline": "byline",
            "tags": "tag",
        },
        rule="Rule",
        found="Found",
        source="Source",
        publishers="Publisher",
        agencies="Agency",
        published="Published",
        read="Read the article",
        story="Articles in this story",
        more="and {} more",
        untitled="(no headline)",
    ),
}


def language_of(tag: str) -> Language:
    """Return the language to write in for who reads the language of a BCP 47 tag: Dutch, else English."""
    return "nl" if tag.lower().split("-")[0] in ("nl", "nld", "dut") else "en"
