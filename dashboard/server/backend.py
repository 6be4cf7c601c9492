"""Dash on FastAPI as this project serves it: neither callbacks nor a WebSocket."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dash.backends._fastapi import (
    FastAPIDashServer,
    reset_current_request,
    set_current_request,
)
from dash.exceptions import DependencyException
from fastapi import FastAPI, HTTPException, Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from dash import Dash
    from starlette.responses import Response

    from dashboard.server.asgi import Application, Receive, Scope, Send


@contextmanager
def some_request() -> Iterator[None]:
    """Be as if a request were answered: Dash's document asks for one, whose content it ignores."""
    token = set_current_request(Request({"type": "http"}))
    try:
        yield
    finally:
        reset_current_request(token)


class CruscottoBackend(FastAPIDashServer):
    """Dash's FastAPI backend without what nobody needs."""

    websocket_capability = False

    @staticmethod
    def create_app(name: str = "__main__", config: dict[str, Any] | None = None) -> FastAPI:  # noqa: ARG004  # as Dash calls it
        """Return the server; it has an API page of its own."""
        return FastAPI(title="Cruscotto metropolitano", docs_url=None, redoc_url=None)

    def setup_backend(self, dash_app: Dash) -> None:  # noqa: ARG002  # as Dash calls it
        """Make the request known to Dash; errors go on to the layer that logs them."""
        self.server.add_middleware(RequestContext, prepare=self._prepare)

    def setup_index(self, dash_app: Dash) -> None:
        """Add nothing: `dashboard.app` answers for every page."""

    def setup_catchall(self, dash_app: Dash) -> None:
        """Add nothing, as above."""

    def serve_component_suites(
        self, dash_app: Dash, package_name: str, fingerprinted_path: str, request: Request
    ) -> Response:
        """Serve a script of Dash; a name that it does not know is 404."""
        try:
            response: Response = super().serve_component_suites(
                dash_app, package_name, fingerprinted_path, request
            )
        except (DependencyException, KeyError, OSError) as error:
            raise HTTPException(404, "no such file") from error
        return response

    def serve_callback(self, dash_app: Dash) -> Callable[[], Awaitable[Response]]:  # noqa: ARG002  # as Dash calls it
        """Return the route of callbacks, of which there is none: pages have addresses."""

        async def dispatch() -> Response:
            raise HTTPException(404, "there are no callbacks")

        return dispatch

    def _prepare(self) -> None:
        for function in self._before_request_funcs:
            function()


class RequestContext:
    """Keeps the request where Dash looks for it while a route of Dash answers."""

    def __init__(self, app: Application, prepare: Callable[[], None]) -> None:
        self._app = app
        self._prepare = prepare

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        token = set_current_request(Request(scope, receive))
        try:
            self._prepare()
            await self._app(scope, receive, send)
        finally:
            reset_current_request(token)
