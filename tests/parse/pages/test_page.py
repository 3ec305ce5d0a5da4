"""HTML pages: the article on them, and what is no article."""

import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import DocumentError, Malformed, NotRecognized
from monitor.model import Dateline, Item, Paragraph, Subhead
from monitor.parse.detect import read_document
from monitor.parse.pages.page import read_page
from monitor.parse.pages.tree import MOST_ELEMENTS
from tests.parse.pages.pages import (
    LEAD,
    PARAGRAPHS,
    SECOND,
    STANDFIRST,
    THIRD,
    URL,
    article_ld,
    document,
    head,
    page,
    read,
    texts,
)


def test_a_page_becomes_the_article_on_it():
    published, author = "2026-02-05T09:00:00+01:00", {"@type": "Person", "name": "Anna Visser"}
    item = read(page(ld=article_ld(datePublished=published, author=author, articleSection="Buitenland")))

    assert item.body == (Paragraph(LEAD), Paragraph(SECOND), Subhead("Graan"), Paragraph(THIRD))
    assert (item.headline, item.url, item.language) == ("Moskou praat met Peking", URL, "nl")
    assert item.published == datetime(2026, 2, 5, 8, tzinfo=UTC)
    assert [byline.name for byline in item.bylines] == ["Anna Visser"]
    assert (item.section, item.premium, item.unsure) == ("Buitenland", False, ())


def test_a_page_is_known_by_its_bytes():
    (item,) = read_document(document(page())).items

    assert texts(item) == list(PARAGRAPHS)


def test_a_page_in_place_of_a_polled_feed_is_an_error():
    with pytest.raises(NotRecognized, match=r"an HTML page titled “Moskou praat met Peking.*says `kind: page`"):
        read_document(document(page(), source="wire", polled=True))


def test_a_source_may_ask_for_a_page():
    assert len(read_document(document(page(), source="wire", kind="page")).items) == 1


def test_a_page_in_a_folder_is_read():
    assert len(read_document(document(page(), source="wire", url=None)).items) == 1


def test_the_dateline_is_taken_off_the_lead():
    item = read(page(lead=f"MOSKOU (ANP/RTR) - {LEAD}"))

    assert item.dateline == Dateline("MOSKOU (ANP/RTR) - ", ("MOSKOU",), ("ANP", "RTR"))
    assert item.body[0] == Paragraph(LEAD)


ABOVE = f'<p class="intro">{STANDFIRST}</p><p>Door Anna Visser</p><p>5 februari 2026, 10:00</p><p>3 min leestijd</p>'


def test_what_stands_above_an_article_is_not_in_its_body():
    item = read(page(above=ABOVE))

    assert texts(item) == list(PARAGRAPHS)
    assert item.summary == STANDFIRST
    assert [byline.name for byline in item.bylines] == ["Anna Visser"]


def test_a_date_that_is_only_shown_is_a_guess():
    item = read(page(above=ABOVE))

    assert item.published == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert item.unsure == ("published",)


BELOW = [
    '<p>Lees ook: <a href="/2">Peking koopt meer gas in het noorden van het land</a></p>',
    "<h3>Lees meer</h3><ul><li><a href='/3'>Graanprijs daalt na akkoord</a></li><li><a href='/4'>Quiz</a></li></ul>",
    "<p>Schrijf je in voor onze nieuwsbrief</p>",
    "<p>© 2026 De Omroeper</p>",
    "<figure><img src=a.jpg><figcaption>De delegatie bij het Kremlin. Foto: Persbureau</figcaption></figure>",
    "<p><a href='/5'>BEKIJK HIER DE BEELDEN VAN HET BEZOEK AAN HET KREMLIN</a></p>",
]


@pytest.mark.parametrize("below", BELOW)
def test_what_stands_below_an_article_is_not_in_its_body(below):
    assert texts(read(page(below=below))) == list(PARAGRAPHS)


def test_a_standfirst_is_told_from_a_lead_that_is_declared_as_description_too():
    item = read(page(**{"og:description": LEAD}))

    assert (item.body[0], item.summary) == (Paragraph(LEAD), None)


def test_a_description_that_says_more_is_the_summary():
    assert read(page(**{"og:description": STANDFIRST})).summary == STANDFIRST


def test_a_list_in_an_article_stays():
    items = "".join(
        f"<li>Verdrag {number} gaat over handel in {what}.</li>"
        for number, what in enumerate(("graan", "gas", "staal"))
    )
    item = read(page(body=f"<p>{LEAD}</p><p>{SECOND}</p><ul>{items}</ul><p>{THIRD}</p>"))

    assert "Verdrag 1 gaat over handel in gas." in texts(item)


@pytest.mark.parametrize("told", [False, "false", "http://schema.org/False"])
def test_what_is_not_free_is_premium(told):
    assert read(page(ld=article_ld(isAccessibleForFree=told))).premium


@pytest.mark.parametrize(
    ("name", "value", "premium"),
    [("article:content_tier", "locked", True), ("article:content_tier", "free", False), ("premium", "true", True)],
)
def test_a_paywall_may_stand_in_a_meta(name, value, premium):
    assert read(page(**{name: value})).premium is premium


def test_a_page_that_says_nothing_of_its_date_has_none():
    item = read(page())

    assert (item.published, item.updated) == (None, None)


def test_the_body_may_stand_in_json_ld_alone():
    told = article_ld(articleBody="\n".join(PARAGRAPHS))
    item = read(f"<html lang=nl>{head(ld=told)}<body><h1>Moskou praat met Peking</h1><p>{LEAD[:70]}</p></body></html>")

    assert texts(item) == list(PARAGRAPHS)


def test_the_body_may_stand_in_the_program_that_draws_the_page():
    drawn = "".join(f"<p>{text}</p>" for text in PARAGRAPHS * 2).replace("<", r"\u003c")
    script = f'<script>state={{"html":"{drawn}"}}</script>'
    text = f"<html lang=nl>{head(**{'og:type': 'article'})}<body><div id=app></div>{script}</body>"
    item = read(text)

    assert texts(item)[:3] == list(PARAGRAPHS)
    assert item.unsure == ("body",)


REFUSED = [
    ("<h1>Checking your browser</h1><p>This may take a few seconds.</p>", "Just a moment...", "proof of being human"),
    (
        "<p>Performing security verification</p><div class='cf-turnstile'></div>",
        "deomroeper.example",
        "proof of being human",
    ),
    ("<p>Vul je gegevens in.</p><form><input type=password></form>", "Inloggen | De Omroeper", "asks to log in"),
    ("<p>Maak een keuze over cookies.</p>", "DPG Media Privacy Gate", "asks for consent"),
    ("<p>De pagina die je zoekt is er niet meer.</p>", "Pagina niet gevonden - De Omroeper", "tells of an error"),
    ("<center><h1>502 Bad Gateway</h1></center>", "502 Bad Gateway", "tells of an error"),
    ("<div id=root></div><script>draw()</script>", "De Omroeper", "empty without its scripts"),
    ("<p>You need to enable JavaScript to run this app.</p>", "De Omroeper", "empty without its scripts"),
    ("<p>Kort.</p>", "De Omroeper", "without an article in it"),
]


@pytest.mark.parametrize(("body", "title", "seen"), REFUSED)
def test_what_stands_in_an_articles_place_is_named(body, title, seen):
    with pytest.raises(NotRecognized) as caught:
        read(f"<!doctype html><html>{head(title=title)}<body>{body}</body></html>")

    assert str(caught.value).startswith(f"an HTML page titled “{title}”, ")
    assert seen in str(caught.value)


def test_an_article_about_an_error_is_an_article():
    item = read(page(title="Access denied: hoe een storing het land platlegde | De Omroeper"))

    assert texts(item) == list(PARAGRAPHS)


def test_an_overview_is_no_article():
    links = "".join(f"<h2><a href='/{number}'>Kop van het bericht nummer {number}</a></h2>" for number in range(20))

    with pytest.raises(NotRecognized, match="without an article in it"):
        read(f"<html>{head(title='De Omroeper')}<body><main>{links}</main></body></html>")


def test_a_page_of_too_many_elements_is_refused():
    with pytest.raises(Malformed, match="more than 10000 elements"):
        read(page(body="<p>Een <b>zin</b>.</p>" * MOST_ELEMENTS))


EXHAUSTING = [
    "<div class='intro'>" * 200 + "<a href=x>kop van een bericht</a>" * 6_000,
    "<script>" + '"\\\\' * 200_000 + "</script>",
    "<div class='" + "date " * 100_000 + "'>x</div>",
    "<p>" + "Anna Visser, " * 100_000,
]


@pytest.mark.parametrize("body", EXHAUSTING, ids=range(len(EXHAUSTING)))
def test_a_page_that_is_made_to_exhaust_its_reader_ends_in_time(body):
    began = time.process_time()
    with suppress(DocumentError):
        read(f"<html><title>x</title><body>{body}")

    assert time.process_time() - began < 10


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "iso-8859-15", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_has(encoding):
    text = page(lead=f"„Één café”, zei zij – {LEAD}", title="Café in Genève").replace(
        "charset=utf-8", f"charset={encoding}"
    )

    assert (
        read(text.encode(encoding, "replace"))
        .body[0]
        .text.startswith("„Één café”" if encoding != "iso-8859-15" else "?")
    )


@pytest.mark.parametrize("sign", ["&#x1F;", "&#0;", "&#31", "&#xD800;", "&#1114112;", "\x01", "\ufffe"], ids=range(7))
def test_what_is_no_character_is_left_out(sign):
    assert read(page(lead=f"Een{sign} zin. {LEAD}")).body[0] == Paragraph(f"Een zin. {LEAD}")


def test_the_same_page_gives_the_same_item():
    assert read(page()) == read(page())


def test_items_of_other_sources_are_other_items():
    one = read_page(replace(document(page()), source="a")).items[0]
    other = read_page(replace(document(page()), source="b")).items[0]

    assert one.id != other.id


FRAGMENTS = st.sampled_from(
    [
        *("<p>", "</p>", "<div class='intro'>", "<h1>", "</h1>", "<a href='x'>", "<ul><li>", "<table><tr><td>", LEAD),
        *("\0", "&#x1F;", "&amp;lt;", "<script type='application/ld+json'>{", "</script>", "<!--", "<br>"),
        *('{"@type":"NewsArticle","author":[[{}]]}', "<time datetime='0'>"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, max_size=60))
def test_whatever_a_page_holds_it_is_read_or_refused_with_a_reason(parts):
    told = ""
    items: list[Item] = []
    try:
        items += read_page(document(f"<html><head><title>x</title></head><body>{''.join(parts)}")).items
    except DocumentError as error:
        told = str(error)

    assert bool(told) == (not items)
    assert all(block.text for item in items for block in item.body)
