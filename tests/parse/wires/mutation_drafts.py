"""The articles that are mutated: four of our own, and the seeds where they are there."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from monitor.parse.wires.wire import read_wire
from tests.parse.wires.articles import FETCHED, Draft, Entry, Part, Place, draft_of

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def _paragraphs(*texts: str) -> list[Part]:
    return [Part("paragraph", text) for text in texts]


DUTCH = Draft(
    headline="Waterschappen willen dijken sneller verhogen",
    place=Place(["DEN HAAG"], ["ANP"]),
    parts=[
        *_paragraphs(
            "De waterschappen willen de dijken langs de grote rivieren eerder verhogen dan gepland. Dat schrijven ze "
            "in een brief aan de minister, die er dinsdag met de provincies over praat.",
            'Volgens dijkgraaf Ellen Verhoef is er haast bij. "Het water komt eerder dan de plannen", zegt ze. Vier '
            "jaar geleden liep een deel van Limburg onder.",
        ),
        Part("subhead", "Duur plan"),
        *_paragraphs(
            "Het plan kost 2,3 miljard euro. Wie dat betaalt, is nog niet duidelijk: het Rijk wijst naar de "
            "provincies, en die wijzen terug.",
            "Een woordvoerder van het ministerie (IenW) wil niet op de brief vooruitlopen.",
        ),
    ],
    heading="Meer uit Binnenland",
    section="Binnenland",
    entries=[
        Entry(
            Place(["UTRECHT"], ["ANP"]),
            "Door een storing bij het spoor rijden er rond Utrecht tot zeker 14.00 uur minder treinen.",
            "12 minuten geleden",
            timedelta(minutes=12),
        ),
        Entry(
            Place(["'s-HERTOGENBOSCH"], ["ANP"]),
            "De rechtbank doet vrijdag uitspraak in de zaak over de brand in een loods vol vuurwerk.",
            "3 uur geleden",
            timedelta(hours=3),
        ),
        Entry(
            Place(["LUIK"], ["ANP", "BELGA"]),
            'De Maas stijgt minder snel dan gevreesd. "De piek is voorbij", meldt de waterdienst.',
            "21 uur geleden",
            timedelta(hours=21),
        ),
    ],
)
"""Every part there is, but for a date and a teaser."""

FLEMISH = Draft(
    date=" date 2024-09 ",
    published="2024-09",
    parts=[
        *_paragraphs(
            "De haven van Antwerpen zal “voor het einde van het jaar” een besluit nemen over de nieuwe sluis. Dat "
            "zegt havenbaas Joris Peeters in een vraaggesprek. De bouw zou zes jaar duren.",
            "De vakbonden vragen al langer om duidelijkheid. “Wij willen weten waar we aan toe zijn”, klinkt het bij "
            "de dokwerkers, die vorige maand nog het werk neerlegden.",
        ),
        Part("teaser", "Wie werkt er straks nog op de kade? “De robots zijn er al”", "LEES OOK", ". ", " (+)"),
        *_paragraphs("Ook de stad moet haar zegen nog geven, en dat kan volgens de schepen tot de lente duren."),
    ],
    gap="\n\n",
)
"""No headline, no dateline, no sidebar; blank lines."""

GERMAN = Draft(
    headline="Bahn will Brücken schneller erneuern",
    place=Place(["Berlin"], ["dpa"]),
    parts=_paragraphs(
        "Die Bahn will in den kommenden zehn Jahren doppelt so viele Brücken erneuern wie bisher. Das teilte der "
        "Konzern am Montag mit.",
        "Viele der Bauwerke stammen aus der Zeit um 1900. Kritik kam von den Ländern, die mehr Geld verlangen.",
    ),
    heading="Mehr aus Wirtschaft",
    section="Wirtschaft",
    entries=[
        Entry(
            Place(["Frankfurt am Main"], ["dpa-AFX"]),
            "Der Dax hat am Montag kaum verändert geschlossen, der Euro gab leicht nach.",
            "vor 25 Minuten",
            timedelta(minutes=25),
        ),
        Entry(
            Place(["MÜNCHEN"], ["dpa"]),
            "Der Autobauer ruft 11.000 Wagen zurück, weil die Bremse klemmen kann.",
            "vor 2 Stunden",
            timedelta(hours=2),
        ),
    ],
)
"""Places as in running text, agencies in lower case."""

FLASH = Draft(
    headline="Ajax wint met 2-1 van Feyenoord",
    place=Place(["AMSTERDAM", "ROTTERDAM"], ["ANP"]),
    parts=_paragraphs("Ajax heeft de topper tegen Feyenoord met 2-1 gewonnen. Het doelpunt viel in blessuretijd."),
)
"""A headline and a lead."""

OURS: Sequence[Draft] = (DUTCH, FLEMISH, GERMAN, FLASH)


def seeds() -> list[str]:
    """Return the texts of the seeds, byte for byte; none if they are not beside this checkout."""
    return [path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))]


def drafts_of_seeds() -> list[Draft]:
    """Return the seeds as drafts; `test_wire_seeds.py` proves that they are read right."""
    return [draft_of(read_wire(text, fetched=FETCHED)) for text in seeds()]
