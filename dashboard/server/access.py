"""Checks of who may be answered, before the server starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.server.networks import LOOPBACK, LOOPBACK_NAMES, is_inside
from warehouse.errors import CatalogError
from warehouse.messages import message

if TYPE_CHECKING:
    from warehouse.config import Server


def check_access(settings: Server) -> None:
    """Raise `CatalogError` where the configuration does not say who is answered, and as whom."""
    faults = []
    if settings.access == "local" and not is_loopback(settings.host):
        faults.append(message("server_not_open", host=settings.host))
    if settings.access == "proxy" and not settings.proxies:
        faults.append(message("server_without_proxy"))
    if settings.access == "public" and not settings.hosts:
        faults.append(message("server_without_hosts"))
    if faults:
        raise CatalogError(*faults)


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches `host`."""
    return host in LOOPBACK_NAMES or is_inside(host, LOOPBACK)
