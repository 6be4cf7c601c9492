"""Health of the server for those that watch it: alive, ready, measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import HTTPException, Request, Response
from starlette.responses import JSONResponse

from dashboard.server.networks import is_inside, is_local, peer

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

    from dashboard.server.metrics import Metrics
    from warehouse.config import Config
    from warehouse.release.serving import ReleaseState

TEXT = "text/plain; version=0.0.4; charset=utf-8"
DAY = 86_400  # seconds


def add_routes(
    server: FastAPI, config: Config, metrics: Metrics, state: Callable[[], ReleaseState]
) -> None:
    """Add `/health/live`, `/health/ready` and `/metrics`."""

    @server.get("/health/live", include_in_schema=False)
    async def live() -> Response:
        return Response("ok\n", media_type="text/plain")

    @server.get("/health/ready", include_in_schema=False)
    def ready() -> Response:
        current = state()
        return JSONResponse(_summary(current, config.language), 200 if current.serving else 503)

    @server.get("/metrics", include_in_schema=False)
    def measure(request: Request) -> Response:
        client = peer(request.scope)
        if not is_local(client) and not is_inside(client, config.server.monitoring):
            raise HTTPException(403, "/metrics is for the networks named in server.monitoring")
        return Response(metrics.text(_gauges(state())), media_type=TEXT)


def _summary(state: ReleaseState, language: str) -> dict[str, Any]:
    return {
        "ready": state.serving is not None,
        "release": state.serving,
        "published": state.pointer,
        "created": state.created.isoformat() if state.created else None,
        "age_days": round(state.age.total_seconds() / DAY, 2),
        "problems": list(state.problems(language)),
    }


def _gauges(state: ReleaseState) -> dict[str, float]:
    return {
        "cruscotto_ready": float(state.serving is not None),
        "cruscotto_release_age_seconds": round(state.age.total_seconds()),
        "cruscotto_release_problems": float(len(state.faults)),
        f'cruscotto_release_info{{release="{state.serving or ""}"}}': 1.0,
    }
