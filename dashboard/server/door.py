"""The door: which requests are let in, by client, host, method, length and rate."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from dashboard.server.asgi import header, refusal
from dashboard.server.networks import LOOPBACK_NAMES, is_inside, is_local, peer

if TYPE_CHECKING:
    from starlette.responses import Response

    from dashboard.server.asgi import Application, Receive, Scope, Send
    from warehouse.config import Server

LONGEST_ADDRESS = 4_096  # bytes of path and query
METHODS = ("GET", "HEAD", "POST")
OPEN_TO_ALL = ("/health/live", "/health/ready", "/metrics")  # their own check is stricter
PUBLIC_RATE = 50  # requests a second, where the configuration says nothing
BURST_SECONDS = 6  # a client may send this many seconds' worth at once: a page is 20 requests
CLIENTS_KEPT = 10_000


class Door:
    """Refuses what must not be answered, in one line; removes the prefix from the others."""

    def __init__(self, app: Application, settings: Server) -> None:
        self._app = app
        self._settings = settings
        hosts = {host.lower() for host in settings.hosts}
        self._hosts = hosts | set(LOOPBACK_NAMES) if hosts else set()
        self._rate = Rate(_rate(settings))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request or pass it on."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = self._refuse(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    def _refuse(self, scope: Scope) -> Response | None:
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return refusal(414, f"The address is longer than {LONGEST_ADDRESS} bytes.")
        self._remove_prefix(scope)
        if scope["method"] not in METHODS:
            return refusal(405, f"Use {', '.join(METHODS)}.", Allow=", ".join(METHODS))
        if not self._is_admitted(scope):
            return refusal(403, "This address is not open to you.")
        if self._hosts and _name(header(scope, b"host")) not in self._hosts:
            return refusal(421, "This server does not answer under that name.")
        wait = self._rate.wait(peer(scope))
        if wait:
            return refusal(429, "Too many requests.", Retry_After=str(wait))
        return None

    def _is_admitted(self, scope: Scope) -> bool:
        address = scope["state"]["peer"]
        if is_local(address) and scope["path"] in OPEN_TO_ALL:
            return True
        if self._settings.access == "local":
            return is_local(address) or is_inside(address, self._settings.proxies)
        if self._settings.access == "proxy":
            return is_inside(address, self._settings.proxies)
        return True

    def _remove_prefix(self, scope: Scope) -> None:
        """Drop the prefix from an address, if the proxy has not removed it."""
        prefix = self._settings.prefix
        if prefix and (scope["path"] + "/").startswith(prefix + "/"):
            scope["path"] = scope["path"].removeprefix(prefix) or "/"
            scope["raw_path"] = scope["path"].encode()


class Rate:
    """A rate per client: `rate` requests a second, several seconds' worth at once."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._tokens: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """Count a request of `client`; return 0, or the seconds that it must wait."""
        if not self._rate:
            return 0
        now, most = time.monotonic(), float(self._rate * BURST_SECONDS)
        tokens, last = self._tokens.pop(client, (most, now))
        tokens = min(most, tokens + (now - last) * self._rate)
        self._tokens[client] = (max(0.0, tokens - 1), now)
        if len(self._tokens) > CLIENTS_KEPT:
            self._tokens.popitem(last=False)
        return 0 if tokens >= 1 else 1


def _rate(settings: Server) -> int:
    if settings.rate is not None:
        return settings.rate
    return PUBLIC_RATE if settings.access == "public" else 0


def _name(host: str) -> str:
    """Return the name of a `Host` header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
