"""IPTC 7901: messages of European agencies, in bytes."""

from datetime import UTC, datetime

import pytest

from monitor.model import Byline, Dateline, Document, Paragraph
from monitor.parse.detect import read_document


def message(*, head="HAVENBRAND\nBy Femke Postma =", category="i", end="051037 GMT Feb 26", stop="\x03"):
    rows = f"""\x01eca0062 3 {category} 58 ccccb   anp 061

Rotterdam/haven/
\x02{head}

   Rotterdam (ANP) - In de haven van Rotterdam woedt brand in een
loods met koffie.

   Niemand is gewond.

# anp NOTEBOOK

* * * *
The following information is not for publication
- Redactie: +31 00 000

{stop}{end}
\x7f\n\x7f\x04"""
    return rows.replace("\n", "\r\n").encode("cp1252")


def read(body):
    return read_document(Document("x", body, source="wire"))


def test_a_message_tells_all_that_it_has():
    (found,) = read(message()).items

    assert found.headline == "HAVENBRAND"
    assert found.dateline == Dateline("Rotterdam (ANP) - ", ("Rotterdam",), ("ANP",))
    assert found.body == (
        Paragraph("In de haven van Rotterdam woedt brand in een loods met koffie."),
        Paragraph("Niemand is gewond."),
    )
    assert found.bylines == (Byline("Femke Postma"),)
    assert (found.urgency, found.section) == (3, "i")
    assert (found.slugline, found.tags) == ("Rotterdam/haven", ("Rotterdam", "haven"))
    assert found.published == datetime(2026, 2, 5, 10, 37, tzinfo=UTC)
    assert found.guid == "eca0062:26-feb-05t1037"


@pytest.mark.parametrize(
    ("head", "kind", "headline"),
    [
        ("EXTRA\nBrand in haven =", "new", "Brand in haven"),
        ("2ND LEAD\nBrand in haven =", "update", "Brand in haven"),
        ("REFILE\n1ST LEAD\nBrand in haven\nBy Femke Postma =", "correction", "Brand in haven"),
        ("BERICHTIGUNG\nBrand in haven =", "correction", "Brand in haven"),
        ("KILL\nBrand in haven =", "withdrawn", "Brand in haven"),
        ("Brand in haven", "new", "Brand in haven"),
    ],
)
def test_the_lines_above_the_headline_tell_what_it_is(head, kind, headline):
    (found,) = read(message(head=head)).items

    assert (found.kind, found.headline) == (kind, headline)


@pytest.mark.parametrize(
    ("end", "published"),
    [
        ("051037 Feb 26", datetime(2026, 2, 5, 10, 37, tzinfo=UTC)),
        ("051137 CET Feb 26", datetime(2026, 2, 5, 10, 37, tzinfo=UTC)),
        ("051237 MESZ Mai 26", datetime(2026, 5, 5, 10, 37, tzinfo=UTC)),
        ("999999 Feb 26", None),
        ("", None),
    ],
)
def test_the_end_tells_when_it_was_sent(end, published):
    (found,) = read(message(end=end)).items

    assert found.published == published


def test_messages_may_follow_one_another():
    reading = read(message(head="Brand in haven =") + b"\x16\x16" + message(head="Brug dicht ="))

    assert [item.headline for item in reading.items] == ["Brand in haven", "Brug dicht"]
    assert reading.flaw is None


def test_a_message_without_an_end_has_a_flaw():
    reading = read(message(stop="")[:-5])

    assert reading.items[0].headline == "HAVENBRAND"
    assert reading.flaw == "broken off within a message"
