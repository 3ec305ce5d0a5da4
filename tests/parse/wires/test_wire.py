"""The article in a wire text: its date, headline, dateline, paragraphs, subheads and teasers."""

from datetime import UTC, datetime

import pytest

from monitor.model import Dateline, Paragraph, PartialDate, Teaser
from monitor.parse.wires.wire import read_wire
from tests.parse.wires.articles import FETCHED
from tests.parse.wires.wire_reading import LEAD, LONG, MORE, entries, kinds, read, texts


def test_a_capture_time_is_never_the_time_of_the_article() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}")

    assert (item.published, item.fetched) == (None, FETCHED)


def test_what_is_known_from_elsewhere_lands_in_the_item() -> None:
    one = read_wire(LONG, source="wire", url="https://example.org/1", language="nl")
    other = read_wire(LONG + MORE, source="wire", url="https://example.org/1", language="nl")

    assert (one.source, one.url, one.language) == ("wire", "https://example.org/1", "nl")
    assert one.id == other.id
    assert read_wire(LONG).id != read_wire(LONG + MORE).id


def test_a_text_without_headline_begins_with_its_dateline() -> None:
    item = read(f"MOSKOU (ANP) - {LEAD}\n{MORE}")

    assert (item.headline, texts(item), item.unsure) == (None, [LEAD, MORE], ())


def test_a_text_of_one_line_is_a_headline_or_a_lead_by_its_full_stop_and_unsure() -> None:
    headline, lead = read("Minister treedt af"), read("De minister treedt af.")

    assert (headline.headline, headline.body, headline.unsure) == ("Minister treedt af", (), ("headline",))
    assert (lead.headline, texts(lead), lead.unsure) == (None, ["De minister treedt af."], ("headline",))


def test_a_long_first_line_is_no_headline() -> None:
    item = read(f"{LONG}\n{MORE}")

    assert (item.headline, texts(item), item.unsure) == (None, [LONG, MORE], ())


def test_a_line_above_the_headline_makes_the_headline_unsure() -> None:
    item = read(f"Buitenland\nMinister treedt af\nMOSKOU (ANP) - {LEAD}")

    assert (item.headline, kinds(item), item.unsure) == ("Buitenland", "sp", ("headline",))
    assert item.dateline == Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",))


def test_sentences_between_headline_and_dateline_are_not_the_lead() -> None:
    item = read(f"Minister treedt af\nZe kon niet anders. Dat zei ze.\nMOSKOU (ANP) - {LEAD}")

    assert (item.headline, kinds(item), item.unsure) == ("Minister treedt af", "sp", ("body", "headline"))


@pytest.mark.parametrize("headline", ["LIVE - Minister treedt af", "VS - Iran: akkoord over olie"])
def test_a_headline_in_the_shape_of_a_bare_dateline_is_a_headline(headline: str) -> None:
    assert read(f"{headline}\nMOSKOU (ANP) - {LEAD}").headline == headline
    assert read(f"{headline}\n{LEAD}").headline == headline


def test_a_bare_place_below_the_headline_is_a_dateline_and_unsure() -> None:
    item = read(f"Minister treedt af\nMoskou - {LEAD}")

    assert item.dateline == Dateline("Moskou - ", ("Moskou",))
    assert (texts(item), item.unsure) == ([LEAD], ("dateline",))


@pytest.mark.parametrize("prose", ["Mark Rutte (VVD) - de premier - zweeg.", "VN (Verenigde Naties) - dat is alles."])
def test_names_with_brackets_and_a_dash_are_no_dateline(prose: str) -> None:
    item = read(f"Minister treedt af\n{prose}\n{LEAD}")

    assert (item.dateline, texts(item)) == (None, [prose, LEAD])


def test_prose_between_dashes_below_a_lead_is_no_dateline() -> None:
    prose = "EU – de Europese Unie – houdt vast aan het plan."

    item = read(f"{LONG}\n{prose}\n{MORE}")

    assert (item.dateline, texts(item)) == (None, [LONG, prose, MORE])
    assert "dateline" in item.unsure


@pytest.mark.parametrize("printed", ["Gent (XYZ) - ", "Wijk bij Duurstede (L1): ", "gent (xyz) - "])
def test_what_only_resembles_a_dateline_stays_prose_and_is_unsure(printed: str) -> None:
    item = read(f"Minister treedt af\n{printed}{LEAD}\n{MORE}")

    assert (item.dateline, texts(item), item.unsure) == (None, [printed + LEAD, MORE], ("dateline", "headline"))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("'s-Hertogenbosch (ANP) - ", ("'s-Hertogenbosch",)),
        ("N'DJAMENA (AFP) - ", ("N'DJAMENA",)),
        ("MOSKOU/BEIJING (ANP) - ", ("MOSKOU", "BEIJING")),
        ("SAN ANTONIO, Texas (AP) - ", ("SAN ANTONIO",)),
        ("LONDON, Feb 5 (Reuters) - ", ("LONDON",)),
        ("SÃO\u00a0PAULO\u202f(EFE) – ", ("SÃO PAULO",)),
    ],
)
def test_the_forms_of_many_agencies_are_plain(text: str, places: tuple[str, ...]) -> None:
    item = read(f"Kop\n{text}{LEAD}")

    assert item.dateline is not None
    assert (item.dateline.text, item.dateline.places) == (text, places)
    assert (texts(item), item.unsure) == ([LEAD], ())


def test_a_dateline_may_stand_on_its_own_line() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - \n{LEAD}\n{MORE}")

    assert item.dateline == Dateline("MOSKOU (ANP) -", ("MOSKOU",), ("ANP",))
    assert (texts(item), item.unsure) == ([LEAD, MORE], ())


def test_what_follows_a_dateline_is_the_lead_even_if_it_looks_like_a_teaser() -> None:
    item = read(f"Kop\nMOSKOU (ANP) -\nLEES OOK: Dijken\n{LEAD}")

    assert (kinds(item), item.unsure) == ("pp", ("body",))


@pytest.mark.parametrize(
    "subhead", ["Wat nu?", "“Te laat!”", "Een tussenkop die langer is dan de meeste tussenkoppen zijn"]
)
def test_a_subhead_that_could_be_prose_is_unsure(subhead: str) -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{subhead}\n{MORE}")

    assert (kinds(item), item.unsure) == ("psp", ("body",))


@pytest.mark.parametrize("line", ["Lange wachttijd…", "Het akkoord:"])
def test_a_short_line_with_an_open_end_is_prose_and_unsure(line: str) -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{line}\n{MORE}")

    assert (kinds(item), item.unsure) == ("ppp", ("body",))


@pytest.mark.parametrize(
    "prose", ["„Wir warten.“", "«Nous verrons.»", "»Vi ser.«", "‹Aspettiamo.›", "我们等着。", '"Nee."']
)
def test_a_short_sentence_is_no_subhead_however_it_is_quoted(prose: str) -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{prose}\n{MORE}")

    assert (kinds(item), item.unsure) == ("ppp", ())


@pytest.mark.parametrize(
    ("printed", "teaser"),
    [
        ("LEES OOK. Dijken te laag (+)", Teaser("LEES OOK", "Dijken te laag", premium=True)),
        ("LEES OOK: Dijken te laag", Teaser("LEES OOK", "Dijken te laag")),
        ("Lees ook | Zijn de dijken te laag?", Teaser("Lees ook", "Zijn de dijken te laag?")),
        ("Kijk ook – Dijken [+]", Teaser("Kijk ook", "Dijken", premium=True)),
        ("• Lees\u00a0ook: Dijken", Teaser("Lees\u00a0ook", "Dijken")),
        ("LIRE AUSSI : Digues", Teaser("LIRE AUSSI", "Digues")),
        ("LEES OOK\nDijken te laag (+)", Teaser("LEES OOK", "Dijken te laag", premium=True)),
        ("LEES OOK Dijken te laag", Teaser("LEES OOK", "Dijken te laag")),
        ("Lees dan ook: Dijken te laag", Teaser("Lees dan ook", "Dijken te laag")),
        ("KIJK. Zo hoog staat het water", Teaser("KIJK", "Zo hoog staat het water")),
        ("IN BEELD: Het water. In tien foto’s. (+)", Teaser("IN BEELD", "Het water. In tien foto’s.", premium=True)),
    ],
)
def test_a_teaser_is_told_by_its_label(printed: str, teaser: Teaser) -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{printed}\n{MORE}")

    assert item.body == (Paragraph(LEAD), teaser, Paragraph(MORE))
    assert item.unsure == ()


@pytest.mark.parametrize(
    ("prose", "unsure"),
    [
        ("Lees hier niets in, zei ze daarna met nadruk.", ()),
        ("Lees ook dit boek, zei ze lachend.", ()),
        ("Lees ook Oorlog en vrede, zei ze lachend.", ("body",)),
        ("LIVE. De beelden waren overal te zien.", ("body",)),
        ("Dijken te laag (+)", ("body",)),
    ],
)
def test_prose_that_begins_or_ends_like_a_teaser_stays_prose(prose: str, unsure: tuple[str, ...]) -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{MORE}\n{prose}")

    assert (kinds(item), item.unsure) == ("ppp", unsure)


def test_a_headline_may_begin_like_a_teaser_in_capitals() -> None:
    item = read(f"LIVE: Water stijgt snel\nMOSKOU (ANP) - {LEAD}")

    assert (item.headline, texts(item), item.unsure) == ("LIVE: Water stijgt snel", [LEAD], ())


@pytest.mark.parametrize("date", [" date 2023-13 ", "date 2023-02-30 ", "Date: 17-02-2023 ", "date 2023-02 9:30 "])
def test_a_date_that_cannot_be_read_is_unsure_and_not_guessed(date: str) -> None:
    item = read(date + LONG)

    assert (item.published, texts(item), item.unsure) == (None, [LONG], ("published",))


def test_a_date_stands_before_a_headline_too() -> None:
    item = read(f"date 2023-02-17T10:00:00Z Kop\nMOSKOU (ANP) - {LEAD}")

    assert (item.published, item.headline) == (datetime(2023, 2, 17, 10, 0, tzinfo=UTC), "Kop")
    assert read(f" date 2023-02-17\nKop\nMOSKOU (ANP) - {LEAD}").published == PartialDate("2023-02-17")


@pytest.mark.parametrize(
    "text",
    [
        f"Dijken te laag\nBRUSSEL (BELGA) - {LEAD}\nMeer in Binnenland\nGENT (BELGA) - {MORE}\n4u geleden",
        f"Deiche zu niedrig\nBerlin (dpa) - {LEAD}\nMehr aus Inland\nBONN (dpa) - {MORE}\nvor 2 Stunden",
        f"Des digues trop basses\nPARIS (AFP) - {LEAD}\nPlus de France\nLYON (AFP) - {MORE}\nil y a 2 heures",
        f"Dikes too low\nLONDON, Feb 5 (Reuters) - {LEAD}\nMore from UK\nYORK (AP) — {MORE}\n2 hours ago",
    ],
)
def test_other_countries_write_the_same_form(text: str) -> None:
    item = read(text)

    assert (texts(item), [entry.text for entry in entries(item)]) == ([LEAD], [MORE])
    assert entries(item)[0].published is not None
    assert item.section is not None
    assert item.unsure == ()
