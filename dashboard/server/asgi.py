"""Small pieces of ASGI that the middleware share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.responses import Response

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: bytes) -> str:
    """Return the value of a request's header, the last where it is repeated; empty if none."""
    values: list[bytes] = [value for key, value in scope["headers"] if key == name]
    return values[-1].decode("latin-1") if values else ""


def with_headers(scope: Scope, **values: str | None) -> list[tuple[bytes, bytes]]:
    """Return a request's headers with those named replaced, or removed where None.

    A name is written with `_` for `-`.
    """
    changes = {name.replace("_", "-").encode(): value for name, value in values.items()}
    kept = [(key, value) for key, value in scope["headers"] if key not in changes]
    return kept + [(k, v.encode("latin-1")) for k, v in changes.items() if v is not None]


def refusal(status: int, text: str, **headers: str) -> Response:
    """Return an answer of one line that says why a request is refused."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return PlainTextResponse(f"{text}\n", status, {"Cache-Control": "no-store"} | names)
