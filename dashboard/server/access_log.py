"""The outermost layer: gives each request an id, logs and counts its answer, catches errors."""

from __future__ import annotations

import logging
import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.datastructures import MutableHeaders

from dashboard.server.asgi import header, refusal
from dashboard.server.log import ACCESS, ERRORS, REQUEST
from dashboard.server.networks import peer

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from dashboard.server.asgi import Application, Receive, Scope, Send
    from dashboard.server.metrics import Metrics

REQUEST_ID = re.compile(r"[\w.-]{8,64}", re.ASCII)
LOGGED = 200  # characters of an address


class AccessLog:
    """Answers every request, at worst with a 500 whose trace is in the log under its id."""

    def __init__(self, app: Application, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, log and count."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = _request_id(header(scope, b"x-request-id"))
        token = REQUEST.set(request)
        answer = _Answer(send, request)
        begin = time.perf_counter()
        try:
            await self._answer(scope, receive, answer)
        finally:
            self._note(scope, answer, time.perf_counter() - begin)
            REQUEST.reset(token)

    async def _answer(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            await self._app(scope, receive, answer.send)
        except Exception:
            ERRORS.exception("unexpected error", extra={"fields": {"address": _address(scope)}})
            if answer.status:
                raise  # half of an answer is sent: the connection must break
            error = refusal(500, f"Unexpected error. Its id is {REQUEST.get()}.")
            await error(scope, receive, answer.send)

    def _note(self, scope: Scope, answer: _Answer, seconds: float) -> None:
        is_refused = answer.status >= HTTPStatus.BAD_REQUEST
        fields = {
            "client": peer(scope),
            "method": scope["method"],
            "address": _address(scope),
            "status": answer.status,
            "bytes": answer.bytes,
            "seconds": round(seconds, 4),
        }
        level = logging.WARNING if is_refused else logging.INFO
        ACCESS.log(level, "refused" if is_refused else "answered", extra={"fields": fields})
        self._metrics.count(scope["path"], scope["method"], answer.status, seconds)


class _Answer:
    """Sends an answer with the request's id and keeps its status and length."""

    def __init__(self, send: Send, request: str) -> None:
        self._send = send
        self._request = request
        self.status = 0
        self.bytes = 0

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            headers["X-Request-ID"] = self._request
            message = {**message, "headers": headers.raw}
        self.bytes += len(message.get("body", b""))
        await self._send(message)


def _request_id(proposal: str) -> str:
    """Return the id that the proxy gives the request, or a new one."""
    return proposal if REQUEST_ID.fullmatch(proposal) else uuid4().hex[:16]


def _address(scope: Scope) -> str:
    path: str = scope["path"]
    query = scope["query_string"].decode("latin-1")
    return (path + (f"?{query}" if query else ""))[:LOGGED]
