"""E-mail messages."""

import base64
import json
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import DocumentError, Malformed, NotRecognized
from monitor.model import Byline, Dateline, Document, Media, Paragraph, Subhead, Teaser
from monitor.parse.agencies.mail import is_mail, read_mail
from monitor.parse.detect import read_document

HEADER = """\
Received: from mx.example.org by mail.example.org; Thu, 5 Feb 2026 11:00:02 +0100
From: Redactie Noord <noord@example.org>
To: desk@example.com
Date: Thu, 05 Feb 2026 11:00:00 +0100
Message-ID: <17.brug@example.org>
Subject: Brug bij Kampen dicht
MIME-Version: 1.0
"""
PROSE = "De brug bij Kampen is dicht.\nDat meldt de gemeente.\n\nVerkeer rijdt om.\n"
WIRE = """\
Brug bij Kampen dicht door scheur
KAMPEN (ANP) - De brug bij Kampen is dicht.
Omrijden
Verkeer rijdt om.
LEES OOK. Veerpont vaart weer
Meer uit Binnenland
ZWOLLE (ANP) - De trein rijdt weer.
2 uur geleden
"""


def message(text=PROSE, *, header=HEADER, kind="text/plain; charset=utf-8", encoding="8bit"):
    return f"{header}Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n{text}".encode()


def read(body, **known):
    (found,) = read_document(Document("17.eml", body, **known)).items
    return found


def test_a_message_tells_all_that_it_has():
    found = read(message())

    assert (found.headline, found.guid) == ("Brug bij Kampen dicht", "<17.brug@example.org>")
    assert found.bylines == (Byline("Redactie Noord", "noord@example.org"),)
    assert found.published == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert found.body == (
        Paragraph("De brug bij Kampen is dicht. Dat meldt de gemeente."),
        Paragraph("Verkeer rijdt om."),
    )
    assert (found.url, found.kind, found.unsure) == (None, "new", ())


def test_a_wire_text_in_a_message_is_read_as_one():
    found = read(message(WIRE), fetched=datetime(2026, 2, 5, 12, tzinfo=UTC))

    assert found.headline == "Brug bij Kampen dicht door scheur"
    assert found.dateline == Dateline("KAMPEN (ANP) - ", ("KAMPEN",), ("ANP",))
    assert found.body == (
        Paragraph("De brug bij Kampen is dicht."),
        Subhead("Omrijden"),
        Paragraph("Verkeer rijdt om."),
        Teaser("LEES OOK", "Veerpont vaart weer", premium=False),
    )
    assert found.section == "Binnenland"
    assert found.related is not None
    assert [(entry.text, entry.published) for entry in found.related.items] == [
        ("De trein rijdt weer.", datetime(2026, 2, 5, 10, tzinfo=UTC))
    ]


def test_a_wire_text_that_was_wrapped_is_whole_again():
    text = "URK (ANP/AFP) - De haven van Urk\ngaat dicht. Dat zegt\nde gemeente.\n\nVissers wijken uit.\n"

    found = read(message(text))

    assert (found.headline, found.dateline) == (
        "Brug bij Kampen dicht",
        Dateline("URK (ANP/AFP) - ", ("URK",), ("ANP", "AFP")),
    )
    assert [block.text for block in found.body] == [
        "De haven van Urk gaat dicht. Dat zegt de gemeente.",
        "Vissers wijken uit.",
    ]


def test_the_text_is_preferred_to_the_html_and_what_is_enclosed_is_media_without_content():
    built = EmailMessage()
    built["From"], built["Date"], built["Message-ID"] = "a@example.org", "Thu, 5 Feb 2026 10:00:00 +0000", "<1@a>"
    built["MIME-Version"], built["Subject"] = "1.0", "Foto’s van de brug"
    built.set_content("Als tekst.")
    built.add_alternative("<p>Als HTML.</p>", subtype="html")
    built.add_attachment(b"\xff\xd8\xff" * 40, maintype="image", subtype="jpeg", filename="brug 1.jpg", cid="<b1@a>")
    built.add_attachment(b"%PDF-" * 40, maintype="application", subtype="pdf", filename="kaart van de brug.pdf")

    found = read(built.as_bytes())

    assert (found.headline, found.body) == ("Foto’s van de brug", (Paragraph("Als tekst."),))
    assert found.media == (
        Media("mid:1@a/b1@a", "image/jpeg"),
        Media("mid:1@a/kaart%20van%20de%20brug.pdf", "application/pdf"),
    )


@pytest.mark.parametrize(
    ("text", "kind", "encoding", "paragraphs"),
    [
        ("<p>De brug is <b>dicht</b>.</p><p>Verkeer rijdt om.</p>", "text/html", "8bit", ["De brug is dicht.", "V"]),
        ("De brug =C3=A9n de sluis=\n zijn dicht.", "text/plain; charset=utf-8", "quoted-printable", ["De brug én"]),
        (base64.b64encode("Café dicht.".encode("cp1252")).decode(), "text/plain; charset=cp1252", "base64", ["Café d"]),
        ("Café dicht.", "text/plain; charset=x-unknown", "8bit", ["Café dicht."]),
        ("De brug \nis dicht.\n-- \nRedactie Noord", "text/plain; format=flowed", "7bit", ["De brug is dicht."]),
        ("Noord- \nHolland is wit.", "text/plain; format=flowed; delsp=yes", "7bit", ["Noord-Holland is wit."]),
    ],
)
def test_a_body_is_decoded_as_it_says(text, kind, encoding, paragraphs):
    found = read(message(text, kind=kind, encoding=encoding))

    assert len(found.body) == len(paragraphs)
    assert all(block.text.startswith(begins) for block, begins in zip(found.body, paragraphs, strict=True))


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("Subject: =?utf-8?Q?Caf=C3=A9?= =?utf-8?B?IGRpY2h0?=", "Café dicht"),
        ("Subject: =?windows-1252?Q?Zo=92n_brug?=", "Zo’n brug"),
        ("Subject: Café dicht", "Café dicht"),
        ("Subject: =?windows-1252?Q?Zo’n_brug?=", "Zo’n brug"),
        ("Subject: =?utf-8?B?not base64?=", "=?utf-8?B?not base64?="),
        ("Subject: Brug\n dicht", "Brug dicht"),
    ],
)
def test_a_subject_is_decoded_or_stands_as_it_is(line, headline):
    found = read(message(header=HEADER.replace("Subject: Brug bij Kampen dicht", line)))

    assert found.headline == headline


@pytest.mark.parametrize(
    ("sender", "bylines"),
    [
        ("=?utf-8?Q?Jansen=2C_Zo=C3=AB?= <zoe@example.org>", [Byline("Jansen, Zoë", "zoe@example.org")]),
        ("desk@example.org", [Byline("desk@example.org", "desk@example.org")]),
        (
            "Ab <ab@example.org>, Cis <cis@example.org>",
            [Byline("Ab", "ab@example.org"), Byline("Cis", "cis@example.org")],
        ),
    ],
)
def test_who_sent_it_wrote_it(sender, bylines):
    found = read(message(header=HEADER.replace("Redactie Noord <noord@example.org>", sender)))

    assert [*found.bylines] == bylines


def test_a_form_in_json_is_a_report():
    form = {
        "Headline": ["Brug dicht"],
        "Dateline": ["KAMPEN", ""],
        "Body": ["De brug is dicht.\n\nVerkeer rijdt om."],
        "Abstract": ["Omrijden duurt lang."],
        "News Value": ["2"],
        "Slugline": ["brug"],
    }

    found = read(message(json.dumps(form)))

    assert (found.headline, found.summary, found.urgency, found.slugline) == (
        "Brug dicht",
        "Omrijden duurt lang.",
        2,
        "brug",
    )
    assert found.dateline == Dateline("", ("KAMPEN",))
    assert [block.text for block in found.body] == ["De brug is dicht.", "Verkeer rijdt om."]


@pytest.mark.parametrize("text", ['{"a": 1}', '{"headline": "x"}', "{broken", "[1]"])
def test_other_json_is_text(text):
    assert read(message(text)).headline == "Brug bij Kampen dicht"


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        (message(), True),
        (b"\r\n " + message().replace(b"\n", b"\r\n"), True),
        (b"From: de redactie\nOnderwerp: brug\n\nDe brug is dicht.", False),
        (b"Brug dicht\nKAMPEN (ANP) - De brug is dicht.", False),
        (b"From: a\nDate: b\n<rss/>", False),
        (b"", False),
    ],
)
def test_a_message_is_known_by_its_header(body, is_one):
    assert is_mail(body) is is_one


def test_a_feed_within_a_message_does_not_make_it_a_feed():
    body = message("<?xml version='1.0'?><rss><channel><item><title>a</title></item></channel></rss>", kind="text/xml")

    assert read(body).headline == "Brug bij Kampen dicht"


def test_what_is_no_message_is_refused():
    with pytest.raises(NotRecognized, match="plain text"):
        read_mail(Document("x", b"De brug is dicht."))


def test_parts_that_lie_in_each_other_too_deep_are_refused():
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(60))

    with pytest.raises(Malformed, match="more than 50 parts"):
        read_mail(Document("x", f"{HEADER}{nested}".encode()))


def test_a_message_that_is_too_long_has_a_flaw():
    reading = read_mail(Document("x", message("De brug is dicht.\n" * 500_000)))

    assert reading.flaw == "longer than 8388608 bytes"
    assert len(reading.items) == 1


@given(st.text(st.characters(codec="utf-8"), max_size=400), st.binary(max_size=200))
def test_whatever_is_in_a_message_it_is_read_or_refused(text, garbage):
    try:
        reading = read_mail(Document("x", HEADER.encode() + text.encode() + b"\n" + garbage))
    except DocumentError:
        return

    assert len(reading.items) == 1
