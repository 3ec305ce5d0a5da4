"""Agencies under their codes and names."""

import pytest

from monitor.text.agencies import is_known, same_agency

SAME = [
    ("RTR", "Reuters"),
    ("rtr", "THOMSON REUTERS"),
    ("dpa", "Deutsche Presse-Agentur"),
    ("ТАСС", "TASS"),
    ("新华社", "Xinhua"),
    ("NTB", "Norsk Telegrambyra"),
    ("AP", "The Associated Press"),
    ("ČTK", "ctk"),
]

DIFFERENT = [("ANP", "AP"), ("PA", "APA"), ("RIA", "RTR"), ("XYZ", "RTR"), ("STT", "TT")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_codes_and_names_are_one_agency(one, other):
    assert same_agency(one) == same_agency(other)
    assert is_known(one)
    assert is_known(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_agencies_are_told_apart(one, other):
    assert same_agency(one) != same_agency(other)


@pytest.mark.parametrize("name", ["XYZ", "", "VVD", "Reuters News"])
def test_others_are_unknown_and_stand_for_themselves(name):
    assert not is_known(name)
    assert same_agency(name) == name.casefold()
