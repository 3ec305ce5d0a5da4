"""ANPA 1312: messages of American agencies, in bytes."""

from datetime import UTC, datetime

import pytest

from monitor.model import Byline, Dateline, Document, Paragraph, Subhead
from monitor.parse.detect import read_document


def message(*, version="BC-CT--Bridge-Closure", priority="u", keyword="BC-CT--Bridge-Closure", below=""):
    rows = f"""\x16\x16\x01a4711\x1f-----
{priority} a\x13\x11 {keyword}    02-05 0120
\x02^{version},120<
^Bridge closes after crack is found<
^AP Photo CTX101<
^Eds: Updates throughout.<
^By DANA HILL and LEE PARK=
^Associated Press=
\t   HARTFORD, Conn. (AP) _ The bridge closed Friday. ``Nobody is hurt,'' the mayor said.
\t   Traffic is rerouted.
{below}
\t   \x03AP-WF-02-05-26 1509GMT<

\x0c
\x04"""
    return rows.replace("\n", "\r\n").encode("cp1252")


def read(body):
    return read_document(Document("x", body, source="wire"))


def test_a_message_tells_all_that_it_has():
    (found,) = read(message()).items

    assert found.headline == "Bridge closes after crack is found"
    assert found.dateline == Dateline("HARTFORD, Conn. (AP) — ", ("HARTFORD",), ("AP",))
    assert found.body == (
        Paragraph("The bridge closed Friday. “Nobody is hurt,” the mayor said."),
        Paragraph("Traffic is rerouted."),
    )
    assert found.bylines == (Byline("DANA HILL"), Byline("LEE PARK"))
    assert (found.slugline, found.section, found.urgency) == ("Bridge-Closure", "a", 3)
    assert found.published == datetime(2026, 2, 5, 15, 9, tzinfo=UTC)
    assert found.guid == "a4711:ap-wf-02-05-26 1509gmt"


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ("BC-CT--Bridge", "new"),
        ("BC-CT--Bridge, 1st Ld-Writethru", "update"),
        ("BC-CT--Bridge, CORRECTIVE", "correction"),
        ("BC-CT--Bridge, KILL", "withdrawn"),
    ],
)
def test_the_keyword_in_full_tells_what_it_is(version, kind):
    (found,) = read(message(version=version)).items

    assert found.kind == kind


@pytest.mark.parametrize(
    ("keyword", "version", "slugline"),
    [
        ("BC-CT--Argentina-Reservo", "BC-CT--Argentina-Reservoir", "Argentina-Reservo"),
        ("BC-CT--BridgeClosureCtyR", "BC-CT--Bridge Closure Cty Roads", "BridgeClosureCty"),
        ("BC-BBO--Standings", "BC-BBO--Standings", "BBO--Standings"),
        ("AM-Weather", "AM-Weather", "Weather"),
    ],
)
def test_the_slugline_is_the_keyword_without_a_word_that_was_cut(keyword, version, slugline):
    (found,) = read(message(keyword=keyword, version=version)).items

    assert found.slugline == slugline


def test_a_heading_within_the_text_is_a_subhead():
    (found,) = read(message(below="^WHAT COMES NEXT=\n\t   Repairs begin Monday.")).items

    assert found.body[2:] == (Subhead("WHAT COMES NEXT"), Paragraph("Repairs begin Monday."))


@pytest.mark.parametrize(("priority", "urgency"), [("f", 1), ("b", 2), ("r", 4), ("d", 5), ("s", None)])
def test_the_priority_is_the_urgency(priority, urgency):
    (found,) = read(message(priority=priority)).items

    assert found.urgency == urgency
