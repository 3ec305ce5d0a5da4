"""Which addresses may be connected to, on the guard's own function: no connection is made here."""

from ipaddress import IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.net.guard import RANGES, parsed, why_refused

NEIGHBOURS = [
    "1.0.0.0",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "168.63.129.17",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.1.255",
    "192.0.3.0",
    "192.88.98.255",
    "192.88.100.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "198.51.101.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
    "2000::",
    "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:200::",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db9::",
    "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2003::",
    "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "3fff:1000::",
    "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
]
"""The public addresses that touch a range."""

DISGUISED = [
    "::127.0.0.1",
    "::10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "::ffff:0:127.0.0.1",
    "::ffff:0:8.8.8.8",
    "::8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b::100.64.0.1",
    "64:ff9b::168.63.129.16",
    "64:ff9b::224.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "64:ff9b:1:ffff::7f00:1",
    "64:ff9b:2::",
    "2002:7f00:1::",
    "2002:808:808::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fe80::5efe:127.0.0.1",
    "fec0::1",
    "fe80::1%eth0",
    "ff02::1",
    "2001:db8::1",
]


def edges():
    for written in RANGES:
        network = ip_network(written)
        for number in (int(network[0]) - 1, int(network[-1]) + 1):
            if 0 <= number < 1 << network.max_prefixlen:
                yield type(network[0])(number)


@pytest.mark.parametrize("written", RANGES)
def test_a_range_is_refused_from_its_first_address_to_its_last(written):
    network = ip_network(written)

    for address in (network[0], network[-1]):
        assert why_refused(address), address


def test_around_the_ranges_what_is_public_is_allowed_and_nothing_else():
    allowed = {str(address) for address in edges() if why_refused(address) is None}

    assert allowed == set(NEIGHBOURS)


@pytest.mark.parametrize("written", DISGUISED)
def test_disguises_are_seen_through(written):
    assert why_refused(parsed(written))


def test_nat64_is_as_public_as_the_address_in_it():
    assert why_refused(parsed("64:ff9b::8.8.8.8")) is None
    assert why_refused(parsed("64:ff9b::10.0.0.1"), [ip_network("10.0.0.0/8")])


def test_an_allowed_network_opens_what_it_lists_and_only_that():
    allow = [ip_network("127.0.0.0/9"), ip_network("fd00:1::/32")]

    assert why_refused(parsed("127.0.0.1"), allow) is None
    assert why_refused(parsed("127.127.255.255"), allow) is None
    assert why_refused(parsed("::ffff:127.0.0.1"), allow) is None
    assert why_refused(parsed("fd00:1::5"), allow) is None
    for written in ("127.128.0.0", "::1", "::ffff:127.128.0.1", "10.0.0.1", "fd00:2::5", "::127.0.0.1"):
        assert why_refused(parsed(written), allow), written


@given(st.ip_addresses())
def test_whatever_python_calls_special_is_refused(address):
    special = address.is_private or address.is_multicast or address.is_loopback or address.is_link_local
    translated = isinstance(address, IPv6Address) and address in ip_network("64:ff9b::/96")

    assert not special or translated or why_refused(address)


@given(st.ip_addresses(v=4))
def test_an_address_mapped_into_ipv6_is_treated_as_itself(address):
    assert why_refused(parsed(f"::ffff:{address}")) == why_refused(address)


@pytest.mark.parametrize("written", ["127.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433", "127.0.0.01", "", "1.2.3.4.5"])
def test_other_forms_are_no_addresses(written):
    with pytest.raises(ValueError, match="not appear to be"):
        parsed(written)
