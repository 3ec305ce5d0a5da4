"""An item laid out for rules: its texts, their names and scopes."""

from dataclasses import replace

from monitor.match.view import SCOPES, USUAL_SCOPE, Text, View
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


def test_texts_are_in_the_language_of_the_item_else_in_the_one_around():
    assert {text.language for text in View(WHOLE, NOW, language="nl").texts} == {"nl"}
    assert {text.language for text in View(replace(WHOLE, language="fr"), NOW, language="nl").texts} == {"fr"}
    assert {text.language for text in View(WHOLE, NOW).texts} == {None}


def test_where_only_a_part_is_looked_into_the_fields_are_those_of_the_whole():
    view = View(WHOLE, NOW)
    part = next(view.of("lead"))

    only = view.only(part)
    assert list(only.within(USUAL_SCOPE)) == [part]
    assert list(only.within(frozenset({"headline"}))) == []
    assert [text.name for text in only.of("tags")] == ["tags.0", "tags.1"]
    assert only.texts is view.texts


def test_a_sentence_is_a_part_whose_spans_are_those_of_the_whole():
    text = Text("body.0", frozenset({"body"}), "Dr. Xi komt. Wang \ud800 gaat.", "nl")

    sentences = text.sentences
    assert [[part.span(word.start, word.end).text for word in part.words] for part in sentences] == [
        ["Dr", "Xi", "komt"],
        ["Wang", "gaat"],
    ]
    assert [part.utf8 for part in sentences] == [b"Dr. Xi komt.", b"Wang ? gaat."]
    assert [list(part.sentences) for part in sentences] == [[part] for part in sentences]


def test_words_are_told_each_once_in_order():
    text = Text("body.0", frozenset({"body"}), "b a B é", None)

    assert text.alphabet == ["a", "b", "e"]
    assert text.positions == {"b": [0, 2], "a": [1], "e": [3]}
