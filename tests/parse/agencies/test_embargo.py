"""Reports that must not be published yet, in every format that can say so."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Document
from monitor.parse.detect import read_document
from monitor.parse.draft import Draft, is_embargoed, reading_of

UNTIL = datetime(2026, 2, 6, 0, 1, tzinfo=UTC)
BEFORE, AFTER = UNTIL - timedelta(minutes=1), UNTIL
TEXT = "<p>De brug is dicht.</p>"

G2 = f"""<newsItem guid="urn:17" version="1"><itemMeta><embargoed>2026-02-06T01:01:00+01:00</embargoed>
  <pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>Brug dicht</headline></contentMeta>
  <contentSet><inlineXML><html><body>{TEXT}</body></html></inlineXML></contentSet></newsItem>"""
NEWSML1 = f"""<NewsML><NewsItem><NewsManagement><Status FormalName="Embargoed"/><StatusWillChange>
  <FutureStatus FormalName="Usable"/><DateAndTime>20260206T000100Z</DateAndTime></StatusWillChange></NewsManagement>
  <NewsComponent><NewsLines><HeadLine>Brug dicht</HeadLine></NewsLines><ContentItem><DataContent>{TEXT}</DataContent>
  </ContentItem></NewsComponent></NewsItem></NewsML>"""
NITF = f"""<nitf><head><docdata management-status="embargoed"><doc-id id-string="17"/>
  <date.release norm="20260206T000100Z"/></docdata></head><body><body.content>{TEXT}</body.content></body></nitf>"""
NINJS = json.dumps({"uri": "urn:17", "embargoed": "2026-02-06T00:01:00Z", "body_html": TEXT})
DIGITALWIRES = json.dumps(
    {"format": "digitalwires@1", "urn": "urn:17", "embargoed": "2026-02-06T01:01:00+01:00", "article_html": TEXT}
)
AP = json.dumps(
    {
        "api_version": "1.1",
        "data": {"item": {"headline": "Brug dicht", "pubstatus": "embargoed", "embargoed": "2026-02-06T00:01:00Z"}},
    }
)


@pytest.mark.parametrize("text", [G2, NEWSML1, NITF, NINJS, DIGITALWIRES, AP])
@pytest.mark.parametrize(
    ("fetched", "pubstatus", "flaw"),
    [
        (BEFORE, "withheld", "it has reports under embargo, to be read again when that is over"),
        (AFTER, "usable", None),
        (None, "usable", None),
    ],
)
def test_a_report_is_withheld_until_its_embargo_is_over(text, fetched, pubstatus, flaw):
    reading = read_document(Document("x", text.encode(), fetched=fetched))

    assert [item.pubstatus for item in reading.items] == [pubstatus]
    assert reading.items[0].unsure == ()
    assert reading.flaw == flaw


@pytest.mark.parametrize(
    ("embargoed", "pubstatus", "held"),
    [
        ("", "usable", False),
        ("", "embargoed", True),
        ("2026-02-07", "usable", True),
        ("2026-02-06", "usable", False),
        ("2026-02-06T00:00:00Z", "usable", False),
        ("Next Monday", "usable", True),
    ],
)
def test_what_cannot_be_read_holds_a_report_back(embargoed, pubstatus, held):
    draft = Draft(headline="Brug dicht", embargoed=embargoed, pubstatus=pubstatus)

    assert is_embargoed(draft, BEFORE) is held


def test_an_embargo_that_cannot_be_read_is_unsure():
    reading = reading_of([Draft(headline="Brug dicht", embargoed="Next Monday")], Document("x", b"", fetched=AFTER))

    assert (reading.items[0].pubstatus, reading.items[0].unsure) == ("withheld", ("pubstatus",))


def test_what_is_cancelled_stays_cancelled():
    draft = Draft(headline="Brug dicht", embargoed="2026-02-06T00:01:00Z", pubstatus="stat:canceled")

    reading = reading_of([draft], Document("x", b"", fetched=BEFORE))

    assert (reading.items[0].pubstatus, reading.items[0].kind) == ("canceled", "withdrawn")


def test_only_the_first_reports_of_a_document_are_read():
    reading = reading_of((Draft(headline=f"Bericht {number}") for number in range(3_000)), Document("x", b""))

    assert (len(reading.items), reading.flaw) == (2_000, "more than 2000 items")
