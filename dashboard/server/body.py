"""Bodies of requests: read whole before anything answers, bounded in bytes and seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from dashboard.server.asgi import header, refusal

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from dashboard.server.asgi import Application, Receive, Scope, Send

LARGEST_BODY = 65_536  # bytes
BODY_SECONDS = 10.0


class BoundedBody:
    """Gives the application a complete body, or refuses one that is too large or too slow."""

    def __init__(self, app: Application, seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, then pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = header(scope, b"content-length")
        if length and (not length.isdecimal() or int(length[:10]) > LARGEST_BODY):
            await _too_large(scope, receive, send)
            return
        body = None
        with anyio.move_on_after(self._seconds):
            body = await _read(receive)
        if body is None:
            late = refusal(408, "The request did not come to its end.", Connection="close")
            await late(scope, receive, send)
        elif len(body) > LARGEST_BODY:
            await _too_large(scope, receive, send)
        else:
            await self._app(scope, _replay(body, receive), send)


async def _read(receive: Receive) -> bytes:
    """Return the body, or the first bytes of one that is too large."""
    body = b""
    while len(body) <= LARGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return body


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    text = f"The body is larger than {LARGEST_BODY} bytes."
    await refusal(413, text, Connection="close")(scope, receive, send)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body once, then what the connection says."""
    messages: list[MutableMapping[str, Any]] = [{"type": "http.request", "body": body}]

    async def replay() -> MutableMapping[str, Any]:
        return messages.pop() if messages else await receive()

    return replay
