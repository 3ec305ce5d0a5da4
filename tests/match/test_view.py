"""An item laid out for rules: its texts, their names and scopes."""

from monitor.match.view import SCOPES, USUAL_SCOPE, View
from monitor.model import Byline, Dateline, Item, Paragraph, Related, RelatedItem, Subhead, Teaser
from tests.match.reading import NOW

WHOLE = Item(
    id="a",
    headline="Kop",
    dateline=Dateline("GENT (BELGA) - ", ("GENT",), ("BELGA",)),
    body=(
        Teaser("LEES OOK", "Vooraf"),
        Paragraph("Eerste"),
        Subhead("Tussenkop"),
        Paragraph("Tweede"),
    ),
    summary="Kort",
    related=Related("Meer", (RelatedItem("Los"), RelatedItem("Vast", Dateline("ROME (ANP) - ")))),
    bylines=(Byline("Noor Smit", "noor@example.org"),),
    tags=("China", "Rusland"),
)

EXPECTED = {
    "headline": ["headline"],
    "dateline": ["dateline"],
    "lead": ["body.1"],
    "subheads": ["body.2"],
    "body": ["body.1", "body.3"],
    "summary": ["summary"],
    "teasers": ["body.0"],
    "related": ["related.0", "related.1.dateline", "related.1"],
    "byline": ["byline.0"],
    "tags": ["tags.0", "tags.1"],
}


def test_every_scope_names_its_texts():
    view = View(WHOLE, NOW)

    assert {scope: [text.name for text in view.within(frozenset({scope}))] for scope in SCOPES} == EXPECTED


def test_the_usual_scope_is_the_article_itself():
    names = [text.name for text in View(WHOLE, NOW).within(USUAL_SCOPE)]

    assert names == ["headline", "dateline", "body.1", "body.2", "body.3", "summary"]


def test_an_empty_item_has_no_texts():
    assert View(Item(id="a"), NOW).texts == ()
