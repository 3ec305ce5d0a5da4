"""HTML as feeds carry it, by table: what is a paragraph, what a subhead, and what nobody should see."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Paragraph, Subhead, Teaser
from monitor.parse.markup import blocks_of, clean, has_markup, has_tags, lines_of, plain

LEAD = "De minister reist vrijdag naar Moskou."
MORE = "Hij spreekt er met zijn ambtgenoot."

PARAGRAPHS = [
    (f"<p>{LEAD}</p><p>{MORE}</p>", [LEAD, MORE]),
    (f"<p>{LEAD}<p>{MORE}", [LEAD, MORE]),
    (f"<div>{LEAD}</div>{MORE}", [LEAD, MORE]),
    (f"{LEAD}<br><br/>{MORE}", [LEAD, MORE]),
    (f"{LEAD}<br>&nbsp;<br>{MORE}", [LEAD, MORE]),
    ("De minister<br>reist vrijdag", ["De minister reist vrijdag"]),
    (f"<p> {LEAD}\n\t </p><p>&nbsp;</p><p></p>", [LEAD]),
    ("<p>De&nbsp;&nbsp;minister\u202f<em>reist</em>\nvrijdag</p>", ["De minister reist vrijdag"]),
    ("<p>on<b>mid</b>dellijk</p>", ["onmiddellijk"]),
    ("<ul><li>een<li>twee</ul>", ["een", "twee"]),
    ("<ol><li><p>een</p><ul><li>twee</ul><li>drie</ol>", ["een", "twee", "drie"]),
    ("<dl><dt>NAVO<dd>een verbond</dl>", ["NAVO", "een verbond"]),
    (f"<blockquote><p>{LEAD}</p>{MORE}</blockquote>", [LEAD, MORE]),
    ("<p>Hij zei: <q>Ja, <b>nu</b></q>.</p>", ["Hij zei: “Ja, nu”."]),
    ("<table><tr><td>NAVO</td><td></td><td>32</td></tr><tr><td>EU<td>27</table>", ["NAVO 32", "EU 27"]),
    (f'<figure><img src="x" alt="Niet dit"><figcaption>{LEAD}</figcaption></figure>', [LEAD]),
    (f"<script>alert(1)</script><style>p {{}}</style><p>{LEAD}</p><noscript>x</noscript>", [LEAD]),
    (f"<p hidden>x</p><p style='display : none'>y<b>z</b></p><p>{LEAD}</p>", [LEAD]),
    (f"<template><p>x</p></template><!-- y --><p>{LEAD}</p>", [LEAD]),
    (f"&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;", [LEAD, MORE]),
    (f"<![CDATA[<p>{LEAD}</p>]]>", [LEAD]),
    ("<p>Caf&eacute; &#8216;t Hoekje &amp; co</p>", ["Café ‘t Hoekje & co"]),
    ("<p>Caf&amp;eacute; R&amp;amp;D</p>", ["Café R&D"]),
    ("5 < 6 en 7 > 6", ["5 < 6 en 7 > 6"]),
    (f"{LEAD}\n{MORE}", [LEAD, MORE]),
    ("De minister reist\nvrijdag naar Moskou.", [LEAD]),
    (f"De minister reist\nvrijdag naar Moskou.\n \n{MORE}", [LEAD, MORE]),
    (f"{LEAD}\r\n{MORE}", [LEAD, MORE]),
    ("", []),
    (" \n&nbsp; ", []),
    ("<!-- niets -->", []),
    ("<p></p><br>", []),
]


@pytest.mark.parametrize(("markup", "texts"), PARAGRAPHS)
def test_paragraphs_are_what_the_markup_sets_apart(markup, texts):
    assert blocks_of(markup) == tuple(map(Paragraph, texts))


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "h6"])
def test_a_heading_is_a_subhead(tag):
    blocks = blocks_of(f"<{tag}>Uitstel</{tag}><p>{LEAD}</p>")

    assert blocks == (Subhead("Uitstel"), Paragraph(LEAD))


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (f"<p><b>Uitstel</b></p><p>{LEAD}</p>", Subhead),
        (f"<p><strong> <em>Uitstel</em> </strong></p><p>{LEAD}</p>", Subhead),
        ("<p><b>Uitstel</b></p>", Paragraph),
        (f"<p><b>Uitstel</b> gevraagd</p><p>{LEAD}</p>", Paragraph),
        (f"<p><b>{LEAD}</b></p><p>{MORE}</p>", Paragraph),
        (f"<p><b>{'Uitstel ' * 20}</b></p><p>{LEAD}</p>", Paragraph),
    ],
)
def test_a_short_bold_paragraph_is_a_subhead_above_another(markup, kind):
    assert isinstance(blocks_of(markup)[0], kind)


def test_a_teaser_is_told_by_its_label():
    blocks = blocks_of(f"<p>{LEAD}</p><p>LEES OOK <a href='x'>Kremlin zwijgt over bezoek</a> (+)</p>")

    assert blocks == (Paragraph(LEAD), Teaser("LEES OOK", "Kremlin zwijgt over bezoek", premium=True))


def test_a_plain_text_keeps_what_looks_like_an_entity():
    assert lines_of("Het merk &ampere; bestaat") == (Paragraph("Het merk &ampere; bestaat"),)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b>Xi</b> naar\n Moskou", "Xi naar Moskou"),
        ("Xi &amp; Poetin", "Xi & Poetin"),
        ("<p>Xi</p><p>Poetin</p>", "Xi Poetin"),
        ("LEES OOK Kremlin zwijgt", "LEES OOK Kremlin zwijgt"),
        ("", ""),
    ],
)
def test_a_title_is_one_line(markup, text):
    assert plain(markup) == text


@pytest.mark.parametrize(
    "unseen",
    ["\0", "\x08", "\x1b", "\x7f", "\x9b", "\ud800", "\u202e", "\u202a", "\u2066", "\u2069", "\ufeff"],
)
def test_what_nobody_should_see_does_not_survive(unseen):
    assert clean(f"Pen{unseen}ny") == "Penny"
    assert plain(f"<b>Pen{unseen}ny</b>") == "Penny"
    assert blocks_of(f"Pen{unseen}ny") == (Paragraph("Penny"),)


@pytest.mark.parametrize(("text", "there"), [("5 < 6", False), ("<jan@example.org>", False), ("a <b>c</b>", True)])
def test_a_tag_is_one_of_html(text, there):
    assert has_tags(text) is there


@pytest.mark.parametrize(("text", "there"), [("R&D", False), ("R&amp;D", True), ("a<br/>b", True), ("&c;", False)])
def test_markup_is_tags_or_entities(text, there):
    assert has_markup(text) is there


@pytest.mark.parametrize(
    "bomb",
    ["<div>" * 100_000 + "diep", "<b>" * 100_000 + "diep", "<table><tr><td>" * 30_000 + "diep"],
)
def test_depth_costs_nothing(bomb):
    assert blocks_of(bomb) == (Paragraph("diep"),)


@pytest.mark.parametrize("bomb", ["<!" * 200_000, "&" * 200_000, "<" * 200_000, "<a " * 200_000, "<!h<" * 100_000])
def test_broken_declarations_do_no_harm(bomb):
    assert len(blocks_of(bomb)) <= 1


LETTERS = st.characters(categories=["L", "N", "P", "S"], exclude_characters="&<>")
TEXTS = st.text(LETTERS, min_size=1, max_size=20).map(lambda text: f"Een {text} twee.")


@given(st.lists(TEXTS, max_size=6), st.sampled_from(["<p>{}</p>", "<div>{}\n</div>", "{}<br><br>", "<li>{}"]))
def test_the_texts_of_paragraphs_come_back(texts, pattern):
    markup = "".join(pattern.format(escape(text)) for text in texts)

    assert blocks_of(markup) == tuple(map(Paragraph, texts))


@given(st.text(max_size=200))
def test_any_text_is_markup(text):
    seen = plain(text)

    assert seen == clean(seen).strip()


def test_no_more_is_read_of_long_markup_than_an_item_can_keep():
    blocks = blocks_of(f"<p>{LEAD}</p>" * 40_000)

    assert 65_536 < sum(len(block.text) for block in blocks) < 4 * 65_536
    assert {block.text for block in blocks[:-1]} == {LEAD}
