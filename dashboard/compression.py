"""How bytes reach the browser: compressed, cached, and from this machine only."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import uuid4

import brotli
from anyio import to_thread
from starlette_compress import CompressMiddleware

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping
    from pathlib import Path
    from typing import Any

    from dash import Dash

    from warehouse.config import Config

    Message = MutableMapping[str, Any]
    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

STATIC = ("/_dash-component-suites/", "/assets/", "/bundle/", "/fonts/", "/shapes/")
BEST, LARGE, QUICK = 11, 9, 4  # Brotli levels
LARGE_BYTES = 2_000_000  # from here the best takes many seconds and gains little
MOST_KEPT = 256  # addresses: the query of an asset is free, memory is not
CONDITIONS = (b"accept-encoding", b"if-none-match", b"if-modified-since")
OURS = (b"content-length", b"content-encoding", b"vary")
COMPRESSIBLE = (b"javascript", b"css", b"svg", b"json", b"html")


def deliver(app: Dash, config: Config) -> None:
    """Add compression: the best, once, for files; fast, each time, for answers."""
    app.server.add_middleware(CompressMiddleware, minimum_size=500, zstd=False, brotli_quality=5)
    app.server.add_middleware(StaticCompressed, folder=config.cache / "static")


class StaticCompressed:
    """Serves files compressed as hard as Brotli can, keeping each result on disk and in memory.

    The first answer is compressed quickly and the best is made behind it; `folder` holds one
    `<sha256 of the plain bytes>.br` a file, so that nothing is compressed twice.
    """

    def __init__(self, app: App, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.kept: dict[str, _Answer] = {}
        self.workers = ThreadPoolExecutor(1, "brotli")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or ask the application."""
        if scope["type"] != "http" or not _fits(scope):
            await self.app(scope, receive, send)
            return
        key = scope["path"] + "?" + scope["query_string"].decode()
        answer = self.kept.get(key) or await self._ask(scope, receive, key)
        await answer.give(send)

    async def _ask(self, scope: Scope, receive: Receive, key: str) -> _Answer:
        answer = _Answer()
        plain = [h for h in scope["headers"] if h[0] not in CONDITIONS]
        await self.app({**scope, "headers": plain}, receive, answer.take)
        if answer.status != HTTPStatus.OK:
            return answer
        path = self.folder / f"{hashlib.sha256(answer.body).hexdigest()}.br"
        if answer.compressible and not path.exists():
            self.workers.submit(_pack, answer.body, path)
            quick = partial(brotli.compress, answer.body, quality=QUICK)
            return answer.packed(await to_thread.run_sync(quick))
        answer = answer.packed(path.read_bytes() if answer.compressible else None)
        if len(self.kept) < MOST_KEPT:
            self.kept[key] = answer
        return answer


def _fits(scope: Scope) -> bool:
    accepted = dict(scope["headers"]).get(b"accept-encoding", b"")
    return scope["method"] == "GET" and b"br" in accepted and scope["path"].startswith(STATIC)


def _pack(body: bytes, path: Path) -> None:
    """Write the best compression of `body`; a reader sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{uuid4().hex}")
    level = BEST if len(body) < LARGE_BYTES else LARGE
    unfinished.write_bytes(brotli.compress(body, quality=level))
    unfinished.replace(path)


class _Answer:
    """An HTTP answer, held whole."""

    def __init__(
        self, status: int = 0, headers: list[tuple[bytes, bytes]] | None = None, body: bytes = b""
    ) -> None:
        self.status, self.headers, self.body = status, headers or [], body

    @property
    def compressible(self) -> bool:
        kind = dict(self.headers).get(b"content-type", b"")
        return any(part in kind for part in COMPRESSIBLE)

    def packed(self, body: bytes | None) -> _Answer:
        """Return this answer as one that may be kept, with `body` in Brotli if there is one."""
        headers = [h for h in self.headers if h[0] not in OURS]
        if not any(h[0] == b"cache-control" for h in headers):
            headers.append((b"cache-control", b"public, max-age=86400"))
        headers.append((b"vary", b"accept-encoding"))
        if body is None:
            return _Answer(self.status, headers, self.body)
        return _Answer(self.status, [*headers, (b"content-encoding", b"br")], body)

    async def take(self, message: Message) -> None:
        """Take a part of the answer, as ASGI sends it."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")

    async def give(self, send: Send) -> None:
        """Send the answer whole."""
        size = (b"content-length", str(len(self.body)).encode())
        headers = [*(h for h in self.headers if h[0] != b"content-length"), size]
        start = {"type": "http.response.start", "status": self.status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": self.body})
