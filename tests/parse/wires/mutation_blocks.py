"""Articles with other parts: headlines, paragraphs that look like something else, subheads, teasers, dates."""

from collections.abc import Callable, Mapping
from random import Random

from tests.parse.wires.articles import Draft, Part

_HEADLINES = (
    *("LIVE - {}", "LIVE: {}", "Analyse: {}", "{} – dit weten we", "{} - en nu?", "{}?", "{}!", "‘{}’", "“{}”"),
    *('"{}"', "Minister: '{}'", "Moskou - {}", "Oekraïne/Rusland: {}", "{}: ‘Geen keuze’", "Liveblog | {}"),
    *("{} (en dit is waarom)", "'s Avonds laat: {}", "12 doden: {}", "{}…", "EU-top: {}", "{} — video"),
    *("FOTO’S • {}", "{} (2)", "[UPDATE] {}"),
)
_LEADS = (
    *("“Wij wachten af”, zegt de minister. ", '"Het is te laat", zegt hij. ', "'s Avonds viel het licht uit. "),
    *("80 doden. ", "’t Kan verkeren. ", "«Non», zegt Parijs. ", "de hoofdrol is voor Xi. "),
    *("Eén ding is zeker. ", "(Update) ", "…En toen? ", "Ja. ", "VN-chef - al jaren in functie - zwijgt. "),
)
_LIKE_A_DATELINE = (
    "Mark Rutte (VVD) - de oud-premier - reageerde niet op vragen.",
    "VN (Verenigde Naties) - dat is de volledige naam - wil niets zeggen.",
    "De NAVO (ANP) meldt dat de oefening doorgaat.",
    "EU – de Europese Unie – houdt vast aan het plan.",
    "F-16's - zes stuks - vertrekken morgen al.",
    "Moskou - dat eerder dreigde - zwijgt nu.",
    "BRUSSEL blijft hopen op een akkoord.",
    "Volgens Rutte (57) - die zelf niet kwam - is er tijd genoeg.",
    "CDA (19 zetels) - de derde partij - stemt tegen.",
)
_LIKE_A_TEASER = (
    "Lees hier niets in, zei ze daarna met nadruk.",
    "Kijk ook eens naar de cijfers van vorig jaar, zei hij.",
    "Meer uit de begroting halen kan niet, zegt de wethouder.",
    "Meer over het akkoord wordt vrijdag bekend.",
    "Zie ook de brief die de minister vorige week stuurde.",
    "Bekijk meer dan een kant van de zaak, raadt hij aan.",
)
_LIKE_AN_AGE = (
    "Een jaar geleden, vlak na de storm, was het nog anders.",
    "4 uur geleden meldde de dienst het al.",
    "Gisteren zei hij nog het tegendeel.",
    "Twee weken geleden. Toen leek alles nog goed.",
    "Hier wonen zo'n duizend mensen.",
    "Net als vorig jaar blijft de dijk dicht.",
    "Nu is het wachten op de uitslag.",
    "Vijf jaar geleden begon het werk, twee jaar geleden was het af.",
)
_SHORT = (
    *("Dat was alles.", '"Wij gaan door."', "“Nee.”", "Niemand raakte gewond.", "Toch niet, dus."),
    *("Hij zweeg.", "De beurs sloot hoger, op 925,12 punten.", "„Wir warten.“", "«Nous verrons.»", "»Vi ser.«"),
    *("‘Laat maar.’",),
)
_TEASERS = (
    *(("LEES OOK", ". "), ("LEES OOK", ": "), ("Lees ook", ": "), ("Lees ook", " | "), ("KIJK OOK", ". ")),
    *(("Bekijk ook", ": "), ("LEES MEER", ": "), ("Lees verder", " – "), ("Luister ook", ": ")),
    *(("LIRE AUSSI", ": "), ("Read also", ": "), ("Lees ook", "\n"), ("LEES OOK", " ")),
)
_OTHER_TEASERS = (
    *(("KIJK", ". "), ("LUISTER", ". "), ("BEKIJK", ". "), ("HERLEES", ". "), ("HERBEKIJK", ". ")),
    *(("LEES", ": "), ("LIVE", ". "), ("VIDEO", ". "), ("PODCAST", ". "), ("IN BEELD", ". ")),
    *(("LEES OOK", ".\u00a0"), ("LEES OOK", " • "), ("Lees ook", ":"), ("Lees\u00a0ook", " - ")),
    *(("LEES OOK", " > "), ("BEKIJK HIER", ". "), ("LEES HIER", ". "), ("LEES TERUG", ". ")),
    *(("LEES OOK", ":\n"), ("Lesen Sie auch", ": "), ("Zie ook", ": "), ("Lees dan ook", ": ")),
)
_TEASED = (
    "Zo verliep de top in Genève, uur na uur",
    "Waarom de roebel weer daalt",
    "Kan de NAVO dit aan? Vijf vragen",
    "“Wij wachten af”, zegt de buurvrouw",
)
_SUBHEADS = (
    *("Nieuwe sancties", "Wat nu?", '"Vrede is dichtbij"', "‘Geen compromis’", "Zo'n kans!"),
    *("Veel doden en gewonden", "Reactie van het Kremlin", "VS en EU", "2025 was een rampjaar"),
)
_OTHER_SUBHEADS = (
    *("VEILIGHEIDSBELANGEN", "1. Sancties", "Rusland - China", "Dijken: te laag", "Lange wachttijd…"),
    *("Het akkoord:", "‘Wie weet’", "„Kein Kompromiss“", "Xi", "15 procent", "'s Nachts", "Meer geld"),
    *("Ook in Den Haag", "#vrede", "*", "Live", "Gisteren", "Wat er een jaar geleden gebeurde"),
    *("Kijk, een wolf", "DE NAVO (EN DE EU)"),
)
_DATES = (
    (" date 2023-02-17 ", "2023-02-17"),
    ("date 2022 ", "2022"),
    (" DATE 2024-11 ", "2024-11"),
    ("Date: 2021-06 ", "2021-06"),
    (" date 2023-02\n", "2023-02"),
    ("\n date 2021-12\u00a0", "2021-12"),
)
_UNREADABLE_DATES = (
    *(" date 17-02-2023 ", "date 2023-13 ", "date: 2023/02/17 ", " date 2023-02-17 10:00 "),
    *("date 17 februari 2023 ", "date 2023-02-17T10:00 ", "Date: Feb. 17, 2023 ", "date 17.2.2023\n"),
    *(" date 202302 ", "date 2023-02-17T10:00:00+01:00 "),
)


def _insert(draft: Draft, chance: Random, part: Part) -> bool:
    """Put a part somewhere behind the lead; false if there is no lead."""
    lead = next((rank for rank, part in enumerate(draft.parts, 1) if part.kind == "paragraph"), None)
    if lead is not None:
        draft.parts.insert(chance.randint(lead, len(draft.parts)), part)
    return lead is not None


def _paragraph_of(texts: tuple[str, ...]) -> Callable[[Draft, Random], bool]:
    """Return the mutation that adds one of `texts` as a paragraph."""
    return lambda draft, chance: _insert(draft, chance, Part("paragraph", chance.choice(texts)))


def _subhead_of(texts: tuple[str, ...]) -> Callable[[Draft, Random], bool]:
    """Return the mutation that adds one of `texts` as a subhead: behind the lead, and something behind it."""

    def mutation(draft: Draft, chance: Random) -> bool:
        rank = chance.randint(1, len(draft.parts) - 1) if len(draft.parts) > 1 else 0
        if not rank or "paragraph" not in {part.kind for part in draft.parts[:rank]}:
            return False
        draft.parts.insert(rank, Part("subhead", chance.choice(texts)))
        return True

    return mutation


def _teaser_of(labels: tuple[tuple[str, str], ...], most: int) -> Callable[[Draft, Random], bool]:
    """Return the mutation that adds teasers under some of `labels`, up to `most` in a row."""

    def mutation(draft: Draft, chance: Random) -> bool:
        rank = chance.randint(1, len(draft.parts))
        for _ in range(chance.randint(1, most)):
            label, mark = chance.choice(labels)
            premium = chance.choice(("", "", " (+)", "(+)", " [+]"))
            draft.parts.insert(rank, Part("teaser", chance.choice(_TEASED), label, mark, premium))
        return True

    return mutation


def _no_headline(draft: Draft, _: Random) -> bool:
    had = draft.headline is not None
    draft.headline = None
    return had


def _headline_marks(draft: Draft, chance: Random) -> bool:
    draft.headline = draft.headline and chance.choice(_HEADLINES).format(draft.headline)
    return bool(draft.headline)


def _headline_case(draft: Draft, chance: Random) -> bool:
    draft.headline = draft.headline and chance.choice((str.lower, str.upper, str.title))(draft.headline)
    return bool(draft.headline)


def _lead_start(draft: Draft, chance: Random) -> bool:
    lead = next((part for part in draft.parts if part.kind == "paragraph"), None)
    if lead:
        lead.text = chance.choice(_LEADS) + lead.text
    return lead is not None


def _flash(draft: Draft, _: Random) -> bool:
    draft.parts = [part for part in draft.parts if part.kind == "paragraph"][:1]
    return draft.place is not None


def _date(draft: Draft, chance: Random) -> bool:
    draft.date, draft.published = chance.choice(_DATES)
    return True


def _unreadable_date(draft: Draft, chance: Random) -> bool:
    draft.date, draft.published = chance.choice(_UNREADABLE_DATES), None
    return True


MUTATIONS: Mapping[str, Callable[[Draft, Random], bool]] = {
    "no headline": _no_headline,
    "headline marks": _headline_marks,
    "headline case": _headline_case,
    "lead start": _lead_start,
    "flash": _flash,
    "like a dateline": _paragraph_of(_LIKE_A_DATELINE),
    "like a teaser": _paragraph_of(_LIKE_A_TEASER),
    "like an age": _paragraph_of(_LIKE_AN_AGE),
    "short paragraph": _paragraph_of(_SHORT),
    "subhead": _subhead_of(_SUBHEADS),
    "other subhead": _subhead_of(_OTHER_SUBHEADS),
    "teaser": _teaser_of(_TEASERS, 1),
    "other teasers": _teaser_of(_OTHER_TEASERS, 2),
    "date": _date,
    "unreadable date": _unreadable_date,
}
