"""Addresses: at a host, under a path, of a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.addresses import bare_address, is_at

AT = [
    ("https://nos.nl/artikel/1", "nos.nl"),
    ("https://www.nos.nl/artikel/1", "nos.nl"),
    ("https://nos.nl/", "www.nos.nl"),
    ("https://feeds.nos.nl/x", "nos.nl"),
    ("http://NOS.nl:8080/x", "nos.nl"),
    ("https://nos.nl/x", "https://nos.nl"),
    ("https://nos.nl./x", "nos.nl"),
    ("https://nos.nl/artikel/1", "nos.nl/artikel"),
    ("https://nos.nl/artikel/1", "nos.nl/artikel/"),
    ("https://nos.nl/artikel?id=1&p=2", "nos.nl/artikel"),
    ("https://nos.nl/artikel?id=1&p=2", "nos.nl/artikel?id=1"),
    ("https://nos.nl/artikel#x", "nos.nl/artikel"),
    ("https://nos.nl/caf%C3%A9/1", "nos.nl/café"),
    ("https://nos.nl/café/1", "nos.nl/caf%C3%A9"),
    ("https://münchen.de/x", "xn--mnchen-3ya.de"),
    ("https://xn--mnchen-3ya.de/x", "münchen.de"),
    ("https://press.state.gov/press/1", "*.gov/press/*"),
    ("https://nos.nl/artikel/1-xi-in-moskou", "*xi*"),
    ("https://www.nos.nl/artikel/1", "nos.nl/*/1"),
    ("https://www.nos.nl/a?x=1", "nos.nl/a?x=*"),
    ("https://nos.nl/[x]/1", "nos.nl/[x]/*"),
    ("https://gov.uk/x", "gov.uk"),
    ("//nos.nl/x", "nos.nl"),
    ("https://user@nos.nl/x", "nos.nl"),
]

ELSEWHERE = [
    ("https://nos.nl/artikel/1", "os.nl"),
    ("https://nos.nl.example.org/", "nos.nl"),
    ("https://example.org/nos.nl", "nos.nl"),
    ("https://nos.nl/artikelen", "nos.nl/artikel"),
    ("https://nos.nl/Artikel/1", "nos.nl/artikel"),
    ("https://nos.nl/artikel", "nos.nl/artikel/1"),
    ("https://nos.nl/artikel/1", "*.nl/sport/*"),
    ("https://nos.nl/a", "*.nos.nl/*"),
    ("https://nos.nl/aXx=1", "nos.nl/a?x=*"),
    ("https://nos.nl@example.org/", "nos.nl"),
    ("urn:uuid:1", "uuid"),
    ("mailto:a@nos.nl", "mailto"),
    ("https://[::1", "nos.nl"),
    ("", "nos.nl"),
]


@pytest.mark.parametrize(("url", "place"), AT)
def test_an_address_is_at_a_place(url, place):
    assert is_at(url, place)


@pytest.mark.parametrize(("url", "place"), ELSEWHERE)
def test_an_address_is_elsewhere(url, place):
    assert not is_at(url, place)


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_may_be_asked_about(url, place):
    host, behind = bare_address(url)

    assert is_at(url, place) in {True, False}
    assert isinstance(host + behind, str)
