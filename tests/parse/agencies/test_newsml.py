"""NewsML-G2: items, packages and messages of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import DocumentError, Malformed, NotRecognized
from monitor.model import Byline, Dateline, Document, Paragraph, RelatedItem, Subhead
from monitor.parse.agencies.newsml import read_newsml
from monitor.parse.detect import read_document

SHARED = Path(__file__).parents[3] / ".." / "shared" / "corpora"
NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
META = """
  <urgency>3</urgency>
  <dateline>GENÈVE (ANP/AFP) - </dateline>
  <by>Door Anneke de Wit en Joost Vermeer</by>
  <subject type="dpatype:category" qcode="cat:bl"><name>Buitenland</name></subject>
  <subject qcode="medtop:20000065"><name>waterbeheer</name></subject>
  <keyword>stuwmeer</keyword>
  <headline rank="2">Zwitserland</headline>
  <headline rank="1">Stuwmeer boven Genève loopt leeg</headline>
  <slugline>stuwmeer-geneve</slugline>
  <description role="drol:summary">De dijk wordt versterkt.</description>
"""
BODY = """
  <header><h1>Stuwmeer boven Genève loopt leeg</h1></header>
  <p class="teaser">De dijk wordt versterkt.</p>
  <p>Het stuwmeer boven de stad loopt sinds vrijdag leeg. Niemand is gewond.</p>
  <h2>Vissen</h2><p>De vissen worden overgezet.</p>
"""


def item(meta=META, body=BODY, *, told="", version="1", status="stat:usable"):
    return f"""<newsItem guid="urn:newsml:example.org:20260205:1" version="{version}" xml:lang="nl" xmlns="{NAMESPACE}">
      <itemMeta><versionCreated>2026-02-05T11:00:00+01:00</versionCreated><pubStatus qcode="{status}"/>{told}</itemMeta>
      <contentMeta>{meta}</contentMeta>
      <contentSet><inlineXML contenttype="application/xhtml+xml">
        <html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>
      </inlineXML></contentSet></newsItem>"""


def message(*items):
    return f'<?xml version="1.0"?><newsMessage xmlns="{NAMESPACE}"><itemSet>{"".join(items)}</itemSet></newsMessage>'


def read(text):
    return read_document(Document("wire.xml", text.encode(), source="wire"))


def only(text):
    (found,) = read(text).items
    return found


def test_an_item_tells_all_that_it_has():
    found = only(message(item()))

    assert found.guid == "urn:newsml:example.org:20260205:1"
    assert found.headline == "Stuwmeer boven Genève loopt leeg"
    assert found.dateline == Dateline("GENÈVE (ANP/AFP) - ", ("GENÈVE",), ("ANP", "AFP"))
    assert found.body == (
        Paragraph("Het stuwmeer boven de stad loopt sinds vrijdag leeg. Niemand is gewond."),
        Subhead("Vissen"),
        Paragraph("De vissen worden overgezet."),
    )
    assert found.bylines == (Byline("Anneke de Wit"), Byline("Joost Vermeer"))
    assert (found.section, found.tags, found.slugline) == ("Buitenland", ("stuwmeer",), "stuwmeer-geneve")
    assert (found.urgency, found.language, found.pubstatus, found.kind) == (3, "nl", "usable", "new")
    assert found.summary == "De dijk wordt versterkt."
    assert found.published == found.updated == datetime(2026, 2, 5, 10, tzinfo=UTC)


def test_a_later_version_has_the_same_id():
    assert only(item(version="2")).id == only(item(version="7")).id == only(item()).id


@pytest.mark.parametrize(
    ("version", "signal", "status", "kind"),
    [
        ("1", "", "stat:usable", "new"),
        ("2", "", "stat:usable", "update"),
        ("1132689232", "", "stat:usable", "new"),
        ("2", "sig:correction", "stat:usable", "correction"),
        ("1", "http://cv.iptc.org/newscodes/signal/update", "stat:usable", "update"),
        ("3", "sig:correction", "stat:canceled", "withdrawn"),
        ("1", "sig:newscontent", "stat:withheld", "new"),
    ],
)
def test_what_it_is_to_those_before_it(version, signal, status, kind):
    named = "uri" if signal.startswith("http") else "qcode"
    told = f'<signal {named}="{signal}"/>' if signal else ""

    found = only(item(version=version, told=told, status=status))

    assert found.kind == kind
    assert found.pubstatus == status.removeprefix("stat:")


@pytest.mark.parametrize(
    ("provider", "utc"),
    [("STT", datetime(2026, 2, 5, 9, tzinfo=UTC)), ("Another", datetime(2026, 2, 5, 11, tzinfo=UTC))],
)
def test_a_time_without_a_zone_is_by_the_clocks_of_its_agency(provider, utc):
    told = f'<firstCreated>2026-02-05T11:00:00</firstCreated><provider literal="{provider}"/>'

    assert only(item(told=told)).published == utc


def test_the_dateline_of_the_lead_is_taken_off_as_it_is_printed():
    found = only(item(body="<p>GENÈVE (ANP) - Het stuwmeer loopt sinds vrijdag leeg.</p>"))

    assert found.dateline == Dateline("GENÈVE (ANP) - ", ("GENÈVE",), ("ANP",))
    assert found.body == (Paragraph("Het stuwmeer loopt sinds vrijdag leeg."),)


def test_where_it_was_written_is_a_place_without_a_text():
    found = only(item(meta="<located><name>Genève</name></located><headline>Stuwmeer loopt leeg</headline>"))

    assert found.dateline == Dateline("", ("Genève",))


def test_without_keywords_the_subjects_are_the_tags():
    assert only(item(meta=META.replace("<keyword>stuwmeer</keyword>", ""))).tags == ("Buitenland", "waterbeheer")


def test_wire_copy_in_one_element_is_parted_where_it_is_indented():
    copy = (
        "<p>(Adds detail)\n    GENEVA, Feb 5 (Reuters) - A reservoir above\nthe city runs dry.\n    Nobody is hurt.</p>"
    )

    found = only(item(meta="<headline>Reservoir runs dry</headline>", body=copy))

    assert [block.text for block in found.body] == [
        "(Adds detail)",
        "GENEVA, Feb 5 (Reuters) - A reservoir above the city runs dry.",
        "Nobody is hurt.",
    ]


def test_the_items_of_a_message_come_in_its_order():
    second = item(meta="<headline>Tweede bericht</headline>").replace("20260205:1", "20260205:2")

    reading = read(message(item(), second))

    assert [found.headline for found in reading.items] == ["Stuwmeer boven Genève loopt leeg", "Tweede bericht"]
    assert reading.flaw is None


def test_a_package_names_its_items():
    package = f"""<packageItem guid="urn:x:top" xmlns="{NAMESPACE}">
      <contentMeta><headline>Het nieuws</headline></contentMeta>
      <groupSet><group><itemRef residref="urn:x:1"><headline>Stuwmeer loopt leeg</headline></itemRef>
      <itemRef residref="urn:x:2"><title>Brug dicht</title></itemRef></group></groupSet></packageItem>"""

    found = only(package)

    assert found.headline == "Het nieuws"
    assert found.related.items == (RelatedItem("Stuwmeer loopt leeg"), RelatedItem("Brug dicht"))


def test_nitf_within_an_item_is_its_text():
    nitf = """<nitf xmlns=""><body><body.head><hedline><hl1>Brug dicht</hl1></hedline></body.head>
      <body.content><p>De brug is dicht tot maandag.</p></body.content></body></nitf>"""
    inline = f'<contentSet><inlineXML contenttype="application/nitf+xml">{nitf}</inlineXML></contentSet>'

    found = only(f'<newsItem guid="urn:x:3" xmlns="{NAMESPACE}">{inline}</newsItem>')

    assert (found.headline, found.body) == ("Brug dicht", (Paragraph("De brug is dicht tot maandag."),))


@pytest.mark.parametrize("root", ["conceptItem", "knowledgeItem", "planningItem", "catalogItem"])
def test_what_tells_no_news_is_refused_by_its_name(root):
    with pytest.raises(NotRecognized, match=root):
        read(f'<{root} guid="urn:x:4" xmlns="{NAMESPACE}"><itemMeta/></{root}>')


def test_an_empty_message_is_refused():
    with pytest.raises(Malformed, match="a newsMessage without any item in it"):
        read(message())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (message(item())[:-20], "not well-formed"),
        (f"<newsItem>{'<a>' * 200}{'</a>' * 200}</newsItem>", "deeper than 100"),
        ('<!DOCTYPE newsItem [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><newsItem>&b;</newsItem>', "entities"),
        ('<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/hostname">]><newsItem>&x;</newsItem>', "entities"),
    ],
)
def test_what_is_broken_or_hostile_is_refused(text, said):
    with pytest.raises(Malformed, match=said):
        read(text)


def test_more_items_than_are_read_are_a_flaw():
    reading = read(message(*(f'<newsItem guid="urn:x:{n}"/>' for n in range(2_100))))

    assert len(reading.items) == 2_000
    assert reading.flaw == "more than 2000 items"


def test_a_body_is_bounded():
    found = only(item(body=f"<p>{'woord ' * 100}</p>" * 2_000))

    assert sum(len(block.text.encode()) for block in found.body) <= 65_536
    assert "body" in found.unsure


@given(cut=st.integers(0, 2_000), junk=st.binary(max_size=8))
def test_a_mangled_document_is_read_or_refused(cut, junk):
    body = message(item()).encode()

    try:
        reading = read_newsml(Document("x", body[:cut] + junk + body[cut + len(junk) :]))
    except DocumentError as error:
        said = str(error)
        reading = None

    assert said if reading is None else reading.items


@pytest.mark.skipif(not SHARED.is_dir(), reason="other people's test material is not at ../shared")
def test_every_document_of_the_iptcs_own_package_is_read_or_refused_with_the_reason():
    files = sorted((SHARED / "python-newsmlg2" / "files").rglob("*.xml"))
    told = []
    for file in files:
        try:
            told.append(f"{len(read_document(Document(file.name, file.read_bytes())).items)} items")
        except NotRecognized as error:
            told.append(str(error))

    assert len(told) == 13
    assert sum(each.startswith("a NewsML-G2 ") for each in told) == 7
