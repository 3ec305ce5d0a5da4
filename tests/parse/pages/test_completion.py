"""An item of a feed, completed by its article."""

from dataclasses import replace

import pytest

from monitor.model import Byline, Dateline, Item, Paragraph, PartialDate, Subhead
from monitor.parse.pages.completion import completed, needs_article

TEASER = "Zeven verdragen over graan en gas."
OWN = Item(
    id="1",
    url="https://a.example/1",
    guid="g",
    headline="Kop",
    body=(Paragraph(TEASER),),
    published=PartialDate("2026-02-05"),
)
BODY = (
    Paragraph("In Moskou zijn donderdag zeven verdragen getekend."),
    Subhead("Graan"),
    Paragraph("Peking koopt meer tarwe."),
)
PAGE = Item(
    id="2",
    url="https://a.example/1?x",
    headline="Andere kop",
    dateline=Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",)),
    body=BODY,
    published=PartialDate("2026-02-04"),
    bylines=(Byline("Anna Visser"),),
    language="nl",
    section="Buitenland",
    unsure=("body", "published"),
)


def test_the_article_is_the_body_and_the_feeds_text_the_summary():
    item = completed(OWN, PAGE)

    assert (item.body, item.dateline, item.summary) == (BODY, PAGE.dateline, TEASER)


def test_what_the_feed_says_stays():
    item = completed(OWN, PAGE)

    assert (item.id, item.url, item.guid, item.headline, item.published) == ("1", OWN.url, "g", "Kop", "2026-02-05")


def test_what_the_feed_does_not_say_is_the_articles():
    item = completed(OWN, PAGE)

    assert (item.bylines, item.language, item.section) == (PAGE.bylines, "nl", "Buitenland")


def test_only_doubts_about_what_was_adopted_come_along():
    assert completed(OWN, PAGE).unsure == ("body",)
    assert completed(replace(OWN, published=None), PAGE).unsure == ("body", "published")


def test_an_own_summary_stays():
    assert completed(replace(OWN, summary="Kort."), PAGE).summary == "Kort."


@pytest.mark.parametrize(
    "own", ["In Moskou zijn donderdag zeven verdragen getekend.", "In Moskou zijn donderdag zeven …"]
)
def test_what_the_article_says_too_is_no_summary(own):
    assert completed(replace(OWN, body=(Paragraph(own),)), PAGE).summary is None


def test_a_page_with_less_text_leaves_the_body_and_marks_the_paywall():
    whole = replace(OWN, body=(Paragraph("Een lang verhaal. " * 20),))
    item = completed(whole, replace(PAGE, premium=True))

    assert (item.body, item.dateline, item.premium) == (whole.body, None, True)


def test_completing_twice_is_completing_once():
    once = completed(OWN, PAGE)

    assert completed(once, PAGE) == once


def test_what_has_no_address_or_was_withdrawn_needs_no_article():
    assert needs_article(OWN)
    assert not needs_article(replace(OWN, url=None))
    assert not needs_article(replace(OWN, kind="withdrawn"))
