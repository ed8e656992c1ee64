"""Who stands behind a network address. Pure."""

from __future__ import annotations

from ipaddress import ip_address, ip_network


def network_of(address: str) -> str:
    """The network that is counted as one caller: the address itself, of IPv6 its /64.

    Whoever has one IPv6 address has the 2^64 beside it. An IPv4 address that a server of
    both kinds writes as IPv6 is itself again. What is no address stays as it is.
    """
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if read.version == 4:
        return address
    return str(read.ipv4_mapped or ip_network((read, 64), strict=False))
