"""NewsML 1.0 to 1.2."""

from datetime import UTC, datetime

import pytest

from monitor.errors import Malformed
from monitor.model import Byline, Dateline, Document, Media, Paragraph
from monitor.parse.detect import read_document

LINES = """<NewsLines><HeadLine>Tunnel onder de fjord geopend</HeadLine><DateLine>OSLO, 5 feb (ANP)</DateLine>
  <ByLine>Door Marit Holm</ByLine><SlugLine>tunnel-fjord</SlugLine>
  <KeywordLine>verkeer, tunnel</KeywordLine></NewsLines>"""
TEXT = "<DataContent><p>De tunnel is vrijdag geopend.</p><p>Hij is veertig kilometer lang.</p></DataContent>"
PICTURE = """<NewsComponent><ContentItem Href="https://example.org/tunnel.jpg"><MediaType FormalName="Photo"/>
  <MimeType FormalName="image/jpeg"/></ContentItem></NewsComponent>"""


def document(*, lines=LINES, text=TEXT, revision="1", status="Usable"):
    return f"""<?xml version="1.0" encoding="utf-8"?>
    <!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd">
    <NewsML Version="1.2"><NewsEnvelope><DateAndTime>20260205T100000Z</DateAndTime></NewsEnvelope>
    <NewsItem xml:lang="nl"><Identification><NewsIdentifier><ProviderId>example.org</ProviderId>
      <DateId>20260205</DateId><NewsItemId>fjord7</NewsItemId>
      <RevisionId PreviousRevision="0" Update="N">{revision}</RevisionId>
      <PublicIdentifier>urn:newsml:example.org:20260205:fjord7:{revision}N</PublicIdentifier></NewsIdentifier></Identification>
      <NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20260205T100000+0100</FirstCreated>
        <ThisRevisionCreated>20260205T113000+0100</ThisRevisionCreated><Status FormalName="{status}"/>
        <Urgency FormalName="2"/></NewsManagement>
      <NewsComponent><NewsComponent><Role FormalName="Main"/>{lines}
        <DescriptiveMetadata><Language FormalName="nl-NL"/></DescriptiveMetadata>
        <ContentItem><MediaType FormalName="Text"/>{text}</ContentItem></NewsComponent>{PICTURE}</NewsComponent>
    </NewsItem></NewsML>"""


def read(text):
    (found,) = read_document(Document("x.xml", text.encode())).items
    return found


def test_an_item_tells_all_that_it_has():
    found = read(document())

    assert found.guid == "urn:newsml:example.org:20260205:fjord7"
    assert found.headline == "Tunnel onder de fjord geopend"
    assert found.dateline == Dateline("OSLO, 5 feb (ANP) - ", ("OSLO",), ("ANP",))
    assert found.body == (Paragraph("De tunnel is vrijdag geopend."), Paragraph("Hij is veertig kilometer lang."))
    assert found.bylines == (Byline("Marit Holm"),)
    assert (found.tags, found.slugline) == (("verkeer", "tunnel"), "tunnel-fjord")
    assert (found.urgency, found.language, found.kind) == (2, "nl-NL", "new")
    assert found.published == datetime(2026, 2, 5, 9, tzinfo=UTC)
    assert found.updated == datetime(2026, 2, 5, 10, 30, tzinfo=UTC)
    assert found.media == (Media("https://example.org/tunnel.jpg", "image/jpeg"),)


@pytest.mark.parametrize(
    ("revision", "status", "kind", "pubstatus"),
    [
        ("2", "Usable", "update", "usable"),
        ("1", "Embargoed", "new", "withheld"),
        ("1", "Withheld", "new", "withheld"),
        ("3", "Canceled", "withdrawn", "canceled"),
    ],
)
def test_what_it_is_to_those_before_it(revision, status, kind, pubstatus):
    found = read(document(revision=revision, status=status))

    assert (found.kind, found.pubstatus) == (kind, pubstatus)
    assert found.id == read(document()).id


@pytest.mark.parametrize(
    "text",
    [
        "<DataContent><nitf><body><body.content><p>De tunnel is open.</p></body.content></body></nitf></DataContent>",
        "<DataContent><html><body><p>De tunnel is open.</p></body></html></DataContent>",
        "<DataContent>De tunnel is open.</DataContent>",
        "<DataContent><![CDATA[<p>De tunnel is open.</p>]]></DataContent>",
    ],
)
def test_the_text_may_be_in_any_of_its_forms(text):
    assert read(document(text=text)).body == (Paragraph("De tunnel is open."),)


def test_many_items_without_anything_take_no_time_in_proportion_to_their_square():
    body = b"<NewsML>" + b"<NewsItem><NewsComponent/></NewsItem>" * 30_000 + b"</NewsML>"

    with pytest.raises(Malformed, match="a NewsML without any item in it"):
        read_document(Document("x", body))
