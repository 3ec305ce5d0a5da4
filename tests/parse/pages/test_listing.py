"""Pages that list articles: by likeness, and by selectors."""

from datetime import UTC, datetime

import pytest

from monitor.errors import Malformed, NotRecognized
from monitor.model import Document, Paragraph
from monitor.parse.pages.listing import MOST_ENTRIES, Selectors, read_listing, selectors_of

URL = "https://www.deomroeper.example/buitenland"
FETCHED = datetime(2026, 2, 5, 12, 0, tzinfo=UTC)
TITLES = (
    "Moskou en Peking tekenen zeven verdragen over graan",
    "Sneeuw legt het treinverkeer in het oosten stil",
    "Kabinet wil belasting op vliegen verdubbelen",
    "Verzamelaar vindt onbekend schilderij op zolder",
)


def listing(entries, around=""):
    menu = "".join(f"<li><a href='/menu/{n}'>Een lange rubriek in het menu {n}</a></li>" for n in range(9))
    return f"""<!doctype html><html lang=nl><head><title>Buitenland | De Omroeper</title></head><body>
        <nav><ul>{menu}</ul></nav><main>{entries}</main>{around}
        <footer><a href=/c>Colofon en contact met de krant</a></footer>"""


def read(text, select=None, **known):
    return read_listing(Document("x", text.encode(), select=select, **{"url": URL, "fetched": FETCHED, **known}))


CARDS = "".join(
    f"""<div class="card"><a href="/artikel/{n}?utm_source=home"><h3>{title}</h3></a>
        <time datetime="2026-02-0{n + 1}T08:00:00Z">{n}</time>
        <p>{title} en wat daarvan de gevolgen zijn voor de stad.</p></div>"""
    for n, title in enumerate(TITLES)
)
BARE = (
    "<ul class=nieuws>"
    + "".join(
        f"<li><span class=datum>{n + 1} uur geleden</span> <a href='/b/{n}'>{title}</a></li>"
        for n, title in enumerate(TITLES)
    )
    + "</ul>"
)


def test_links_of_one_make_with_headlines_are_the_list():
    reading = read(listing(CARDS))

    assert [item.headline for item in reading.items] == list(TITLES)
    assert [item.url for item in reading.items] == [f"https://www.deomroeper.example/artikel/{n}" for n in range(4)]
    assert reading.items[1].published == datetime(2026, 2, 2, 8, tzinfo=UTC)
    assert reading.items[0].body == (Paragraph(f"{TITLES[0]} en wat daarvan de gevolgen zijn voor de stad."),)
    assert reading.flaw is None


def test_ages_count_back_from_when_the_page_was_fetched():
    reading = read(listing(BARE))

    assert [item.headline for item in reading.items] == list(TITLES)
    assert [item.published for item in reading.items] == [datetime(2026, 2, 5, 11 - n, tzinfo=UTC) for n in range(4)]


def test_without_a_capture_time_an_age_tells_nothing():
    assert {item.published for item in read(listing(BARE), fetched=None).items} == {None}


def test_an_address_is_read_once():
    assert len(read(listing(CARDS + CARDS)).items) == 4


def test_a_sidebar_is_no_part_of_the_list():
    most_read = "<aside><h2>Meest gelezen</h2>" + BARE + "</aside>"

    assert len(read(listing(CARDS, most_read)).items) == 4


def test_a_mark_of_a_paywall_is_no_part_of_a_headline():
    items = read(listing(CARDS.replace("over graan</h3>", "over graan (+)</h3>"))).items

    assert (items[0].headline, items[0].premium) == (TITLES[0], True)
    assert not items[1].premium


def test_an_entry_of_another_script_may_be_short():
    entries = "".join(f"<div class=k><a href='/{n}'>中国与俄罗斯签署七项协议第{n}份</a></div>" for n in range(4))

    assert len(read(listing(entries)).items) == 4


def test_more_entries_than_are_read_are_a_flaw():
    entries = "".join(
        f"<h2 class=kop><a href='/{n}'>Kop van het bericht nummer {n}</a></h2>" for n in range(MOST_ENTRIES + 1)
    )
    reading = read(listing(entries))

    assert len(reading.items) == MOST_ENTRIES
    assert reading.flaw == f"more than {MOST_ENTRIES} entries"


NOT_LISTED = [
    ("<html><title>Just a moment...</title><body>Checking", "proof of being human"),
    ("<html><title>Leeg</title><body><p>Niets", "without a list of links"),
    (
        "<html><title>Twee</title><body>" + "<h2><a href='/a'>Een kop van een bericht</a></h2>" * 2,
        "without a list of links",
    ),
    ("<rss/>", "XML whose root is <rss>"),
    ("Een gewone tekst.", "plain text"),
]


@pytest.mark.parametrize(("text", "seen"), NOT_LISTED)
def test_what_is_no_list_is_an_error(text, seen):
    with pytest.raises(NotRecognized, match=seen):
        read(text)


def test_selectors_say_where_everything_stands():
    entries = "".join(
        f"<tr class=r><td>{n + 1}-2-2026</td><td><b>{title}</b></td><td>Kort {n}</td>"
        f"<td><a href='/s/{n}'>lees</a></td></tr>"
        for n, title in enumerate(TITLES[:2])
    )
    chosen = {"entry": "tr.r", "title": "b", "link": "a", "date": "td:first-child", "summary": "td:nth-child(3)"}
    items = read(listing(f"<table>{entries}</table>"), chosen).items

    assert [(item.headline, item.url, item.published) for item in items] == [
        (TITLES[n], f"https://www.deomroeper.example/s/{n}", f"2026-02-0{n + 1}") for n in range(2)
    ]
    assert items[1].body == (Paragraph("Kort 1"),)


def test_of_selectors_the_entry_is_enough():
    assert [item.headline for item in read(listing(CARDS), {"entry": ".card"}).items] == list(TITLES)


def test_selectors_that_select_nothing_are_an_error():
    with pytest.raises(Malformed, match=r"without a linked entry that `\.kaart` selects"):
        read(listing(CARDS), {"entry": ".kaart"})


WRONG = [
    ({}, "`entry` is missing"),
    ({"entry": "li", "titel": "a"}, "unknown titel; there are entry, title, link, date, summary"),
    ({"entry": "li[["}, "`entry`: `li\\[\\[` is no CSS selector"),
    ({"entry": "li", "date": "::before"}, "`date`: `::before` is no CSS selector"),
]


@pytest.mark.parametrize(("given", "told"), WRONG, ids=range(len(WRONG)))
def test_selectors_are_checked(given, told):
    with pytest.raises(ValueError, match=told):
        selectors_of(given)


def test_selectors_are_read():
    assert selectors_of({"entry": "li", "date": "time"}) == Selectors("li", date="time")
