"""Articles for tests: drafts to change, and a strategy for whole items as wire texts hold them.

A draft is an article taken apart, so that a test can change a part and still know what each field holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from monitor.model import (
    Block,
    Dateline,
    Item,
    Paragraph,
    PartialDate,
    Related,
    RelatedItem,
    Subhead,
    Teaser,
    When,
)
from monitor.parse.identity import item_id

FETCHED = datetime(2026, 2, 5, 10, 0, tzinfo=UTC)

Fields = Mapping[str, tuple[str, ...]]
"""What stands in each kind of field, for comparing."""


@dataclass(slots=True)
class Place:
    """A dateline: `places` and `agencies` with what joins them, and its `dash` with the gaps around it.

    `more` is a date or region, which stands behind the places and is none of them.
    """

    places: list[str]
    agencies: list[str]
    joiner: str = "/"
    more: str = ""
    gap: str = " "
    brackets: str = "()"
    slash: str = "/"
    dash: str = " - "

    def printed(self) -> str:
        """Return the dateline as it stands in the text."""
        bracketed = self.brackets[0] + self.slash.join(self.agencies) + self.brackets[1]
        listed = self.gap + bracketed if self.agencies else ""
        return self.joiner.join(self.places) + self.more + listed + self.dash


@dataclass(slots=True)
class Part:
    """A block of the body; `label` and `mark` are those of a teaser, `premium` what marks it as paid."""

    kind: str
    text: str
    label: str = ""
    mark: str = ". "
    premium: str = ""

    def printed(self) -> str:
        """Return the block as it stands in the text."""
        return self.label + self.mark + self.text + self.premium if self.kind == "teaser" else self.text


@dataclass(slots=True)
class Entry:
    """An entry of the sidebar: `age` as printed and `ago`, what it says; the gaps are those around it."""

    place: Place | None
    text: str
    age: str | None = None
    ago: timedelta | str | None = None
    before: str = "\n"
    after: str = ""

    def printed(self) -> str:
        """Return the entry as it stands in the text, its age behind it."""
        aged = f"{self.before}{self.age}{self.after}" if self.age else "\n"
        return (self.place.printed() if self.place else "") + self.text + aged

    def published(self) -> When | None:
        """Return the time that the age says, counted by hand."""
        if isinstance(self.ago, str):
            return PartialDate(self.ago)
        return FETCHED - self.ago if self.ago is not None and self.age else None


@dataclass(slots=True)
class Draft:
    """A whole article; `date` is its prefix as printed, `gap` stands between blocks."""

    date: str = ""
    published: str | None = None
    headline: str | None = None
    place: Place | None = None
    parts: list[Part] = field(default_factory=list)
    gap: str = "\n"
    heading: str | None = None
    section: str | None = None
    entries: list[Entry] = field(default_factory=list)

    def copy(self) -> "Draft":
        """Return a draft that can be changed by itself."""
        return deepcopy(self)

    def datelines(self) -> Iterator[Place]:
        """Yield the datelines, the article's own first."""
        yield from (place for place in (self.place, *(entry.place for entry in self.entries)) if place)

    def printed(self) -> str:
        """Return the wire text."""
        blocks = [part.printed() for part in self.parts]
        first = next((rank for rank, part in enumerate(self.parts) if part.kind == "paragraph"), None)
        if self.place and first is not None:
            blocks[first] = self.place.printed() + blocks[first]
        above = [self.headline] if self.headline is not None else []
        article = self.date + self.gap.join([*above, *blocks])
        if self.heading is None and not self.entries:
            return article
        headed = "" if self.heading is None else self.heading + self.gap
        return article + self.gap + headed + "".join(entry.printed() for entry in self.entries).rstrip("\n")

    def fields(self) -> Fields:
        """Return what a reader should find."""
        return {
            "published": _known([self.published]),
            "headline": _known([self.headline]),
            "dateline.places": tuple(map(_plain, self.place.places)) if self.place else (),
            "dateline.agencies": tuple(map(_plain, self.place.agencies)) if self.place else (),
            "body": tuple(part.text for part in self.parts if part.kind == "paragraph"),
            "subheads": tuple(part.text for part in self.parts if part.kind == "subhead"),
            "teasers": tuple(
                f"{part.label}|{part.text}|{bool(part.premium)}" for part in self.parts if part.kind == "teaser"
            ),
            "section": _known([self.section]),
            "related.heading": _known([self.heading]),
            "related.entries": tuple(entry.text for entry in self.entries),
            "related.places": tuple(
                _plain(name) for entry in self.entries if entry.place for name in entry.place.places
            ),
            "related.agencies": tuple(
                _plain(name) for entry in self.entries if entry.place for name in entry.place.agencies
            ),
            "related.ages": tuple(f"{entry.age}|{entry.published()}" for entry in self.entries if entry.age),
        }


def item_fields(item: Item) -> Fields:
    """Return what a reader found, under the names of `Draft.fields`."""
    entries = item.related.items if item.related else ()
    own = item.dateline or Dateline("")
    teasers = tuple(f"{part.label}|{part.text}|{part.premium}" for part in item.body if isinstance(part, Teaser))
    return {
        "published": _known([str(item.published) if item.published else None]),
        "headline": _known([item.headline]),
        "dateline.places": own.places,
        "dateline.agencies": own.agencies,
        "body": tuple(part.text for part in item.body if part.type == "paragraph"),
        "subheads": tuple(part.text for part in item.body if part.type == "subhead"),
        "teasers": teasers,
        "section": _known([item.section]),
        "related.heading": _known([item.related.heading if item.related else None]),
        "related.entries": tuple(entry.text for entry in entries),
        "related.places": tuple(name for entry in entries if entry.dateline for name in entry.dateline.places),
        "related.agencies": tuple(name for entry in entries if entry.dateline for name in entry.dateline.agencies),
        "related.ages": tuple(f"{entry.age}|{entry.published}" for entry in entries if entry.age),
    }


def draft_of(item: Item) -> Draft:
    """Return the draft of an item read from a seed; `test_wire.py` proves that it was read right."""
    blank = item.layout is not None and "\n\n" in item.layout
    parts = [
        Part("teaser", part.text, part.label, ". ", " (+)" if part.premium else "")
        if isinstance(part, Teaser)
        else Part(part.type, part.text)
        for part in item.body
    ]
    return Draft(
        date=f" date {item.published} " if item.published else "",
        published=str(item.published) if item.published else None,
        headline=item.headline,
        place=_place_of(item.dateline),
        parts=parts,
        gap="\n\n" if blank else "\n",
        heading=item.related.heading if item.related else None,
        section=item.section,
        entries=[
            Entry(_place_of(entry.dateline), entry.text, entry.age, _ago(entry.published))
            for entry in (item.related.items if item.related else ())
        ],
    )


def _place_of(dateline: Dateline | None) -> Place | None:
    return Place(list(dateline.places), list(dateline.agencies)) if dateline else None


def _ago(published: When | None) -> timedelta | None:
    return FETCHED - published if isinstance(published, datetime) else None


def _plain(name: str) -> str:
    return " ".join(name.split())


def _known(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(_plain(value) for value in values if value is not None)


_SAID = (
    "de het een president minister leider oorlog overleg sancties vrede Poetin Xi Wang NAVO VN-chef Europese "
    "zei meldt noemde “goed” 'slecht' (EU) 55.000 F-35 Loekasjenko Oekraïne São-Tomé zo'n al-Maliki ruim"
)
_WORDS = st.sampled_from(_SAID.split())


def _sentences(least: int, most: int, end: str) -> st.SearchStrategy[str]:
    words = st.lists(_WORDS, min_size=least, max_size=most)
    return st.builds(lambda first, rest: f"{first} {' '.join(rest)}{end}", st.sampled_from(["De", "Vier", "Na"]), words)


_PROSE = _sentences(8, 25, ".")
_TITLES = _sentences(3, 8, "")
_SUBTITLES = st.sampled_from(["Veiligheid", "Nieuwe sancties", "Geen compromis", "Wat volgt", "Top in Samarkand"])
_DATELINES = st.builds(
    lambda places, agencies: Dateline(f"{'/'.join(places)} ({'/'.join(agencies)}) - ", tuple(places), tuple(agencies)),
    st.lists(
        st.sampled_from(["MOSKOU", "NEW YORK", "MÜNCHEN", "N'DJAMENA", "XI'AN", "CLUJ-NAPOCA"]),
        min_size=1,
        max_size=3,
    ),
    st.lists(st.sampled_from(["ANP", "RTR", "AFP", "DPA", "BLOOMBERG", "BELGA"]), min_size=1, max_size=4),
)
_TEASERS = st.builds(Teaser, st.sampled_from(["LEES OOK", "Kijk ook", "Read also"]), _TITLES, st.booleans())
_AGES = st.builds(
    lambda count, unit: f"{count} {unit} geleden", st.integers(1, 59), st.sampled_from(["minuten", "uur"])
)
_RELATED = st.builds(
    lambda section, entries: (section, Related(f"Meer uit {section}", tuple(entries))),
    st.sampled_from(["Buitenland", "Economie", "Tech & Wetenschap"]),
    st.lists(st.builds(RelatedItem, _PROSE, _DATELINES, _AGES), min_size=1, max_size=7),
)
_DATES = st.sampled_from(["2023", "2023-02", "2023-02-17"]).map(PartialDate)
_BLOCKS = st.lists(st.one_of(_PROSE.map(Paragraph), _TEASERS, _SUBTITLES.map(Subhead)), max_size=6)


@st.composite
def articles(draw: st.DrawFn) -> Item:
    """Return an item as `read_wire` reads one from a text in the usual layout, with nothing unsure."""
    headline, dateline = draw(_TITLES), draw(_DATELINES)
    # Between paragraphs: a line without a full stop is a subhead nowhere else.
    body: tuple[Block, ...] = (Paragraph(draw(_PROSE)), *draw(_BLOCKS), Paragraph(draw(_PROSE)))
    section, related = draw(st.one_of(st.just((None, None)), _RELATED))
    text = "\n".join([headline, dateline.text, *(block.text for block in body)])
    return Item(
        id=item_id(None, [None, None, text]),
        headline=headline,
        dateline=dateline,
        body=body,
        section=section,
        related=related,
        published=draw(st.one_of(st.none(), _DATES)),
    )
