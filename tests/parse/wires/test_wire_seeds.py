"""The seeds, field by field and byte for byte."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from monitor.model import Dateline, Paragraph, Subhead, Teaser
from monitor.parse.wires.wire import read_wire
from tests.parse.wires.articles import FETCHED
from tests.parse.wires.mutation_drafts import SEEDS, seeds
from tests.parse.wires.wire_reading import entries, kinds, read, texts

pytestmark = pytest.mark.skipif(not seeds(), reason="the seeds are not beside this checkout")

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


def test_the_seeds_hold_32_datelines_and_28_entries() -> None:
    items = [read(seed(number)) for number, *_ in ARTICLES]

    listed = [entry for item in items for entry in entries(item)]
    assert len(listed) == 28
    assert sum(entry.dateline is not None for entry in listed) + sum(item.dateline is not None for item in items) == 32


def test_no_word_of_a_sidebar_or_teaser_counts_as_the_article() -> None:
    for number, headline, *_ in ARTICLES:
        item = read(seed(number))
        text = seed(number)
        own = "".join([item.headline or "", item.dateline.text if item.dateline else "", *texts(item)])

        assert own == text[: text.index("Meer uit Buitenland")].replace("\n", "")
        assert headline in own


def test_prose_of_a_seed_that_holds_an_age_stays_prose() -> None:
    block = read(seed("000")).body[2]

    assert isinstance(block, Paragraph)
    assert block.text.startswith("Ongeveer een jaar geleden,")


def test_a_seed_holds_a_subhead() -> None:
    assert read(seed("001")).body[3] == Subhead("Veiligheidsbelangen")


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


def test_without_a_capture_time_every_published_of_a_seed_is_unknown() -> None:
    for number, *_ in ARTICLES:
        item = read_wire(seed(number))

        assert item.fetched is None
        assert {entry.published for entry in entries(item)} == {None}
        assert item.published is None
