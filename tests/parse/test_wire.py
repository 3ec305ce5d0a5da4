"""The wire text form: the seeds field by field, small texts, and that nothing is ever lost."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Dateline, Item, Paragraph, PartialDate, Related, RelatedItem, Subhead, Teaser
from monitor.parse.wire import LONGEST, read_wire, write_wire
from tests.parse.articles import articles

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
FETCHED = datetime(2026, 2, 5, 10, 0, tzinfo=UTC)

LEAD = "De regering trekt volgend jaar meer geld uit voor dijken en duinen, zei de minister."
MORE = "Volgens haar is dat nodig, omdat het water sneller stijgt dan eerder was berekend."
LONG = f"{LEAD} {MORE} {LEAD}"

seeds_are_there = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside this checkout")

Listed = Sequence[tuple[str, str, str]]
"""Of each entry of a sidebar: its place, its agencies, its age."""

ARTICLES: Sequence[tuple[str, str, str, str, Listed]] = [
    (
        "000",
        "Poetin bewierookt relatie met China",
        "ANP/RTR",
        "pppp",
        [
            ("NEW YORK", "ANP/AFP", "55 minuten geleden"),
            ("PARIJS", "ANP/AFP", "4 uur geleden"),
            ("KYIV", "ANP/AFP", "4 uur geleden"),
            ("WASHINGTON", "ANP", "4 uur geleden"),
            ("MILAAN", "ANP/RTR", "4 uur geleden"),
            ("TEHERAN", "ANP/AFP", "5 uur geleden"),
            ("NEW YORK", "ANP/AFP/RTR", "5 uur geleden"),
        ],
    ),
    (
        "001",
        "Poetin en Xi benadrukken goede",
        "ANP/AFP/RTR/BLOOMBERG",
        "pppspp",
        [
            ("SAN ANTONIO", "ANP/RTR/DPA", "4 uur geleden"),
            ("BAGDAD", "ANP/AFP", "11 uur geleden"),
            ("TEHERAN", "ANP/AFP", "12 uur geleden"),
            ("MIAMI", "ANP/AFP", "13 uur geleden"),
            ("MINNEAPOLIS", "ANP/RTR", "14 uur geleden"),
            ("PARIJS", "ANP/AFP", "15 uur geleden"),
            ("BANDAR ABBAS", "ANP/DPA", "18 uur geleden"),
        ],
    ),
    (
        "002",
        "Poetin en Xi hebben eerste",
        "ANP/AFP/BLOOMBERG",
        "pppp",
        [
            ("KHAN YOUNIS", "ANP", "29 minuten geleden"),
            ("KHARTOEM", "ANP", "30 minuten geleden"),
            ("MOSKOU", "ANP/AFP", "1 uur geleden"),
            ("MOSKOU", "ANP/AFP/RTR", "2 uur geleden"),
            ("WASHINGTON", "ANP/AFP", "3 uur geleden"),
            ("WASHINGTON", "ANP", "4 uur geleden"),
            ("LONDEN", "ANP/AFP", "5 uur geleden"),
        ],
    ),
    (
        "003",
        "Xi belooft sterkere banden met",
        "ANP/RTR",
        "pppp",
        [
            ("MÜNCHEN", "ANP/RTR", "5 minuten geleden"),
            ("MÜNCHEN", "ANP/RTR", "8 minuten geleden"),
            ("WASHINGTON", "ANP", "50 minuten geleden"),
            ("BARCELONA", "ANP", "1 uur geleden"),
            ("NEW YORK", "ANP/AFP", "3 uur geleden"),
            ("CARACAS", "ANP", "7 uur geleden"),
            ("WASHINGTON", "ANP/RTR", "8 uur geleden"),
        ],
    ),
]


def seed(number: str) -> str:
    """Return the text of a seed, byte for byte."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode()


def read(text: str) -> Item:
    """Read a text that was captured at `FETCHED`, and prove that it is written back as it stood."""
    item = read_wire(text, fetched=FETCHED)
    assert write_wire(item) == text
    return item


def kinds(item: Item) -> str:
    """Return the first letters of the blocks' kinds."""
    return "".join(block.type[0] for block in item.body)


def texts(item: Item) -> list[str]:
    """Return the texts of the blocks."""
    return [block.text for block in item.body]


def entries(item: Item) -> list[RelatedItem]:
    """Return the entries of the sidebar."""
    return [*item.related.items] if item.related else []


@seeds_are_there
@pytest.mark.parametrize(("number", "headline", "agencies", "blocks", "listed"), ARTICLES)
def test_a_seed_is_read_completely(number: str, headline: str, agencies: str, blocks: str, listed: Listed) -> None:
    item = read(seed(number))
    place = "BEIJING" if number == "003" else "MOSKOU"

    assert item.headline is not None
    assert item.headline.startswith(headline)
    assert item.dateline == Dateline(f"{place} ({agencies}) - ", (place,), tuple(agencies.split("/")))
    assert kinds(item) == blocks
    assert item.section == "Buitenland"
    assert item.related is not None
    assert item.related.heading == "Meer uit Buitenland"
    assert [(entry.dateline, entry.age, entry.published) for entry in item.related.items] == [
        (Dateline(f"{where} ({who}) - ", (where,), tuple(who.split("/"))), age, FETCHED - counted(age))
        for where, who, age in listed
    ]
    assert (item.published, item.unsure, item.layout) == (None, (), None)


def counted(age: str) -> timedelta:
    """Return what an age of a seed says."""
    number, unit, _ = age.split()
    return int(number) * timedelta(hours=unit == "uur", minutes=unit.startswith("minu"))


@seeds_are_there
def test_the_seeds_hold_32_datelines_and_28_entries() -> None:
    items = [read(seed(number)) for number, *_ in ARTICLES]

    listed = [entry for item in items for entry in entries(item)]
    assert len(listed) == 28
    assert sum(entry.dateline is not None for entry in listed) + sum(item.dateline is not None for item in items) == 32


@seeds_are_there
def test_no_word_of_a_sidebar_or_teaser_counts_as_the_article() -> None:
    for number, headline, *_ in ARTICLES:
        item = read(seed(number))
        text = seed(number)
        own = "".join([item.headline or "", item.dateline.text if item.dateline else "", *texts(item)])

        assert own == text[: text.index("Meer uit Buitenland")].replace("\n", "")
        assert headline in own


@seeds_are_there
def test_prose_of_a_seed_that_holds_an_age_stays_prose() -> None:
    block = read(seed("000")).body[2]

    assert isinstance(block, Paragraph)
    assert block.text.startswith("Ongeveer een jaar geleden,")


@seeds_are_there
def test_a_seed_holds_a_subhead() -> None:
    assert read(seed("001")).body[3] == Subhead("Veiligheidsbelangen")


@seeds_are_there
def test_the_seed_without_headline_has_a_month_a_teaser_and_curly_quotes() -> None:
    item = read(seed("004"))

    assert (item.headline, item.dateline, item.section, item.related) == (None, None, None, None)
    assert (item.published, item.unsure) == ("2023-02", ())
    assert kinds(item) == "ppptpp"
    teaser = item.body[3]
    assert isinstance(teaser, Teaser)
    assert (teaser.label, teaser.premium) == ("LEES OOK", True)
    assert teaser.text.startswith("Poetin wakkert angst voor")
    assert teaser.text.endswith("”")
    assert sum(text.count("“") for text in texts(item)) > 5
    assert item.layout == (" date ", " ", *["\n\n"] * 3, ". ", " (+)\n\n", "\n\n", "")


@seeds_are_there
def test_without_a_capture_time_every_published_of_a_seed_is_unknown() -> None:
    for number, *_ in ARTICLES:
        item = read_wire(seed(number))

        assert item.fetched is None
        assert {entry.published for entry in entries(item)} == {None}
        assert item.published is None


def test_a_capture_time_is_never_the_time_of_the_article() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}")

    assert (item.published, item.fetched) == (None, FETCHED)


def test_what_is_known_from_elsewhere_lands_in_the_item() -> None:
    one = read_wire(LONG, source="wire", url="https://example.org/1", language="nl")
    other = read_wire(LONG + MORE, source="wire", url="https://example.org/1", language="nl")

    assert (one.source, one.url, one.language) == ("wire", "https://example.org/1", "nl")
    assert one.id == other.id
    assert read_wire(LONG).id != read_wire(LONG + MORE).id


def test_prose_with_ages_stays_prose() -> None:
    prose = [
        "Ongeveer een jaar geleden, vlak na de storm, was het anders.",
        "Vier jaar geleden begon het werk.",
        "Een jaar geleden. Toen leek alles nog goed.",
        "4 uur geleden meldde de dienst het al.",
        "4 uur geleden Zeeland, nu ook Holland.",
    ]

    item = read("\n".join(["Kop", f"MOSKOU (ANP) - {LEAD}", *prose]))

    assert texts(item) == [LEAD, *prose]
    assert (kinds(item), item.related, item.unsure) == ("pppppp", None, ())


def test_an_age_alone_among_paragraphs_is_unsure() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\nEen jaar geleden\n{MORE}")

    assert (kinds(item), item.related, item.unsure) == ("psp", None, ("body", "related"))


def test_a_sidebar_without_its_heading_is_found_and_unsure() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{MORE}\nPARIJS (ANP) - {MORE}\n4 uur geledenROME (ANP) - {LEAD}")

    assert texts(item) == [LEAD, MORE]
    assert [(entry.text, entry.age) for entry in entries(item)] == [(MORE, "4 uur geleden"), (LEAD, None)]
    assert (item.section, item.unsure) == (None, ("related",))


def test_reports_without_heading_and_ages_are_a_sidebar_and_unsure() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\nPARIJS (ANP) - {MORE}\nROME (ANP) - {LEAD}")

    assert texts(item) == [LEAD]
    assert [entry.text for entry in entries(item)] == [MORE, LEAD]
    assert item.unsure == ("body", "related")


def test_entries_without_datelines_are_found_by_the_ages_glued_to_them() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{MORE}\n4 uur geleden{LEAD}\n5 uur geleden")

    assert texts(item) == [LEAD]
    assert [(entry.text, entry.age) for entry in entries(item)] == [
        (MORE, "4 uur geleden"),
        (LEAD, "5 uur geleden"),
    ]
    assert item.unsure == ("body", "related")


def test_a_heading_of_another_wording_heads_the_sidebar_and_is_unsure() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\nOok in het nieuws\nPARIJS (ANP) - {MORE}\n4 uur geleden")

    assert item.related is not None
    assert (item.related.heading, item.section, item.unsure) == ("Ook in het nieuws", None, ("related",))


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Meer uit Tech & Wetenschap", "Tech & Wetenschap"),
        ("Lees meer uit Sport", "Sport"),
        ("MEER UIT ECONOMIE", "ECONOMIE"),
        ("meer\u00a0uit\u202fden haag", "den haag"),
        ("Meer nieuws uit Binnenland:", "Binnenland"),
        ("» Meer in Cultuur", "Cultuur"),
        ("Meer over Rusland", None),
        ("More from World", "World"),
        ("Mehr aus Politik", "Politik"),
        ("Plus de Monde", "Monde"),
    ],
)
def test_a_known_heading_names_its_section(heading: str, section: str | None) -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{heading}\nPARIJS (ANP) - {MORE}\n4 uur geleden")

    assert item.related is not None
    assert (item.related.heading, item.section, item.unsure) == (heading, section, ())


def test_a_heading_with_nothing_of_a_sidebar_below_is_a_subhead_and_unsure() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\nMeer over dijken\n{MORE}\n{LEAD}")

    assert (kinds(item), item.related, item.unsure) == ("pspp", None, ("related",))


def test_a_heading_in_the_last_line_is_an_empty_sidebar_and_unsure() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\nMeer uit Buitenland")

    assert (item.related, item.section) == (Related("Meer uit Buitenland"), "Buitenland")
    assert item.unsure == ("related",)


def test_a_headline_may_be_worded_like_the_heading_of_a_sidebar() -> None:
    item = read(f"Meer over dijken\nMOSKOU (ANP) - {LEAD}\n{MORE}")

    assert (item.headline, kinds(item), item.unsure) == ("Meer over dijken", "pp", ())


def test_a_text_may_be_nothing_but_a_sidebar() -> None:
    item = read(f"PARIJS (ANP) - {LEAD}\n4 uur geledenROME (ANP) - {MORE}\n5 uur geleden")

    assert (item.headline, item.body, len(entries(item)), item.unsure) == (None, (), 2, ("related",))


def test_an_age_before_any_entry_loses_no_dateline() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\nMeer uit X\n4 uur geledenPARIJS (ANP) - {MORE}")

    assert [(entry.text, entry.age) for entry in entries(item)] == [("", "4 uur geleden"), (MORE, None)]
    assert entries(item)[1].dateline == Dateline("PARIJS (ANP) - ", ("PARIJS",), ("ANP",))
    assert item.unsure == ("related",)


@pytest.mark.parametrize("gap", ["", " ", "\n", "\u00a0", "\t", "\r\n", "\n\n"])
@pytest.mark.parametrize("before", ["\n", "\n\n", " ", "\r\n", ""])
def test_any_gap_may_stand_around_an_age(before: str, gap: str) -> None:
    item = read(
        f"Kop\nMOSKOU (ANP) - {LEAD}\nMeer uit X\nPARIJS (ANP) - {MORE}{before}4 uur geleden{gap}"
        f"ROME (ANP) - {LEAD}{before}5 min geleden"
    )

    assert [(entry.text, entry.age) for entry in entries(item)] == [
        (MORE, "4 uur geleden"),
        (LEAD, "5 min geleden"),
    ]
    assert item.unsure == ()


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


def test_a_credit_below_the_article_is_no_sidebar() -> None:
    assert read(f"Kop\nMOSKOU (ANP) - {LEAD}\n(ANP)").related is None


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
    ],
)
def test_a_teaser_is_told_by_its_label(printed: str, teaser: Teaser) -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{printed}\n{MORE}")

    assert item.body == (Paragraph(LEAD), teaser, Paragraph(MORE))
    assert item.unsure == ()


@pytest.mark.parametrize(
    "prose", ["Lees hier niets in, zei ze daarna met nadruk.", "Lees ook dit boek, zei ze lachend."]
)
def test_prose_that_begins_like_a_teaser_stays_prose(prose: str) -> None:
    assert kinds(read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{prose}\n{MORE}")) == "ppp"


@pytest.mark.parametrize("date", [" date 2023-13 ", "date 2023-02-30 ", "Date: 17-02-2023 "])
def test_a_date_that_cannot_be_read_is_unsure_and_not_guessed(date: str) -> None:
    item = read(date + LONG)

    assert (item.published, item.unsure) == (None, ("published",))


def test_a_date_stands_before_a_headline_too() -> None:
    item = read(f"date 2023-02-17T10:00:00Z Kop\nMOSKOU (ANP) - {LEAD}")

    assert (item.published, item.headline) == (datetime(2023, 2, 17, 10, 0, tzinfo=UTC), "Kop")
    assert read(f" date 2023-02-17\nKop\nMOSKOU (ANP) - {LEAD}").published == PartialDate("2023-02-17")


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
        *[
            "\n",
            "\r\n",
            "\n\n",
            " ",
            "\u00a0",
            "\t",
            "\ufeff",
            "\u2028",
            ". ",
            ": ",
            " - ",
            "—",
            " (+)",
            "(",
            ")",
            "/",
        ],
        *[
            "MOSKOU (ANP/RTR) - ",
            "Berlin (dpa) - ",
            "(ANP) - ",
            "MOSKOU - ",
            "moskou (anp) – ",
            "X (VVD) - ",
            "(ANP)",
        ],
        *[
            "4 uur geleden",
            "een uur geleden",
            "zojuist",
            "vor 4 Stunden",
            "Ongeveer een jaar geleden, ",
            "gisteren",
        ],
        *[
            "Meer uit Buitenland",
            "Meer over X",
            "More from World",
            "Ook in het nieuws",
            "LEES OOK",
            "Lees ook: ",
            "(+)",
        ],
        *[
            " date 2023-02 ",
            "date 2023-02-17T24:00:00Z ",
            "date 2023-13 ",
            "date 0001 ",
            "date 0999-01-01T00:00:00Z ",
        ],
        *[
            "Kop",
            LEAD,
            MORE,
            LONG,
            "Tussenkop",
            "Wat nu?",
            "De",
            "de",
            "X",
            "“",
            "”",
            "'s-",
            "1",
            "é",
            ",",
            ";",
        ],
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


@pytest.mark.parametrize(
    "unit",
    [
        *[
            "(",
            "A A A A ",
            "4 uur geleden",
            "4 uur geleden\n",
            ". 4 uur geleden",
            "\n",
            "MOSKOU/",
            "A\n",
            " ",
            ".",
        ],
        *[
            "Meer uit X\n",
            "LEES OOK\n",
            "LEES OOK. ",
            "MOSKOU (ANP) - x\n",
            "een ",
            "4 ",
            '."',
            "\r",
            "date 2",
            "VS - ",
        ],
        *[
            "x. 4 uur geleden MOSKOU (ANP) - y. ",
            "4 uur geledenMOSKOU (ANP) - a.",
            "LEES OOK \n ",
            "Kop\n4 uur\n",
        ],
    ],
)
@pytest.mark.parametrize("before", ["", f"Kop\nMOSKOU (ANP) - {LEAD}\nMeer uit X\nPARIJS (ANP) - x\n"])
def test_hostile_text_takes_time_in_proportion_to_its_length(before: str, unit: str) -> None:
    small, large = ((before + unit * size)[:size] for size in (LONGEST // 4, LONGEST))
    read_wire(small[:100])

    # Four times the text: four times as long, or sixteen if each character looked at all the others.
    # A short time is mostly noise.
    assert fastest(large) < 10 * max(fastest(small), 0.004)


def fastest(text: str) -> float:
    """Return the seconds that it takes to read a text: the least of three goes."""
    times = []
    for _ in range(3):
        start = perf_counter()
        read_wire(text)
        times.append(perf_counter() - start)
    return min(times)
