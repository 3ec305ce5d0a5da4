"""Updates, corrections and withdrawals, in every format of the agencies."""

import json

import pytest

from monitor.model import Document
from monitor.parse.detect import read_document

TEXT = "<p>De brug is dicht.</p>"


def g2(meta="", headline="Brug dicht", version="1"):
    return f"""<newsItem guid="urn:17" version="{version}"><itemMeta>{meta}</itemMeta><contentMeta>
      <headline>{headline}</headline></contentMeta><contentSet><inlineXML><html><body>{TEXT}</body></html></inlineXML>
      </contentSet></newsItem>"""


def newsml1(managed="", headline="Brug dicht"):
    return f"""<NewsML><NewsItem><NewsManagement>{managed}</NewsManagement><NewsComponent><NewsLines>
      <HeadLine>{headline}</HeadLine></NewsLines><ContentItem><DataContent>{TEXT}</DataContent></ContentItem>
      </NewsComponent></NewsItem></NewsML>"""


def nitf(docdata="", status="usable", headline="Brug dicht"):
    return f"""<nitf><head><docdata management-status="{status}"><doc-id id-string="17"/>{docdata}</docdata></head>
      <body><body.head><hedline><hl1>{headline}</hl1></hedline></body.head><body.content>{TEXT}</body.content></body>
      </nitf>"""


def ninjs(**told):
    return json.dumps({"uri": "urn:17", "body_html": TEXT, **told})


def digitalwires(**told):
    return json.dumps({"format": "digitalwires@1", "urn": "urn:17", "article_html": TEXT, **told})


def anpa(version):
    head = "\x01V4711 US -----\r\nu a \x13\x11BC-CT--Bridge 02-05 0060\r\n"
    return f"{head}\x02^{version},60<\r\n^Bridge closes<\r\n\tIt is.\x03AP"


def iptc(above):
    head = "\x01eca0062 4 i 60 ANP 0061\r\n\r\nbrug/\r\n"
    return f"{head}\x02{above}\r\nBrug dicht =\r\n\r\n   De brug is dicht.\r\n\x03051037 GMT Feb 26\r\n"


def mail(subject):
    head = "From: a@example.org\nDate: Thu, 05 Feb 2026 11:00:00 +0100\nMessage-ID: <17@example.org>\n"
    return f"{head}Subject: {subject}\n\nDe brug is dicht.\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (g2(), "new"),
        (g2(version="3"), "update"),
        (g2("<signal qcode='sig:update'/>"), "update"),
        (g2("<signal qcode='edStat:U'/>"), "update"),
        (g2("<signal qcode='edStat:N'/>"), "new"),
        (g2("<signal qcode='sig:correction'/><signal qcode='sig:update'/>", version="2"), "correction"),
        (g2("<signal uri='http://cv.iptc.org/newscodes/signal/correction'/>"), "correction"),
        (g2("<signal qcode='edStat:C'/>"), "correction"),
        (g2("<signal qcode='sig:kill'/>"), "withdrawn"),
        (g2("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/canceled'/>"), "withdrawn"),
        (g2(headline="UPDATE 2-Brug dicht"), "update"),
        (g2(headline="CORRECTED-Brug dicht"), "correction"),
        (g2(headline="Kill-list op brug"), "new"),
        (newsml1(), "new"),
        (newsml1("<NewsItemType FormalName='News'/>"), "new"),
        (newsml1("<NewsItemType FormalName='Advisory'/>"), "new"),
        (newsml1("<Instruction FormalName='Update'/>"), "update"),
        (newsml1("<Instruction FormalName='Correction'/>"), "correction"),
        (newsml1("<Instruction FormalName='Rectify'/>"), "correction"),
        (newsml1("<Instruction FormalName='Delete'/>"), "withdrawn"),
        (newsml1("<Status FormalName='Canceled'/>"), "withdrawn"),
        (newsml1(headline="Rectificatie: brug open"), "correction"),
        (nitf(), "new"),
        (nitf("<du-key generation='2'/>"), "update"),
        (nitf("<correction id-string='16'/>"), "correction"),
        (nitf("<ed-msg info='Eds: CORRECTS name of bridge'/>"), "correction"),
        (nitf("<ed-msg info='Mandatory kill'/>"), "withdrawn"),
        (nitf("<ed-msg info='Advisory: photo follows'/>"), "new"),
        (nitf(status="canceled"), "withdrawn"),
        (nitf(headline="(Berichtigung) Brücke gesperrt"), "correction"),
        (ninjs(), "new"),
        (ninjs(version="2"), "update"),
        (ninjs(pubstatus="canceled", version="2"), "withdrawn"),
        (ninjs(headline="Correction: bridge story"), "correction"),
        (digitalwires(), "new"),
        (digitalwires(signal="sig:update"), "update"),
        (digitalwires(signal="sig:correction"), "correction"),
        (digitalwires(pubstatus="canceled"), "withdrawn"),
        (anpa("BC-CT--Bridge"), "new"),
        (anpa("BC-CT--Kill Bill, 1st Ld-Writethru"), "update"),
        (anpa("BC-CT--Bridge, CORRECTIVE"), "correction"),
        (anpa("BC-CT--Bridge, KILL"), "withdrawn"),
        (anpa("BC-CT--Bridge, Advisory"), "new"),
        (iptc("ADVISORY"), "new"),
        (iptc("1ST LEAD"), "update"),
        (iptc("RECTIFICATIE"), "correction"),
        (iptc("KILL KILL KILL"), "withdrawn"),
        (mail("Brug dicht"), "new"),
        (mail("Rectificatie: brug dicht"), "correction"),
        (mail("KILL: brug dicht"), "withdrawn"),
    ],
)
def test_a_report_says_what_it_is_to_those_before_it(text, kind):
    (found,) = read_document(Document("x", text.encode())).items

    assert found.kind == kind
