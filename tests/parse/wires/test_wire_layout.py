"""That nothing of a wire text is ever lost: line ends, edges, bounds, and the way back, by property."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Dateline, Item, Paragraph, Related, RelatedItem, Teaser
from monitor.parse.wires.wire import LONGEST, read_wire, write_wire
from tests.parse.wires.articles import FETCHED, articles
from tests.parse.wires.wire_reading import LEAD, LONG, MORE, entries, read, texts


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\t\u00a0\n", "\ufeff", "\u200b\n"])
def test_a_text_of_nothing_is_an_item_of_nothing(text: str) -> None:
    item = read(text)

    assert (item.headline, item.dateline, item.body, item.related, item.unsure) == (None, None, (), None, ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", " \n", "\r", "\u2028", "\n\t\n", "\n\u00a0\n"])
def test_lines_may_end_in_any_way(end: str) -> None:
    lines = [
        "Kop",
        f"MOSKOU (ANP) - {LEAD}",
        "Tussenkop",
        MORE,
        "Meer uit X",
        f"PARIJS (ANP) - {MORE}",
        "4 uur geleden",
    ]

    item = read(end.join(lines) + end)

    assert (item.headline, texts(item), item.unsure) == ("Kop", [LEAD, "Tussenkop", MORE], ())
    assert entries(item)[0].age == "4 uur geleden"


@pytest.mark.parametrize("edge", ["\ufeff", "\n\n", "\t", "\u00a0 ", "\u200b"])
def test_what_stands_around_the_text_is_in_no_field(edge: str) -> None:
    item = read(f"{edge}Kop\nMOSKOU (ANP) - {LEAD}{edge}")

    assert (item.headline, texts(item)) == ("Kop", [LEAD])


def test_a_text_beyond_the_bound_is_cut_and_unsure() -> None:
    text = "é" * LONGEST

    item = read_wire(text)

    assert len(write_wire(item).encode()) == LONGEST
    assert item.unsure == ("body",)
    assert "body" not in read_wire(text[: LONGEST // 2]).unsure


def test_an_item_from_elsewhere_is_written_in_the_usual_layout() -> None:
    item = Item(
        id="1",
        published=datetime(2023, 2, 17, 10, 0, tzinfo=UTC),
        headline="Kop",
        dateline=Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",)),
        body=(Paragraph(LEAD), Teaser("LEES OOK", "Dijken", premium=True)),
        related=Related("Meer uit X", (RelatedItem(MORE, None, "4 uur geleden"), RelatedItem(LEAD))),
    )

    assert write_wire(item) == (
        f" date 2023-02-17T10:00:00Z Kop\nMOSKOU (ANP) - {LEAD}\nLEES OOK. Dijken (+)\n"
        f"Meer uit X\n{MORE}\n4 uur geleden{LEAD}"
    )


def test_a_layout_that_fits_no_more_is_left_aside() -> None:
    item = Item(id="1", headline="Kop", body=(Paragraph(LEAD),), layout=("", ""))

    assert write_wire(item) == f"Kop\n{LEAD}"


PIECES = st.sampled_from(
    [
        *("\n", "\r\n", "\n\n", " ", "\u00a0", "\t", "\ufeff", "\u2028", ". ", ": ", " - ", "—", " (+)", "(", ")", "/"),
        *("MOSKOU (ANP/RTR) - ", "Berlin (dpa) - ", "(ANP) - ", "MOSKOU - ", "moskou (anp) – ", "X (VVD) - ", "(ANP)"),
        *("4 uur geleden", "een uur geleden", "zojuist", "nu", "vor 4 Stunden", "gisteren"),
        *("2u 5m geleden", "enkele uren geleden", "Ongeveer een jaar geleden, "),
        *("Meer uit Buitenland", "Meer over X", "Meer uit ‘X’", "More from World", "Ook in het nieuws"),
        *("LEES OOK", "Lees ook: ", "KIJK. ", "(+)"),
        *(" date 2023-02 ", "date 2023-02-17T24:00:00Z ", "date 2023-13 ", "date 0001 ", "date 0999-01-01T00:00:00Z "),
        *("date 17-02-2023 ", "date 2023-02 10:00 ", "datum 17 mei 2023"),
        *("Kop", LEAD, MORE, LONG, "Tussenkop", "Wat nu?", "De", "de", "X", "“", "”", "'s-", "1", "é", ",", ";"),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.one_of(PIECES, PIECES, PIECES, st.text(max_size=3)), max_size=30).map("".join))
def test_every_text_is_written_back_as_it_stood(text: str) -> None:
    item = read_wire(text, fetched=FETCHED)

    assert write_wire(item) == text
    assert write_wire(read_wire(write_wire(item), fetched=FETCHED)) == text
    assert read_wire(write_wire(item), fetched=FETCHED) == item


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_unicode_text_is_an_item_and_is_written_back(text: str) -> None:
    assert write_wire(read_wire(text)) == text


@settings(max_examples=300, deadline=None)
@given(articles())
def test_an_article_that_is_written_is_read_again(article: Item) -> None:
    assert read_wire(write_wire(article)) == article
