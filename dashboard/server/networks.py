"""Networks of clients and proxies."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.server.asgi import Scope

    Network = IPv4Network | IPv6Network

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
LOOPBACK_NAMES = ("127.0.0.1", "::1", "localhost")


def peer(scope: Scope) -> str:
    """Return the address of the other end of a connection; empty for a local socket."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def is_inside(address: str, networks: Iterable[Network]) -> bool:
    """Say whether an address belongs to one of the networks; other text belongs to none."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(number, "ipv4_mapped", None)
    return any((mapped or number) in network for network in networks)


def is_local(address: str) -> bool:
    """Say whether an address is this machine: loopback, or not of the network at all."""
    try:
        ip_address(address)
    except ValueError:
        return True  # a local socket has no address
    return is_inside(address, LOOPBACK)
