"""JSON Feeds to items."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import DocumentError, Malformed, NotRecognized
from monitor.model import Byline, Dateline, Document, Media, Paragraph, Subhead
from monitor.parse.detect import read_document
from monitor.parse.feeds.json_feed import is_json_feed, read_json_feed
from monitor.parse.feeds.trim import MOST_ENTRIES

VERSION = "https://jsonfeed.org/version/1.1"
FEED = {"version": VERSION, "title": "Voorbeeld", "home_page_url": "https://example.org/"}
SUITE = Path(__file__).parents[3] / ".." / "shared" / "corpora" / "jsonfeed-spec" / "extracted"


def feed(*items, **more):
    return json.dumps({**FEED, **more, "items": list(items)}, ensure_ascii=False)


def read(text, **told):
    return read_json_feed(Document("document", text.encode() if isinstance(text, str) else text, **told))


def item(*args, **more):
    (only,) = read(feed(*args, **more)).items
    return only


def test_an_entry_is_read_whole():
    read_item = item(
        {
            "id": 4711,
            "url": "https://example.org/1?utm_source=feed",
            "external_url": "https://elders.example.org/",
            "title": "Kabinet stemt in met plan",
            "content_html": "<p>DEN HAAG (ANP) - Het kabinet stemt in.</p><h2>Debat</h2><p>De Kamer volgt.</p>",
            "content_text": "DEN HAAG (ANP) - Het kabinet stemt in. Debat De Kamer volgt.",
            "summary": "Er is een akkoord.",
            "image": "https://example.org/foto.jpg",
            "date_published": "2026-02-05T11:00:00+01:00",
            "date_modified": "2026-02-05T12:00:00+01:00",
            "authors": [{"name": "Jan Jansen", "url": "mailto:jan@example.org"}, {"name": "Piet"}],
            "tags": ["Binnenland", "Kabinet", 7],
            "language": "nl-NL",
            "attachments": [{"url": "https://example.org/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}],
        }
    )

    assert (read_item.guid, read_item.url) == ("4711", "https://example.org/1")
    assert read_item.headline == "Kabinet stemt in met plan"
    assert read_item.dateline == Dateline("DEN HAAG (ANP) - ", ("DEN HAAG",), ("ANP",))
    assert read_item.body == (Paragraph("Het kabinet stemt in."), Subhead("Debat"), Paragraph("De Kamer volgt."))
    assert read_item.summary == "Er is een akkoord."
    assert read_item.published == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert read_item.updated == datetime(2026, 2, 5, 11, tzinfo=UTC)
    assert read_item.bylines == (Byline("Jan Jansen", "jan@example.org"), Byline("Piet"))
    assert (read_item.tags, read_item.language) == (("Binnenland", "Kabinet"), "nl-NL")
    assert read_item.media == (
        Media("https://example.org/a.mp3", "audio/mpeg", 12),
        Media("https://example.org/foto.jpg"),
    )


def test_a_text_without_markup_is_the_body_and_its_title_may_be_missing():
    read_item = item({"id": "1", "content_text": "Katten zijn leuk.\n\nEn honden ook."})

    assert read_item.headline is None
    assert read_item.body == (Paragraph("Katten zijn leuk."), Paragraph("En honden ook."))


def test_where_the_markup_is_only_a_picture_the_text_is_the_body():
    assert item({"content_html": "<img src='a.jpg'>", "content_text": "Een kat."}).body == (Paragraph("Een kat."),)


def test_an_entry_that_only_points_elsewhere_has_that_address():
    assert item({"id": "1", "external_url": "https://elders.example.org/a"}).url == "https://elders.example.org/a"


@pytest.mark.parametrize(
    "told", [{"authors": [{"name": "Redactie"}]}, {"author": {"name": "Redactie"}}, {"author": "Redactie"}]
)
def test_authors_and_language_are_the_feeds_where_the_entry_has_none(told):
    read_item = item({"id": "1", "title": "Kop"}, language="nl", **told)

    assert (read_item.bylines, read_item.language) == ((Byline("Redactie"),), "nl")


@pytest.mark.parametrize(
    "text",
    [
        feed(),
        feed(version="https://jsonfeed.org/version/1"),
        json.dumps({**FEED, "items": []}).replace("/", "\\/"),
        '\ufeff{"title": "Zonder versie", "feed_url": "https://example.org/f", "items": []}',
    ],
)
def test_a_feed_is_known_by_its_version_or_its_parts(text):
    assert is_json_feed(text.encode())
    assert read_document(Document("document", text.encode())).items == ()


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        '{"title": "x", "items": []}',
        '{"body": "\\"version\\": \\"https://jsonfeed.org/version/1\\""}',
        "[" + feed() + "]",
        "<rss/>",
    ],
)
def test_other_json_is_none(text):
    with pytest.raises(NotRecognized):
        read(text)


def test_utf_16_is_read_by_its_mark():
    assert read(feed({"title": "Één kop"}).encode("utf-16")).items[0].headline == "Één kop"


def test_what_is_not_utf_8_has_a_flaw():
    reading = read(feed({"title": "Caf\u00e9"}).encode("latin-1"))

    assert (reading.items[0].headline, reading.flaw) == ("Caf\ufffd", "not UTF-8")


def test_a_feed_that_is_broken_off_gives_its_whole_entries_and_says_so():
    text = feed(*({"id": str(number), "title": f"Kop {number}"} for number in range(3)))
    for end in range(text.index('"items"') + 11, len(text) - 1):
        try:
            reading = read(text[:end])
        except Malformed:
            assert '"Kop 0"}' not in text[:end]
        else:
            assert reading.flaw.startswith("not JSON")
            assert [one.headline for one in reading.items] == [f"Kop {n}" for n in range(text[:end].count('"}'))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (json.dumps(FEED), "without a list of items"),
        (feed().replace("[]", "{}"), "without a list of items"),
        (feed().replace("[]", "[" * 100_000), "too deep|not JSON"),
        (feed().replace("[]}", "[{"), "not JSON"),
        (feed(extra=1).replace("1,", "1" * 5_000 + ","), "not JSON"),
    ],
)
def test_what_cannot_be_read_says_why(text, told):
    with pytest.raises(Malformed, match=told):
        read(text)


@pytest.mark.parametrize("items", [[None], [1, "a"], [{}], [{"id": None, "title": ["x"]}]])
def test_entries_that_say_nothing_are_a_flaw(items):
    reading = read(feed(*items))

    assert (reading.items, reading.flaw) == ((), "an entry says nothing")


def test_of_very_many_entries_the_first_are_read():
    reading = read(feed(*({"title": f"Kop {number}"} for number in range(MOST_ENTRIES + 1))))

    assert (len(reading.items), reading.flaw) == (MOST_ENTRIES, "more than 2000 entries")


VALUES = st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=20), st.lists)
MEMBERS = st.sampled_from(["id", "url", "title", "content_html", "content_text", "authors", "tags", "attachments"])


@given(st.lists(st.dictionaries(MEMBERS, VALUES), max_size=3))
def test_any_values_are_read_or_passed_over(items):
    reading = read(json.dumps({**FEED, "items": items}))

    assert len(reading.items) <= len(items)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        read('{"version": "https://jsonfeed.org/version/1.1", "items": ' + text)
    except DocumentError as error:
        assert str(error)  # noqa: PT017 - either is right, and an error says why


@pytest.mark.skipif(not SUITE.exists(), reason="the specification's examples are not in ../shared")
def test_the_specifications_own_examples_are_read():
    readings = [read(path.read_bytes()) for path in sorted(SUITE.glob("*.json"))]

    assert [len(reading.items) for reading in readings] == [2, 1, 1, 2, 1, 1]
    assert all(reading.flaw is None for reading in readings)
