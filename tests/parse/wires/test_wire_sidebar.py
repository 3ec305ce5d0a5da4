"""The sidebar of a wire text: where it begins, its heading, and the entries with their ages."""

import pytest

from monitor.model import Dateline, Related
from tests.parse.wires.wire_reading import LEAD, MORE, entries, kinds, read, texts


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
        ("Meer uit: Binnenland", "Binnenland"),
        ("Meer uit ‘Den Haag’", "Den Haag"),
        ("Meer uit 'Sport'", "Sport"),
        ("Meer uit 's-Hertogenbosch", "'s-Hertogenbosch"),
        ("Meer van Economie", "Economie"),
        ("Ook uit Binnenland", "Binnenland"),
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


def test_a_credit_below_the_article_is_no_sidebar() -> None:
    assert read(f"Kop\nMOSKOU (ANP) - {LEAD}\n(ANP)").related is None


@pytest.mark.parametrize(
    "prose", ["Meer uit de begroting halen kan niet, zegt ze.", "Meer over het akkoord wordt vrijdag bekend."]
)
def test_a_sentence_that_begins_like_a_heading_is_prose(prose: str) -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\n{prose}\nMeer uit X\nPARIJS (ANP) - {MORE}\n4 uur geleden")

    assert texts(item) == [LEAD, prose]
    assert (item.section, len(entries(item)), item.unsure) == ("X", 1, ())


def test_an_age_behind_a_sentence_ends_an_entry_even_if_the_next_has_no_dateline() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\nMeer uit X\nPARIJS (ANP) - {MORE} 4 uur geleden{LEAD} 5 uur geleden")

    assert [(entry.text, entry.age) for entry in entries(item)] == [(MORE, "4 uur geleden"), (LEAD, "5 uur geleden")]
    assert item.unsure == ("related",)


def test_an_age_that_does_not_tell_how_many_gives_no_time() -> None:
    item = read(f"Kop\nMOSKOU (ANP) - {LEAD}\nMeer uit X\nPARIJS (ANP) - {MORE}\nenkele minuten geleden")

    assert [(entry.age, entry.published) for entry in entries(item)] == [("enkele minuten geleden", None)]
