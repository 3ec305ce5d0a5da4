"""Which fields of an item changed, and which words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Byline, Dateline, Item, Media, Paragraph, Seen, Subhead, Teaser
from monitor.parse.changes import Piece, changed_fields, changes, compare_words, compared
from tests.fakes.clock import START
from tests.fakes.newsroom import MINUTE

ITEM = Item(
    id="a",
    source="wire",
    headline="Veerboot vaart weer uit",
    dateline=Dateline("HARLINGEN (ANP) - ", ("HARLINGEN",), ("ANP",)),
    body=(Paragraph("De dienst is hervat."), Paragraph("De wind nam af.")),
    published=START,
)


def test_what_is_the_same_did_not_change():
    assert changed_fields(ITEM, ITEM) == ()
    assert changes(ITEM, replace(ITEM, id="b", fetched=START, guid="x", unsure=("headline",))) == []


CHANGED: dict[str, dict] = {
    "headline": {"headline": "Veerboot vaart niet"},
    "dateline": {"dateline": None},
    "body": {"body": (Paragraph("De dienst is hervat."),)},
    "published": {"published": START + MINUTE},
    "updated": {"updated": START},
    "premium": {"premium": True},
    "kind": {"kind": "correction"},
    "pubstatus": {"pubstatus": "canceled"},
    "url": {"url": "https://wire.example/a"},
    "bylines": {"bylines": (Byline("Jan Jansen"),)},
    "tags": {"tags": ("storm", "wad")},
    "media": {"media": (Media("https://wire.example/a.jpg"),)},
    "urgency": {"urgency": 1},
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_field_that_changed_is_named_with_both_values(name):
    (change,) = changes(ITEM, replace(ITEM, **CHANGED[name]))

    assert change.field == name
    assert change.before != change.after


def test_fields_are_named_in_the_order_of_the_item():
    after = replace(ITEM, premium=True, headline="Anders", published=None)

    assert changed_fields(ITEM, after) == ("headline", "published", "premium")


def test_that_a_revision_is_an_update_is_no_change_and_that_it_is_more_is():
    assert changed_fields(ITEM, replace(ITEM, kind="update")) == ()
    assert changed_fields(replace(ITEM, kind="update"), replace(ITEM, kind="withdrawn")) == ("kind",)


def test_seen_items_are_compared_with_what_is_known_of_them():
    fresh = [Seen(replace(ITEM, headline="Anders"), (), "x", 1), Seen(replace(ITEM, id="b"), (), "x")]

    assert [seen.changed for seen in compared(fresh, {"a": ITEM})] == [("headline",), ()]


def test_blocks_are_compared_a_line_each():
    after = replace(
        ITEM, body=(Subhead("Wad"), Paragraph("De dienst ligt stil."), Teaser(label="LEES OOK", text="Meer"))
    )
    (change,) = changes(ITEM, after)

    assert change.before == "De dienst is hervat.\nDe wind nam af."
    assert change.after == "## Wad\nDe dienst ligt stil.\n> Meer"


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("een twee", "een twee", [("same", "een twee")]),
        ("", "een", [("new", "een")]),
        ("een", "", [("gone", "een")]),
        ("een twee drie", "een drie", [("same", "een"), ("gone", "twee"), ("same", "drie")]),
        ("een twee", "een zes zeven", [("same", "een"), ("gone", "twee"), ("new", "zes zeven")]),
        ("a\nb", "a b", [("same", "a"), ("gone", "\n"), ("same", "b")]),
    ],
)
def test_words_are_compared(before, after, pieces):
    assert list(compare_words(before, after)) == [Piece(kind, text) for kind, text in pieces]


words = st.lists(st.sampled_from(["een", "twee", "drie", "vier", "习近平", "\u202e"]), max_size=12).map(" ".join)


@given(words, words)
def test_the_pieces_are_both_texts(before, after):
    pieces = compare_words(before, after)

    assert " ".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert " ".join(piece.text for piece in pieces if piece.kind != "gone") == after
