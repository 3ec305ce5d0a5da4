"""Evidence for people."""

import re

import pytest

from monitor.match.view import View
from monitor.model import Span
from monitor.rules.evidence import in_short, shown, title_of
from tests.match.reading import NOW, article

LONG = "Xi " + "kwam en ging " * 20 + "naar Moskou"


def marked(item, *places):
    view = View(item, NOW)
    texts = {text.name: text for text in view.texts}
    return [*shown(view, [texts[name].span(start, end) for name, start, end in places])]


def test_what_was_found_is_marked_beneath_its_text():
    item = article("Xi landt in Moskou.", headline="Xi komt")

    assert marked(item, ("body.0", 12, 18), ("headline", 0, 2), ("body.0", 0, 2)) == [
        "headline: Xi komt",
        "          ^^",
        "body.0: Xi landt in Moskou.",
        "        ^^          ^^^^^^",
    ]


def test_wide_characters_are_marked_over_their_width():
    assert marked(article("习近平在莫斯科"), ("body.0", 4, 7)) == ["body.0: 习近平在莫斯科", "                ^^^^^^"]


def test_a_long_text_is_cut_to_what_is_around_the_first_place():
    first, marks = marked(article(LONG), ("body.0", 0, 2), ("body.0", len(LONG) - 6, len(LONG)))
    last, _ = marked(article(LONG), ("body.0", len(LONG) - 6, len(LONG)))

    assert re.fullmatch("body.0: Xi kwam .{90,100}…", first)
    assert marks == "        ^^ and 1 more"
    assert re.fullmatch("body.0: ….* naar Moskou", last)


def test_line_breaks_and_tabs_do_not_break_the_lines():
    assert marked(article("Xi\tkomt\nnu"), ("body.0", 3, 7)) == ["body.0: Xi komt nu", "           ^^^^"]


@pytest.mark.parametrize(
    ("spans", "short"),
    [
        ([], ""),
        (
            [Span("headline", 0, 2, "Xi"), Span("headline", 9, 11, "Xi"), Span("headline", 3, 5, "xi")],
            "headline `Xi` 2 ×, `xi`",
        ),
        ([Span("headline", 0, 2, "Xi"), Span("body.0", 0, 7, "Wang\nYi")], "headline `Xi`; body.0 `Wang Yi`"),
    ],
)
def test_evidence_fits_a_line(spans, short):
    assert in_short(spans) == short


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (article("Xi komt", headline="Kop\nvan twee regels"), "Kop van twee regels"),
        (article("Xi komt"), "Xi komt"),
        (article(url="https://x.example/1"), "https://x.example/1"),
        (article(), "a"),
        (article("woord " * 40), f"{'woord ' * 16}woo…"),
    ],
)
def test_an_item_has_a_title_of_one_line(item, title):
    assert title_of(item) == title
