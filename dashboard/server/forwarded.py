"""Client, scheme and host as a trusted proxy forwards them; nobody else is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.server.asgi import header, with_headers
from dashboard.server.networks import is_inside, peer

if TYPE_CHECKING:
    from dashboard.server.asgi import Application, Receive, Scope, Send
    from warehouse.config import Server


class Forwarded:
    """Replaces what the proxy's connection says by what the proxy says of the client's.

    `peer` in the scope's state stays the address of the connection.
    """

    def __init__(self, app: Application, settings: Server) -> None:
        self._app = app
        self._proxies = settings.proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its true client."""
        if scope["type"] in {"http", "websocket"}:
            scope.setdefault("state", {})["peer"] = peer(scope)
            if is_inside(peer(scope), self._proxies):
                self._believe(scope)
            else:
                scope["headers"] = with_headers(scope, x_request_id=None)
        await self._app(scope, receive, send)

    def _believe(self, scope: Scope) -> None:
        client = self._client(header(scope, b"x-forwarded-for"))
        if client:
            scope["client"] = (client, 0)
        scheme = header(scope, b"x-forwarded-proto").rpartition(",")[2].strip().lower()
        if scheme in {"http", "https"}:
            scope["scheme"] = scheme
        host = header(scope, b"x-forwarded-host").rpartition(",")[2].strip()
        if host:
            scope["headers"] = with_headers(scope, host=host)

    def _client(self, chain: str) -> str:
        """Return the last address of a chain that is not itself one of the proxies."""
        addresses = [address.strip() for address in chain.split(",") if address.strip()]
        clients = [a for a in addresses if not is_inside(a, self._proxies)]
        return (clients or addresses or [""])[-1]
