"""Dash on FastAPI as this project serves it: checked callbacks in threads, no WebSocket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anyio import to_thread
from dash.backends._fastapi import (
    FastAPIDashServer,
    reset_current_request,
    set_current_request,
)
from dash.exceptions import DependencyException
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from dash import Dash
    from starlette.responses import Response

    from dashboard.server.asgi import Application, Receive, Scope, Send

JSON = "application/json"


class _Property(BaseModel):
    """A property of a component."""

    model_config = ConfigDict(strict=True)

    id: str
    property: str

    def name(self) -> str:
        return f"{self.id}.{self.property}"


class _Value(_Property):
    """A property with its value, which the browser sends."""

    value: str | None = None


class CallbackRequest(BaseModel):
    """The body of a callback's request."""

    model_config = ConfigDict(strict=True)

    output: str
    outputs: list[_Property]
    inputs: list[_Value]
    state: list[_Value] = []
    changedPropIds: list[str] = []  # noqa: N815  # the renderer's name

    def is_for(self, callback: dict[str, Any]) -> bool:
        """Say whether outputs, inputs and state are those that the callback declares."""
        return (
            f"..{'...'.join(output.name() for output in self.outputs)}.." == self.output
            and [value.name() for value in self.inputs] == _names(callback["inputs"])
            and [value.name() for value in self.state] == _names(callback["state"])
        )


class CruscottoBackend(FastAPIDashServer):
    """Dash's FastAPI backend without what nobody needs, and with every request checked."""

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

    def serve_callback(self, dash_app: Dash) -> Callable[[Request], Awaitable[Response]]:
        """Return the route of callbacks: the body is checked, the work is done in a thread."""

        async def dispatch(request: Request) -> Response:
            if request.headers.get("content-type", "").partition(";")[0].strip() != JSON:
                raise HTTPException(415, f"a callback's request is {JSON}")
            body = _read(await request.body(), dash_app)
            return await to_thread.run_sync(_run, dash_app, body)

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


def _names(values: list[dict[str, str]]) -> list[str]:
    return [f"{value['id']}.{value['property']}" for value in values]


def _read(content: bytes, dash_app: Dash) -> dict[str, Any]:
    """Return the body of a callback's request; 422 says what is wrong with it."""
    try:
        body = CallbackRequest.model_validate_json(content)
    except ValidationError as error:
        status = 400 if error.errors()[0]["type"] == "json_invalid" else 422
        raise HTTPException(status, error.errors(include_input=False, include_url=False)) from error
    callback = dash_app.callback_map.get(body.output)
    if callback is None:
        raise HTTPException(404, "no callback has this output")
    if not body.is_for(callback):
        raise HTTPException(422, "outputs, inputs or state are not those of the callback")
    return body.model_dump()


def _run(dash_app: Dash, body: Any) -> Response:  # noqa: ANN401  # checked above, typed by Dash
    """Run a callback as Dash does, and return its answer."""
    context = dash_app._initialize_context(body)  # noqa: SLF001  # the steps of Dash's own backend
    function = dash_app._prepare_callback(context, body)  # noqa: SLF001  # the same
    values = dash_app._inputs_to_vals(context.inputs_list + context.states_list)  # noqa: SLF001
    call = dash_app._execute_callback(function, values, context.outputs_list, context)  # noqa: SLF001
    answer: Response = context.dash_response.set_response(data=call())
    return answer
