"""NITF 3.x."""

from datetime import UTC, datetime

import pytest

from monitor.errors import NotRecognized
from monitor.model import Byline, Dateline, Document, Media, Paragraph
from monitor.parse.agencies.nitf import read_nitf
from monitor.parse.detect import read_document

DOCDATA = """<doc-id id-string="ex.20260205.17"/><urgency ed-urg="4"/><date.issue norm="20260205T110000+0100"/>
  <du-key key="brug" generation="1"/><key-list><keyword key="brug"/><keyword key="verkeer"/></key-list>"""
HEAD = """<hedline><hl1>Brug bij Kampen dicht</hl1><hl2>Scheur in pijler</hl2></hedline>
  <byline>Door <person>Ineke Smit</person><byttl>Verslaggever</byttl></byline>
  <dateline><location><city>Kampen</city></location><story.date norm="20260205"/></dateline>
  <abstract><p>Omrijden duurt een half uur.</p></abstract>"""
CONTENT = """<p>De brug is dicht door een scheur in een pijler.</p>
  <media media-type="image"><media-reference source="https://example.org/brug.jpg" mime-type="image/jpeg"/>
  <media-caption>De brug.</media-caption></media><p>Verkeer rijdt om.</p>"""


def document(*, docdata=DOCDATA, status="usable", head=HEAD, content=CONTENT):
    return f"""<nitf baselang="nl"><head><title>Brug</title>
      <docdata management-status="{status}">{docdata}</docdata></head>
      <body><body.head>{head}</body.head><body.content>{content}</body.content></body></nitf>"""


def read(text, encoding="utf-8"):
    (found,) = read_document(Document("x.xml", text.encode(encoding))).items
    return found


def test_a_document_tells_all_that_it_has():
    found = read(document())

    assert (found.guid, found.headline) == ("ex.20260205.17", "Brug bij Kampen dicht")
    assert found.dateline == Dateline("Kampen - ", ("Kampen",))
    assert found.body == (
        Paragraph("De brug is dicht door een scheur in een pijler."),
        Paragraph("Verkeer rijdt om."),
    )
    assert found.media == (Media("https://example.org/brug.jpg", "image/jpeg"),)
    assert found.bylines == (Byline("Ineke Smit"),)
    assert found.summary == "Omrijden duurt een half uur."
    assert (found.tags, found.slugline, found.urgency) == (("brug", "verkeer"), "brug", 4)
    assert (found.language, found.kind, found.pubstatus) == ("nl", "new", "usable")
    assert found.published == datetime(2026, 2, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "generation", "kind", "pubstatus"),
    [
        ("usable", "3", "update", "usable"),
        ("embargoed", "1", "new", "withheld"),
        ("withheld", "1", "new", "withheld"),
        ("canceled", "2", "withdrawn", "canceled"),
    ],
)
def test_what_it_is_to_those_before_it(status, generation, kind, pubstatus):
    docdata = DOCDATA.replace('generation="1"', f'generation="{generation}"')

    found = read(document(docdata=docdata, status=status))

    assert (found.kind, found.pubstatus) == (kind, pubstatus)


@pytest.mark.parametrize(
    ("lead", "dateline"),
    [
        ("KAMPEN (ANP) - De brug is dicht.", Dateline("KAMPEN (ANP) - ", ("KAMPEN",), ("ANP",))),
        ("KAMPEN - De brug is dicht.", Dateline("KAMPEN - ", ("KAMPEN",))),
        ("Kampen, 5 feb (EFE).- De brug is dicht.", Dateline("Kampen, 5 feb (EFE).- ", ("Kampen",), ("EFE",))),
        ("Feb 5 (Reuters) - De brug is dicht.", Dateline("Feb 5 (Reuters) - ", ("Kampen",), ("Reuters",))),
        ("(ANSA) - KAMPEN, 5 FEB - De brug is dicht.", Dateline("(ANSA) - KAMPEN, 5 FEB - ", ("KAMPEN",), ("ANSA",))),
    ],
)
def test_the_lead_prints_the_dateline_in_the_way_of_its_agency(lead, dateline):
    found = read(document(content=f"<p>{lead}</p>"))

    assert found.dateline == dateline
    assert found.body == (Paragraph("De brug is dicht."),)


def test_a_byline_above_the_text_is_no_text():
    found = read(document(head="", content="<p>By Ineke Smit</p><p>The bridge is closed until Monday.</p>"))

    assert found.bylines == (Byline("Ineke Smit"),)
    assert found.body == (Paragraph("The bridge is closed until Monday."),)


def test_lines_of_preformatted_text_are_paragraphs():
    found = read(document(content="<pre>Uitslagen\nKampen - Zwolle 1-2\nDeventer - Hattem 0-0\n</pre>"))

    assert [block.text for block in found.body] == ["Uitslagen", "Kampen - Zwolle 1-2", "Deventer - Hattem 0-0"]


def test_latin_1_is_windows_1252():
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + document(content="<p>Schade: € 5 miljoen.</p>")

    assert read(text, "cp1252").body == (Paragraph("Schade: € 5 miljoen."),)


def test_what_is_not_in_its_encoding_has_a_flaw():
    reading = read_nitf(Document("x", document(content="<p>Café dicht.</p>").encode("cp1252")))

    assert reading.items[0].body == (Paragraph("Café dicht."),)
    assert reading.flaw == "not in utf-8, as it says: read as windows-1252"


def test_a_document_without_anything_is_refused():
    with pytest.raises(NotRecognized, match="with nothing in it"):
        read("<nitf><head/><body/></nitf>")


def test_the_title_of_a_report_of_pa_has_its_category_and_keyword():
    docdata = '<doc-id id-string="17"/><del-list><from-src src-name="PA"/></del-list>'
    text = document(docdata=docdata, head="").replace("<title>Brug</title>", "<title>2 TRAFFIC Bridge (closed)</title>")

    found = read(text)

    assert (found.headline, found.slugline) == ("TRAFFIC Bridge (closed)", "TRAFFIC Bridge (closed)")


@pytest.mark.parametrize(
    ("status", "norm", "pubstatus"),
    [
        ("usable", "YYYYMMDDTHHMM", "usable"),
        ("usable", "20260206T000100Z", "withheld"),
        ("embargoed", "Friday 0001", "withheld"),
        ("embargoed", "20260205T000100Z", "usable"),
    ],
)
def test_a_release_that_is_no_date_holds_back_only_what_is_embargoed(status, norm, pubstatus):
    docdata = f'<doc-id id-string="17"/><date.release norm="{norm}"/>'
    body = document(docdata=docdata, status=status).encode()

    reading = read_nitf(Document("x", body, fetched=datetime(2026, 2, 5, 12, tzinfo=UTC)))

    assert reading.items[0].pubstatus == pubstatus
