"""The layers around the application, from the inside to the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.server.access_log import AccessLog
from dashboard.server.body import BoundedBody
from dashboard.server.conditional import Conditional
from dashboard.server.door import Door
from dashboard.server.forwarded import Forwarded
from dashboard.server.security import SecurityHeaders

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

    from dashboard.server.metrics import Metrics
    from warehouse.config import Server


def surround(
    server: FastAPI,
    settings: Server,
    metrics: Metrics,
    *,
    version: Callable[[], str],
) -> None:
    """Put the layers around `server`; the last added is the first that a request meets.

    `version` names the release that answers now.
    """
    server.add_middleware(Conditional, version=version)
    server.add_middleware(BoundedBody)
    server.add_middleware(Door, settings=settings)
    server.add_middleware(SecurityHeaders, settings=settings)
    server.add_middleware(AccessLog, metrics=metrics)
    server.add_middleware(Forwarded, settings=settings)
