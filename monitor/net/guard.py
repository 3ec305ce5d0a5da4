"""Which addresses may be connected to: public ones, and those that the operator lists.

Python's `is_global` says yes to NAT64, IPv4-compatible and site-local addresses, to multicast and to 168.63.129.16, so
the ranges are listed: the special-purpose registries of IANA (RFC 6890), the deprecated ones, and what clouds use.
"""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

RANGES: Mapping[str, str] = {
    "0.0.0.0/8": "this host",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by a provider's customers",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "the platform of a cloud",
    "169.254.0.0/16": "link-local, where clouds keep credentials",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "for protocols",
    "192.0.2.0/24": "for documentation",
    "192.88.99.0/24": "a deprecated relay",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "for benchmarks",
    "198.51.100.0/24": "for documentation",
    "203.0.113.0/24": "for documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "::/128": "this host",
    "::1/128": "loopback",
    "::/96": "an IPv4 address in disguise",
    "::ffff:0:0:0/96": "an IPv4 address in disguise",
    "64:ff9b::/96": "an IPv4 address in disguise",
    "64:ff9b:1::/48": "an IPv4 address in disguise",
    "100::/64": "discarded",
    "100:0:0:1::/64": "a dummy",
    "2001::/23": "for protocols",
    "2001:db8::/32": "for documentation",
    "2002::/16": "an IPv4 address in disguise",
    "3fff::/20": "for documentation",
    "5f00::/16": "for segment routing",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
    "::/3": "not allocated",
    "4000::/2": "not allocated",
    "8000::/1": "not allocated",
}
"""What is refused unless it is listed as allowed, and why; the first range that holds an address names the reason."""

_REFUSED = tuple((ip_network(written), why) for written, why in RANGES.items())
_NAT64 = IPv6Network("64:ff9b::/96")

OTHER_SERVICES = frozenset(
    {
        # What browsers refuse (https://fetch.spec.whatwg.org/#port-blocking) ...
        *(1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179),
        *(389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636),
        *(989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566),
        *(6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
        # ... and databases, caches, queues and remote control.
        *(445, 1433, 1521, 2375, 2379, 3306, 3389, 5432, 5672, 5900, 6379, 9042, 11211, 27017),
    }
)
"""Ports on which something listens that is not HTTP, and might take a request of ours for its own language."""


def parsed(written: str) -> Address:
    """Return an address; an IPv4 address mapped into IPv6 as the IPv4 address that the kernel would connect to.

    Raises:
        ValueError: it is no address, or in no canonical form (`127.1`, `0177.0.0.1`).
    """
    address = ip_address(written)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_listed(address: Address, allow: Sequence[Network]) -> bool:
    """Tell whether the operator allows an address: a network opens what it lists, in that form only."""
    return any(address in network for network in allow)


def why_refused(address: Address, allow: Sequence[Network] = ()) -> str | None:
    """Return why an address is not connected to, None if it may be.

    An address of NAT64 (RFC 6052) is as public as the IPv4 address in it.
    """
    if isinstance(address, IPv6Address) and address.scope_id:
        return "link-local"
    if is_listed(address, allow):
        return None
    if address in _NAT64 and why_refused(IPv4Address(int(address) & 0xFFFF_FFFF)) is None:
        return None
    return next((why for network, why in _REFUSED if address in network), None)
