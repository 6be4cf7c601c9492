"""How bytes reach the browser: compressed, cached, and from this machine only."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import brotli
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

STATIC = ("/_dash-component-suites/", "/assets/", "/fonts/", "/shapes/")
BEST = 11
COMPRESSIBLE = (b"javascript", b"css", b"svg", b"json", b"html")


def deliver(app: Dash, config: Config) -> None:
    """Add compression: the best, once, for files; fast, each time, for answers."""
    app.server.add_middleware(CompressMiddleware, minimum_size=500, zstd=False, brotli_quality=5)
    app.server.add_middleware(StaticCompressed, folder=config.data / "cache" / "static")


class StaticCompressed:
    """Serves files compressed as hard as Brotli can, keeping each result on disk and in memory.

    `folder` holds one `<sha256 of the plain bytes>.br` a file, so that a restart does not
    compress again.
    """

    def __init__(self, app: App, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or keep what the application answers."""
        if scope["type"] != "http" or not self._fits(scope):
            await self.app(scope, receive, send)
            return
        key = scope["path"] + "?" + scope["query_string"].decode()
        if key not in self.kept:
            answer = _Answer()
            plain = [
                h
                for h in scope["headers"]
                if h[0] not in (b"accept-encoding", b"if-none-match", b"if-modified-since")
            ]
            await self.app({**scope, "headers": plain}, receive, answer.take)
            if answer.status != 200:  # noqa: PLR2004  # only whole answers are kept
                await answer.give(send)
                return
            self.kept[key] = (answer.headers, answer.body)
            if any(kind in answer.kind for kind in COMPRESSIBLE):
                self.kept[key] = (answer.headers, self._compress(answer.body))
        headers, body = self.kept[key]
        await _Answer(200, _encoded(headers, body), body).give(send)

    def _fits(self, scope: Scope) -> bool:
        accepted = dict(scope["headers"]).get(b"accept-encoding", b"")
        return scope["method"] == "GET" and b"br" in accepted and scope["path"].startswith(STATIC)

    def _compress(self, body: bytes) -> bytes:
        path = self.folder / f"{hashlib.sha256(body).hexdigest()}.br"
        if path.exists():
            return path.read_bytes()
        packed: bytes = brotli.compress(body, quality=BEST)
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_bytes(packed)
        partial.replace(path)
        return packed


class _Answer:
    """An HTTP answer, held whole."""

    def __init__(
        self, status: int = 0, headers: list[tuple[bytes, bytes]] | None = None, body: bytes = b""
    ) -> None:
        self.status, self.headers, self.body = status, headers or [], body

    @property
    def kind(self) -> bytes:
        return dict(self.headers).get(b"content-type", b"")

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")

    async def give(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        await send({"type": "http.response.body", "body": self.body})


def _encoded(headers: list[tuple[bytes, bytes]], body: bytes) -> list[tuple[bytes, bytes]]:
    dropped = (b"content-length", b"content-encoding", b"vary")
    kept = [h for h in headers if h[0] not in dropped]
    if not any(h[0] == b"cache-control" for h in kept):
        kept.append((b"cache-control", b"public, max-age=86400"))
    if any(kind in dict(headers).get(b"content-type", b"") for kind in COMPRESSIBLE):
        kept.append((b"content-encoding", b"br"))
    return [*kept, (b"content-length", str(len(body)).encode()), (b"vary", b"accept-encoding")]
