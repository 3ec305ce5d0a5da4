"""Datelines, by table."""

import pytest

from monitor.parse.dateline import (
    LONGEST,
    age_on,
    dateline_at,
    ends_entry,
    entries_in,
    lead_dateline,
    reports,
    resembles_dateline,
)

PLAIN = [
    ("MOSKOU (ANP/RTR) - De", ["MOSKOU"], ["ANP", "RTR"]),
    ("MOSKOU (ANP/AFP/RTR/BLOOMBERG) - De", ["MOSKOU"], ["ANP", "AFP", "RTR", "BLOOMBERG"]),
    ("NEW YORK (ANP) – De", ["NEW YORK"], ["ANP"]),
    ("NEW\u00a0YORK\u202f(ANP)\u00a0—\u00a0De", ["NEW YORK"], ["ANP"]),
    ("MÜNCHEN (ANP)—De", ["MÜNCHEN"], ["ANP"]),
    ("KYIV (ANP/ RTR) -- De", ["KYIV"], ["ANP", "RTR"]),
    ("KYIV (ANP, AFP en RTR) - De", ["KYIV"], ["ANP", "AFP", "RTR"]),
    ("KYIV (ANP-AFP) -De", ["KYIV"], ["ANP", "AFP"]),
    ("KYIV (ANP en NOS) - De", ["KYIV"], ["ANP", "NOS"]),
    ("KYIV (ANP & NOS) - De", ["KYIV"], ["ANP", "NOS"]),
    ("KYIV (ANP/VRT NWS) - De", ["KYIV"], ["ANP", "VRT NWS"]),
    ("KYIV（ANP）- De", ["KYIV"], ["ANP"]),
    ("Wijk bij Duurstede (ANP) - De", ["Wijk bij Duurstede"], ["ANP"]),
    ("北京 (ANP) - De", ["北京"], ["ANP"]),
    ("KYIV [anp] - De", ["KYIV"], ["anp"]),
    ("Berlin (dpa) - Der", ["Berlin"], ["dpa"]),
    ("Frankfurt am Main (dpa-AFX) - Der", ["Frankfurt am Main"], ["dpa-AFX"]),
    ("LONDON, Feb 5 (Reuters) - The", ["LONDON"], ["Reuters"]),
    ("BRUSSEL, 5 feb. 2026 (Belga) - De", ["BRUSSEL"], ["Belga"]),
    ("SAN ANTONIO, Texas (AP) — The", ["SAN ANTONIO"], ["AP"]),
    ("WASHINGTON D.C. (ANP) - De", ["WASHINGTON D.C."], ["ANP"]),
    ("ST. PETERSBURG (TASS) - De", ["ST. PETERSBURG"], ["TASS"]),
    ("МОСКВА (ТАСС) - В", ["МОСКВА"], ["ТАСС"]),
    ("MOSKOU/BEIJING (ANP) - De", ["MOSKOU", "BEIJING"], ["ANP"]),
    ("MOSKOU / BEIJING (ANP) - De", ["MOSKOU", "BEIJING"], ["ANP"]),
    ("MOSKOU, BEIJING EN KYIV (ANP) - De", ["MOSKOU", "BEIJING", "KYIV"], ["ANP"]),
    ("MOSKOU en BEIJING (ANP) - De", ["MOSKOU", "BEIJING"], ["ANP"]),
    ("MOSKOU - BEIJING (ANP) - De", ["MOSKOU", "BEIJING"], ["ANP"]),
    ("BOSNIË EN HERZEGOVINA (ANP) - De", ["BOSNIË EN HERZEGOVINA"], ["ANP"]),
    ("BOSNIË EN KROATIË (ANP) - De", ["BOSNIË", "KROATIË"], ["ANP"]),
    ("CLUJ-NAPOCA (ANP) - De", ["CLUJ-NAPOCA"], ["ANP"]),
    ("N'DJAMENA (AFP) - De", ["N'DJAMENA"], ["AFP"]),
    ("L’AQUILA (ANSA) - De", ["L’AQUILA"], ["ANSA"]),
    ("'s-Hertogenbosch (ANP) - De", ["'s-Hertogenbosch"], ["ANP"]),
    ("’s-HERTOGENBOSCH (ANP) - De", ["’s-HERTOGENBOSCH"], ["ANP"]),
    ("'S-GRAVENHAGE (ANP) - De", ["'S-GRAVENHAGE"], ["ANP"]),
    ("XI'AN (XINHUA) - De", ["XI'AN"], ["XINHUA"]),
    ("(ANP/RTR) - De", [], ["ANP", "RTR"]),
    ("Madrid, 5 feb (EFE).- El", ["Madrid"], ["EFE"]),
    ("Buenos Aires, 5 de febrero (EFE).- El", ["Buenos Aires"], ["EFE"]),
    ("MADRID, 5 Feb. 2026 (Europa Press) - El", ["MADRID"], ["Europa Press"]),
    ("Jan 30 (Reuters) - The", [], ["Reuters"]),
    ("(ANSA) - ROMA, 5 FEB - Il", ["ROMA"], ["ANSA"]),
    ("(AGI) - Roma, 5 feb. - Il", ["Roma"], ["AGI"]),
    ("Roma, 5 feb. (Adnkronos) - Il", ["Roma"], ["Adnkronos"]),
    ("MOSCOW, February 5. /TASS/. The", ["MOSCOW"], ["TASS"]),
    ("МОСКВА, 5 февраля. /ТАСС/. В", ["МОСКВА"], ["ТАСС"]),
    ("MOSCOW. Feb 5 (Interfax) - The", ["MOSCOW"], ["Interfax"]),
    ("Aarhus /ritzau/ - Det", ["Aarhus"], ["ritzau"]),
    ("WASHINGTON, D.C., Feb. 5 (UPI) -- The", ["WASHINGTON"], ["UPI"]),
    ("Lisboa, 05 fev 2026 (Lusa) – O", ["Lisboa"], ["Lusa"]),
    ("Paris, 1er févr. 2026 (AFP) - Le", ["Paris"], ["AFP"]),
    ("Praha 5. února (ČTK) - V", ["Praha"], ["ČTK"]),
    ("Budapest, 2026. február 5., csütörtök (MTI) - A", ["Budapest"], ["MTI"]),
    ("ZAGREB, 5. veljače 2026. (Hina) - U", ["ZAGREB"], ["Hina"]),
    ("Warszawa, 5 października (PAP) - W", ["Warszawa"], ["PAP"]),
    ("Bern (Keystone-SDA) - Der", ["Bern"], ["Keystone-SDA"]),
    ("Athens (ANA-MPA) - The", ["Athens"], ["ANA-MPA"]),
    ("SEOUL, Feb. 5 (Yonhap) -- The", ["SEOUL"], ["Yonhap"]),
    ("北京2月5日电 (新华社) - 中", ["北京"], ["新华社"]),
]

GUESSED = [
    ("al-Hasakah (AFP) - De", ["al-Hasakah"], ["AFP"]),
    ("თბილისი (ANP) - De", ["თბილისი"], ["ANP"]),
    ("moskou (anp/rtr) - De", ["moskou"], ["anp", "rtr"]),
    ("San Antonio, Texas (AP) - The", ["San Antonio", "Texas"], ["AP"]),
    ("MOSKOU (XYZ) - De", ["MOSKOU"], ["XYZ"]),
    ("MOSKOU (ANP) De", ["MOSKOU"], ["ANP"]),
    ("MOSKOU (ANP): De", ["MOSKOU"], ["ANP"]),
    ("MOSKOU (ANP) : De", ["MOSKOU"], ["ANP"]),
    ("MOSKOU (ANP) | De", ["MOSKOU"], ["ANP"]),
    ("BRUSSEL 05/02 (BELGA) = De", ["BRUSSEL"], ["BELGA"]),
    ("NEW YORK (AP) _ The", ["NEW YORK"], ["AP"]),
    ("Oslo (NTB): Det", ["Oslo"], ["NTB"]),
    ("København /ritzau/ Det", ["København"], ["ritzau"]),
    ("(ANP) - DEN HAAG - De", ["DEN HAAG"], ["ANP"]),
    ("Berlin (dpa) · Der", ["Berlin"], ["dpa"]),
    ("berlin (dpa): der", ["berlin"], ["dpa"]),
    ("Berlin (dpa) Der", ["Berlin"], ["dpa"]),
    ("MOSKOU (L1) - De", ["MOSKOU"], ["L1"]),
    ("DEN HAAG -", ["DEN HAAG"], []),
    ("MOSKOU-", ["MOSKOU"], []),
    ("MOSKOU - De", ["MOSKOU"], []),
    ("MOSKOU—De", ["MOSKOU"], []),
    ("KHARTOEM - De troepen (RSF) vielen", ["KHARTOEM"], []),
]

PROSE = [
    "Mark Rutte (VVD) - de premier - zei",
    "VN (Verenigde Naties) - dat is",
    "De Russische president (73) - zei",
    "De NAVO (ANP) meldt",
    "(ANP)",
    "Mark Rutte /VVD/ - de premier - zei",
    "MOSKOU /BEIJING/ROME zijn steden",
    "5 mei (ANP) - De",
    "EU-landen willen meer",
    "VN-chef Guterres - al jaren in functie -",
    "Moskou wil niet",
    "- Een streepje",
    "(",
    "",
]


@pytest.mark.parametrize(("text", "places", "agencies"), PLAIN)
def test_a_plain_dateline_is_taken_apart_and_sure(text: str, places: list[str], agencies: list[str]) -> None:
    found = dateline_at(text)

    assert found is not None
    assert ([*found.dateline.places], [*found.dateline.agencies]) == (places, agencies)
    assert found.sure
    assert text.startswith(found.dateline.text)
    assert found.end == len(found.dateline.text)


@pytest.mark.parametrize(("text", "places", "agencies"), GUESSED)
def test_a_dateline_known_by_its_shape_alone_is_unsure(text: str, places: list[str], agencies: list[str]) -> None:
    found = dateline_at(text)

    assert found is not None
    assert ([*found.dateline.places], [*found.dateline.agencies]) == (places, agencies)
    assert not found.sure


@pytest.mark.parametrize("text", ["(ANP) - Rutte - de premier - zei", "(ANP) - NAVO - of wat ervan over is - wil"])
def test_prose_behind_agencies_is_no_place(text: str) -> None:
    found = dateline_at(text)

    assert found is not None
    assert found.dateline.text == "(ANP) - "


@pytest.mark.parametrize(
    ("text", "known", "places"),
    [
        ("LIVE - Poetin in Moskou", False, None),
        ("LIVE - Poetin in Moskou", True, ("LIVE",)),
        ("MOSKOU - Poetin ontvangt Xi.", False, ("MOSKOU",)),
        ("MOSKOU (ANP) - Poetin ontvangt Xi", False, ("MOSKOU",)),
        (f"MOSKOU - Poetin {'ontvangt en ' * 20}", False, ("MOSKOU",)),
    ],
)
def test_a_lead_begins_with_a_dateline_without_agencies_in_prose_only(
    text: str, known: bool, places: tuple[str, ...] | None
) -> None:
    found = lead_dateline(text, known=known)

    assert (found.dateline.places if found else None) == places


@pytest.mark.parametrize("text", PROSE)
def test_prose_begins_with_no_dateline(text: str) -> None:
    assert dateline_at(text) is None


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Moskou - De top", ("Moskou",)),
        ("Den Haag – “Wij", ("Den Haag",)),
        ("moskou - de top", ("moskou",)),
        ("Frankfurt am Main - Der", ("Frankfurt am Main",)),
        ("Parijs / Berlijn - De", ("Parijs", "Berlijn")),
        ("Rutte - de premier - zei", None),
        ("De minister van Buitenlandse Zaken - Hij", None),
    ],
)
def test_where_a_dateline_is_likely_a_bare_place_is_one(text: str, places: tuple[str, ...] | None) -> None:
    strict, loose = dateline_at(text), dateline_at(text, loose=True)

    assert strict is None
    assert (loose.dateline.places if loose else None) == places


@pytest.mark.parametrize(
    ("text", "resembles"),
    [
        ("Gent (XYZ) - De", True),
        ("Gent (XYZ): De", True),
        ("gent (xyz) - de", True),
        ("Mark Rutte (VVD) - De premier", True),
        ("Gent - De", True),
        ("Mark Rutte (VVD) - de premier - zei", False),
        ("De NAVO (ANP) meldt", False),
        ("Een woordvoerder van het ministerie van Landbouw (LNV) - De", False),
        ("Gent wil", False),
    ],
)
def test_a_line_may_resemble_a_dateline_without_being_one_for_sure(text: str, resembles: bool) -> None:
    assert resembles_dateline(text) == resembles


def test_a_dateline_is_not_longer_than_its_bound() -> None:
    assert dateline_at("MOSKOU" + " " * LONGEST + "(ANP) - De") is None


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("4 uur geleden", "4 uur geleden"),
        ("4 uur geledenPARIJS (ANP) - De", "4 uur geleden"),
        ("4 uur geleden PARIJS (ANP) - De", "4 uur geleden"),
        ("4 uur geledenparijs (anp) - de", "4 uur geleden"),
        ("4 UUR GELEDENDE TOP", "4 UUR GELEDEN"),
        ("4 uur geleden“Wij", "4 uur geleden"),
        ("4 uur geleden begon het", None),
        ("4 uur geleden De top", None),
        ("Een jaar geleden, vlak", None),
        ("Een jaar geleden. Toen", None),
        ("HIERONYMUS BOSCH", None),
        ("NETANYA (AFP) - De", None),
        ("NUR-SULTAN (ANP) - De", None),
        ("NuPARIJS (ANP) - De", "Nu"),
        ("Nu is het wachten", None),
        ("Hierna volgt", None),
    ],
)
def test_an_age_begins_a_line_alone_or_glued_but_not_in_prose(line: str, age: str | None) -> None:
    found = age_on(line)

    assert (line[: found.end] if found else None) == age


def test_in_a_sidebar_a_blank_may_stand_behind_an_age() -> None:
    assert age_on("4 uur geleden De top", listed=True) is not None
    assert age_on("4 uur geleden begon het", listed=True) is None


def test_a_line_of_a_sidebar_is_cut_where_an_age_stands_behind_a_sentence() -> None:
    line = "Dat zei hij. 4 uur geledenPARIJS (ANP) - De 2 jaar geleden. Eind. 5 uur geleden"

    assert [line[start:end] for start, end in entries_in(line)] == [
        "Dat zei hij.",
        "4 uur geledenPARIJS (ANP) - De 2 jaar geleden. Eind.",
        "5 uur geleden",
    ]


@pytest.mark.parametrize("close", [".", ".”", ".“", ".«", ".»", ".’", '."', "!", "?”", "…", "。"])
def test_such_a_sentence_may_close_as_in_any_language(close: str) -> None:
    line = f"„Dat zei hij{close} 4 uur geledenDe top begon."

    assert [line[start:end] for start, end in entries_in(line)] == [
        f"„Dat zei hij{close}",
        "4 uur geledenDe top begon.",
    ]


def test_prose_that_tells_of_an_age_is_not_cut() -> None:
    for line in ("Dat zei hij. 4 uur geleden begon het.", "DAT ZEI HIJ. 4 UUR GELEDEN BEGON HET."):
        assert list(entries_in(line)) == [(0, len(line))]


def test_an_entry_ends_at_an_age_with_more_behind_it() -> None:
    assert ends_entry("4 uur geledenPARIJS (ANP) - De")
    assert not ends_entry("4 uur geleden")
    assert not ends_entry("De top")


def test_a_report_names_its_agencies() -> None:
    assert reports("PARIJS (ANP) - De")
    assert not reports("PARIJS - De")
    assert reports("PARIJS (ANP): De")
    assert not reports("PARIJS (ANP) De")
