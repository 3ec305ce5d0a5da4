"""Ritzau's XML."""

from datetime import UTC, datetime

import pytest

from monitor.errors import NotRecognized
from monitor.model import Byline, Dateline, Document, Paragraph
from monitor.parse.agencies.ritzau import read_ritzau
from monitor.parse.detect import read_document

CONTENT = "&lt;p&gt;Broen er lukket.&lt;/p&gt;&lt;p&gt;Trafikken ledes udenom.&lt;/p&gt;"


def document(*, published="2026-07-05T11:00:00.123", flags="", town="Aarhus", content=CONTENT):
    return f"""<?xml version="1.0"?><RBNews xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><NewsID>bro-17</NewsID>
      <PublishDate>{published}</PublishDate><strapline>BRO</strapline><headline>Bro lukket ved Vejle</headline>
      <subtitle i:nil="true"/><town>{town}</town><origin>/ritzau/</origin><section>Indland</section>
      <version>1</version><content>{content}</content><Priority>4</Priority>{flags}
      <byLine>Ida Holm</byLine><byLineEmail>ida@example.dk</byLineEmail></RBNews>"""


def read(text):
    (found,) = read_document(Document("x.xml", text.encode())).items
    return found


def test_a_document_tells_all_that_it_has():
    found = read(document())

    assert (found.guid, found.headline, found.slugline) == ("bro-17", "Bro lukket ved Vejle", "BRO")
    assert found.dateline == Dateline("", ("Aarhus",), ("ritzau",))
    assert found.body == (Paragraph("Broen er lukket."), Paragraph("Trafikken ledes udenom."))
    assert found.bylines == (Byline("Ida Holm", "ida@example.dk"),)
    assert (found.section, found.urgency, found.language, found.kind) == ("Indland", 4, "da", "new")


def test_a_dateline_that_is_printed_is_taken_off_the_lead():
    found = read(document(content="&lt;p&gt;København /ritzau/ - Broen er lukket.&lt;/p&gt;"))

    assert found.dateline == Dateline("København /ritzau/ - ", ("København",), ("ritzau",))
    assert found.body == (Paragraph("Broen er lukket."),)


@pytest.mark.parametrize(
    ("published", "utc"),
    [
        ("2026-07-05T11:00:00.123", datetime(2026, 7, 5, 9, tzinfo=UTC)),
        ("2026-02-05T11:00:00", datetime(2026, 2, 5, 10, tzinfo=UTC)),
        ("2026-02-05T11:00:00Z", datetime(2026, 2, 5, 11, tzinfo=UTC)),
        ("2026-02-05", "2026-02-05"),
        ("", None),
    ],
)
def test_times_are_by_the_clocks_of_copenhagen(published, utc):
    found = read(document(published=published))

    assert found.published == utc


@pytest.mark.parametrize(
    ("flags", "kind"),
    [
        ("<Korrektion>true</Korrektion>", "correction"),
        ("<NyVersion>true</NyVersion><Korrektion>false</Korrektion>", "update"),
        ("<Annuleret>true</Annuleret><NyVersion>true</NyVersion>", "withdrawn"),
    ],
)
def test_flags_tell_what_it_is_to_those_before_it(flags, kind):
    assert read(document(flags=flags)).kind == kind


@pytest.mark.parametrize("text", ["<RBNews/>", "<other><a/></other>"])
def test_what_tells_nothing_is_refused(text):
    with pytest.raises(NotRecognized):
        read_ritzau(Document("x.xml", text.encode()))
