"""WENN's feeds."""

from datetime import UTC, datetime

import pytest

from monitor.model import Byline, Document, Paragraph
from monitor.parse.detect import read_document

OWN = """<n:NewsManagement><n:feedarticle_section>Music</n:feedarticle_section>
  <n:feedarticle_priority>{priority}</n:feedarticle_priority><n:published>2026-02-05T10:00:00+00:00</n:published>
  <n:updated>2026-02-05T11:00:00+00:00</n:updated><n:publishing_status>{status}</n:publishing_status></n:NewsManagement>
  <c:ContentMetadata lang="en-GB"><c:title>Singer cancels tour</c:title><c:first_line>The singer is ill.</c:first_line>
  <c:body><![CDATA[  Doctors ask for rest.

  Tickets stay valid.]]></c:body><c:slug>(AB/CD)</c:slug>
  <c:tags><c:tag value="Anna Bel"/></c:tags></c:ContentMetadata>"""


def feed(own=OWN, *, priority="med", status="Published", end="</feed>"):
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"
      xmlns:n="http://feed.wenn.com/xmlns/2010/03/wenn_nm" xmlns:c="http://feed.wenn.com/xmlns/2010/03/wenn_cm">
      <entry><id>urn:17</id><updated>2026-02-05T09:00:00Z</updated><title>Singer</title><author><name>A Desk</name>
      </author>
      <content>Singer ill.</content>{own.format(priority=priority, status=status)}</entry>{end}""".encode()


def read(body):
    (found,) = read_document(Document("x.xml", body)).items
    return found


def test_the_agencys_own_elements_tell_more_than_atom():
    found = read(feed())

    assert (found.guid, found.headline, found.section) == ("urn:17", "Singer cancels tour", "Music")
    assert [block.text for block in found.body] == [
        "The singer is ill.",
        "Doctors ask for rest.",
        "Tickets stay valid.",
    ]
    assert (found.published, found.updated) == (
        datetime(2026, 2, 5, 10, tzinfo=UTC),
        datetime(2026, 2, 5, 11, tzinfo=UTC),
    )
    assert (found.bylines, found.tags, found.slugline) == ((Byline("A Desk"),), ("Anna Bel",), "AB/CD")
    assert (found.language, found.urgency, found.pubstatus) == ("en-GB", 5, "usable")


def test_an_entry_without_them_is_read_as_atom():
    found = read(feed(""))

    assert (found.headline, found.body) == ("Singer", (Paragraph("Singer ill."),))


@pytest.mark.parametrize(
    ("priority", "status", "urgency", "pubstatus", "kind"),
    [
        ("high", "Published", 3, "usable", "new"),
        ("low", "Deleted", 7, "canceled", "withdrawn"),
        ("", "Unpublished", None, "withheld", "new"),
    ],
)
def test_its_status_and_priority_count(priority, status, urgency, pubstatus, kind):
    found = read(feed(priority=priority, status=status))

    assert (found.urgency, found.pubstatus, found.kind) == (urgency, pubstatus, kind)


def test_one_that_is_broken_off_is_read_as_any_feed():
    reading = read_document(Document("x.xml", feed(end="<entry><title>Half")))

    assert reading.flaw
    assert reading.items[0].headline == "Singer"
