"""Words of desks that tell what a report is to those before it."""

import pytest

from monitor.parse.agencies.signals import signals_in, signals_of_headline


@pytest.mark.parametrize(
    ("text", "signals"),
    [
        ("1st Ld-Writethru", ["update"]),
        ("2ND LEAD", ["update"]),
        ("CORRECTIVE", ["correction"]),
        ("Eds: CORRECTS spelling of name", ["correction"]),
        ("Berichtigung", ["correction"]),
        ("rectificatie", ["correction"]),
        ("REFILE", ["correction"]),
        ("MANDATORY KILL", ["withdrawal"]),
        ("KILL ADVISORY", ["withdrawal"]),
        ("Withhold", ["withdrawal"]),
        ("annulation", ["withdrawal"]),
        ("CORRECTIVE, 3rd Ld", ["correction", "update"]),
        ("ADVISORY", []),
        ("News Digest 2 am", []),
        ("Correctional Facility", []),
        ("", []),
    ],
)
def test_a_line_from_desk_to_desk(text, signals):
    assert [*signals_in(text)] == signals


@pytest.mark.parametrize(
    ("headline", "signals"),
    [
        ("CORRECTED-Gold rises", ["correction"]),
        ("UPDATE 2-Gold rises", ["update"]),
        ("WRAPUP 1-Oil falls", ["update"]),
        ("Rectificatie: brug is open", ["correction"]),
        ("Correction: Bridge story", ["correction"]),
        ("(Berichtigung) Fähre fährt", ["correction"]),
        ("KILL: Bridge closes", ["withdrawal"]),
        ("INGETROKKEN - brug dicht", ["withdrawal"]),
        ("Kill-list gevonden in woning", []),
        ("Kill: een film over wraak", []),
        ("Correctie-lint op de markt", []),
        ("Update nodig voor telefoons", []),
        ("KILL-LIST GEVONDEN", []),
        ("Gold rises: CORRECTED", []),
    ],
)
def test_a_headline_begins_with_a_mark(headline, signals):
    assert [*signals_of_headline(headline)] == signals
