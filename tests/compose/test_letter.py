from dataclasses import fields, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from monitor.compose.html import html
from monitor.compose.labels import LABELS, language_of
from monitor.compose.letter import LONGEST_LINK, Letter, letter, plain
from monitor.compose.message import notice
from monitor.model import (
    Alert,
    Dateline,
    Digest,
    Evidence,
    Item,
    Message,
    MessageType,
    Paragraph,
    PartialDate,
    RuleName,
    Span,
    Story,
    Subhead,
    Teaser,
)

AT = datetime(2026, 7, 1, 10, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")
ITEM = Item(
    id="a1",
    source="wire",
    url="https://news.example/1",
    headline="Xi in Moskou",
    dateline=Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",)),
    body=(Paragraph("Xi is er."), Subhead("Xi spreekt"), Paragraph("Xi zweeg."), Teaser("LEES OOK", "Xi thuis")),
    published=AT,
)


def alert(item: Item = ITEM, *spans: Span, title: str = "Xi", items: int = 1) -> Alert:
    return Alert(
        "1", RuleName("xi", title, "high"), Story("s", "Xi", ("a", "b"), ("ANP",), items), (Evidence(item, spans),)
    )


def written(item: Item = ITEM, *spans: Span, kind: MessageType = "alert.fired", items: int = 1) -> Letter:
    return letter(Message(kind, AT, alert(item, *spans, items=items)), "nl", ZONE)


def fact(name: str, one: Letter) -> str | None:
    return dict(one.entries[0].facts).get(name)


@pytest.mark.parametrize(
    ("field", "text", "place"),
    [
        ("headline", "Xi", "kop"),
        ("dateline", "ANP", "plaatsregel"),
        ("body.0", "Xi", "alinea 1"),
        ("body.1", "Xi", "tussenkop"),
        ("body.2", "Xi", "alinea 2"),
        ("body.3", "Xi", "verwijzing"),
        ("summary", "Xi", "samenvatting"),
        ("related.0", "Xi", "zijbalk"),
        ("byline.0", "Xi", "auteur"),
        ("tags.1", "Xi", "trefwoord"),
    ],
)
def test_evidence_is_told_in_words(field, text, place):
    assert fact("Gevonden", written(ITEM, Span(field, 0, len(text), text))) == f"“{text}” ({place})"


def test_evidence_that_recurs_is_counted_and_much_of_it_is_summed_up():
    twice = [Span("headline", 0, 2, "Xi"), Span("headline", 5, 7, "Xi")]
    many = [Span("headline", index, index + 1, chr(97 + index)) for index in range(11)]

    assert fact("Gevonden", written(ITEM, *twice)) == "“Xi” (kop, 2×)"
    assert str(fact("Gevonden", written(ITEM, *many))).endswith("“h” (kop), en 3 meer")


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("alert.fired", "Xi: Xi in Moskou"),
        ("alert.updated", "Vervolg: Xi: Xi in Moskou"),
        ("alert.corrected", "Rectificatie: Xi: Xi in Moskou"),
    ],
)
def test_the_subject_says_what_kind_of_message_it_is(kind, subject):
    assert written(kind=kind).subject == subject


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (AT, "2026-07-01 12:00 CEST"),
        (PartialDate("2023-02"), "2023-02"),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "9999-12-31 23:59 UTC"),
        (None, None),
    ],
)
def test_times_are_those_of_the_clock_on_the_wall(when, shown):
    assert fact("Gepubliceerd", written(replace(ITEM, published=when))) == shown


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//news.example/1",
            "news.example",
            "http://",
        ),
        *("https://news.example/a b", "https://news.example/\u202egpj", 'https://news.example/"x', "https://[::1", ""),
        "https://news.example/" + "x" * LONGEST_LINK,
        None,
    ],
)
def test_what_is_no_whole_address_of_the_web_is_no_link(url):
    one = written(replace(ITEM, url=url))

    assert one.entries[0].link is None
    assert "href" not in html(one, "nl")


def test_without_a_headline_there_is_a_word_for_it_and_without_a_body_the_summary():
    bare = Alert(
        "1",
        RuleName("xi", "Xi", "low"),
        Story("s", None, (), (), 1),
        (Evidence(Item(id="1", summary="Kort bericht."), ()),),
    )
    [entry] = letter(Message("alert.fired", AT, bare), "nl", ZONE).entries

    assert (entry.headline, entry.text, entry.facts) == ("(zonder kop)", "Kort bericht.", (("Regel", "Xi (laag)"),))


def test_a_story_of_several_says_of_how_many():
    assert fact("Berichten in dit verhaal", written(items=3)) == "3"
    assert fact("Berichten in dit verhaal", written(items=1)) is None


def test_a_digest_names_its_rules_once_and_says_what_it_leaves_out():
    many = Message("alert.digest", AT, Digest(tuple(alert(title=title) for title in ["Xi", "Poetin", "Xi"] * 50)))
    one = letter(many, "nl", ZONE)

    assert one.subject == "150 meldingen: Xi, Poetin"
    assert len(one.entries) == 100
    assert plain(one).rstrip().endswith("en 50 meer")
    assert "en 50 meer" in html(one, "nl")


def test_a_notice_keeps_its_lines():
    one = letter(notice("kanaal desk:\r\n410\x00", AT), "en", ZONE)

    assert (one.subject, one.text) == ("From monitor itself: kanaal desk:", "kanaal desk:\n410")
    assert plain(one) == "kanaal desk:\n410\n"


@pytest.mark.parametrize("language", LABELS)
def test_every_language_has_a_word_for_everything(language):
    reference, labels = LABELS["nl"], LABELS[language]

    for name in (field.name for field in fields(labels)):
        ours, theirs = getattr(labels, name), getattr(reference, name)
        pairs = [(ours[key], theirs[key]) for key in theirs] if isinstance(theirs, dict) else [(ours, theirs)]
        assert ours
        assert not isinstance(theirs, dict) or ours.keys() == theirs.keys()
        assert all(mine.count("{}") == other.count("{}") for mine, other in pairs)


@pytest.mark.parametrize(
    ("tag", "language"), [("nl", "nl"), ("nl-BE", "nl"), ("NL", "nl"), ("en-GB", "en"), ("de", "en"), ("nld", "nl")]
)
def test_readers_of_other_languages_get_english(tag, language):
    assert language_of(tag) == language


def test_an_alert_without_items_is_told_by_its_story():
    silence = Alert("1", RuleName("xi", "Xi zwijgt", "high"), Story("s", "Xi zwijgt: ANP", (), (), 0), ())
    one = letter(Message("alert.fired", AT, silence), "nl", ZONE)

    assert one.subject == "Xi zwijgt: ANP"
    assert (one.entries[0].headline, one.entries[0].text, one.entries[0].link) == ("Xi zwijgt: ANP", "", None)
    assert one.entries[0].facts == (("Regel", "Xi zwijgt (hoog)"),)
    assert "Xi zwijgt: ANP" in html(one, "nl")
    assert plain(one) == "Xi zwijgt: ANP\n\nRegel: Xi zwijgt (hoog)\n"
