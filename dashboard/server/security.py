"""Headers that tell the browser what a page may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping
    from typing import Any

    from dashboard.server.asgi import Application, Receive, Scope, Send
    from warehouse.config import Server

YEAR = 31_536_000  # seconds
FORBIDDEN = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip


def policy(ancestors: Iterable[str]) -> str:
    """Return the Content-Security-Policy: no script is written in a page.

    Styles may be inline: Plotly writes its own, and a bar's length is a style.
    """
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(ancestors) or "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """Adds the headers to every answer; over TLS also the one that keeps browsers on it."""

    def __init__(self, app: Application, settings: Server) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy(settings.frame_ancestors),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",  # the layout is drawn for the address of the page
            "Permissions-Policy": ", ".join(f"{name}=()" for name in FORBIDDEN),
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers."""

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", [])))
                headers.update(self._headers)
                if scope.get("scheme") == "https":
                    headers["Strict-Transport-Security"] = f"max-age={YEAR}"
                message = {**message, "headers": headers.raw}
            await send(message)

        await self._app(scope, receive, send_with_headers)
